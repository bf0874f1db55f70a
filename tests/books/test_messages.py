"""What is wrong in a workbook is told by sheet and cell, all at once, and nothing is passed over in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from giliran import InputError, load_instance
from giliran.books import language_of, read_book, write_book
from giliran.messages import LANGUAGES, Lang
from tests.books.sheets import DATA, book, sheets_of, typed


def told(path: Path, lang: Lang = "id") -> list[str]:
    """Every problem of a workbook, without its folder."""
    with pytest.raises(InputError) as caught:
        load_instance(path)
    return [problem.text(lang).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def notes(path: Path) -> list[str]:
    """What is told about an instance that can be planned."""
    return [note.said.text("id") for note in load_instance(path).notes]


def answer_to(key: str, lang: Lang = "id", data: dict[str, Any] = DATA) -> str:
    """The cell that answers a key."""
    cells = sheets_of(write_book(data, lang))["Surat" if lang == "id" else "Letter"]
    return next(f"B{row + 1}" for (row, _), text in cells.items() if text == key)


WRONG = {
    ("Pegawai", "F3"): ("d/x", "Pegawai!F3: tidak ada unit kerja 'd/x'"),
    ("Pegawai", "B2"): (1.98001012005012e17, "Pegawai!B2: '1.98001E+17' bukan id"),
    ("Pegawai", "J3"): ("31/31/2026", "Pegawai!J3: '31/31/2026' tidak ada dalam kalender"),
    ("Unit kerja", "D3"): ("dd", "Unit kerja!D3: induk 'dd' bukan unit kerja yang ada"),
    ("Cuti dan dinas", "A2"): ("bb ", "Cuti dan dinas!A2: tidak ada pegawai dengan id 'bb'"),
    ("Permintaan", "B2"): ("Senen", "Permintaan!B2: 'Senen' tidak termasuk senin"),
    ("Perintah", "B2"): ("08/13/2026", "Perintah!B2: '08/13/2026' tampaknya mendahulukan bulan"),
    ("Surat", answer_to("circular.choose.limit")): ("lima puluh", "'lima puluh' tanpa tanda persen"),
    ("Surat", answer_to("document.date")): ("kemarin", "Surat!B10: 'kemarin' bukan tanggal"),
    ("Lain-lain", "C2"): ("kind: office_cap\nmaxx: 2", "Lain-lain!C2: maxx: kunci maxx tidak dikenal"),
}
"""What is typed into a cell, and how the message about it begins."""


def test_everything_at_once_by_sheet_and_cell(tmp_path: Path) -> None:
    """Wrong cells of all sheets are told together."""
    found = told(book(tmp_path / "dinas.xlsx", changes={cell: value for cell, (value, _) in WRONG.items()}))
    assert all(text.startswith("dinas.xlsx: ") for text in found)
    assert not [said for _, said in WRONG.values() if not any(said in text for text in found)]
    assert "dinas.xlsx: Surat!" + answer_to("circular.choose.limit") in "\n".join(found)


@pytest.mark.parametrize("cell", WRONG, ids="!".join)
def test_one_at_a_time(cell: tuple[str, str], tmp_path: Path) -> None:
    """Each of them alone is told once, in its cell."""
    value, said = WRONG[cell]
    [text] = told(book(tmp_path / "dinas.xlsx", changes={cell: value}))
    assert said in text and f"{cell[0]}!{cell[1]}" in text


def test_the_place_for_programs(tmp_path: Path) -> None:
    """JSON and Python get the row as the line, and sheet and cell as the field."""
    path = book(tmp_path / "dinas.xlsx", changes={("Pegawai", "F3"): "d/x"})
    with pytest.raises(InputError) as caught:
        load_instance(path)
    [problem] = caught.value.problems
    assert (problem.where.file, problem.where.line, problem.where.field) == (str(path), 3, "Pegawai!F3")


def test_headings_that_nobody_knows(tmp_path: Path) -> None:
    """They are refused with the known ones in the reader's language; the nearest one is named."""
    path = book(tmp_path / "dinas.xlsx", changes={("Pegawai", "L1"): "Hobi", ("Pegawai", "L2"): "renang", ("Pegawai", "M1"): "Jabatann"})
    first, second = told(path)
    assert first.startswith("dinas.xlsx: Pegawai!L1: kolom 'Hobi' tidak dikenal") and "Kepala unit" in first
    assert second.startswith("dinas.xlsx: Pegawai!M1: kolom 'Jabatann'") and "jabatan" in second.lower().partition("apakah")[2]
    assert "Staff ID" not in first and "Head" in told(path, "en")[0]


def test_a_column_twice(tmp_path: Path) -> None:
    """Two columns that mean the same are refused, whatever they are called."""
    [text] = told(book(tmp_path / "dinas.xlsx", changes={("Pegawai", "L1"): "Nama pegawai", ("Pegawai", "L2"): "Ani"}))
    assert text.startswith("dinas.xlsx: Pegawai!L1: kolom 'Nama pegawai' sama artinya")


def test_a_value_below_no_heading(tmp_path: Path) -> None:
    """Somebody who writes beside the table is told that nobody reads it, once for a column, and what to do."""
    [text] = told(book(tmp_path / "dinas.xlsx", changes={("Pegawai", "P3"): "sakit"}))
    assert text.startswith("dinas.xlsx: Pegawai!P3: 'sakit' berada di kolom tanpa judul\n  Tulis judul kolomnya")
    [text] = told(book(tmp_path / "two.xlsx", changes={("Pegawai", "P3"): "sakit", ("Pegawai", "P4"): "izin"}))
    assert text.startswith("two.xlsx: Pegawai!P3: 'sakit' dan isi di bawahnya, 2 baris, berada di kolom tanpa judul")


def test_many_headings_that_nobody_knows(tmp_path: Path) -> None:
    """They share one sentence with what is known."""
    [text] = told(book(tmp_path / "dinas.xlsx", changes={("Pegawai", f"{column}1"): f"Hobi {column}" for column in "LMNOP"}))
    assert text.startswith("dinas.xlsx: Pegawai!L1: kolom tidak dikenal: Hobi L, Hobi M, Hobi N, Hobi O dan Hobi P")


def test_the_heading_of_units_is_gone(tmp_path: Path) -> None:
    """That nobody has a unit is told once, not for everybody."""
    path = book(tmp_path / "dinas.xlsx", changes={("Pegawai", "F1"): "Catatan: unit"})
    assert [text for text in told(path) if "unit kerja" in text] == [
        "dinas.xlsx: Pegawai: unit kerja belum diisi pada semua baris: kolomnya tidak ada atau kosong"
    ]


def test_the_headings_of_the_letter_are_gone(tmp_path: Path) -> None:
    """Nothing is said of answers that nobody could read."""
    [text] = told(book(tmp_path / "dinas.xlsx", changes={("Surat", "D1"): "Sandi"}))
    assert text == "dinas.xlsx: Surat!A1: tidak ada baris judul kolom lembar ini: Pertanyaan, Jawaban, Bila kosong dan Kunci"


def test_one_wrong_cell_is_told_once(tmp_path: Path) -> None:
    """An NIP that is the id too is wrong in one cell, and told once."""
    staff = [{key: value for key, value in row.items() if key != "id"} for row in DATA["staff"][:2]]
    path = book(tmp_path / "dinas.xlsx", staff=staff, absences=[], wishes=[], pins=[])
    column = {text: column for (row, column), text in sheets_of(path.read_bytes())["Pegawai"].items() if row == 0}["NIP"]
    found = told(
        book(tmp_path / "two.xlsx", changes={("Pegawai", f"{'ABC'[column]}2"): "1,98E+17"}, staff=staff, absences=[], wishes=[], pins=[])
    )
    assert len([text for text in found if "E+17" in text]) == 1


def test_columns_for_people(tmp_path: Path) -> None:
    """Columns whose heading begins with Catatan: or Note: are read over, told once."""
    path = book(tmp_path / "dinas.xlsx", changes={("Pegawai", "L1"): "Catatan: KET", ("Pegawai", "L2"): "x", ("Pegawai", "M1"): "note: b"})
    assert notes(path) == ["Pegawai: kolom catatan, tidak dibaca: Catatan: KET dan note: b"]


def test_how_a_file_was_read_is_told_last(tmp_path: Path) -> None:
    """A summary shows the first notes: whom no rule means comes before columns that were never meant to be read."""
    changes = {("Pegawai", "L1"): "Catatan: KET", ("Pegawai", "L2"): "x"}
    answers = {"circulars": [{"name": "umum", "choose": {"limit": "50%", "always_home": "must"}}]}
    told = notes(book(tmp_path / "dinas.xlsx", changes=changes, **answers))
    assert "always-home" in told[0] and told[-1].startswith("Pegawai: kolom catatan")


def test_sheets_that_nobody_knows(tmp_path: Path) -> None:
    """They are told once, as a note."""
    [said] = notes(book(tmp_path / "dinas.xlsx", changes={("Rekap", "A1"): "x", ("Coretan", "B7"): 7}))
    assert said.startswith("lembar yang tidak dibaca: Rekap dan Coretan; yang dibaca: ")


def test_formulas_are_read_by_their_values(tmp_path: Path) -> None:
    """A formula counts as what it gives; one that failed is refused in its cell."""
    good = {
        ("Pegawai", "A4"): ('="c"&""', "c"),
        ("Permintaan", "D2"): ("=1+1", 2),
        ("Surat", "B2"): ('="Dinas "&"Perpustakaan"', "Dinas P"),
    }
    instance = load_instance(book(tmp_path / "good.xlsx", changes=good))
    assert instance.facts.staff.ids == ("a", "b", "c") and instance.title == "Dinas P"
    bad = {("Cuti dan dinas", "C2"): ("=A1/0", "#DIV/0!"), ("Surat", "B3"): ("=x", "#NAME?"), ("Lain-lain", "C3"): ("=y", "#REF!")}
    found = "\n".join(told(book(tmp_path / "bad.xlsx", changes=bad)))
    for cell, text in (("Cuti dan dinas!C2", "#DIV/0!"), ("Surat!B3", "#NAME?"), ("Lain-lain!C3", "#REF!")):
        assert f"bad.xlsx: {cell}: rumusnya gagal: {text}" in found


def test_formulas_that_nobody_has_computed(tmp_path: Path) -> None:
    """A program may write formulas without values: an empty cell would be a guess."""
    book(tmp_path / "made.xlsx", changes={("Cuti dan dinas", "C2"): ("=B2+1", 46238)})
    with zipfile.ZipFile(tmp_path / "made.xlsx") as old, zipfile.ZipFile(tmp_path / "dinas.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>46238</v>", b""))
    assert told(tmp_path / "dinas.xlsx") == [
        "dinas.xlsx: Cuti dan dinas!C2: rumusnya belum dihitung\n  Buka berkasnya di Excel atau LibreOffice, lalu simpan."
    ]


def test_rows_between_and_spaces(tmp_path: Path) -> None:
    """Empty rows, spaces at the ends and other words for the same change nothing."""
    moved = {("Pegawai", f"{column}4"): "" for column in "ACDEF"} | {("Pegawai", f"{column}9"): "" for column in "F"}
    row = dict(zip("ACDEF", ("c ", " Citra", "Pelaksana", "THL", "d/a"), strict=True))
    changes: dict[tuple[str, str], Any] = {**moved, **{("Pegawai", f"{column}9"): text for column, text in row.items()}}
    changes |= {("Permintaan", "B2"): " SENIN ", ("Permintaan", "C2"): "rumah", ("Perintah", "B2"): "Rabu, 5 Agustus 2026"}
    assert load_instance(book(tmp_path / "dinas.xlsx", changes=changes)).facts == load_instance(book(tmp_path / "plain.xlsx")).facts


def test_merged_cells_stand_for_every_row(tmp_path: Path) -> None:
    """A unit that is written once beside several people is that of all of them."""
    cells = sheets_of(write_book(DATA, "id"))
    made = xlsxwriter.Workbook(str(tmp_path / "dinas.xlsx"))
    for name, texts in cells.items():
        sheet = made.add_worksheet(name)
        for (row, column), text in texts.items():
            if name != "Pegawai" or column != 5 or row < 2:
                sheet.write_string(row, column, text)
        if name == "Pegawai":
            sheet.merge_range(2, 5, 3, 5, "d/a")
    made.close()
    assert load_instance(tmp_path / "dinas.xlsx").facts == load_instance(book(tmp_path / "plain.xlsx")).facts


def test_keys_of_the_letter(tmp_path: Path) -> None:
    """An answer whose key is gone, unknown or there twice is told."""
    row = int(answer_to("document.place")[1:])
    gone = {("Surat", f"B{row}"): "Palembang", ("Surat", f"D{row}"): ""}
    assert told(book(tmp_path / "dinas.xlsx", changes=gone))[0].startswith(f"dinas.xlsx: Surat!B{row}: tidak diketahui apa yang dijawab")
    other = {("Surat", f"B{row}"): "Palembang", ("Surat", f"D{row}"): "document.plase"}
    [text] = told(book(tmp_path / "dinas.xlsx", changes=other))
    assert text == f"dinas.xlsx: Surat!D{row}: kunci 'document.plase' tidak dikenal\n  Apakah maksudnya document.place?"
    twice = {("Surat", f"B{row}"): "Palembang", ("Surat", f"D{row}"): "title"}
    assert "dijawab dua kali" in told(book(tmp_path / "dinas.xlsx", changes=twice))[0]


def test_the_sheet_of_all_else(tmp_path: Path) -> None:
    """Unknown sections and YAML that cannot be read are told in their cells; keys may be Indonesian."""
    for cell, value, said in (
        ("A2", "rulez", "Lain-lain!A2: bagian 'rulez' tidak dikenal"),
        ("C2", "kind: [office_cap", "Lain-lain!C2: YAML 1: kurung yang dibuka"),
        ("C2", "hanya teks", "Lain-lain!C2: di samping butir"),
        ("C2", "id: x\nkind: office_cap", "Lain-lain!B2: id tertulis di kolom Butir"),
        ("A2", "", "Lain-lain!A2: bagiannya belum diisi"),
        ("C2", "kind: &a office_cap\nper: *a", "Lain-lain!C2: YAML: alias (*nama) tidak dibaca"),
    ):
        [text] = told(book(tmp_path / "dinas.xlsx", changes={("Lain-lain", cell): value}))
        assert said in text
    plain = load_instance(book(tmp_path / "plain.xlsx"))
    assert load_instance(book(tmp_path / "dinas.xlsx", changes={("Lain-lain", "A2"): "Aturan"})).rules == plain.rules


def test_hidden_sheets_count(tmp_path: Path) -> None:
    """Rules on a sheet that somebody has hidden are rules all the same."""
    cells = sheets_of(write_book(DATA, "id"))
    made = xlsxwriter.Workbook(str(tmp_path / "dinas.xlsx"))
    for name, texts in cells.items():
        sheet = made.add_worksheet(name)
        for (row, column), text in texts.items():
            sheet.write_string(row, column, text)
        if name == "Lain-lain":
            sheet.hide()
    made.close()
    assert load_instance(tmp_path / "dinas.xlsx").rules == load_instance(book(tmp_path / "plain.xlsx")).rules


def test_examples_are_not_read(tmp_path: Path) -> None:
    """The rows that show how a sheet is filled in are nobody's; one that was changed is told."""
    raw = write_book({**{key: DATA[key] for key in ("title", "horizon", "staff")}}, "id", examples=True)
    path = typed(tmp_path / "dinas.xlsx", raw)
    data = read_book(path).data
    assert isinstance(data, dict) and data.keys() == {"schema", "title", "horizon", "staff"}
    assert read_book(path).notes == ()
    changed = read_book(typed(tmp_path / "dinas.xlsx", raw, {("Cuti dan dinas", "D2"): "sakit"}))
    assert [said.text("id")[:19] for said in changed.notes] == ["Cuti dan dinas!A2: "]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_of_a_workbook(lang: Lang, tmp_path: Path) -> None:
    """It is that of the names of its sheets; what is no such workbook has none."""
    assert language_of(book(tmp_path / "dinas.xlsx", lang)) == lang
    assert read_book(tmp_path / "dinas.xlsx").lang == lang
    (tmp_path / "broken.xlsx").write_bytes(b"PK nothing")
    for name in ("broken.xlsx", "missing.xlsx", "list.csv"):
        assert language_of(tmp_path / name) is None
    typed(tmp_path / "list.xlsx", write_book(DATA, lang), renamed={"Surat": "Sheet1", "Letter": "Sheet1"})
    assert language_of(tmp_path / "list.xlsx") is None


def test_names_of_sheets_in_both_languages(tmp_path: Path) -> None:
    """Sheets are known in either language, mixed too; two that mean the same are refused."""
    raw = write_book(DATA, "id")
    mixed = typed(tmp_path / "mixed.xlsx", raw, renamed={"Pegawai": "STAFF", "Cuti dan dinas": "absences"})
    assert load_instance(mixed).facts == load_instance(book(tmp_path / "plain.xlsx")).facts
    assert "lembar Pegawai dan Staff memuat hal yang sama" in told(typed(tmp_path / "two.xlsx", raw, {("Staff", "A1"): "ID"}))[0]


def test_a_list_is_no_workbook_to_plan_from(tmp_path: Path) -> None:
    """Somebody who plans from the raw list is told the command that makes a workbook of it."""
    book_ = xlsxwriter.Workbook(str(tmp_path / "daftar.xlsx"))
    book_.add_worksheet("Nominatif").write_row(0, 0, ["Nama", "NIP"])
    book_.close()
    [text] = told(tmp_path / "daftar.xlsx")
    assert "tidak ada lembar Surat / Letter" in text and "lembarnya: Nominatif" in text
    assert "giliran new --staff daftar.xlsx -o dinas.xlsx" in text


def test_a_section_in_two_places(tmp_path: Path) -> None:
    """Rows that stand in a sheet and in the sheet of all else are refused."""
    changes = {("Lain-lain", "A2"): "absences", ("Lain-lain", "B2"): "file", ("Lain-lain", "C2"): "cuti.csv"}
    [text] = told(book(tmp_path / "dinas.xlsx", changes=changes))
    assert text.startswith("dinas.xlsx: Lain-lain!C2: absences juga ada di lembar Cuti dan dinas")


def test_rows_that_nobody_sees(tmp_path: Path) -> None:
    """A filter hides rows, and a struck row may be meant or not: they count, and are told with their lines."""
    cells = sheets_of(write_book(DATA, "id"))
    made = xlsxwriter.Workbook(str(tmp_path / "dinas.xlsx"))
    struck = made.add_format({"font_strikeout": True})
    for name, texts in cells.items():
        sheet = made.add_worksheet(name)
        for (row, column), text in texts.items():
            sheet.write_string(row, column, text, struck if (name, row) == ("Pegawai", 2) else None)
        if name == "Pegawai":
            sheet.set_row(3, None, None, {"hidden": True})
    made.close()
    assert load_instance(tmp_path / "dinas.xlsx").facts == load_instance(book(tmp_path / "plain.xlsx")).facts
    assert notes(tmp_path / "dinas.xlsx")[0].startswith("Pegawai: baris yang tersembunyi atau dicoret tetap dibaca: 3 dan 4;")


def test_macros_are_told(tmp_path: Path) -> None:
    """They are not run, and somebody who relies on them hears of it."""
    path = book(tmp_path / "dinas.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert any("makro" in said for said in notes(path))


def test_days_that_are_not_filled_in(tmp_path: Path) -> None:
    """A workbook that nobody has filled in yet says so in the words of its questions."""
    (tmp_path / "dinas.xlsx").write_bytes(write_book({"circulars": [{"name": "umum"}]}, "id", examples=True))
    assert told(tmp_path / "dinas.xlsx") == [
        "dinas.xlsx: Surat!B3: 'Hari pertama' belum diisi",
        "dinas.xlsx: Surat!B4: 'Hari terakhir' belum diisi",
    ]
    more = {
        ("Surat", "B3"): "",
        ("Surat", "B4"): "",
        ("Lain-lain", "A9"): "periode",
        ("Lain-lain", "C9"): "{mulai: 2026-08-03, sampai: 2026-08-04}",
    }
    assert len(load_instance(book(tmp_path / "more.xlsx", changes=more, pins=[])).facts.dates) == 2


def test_nobody_in_the_sheet_of_staff(tmp_path: Path) -> None:
    """The sheet is named, and a column that is missing by its heading."""
    assert told(book(tmp_path / "dinas.xlsx", staff=[], absences=[], wishes=[], pins=[])) == ["dinas.xlsx: Pegawai: tabel pegawai kosong"]
    changes = {("Pegawai", "A1"): "Catatan: a", ("Pegawai", "B1"): "Catatan: b"}
    assert "kolom 'id' tidak ada; tabel memuat: nama, kelompok_jabatan" in told(book(tmp_path / "dinas.xlsx", changes=changes))[0]
