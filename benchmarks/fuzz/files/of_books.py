"""Mutations of workbooks, as programs write them, and of the parts that they are packed from."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

import xlsxwriter

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files import of_bytes, of_tables, of_tokens
from benchmarks.fuzz.files.of_tables import Grid

Book = Mapping[str, Grid]
"""Sheets by their names."""

MOST_LETTERS = 32_767
"""Letters that a cell of a workbook can hold."""

_EPOCH, _MADE = (1980, 1, 1, 0, 0, 0), dt.datetime(2021, 7, 12)
"""Dates of every part and workbook: the same sheets give the same bytes."""


def mutate(book: Book, dice: Dice) -> Book:
    """The sheets with one of them changed, doubled or gone."""
    sheets = dict(book)
    name = dice.pick(sorted(sheets))
    luck = dice.random()
    if luck < 0.05:
        del sheets[name]
    elif luck < 0.1:
        sheets[f"{name} 2"] = sheets[name]
    else:
        sheets[name] = of_tables.mutate(sheets[name], dice)
    return sheets or {name: [[]]}


def as_xlsx(book: Book, dice: Dice) -> bytes:
    """Sheets as a workbook: texts, now and then numbers, merged cells, hidden rows, formulas."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": dice.chance(0.1), "strings_to_numbers": dice.chance(0.2)}
    with xlsxwriter.Workbook(out, options) as made:
        made.set_properties({"created": _MADE})
        for name, grid in book.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(grid):
                for c, text in enumerate(row):
                    sheet.write(r, c, text[:MOST_LETTERS])
            if grid and dice.chance(0.2):
                sheet.set_row(dice.randrange(len(grid)), None, None, {"hidden": True})
            if len(grid) > 2 and dice.chance(0.2):
                first = dice.randrange(len(grid) - 1)
                sheet.merge_range(first, 0, first + 1, 0, (grid[first] or [""])[0][:MOST_LETTERS])
    return out.getvalue()


def repacked(raw: bytes, dice: Dice) -> bytes:
    """A workbook with one of its parts changed: other bytes, other words, gone, or many times as large."""
    parts = unpacked(raw)
    name = dice.pick(sorted(parts))
    luck = dice.random()
    if luck < 0.1:
        del parts[name]
    elif luck < 0.15:
        parts[name] = parts[name] * dice.pick((2, 50))
    elif luck < 0.6:
        parts[name] = of_tokens.mutate(parts[name].decode("utf-8", errors="replace"), dice).encode("utf-8", errors="surrogatepass")
    else:
        parts[name] = of_bytes.mutate(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(zipfile.ZipInfo(each, _EPOCH), content)
    return out.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The parts of a workbook, by their names."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
