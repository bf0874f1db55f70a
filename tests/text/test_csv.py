"""CSV files are read as planners have them, and told where they are wrong."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.errors import InputError, Problem
from giliran.text import Table, csv_reader, parse_table, read_table


def _problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse_table(text, "f.csv")
    return caught.value.problems


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("windows-1252", "windows-1252")],
)
def test_encodings(tmp_path: Path, encoding: str, told: str) -> None:
    """Every usual encoding is read, and the table tells which it was."""
    path = tmp_path / "f.csv"
    path.write_bytes("id,nama\nP-1,José\n".encode(encoding))
    table = read_table(path)
    assert (table.encoding, table.column("nama")) == (told, ["José"])


def test_latin_1(tmp_path: Path) -> None:
    """A byte without meaning in Windows-1252 is read as Latin-1."""
    path = tmp_path / "f.csv"
    path.write_bytes(b"id,nama\nP-1,Jos\xe9\x81\n")
    assert read_table(path).encoding == "latin-1"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,b\n1,2\n", ("a", "b")),
        ("a;b\n1,5;2\n", ("a", "b")),
        ("a\tb\n1\t2\n", ("a", "b")),
        ('"a, x";b\n1;2\n', ("a,_x", "b")),
        ("a, x;b\n1;2\n", ("a,_x", "b")),
        ("sep=;\na,x;b\n1;2\n", ("a,x", "b")),
        ("a\n1\n", ("a",)),
        ("Staff ID , NAMA  Lengkap\n1,2\n", ("staff_id", "nama_lengkap")),
        ("a,b,,\n1,2,,\n", ("a", "b")),
    ],
)
def test_header(text: str, columns: tuple[str, ...]) -> None:
    """The separator is judged by the header, and names are trimmed, in small letters and without spaces."""
    table = parse_table(text, "f.csv")
    assert table.columns == columns
    assert len(table) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines(end: str) -> None:
    """Each row knows its line, also after quoted line breaks and blank rows, whatever ends a line."""
    text = end.join(["", "id,note", "1,x", "", f'2,"two{end}lines"', " , ", "3,y,,", ""])
    table = parse_table(text, "f.csv")
    assert table.column("id") == ["1", "2", "3"]
    assert [table.line(row) for row in range(3)] == [3, 5, 8]
    assert str(table.where(1, "note")) == "f.csv:5: note"


def test_long_file_lines() -> None:
    """Lines stay right over many rows with a quoted line break and a blank line in the middle."""
    rows = [f"{number},x" for number in range(3000)]
    rows[1500] = '1500,"a\nb"'
    rows[1501] = ""
    table = parse_table("id,note\n" + "\n".join(rows), "f.csv")
    # Header on line 1, so row k stands on line k + 2; one more line after the quoted break; row 1501 is blank and left out.
    assert (len(table), table.line(1500), table.line(1501), table.line(2998)) == (2999, 1502, 1505, 3002)


def test_cells_are_trimmed_text() -> None:
    """Cells are trimmed and otherwise left alone: zeros, commas and quotes survive."""
    table = parse_table('id,x\n 000000000000000142 ,"a ""b"", c"\n', "f.csv")
    assert list(table.rows()) == [{"id": "000000000000000142", "x": 'a "b", c'}]


def test_header_only() -> None:
    """A table without rows is a table."""
    table = parse_table("id,name", "f.csv")
    assert (len(table), table.column("id"), list(table.rows())) == (0, [], [])


def test_wrong_width() -> None:
    """All rows of the wrong width are told, the first twenty one by one."""
    found = _problems("a,b\n" + "1,2\n" + "1,2,3\n" + "1\n" * 24)
    assert len(found) == 21
    assert found[0].text() == (
        "f.csv:3: cells in this row: 3; in the header: 2\n  Put a cell that holds the separator ',' in double quotes."
    )
    assert found[1].text("id") == "f.csv:4: jumlah sel pada baris ini: 1; pada baris judul: 2"
    assert found[20].text() == "f.csv: and 5 more rows with the wrong number of cells"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "the file is empty"),
        (" \n\n", 0, "the file is empty"),
        (",,\n,,\n", 1, "names of the columns are missing"),
        ("\n142,x\n143,y\n", 2, "the first row begins with '142'"),
        ("a,b,A\n1,2,3\n", 1, "the column 'a' stands twice, as columns 1 and 3"),
        ("a,,b\n1,2,3\n", 1, "column 2 has no name"),
        ("a,b\n1,\0\n", 2, "NUL"),
        ('a,b\n1,2\n"x,3\n4,5\n', 3, "double quotes in this row do not match"),
        ('a,b\n1,2\n"x"y,3\n', 3, "double quotes in this row do not match"),
    ],
)
def test_bad_file(text: str, line: int, words: str) -> None:
    """A file that is no table gives its line and what was found."""
    (problem,) = _problems(text)
    assert problem.where.line == line
    assert words in problem.text()


def test_missing_and_unknown_columns() -> None:
    """Columns that are missing or unknown are told with the nearest name."""
    table = parse_table("id,untit\n1,2\n", "f.csv")
    assert [problem.text() for problem in table.missing(["id", "unit"])] == [
        "f.csv: the column 'unit' is missing; the table has: id and untit\n  Maybe rename 'untit'?"
    ]
    assert [problem.text() for problem in table.unknown(["id", "unit"])] == ["f.csv: unknown column 'untit'\n  Did you mean unit?"]


def test_a_table_with_many_columns_names_the_first_ones() -> None:
    """A missing column is told in a sentence that can be read, however many and long the others are."""
    table = parse_table(",".join("\x07" * 300 + str(k) for k in range(90)) + "\n", "f.csv")
    (problem,) = table.missing(["unit"])
    assert len(problem.text()) < 3_000
    assert problem.text().endswith("and 78 more")


def test_another_table_is_told_as_one() -> None:
    """Where several columns are missing and none is called nearly so, it is another file: nothing in it is to be renamed or deleted."""
    table = parse_table("Daftar Hadir\nx\n", "hadir.csv")
    assert [problem.text() for problem in table.missing(["staff_id", "date", "place"])] == [
        "hadir.csv: this table has none of the columns staff_id, date and place; it has: daftar_hadir\n"
        "  Is this the file that you mean? If so, its first row must hold the names of the columns."
    ]
    assert len(parse_table("datum,plase\n1,2\n", "f.csv").missing(["date", "place"])) == 2


def test_strange_columns_are_told_at_once() -> None:
    """All columns that resemble no known one share a problem; other spellings that are read are not offered."""
    table = parse_table("nip,born,school\n1,2,3\n", "f.csv")
    [problem] = table.unknown(["unit", "id"], also=["nip"])
    assert problem.text().startswith("f.csv: columns that nobody knows: born and school; known are: id, unit\n  Rename what")


def test_records() -> None:
    """Rows inside a document become the same table, with fields and lines of the document."""
    table = Table.from_records(
        [{"Staff ID": "P-1", "head": True, "also": ["a", "b"]}, {"staff_id": 142, "from": None}], file="f.yaml", lines=[4, 9], field="staff"
    )
    assert list(table.rows()) == [
        {"staff_id": "P-1", "head": "true", "also": "a;b", "from": ""},
        {"staff_id": "142", "head": "", "also": "", "from": ""},
    ]
    assert str(table.where(1, "staff_id")) == "f.yaml:9: staff[1].staff_id"
    assert str(table.where()) == "f.yaml: staff"


def test_bad_records() -> None:
    """Rows that are no mappings and cells that are no text are told all at once."""
    rows = [{"a": 1.5, "A": "x"}, "P-1", {"a": {"b": 1}}, {"a": ["x;y"]}, {"a": [["x"]]}]
    with pytest.raises(InputError) as caught:
        Table.from_records(rows, field="staff")  # type: ignore[arg-type]
    assert [problem.where.field for problem in caught.value.problems] == [
        "staff[0].a",
        "staff[1]",
        "staff[2].a",
        "staff[3].a",
        "staff[4].a",
    ]


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8).map(str.strip)


@given(st.lists(st.tuples(st.just("P-1"), _CELL, _CELL), max_size=8), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-16"]))
def test_round_trip(rows: list[tuple[str, str, str]], separator: str, encoding: str) -> None:
    """What the csv module writes with any separator is read back, each row on its line."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerows([("id", "x", "y"), *rows])
    table = parse_table(stream.getvalue().encode(encoding).decode(encoding), "f.csv")
    assert [tuple(row.values()) for row in table.rows()] == rows
    line = 2
    for number, row in enumerate(rows):
        assert table.line(number) == line
        line += 1 + sum(cell.count("\n") for cell in row)


@pytest.mark.parametrize("piece", [0, 1, 3, 7, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_pieces_of_a_text_change_nothing(monkeypatch: pytest.MonkeyPatch, piece: int, end: str) -> None:
    """However the lines are fetched, rows, their lines and line breaks in quoted cells are the same."""
    monkeypatch.setattr(csv_reader, "_PIECE", piece)
    rows = [["id", "note"], ["a", f"one{end}two"], ["b", "three"], ["c", f"{end}{end}four, five"]]
    text = end.join(f'{id_},"{note}"' for id_, note in rows) + end
    table = parse_table(text, "t.csv")
    assert [table.column(name) for name in ("id", "note")] == [["a", "b", "c"], [row[1].strip() for row in rows[1:]]]
    assert [table.where(row).line for row in range(3)] == [2, 4, 5]


@pytest.mark.parametrize("quoted", [False, True])
def test_reading_takes_a_few_times_the_file(tmp_path: Path, quoted: bool) -> None:
    """Not more than five times the file and some megabytes, and nothing like the largest size of such a file."""
    mark = '"' if quoted else ""
    path = tmp_path / "t.csv"
    path.write_text("id,note\n" + "".join(f"{k:018},{mark}catatan nomor {k % 100}{mark}\n" for k in range(100_000)), encoding="utf-8")
    tracemalloc.start()
    try:
        read_table(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5 * path.stat().st_size + 5_000_000
