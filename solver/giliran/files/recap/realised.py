"""Where the people of many agencies were: each attendance list is read for the agencies whose people it names."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Staff
from giliran.domain.place import Place
from giliran.domain.words import Kind, spellings
from giliran.errors import InputError, Problem, Where
from giliran.files.attendance import Attended, names_left_open, read_attended
from giliran.files.attendance_opening import open_attendance
from giliran.files.attendance_people import Who, identified
from giliran.files.recap.books import BookPerson
from giliran.files.recap.joining import AgencyPlan
from giliran.instance import Instance
from giliran.instance.schedule_columns import Columns, Placing
from giliran.lists.people import Called
from giliran.messages import Sentence, Whole, cut, plain
from giliran.reports.recap.model import Note
from giliran.text import Table, TextError, parse_id

_NOBODY = Sentence(
    en="nobody in this attendance list is in a plan of the month ({ids})",
    id="tidak seorang pun dalam daftar hadir ini ada dalam jadwal bulan ini ({ids})",
)
_AMBIGUOUS = Sentence(
    en="ids of this attendance list may mean people of {agencies} ({ids}), so it is not counted",
    id="id dalam daftar hadir ini dapat berarti pegawai {agencies} ({ids}), jadi tidak dihitung",
)
_NIP = Sentence(en="Write the NIP, or give a list of each agency.", id="Tulis NIP, atau sertakan daftar hadir setiap OPD.")
_STRANGERS = Sentence(
    en="people of this attendance list who are in no plan, not counted: {count} ({ids})",
    id="pegawai dalam daftar hadir ini yang tidak ada dalam jadwal, tidak dihitung: {count} ({ids})",
)
_DISAGREES = Sentence(
    en="says otherwise than {other} of people of {agency}, {count} {count:time|times}; the list that was named first counts",
    id="berbeda dari {other} tentang pegawai {agency}, {count} kali; yang dihitung daftar yang disebut lebih dahulu",
)
_CAME_ANYWAY = Sentence(
    en="people of {agency} who were to be away and came, it is not said where to, not counted: {count}",
    id="pegawai {agency} yang semestinya tidak bertugas tetapi hadir, tempatnya tidak disebut, tidak dihitung: {count}",
)
_NO_WHO = Sentence(en="nothing in this attendance list says who is meant", id="daftar hadir ini tidak menyebut siapa pegawainya")
_NAME_OR_NIP = Sentence(en="It needs a column Name or NIP, filled in.", id="Perlu kolom Nama atau NIP yang terisi.")
_MOST_NAMED = 5
_EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Places = NDArray[np.int8]
Known = Mapping[str, Sequence[tuple[int, int]]]
"""By NIP, id and key, agencies and rows of people."""


@dataclass(eq=False)
class Realised:
    """Where the people of a plan were, as far as lists say it; filled list by list.

    Parameters
    ----------
    plan, dates
        The plan, and the days of the month.
    place
        Where they were : int8[E, D], `NONE` where no list says it.
    reason
        Why somebody was away, by person and day.
    source
        Number of the list : int16[E, D], -1 for none.
    """

    plan: AgencyPlan
    dates: Sequence[dt.date]
    place: Places = field(init=False)
    source: NDArray[np.int16] = field(init=False)
    reason: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place = np.zeros(self.plan.place.shape, dtype=np.int8)
        self.source = np.full(self.plan.place.shape, -1, dtype=np.int16)

    @property
    def known(self) -> Cells:
        """Cells of the plan of which some list says where the person was : bool[E, D]."""
        planned = (self.plan.place != Place.NONE) & (self.plan.place != Place.OFF)
        return np.asarray((self.place != Place.NONE) & planned)

    def add(self, said: Said, number: int, files: Sequence[Path]) -> Iterator[Note]:
        """Take over what a list says of whom no list before said anything."""
        lost = said.came & (self.plan.place == Place.ABSENT)
        place = np.where(said.came & ~lost, self.plan.place, said.place)
        agency, file = plain(self.plan.name), str(files[number])
        if lost.any():
            yield Note(file, _CAME_ANYWAY(agency=agency, count=int(lost.sum())))
        for other in sorted({*self.source[self.source >= 0].tolist()}):
            differ = int(((self.source == other) & (place != Place.NONE) & (place != self.place)).sum())
            if differ:
                yield Note(file, _DISAGREES(other=str(files[other]), agency=agency, count=differ))
        new = (place != Place.NONE) & (self.source < 0)
        self.place[new], self.source[new] = place[new], number
        self.reason |= {cell: text for cell, text in said.reasons.items() if new[cell]}


@dataclass(frozen=True, eq=False)
class Said:
    """What a list says of the people of an agency: places, that somebody came somewhere : [E, D] each, and reasons."""

    place: Places
    came: Cells
    reasons: Mapping[tuple[int, int], str]


def read_realised(plans: Sequence[AgencyPlan], dates: Sequence[dt.date], files: Sequence[Path]) -> tuple[list[Realised], list[Note]]:
    """What attendance lists say of the people of some plans; a list that cannot be read or understood is told, the others count."""
    found = [Realised(plan, dates) for plan in plans]
    who, notes = _who(plans), list[Note]()
    names = _by_name(plans, who)
    for number, path in enumerate(files):
        try:
            notes += _read(path, number, files, found, who, names)
        except InputError as error:
            notes += [Note(str(path), problem.said) for problem in error.problems[:_MOST_NAMED]]
    return found, notes


def _who(plans: Sequence[AgencyPlan]) -> Known:
    """By NIP, id and key, the people of agencies who are known by it."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for k, plan in enumerate(plans):
        for e, person in enumerate(plan.people):
            for text in dict.fromkeys(filter(None, (person.id, person.nip, _key(k, person)))):
                found[text].append((k, e))
    return found


def _key(k: int, person: BookPerson) -> str:
    """What means one person whatever others there are: the NIP, else agency and id, as several agencies may give the same id."""
    return person.nip or f"{k}\n{person.id}"


def _by_name(plans: Sequence[AgencyPlan], who: Known) -> Who:
    """The same people, by their names too."""
    people = {_key(k, person): person for k, plan in enumerate(plans) for person in plan.people}
    keys, empty = tuple(people), ("",) * len(people)
    called = Called.of(Staff(keys, empty, tuple(person.name for person in people.values()), empty, empty, empty, empty))
    return Who(lambda text: _id(text) in who, lambda name: [keys[e] for e in called.meant(name)])


def _read(path: Path, number: int, files: Sequence[Path], found: Sequence[Realised], who: Known, names: Who) -> list[Note]:
    """Read a list for all agencies that it is about."""
    names.ambiguous.clear()
    ids = _ids(path, names)
    meant = _meant(path, ids, found, who)
    local = _local([spots[0] for spots in meant], found)
    here = Who(names.knows, lambda name: [local.get(key, key) for key in names.called(name)])
    staff = [(local[_key(k, person)], person) for (k, e), *_ in meant for person in [found[k].plan.people[e]]]
    attended = read_attended(path, _instance(staff, found[0].dates), here)
    notes = [Note(str(path), said, grave=False) for said in attended.understood]
    for k in sorted({k for spots in meant for k, _ in spots}):
        notes += found[k].add(_of_agency(attended, k, meant, found[k].plan.place.shape), number, files)
    notes += [Note(str(path), said) for said in names_left_open(names)]
    unknown = [id_ for id_ in ids if id_ not in who and id_ not in names.ambiguous]
    if unknown:
        notes.append(Note(str(path), _STRANGERS(count=len(unknown), ids=_named(unknown))))
    return notes


def _meant(path: Path, ids: Sequence[str], found: Sequence[Realised], who: Known) -> list[list[tuple[int, int]]]:
    """Everybody whom a list names, each as often as agencies plan them; ids that several agencies give to different people are settled by
    those that only one knows.

    Raises
    ------
    InputError
        If it names nobody, or may mean people of several agencies.
    """
    spots = {id_: who[id_] for id_ in ids if id_ in who}
    if not spots:
        raise InputError([Problem(Where(str(path)), _NOBODY(ids=_named(ids)))])
    sure = {k for id_, of in spots.items() if len({agency for agency, _ in of}) == 1 for k, _ in of}
    people: dict[str, list[tuple[int, int]]] = {}
    doubtful: dict[str, set[int]] = {}
    for id_, of in spots.items():
        agencies = {k for k, _ in of}
        mine = of if len(agencies) == 1 or _is_one(id_, of, found) else [spot for spot in of if spot[0] in sure]
        if len({k for k, _ in mine}) != 1 and not _is_one(id_, of, found):
            doubtful[id_] = agencies
        for k, e in mine:
            person = found[k].plan.people[e]
            own = people.setdefault(_key(k, person), [])
            own += [] if (k, e) in own else [(k, e)]
    if doubtful:
        names = [plain(found[k].plan.name) for k in sorted(set().union(*doubtful.values()))]
        raise InputError([Problem(Where(str(path)), _AMBIGUOUS(agencies=names, ids=_named([*doubtful])), _NIP())])
    return [*people.values()]


def _is_one(id_: str, of: Sequence[tuple[int, int]], found: Sequence[Realised]) -> bool:
    """Whether an id is the NIP of one person, whom several agencies plan."""
    return all(found[k].plan.people[e].nip == id_ for k, e in of)


def _local(spots: Sequence[tuple[int, int]], found: Sequence[Realised]) -> dict[str, str]:
    """By key, an id for everybody whom one list means: their own, but where two agencies give the same."""
    people = [(k, found[k].plan.people[e]) for k, e in spots]
    often = Counter(person.id for _, person in people)
    return {_key(k, person): person.id if often[person.id] == 1 else person.nip or f"{person.id}@{k + 1}" for k, person in people}


def _instance(people: Sequence[tuple[str, BookPerson]], dates: Sequence[dt.date]) -> Instance:
    """People, with their ids, as attendance lists are read for them: at work on every day of the month, under no rule."""
    return Instance.build(
        {
            "title": "-",
            "horizon": {"start": dates[0], "end": dates[-1]},
            "calendars": {"office": {"workdays": _EVERY_DAY, "holidays": "none"}},
            "staff": [{"id": id_, "nip": p.nip, "name": p.name} for id_, p in people],
        }
    )


def _of_agency(attended: Attended, k: int, meant: Sequence[Sequence[tuple[int, int]]], shape: tuple[int, ...]) -> Said:
    """What a list says of the people of one agency."""
    rows = {row: e for row, spots in enumerate(meant) for agency, e in spots if agency == k}
    theirs, ours = [*rows], [*rows.values()]
    place, came = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.bool_)
    place[ours] = attended.schedule.place[theirs]
    if attended.came is not None:
        came[ours] = (attended.came & (attended.schedule.place == Place.NONE))[theirs]
    return Said(place, came, {(rows[row], d): text for (row, d), text in attended.reasons.items() if row in rows})


def _ids(path: Path, who: Who) -> list[str]:
    """Whom a list means: NIPs and ids of people who are known, and what it writes of others."""
    tables: list[Table] = []

    def look(table: Table, where: Placing, needed: Sequence[str]) -> Columns:
        tables.append(identified(table, who))
        return Columns(table, {}, where)

    open_attendance(path, look)
    names = {word for kind in ("staff_id", "nip") for word in spellings(Kind.COLUMN, kind)}
    texts = (text for table in tables for name in table.columns if name in names for text in table.numbered(name).texts if text)
    ids = [*dict.fromkeys(map(_id, texts))]
    if not ids:
        raise InputError([Problem(Where(str(path)), _NO_WHO(), _NAME_OR_NIP())])
    return ids


def _id(text: str) -> str:
    try:
        return parse_id(text)
    except TextError:
        return text


def _named(ids: Sequence[str]) -> Whole:
    return Whole(", ".join([*map(cut, ids[:_MOST_NAMED]), *(["…"] if len(ids) > _MOST_NAMED else [])]) or "–")
