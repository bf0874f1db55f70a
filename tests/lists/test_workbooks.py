"""Staff lists in workbooks, and in what only ends so: read in place of a staff table, or refused with a reason."""

from __future__ import annotations

import html
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from giliran import InputError, Instance, load_instance
from giliran.lists import looks, workbooks

HEAD = ["NO", "NAMA / NIP", "PANGKAT / GOL. RUANG", "JABATAN", "ESELON", "UNIT KERJA", "STATUS", "KET"]
ROWS = [
    ["DAFTAR NOMINATIF PEGAWAI"],
    ["DINAS PERPUSTAKAAN KABUPATEN CONTOH"],
    [],
    HEAD,
    [str(k) for k in range(1, 9)],
    ["1", "Ani, S.Sos.\nNIP. 19700101 199501 2 001", "Pembina / IV.c", "Kepala Dinas", "II.b", "Dinas Perpustakaan", "PNS"],
    ["2", "Budi\nNIP. 19750101 200001 1 002", "Penata / III.d", "Sekretaris", "III.a", "Sekretariat", "PNS"],
    ["3", "Citra\nNIP. 19850101 201001 2 003", "Penata / III.c", "Arsiparis Ahli Muda", "-", "Sekretariat", "PNS"],
    ["4", "Dedi\n-", "-", "Tenaga Kebersihan", "-", "Sekretariat", "Tenaga Kontrak"],
    [],
    ["", "", "", "", "", "Kepala Dinas,"],
    ["", "", "", "", "", "NIP. 19700101 199501 2 001"],
]
HIDDEN = 6
"""Index of the row of Budi, who is hidden where rows can be."""


def xlsx(path: Path, *, hide: bool = False) -> None:
    """The list as personnel offices write it: titles merged over all columns."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Daftar")
    for r, row in enumerate(ROWS):
        if len(row) == 1:
            sheet.merge_range(r, 0, r, len(HEAD) - 1, row[0])
        for c, text in enumerate(row if len(row) > 1 else ()):
            sheet.write_string(r, c, text)
    if hide:
        sheet.set_row(HIDDEN, None, None, {"hidden": True})
    secret = book.add_worksheet("Lama")
    secret.write_row(0, 0, ["NO", "NAMA", "NIP"])
    secret.write_row(1, 0, ["1", "Somebody", "198001012005012009"])
    secret.hide()
    book.close()


def page(path: Path) -> None:
    """The same as a web export, which calls itself .xls."""
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(text).replace(chr(10), '<br>')}</td>" for text in row) + "</tr>" for row in ROWS)
    path.write_text(f"<html><body><table border=1>{rows}</table></body></html>", encoding="utf-8")


def excel_2003(path: Path) -> None:
    """The same in the XML of Excel 2003."""
    cells = [
        "".join(f'<Cell ss:Index="{c}"><Data ss:Type="String">{html.escape(text)}</Data></Cell>' for c, text in enumerate(row, 1) if text)
        for row in ROWS
    ]
    rows = "".join(f'<Row ss:Index="{r}">{text}</Row>' for r, text in enumerate(cells, 1) if text)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="Daftar"><Table>{rows}</Table></Worksheet>'
    path.write_text(f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>', encoding="utf-8")


def text(path: Path) -> None:
    """The same saved as CSV by an Indonesian Excel."""
    quoted = ('"{}"'.format(cell.replace('"', '""')) if "\n" in cell else cell for row in ROWS for cell in (*row, *[""] * (8 - len(row))))
    cells = list(quoted)
    path.write_text("\n".join(";".join(cells[k : k + 8]) for k in range(0, len(cells), 8)), encoding="utf-8-sig")


def instance(folder: Path, name: str) -> Instance:
    """An instance whose staff is the list."""
    (folder / "instance.yaml").write_text(
        f"schema: giliran/1\ntitle: T\nhorizon: {{start: 2026-08-03, end: 2026-08-07}}\nstaff: {{file: {name}}}\n"
        "circulars: [{name: umum, choose: {limit: 50%}}]\n",
        encoding="utf-8",
    )
    return load_instance(folder)


FORMS: dict[str, Callable[[Path], None]] = {"list.xlsx": xlsx, "page.xls": page, "old.xls": excel_2003, "list.csv": text}


@pytest.mark.parametrize("name", FORMS)
def test_a_list_is_a_staff_table_as_it_is(name: str, tmp_path: Path) -> None:
    """People, units and ranks are the same whatever wrote the list, and what was left out is told by line."""
    FORMS[name](tmp_path / name)
    read = instance(tmp_path, name)
    facts = read.facts
    assert facts.staff.names == ("Ani, S.Sos.", "Budi", "Citra", "Dedi")
    assert facts.staff.ids == ("197001011995012001", "197501012000011002", "198501012010012003", "dedi")
    ranks = [facts.postings.rank.words[code] if code >= 0 else "" for code in facts.postings.rank.code.tolist()]
    assert ranks == ["jpt_pratama", "administrator", "fungsional", ""]
    units = [facts.units[int(unit)].name for unit in facts.postings.unit]
    assert units == ["Dinas Perpustakaan", "Sekretariat", "Sekretariat", "Sekretariat"]
    told = "\n".join(note.said.text("en") for note in read.notes)
    assert "titles above it, lines 1 and 2" in told
    below = {"list.csv": "lines 15 and 16"}.get(name, "lines 11 and 12")  # lines of the file, where cells hold line breaks
    assert f"what stands below the last person, {below}" in told
    assert "fungsional 1, such as Arsiparis Ahli Muda" in told
    assert all("{" not in note.said.text("id") for note in read.notes)


def test_hidden_rows_and_sheets_are_left_out(tmp_path: Path) -> None:
    """Whoever is hidden has moved or retired: told by line, and no part of the plan."""
    xlsx(tmp_path / "list.xlsx", hide=True)
    read = instance(tmp_path, "list.xlsx")
    assert read.facts.staff.names == ("Ani, S.Sos.", "Citra", "Dedi")
    assert any("rows that are hidden, lines 7" in note.said.text("en") for note in read.notes)


def test_a_number_that_a_spreadsheet_spoiled_is_refused_with_its_cell(tmp_path: Path) -> None:
    """An NIP of 18 digits kept as a number has lost its last digits."""
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["No", "Nama", "NIP", "Jabatan"])
    sheet.write_row(1, 0, [1, "Ani", 198001012005012001, "Analis"])
    book.close()
    with pytest.raises(InputError, match=r"list\.xlsx: Sheet1!C2: .*last digits may be lost"):
        instance(tmp_path, "list.xlsx")


@pytest.mark.parametrize("nip", ["1.98001E+17", "1,98001012005012E+17", "198001012005011000.0"])
@pytest.mark.parametrize(
    "text",
    [
        "No;Nama;NIP;Jabatan\n1;Ani;{nip};Analis\n",
        'No;Nama / NIP;Jabatan\n1;"Ani\nNIP. {nip}";Analis\n',
        "No;Nama / NIP;Jabatan\n1;Ani;Analis\n;{nip};\n",
    ],
)
def test_a_spoiled_number_is_refused_wherever_it_stands(tmp_path: Path, text: str, nip: str) -> None:
    """In a column of its own, below the name in one cell, or in a row of its own: nobody gets a mark in its place."""
    (tmp_path / "list.csv").write_text(text.format(nip=nip), encoding="utf-8")
    with pytest.raises(InputError, match=r"list\.csv:[23].*last digits may be lost"):
        instance(tmp_path, "list.csv")


def test_columns_that_move_are_told_by_their_row(tmp_path: Path) -> None:
    """Below a further heading with other columns no letter is guessed."""
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet = book.add_worksheet("DUK")
    sheet.write_row(0, 0, ["No", "Nama", "NIP", "Jabatan"])
    sheet.write_row(1, 0, [1, "Ani", "198001012005012001", "Analis"])
    sheet.write_row(2, 0, ["No", "NIP", "Nama", "Mulai bekerja"])
    sheet.write_row(3, 0, [1, "198501012010012003", "Budi", "31/31/2010"])
    book.close()
    with pytest.raises(InputError, match=r"list\.xlsx: DUK!4: '31/31/2010'"):
        instance(tmp_path, "list.xlsx")


def damaged(path: Path) -> None:
    """Half a workbook."""
    xlsx(path)
    path.write_bytes(path.read_bytes()[:2000])


def bomb(path: Path) -> None:
    """A workbook that unpacks to more than anybody has."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (workbooks.MAX_UNPACKED + 1))


def heavy(path: Path) -> None:
    """A workbook whose list of styles is larger than any is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/styles.xml", b" " * 2_001)


def no_list(path: Path) -> None:
    """A workbook without people."""
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_row(0, 0, ["Rekap", "Jumlah"])
    book.close()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damaged, "no workbook, or a damaged one"),
    "no workbook": (lambda path: path.write_bytes(b"\x00\x01\x02"), "no workbook, or a damaged one"),
    "empty": (lambda path: path.write_bytes(b""), "no workbook|empty"),
    "bomb": (bomb, "larger than"),
    "heavy": (heavy, "xl/styles.xml in the workbook is larger"),
    "no list": (no_list, "no row names the columns"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_list_is_refused_with_the_reason(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that names the file and what to do."""
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr(looks, "MAX_XML", 2_000)
    make, said = BAD[case]
    make(tmp_path / "list.xlsx")
    with pytest.raises(InputError, match=said):
        instance(tmp_path, "list.xlsx")


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    """The billion laughs, in the XML of Excel 2003."""
    lol = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    (tmp_path / "old.xls").write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><Workbook xmlns="{space}"><x>&l9;</x></Workbook>', encoding="utf-8"
    )
    with pytest.raises(InputError, match="damaged"):
        instance(tmp_path, "old.xls")


def test_without_the_package_that_reads_workbooks_it_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The advice is the command that installs it."""
    xlsx(tmp_path / "list.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"giliran\[desk\]"):
        instance(tmp_path, "list.xlsx")


def test_texts_are_what_somebody_sees() -> None:
    """Whole numbers without a fraction, dates without a time, nothing for an empty cell."""
    assert [workbooks._text(value) for value in (3.0, 2.5, True, None, "x", 198001012005012001.0)] == [
        "3",
        "2.5",
        "true",
        "",
        "x",
        "1.98001E+17",
    ]


def test_positions_that_somebody_should_look_at_are_counted(tmp_path: Path) -> None:
    """One entry per phrase, with its reason, whatever it is said of."""
    (tmp_path / "list.csv").write_text(
        "No;Nama;NIP;Jabatan\n1;Ani;198001012005012001;Kepala UPTD Pasar\n2;Budi;198001012005011002;Kepala UPTD Parkir\n", encoding="utf-8"
    )
    told = [note.said.text("en") for note in instance(tmp_path, "list.csv").notes]
    assert any("kepala uptd (2): of a regency or city pengawas" in text for text in told)


def test_what_a_sheet_shows_besides_texts(tmp_path: Path) -> None:
    """Hidden and struck rows and cells that span rows, wherever on the sheet the list begins."""
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet, struck = book.add_worksheet("A&B"), book.add_format({"font_strikeout": True})
    sheet.write_row(4, 2, ["No", "Bidang", "Nama"])
    for k, name in enumerate(("Ani", "Budi", "Citra", "Dedi")):
        sheet.write_row(5 + k, 2, [k + 1, "", name], struck if name == "Citra" else None)
    sheet.merge_range(5, 3, 8, 3, "Bidang Data")
    sheet.set_row(8, None, None, {"hidden": True})
    book.close()
    [grid] = workbooks.grids_in(tmp_path / "list.xlsx", "list.xlsx")
    assert [(row.line, row.hidden, set(row.struck), dict(row.merged)) for row in grid.rows] == [
        (5, False, set(), {}),
        (6, False, set(), {}),
        (7, False, set(), {3: "Bidang Data"}),
        (8, False, {2, 3, 4}, {3: "Bidang Data"}),
        (9, True, set(), {3: "Bidang Data"}),
    ]


def test_names_that_a_formula_lost_are_refused_with_their_rows(tmp_path: Path) -> None:
    """Some readers of .xls see nothing but 0 where a formula makes a text; nobody is called so."""
    (tmp_path / "list.csv").write_text("No;Nama;NIP;Jabatan\n1;Ani;-;Pramu\n2;0;-;Pramu\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"list\.csv:3: name: the name is '0'"):
        instance(tmp_path, "list.csv")


def test_workbooks_of_several_megabytes(tmp_path: Path) -> None:
    """NULs in its beginning are no reason to stop reading a workbook."""
    xlsx(tmp_path / "list.xlsx")
    with zipfile.ZipFile(tmp_path / "list.xlsx", "a") as archive:
        archive.writestr("xl/media/photo.bin", random.Random(0).randbytes(3_000_000))
    assert len(instance(tmp_path, "list.xlsx").facts.staff.names) == 4


def test_a_directory_that_lies_about_sizes_is_seen_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what parts unpack to, not what the file says that they do."""
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    xlsx(tmp_path / "list.xlsx")
    with zipfile.ZipFile(tmp_path / "list.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/photo.bin", b" " * 2_000_000)
    raw = (tmp_path / "list.xlsx").read_bytes()
    assert raw.count((2_000_000).to_bytes(4, "little")) == 2
    (tmp_path / "list.xlsx").write_bytes(raw.replace((2_000_000).to_bytes(4, "little"), (200).to_bytes(4, "little")))
    with pytest.raises(InputError, match="larger than 1 MB"):
        instance(tmp_path, "list.xlsx")


def test_cells_that_stand_too_far_apart_are_told(tmp_path: Path) -> None:
    """A lost cell in the last corner of a sheet would make billions of empty ones."""
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet = book.add_worksheet("Daftar")
    sheet.write_row(0, 0, ["No", "Nama", "NIP"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(InputError, match="the sheet Daftar spans more than 30 million cells"):
        instance(tmp_path, "list.xlsx")


def ods(path: Path, rows: str) -> None:
    """An .ods file with one sheet."""
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Daftar">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        archive.writestr("content.xml", f'<?xml version="1.0"?><office:document-content{spaces}>{body}</office:document-content>')


def ods_row(*texts: str, more: str = "") -> str:
    """A row of texts."""
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f"<table:table-row {more}>{cells}</table:table-row>"


def test_hidden_rows_of_ods(tmp_path: Path) -> None:
    """Rows that are hidden or filtered out are nobody there, too, below rows that stand for many."""
    ods(
        tmp_path / "list.ods",
        ods_row("No", "Nama", "NIP")
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        + ods_row("1", "Ani", "x1")
        + ods_row("2", "Budi", "x2", more='table:visibility="collapse"')
        + ods_row("3", "Citra", "x3", more='table:visibility="filter"')
        + '<table:table-row table:number-rows-repeated="1048000" table:visibility="collapse"><table:table-cell/></table:table-row>',
    )
    read = instance(tmp_path, "list.ods")
    assert read.facts.staff.names == ("Ani",)
    assert any("rows that are hidden, lines 6 and 7" in note.said.text("en") for note in read.notes)


def test_cells_of_ods_that_stand_for_too_many(tmp_path: Path) -> None:
    """One cell may say that it stands for all of a sheet."""
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    ods(tmp_path / "list.ods", f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    with pytest.raises(InputError, match="the sheet Daftar spans"):
        instance(tmp_path, "list.ods")


LOOSE = "<table><tr><th>No<th>Nama<th>NIP<th>Jabatan<tr><td>1<td>Ani é<td>'198001012005012001<td>Staf<tr><td>2<td>Budi<td>-<td>-"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_pages_without_end_tags_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    """HTML needs no end tags of cells and rows, and web exports are written in whatever the server speaks."""
    (tmp_path / "page.xls").write_bytes(LOOSE.encode(encoding))
    assert instance(tmp_path, "page.xls").facts.staff.names == ("Ani é", "Budi")


def test_spans_of_pages_cost_nothing(tmp_path: Path) -> None:
    """Cells that claim to span millions of rows and columns are read at once, and those below give way."""
    wide = "<td colspan=9999999 rowspan=9999999>x</td>" * 1000
    (tmp_path / "page.xls").write_text(f"<table><tr><td rowspan=3>No</td><td>Nama</td></tr><tr><td>Ani</td></tr><tr>{wide}</tr></table>")
    [grid] = workbooks.grids_in(tmp_path / "page.xls", "page.xls")
    assert [row.cells for row in grid.rows] == [("No", "Nama"), ("", "Ani"), ("", "x")]


def test_remarks_that_somebody_may_not_be_there_are_told(tmp_path: Path) -> None:
    """The people are planned, since a remark proves nothing, and each is named with line and remark."""
    rows = ["1;Ani;x1;Staf;MPP per 1 Juli", "2;Budi;x2;Staf;Tugas Belajar S2", "3;Citra;x3;Staf;pindahan dari Dinas X", "4;Dedi;x4;Staf;"]
    (tmp_path / "list.csv").write_text("\n".join(["No;Nama;NIP;Jabatan;Ket", *rows]), encoding="utf-8")
    read = instance(tmp_path, "list.csv")
    assert read.facts.staff.names == ("Ani", "Budi", "Citra", "Dedi")
    told = [note.said.text("en") for note in read.notes]
    assert any("Ani (line 2, MPP per 1 Juli); Budi (line 3, Tugas Belajar S2); hide" in text for text in told)
