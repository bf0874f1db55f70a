"""Schedules in workbooks: our own, edited by hand or not, and matrices of people and days that somebody typed.

A workbook of ours holds the plan twice: as a matrix, which people edit, and as rows for programs. Places are those of the matrix. Names for
duty are those of the rows, as far as the matrix still marks them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from giliran.domain.schedule_rows import NEEDED
from giliran.errors import InputError, Problem, Where
from giliran.files.opening import Rows
from giliran.files.ordered import ordered_in
from giliran.instance.schedule_columns import OPTIONAL, Columns
from giliran.lists.grid import Grid
from giliran.lists.matrices import Known, Matrix, Tidy, has_days, matrix_of, tidy_rows
from giliran.lists.opening import csv_grid
from giliran.lists.workbooks import grids_in, unused_in
from giliran.messages import Said, Sentence, Whole, cut, plain
from giliran.reports.workbook.boards import is_for_programs
from giliran.rules.view import View
from giliran.text import Table
from giliran.text.columns import TextColumn
from giliran.text.csv_reader import MAX_TABLE_BYTES
from giliran.text.files import read_text
from giliran.text.opened import opened

_TABLE = ".csv"
_MOST_NAMED = 5
_Row = tuple[str, str, str, str, str, int]
"""Person, day, place, duty, team and line."""
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
_LACKS = Sentence(
    en="people whom the matrix lacks, taken from the sheet Data: {count} ({people})",
    id="pegawai yang tidak ada dalam tabel jadwal, diambil dari lembar Data: {count} ({people})",
)
_IN_DATA = Sentence(en="Write the rule's id in the column duty of the sheet Data.", id="Tulis id aturannya pada kolom duty di lembar Data.")


def open_workbook(path: str | os.PathLike[str], view: View) -> Rows:
    """The rows of a schedule in a workbook, of people and days of an instance; those for programs are `before` beside a matrix.

    Raises
    ------
    InputError
        If the file cannot be read, no sheet holds a schedule, or it marks somebody for duty without saying for which.
    """
    opened(Path(path))
    grids, notes = grids_in(Path(path), str(path)), unused_in(Path(path), str(path))
    rows = _of_grids(str(path), grids, view)
    return replace(rows, notes=(*notes, *rows.notes), ordered=ordered_in(grids, str(path)))


def open_typed(path: str | os.PathLike[str], view: View) -> Rows | None:
    """The rows of a matrix in a CSV file; None where it holds none.

    Raises
    ------
    InputError
        As `open_workbook`, if it is one.
    """
    if Path(path).suffix.lower() != _TABLE:
        return None
    grid = csv_grid(read_text(Path(path), MAX_TABLE_BYTES)[0])
    known = Known(view.facts.staff, view.facts.dates, view.facts.present)
    return _of_grids(str(path), [grid], view) if matrix_of(grid, known, str(path)) is not None else None


def _of_grids(name: str, grids: Sequence[Grid], view: View) -> Rows:
    facts = view.facts
    tidy = next((rows for grid in grids if (rows := tidy_rows(grid, facts.staff)) is not None), None)
    known = Known(facts.staff, facts.dates, facts.present)
    found = [matrix for grid in grids if not is_for_programs(grid) and (matrix := matrix_of(grid, known, name)) is not None]
    if problems := [problem for matrix in found for problem in matrix.problems]:
        raise InputError(problems)
    if any(matrix.cells for matrix in found):
        return _of_matrix(name, found, tidy, view)
    lost = next((grid for grid in grids if has_days(grid, facts.dates)), None)
    if lost is not None:
        raise InputError([Problem(Where(name), _NO_PEOPLE(sheet=plain(lost.name)), _NAME_OR_NIP())])
    if tidy is None:
        raise InputError([Problem(Where(name), _NOTHING())])
    return _of_tidy(name, tidy)


def _of_tidy(name: str, tidy: Mapping[tuple[str, str], Tidy]) -> Rows:
    return Rows(_columns(name, [(*cell, row.place, row.duty, row.team, row.line) for cell, row in tidy.items()]))


def _of_matrix(name: str, matrices: Sequence[Matrix], tidy: Mapping[tuple[str, str], Tidy] | None, view: View) -> Rows:
    """Places of the matrix, with names for duty and teams of the rows for programs as far as the matrix marks them still.

    Whoever has no row in any matrix is where the rows for programs say.
    """
    found, problems = [], []
    rows, cells = tidy or {}, [cell for matrix in matrices for cell in matrix.cells]
    for cell in cells:
        day = cell.day.isoformat()
        row = rows.get((cell.id, day))
        duty = row.duty if row and cell.duty else ""
        if cell.duty and not duty:
            duty, problem = _meant(view, cell.id, day, Where(name, cell.line, cell.heading))
            problems += problem
        found.append((cell.id, day, cell.place, duty, row.team if row else "", cell.line))
    if problems:
        raise InputError(problems)
    more, notes = _lacking(matrices, rows, view)
    main = _columns(name, [*found, *more], [*(cell.heading for cell in cells), *["place"] * len(more)])
    return Rows(main, before=_of_tidy(name, tidy).main if tidy else None, notes=notes)


def _lacking(matrices: Sequence[Matrix], rows: Mapping[tuple[str, str], Tidy], view: View) -> tuple[list[_Row], tuple[Said, ...]]:
    """Rows for programs of people of the instance who have no row in any matrix, and that they are taken."""
    staff, there = view.facts.staff, {id_ for matrix in matrices for id_ in matrix.people}
    found = [
        (id_, day, row.place, row.duty, row.team, row.line) for (id_, day), row in rows.items() if id_ in staff.index and id_ not in there
    ]
    people = [cut(staff.label(staff.index[id_])) for id_ in dict.fromkeys(row[0] for row in found)]
    if not people:
        return [], ()
    named = Whole(", ".join([*people[:_MOST_NAMED], *(["…"] if len(people) > _MOST_NAMED else [])]))
    return found, (_LACKS(count=len(people), people=plain(named)),)


def _columns(name: str, found: Sequence[_Row], headings: Sequence[str] = ()) -> Columns:
    """Rows of a schedule; without columns that nothing stands in, and with the headings under which places stand in a matrix."""
    columns = (*NEEDED, *OPTIONAL)
    cells = {column: TextColumn([str(row[k]) for row in found]) for k, column in enumerate(columns)}
    table = Table(name, columns, cells, tuple(row[-1] for row in found))
    filled = {column for k, column in enumerate(columns) if any(row[k] for row in found)}

    def where(row: int, column: str) -> Where:
        return Where(name, found[row][-1], headings[row]) if headings and column == "place" else table.where(row, column)

    return Columns(table, {column: column for column in columns if column in filled or column in NEEDED}, where)


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
