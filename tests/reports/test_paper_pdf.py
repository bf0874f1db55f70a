"""The .pdf file of a plan, read page by page by pypdf."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pypdf
import pytest

from giliran import InputError, Paper, PlanStyle
from giliran.reports import Report
from giliran.reports.paper import pdf_of
from tests.papers import DOCUMENT, STYLE, instance, pages, people, report, schedule

DUTY = {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}
PERSON = re.compile(r"Pegawai \d{4}")


@pytest.fixture(scope="module")
def found() -> Report:
    """A plan of three weeks."""
    return report(instance(people(50), last="2026-08-21", document=DOCUMENT))


@pytest.fixture(scope="module")
def read(found: Report) -> list[str]:
    """The text of its pages."""
    return pages(pdf_of(found, STYLE))


def test_everybody_stands_once_in_every_table(read: list[str]) -> None:
    """Three weeks, each with all people in their order."""
    seen = PERSON.findall("\n".join(read))
    assert seen == [f"Pegawai {k:04d}" for k in range(50)] * 3


def test_every_page_has_headings(read: list[str]) -> None:
    """Every page of the table says what its columns are, and which days are meant."""
    assert len(read) > 5
    for page in read:
        assert "Nama / NIP" in page and re.search(r"Sen\s+(3|10|17)\s*Agu", page) and "Jml" in page
    assert [page.split("\n")[-1].strip() for page in read] == [f"{k} / {len(read)}" for k in range(1, len(read) + 1)]


@pytest.mark.once
@pytest.mark.parametrize("count", range(12, 24))
def test_the_signature_is_never_without_two_people(count: int) -> None:
    """However many rows the last page would have: the signature stands once, on the last page, below two people at least."""
    read = pages(pdf_of(report(instance(people(count), document=DOCUMENT)), STYLE))
    signed = [k for k, page in enumerate(read) if "Dra. Sri Wahyuni" in page]
    assert signed == [len(read) - 1]
    above, _, below = read[-1].partition("KEPALA DINAS CONTOH,")
    assert len(PERSON.findall(above)) >= 2 and not PERSON.findall(below)
    assert "Tembusan" in below and "JUMLAH WFH" in above


def test_what_stands_around_the_table(read: list[str]) -> None:
    """The block of the letter, letterhead, title, period, basis, and copies, in this order."""
    text = " ".join("\n".join(read).split())
    said = [
        *("LAMPIRAN", "SURAT TUGAS KEPALA DINAS CONTOH", "800/12/2026", "31 Juli 2026", "PEMERINTAH KABUPATEN CONTOH"),
        *("DINAS CONTOH", "Jalan Merdeka 1", "JADWAL KERJA DI KANTOR", "Periode: Senin–Jumat, 3–21 Agustus 2026"),
        "Hari libur: Sen 17 Agu (Hari Kemerdekaan",
        *("Dasar:", "1. Surat Edaran Bupati Contoh Nomor 1", "2. Peraturan Contoh", "Keterangan: WFO = di kantor; WFH = di rumah"),
        *("Contoh, 31 Juli 2026", "KEPALA DINAS CONTOH,", "Dra. Sri Wahyuni, M.Si.", "NIP 197001011990012001", "Tembusan:", "Inspektur"),
    ]
    at = 0
    for words in said:
        at = text.find(words, at)
        assert at >= 0, words


def test_the_rule_below_the_letterhead_cuts_no_letter() -> None:
    """Where the agency itself is the last line, its large letters hang three points below their base at most."""
    raw = pdf_of(report(instance(people(3), document={"letterhead": ["DINAS PEKERJAAN"]})), STYLE)
    bases, rules = [], []

    def text(found: str, cm: list[float], tm: list[float], *_: object) -> None:
        if "PEKERJAAN" in found:
            bases.append(cm[5] + tm[5] * cm[3])

    def drawn(operator: bytes, operands: list[float], cm: list[float], tm: list[float]) -> None:
        if operator == b"l" and operands[1] == 0:
            rules.append(cm[5])

    pypdf.PdfReader(io.BytesIO(raw)).pages[0].extract_text(visitor_text=text, visitor_operand_before=drawn)
    assert bases[0] - max(rules) > 4


def test_blanks_stand_where_nothing_is_given() -> None:
    """All six words of the signing service."""
    text = "\n".join(pages(pdf_of(report(instance(people(3))), STYLE)))
    assert {*re.findall(r"\$\{(\w+)\}", text)} == {
        *("nomor_naskah", "tanggal_naskah", "jabatan_pengirim", "ttd_pengirim", "nama_pengirim", "nip_pengirim")
    }


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (210, 297)), (Paper.F4, (215, 330))])
def test_pages_have_the_size_of_their_paper(paper: Paper, size: tuple[int, int]) -> None:
    """In whole millimetres; a week stands, two lie."""
    for last, lying in (("2026-08-07", False), ("2026-08-14", True)):
        raw = pdf_of(report(instance(people(2), last=last)), PlanStyle("id", paper=paper))
        box = pypdf.PdfReader(io.BytesIO(raw)).pages[0].mediabox
        assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (size[::-1] if lying else size)


@pytest.mark.once
def test_the_same_plan_gives_the_same_file_without_fonts() -> None:
    """No clock is in it, and no font of the machine: a process that sees none gives the same bytes."""
    code = (
        "import sys; from tests.papers import *; from giliran.reports.paper import pdf_of; "
        "sys.stdout.buffer.write(pdf_of(report(instance(people(3))), STYLE))"
    )
    none = {"FONTCONFIG_FILE": "/dev/null", "XDG_DATA_HOME": "/nowhere", "HOME": "/nowhere", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=none)
    assert done.stdout == pdf_of(report(instance(people(3))), STYLE)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(done.stdout)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all("Libertinus" in font for font in fonts)


@pytest.mark.once
def test_a_day_of_many_officers_goes_on_on_the_next_page() -> None:
    """The list of duty officers names all of them, and its signature is on its last page."""
    made = instance(people(70), rules=[DUTY], document=DOCUMENT)
    found = report(made, schedule(made, {"own/piket": {0: range(60)}}))
    read = pages(pdf_of(found, STYLE))
    first = next(k for k, page in enumerate(read) if "DAFTAR PETUGAS PIKET" in page)
    assert PERSON.findall("\n".join(read[first:])) == [f"Pegawai {k:04d}" for k in range(60)]
    assert all("Hari/Tanggal" in page for page in read[first:]) and "Dra. Sri Wahyuni" in read[-1]


def test_without_the_package_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=re.escape("pip install 'giliran[desk]'")) as caught:
        pdf_of(report(instance(people(1))), STYLE)
    assert "Pasang dengan" in caught.value.text("id")
