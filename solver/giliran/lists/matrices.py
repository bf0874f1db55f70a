"""Plans in sheets: matrices of people and days, ours or typed by hand, and rows of a person, a day and a place each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Staff
from giliran.domain.schedule_rows import DUTY, NEEDED, TEAM
from giliran.domain.words import Kind, simple, spellings
from giliran.errors import Problem, Where
from giliran.lists.day_codes import SAY_WHICH, WHICH, Code, Codes
from giliran.lists.day_columns import DayColumns, day_columns
from giliran.lists.grid import Grid, Row
from giliran.lists.headings import MOST_TITLES, heading_of
from giliran.lists.people import Called, person_of
from giliran.lists.rows import Listed, listed
from giliran.messages import Sentence, plain
from giliran.text import TextError, day_headings, parse_date

_SEVERAL = Sentence(en="'{name}' may be {people}", id="'{name}' dapat berarti {people}")
_BY_ID = Sentence(en="Write the NIP or id in a column of its own.", id="Tulis NIP atau id dalam kolom tersendiri.")
_NOT_PLANNED = "?"
"""What a cell without a place shows in our own workbooks."""


@dataclass(frozen=True)
class Marked:
    """What a sheet says of a person on a day.

    Parameters
    ----------
    id
        Of the person; what stands there if nobody is known by it.
    day
        The day.
    place
        The word of the place; what stands there if nobody knows it.
    duty
        Whether the person is marked for duty.
    line, heading
        Where it stands.
    """

    id: str
    day: dt.date
    place: str
    duty: bool
    line: int
    heading: str


@dataclass(frozen=True)
class Known:
    """Who and which days a sheet may be about.

    Parameters
    ----------
    staff, dates
        The people, and the days.
    there
        Who works and is there : bool[E, D]; an empty cell among ticks says something of them alone.
    """

    staff: Staff
    dates: tuple[dt.date, ...]
    there: NDArray[np.bool_]


@dataclass(frozen=True)
class Matrix:
    """A matrix: what its cells say, whose rows it has, and what is wrong with it."""

    cells: tuple[Marked, ...]
    people: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Tidy:
    """A row for a person and a day, with the texts of its columns, and where it stands."""

    place: str
    duty: str
    team: str
    line: int


def tidy_rows(grid: Grid, staff: Staff) -> dict[tuple[str, str], Tidy] | None:
    """Rows for programs by id and date, as ISO; None where the sheet holds none."""
    found = next(((row.line, at) for row in grid.rows[:MOST_TITLES] if (at := _columns(row))), None)
    if found is None:
        return None
    head, at = found
    rows = (row for row in grid.rows if row.line > head)
    who, when = cache(lambda text: _tidy_id(text, staff)), cache(_tidy_day)
    return {
        (who(row.text(at["staff_id"])), when(row.text(at["date"]))): Tidy(
            row.text(at["place"]), row.text(at.get(DUTY)), row.text(at.get(TEAM)), row.line
        )
        for row in rows
        if row.text(at["place"])
    }


def _columns(row: Row) -> dict[str, int]:
    """Where the columns of a schedule are, in a row that names all that are needed; none in others."""
    head = [simple(text) for text in row.cells]
    at = {}
    for name in (*NEEDED, DUTY, TEAM):
        where = next((head.index(word) for word in map(simple, spellings(Kind.COLUMN, name)) if word in head), None)
        if where is not None:
            at[name] = where
    return at if {*NEEDED} <= at.keys() else {}


def _tidy_id(text: str, staff: Staff) -> str:
    found = next((e for form in (text, text.removeprefix("'")) if (e := person_of(form, staff)) is not None), None)
    return text if found is None else staff.ids[found]


def _tidy_day(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except TextError:
        return text


def matrix_of(grid: Grid, known: Known, file: str) -> Matrix | None:
    """What a matrix says of people on days, as often as it says it; None where the sheet is none."""
    heading = heading_of(grid, least=1)
    columns = None if heading is None else day_columns(grid, heading, known.dates, file)
    if heading is None or columns is None:
        return None
    people, _ = listed(grid, heading, lambda text: person_of(text, known.staff) is not None)
    rows = {row.line: row for row in grid.rows}
    called = Called.of(known.staff)
    problems = list(columns.problems)
    ids = [_id(person, known.staff, called, Where(file, person.line), problems) for person in people]
    texts = [text for person in people for c in columns.days if (text := _text(rows[person.line], c)) not in ("", _NOT_PLANNED)]
    titles = [grid.name, *(text for row in grid.rows[: heading.first] for text in row.cells)]
    codes = Codes.of(texts, titles, [text for row in grid.rows for text in (*row.cells, " ".join(row.cells)) if "=" in text or ":" in text])
    if codes.unclear and not columns.places:
        problems.append(Problem(Where(file, grid.rows[heading.first].line), WHICH(text=codes.unclear), SAY_WHICH()))
    read = cache(codes.read)  # few different texts stand in many cells
    cells = [cell for id_, person in zip(ids, people, strict=True) for cell in _cells(id_, rows[person.line], columns, codes, read, known)]
    return Matrix(tuple(cells), tuple(ids), tuple(problems))


def _cells(id_: str, row: Row, columns: DayColumns, codes: Codes, read: Callable[[str], Code], known: Known) -> Iterator[Marked]:
    """What a row says of each day that it speaks of."""
    for c, day in columns.days.items():
        text, heading = _text(row, c), columns.headings[c]
        if text == _NOT_PLANNED:
            continue
        if c in columns.places:
            if text:
                yield Marked(id_, day, columns.places[c].word, False, row.line, heading)
        elif text:
            code = read(text)
            yield Marked(id_, day, text if code.place is None else code.place.word, code.duty, row.line, heading)
        elif codes.blank is not None and _is_there(id_, day, known):
            yield Marked(id_, day, codes.blank.word, False, row.line, heading)


def _text(row: Row, column: int) -> str:
    text = " ".join(row.text(column).split())
    return "" if text in ("-", "–", "—") else text


def _is_there(id_: str, day: dt.date, known: Known) -> bool:
    e = known.staff.index.get(id_)
    return e is not None and day in known.dates and bool(known.there[e, known.dates.index(day)])


def _id(person: Listed, staff: Staff, called: Called, where: Where, problems: list[Problem]) -> str:
    """The id of a person of the matrix, by NIP or id, else by the name that nobody else has; as it stands there if nobody is meant."""
    for text in (person.cells.get("id", ""), person.cells.get("nip", "")):
        if text and (e := person_of(text, staff)) is not None:
            return staff.ids[e]
    name = person.cells.get("name", "")
    same = called.meant(name)
    if len(same) == 1:
        return staff.ids[same[0]]
    if len(same) > 1 and not person.cells.get("nip"):
        people = [plain(f"{staff.names[e]} ({staff.ids[e]})") for e in same]
        problems.append(Problem(where, _SEVERAL(name=plain(name), people=people), _BY_ID()))
        return ""
    return person.cells.get("nip") or person.cells.get("id") or name


def has_days(grid: Grid, dates: Sequence[dt.date]) -> bool:
    """Whether a sheet without a column of people has a row that names several days, as the heading of a matrix does."""
    if heading_of(grid, least=1) is not None:
        return False
    rows = ([text for text in row.cells if not text.isdigit()] for row in grid.rows[:MOST_TITLES])
    return any(len(set(day_headings(texts, dates[0], dates[-1]).dates.values())) > 1 for texts in rows)
