"""Schedules in workbooks: our own, edited by hand or not, and matrices of people and days that somebody typed.

A workbook of ours holds the plan twice: as a matrix, which people edit, and as rows for programs. Places are those of the matrix. Names for
duty are those of the rows, as far as the matrix still marks them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from giliran.domain.facts import Facts
from giliran.domain.words import simple
from giliran.errors import InputError, Problem, Where
from giliran.files.attendance_columns import person_of
from giliran.files.opening import NEEDED, Columns, Rows
from giliran.lists.grid import Grid
from giliran.lists.headings import MOST_TITLES, heading_of
from giliran.lists.rows import Listed, listed
from giliran.lists.workbooks import grids_in
from giliran.messages import Sentence, plain
from giliran.rules.view import View
from giliran.text import Table, day_headings
from giliran.text.columns import TextColumn
from giliran.text.opened import opened

_MARKED = re.compile(r"(\S.*?)(?:\s+|\s*[/,+(-]\s*)(?:p|piket)\s*\)?", re.IGNORECASE)
"""A place, and after it the mark of whoever is named for duty: "WFO P", and as people type it "WFO/P" and "WFO (piket)"."""

_NOTHING = Sentence(
    en="no sheet holds a schedule: neither rows with staff_id, date and place, nor a matrix of people and days",
    id="tidak ada lembar yang memuat jadwal: baik baris staff_id, date, dan place, maupun tabel pegawai dan hari",
)
_NO_PEOPLE = Sentence(
    en="the sheet {sheet} has columns for days, but none for the names or NIP of people",
    id="lembar {sheet} memuat kolom hari, tetapi tidak ada kolom nama atau NIP",
)
_NAME_OR_NIP = Sentence(
    en="Write Name or NIP above that column, or delete the sheet.", id="Tulis Nama atau NIP di atas kolomnya, atau hapus lembar itu."
)
_WHICH_DUTY = Sentence(
    en="{person} is marked for duty on {day}, and several duty rules may mean that: {rules}",
    id="{person} ditandai piket pada {day}, dan ada beberapa aturan piket yang mungkin dimaksud: {rules}",
)
_NO_DUTY = Sentence(
    en="{person} is marked for duty on {day}, and no duty rule may name that person",
    id="{person} ditandai piket pada {day}, tetapi tidak ada aturan piket untuknya",
)
_IN_DATA = Sentence(en="Write the rule's id in the column duty of the sheet Data.", id="Tulis id aturannya pada kolom duty di lembar Data.")


@dataclass(frozen=True)
class _Cell:
    """What a matrix says of a person on a day, and where."""

    place: str
    duty: bool
    line: int
    heading: str


def open_workbook(path: str | os.PathLike[str], view: View) -> Rows:
    """The rows of a schedule in a workbook, of people and days of an instance.

    Raises
    ------
    InputError
        If the file cannot be read, no sheet holds a schedule, or it marks somebody for duty without saying for which.
    """
    name = str(path)
    opened(Path(path))
    grids = grids_in(Path(path), name)
    data = next((rows for grid in grids if (rows := _tidy(grid)) is not None), {})
    matrix = next((cells for grid in grids if (cells := _matrix(grid, view.facts))), [])
    if not matrix and not data:
        raise InputError([Problem(Where(name), _NOTHING())])
    if not matrix and (lost := next((grid for grid in grids if _has_days(grid, view.facts)), None)) is not None:
        raise InputError([Problem(Where(name), _NO_PEOPLE(sheet=plain(lost.name)), _NAME_OR_NIP())])
    if not matrix:
        return _rows(name, [(*cell, place, duty, line) for cell, (place, duty, line) in data.items()])
    found, problems = [], []
    for id_, day, cell in matrix:
        duty = data.get((id_, day), ("", "", 0))[1] if cell.duty else ""
        if cell.duty and not duty:
            duty, problem = _meant(view, id_, day, Where(name, cell.line, cell.heading))
            problems += problem
        found.append((id_, day, cell.place, duty, cell.line))
    if problems:
        raise InputError(problems)
    return _rows(name, found, [cell.heading for _, _, cell in matrix])


def _rows(name: str, found: Sequence[tuple[str, str, str, str, int]], headings: Sequence[str] = ()) -> Rows:
    """Rows of a schedule; without a column for duty where nobody is named, and with the headings under which places stand in a matrix."""
    columns = ("staff_id", "date", "place", "duty")
    cells = {column: TextColumn([str(row[k]) for row in found]) for k, column in enumerate(columns)}
    table = Table(name, columns, cells, tuple(row[4] for row in found))
    named = any(row[3] for row in found)

    def where(row: int, column: str) -> Where:
        return Where(name, found[row][4], headings[row]) if headings and column == "place" else table.where(row, column)

    return Rows(Columns(table, {column: column for column in columns if named or column != "duty"}, where))


def _tidy(grid: Grid) -> dict[tuple[str, str], tuple[str, str, int]] | None:
    """Place, duty and line by person and date, from rows for programs; None where the sheet holds none."""
    if not grid.rows:
        return None
    head = [simple(text) for text in grid.rows[0].cells]
    if not {*NEEDED} <= {*head}:
        return None
    at = {name: head.index(name) for name in (*NEEDED, "duty") if name in head}
    return {
        (row.text(at["staff_id"]), row.text(at["date"])): (row.text(at["place"]), row.text(at.get("duty")), row.line)
        for row in grid.rows[1:]
        if row.text(at["place"])
    }


def _matrix(grid: Grid, facts: Facts) -> list[tuple[str, str, _Cell]]:
    """What a matrix says of a person on a date, as often as it says it; nothing where the sheet is none."""
    heading = heading_of(grid, least=1)
    if heading is None or not day_headings(heading.others.values(), facts.dates[0], facts.dates[-1]).dates:
        return []
    people, _ = listed(grid, heading)
    titles = dict.fromkeys(title for person in people for title in person.notes)
    days = day_headings(titles, facts.dates[0], facts.dates[-1]).dates
    named: dict[str, list[int]] = {}
    for e, name in enumerate(facts.staff.names):
        named.setdefault(simple(name), []).append(e)
    found = []
    for person in people:
        id_ = _id(person, facts, named)
        for title, text in person.notes.items():
            if title in days and text:
                marked = _MARKED.fullmatch(text)
                place = marked[1] if marked else text
                found.append((id_, days[title].isoformat(), _Cell(place, marked is not None, person.line, " ".join(title.split()))))
    return found


def _has_days(grid: Grid, facts: Facts) -> bool:
    """Whether a sheet without a column of people has a row that names several days, as the heading of a matrix does."""
    if heading_of(grid, least=1) is not None:
        return False
    rows = ([text for text in row.cells if not text.isdigit()] for row in grid.rows[:MOST_TITLES])
    return any(len(set(day_headings(texts, facts.dates[0], facts.dates[-1]).dates.values())) > 1 for texts in rows)


def _id(person: Listed, facts: Facts, named: Mapping[str, Sequence[int]]) -> str:
    """The id of a person of the matrix, by NIP or id, else by the name that nobody else has; as it stands there if nobody is meant."""
    for text in (person.cells.get("id", ""), person.cells.get("nip", "")):
        if text and (e := person_of(text, facts.staff)) is not None:
            return facts.staff.ids[e]
    same = named.get(simple(person.cells.get("name", "")), ())
    if len(same) == 1:
        return facts.staff.ids[same[0]]
    return person.cells.get("nip") or person.cells.get("id") or person.cells.get("name", "")


def _meant(view: View, id_: str, day: str, where: Where) -> tuple[str, list[Problem]]:
    """The duty rule that a mark means: the only one that may name the person that day."""
    facts = view.facts
    e = facts.staff.index.get(id_)
    days: Mapping[str, int] = {date.isoformat(): d for d, date in enumerate(facts.dates)}
    if e is None or day not in days:
        return "", []  # whoever reads the rows tells that
    d = days[day]
    rules = sorted({duty.rule for duty in view.duties if duty.open[duty.person == e, d].any()})
    if len(rules) == 1:
        return rules[0], []
    said = {"person": plain(facts.staff.label(e)), "day": facts.dates[d]}
    problem = Problem(where, _WHICH_DUTY(rules=rules, **said), _IN_DATA()) if rules else Problem(where, _NO_DUTY(**said))
    return "", [problem]
