"""`giliran export`: every format from any schedule, parts of it, what it refuses, and that nothing is lost to it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import jsonschema
import pypdf
import pytest
import python_calamine
import xlsxwriter

from giliran import load_instance, read_schedule
from giliran.files.formats import FORMATS
from giliran.files.schema import schema
from tests.cli.test_commands import Run, run

__all__ = ["run"]

WEEK = """schema: giliran/1
title: Kabupaten
horizon: {start: 2021-07-12, end: 2021-07-14}
calendars: {office: {holidays: none}}
units:
  - {id: p, name: "Dinas Pangan: Gizi/Ternak", level: opd}
  - {id: q, name: Dinas Pasar, level: opd}
  - {id: r, name: DINAS PASAR, level: opd}
  - {id: s, name: Staf Bupati, level: biro}
staff:
  - {id: A, name: Ani, unit: p, phone: "0811"}
  - {id: B, name: Budi, unit: q}
  - {id: C, name: Citra, unit: r}
  - {id: D, name: Dedi, unit: s}
rules:
  - {id: batas, kind: office_cap, max: 1}
  - {id: piket, kind: duty_officers, count: 1}
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}]
"""


@pytest.fixture(autouse=True)
def week(run: Run) -> None:
    """A week in the folder at hand, and a plan in which A comes on Monday, B on Tuesday, C on Wednesday."""
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    lines = ["staff_id,date,place,duty"]
    for number, who in enumerate("ABCD"):
        days = [f"2021-07-{12 + d}" for d in range(3)]
        lines += [f"{who},{day},office,own/piket" if d == number else f"{who},{day},home," for d, day in enumerate(days)]
    Path("plan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_format_from_every_format(run: Run) -> None:
    """A plan goes from one format to the next and is the same at the end."""
    chain = ["plan.csv", "one.xlsx", "two.json", "three.csv", "four.xlsx"]
    for source, target in pairwise(chain):
        code, out, _ = run("export", "w.yaml", source, "-o", target, "--csv", "excel")
        assert (code, out) == (0, f"written: {target}\n")
    given = load_instance("w.yaml")
    first, last = (read_schedule(name, given) for name in ("plan.csv", "four.xlsx"))
    assert (first.place == last.place).all() and first.named == last.named


def test_a_file_for_each_unit_of_a_level(run: Run) -> None:
    """Names are safe and differ in more than capitals; whoever is in no such unit has a file too; together they are the plan."""
    code, out, _ = run("export", "w.yaml", "plan.csv", "-o", "x.csv", "-o", "x.xlsx", "--per", "OPD")
    names = ["x-Dinas_Pangan_Gizi_Ternak", "x-Dinas_Pasar_1", "x-DINAS_PASAR_2", "x-others"]
    assert code == 0 and out.splitlines() == [f"written: {name}{ending}" for ending in (".csv", ".xlsx") for name in names]
    rows = [line for name in names for line in Path(f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert sorted(rows) == sorted(Path("plan.csv").read_text(encoding="utf-8").splitlines()[1:])
    book = python_calamine.CalamineWorkbook.from_path("x-Dinas_Pasar_1.xlsx")
    assert all("Ani" not in str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def test_a_file_for_each_unit_of_several_levels(run: Run) -> None:
    """A secretariat stands beside divisions, a biro beside agencies: both have files, and nobody is left for the rest."""
    code, out, _ = run("export", "w.yaml", "plan.csv", "-o", "x.csv", "--per", "opd, biro")
    names = ["x-Dinas_Pangan_Gizi_Ternak", "x-Dinas_Pasar_1", "x-DINAS_PASAR_2", "x-Staf_Bupati"]
    assert code == 0 and out.splitlines() == [f"written: {name}.csv" for name in names]
    code, _, err = run("export", "w.yaml", "plan.csv", "-o", "y.csv", "--per", "opd,bidangg")
    assert code == 2 and "'bidangg'" in err and "'opd'" not in err


def test_one_day_begins_with_the_duty_sheet(run: Run) -> None:
    """Nothing in it is about another day, but for findings that are about both; telephone numbers are there when they are asked for."""
    assert run("export", "w.yaml", "plan.csv", "-o", "day.xlsx", "--date", "2021-07-12", "--lang", "id")[0] == 0
    book = python_calamine.CalamineWorkbook.from_path("day.xlsx")
    assert book.sheet_names[0] == "Piket"
    cells = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name != "Catatan"])
    assert "Ani" in str(book.get_sheet_by_name("Piket").to_python()) and "0811" not in cells
    assert "2021-07-13" not in cells and "13 Jul" not in cells
    assert run("export", "w.yaml", "plan.csv", "-o", "day.xlsx", "--date", "2021-07-12", "--phones")[0] == 0
    assert "0811" in str(python_calamine.CalamineWorkbook.from_path("day.xlsx").get_sheet_by_name("Duty").to_python())


def test_a_plan_that_breaks_rules_is_written_and_told(run: Run) -> None:
    """Exit code 1 as of check, the findings in sentences here and on the sheet."""
    Path("plan.csv").write_text(Path("plan.csv").read_text(encoding="utf-8").replace("B,2021-07-12,home", "B,2021-07-12,office"), "utf-8")
    code, out, _ = run("export", "w.yaml", "plan.csv", "-o", "x.xlsx")
    assert code == 1 and out.startswith("written: x.xlsx\nThis plan breaks rules that must hold, at 1 place;")
    assert "Monday 12 July 2021: in the office 2, 1 too many" in out
    findings = python_calamine.CalamineWorkbook.from_path("x.xlsx").get_sheet_by_name("Findings").to_python()
    assert [row[0] for row in findings].count("broken") == 1


def test_changes_against_a_plan_that_was_published(run: Run) -> None:
    """They stand on a sheet of their own, as semula and menjadi."""
    moved = (
        Path("plan.csv")
        .read_text(encoding="utf-8")
        .replace("D,2021-07-12,home", "D,2021-07-12,office")
        .replace("A,2021-07-12,office,own/piket", "A,2021-07-12,home,")
    )
    Path("new.csv").write_text(moved.replace("D,2021-07-12,office,", "D,2021-07-12,office,own/piket"), encoding="utf-8")
    assert run("export", "w.yaml", "new.csv", "-o", "x.xlsx", "--published", "plan.csv", "--lang", "id")[0] == 0
    rows = python_calamine.CalamineWorkbook.from_path("x.xlsx").get_sheet_by_name("Perubahan").to_python()[1:]
    assert [(row[4], row[5], row[6]) for row in rows if row[0] == "tempat kerja"] == [("Ani", "WFO", "WFH"), ("Dedi", "WFH", "WFO")]
    assert len(rows) == 4


def test_what_is_said_to_programs(run: Run) -> None:
    """The files, and whether the plan keeps its rules, as the schema has it."""
    code, out, _ = run("export", "w.yaml", "plan.csv", "-o", "x.csv", "--format", "json")
    said = json.loads(out)
    jsonschema.validate(said, schema("export"))
    assert code == 0 and said == {
        "schema": "giliran-export/1",
        "files": ["x.csv"],
        "kept": True,
        "gaps": 0,
        "broken": [],
        "calendars_kept": None,
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "x.xls"), f"files ending in {', '.join(FORMATS)}, not in '.xls'\n  Did you mean x.xlsx?"),
        (("-o", "x.xlsx", "--per", "opdd"), "no unit has the level 'opdd'; there are opd and biro\n  Did you mean opd?"),
        (("-o", "x.xlsx", "--date", "2021-07-20"), "2021"),
        (("-o", "plan.csv"), "this would replace a plan that is read here"),
        (("-o", "x.csv", "-o", "./x.csv"), "named twice"),
        (("-o", "mine.xlsx"), "is there already and is no plan of giliran"),
        (("-o", "mine.csv"), "is there already and is no plan of giliran"),
        (("-o", "result.json"), "is there already and is no plan of giliran"),
    ],
)
def test_what_is_refused(run: Run, words: tuple[str, ...], told: str) -> None:
    """Before anything is written; files of others stay byte by byte, also a workbook with the list of staff."""
    book = xlsxwriter.Workbook("mine.xlsx")
    book.add_worksheet("Pegawai").write(0, 0, "Nama")
    book.close()
    Path("mine.csv").write_text("Nama\nAni\n", encoding="utf-8")
    Path("result.json").write_text('{"schema": "giliran-result/1"}', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, out, err = run("export", "w.yaml", "plan.csv", *words)
    assert (code, out) == (2, "") and told in err
    assert before == {path.name: path.read_bytes() for path in Path().iterdir()}


def test_solve_writes_what_export_writes(run: Run) -> None:
    """The same options for sheets: a CSV for people, F4, reasons; one file each, byte by byte the same."""
    style = ("--csv", "excel", "--paper", "f4", "--show-reasons", "--phones", "--lang", "id")
    assert run("solve", "w.yaml", "-o", "a.csv", "-o", "a.xlsx", "-o", "a.json", *style)[0] == 0
    assert run("export", "w.yaml", "a.json", "-o", "b.csv", "-o", "b.xlsx", *style)[0] == 0
    assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbfNo;NIP;Nama;")
    assert [Path(f"a{ending}").read_bytes() == Path(f"b{ending}").read_bytes() for ending in (".csv", ".xlsx")] == [True, True]


def test_all_files_or_none(run: Run) -> None:
    """One of the units has a file of that name that is somebody else's: none is written."""
    Path("x-others.csv").write_text("Nama\nAni\n", encoding="utf-8")
    assert run("export", "w.yaml", "plan.csv", "-o", "x.csv", "--per", "opd")[0] == 2
    assert [path.name for path in Path().glob("x-*")] == ["x-others.csv"]


def test_paper_of_each_agency_and_of_a_day(run: Run) -> None:
    """A file for each agency has its people and its letterhead alone; that of a day begins with the sheet of duty."""
    code, out, _ = run("export", "w.yaml", "plan.csv", "-o", "x.pdf", "--per", "opd", "--lang", "id")
    assert code == 0
    files = [line.removeprefix("ditulis: ") for line in out.splitlines()]
    texts = {file: "".join(page.extract_text() for page in pypdf.PdfReader(file).pages) for file in files}
    assert [[name for name in ("Ani", "Budi", "Citra", "Dedi") if name in text] for text in texts.values()] == [
        ["Ani"],
        ["Budi"],
        ["Citra"],
        ["Dedi"],
    ]
    assert "DINAS PANGAN: GIZI/TERNAK" in texts["x-Dinas_Pangan_Gizi_Ternak.pdf"]
    assert run("export", "w.yaml", "plan.csv", "-o", "d.pdf", "--date", "2021-07-13", "--lang", "id")[0] == 0
    first, *rest = (page.extract_text() for page in pypdf.PdfReader("d.pdf").pages)
    assert "DAFTAR HADIR PETUGAS PIKET" in first and "Budi" in first and "Ani" not in first
    assert "LAMPIRAN" in rest[0] and "Ani" in "".join(rest) and "0811" not in "".join([first, *rest])


def test_paper_is_not_written_over_what_others_wrote(run: Run) -> None:
    """A letter that stands there stays, and nothing is written at all."""
    Path("x.docx").write_bytes(b"PK\x03\x04 a letter")
    code, _, talk = run("export", "w.yaml", "plan.csv", "-o", "x.docx", "-o", "x.pdf")
    assert code == 2 and "no plan of giliran" in talk
    assert Path("x.docx").read_bytes() == b"PK\x03\x04 a letter" and not Path("x.pdf").exists()
