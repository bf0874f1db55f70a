"""Cells that spreadsheets take for formulas."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.text import TextError, csv_cells, parse_id
from giliran.text.cells import without_mark


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("P-1", "P-1"),
        ("=A1", "'=A1"),
        ("+62812", "'+62812"),
        ("-5", "'-5"),
        ("@budi", "'@budi"),
        ("=SUM(1,2)", '"\'=SUM(1,2)"'),
        ('=A"1', '"\'=A""1"'),
        ("a;=A1", '"a;=A1"'),
        ("O'Neil", "O'Neil"),
    ],
)
def test_written(text: str, cell: str) -> None:
    """An apostrophe stands before what a spreadsheet would work out; separators of any country stand in quotes."""
    assert [*csv_cells(["P-9", text])] == ["P-9", cell]


@given(st.lists(st.text(st.sampled_from("'=+-@ a1;,\"\t\n"), max_size=5)))
def test_nothing_is_worked_out(texts: list[str]) -> None:
    """No cell begins as a formula, whether commas or semicolons part the cells, and each is what was written but for the apostrophe."""
    for text, cell in zip(texts, csv_cells(texts), strict=True):
        for separator in ",;":
            rows = list(csv.reader(io.StringIO(cell, newline=""), delimiter=separator))
            assert [part for row in rows for part in row] in ([], [text], ["'" + text])
            assert all(part[:1] not in set("=+-@") or not part for row in rows for part in row)


@given(st.text(st.sampled_from("'=+-@ a1;,\""), max_size=6))
def test_ids_come_back(text: str) -> None:
    """An id that is written to CSV is read from there as the same id."""
    try:
        id_ = parse_id(text)
    except TextError:
        return
    [[cell]] = csv.reader(io.StringIO(csv_cells([id_])[0], newline=""))
    assert parse_id(cell) == id_
    assert without_mark(cell) == id_
