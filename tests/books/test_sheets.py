"""What stands in a workbook: every column and key has its words, and cells look as they should."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from giliran import load_instance
from giliran.books import Guess, book_of, read_book, write_book
from giliran.books.columns import heading, kind_of, known_columns, rows_in, words_in
from giliran.books.letter import circular_fields, general_keys, of_circular
from giliran.books.sheets import ALWAYS, TABLES, sheet_name, sheet_names
from giliran.circulars import load_circular, packaged
from giliran.domain.words import columns_called
from giliran.instance import InstanceRecord
from giliran.instance.records import DocumentRecord, Horizon, Signer
from giliran.messages import LANGUAGES, Lang, plain
from tests.books.sheets import DATA, book, sheets_of


@pytest.mark.parametrize("section", TABLES)
def test_every_column_has_a_heading(section: str) -> None:
    """In both languages, with a kind and words that there are."""
    for column in known_columns(section):
        assert columns_called()[column].keys() == {*LANGUAGES}
        assert kind_of(column) in ("date", "count", "text")
        assert rows_in(column) in (None, *TABLES)
        words_in(section, column)


def test_every_table_has_a_sheet() -> None:
    """Whatever section holds rows has a sheet."""
    tables = {name for name, field in InstanceRecord.model_fields.items() if "Row" in str(field.metadata)}
    assert {*TABLES} - {"published"} == tables


def test_the_letter_asks_for_all() -> None:
    """Title, days, and everything around the table on paper; of circulars every key."""
    signer = [f"document.signer.{name}" for name in Signer.model_fields]
    document = [f"document.{name}" for name in DocumentRecord.model_fields if name != "signer"]
    assert {*general_keys()} == {"title", *(f"horizon.{name}" for name in Horizon.model_fields), *document, *signer}
    assert {"name", "file", "as", "from", "to", "replaces"} == {*circular_fields()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_has_words(lang: Lang) -> None:
    """No key stands for a question."""
    for name in packaged():
        letter = load_circular(name)
        asked = [*of_circular({"name": name}, lang)]
        assert all(" " in question.text or question.key.count(".") == 1 for question in asked)
        order = [question.key.removeprefix("circular.choose.") for question in asked if "choose" in question.key]
        assert sorted(order) == sorted(letter.parameters)
        grades = [letter.parameters[each].grade for each in order]
        assert grades == sorted(grades, reverse=True)  # those of short interviews first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_workbook(lang: Lang) -> None:
    """It has the sheets to fill in with headings and an example, and says nothing when read."""
    raw = write_book({"circulars": [{"name": "umum"}]}, lang, examples=True)
    sheets = sheets_of(raw)
    assert [*sheets] == [name for name in sheet_names(lang) if name in sheets]
    for section in ALWAYS:
        texts = sheets[sheet_name(section, lang)]
        assert texts[0, 0] and texts[1, 0] == {"en": "(example)", "id": "(contoh)"}[lang]
    book = book_of(raw, "x.xlsx")
    assert book.data == {"schema": "giliran/1", "circulars": [{"name": "umum"}]} and not book.problems and not book.notes


def test_lists_of_choices_are_words_for_people() -> None:
    """An answer stands in the words of the column beside it, in either language, and means the same values again."""
    choose = {"full_service_functions": ["field"], "leader_ranks": ["jpt_pratama", "administrator"]}
    raw = write_book({**DATA, "circulars": [{"name": "umum", "choose": choose}]}, "id")
    assert {"lapangan", "JPT Pratama, Administrator"} <= set(sheets_of(raw)["Surat"].values())
    book = book_of(raw, "x.xlsx")
    assert isinstance(book.data, dict) and book.data["circulars"] == [{"name": "umum", "choose": choose}]


def test_guesses_are_coloured_with_their_reason() -> None:
    """A guessed cell has a comment; that of a choice stands beside its question."""
    guesses = [Guess("staff", 1, "rank", plain("dari jabatan")), Guess("circulars", 0, "choose.limit", plain("dari surat"))]
    with zipfile.ZipFile(io.BytesIO(write_book(DATA, "id", guesses=guesses))) as archive:
        comments = {name: archive.read(name).decode() for name in archive.namelist() if "comments" in name}
        styles = archive.read("xl/styles.xml").decode()
    assert sorted("dari jabatan" in text for text in comments.values()) == [False, True]
    [staff] = [text for text in comments.values() if "dari jabatan" in text]
    assert f'ref="{cell_of("rank")}3"' in staff and "FFF2CC" in styles


def cell_of(column: str) -> str:
    """The letter of a column of the staff sheet."""
    texts = sheets_of(write_book(DATA, "id"))["Pegawai"]
    return next("ABCDEFGHIJKLMN"[c] for (row, c), text in texts.items() if row == 0 and text == heading(column, "id"))


def test_columns_for_people_keep_their_headings() -> None:
    """Notes are written as they are called, and read over."""
    rows = [{**row, "Catatan: KET Pegawai": "MPP"} for row in DATA["staff"]]
    raw = write_book({**DATA, "staff": rows}, "id", left_out=[["Baris", "Isi"], ["1", "DAFTAR"]])
    assert "Catatan: KET Pegawai" in sheets_of(raw)["Pegawai"].values()
    book = book_of(raw, "x.xlsx")
    assert isinstance(book.data, dict) and book.data["staff"] == [{key: text for key, text in row.items() if text} for row in DATA["staff"]]
    assert len(book.notes) == 1


def test_dates_are_dates_and_numbers_are_numbers() -> None:
    """Excel can sort and reckon with what is a date or a count; an NIP stays text."""
    with zipfile.ZipFile(io.BytesIO(write_book(DATA, "id"))) as archive:
        names = [name for name in sorted(archive.namelist()) if name.startswith("xl/worksheets/sheet")]
        texts = [archive.read(name).decode() for name in names]
    assert any("<v>46237</v>" in text for text in texts)  # 3 August 2026
    assert not any("198001012005012001" in text for text in texts)  # a shared string


def test_long_texts_go_on_below() -> None:
    """What no cell holds goes on in the next row, and comes back whole."""
    ids = [f"P-{k:05}" for k in range(6000)]
    rules = [{"id": "r", "kind": "fixed_days", "applies_to": {"ids": ids}, "place": "home", "days": {"weekdays": ["mon"]}}]
    book = book_of(write_book({**DATA, "rules": rules}, "en"), "x.xlsx")
    assert isinstance(book.data, dict) and book.data["rules"] == rules and not book.problems


@pytest.mark.parametrize(
    ("value", "shown"), [(["field"], "lapangan"), (["jpt_pratama", "pengawas"], "JPT Pratama, Pengawas"), ([], "tidak ada")]
)
def test_lists_of_answers_have_words(value: list[str], shown: str, tmp_path: Path) -> None:
    """A planner reads and writes the words of the question, not brackets and English keys; they mean the same."""
    name = "leader_ranks" if "pengawas" in value else "full_service_functions"
    letter = {"name": "umum", "choose": {"limit": "50%", name: value}}
    path = book(tmp_path / "dinas.xlsx", circulars=[letter])
    cells = {text: (row, column) for (row, column), text in sheets_of(path.read_bytes())["Surat"].items()}
    row, column = cells[f"circular.choose.{name}"]
    assert sheets_of(path.read_bytes())["Surat"][row, column - 2] == shown
    assert read_book(path).data["circulars"][0]["choose"][name] == value


def test_the_ledger_of_last_week_is_a_row_among_the_rest(tmp_path: Path) -> None:
    """As the guide says: `ledger`, `file` and its name on the last sheet, and the plan knows last week."""
    ledger = "staff_id,account,period,burden,share,last_called,unit\nb,office,2026-W31,5,2.5,2026-07-31,d/a\n"
    (tmp_path / "giliran.csv").write_text(ledger, encoding="utf-8")
    path = book(tmp_path / "dinas.xlsx", ledger={"file": "giliran.csv"})
    rows = sheets_of(path.read_bytes())["Lain-lain"]
    assert {"ledger", "file", "giliran.csv"} <= set(rows.values())
    assert load_instance(path).facts.ledger["office"].rows == 1
