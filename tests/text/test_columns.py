"""Columns of plain texts say the same as rows read one by one."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.text import Table, parse_table
from giliran.text.plain_columns import plain_columns

CELLS = st.text(alphabet=["a", "b", "1", "-", "é", "漢", "𝒳", " ", "\xa0", "\x1f", "\t"], max_size=12)
LONG = "x" * 70


def rows_of(table: Table) -> list[tuple[int, ...] | tuple[str, ...]]:
    """Every line number and every column, the numbered ones spelled out."""
    for name in table.columns:
        for numbered in (table.numbered(name), table.runs(name)):
            assert [numbered.texts[n] for n in numbered.number] == table.column(name)
        assert len(set(table.numbered(name).texts)) == len(table.numbered(name).texts)
    return [tuple(table.line(row) for row in range(len(table))), *(tuple(table.column(name)) for name in table.columns)]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12), st.sampled_from([",", ";"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_plain_and_quoted_texts_are_one_table(rows: list[tuple[str, ...]], separator: str, end: str, closed: bool) -> None:
    """A table is the same whether its cells are quoted, and read row by row, or not, and taken as bytes."""
    lines = [separator.join(row) for row in (("p", "q", "r"), *rows)]
    plain = parse_table(end.join(lines) + (end if closed else ""), "f.csv")
    quoted = end.join(separator.join(f'"{cell}"' for cell in row) for row in (("p", "q", "r"), *rows))
    assert rows_of(plain) == rows_of(parse_table(quoted, "f.csv"))


@pytest.mark.parametrize("size", [3, 5000])
def test_the_same_columns_in_small_and_large_files(size: int) -> None:
    """Few and many different cells, short and long ones, are what the csv module reads."""
    rows = [[f"P-{k:07}", ("admin", "field", "")[k % 3], f"José {k}" if k % 2 else LONG + str(k % 5), str(k // 7)] for k in range(size)]
    text = "\n".join(",".join(row) for row in [["a", "b", "c", "d"], *rows])
    assert rows_of(parse_table(text, "f.csv"))[1:] == list(zip(*list(csv.reader(io.StringIO(text)))[1:], strict=True))


def test_cells_that_differ_in_blanks_alone_are_equal() -> None:
    """Cells are numbered as they are after trimming."""
    table = parse_table("a,b\n1,x\n2, x\n3,x \n4,y\n", "f.csv")
    assert table.numbered("b").number.tolist() in ([0, 0, 0, 1], [1, 1, 1, 0])


def test_a_sample_does_not_hide_later_cells() -> None:
    """A cell that comes first after thousands of others is numbered too."""
    texts = ["office"] * 9000 + ["home", "a text of more than eight bytes", "a text of more than eight bytez"]
    table = parse_table("a,b\n" + "\n".join(f"{k},{text}" for k, text in enumerate(texts)), "f.csv")
    assert table.column("b") == texts and len(table.numbered("b").texts) == 4


@pytest.mark.parametrize(
    "body",
    ['1,"x"\n', "1,x\r2,y\n", "1,x\n\n2,y\n", "1,x\n , \n2,y\n", "1,x,\n2,y\n", "1\n2,x\n", "", "\n", f"1,{'x' * 140_000}\n", "\ud800,x\n"],
)
def test_what_is_not_plain_is_left_alone(body: str) -> None:
    """Quotes, old line ends, blank rows, other widths, huge cells and half characters are for the reader of rows."""
    assert plain_columns("a,b\n" + body, ",", 2, 1) is None


def test_only_what_is_plain_is_taken() -> None:
    """An ordinary text is plain, also where a row begins with an empty cell or a character beyond ASCII."""
    columns = plain_columns("a,b\n1,x\n,y\nÉ,\n", ",", 2, 1)
    assert columns is not None and [column.texts() for column in columns] == [["1", "", "É"], ["x", "y", ""]]
