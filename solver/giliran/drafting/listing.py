"""A list that is to become an instance: its people, each once, and what was left out of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from giliran.domain.words import Kind, beginning, canonical, simple, words
from giliran.drafting.reasons import SAME_NIP
from giliran.errors import Problems, Where
from giliran.lists.opening import read_list
from giliran.lists.rows import Left, Listed
from giliran.lists.staff import StaffList
from giliran.lists.units import LEVELS, MINOR, Places, alike
from giliran.lists.workbooks import is_workbook, unused_in
from giliran.messages import Said, Sentence, few, plain
from giliran.text import TextError, parse_id
from giliran.text.files import refuse
from giliran.text.trying import refuse_all

_WHY = {
    Left.TITLE: Sentence(en="title above the list", id="judul di atas daftar"),
    Left.HEADING: Sentence(en="heading or numbers of columns", id="judul kolom atau nomor kolom"),
    Left.GROUP: Sentence(en="heading of a group", id="judul kelompok"),
    Left.SUM: Sentence(en="sum", id="jumlah"),
    Left.VACANT: Sentence(en="vacant post", id="jabatan lowong"),
    Left.FURTHER: Sentence(en="further line about the person above", id="baris tambahan tentang pegawai di atasnya"),
    Left.ACTING: Sentence(en="acting post of somebody on another row", id="jabatan Plt./Plh. pegawai pada baris lain"),
    Left.BELOW: Sentence(en="below the last person", id="di bawah pegawai terakhir"),
    Left.HIDDEN: Sentence(en="hidden row", id="baris tersembunyi"),
    Left.STRUCK: Sentence(en="struck through", id="baris dicoret"),
}
_NOBODY = Sentence(en="no row below the heading is a person", id="tidak ada baris pegawai di bawah judul kolom")
_MOST_ROWS = Sentence(en="Left out were: {rows}", id="Yang dilewati: {rows}")
_FEW = 5
_NO_AGENCY = re.compile(
    r"\s*(daftar|data|nominatif|rekap\w*|lampiran|nomor|tanggal|keadaan|kondisi|per|periode|tahun|bulan|semester|tp|januari|februari|maret|april"
    r"|mei|juni|juli|agustus|september|oktober|november|desember|pegawai|guru|absen\w*|jadwal)\b",
    re.IGNORECASE,
)
"""How titles begin that name a list or a time."""
_OF_PEOPLE = frozenset({Left.VACANT, Left.HIDDEN, Left.STRUCK})
"""Rows that name somebody, or a post, and are left out all the same."""
_AGAIN = Sentence(
    en="{name} stands on row {row} too; that one counts, here as '{post}'",
    id="{name} juga ada pada baris {row}; yang itu yang dipakai, di sini sebagai '{post}'",
)


@dataclass(frozen=True)
class LeftOut:
    """A row of the list that is nobody in the instance: its place, how it begins, and why; and whether it names somebody, or a post."""

    sheet: str
    line: int
    text: str
    why: Said
    person: bool = False

    @property
    def place(self) -> str:
        """Where it stands, as people name it."""
        return f"{self.sheet}!{self.line}" if self.sheet else str(self.line)


@dataclass(frozen=True)
class Listing:
    """A list of people, ready to be drafted.

    Parameters
    ----------
    file
        Its name.
    people, places
        Everybody, each once, and where they stand.
    left
        Rows that are nobody.
    titles
        What stands above the list.
    unknown, unread
        Headings of columns that nobody knows and that say something, and sheets without a list.
    unused
        What else the file holds that nobody reads, such as macros.
    doubts
        What is doubtful about the mark of somebody, by mark.
    filled
        Marks of people whose agency the list leaves out, so that it is that of the row above.
    """

    file: str
    people: tuple[Listed, ...]
    places: Places
    left: tuple[LeftOut, ...]
    titles: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unused: tuple[Said, ...] = ()
    doubts: Mapping[str, Said] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Agencies that people stand in, in the order of the list."""
        return tuple(dict.fromkeys(path[0] for path in self.places.paths if path[0]))

    def names(self, unit: str) -> bool:
        """Whether a row of a person, or one above people, names a unit; the title of the list does not count."""
        return any(simple(unit) in map(simple, _named(person)) for person in self.people)

    @property
    def spellings(self) -> Mapping[str, Sequence[str]]:
        """By the simple name of a unit all spellings that differ in more than capitals."""
        found: dict[str, dict[str, str]] = {}
        for person in self.people:
            for text in _named(person):
                found.setdefault(alike(text), {}).setdefault(text.casefold(), text)
        return {name: tuple(texts.values()) for name, texts in found.items() if len(texts) > 1}

    def named_as(self, agency: str) -> Listing:
        """The same, its only agency by another name."""
        if len(self.agencies) != 1:
            return self
        return replace(self, places=replace(self.places, paths=tuple((agency, *path[1:]) for path in self.places.paths)))

    def of_agencies(self, names: Sequence[str], why: Said) -> Listing:
        """The people of some agencies; all others are left out."""
        chosen = [k for k, path in enumerate(self.places.paths) if path[0] in names]
        others = [person for person, path in zip(self.people, self.places.paths, strict=True) if path[0] not in names]
        return replace(
            self,
            people=tuple(self.people[k] for k in chosen),
            places=replace(self.places, paths=tuple(self.places.paths[k] for k in chosen)),
            left=_in_order((*self.left, *(_left(person, why) for person in others))),
        )


def read_listing(path: Path, name: str) -> Listing:
    """The list in a file.

    Raises
    ------
    InputError
        As `read_list`, for a list of nobody, and for numbers that a spreadsheet has spoiled, each with its row.
    """
    found = read_list(path, name)
    if not found.people:
        raise refuse(name, _NOBODY(), _MOST_ROWS(rows=few([plain(row.text) for row in found.skipped], _FEW)) if found.skipped else None)
    _refuse_spoiled(found.people, name)
    return replace(listing_of(found, Path(name).name), unused=unused_in(path, name) if is_workbook(name) else ())


def listing_of(found: StaffList, file: str) -> Listing:
    """A list that was read: everybody once, however often an NIP stands there."""
    assert found.places is not None
    people: list[Listed] = []
    paths: list[tuple[str, str, str]] = []
    several = any(person.sheet for person in found.people)
    left = [LeftOut(row.sheet if several else "", row.line, row.text, _WHY[row.why](), row.why in _OF_PEOPLE) for row in found.skipped]
    doubts: dict[str, Said] = {}
    first: dict[str, Listed] = {}
    ids = {person.cells["id"] for person in found.people}
    for person, path in zip(map(_with_position, found.people), found.places.paths, strict=True):
        same = first.get(person.cells["id"])
        if same is not None and _called(same) == _called(person):
            said = _AGAIN(name=plain(_name(person)), row=str(same.line), post=plain(person.cells.get("position", "")))
            left.append(_left(person, said))
            continue
        if same is not None:
            nip, mark = person.cells["id"], _other_mark(person, ids)
            ids.add(mark)
            doubts[mark] = SAME_NIP(nip=plain(nip), name=plain(_name(same)))
            person = replace(person, cells={**{k: v for k, v in person.cells.items() if k != "nip"}, "id": mark})
        first[person.cells["id"]] = person
        people.append(person)
        paths.append(path)
    filled = _filled(people, paths)
    places = replace(found.places, paths=tuple(paths))
    unknown = tuple(heading for heading in found.unknown if any(heading in person.notes for person in people))
    return Listing(
        file=file,
        people=tuple(people),
        places=places,
        left=_in_order(left),
        titles=tuple(row.text for row in found.skipped if row.why is Left.TITLE),
        unknown=unknown,
        unread=found.unread,
        doubts=doubts,
        filled=filled,
    )


def likely_agency(listing: Listing) -> str:
    """The only agency that a list names, else a title above it that is about no list and no time; empty for none."""
    if listing.agencies:
        return listing.agencies[0]
    return next((title for title in listing.titles if any(map(str.isalpha, title)) and not _NO_AGENCY.match(title)), "")


def main_agencies(listing: Listing) -> tuple[str, ...]:
    """Agencies that are no kelurahan, puskesmas or hospital: where there are several, the list is an export of a whole government."""
    return tuple(name for name in listing.agencies if beginning(Kind.AGENCY_NAME, name) not in MINOR)


def _with_position(person: Listed) -> Listed:
    """Somebody without a position, whose work stands under another heading: "Tugas: Kebersihan" is no function that rules know."""
    work = person.cells.get("function", "")
    if "position" in person.cells or not work or canonical(Kind.FUNCTION, work) in words(Kind.FUNCTION):
        return person
    cells = {name: text for name, text in person.cells.items() if name != "function"}
    return replace(person, cells={**cells, "position": work})


def _filled(people: Sequence[Listed], paths: list[tuple[str, str, str]]) -> frozenset[str]:
    """Give whoever has no agency that of the row above, where the list names several; and say who these are."""
    if len({path[0] for path in paths} - {""}) < 2:
        return frozenset()
    found = set()
    current = next(path[0] for path in paths if path[0])
    for k, path in enumerate(paths):
        if not path[0]:
            paths[k] = (current, *path[1:])
            found.add(people[k].cells["id"])
        current = paths[k][0]
    return frozenset(found)


def _refuse_spoiled(people: Sequence[Listed], name: str) -> None:
    problems = Problems()
    for person in people:
        try:
            parse_id(person.cells["id"])
        except TextError as error:
            problems.extend([error.problem(Where(name, person.line, "nip"))])
    refuse_all(problems.all)


def _left(person: Listed, why: Said) -> LeftOut:
    return LeftOut(person.sheet, person.line, _name(person), why, person=True)


def _in_order(rows: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Sheet by sheet, from above."""
    found = list(rows)
    sheets = list(dict.fromkeys(row.sheet for row in found))
    return tuple(sorted(found, key=lambda row: (sheets.index(row.sheet), row.line)))


def _name(person: Listed) -> str:
    return person.cells.get("name") or person.cells["id"]


def _named(person: Listed) -> Iterator[str]:
    """Units that a row, or those above it, name."""
    texts = (*person.groups, *(person.cells.get(column, "") for column in (*LEVELS, "unit")))
    return (text for text in texts if text)


def _called(person: Listed) -> str:
    return simple(person.cells.get("name", "").split(",")[0])


def _other_mark(person: Listed, taken: set[str]) -> str:
    base = _called(person).replace("_", "-") or f"baris-{person.line}"
    return next(mark for k in itertools.count(1) if (mark := base if k == 1 else f"{base}-{k}") not in taken)
