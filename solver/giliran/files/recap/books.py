"""A workbook of a plan without its instance: its sheets for programs say who is planned where, and the matrix what was edited since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Staff
from giliran.domain.place import Place
from giliran.domain.schedule_rows import NEEDED
from giliran.domain.words import parse_place, simple
from giliran.errors import InputError, Problem, Where
from giliran.lists.grid import Grid
from giliran.lists.matrices import Known, Marked, Tidy, matrix_of, tidy_rows
from giliran.lists.workbooks import grids_of, is_workbook, sheets_in, unused_of, workbook_bytes
from giliran.messages import LANGUAGES, Said, Sentence, unguessed
from giliran.reports.recap import RECAP, SENT
from giliran.reports.recap.model import Note
from giliran.reports.workbook.boards import LIMIT_COLUMNS, LIMITS, PEOPLE, PEOPLE_COLUMNS, agency_of_title
from giliran.reports.workbook.sheets import DATA, MATRIX
from giliran.text import TextError, parse_date, parse_id

_ENDING = Sentence(
    en="a plan is sent as a workbook (.xlsx), not as '{ending}'", id="jadwal dikirim sebagai berkas Excel (.xlsx), bukan '{ending}'"
)
_FOREIGN = Sentence(
    en="this workbook is no plan of giliran: the sheets {sheets} are not in it",
    id="berkas Excel ini bukan jadwal dari giliran: lembar {sheets} tidak ada di dalamnya",
)
_EXPORT = Sentence(
    en="Whoever sent it writes it anew: {words}",
    id="Mintalah pengirimnya menulis ulang: {words}",
)
_NO_LIMITS = Sentence(
    en="the sheet of limits is not what it was ({problem}), so nobody sees who is above them",
    id="lembar batas sudah berubah ({problem}), sehingga tidak diketahui siapa yang melebihinya",
)
_EDITED = Sentence(
    en="edited by hand since it was written: {count} {count:place|places}; the edits count",
    id="diubah dengan tangan setelah ditulis: {count} tempat; ubahan itulah yang dihitung",
)
_STRANGE = Sentence(
    en="entries that are no place, or of people whom nobody knows, not counted: {count} ({texts})",
    id="isian yang bukan tempat kerja, atau tentang pegawai yang tidak dikenal, tidak dihitung: {count} ({texts})",
)
_MATRIX = Sentence(en="edits in the matrix are not seen: {problem}", id="ubahan dalam tabel tidak terbaca: {problem}")
_WORDS = "giliran export INSTANCE FILE -o FILE.xlsx"
_MOST_NAMED = 3
REASON = "reason"
"""The column of the rows for programs that says why somebody is absent."""

Places = NDArray[np.int8]


@dataclass(frozen=True)
class BookPerson:
    """Somebody as the workbook knows them; an NIP that several people of it have is nobody's, so that the id tells them apart."""

    id: str
    nip: str
    name: str
    agency: str
    status: str
    exempt: str

    @property
    def key(self) -> str:
        """By what the same person is known in another plan: the NIP, or the id of somebody without one."""
        return self.nip or f"\n{self.id}"


@dataclass(frozen=True)
class BookLimit:
    """A limit of a group on a day; `people` are rows of `PlanBook.people`, none where it cannot be counted again."""

    rule: str
    group: str
    day: dt.date
    side: str
    least: int | None
    most: int | None
    missed: bool
    people: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class PlanBook:
    """A plan as its workbook has it.

    Parameters
    ----------
    path, version
        The file, and the number of the plan.
    people, dates
        Who, and when.
    place
        Where : int8[E, D], `NONE` where it says nothing.
    reason
        Why somebody is absent, by row and column, where the workbook may tell it.
    limits
        Limits that must hold.
    notes
        What must be told about it.
    """

    path: Path
    version: int
    people: tuple[BookPerson, ...]
    dates: tuple[dt.date, ...]
    place: Places
    reason: Mapping[tuple[int, int], str]
    limits: tuple[BookLimit, ...]
    notes: tuple[Note, ...]


def agency_key(name: str) -> str:
    """The name of an agency as it is compared: without capitals and signs, "&" as the word that it stands for."""
    return simple(name.replace("&", " dan "))


def read_book(path: Path) -> PlanBook:
    """The plan of a workbook that giliran wrote, edited since or not.

    Raises
    ------
    InputError
        If the file cannot be read, is damaged or protected, or holds no such plan.
    """
    if not is_workbook(path.name):
        raise InputError([Problem(Where(str(path)), _ENDING(ending=path.suffix))])
    raw = workbook_bytes(path)
    grids = grids_of(raw, str(path), hidden=True, only=_needed(sheets_in(path)))
    persons, data = _sheet(grids, PEOPLE_COLUMNS[:4]), _sheet(grids, NEEDED)
    if persons is None or data is None:
        sheets = ", ".join(name().text("id") for name in (DATA, PEOPLE))
        raise InputError([Problem(Where(str(path)), _FOREIGN(sheets=sheets), _EXPORT(words=_WORDS))])
    people, version = _people(persons)
    staff = _staff(people)
    tidy = tidy_rows(data, staff) or {}
    dates = tuple(sorted({day for _, text in tidy if (day := _day(text)) is not None}))
    place, strange = _planned(tidy, staff, dates)
    edits, grave = _edits(str(path), _matrices(grids, persons, data), staff, dates, place)
    changed = np.where(edits == Place.NONE, place, edits).astype(np.int8)
    limits, told = _limits(grids, len(people))
    grave += [*told, *([_STRANGE(count=len(strange), texts=strange[:_MOST_NAMED])] if strange else [])]
    count = int((changed != place).sum())
    other = [*unused_of(raw, str(path)), *([_EDITED(count=count)] if count else [])]
    notes = [Note(str(path), said) for said in grave] + [Note(str(path), said, grave=False) for said in other]
    return PlanBook(path, version, people, dates, changed, _reasons(data, staff, dates), limits, tuple(notes))


def holds_recap(path: Path) -> bool:
    """Whether a workbook has the sheets of a recap, whatever else somebody has put beside them."""
    names = sheets_in(path)
    return any({sheet().text(lang) for sheet in (RECAP, SENT)} <= names for lang in LANGUAGES)


def _needed(sheets: Collection[str]) -> frozenset[str] | None:
    """The sheets that matter, by their names; None for all where somebody renamed one."""
    known = [{name().text(lang) for lang in LANGUAGES} for name in (MATRIX, DATA, PEOPLE, LIMITS)]
    found = frozenset().union(*known) & {*sheets}
    return found if all(found & names for names in known) else None


def _sheet(grids: Sequence[Grid], columns: Sequence[str]) -> Grid | None:
    """The sheet for programs whose first row has these columns, whatever it is called now."""
    return next((grid for grid in grids if grid.rows and {*columns} <= {*grid.rows[0].cells}), None)


def _records(grid: Grid) -> Iterator[dict[str, str]]:
    head = grid.rows[0].cells
    for row in grid.rows[1:]:
        yield {name: row.text(c) for c, name in enumerate(head)}


def _people(grid: Grid) -> tuple[tuple[BookPerson, ...], int]:
    rows = [*_records(grid)]
    often = Counter(row["nip"] for row in rows)
    for row in rows:
        row["nip"] = row["nip"] if often[row["nip"]] == 1 else ""
        row["agency"] = row["agency"] or agency_of_title(row.get("title", ""))
    people = tuple(BookPerson(*(row.get(name, "") for name in ("staff_id", "nip", "name", "agency", "status", "exempt"))) for row in rows)
    versions = [int(text) for row in rows if (text := row.get("version", "")).isdecimal() and text.isascii()]
    return people, max([1, *(number for number in versions if number < 1_000_000)])


def _staff(people: Sequence[BookPerson]) -> Staff:
    ids, nips, names = ([getattr(person, name) for person in people] for name in ("id", "nip", "name"))
    empty = ("",) * len(people)
    return Staff(tuple(ids), tuple(nips), tuple(names), empty, empty, empty, empty)


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except TextError:
        return None


def _place(text: str) -> Place | None:
    try:
        return parse_place(text)
    except TextError:
        return None


def _planned(tidy: Mapping[tuple[str, str], Tidy], staff: Staff, dates: Sequence[dt.date]) -> tuple[Places, list[str]]:
    """Places of the rows for programs, and texts that mean nothing."""
    cells = ((*cell, row.place) for cell, row in tidy.items())
    return _filled(cells, staff, {day.isoformat(): d for d, day in enumerate(dates)})


def _filled(cells: Iterator[tuple[str, str, str]], staff: Staff, days: Mapping[str, int]) -> tuple[Places, list[str]]:
    place, strange, read = np.zeros((len(staff), len(days)), dtype=np.int8), [], cache(_place)
    for id_, day, text in cells:
        e, d, found = staff.index.get(id_), days.get(day), read(text)
        if e is None or d is None or found is None:
            strange.append(f"{id_} {day} {text}")
        else:
            place[e, d] = found
    return place, strange


def _matrices(grids: Sequence[Grid], *programs: Grid) -> list[Grid]:
    """The sheet of the matrix by its name; of a workbook in which somebody renamed it, every sheet that may be it."""
    named = [grid for grid in grids if grid.name in {MATRIX().text(lang) for lang in LANGUAGES}]
    return named or [grid for grid in grids if grid not in programs]


def _edits(file: str, grids: Sequence[Grid], staff: Staff, dates: tuple[dt.date, ...], place: Places) -> tuple[Places, list[Said]]:
    """What a matrix says now; where it cannot be understood, the rows for programs count."""
    none = np.zeros_like(place)
    known = Known(staff, dates, (place != Place.NONE) & (place != Place.ABSENT))
    with unguessed():  # what a mistyped word may mean is asked by nobody here
        matrices = [matrix for grid in grids if dates and (matrix := matrix_of(grid, known, file)) is not None]
    problems = [problem for matrix in matrices for problem in matrix.problems]
    if problems:
        return none, [_MATRIX(problem=problems[0].said)]
    marked: list[Marked] = [cell for matrix in matrices for cell in matrix.cells]
    cells = ((cell.id, cell.day.isoformat(), cell.place) for cell in marked)
    found, strange = _filled(cells, staff, {day.isoformat(): d for d, day in enumerate(dates)})
    return found, [_STRANGE(count=len(strange), texts=strange[:_MOST_NAMED])] if strange else []


def _reasons(grid: Grid, staff: Staff, dates: Sequence[dt.date]) -> dict[tuple[int, int], str]:
    """Reasons of absences by person and day, where there is a column for them."""
    days = {day.isoformat(): d for d, day in enumerate(dates)}
    found = {}
    for row in _records(grid) if REASON in grid.rows[0].cells else ():
        if row[REASON]:
            e, day = staff.index.get(row["staff_id"].removeprefix("'")), _day(row["date"])
            if e is not None and day is not None and day.isoformat() in days:
                found[e, days[day.isoformat()]] = row[REASON]
    return found


def _limits(grids: Sequence[Grid], people: int) -> tuple[tuple[BookLimit, ...], list[Said]]:
    grid = _sheet(grids, LIMIT_COLUMNS)
    if grid is None:
        return (), [_NO_LIMITS(problem=LIMITS())]
    try:
        return tuple(_limit(row, people) for row in _records(grid)), []
    except (ValueError, TextError) as error:
        return (), [_NO_LIMITS(problem=str(error))]


def _limit(row: Mapping[str, str], people: int) -> BookLimit:
    least, most = (int(row[name]) if row[name] else None for name in ("least", "most"))
    members = tuple(_rows(row["people"], people))
    return BookLimit(parse_id(row["rule"]), row["group"], parse_date(row["date"]), row["side"], least, most, bool(row["missed"]), members)


def _rows(text: str, people: int) -> Iterator[int]:
    """Rows that ranges in ascending order name, from 0: each person at most once, however long the text is."""
    past = 0
    for part in filter(None, text.split(",")):
        first, _, last = part.partition(":")
        if not past < int(first) <= int(last or first) <= people:
            raise ValueError(text[:40])
        past = int(last or first)
        yield from range(int(first) - 1, past)
