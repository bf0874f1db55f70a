"""Formulas of sheets that have failed: what they give is no value."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from giliran.errors import Problem, Where
from giliran.lists.grid import Grid
from giliran.messages import Sentence
from giliran.text.tables import letters
from giliran.text.trying import refuse_all

_FAILED = Sentence(en="the formula has failed: {text}", id="rumusnya gagal: {text}")
_MEND = Sentence(en="Correct it, or write the value itself.", id="Perbaiki, atau tulis nilainya langsung.")
_NO_VALUE = Sentence(en="the formula has no value yet", id="rumusnya belum dihitung")
_SAVE = Sentence(en="Open the file in Excel or LibreOffice and save it.", id="Buka berkasnya di Excel atau LibreOffice, lalu simpan.")
MOST_TOLD = 20
"""Cells of one sheet that are told one by one."""


def failed(grid: Grid, file: str, columns: Collection[int], lines: Collection[int]) -> Iterator[Problem]:
    """The formulas in some columns and lines of a sheet that have failed, the first of them."""
    found = [(at, text) for at, text in grid.errors.items() if at[0] in lines and at[1] in columns]
    for (line, column), text in found[:MOST_TOLD]:
        said = _FAILED(text=text) if text else _NO_VALUE()
        yield Problem(Where(file, line, f"{grid.name}!{letters(column)}{line}"), said, _MEND() if text else _SAVE())


def refuse_failed(grid: Grid, file: str, columns: Collection[int], lines: Collection[int]) -> None:
    """Raise `InputError` with the same."""
    refuse_all(failed(grid, file, columns, lines))
