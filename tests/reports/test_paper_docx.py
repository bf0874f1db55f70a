"""The .docx file of a plan, read by python-docx and as XML: what Word repeats, keeps together and fills in."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from giliran import InputError, Paper, PlanStyle
from giliran.reports import Report
from giliran.reports.paper import document_of, docx_of
from giliran.reports.paper.model import Blank, Grid, NewPage
from tests.papers import DOCUMENT, STYLE, blocks, instance, people, report, schedule, texts, word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DUTY = {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}


@pytest.fixture(scope="module")
def found() -> Report:
    """A plan of three weeks with duty officers."""
    made = instance(people(30), last="2026-08-21", rules=[DUTY])
    return report(made, schedule(made, {"own/piket": {0: [0, 1], 1: [1]}}))


@pytest.fixture(scope="module")
def raw(found: Report) -> bytes:
    """Its file."""
    return docx_of(found, PlanStyle("id", paper=Paper.F4))


def body(raw: bytes) -> Xml.Element:
    """The text of a file as XML."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return Xml.fromstring(archive.read("word/document.xml"))


def ruled(raw: bytes) -> list[Any]:
    """Tables with lines around their cells, which hold data."""
    return [table for table in word(raw).tables if table._tbl.find(f"{W}tblPr/{W}tblBorders") is not None]


def cells(row: Any) -> list[str]:
    """The texts of a row, of cells that are one with that above as nothing."""
    every = row._tr.iterchildren(f"{W}tc")
    merged = f"{W}tcPr/{W}vMerge[@{W}val='continue']"
    return ["" if cell.find(merged) is not None else "".join(str(t.text) for t in cell.iter(f"{W}t")) for cell in every]


def test_the_tables_are_those_of_the_content(found: Report, raw: bytes) -> None:
    """Heading and cells of every table, whatever lines they are broken into."""
    grids, tables = blocks(found, Grid, PlanStyle("id", paper=Paper.F4)), ruled(raw)
    assert len(grids) == len(tables) == 4
    for grid, table in zip(grids, tables, strict=True):
        heads = [column.head.replace("\n", "") for column in grid.columns]
        assert [cells(row) for row in table.rows] == [heads, *([text.replace("\n", "") for text in row] for row in texts(grid))]


def test_headings_are_repeated_and_rows_stay_whole(raw: bytes) -> None:
    """The first row of every table is one that Word repeats, no other is, and none may be parted."""
    for table in ruled(raw):
        marks = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        assert marks == [True, *[False] * (len(marks) - 1)]
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)


def test_the_last_rows_stay_with_the_signature(raw: bytes) -> None:
    """From two people above the sums on, every paragraph is kept with the next, up to the last line of the signature."""
    children = list(body(raw)[0])
    ends = [k for k, child in enumerate(children) if "${nama_pengirim}" in "".join(child.itertext())]
    assert len(ends) == 2  # a signature for each attachment
    for end in ends:
        table = max(k for k in range(end) if children[k].tag == f"{W}tbl")
        last = children[table].findall(f"{W}tr")[-4:] if end == ends[0] else children[table].findall(f"{W}tr")[-2:]
        paragraphs = [p for row in last for p in row.iter(f"{W}p")] + [
            p for child in children[table + 1 : end + 1] for p in child.iter(f"{W}p")
        ]
        assert len(paragraphs) > 10 and all(p.find(f"{W}pPr/{W}keepNext") is not None for p in paragraphs)


def test_a_small_unit_stays_whole_and_a_large_one_may_be_parted() -> None:
    """All rows of a small unit but the last are kept with the next; of thirty people some are not."""
    for count, parted in ((4, False), (30, True)):
        table = ruled(docx_of(report(instance(people(count))), STYLE))[0]
        kept = [row._tr.find(f".//{W}keepNext") is not None for row in table.rows]
        assert (not all(kept)) is parted


@pytest.mark.parametrize("given", [{}, {"number": "800/1", "date": "2026-07-31"}, DOCUMENT])
def test_every_blank_is_one_run(given: dict[str, Any]) -> None:
    """What the signing service fills in is not parted, and stands only where nothing is given."""
    raw = docx_of(report(instance(people(2), document=given)), STYLE)
    runs = ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in body(raw).iter(f"{W}r")]
    whole = "".join(body(raw).itertext())
    gone = {"number": {Blank.NUMBER}, "date": {Blank.DATE}, "signer": {Blank.POSITION, Blank.SIGNATURE, Blank.NAME, Blank.NIP}}
    expected = {*Blank} - {blank for key in given for blank in gone.get(key, ())}
    assert {run for run in runs if "$" in run} == expected
    assert {*re.findall(r"\$\{\w+\}", whole)} == expected
    times = {blank: 2 if blank in (Blank.POSITION, Blank.DATE) else 1 for blank in expected}
    assert {blank: runs.count(blank) for blank in expected} == times


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (11906, 16838)), (Paper.F4, (12191, 18711))])
def test_pages_have_the_size_of_their_paper(paper: Paper, size: tuple[int, int]) -> None:
    """In twentieths of a point: F4 is no preset of Word. A page that lies is as wide as it was high, and says so."""
    for last, lying in (("2026-08-07", False), ("2026-08-14", True)):
        raw = docx_of(report(instance(people(2), last=last)), PlanStyle("id", paper=paper))
        (section,) = body(raw).iter(f"{W}sectPr")
        shape = section.find(f"{W}pgSz")
        assert shape is not None
        assert (int(shape.get(f"{W}w", "")), int(shape.get(f"{W}h", ""))) == (size[::-1] if lying else size)
        assert (shape.get(f"{W}orient") == "landscape") is lying


def test_weeks_begin_pages(found: Report, raw: bytes) -> None:
    """As many breaks as the content has, and a section for each attachment."""
    breaks = list(body(raw).iter(f"{W}pageBreakBefore"))
    assert len(breaks) == len(blocks(found, NewPage)) == 2
    assert len([*body(raw).iter(f"{W}sectPr")]) == len(document_of(found, STYLE).parts) == 2


def test_pages_are_numbered_by_word(raw: bytes) -> None:
    """The footer of all sections holds two fields."""
    sections = word(raw).sections
    fields = [field.get(f"{W}instr") for field in sections[0].footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"] and sections[1].footer.is_linked_to_previous


def test_the_same_plan_gives_the_same_file(found: Report, raw: bytes) -> None:
    """No clock is in it."""
    assert docx_of(found, PlanStyle("id", paper=Paper.F4)) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_merged_cells_are_merged(found: Report, raw: bytes) -> None:
    """A day of two officers is one cell above the other."""
    table = ruled(raw)[-1]
    assert [row.cells[0].text for row in table.rows][1:4] == ["Senin 3 Agustus 2026", "Senin 3 Agustus 2026", "Selasa 4 Agustus 2026"]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc and table.cell(3, 0)._tc is not table.cell(2, 0)._tc


def test_without_the_package_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match=re.escape("pip install 'giliran[desk]'")) as caught:
        docx_of(report(instance(people(1))), STYLE)
    assert "Pasang dengan" in caught.value.text("id")
