"""Names that are markup, that no line holds, that a screen obeys: each stands on paper as what it is, and the page stays a page."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as Xml

import pypdf
import pytest

from giliran import Instance
from giliran.reports.paper import docx_of, pdf_of
from giliran.reports.paper.model import Grid
from tests.papers import DOCUMENT, SIGNER, STYLE, UNITS, blocks, instance, pages, people, report, schedule, with_gap, word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVIL = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    '#pagebreak() $x$ *b* _i_ @ref <label> ` = - ]) #eval("1")': '#pagebreak() $x$ *b* _i_ @ref <label> ` = - ]) #eval("1")',
    "&amp; ]]> {{x}} %s {0} ${x}": "&amp; ]]> {{x}} %s {0} ${x}",
    "=1+1": "=1+1",
    "C:\\users\\x": "C:\\users\\x",
    "two\nlines\tand": "two\\nlines\\tand",
    "bell\x07": "bell\\x07",
    "\u202eevil": "\\u202eevil",
    "\ufeffmark": "\\ufeffmark",
    "a\u0301 ß Ж Ω": "a\u0301 ß Ж Ω",
}
"""Names, and how they are shown."""
LONG = "A" * 500


def squeezed(text: str) -> str:
    """A text without blanks, line ends, and places where a line may be broken."""
    return re.sub("[\\s\u200b\u00ad]", "", text)


def hostile(names: list[str]) -> Instance:
    """An agency in which everything that is printed is one of these names."""
    staff = [{"id": f"p{k}", "name": name, "unit": "b1", "position": name, "grade": name} for k, name in enumerate(names)]
    units = [{**unit, "name": f"{names[k % len(names)]}{k}"} for k, unit in enumerate(UNITS)]
    name = names[0]
    document = {
        **dict.fromkeys(("letterhead", "basis", "copies"), names),
        **dict.fromkeys(("number", "about", "place", "kind"), name),
        "signer": dict.fromkeys(SIGNER, name),
    }
    return instance(staff, units=units, title=name, document=document)


@pytest.fixture(scope="module")
def evil() -> Instance:
    """All names together."""
    return hostile([*EVIL])


def test_docx_shows_them_as_they_are(evil: Instance) -> None:
    """The text is well-formed, with every name in the row of its person."""
    raw = docx_of(report(evil), STYLE)
    table = word(raw).tables[1]
    assert [row.cells[1].text.split("\n")[0] for row in table.rows[2:-2]] == [*EVIL.values()]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not any(name.endswith("}script") for name in {e.tag for e in Xml.fromstring(archive.read("word/document.xml")).iter()})


def test_pdf_shows_them_as_they_are(evil: Instance) -> None:
    """No page is broken off by a name, and each of them is read again."""
    text = squeezed("\n".join(pages(pdf_of(report(evil), STYLE))))
    for name in EVIL.values():
        assert squeezed(name.replace("a\u0301", "")) in text.replace("á", "").replace("a\u0301", ""), name
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(report(evil), STYLE)))
    assert "/Names" not in reader.trailer["/Root"] and "/OpenAction" not in reader.trailer["/Root"]


def test_letters_of_every_script() -> None:
    """Names in Arabic, Hebrew, Chinese and with pictures are written; where a machine has no font for them the rest is as it is."""
    names = ["محمد عبد الله", "ניסים", "日本語", "😀 Ani", "Budi"]
    found = report(hostile(names))
    table = word(docx_of(found, STYLE)).tables[1]
    assert [row.cells[1].text.split("\n")[0] for row in table.rows[2:-2]] == names
    assert "Budi" in "\n".join(pages(pdf_of(found, STYLE)))


@pytest.mark.once
def test_a_name_of_five_hundred_letters_is_broken_and_none_is_lost() -> None:
    """It stays between the margins of its cell, and the signature on the last page."""
    made = instance([*people(3), {"id": "x", "name": LONG, "unit": "b1", "position": LONG}], document=DOCUMENT)
    raw = pdf_of(report(made), STYLE)
    assert squeezed("\n".join(pages(raw))).count("A" * 20) >= 40
    reader = pypdf.PdfReader(io.BytesIO(raw))
    width = float(reader.pages[0].mediabox.width)
    right = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, *_: right.append(tm[4] + cm[4]) if text.strip() else None)
    assert max(right) < width and "Dra. Sri Wahyuni" in pages(raw)[-1]


@pytest.mark.once
@pytest.mark.parametrize("letters", [5_000, 8_000])
def test_what_is_deeper_than_a_page_goes_on_on_the_next(letters: int) -> None:
    """A name longer than a page loses nothing, also above a signature and in it."""
    name = "kata " * (letters // 5)
    staff = [{"id": f"p{k}", "name": name, "unit": "b1"} for k in range(3)]
    raw = pdf_of(report(instance(staff, document={"signer": SIGNER})), STYLE)
    text = "\n".join(pages(raw))
    assert len(re.findall("kata", text)) == 3 * letters // 5 and "Dra. Sri Wahyuni" in pages(raw)[-1]
    assert word(docx_of(report(instance(staff)), STYLE)).tables


def test_a_hundred_copies_are_all_there() -> None:
    """More than a page holds below a signature."""
    copies = [f"Penerima {k:03d}" for k in range(100)]
    raw = pdf_of(report(instance(people(3), document=DOCUMENT | {"copies": copies})), STYLE)
    assert re.findall(r"Penerima \d{3}", "\n".join(pages(raw))) == copies


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_unit_of_one_and_an_agency_of_one(count: int) -> None:
    """Whoever there is stands above the signature on one page."""
    staff = people(count)
    staff[-1]["unit"] = "b2"
    read = pages(pdf_of(report(instance(staff, document=DOCUMENT)), STYLE))
    assert len(read) == 1 and len(re.findall(r"Pegawai \d{4}", read[0])) == count
    assert word(docx_of(report(instance(staff)), STYLE)).tables


def test_gaps_and_call_days_are_written() -> None:
    """A gap is a question mark, a call day without duty says so."""
    calendar = {"office": {"workdays": ["mon", "tue"], "call_days": ["wed"]}}
    made = instance(people(3, calendar="office"), calendars=calendar)
    found = report(made, with_gap(schedule(made), 1, 0))
    read = "\n".join(pages(pdf_of(found, STYLE)))
    assert " ? " in read and "libur" in read and "belum" in read
    assert "?" in [cell.text for cell in word(docx_of(found, STYLE)).tables[1].rows[3].cells]


def test_people_who_are_never_there_are_on_no_paper() -> None:
    """Whoever has left before the first day has no row; numbers run through."""
    staff = people(3)
    staff[1]["left"] = "2026-07-01"
    (grid,) = blocks(report(instance(staff)), Grid)
    assert [row.cells[0].text for row in grid.rows if len(row.cells) > 7 and not row.sums] == ["1", "2"]


@pytest.mark.slow
def test_three_thousand_people() -> None:
    """Everybody once in each of four weeks, in both formats."""
    made = instance(people(3000), "2026-09-07", "2026-10-02")
    found = report(made, schedule(made))
    read = "\n".join(pages(pdf_of(found, STYLE)))
    assert re.findall(r"Pegawai \d{4}", read) == [f"Pegawai {k:04d}" for k in range(3000)] * 4
    tables = word(docx_of(found, STYLE)).element.body.findall(f"{W}tbl")
    names = [re.findall(r"Pegawai \d{4}", "".join(str(t.text) for t in table.iter(f"{W}t"))) for table in tables]
    assert [found for found in names if found] == [[f"Pegawai {k:04d}" for k in range(3000)]] * 4


def test_pictures_in_names_are_no_boxes() -> None:
    """No font that comes along has emoji: the page has the name without them, as on a machine that has one."""
    (page, *_) = pages(pdf_of(report(instance(people(1, name="Ni Luh \U0001f33a Ayu \u2764\ufe0f"))), STYLE))
    assert "Ni Luh Ayu" in page and "\U0001f33a" not in page
