"""Letters in files: their text as another program wrote it, and every file that is refused with advice."""

from __future__ import annotations

import cProfile
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.errors import DependencyError

from giliran import InputError
from giliran.letters import grammar_with, read_letter
from giliran.letters.files import letter_text
from giliran.letters.pdf import MOST_PAGES
from giliran.letters.word import MAX_XML, word_text
from tests.letters.made import SURAT, bomb, pdf, word


def written(path: Path, content: bytes) -> Path:
    """A file."""
    path.write_bytes(content)
    return path


def refused(path: Path) -> str:
    """What is said of a letter that is refused, in Indonesian."""
    with pytest.raises(InputError) as error:
        letter_text(path, path.name)
    return "\n".join(problem.text("id") for problem in error.value.problems)


def numbers(text: str) -> list[tuple[str, int]]:
    """What is found in a text."""
    return [(finding.topic, finding.number) for finding in read_letter(text, grammar_with(None), 2026).findings]


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt"])
def test_every_kind_says_the_same(kind: str, tmp_path: Path) -> None:
    """The same letter as PDF, Word and text leads to the same findings."""
    lines = SURAT.splitlines()
    content = {"pdf": lambda: pdf([lines]), "docx": lambda: word(lines), "txt": SURAT.encode}[kind]()
    assert numbers(letter_text(written(tmp_path / f"surat.{kind}", content), "surat")) == numbers(SURAT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    """Text as Windows and others save it."""
    text = letter_text(written(tmp_path / "s.txt", "WFO – paling banyak 50% “dari pegawai”".encode(encoding)), "s.txt")
    assert text == "WFO – paling banyak 50% “dari pegawai”"


def test_tables_of_word(tmp_path: Path) -> None:
    """A row of a table is read with its heading."""
    content = word(["Sistem kerja:"], [["Zona", "WFO", "WFH"], ["Zona merah", "25%", "75%"]])
    text = letter_text(written(tmp_path / "s.docx", content), "s.docx")
    assert numbers(text) == [("share", 2500), ("share", 7500)]


def table_of(*rows: str) -> bytes:
    """A Word document with one table, its rows in the words of the format."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)._tbl
    for row in rows:
        table.append(docx.oxml.parse_xml(f'<w:tr xmlns:w="{docx.oxml.ns.nsmap["w"]}">{row}</w:tr>'))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cell(text: str, merged: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_a_cell_over_columns_without_end_is_read_once(tmp_path: Path) -> None:
    """A cell that says that it spans two billion columns takes the place of one."""
    content = table_of(cell("WFO paling banyak 50%", '<w:gridSpan w:val="2000000000"/>') + cell("WFH"))
    assert letter_text(written(tmp_path / "s.docx", content), "s.docx").split("\n")[-2] == "WFO paling banyak 50%\tWFH"


def test_merged_cells_and_equal_cells(tmp_path: Path) -> None:
    """A cell that is merged over rows is told in each of them; two cells that say the same stay two."""
    first = cell("Zona merah", "<w:vMerge w:val='restart'/>") + cell("50%") + cell("50%")
    content = table_of(first, cell("", "<w:vMerge/>") + cell("25%", "<w:gridSpan w:val='2'/>"))
    lines = letter_text(written(tmp_path / "s.docx", content), "s.docx").split("\n")
    assert lines[-3:-1] == ["Zona merah\t50%\t50%", "Zona merah\t25%"]


W = f'xmlns:w="{docx.oxml.ns.nsmap["w"]}"'


def with_body(*blocks: str) -> bytes:
    """A Word document of paragraphs and what else is in the words of the format."""
    document = docx.Document()
    for block in blocks:
        document.element.body.insert(-1, docx.oxml.parse_xml(block.replace(">", f" {W}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def run(text: str, word: str = "t") -> str:
    """A run of a paragraph."""
    return f"<w:r><w:{word}>{text}</w:{word}></w:r>"


def lines_of(content: bytes) -> list[str]:
    """The lines of a document that are not empty."""
    return [line for line in word_text(content, "s.docx", 10_000).split("\n") if line]


def test_tracked_changes() -> None:
    """What was inserted is read, what was deleted is not."""
    changed = f"<w:del>{run('25%', 'delText')}</w:del><w:ins>{run('50%')}</w:ins><w:moveFrom>{run('x')}</w:moveFrom>"
    content = with_body(f"<w:p>{run('WFO paling banyak ')}{changed}</w:p>", f"<w:ins><w:p>{run('WFH')}</w:p></w:ins>")
    assert lines_of(content) == ["WFO paling banyak 50%", "WFH"]


def test_fields_that_are_filled_in() -> None:
    """Content controls hold paragraphs, words, and rows and cells of tables."""

    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{control(cell('WFO'))}{cell('50%')}</w:tr>"
    content = with_body(
        control(f"<w:p>{run('Satu.')}</w:p>"),
        f"<w:p>{run('WFO ')}{control(run('50%'))}</w:p>",
        f"<w:tbl><w:tblPr/><w:tblGrid/>{control(row)}</w:tbl>",
    )
    assert lines_of(content) == ["Satu.", "WFO 50%", "WFO\t50%"]


def test_tables_in_tables_and_text_boxes() -> None:
    """Letters are laid out with both: nothing in them is left out, and a box is read once though it stands there twice."""
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('WFO')}{cell('paling banyak 50%')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/><w:p>{run('Isi:')}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent><w:p>{run('Kop')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert lines_of(with_body(outer, f"<w:p>{run('Surat')}<w:r>{twice}</w:r></w:p>")) == ["Isi: WFO paling banyak 50%", "Surat", "Kop"]


def test_a_text_without_end(tmp_path: Path) -> None:
    """Markup is a few kilobytes packed, and gigabytes once it is parsed: refused before that."""
    content = io.BytesIO(word(["WFO paling banyak 50%."]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/footnotes.xml", b"<w:p/>" * (MAX_XML // 6 + 1))
    assert len(content.getvalue()) < 200_000
    assert "bukan surat" in refused(written(tmp_path / "s.docx", content.getvalue()))


@pytest.mark.parametrize("raw", [b"%PDF-1.4 WFO 50%", b"{\\rtf1 WFO 50%}", b"PK\x03\x04 WFO 50%", b"\xd0\xcf\x11\xe0 WFO"])
def test_what_only_ends_as_a_text(raw: bytes, tmp_path: Path) -> None:
    """Its commands are not read as sentences."""
    assert "bukan teks" in refused(written(tmp_path / "s.txt", raw))


def test_a_table_ends_at_the_limit() -> None:
    """Of a table no more is read than of paragraphs."""
    assert len(word_text(table_of(*[cell("WFO paling banyak 50%")] * 100), "s.docx", 200)) < 250


def test_a_scan_is_told(tmp_path: Path) -> None:
    """Pages without text: that they were scanned, and that the text may be pasted."""
    said = refused(written(tmp_path / "s.pdf", pdf([[], []])))
    assert "pindai" in said and "--letter -" in said


@pytest.mark.parametrize("name", ["s.doc", "s.jpg", "s.PNG", "s.odt", "s.xlsx", "s"])
def test_other_kinds(name: str, tmp_path: Path) -> None:
    """Old documents, pictures and anything else, with advice or what is read instead."""
    said = refused(written(tmp_path / name, b"x"))
    assert "--letter -" in said or ".docx" in said


def locked() -> bytes:
    """A PDF that only a password opens."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([SURAT.splitlines()])))
    writer.encrypt("rahasia", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_cipher_that_needs_another_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pypdf raises for AES where its package is missing is a sentence about the cipher, not a fault."""

    def missing(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", missing)
    assert "terenkripsi" in refused(written(tmp_path / "s.pdf", locked()))


def test_hostile_files(tmp_path: Path) -> None:
    """A password, damage, ten thousand pages, a bomb, nothing at all: refused in a sentence, nothing raised besides."""
    assert "kata sandi" in refused(written(tmp_path / "a.pdf", locked()))
    assert "rusak" in refused(written(tmp_path / "b.pdf", b"%PDF-1.4\nnothing"))
    assert "rusak" in refused(written(tmp_path / "c.pdf", pdf([SURAT.splitlines()])[:400]))
    assert "halaman" in refused(written(tmp_path / "d.pdf", pdf([["x"]] * (MOST_PAGES + 1))))
    assert "100 MB" in refused(written(tmp_path / "e.docx", bomb()))
    assert "rusak" in refused(written(tmp_path / "f.docx", b"PK\x03\x04 nothing"))
    assert "rusak" in refused(written(tmp_path / "g.docx", word([SURAT])[:2000]))
    assert "kosong" in refused(written(tmp_path / "h.txt", b"  \n"))
    assert "karakter" in refused(written(tmp_path / "i.txt", b"WFO 50% " * 50_000))
    assert "NUL" in refused(written(tmp_path / "j.txt", b"WFO\0 50%"))


def test_a_pdf_that_was_broken_anywhere(tmp_path: Path) -> None:
    """Bytes changed at a hundred places: read or refused, never anything else."""
    whole = pdf([SURAT.splitlines()])
    for k in range(0, len(whole), max(1, len(whole) // 100)):
        path = written(tmp_path / "x.pdf", whole[:k] + b"\xff(<" + whole[k + 3 :])
        try:
            letter_text(path, "x.pdf")
        except InputError as error:
            assert error.problems


ENDLESS = ["WFH paling banyak 50% dari jumlah pegawai ", "3, 4, 5, ", "(", "1" * 50, "Senin sampai dengan ", "eselon ii, ", "a-", "50% "]


CLAUSES = (
    "WFO 50% dan pejabat struktural tetap WFO, ",
    "pejabat struktural WFO, ",
    "WFO 50%, camat, ",
    "WFO, jika diperlukan WFH, ",
    "WFH tidak diganti pada hari lain, ",
)
DENIED = ["tidak boleh WFH lebih dari 2 hari ", "tidak lebih 50% ", "mulai 31/13/2026 WFH 5% "]


def calls(text: str) -> int:
    """Calls, of Python and of C functions, of reading a letter."""
    grammar = grammar_with(None)
    with cProfile.Profile() as profile:
        read_letter(text, grammar, 2026)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("piece", [*ENDLESS, ". A", "\u202e", "setiap bidang 2 orang piket, ", *CLAUSES, *DENIED])
def test_a_line_without_end(piece: str) -> None:
    """A long line of anything is read in work that grows as the line does: a look at all pairs would be 16 times as many calls."""
    calls(piece)  # what is loaded and kept once
    few, many = (calls(piece * (length // len(piece))) for length in (1_000, 4_000))
    assert many <= 1.25 * 4 * few


def test_what_nobody_sees_is_not_read() -> None:
    """Characters of no width and overrides of the writing direction part no number from its sign."""
    assert numbers("W\u200bFO paling\u00a0banyak 5\u00ad0\u202e%") == [("share", 5000)]


def test_a_page_that_unpacks_without_end(tmp_path: Path) -> None:
    """A page of a few kilobytes whose content is many megabytes is refused before its text is looked for."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = pypdf.generic.StreamObject()
    stream.set_data(b"BT (x) Tj ET\n" * 1_000_000)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < 1_000_000
    assert "terlalu besar" in refused(written(tmp_path / "s.pdf", out.getvalue()))


def with_forms(draws: Sequence[bytes]) -> bytes:
    """A PDF whose page draws the first of some forms; each has a content and may draw any of them by its number, as /F0."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([SURAT.splitlines()])))
    name, page = pypdf.generic.NameObject, writer.pages[0]
    forms, resources = pypdf.generic.DictionaryObject(), page["/Resources"]
    resources[name("/XObject")] = forms
    shared = writer._add_object(resources)
    for k, draw in enumerate((b"/F0 Do", *draws)):
        stream = pypdf.generic.StreamObject()
        stream.set_data((page.get_contents().get_data() if k == 0 else b"BT /F1 9 Tf (kop) Tj ET ") + b"\n" + draw)
        stream.update({name("/Subtype"): name("/Form"), name("/Resources"): shared})
        if k == 0:
            page[name("/Contents")] = writer._add_object(stream)
        else:
            forms[name(f"/F{k - 1}")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_forms_within_forms(tmp_path: Path) -> None:
    """A letterhead in a form is read; forms that draw the next ten times, or themselves, are refused before their text is looked for."""
    text = letter_text(written(tmp_path / "a.pdf", with_forms([b"/F1 Do", b""])), "a.pdf")
    assert text.count("kop") == 2 and numbers(text) == numbers(SURAT)
    assert "terlalu besar" in refused(written(tmp_path / "b.pdf", with_forms([b"/F%d Do " % (k + 1) * 10 for k in range(10)] + [b""])))
    assert "terlalu besar" in refused(written(tmp_path / "c.pdf", with_forms([b"/F1 Do", b"/F0 Do"])))
    assert "terlalu besar" in refused(written(tmp_path / "d.pdf", with_forms([b"/F%d Do " % (k + 1) for k in range(40)] + [b""])))
