"""Mutations of tables, and the ways in which programs write them."""

from __future__ import annotations

import csv
import io
from typing import Literal

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.hostile import DATES, NUMBERS, TEXTS, WORDS

Grid = list[list[str]]
"""The lines of a table, its header first."""

_SEPARATORS = (",", ",", ",", ";", "\t", "|")
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
_HEADERS = ("id", "staff_id", "Nama", "NIP", "No", "unit", "place", "date", "from", "to", "tags", "", " id ", "ID", "Unnamed: 3", "jabatan")


def mutate(grid: Grid, dice: Dice) -> Grid:
    """A table with one to four changes."""
    grid = [list(row) for row in grid]
    for _ in range(dice.randint(1, dice.pick((1, 2, 4)))):
        if not grid or not grid[0]:
            return grid
        dice.pick(_WAYS)(grid, dice)
    return grid


def as_csv(grid: Grid, dice: Dice) -> bytes:
    """A table as one of many programs would save it."""
    out = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if dice.chance(0.3) else csv.QUOTE_MINIMAL
    separator = dice.pick(_SEPARATORS)
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=dice.pick(("\n", "\r\n", "\r"))).writerows(grid)
    hint = f"sep={separator}\r\n" if dice.chance(0.03) else ""
    return (hint + out.getvalue()).encode(dice.pick(_ENCODINGS), errors="replace")


def _cell(grid: Grid, dice: Dice) -> None:
    row = dice.pick(grid[1:] or grid)
    if row:
        row[dice.randrange(len(row))] = dice.pick(dice.pick((TEXTS, TEXTS, NUMBERS, DATES, WORDS, WORDS)))


def _swap(grid: Grid, dice: Dice) -> None:
    one, two = dice.pick(grid), dice.pick(grid)
    if one and two:
        i, j = dice.randrange(len(one)), dice.randrange(len(two))
        one[i], two[j] = two[j], one[i]


def _drop_column(grid: Grid, dice: Dice) -> None:
    k = dice.randrange(len(grid[0]))
    for row in grid:
        del row[k : k + 1]


def _double_column(grid: Grid, dice: Dice) -> None:
    k = dice.randrange(len(grid[0]))
    for row in grid:
        row.extend(row[k : k + 1])


def _rename_column(grid: Grid, dice: Dice) -> None:
    name = dice.pick(_HEADERS) if dice.chance(0.7) else dice.pick(TEXTS)
    grid[0][dice.randrange(len(grid[0]))] = name


def _add_column(grid: Grid, dice: Dice) -> None:
    grid[0].append(dice.pick(_HEADERS))
    for row in grid[1:]:
        row.append(dice.pick(TEXTS) if dice.chance(0.2) else "")


def _double_row(grid: Grid, dice: Dice) -> None:
    k = dice.randrange(len(grid))
    grid[k:k] = [list(grid[k]) for _ in range(dice.pick((1, 1, 1, 2, 2, 60, 300)))]


def _drop_row(grid: Grid, dice: Dice) -> None:
    del grid[dice.randrange(len(grid))]


def _shorten_row(grid: Grid, dice: Dice) -> None:
    row = dice.pick(grid)
    del row[dice.randint(0, len(row)) :]


def _lengthen_row(grid: Grid, dice: Dice) -> None:
    dice.pick(grid).extend([dice.pick(TEXTS)] * dice.pick((1, 2, 3, 1_000)))


def _heading(grid: Grid, dice: Dice) -> None:
    """Lines above the header, as lists on paper have."""
    grid[0:0] = [["DAFTAR PEGAWAI"], ["", ""]][: dice.randint(1, 2)]


def _fill_column(grid: Grid, dice: Dice) -> None:
    """The same in every row of a column."""
    k, text = dice.randrange(len(grid[0])), dice.pick(dice.pick((TEXTS, NUMBERS, DATES)))
    for row in grid[1:]:
        if k < len(row):
            row[k] = text


_WAYS = (
    *(_cell, _cell, _cell, _cell, _swap, _drop_column, _double_column, _rename_column, _rename_column, _add_column),
    *(_double_row, _drop_row, _shorten_row, _lengthen_row, _heading, _fill_column),
)
