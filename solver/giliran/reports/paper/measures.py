"""Pages and columns in millimetres, and how deep rows are: what decides whether a page is upright, and which rows stay together."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from giliran.reports.paper.model import Cell, Column, Ending, Grid, Page, Row, Signature
from giliran.reports.style import Paper

SIZES = {Paper.A4: (210.0, 297.0), Paper.F4: (215.03, 330.04)}
"""Width and height of papers; F4 is what 12191 × 18711 twips are."""
_UPRIGHT, _LYING = (17.0, 15.0), (15.0, 15.0)
"""Margins at the sides, and above and below."""

TABLE_LINE, TEXT_LINE, RIM = 3.3, 4.4, 2.4
"""Millimetres of a line in a table and outside of one, and of what is above and below the lines of a cell."""
LETTER = 1.55
"""Millimetres of a letter in a table, taken wide."""
SIGNING, BOXED = 26.0, 6.0
"""Millimetres of the room to sign with what is around it, and of a line to write in."""
SMALL = 80.0
"""Millimetres up to which a unit stays on one page."""
LEAST_ROWS = 2
"""Rows that a signature never stands without, and that a heading of a unit takes along."""
_MOST_TOGETHER = 0.8
"""Of the depth of a page what stays together at most."""


def page_for(paper: Paper, width: float) -> Page:
    """The page that a table of a width fits on: upright where it does, else lying."""
    short, long = SIZES[paper]
    upright = Page(short, long, *_UPRIGHT)
    return upright if width <= upright.room else Page(long, short, *_LYING)


def fitted(columns: Sequence[Column], stretching: Sequence[float], room: float) -> tuple[Column, ...]:
    """Columns that fill the room, some of them stretching by their parts; all narrower alike where there is less."""
    needed = sum(column.width for column in columns)
    if needed > room:
        return tuple(replace(column, width=column.width * room / needed) for column in columns)
    more, parts = room - needed, sum(stretching)
    return tuple(
        replace(column, width=column.width + (more * part / parts if parts else 0.0))
        for column, part in zip(columns, stretching, strict=True)
    )


def depth_of(row: Row, columns: Sequence[Column]) -> float:
    """Millimetres that a row takes, about."""
    at, deepest = 0, 0
    for cell in row.cells:
        width = sum(column.width for column in columns[at : at + cell.columns])
        at += cell.columns
        deepest = max(deepest, lines_in(cell, width))
    return max(deepest * TABLE_LINE + RIM, row.deep)


def lines_in(cell: Cell, width: float) -> int:
    """Lines that a cell takes in a column of a width, long words broken."""
    letters = max(int(width / LETTER), 1)
    return sum(1 if len(line) <= letters else len(textwrap.wrap(line, letters)) or 1 for line in cell.text.split("\n"))


def depth_of_ending(ending: Ending, page: Page) -> float:
    """Millimetres that the end of a part takes, about."""
    sides = [_depth_of_signature(each, page.room / 2) for each in (ending.left, ending.right) if each is not None]
    copies = (ending.copies.head, *ending.copies.items) if ending.copies else ()
    return max(sides) + sum(lines_in(Cell(line), page.room) for line in copies) * TEXT_LINE + ending.box_lines * BOXED


def _depth_of_signature(signature: Signature, width: float) -> float:
    lines = ["".join(words) for words in (*signature.above, signature.name, *signature.below)]
    return SIGNING + sum(lines_in(Cell(line), width * TABLE_LINE / TEXT_LINE) for line in lines) * TEXT_LINE


def together(grid: Grid, page: Page, ending: Ending | None) -> list[int]:
    """How many rows stay on a page together, group after group; the last group stays with the ending, if there is one.

    A small unit stays whole, the heading of any other with its first rows; of what is too deep for that, rows stand alone.
    """
    groups = [size for unit in _units(grid.rows) for size in _groups_of(unit, grid)]
    if ending is None or not groups:
        return groups
    last, deep = 0, depth_of_ending(ending, page)
    counted = sum(row.sums for row in grid.rows)
    while groups and last < min(LEAST_ROWS + counted, len(grid.rows)):
        last += groups.pop()
    rows = [depth_of(row, grid.columns) for row in grid.rows]
    least = min(LEAST_ROWS + counted, len(grid.rows))
    if sum(rows[len(rows) - last :]) + deep > _MOST_TOGETHER * page.depth:
        groups += [1] * (last - least)
        last = least
    return [*groups, last]


def _units(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows, parted where a unit begins and where sums do."""
    found: list[list[Row]] = []
    for row in rows:
        if row.begins or not found or (row.sums and not found[-1][-1].sums):
            found.append([])
        found[-1].append(row)
    return found


def _groups_of(unit: Sequence[Row], grid: Grid) -> list[int]:
    if sum(depth_of(row, grid.columns) for row in unit) <= SMALL:
        return [len(unit)]
    first = min(LEAST_ROWS + 1, len(unit)) if unit[0].begins else 1
    if sum(depth_of(row, grid.columns) for row in unit[:first]) > SMALL:
        first = 1
    return [first, *[1] * (len(unit) - first)]
