"""After the boss has changed it: the edited workbook, or one typed by hand, wherever a schedule is read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from giliran import load_instance, read_schedule
from tests.cli.test_commands import Run, run

__all__ = ["run"]

WEEK = """schema: giliran/1
title: Bidang kecil
horizon: {start: 2021-07-12, end: 2021-07-14}
calendars: {office: {holidays: none}}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff:
  - {id: A, name: Ani, unit: u}
  - {id: B, name: Budi, unit: u}
  - {id: C, name: Citra, unit: u}
rules:
  - {id: batas, kind: office_cap, max: 1}
  - {id: piket, kind: duty_officers, count: 1}
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}]
"""
HEAD = ("No", "Nama", "NIP", "Jabatan")


@pytest.fixture(autouse=True)
def week(run: Run) -> None:
    """A week in the folder at hand, and the workbook of a plan in which A comes on Monday, B on Tuesday, C on Wednesday."""
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    lines = ["staff_id,date,place,duty"]
    for number, who in enumerate("ABC"):
        days = [f"2021-07-{12 + d}" for d in range(3)]
        lines += [f"{who},{day},office,own/piket" if d == number else f"{who},{day},home," for d, day in enumerate(days)]
    Path("plan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("export", "w.yaml", "plan.csv", "-o", "plan.xlsx", "--lang", "id")[0] == 0


def edit(changes: dict[tuple[str, int], str], target: str = "edited.xlsx") -> None:
    """A copy of the workbook in which some cells of the matrix, by name and day, say something else."""
    book = python_calamine.CalamineWorkbook.from_path("plan.xlsx")
    made = xlsxwriter.Workbook(target)
    for name in book.sheet_names:
        sheet = made.add_worksheet(name)
        for r, row in enumerate(book.get_sheet_by_name(name).to_python()):
            for c, value in enumerate(row):
                text = changes.get((str(row[1]), c - len(HEAD)), value) if name == "Jadwal" else value
                sheet.write(r, c, text) if isinstance(text, float) else sheet.write_string(r, c, str(text))
    made.close()


def typed(*rows: str) -> None:
    """A matrix that somebody typed, in which the days are weekdays."""
    book = xlsxwriter.Workbook("typed.xlsx")
    sheet = book.add_worksheet("Juli")
    sheet.write_row(0, 0, ["JADWAL"])
    sheet.write_row(1, 0, ["No", "Nama", "Senin", "Selasa", "Rabu"])
    for r, row in enumerate(rows):
        sheet.write_row(2 + r, 0, [str(r + 1), *row.split()])
    book.close()


def test_what_edits_break_and_cost_is_told(run: Run) -> None:
    """Budi is called on Monday too: one place, the cap is missed, one more day in the office, and the shares."""
    edit({("Budi", 0): "WFO"})
    code, out, _ = run("check", "w.yaml", "edited.xlsx", "--lang", "id")
    assert code == 1
    assert "Diubah dengan tangan sejak jadwal ditulis: 1 tempat, 0 petugas piket.\n  Budi, Senin 12 Juli 2021: WFH → WFO\n" in out
    assert (
        "Aturan wajib yang karena itu tidak dipenuhi, di 1 tempat:\n  semua pegawai yang dimaksud, Senin 12 Juli 2021: 2 orang WFO" in out
    )
    assert "Selain itu, dibanding jadwal semula: 1 orang-hari WFO lebih banyak" in out
    edits = json.loads(run("check", "w.yaml", "edited.xlsx", "--format", "json")[1])["edits"]
    assert edits["places"] == [{"staff_id": "B", "date": "2021-07-12", "was": "home", "becomes": "office"}]
    assert len(edits["broken"]) == 1 and [cost["tier"] for cost in edits["costs"]][-2:] == ["office_target", "fair_share"]


def test_edits_that_break_nothing_have_a_price(run: Run) -> None:
    """A takes the day of B: no rule is broken, the days are shared less fairly."""
    edit({("Budi", 1): "WFH", ("Ani", 1): "WFO P"})
    code, out, _ = run("check", "w.yaml", "edited.xlsx")
    assert code == 0
    assert "Ani, Tuesday 13 July 2021: named for own/piket" in out and "Budi, Tuesday 13 July 2021: no longer named for own/piket" in out
    assert "This breaks no rule that must hold.\nBeside the plan before: costs: office days shared less fairly" in out


def test_a_plan_that_nobody_edited_has_no_edits(run: Run) -> None:
    """Not a word about them."""
    assert "Edited" not in run("check", "w.yaml", "plan.xlsx")[1]
    assert json.loads(run("check", "w.yaml", "plan.xlsx", "--format", "json")[1])["edits"] is None


def test_beside_a_plan_that_stands_elsewhere(run: Run) -> None:
    """A matrix that was typed is held against the result by name."""
    typed("Ani WFO WFO WFH", "Budi WFH WFH WFH", "Citra WFH WFH WFO")
    code, out, _ = run("check", "w.yaml", "typed.xlsx", "--before", "plan.csv")
    assert code == 0 and "Edited by hand since the plan was written: places 2, names for duty" in out


def test_rows_for_programs_that_are_not_what_they_were(run: Run) -> None:
    """The matrix counts; that edits cannot be told is told."""
    book = python_calamine.CalamineWorkbook.from_path("plan.xlsx")
    made = xlsxwriter.Workbook("edited.xlsx")
    for name in ("Jadwal", "Data"):
        sheet = made.add_worksheet(name)
        for r, row in enumerate(book.get_sheet_by_name(name).to_python()):
            sheet.write_row(r, 0, ["X" if name == "Data" and value == "A" and r else value for value in row])
    made.close()
    code, out, _ = run("check", "w.yaml", "edited.xlsx")
    assert code == 0 and "what was edited by hand cannot be told" in out


def test_replan_plans_around_edits(run: Run) -> None:
    """With --keep the edited places stay, and only what the sick call asks for changes."""
    edit({("Budi", 1): "WFH", ("Ani", 1): "WFO P"})
    words = ("--published", "edited.xlsx", "--keep", "--absent", "Citra:2021-07-14=sakit", "-o", "new.csv")
    assert run("replan", "w.yaml", *words)[0] == 0
    given = load_instance("w.yaml")
    before, after = read_schedule("edited.xlsx", given).place, read_schedule("new.csv", given).place
    assert [tuple(cell) for cell in zip(*(before != after).nonzero(), strict=True) if cell[0] != 2] in ([(0, 2)], [(1, 2)])


def test_an_edit_that_breaks_a_limit_stays_and_another_moves(run: Run) -> None:
    """Whom the boss wrote into the full office stays there; whoever was there before goes home."""
    edit({("Ani", 1): "WFO"})
    assert run("check", "w.yaml", "edited.xlsx")[0] == 1
    assert run("replan", "w.yaml", "--published", "edited.xlsx", "--keep", "-o", "new.csv")[0] == 0
    after = read_schedule("new.csv", load_instance("w.yaml"))
    assert after.office[:, 1].tolist() == [True, False, False]


def test_edits_that_cannot_all_stay_are_told(run: Run) -> None:
    """Of two people who were written into one seat the first stays, the other is named with the day."""
    edit({("Ani", 1): "WFO", ("Citra", 1): "WFO"})
    code, out, _ = run("replan", "w.yaml", "--published", "edited.xlsx", "--keep", "-o", "new.csv")
    assert code == 0
    assert read_schedule("new.csv", load_instance("w.yaml")).office[:, 1].tolist() == [True, False, False]
    assert "Citra was put in the office by hand on Tuesday 13 July 2021, but no plan" in " ".join(out.split())


@pytest.mark.parametrize("file", ["edited.xlsx", "typed.xlsx"])
def test_an_instance_takes_it_as_the_published_plan(file: str, run: Run) -> None:
    """`published: {file: …}` with the matrix as it stands there, whatever the rows for programs say."""
    edit({("Budi", 1): "WFH", ("Ani", 1): "WFO P"})
    typed("Ani WFO WFO WFH", "Budi WFH WFH WFH", "Citra WFH WFH WFO")
    Path("n.yaml").write_text(WEEK + f"published: {{file: {file}}}\n", encoding="utf-8")
    given = load_instance("n.yaml")
    assert (given.facts.published == read_schedule(file, given).place).all()
    assert given.facts.published_duty.keys() <= {"own/piket"}


def test_every_command_reads_it(run: Run) -> None:
    """why, substitutes, publish and export take a matrix that was typed."""
    typed("Ani WFO WFH WFH", "Budi WFH WFO WFH", "Citra WFH WFH WFO")
    assert run("why", "w.yaml", "typed.xlsx", "--staff", "Ani")[0] == 0
    assert run("substitutes", "w.yaml", "typed.xlsx", "--staff", "Ani", "--date", "2021-07-12")[0] == 0
    assert run("publish", "w.yaml", "typed.xlsx", "--ledger", "l.csv")[0] == 0
    assert run("export", "w.yaml", "typed.xlsx", "-o", "x.xlsx", "-o", "x.csv", "--csv", "excel")[0] == 0


def test_two_workbooks_in_the_wrong_order_are_told(run: Run) -> None:
    """The workbook of the instance comes first; neither is refused for what it is not."""
    assert run("convert", "w.yaml", "-o", "dinas.xlsx")[0] == 0
    code, _, err = run("check", "plan.xlsx", "dinas.xlsx")
    assert code == 2 and "The instance comes first: giliran check dinas.xlsx plan.xlsx" in err
    assert run("check", "dinas.xlsx", "plan.xlsx")[0] == 0


def with_macros(source: str, target: str) -> None:
    """A copy of a workbook with macros and a link to another."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"\0")
        new.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")


def test_macros_in_the_workbook_of_an_instance_and_in_a_list_are_told_too(run: Run) -> None:
    """Once each; both are read."""
    assert run("convert", "w.yaml", "-o", "dinas.xlsx")[0] == 0
    with_macros("dinas.xlsx", "dinas.xlsm")
    code, out, _ = run("check", "dinas.xlsm", "plan.csv")
    assert code == 0 and out.count("dinas.xlsm holds macros") == 1
    book = xlsxwriter.Workbook("list.xlsx")
    sheet = book.add_worksheet("Pegawai")
    for r, row in enumerate((("NIP", "Nama", "Unit Kerja"), *((who, f"Pegawai {who}", "Bidang") for who in "ABC"))):
        sheet.write_row(r, 0, row)
    book.close()
    with_macros("list.xlsx", "list.xlsm")
    Path("n.yaml").write_text(WEEK.split("units:")[0] + "staff: {file: list.xlsm}\nrules: [{kind: office_cap, max: 1}]\n", encoding="utf-8")
    Path("n.csv").write_text("staff_id,date,place\n", encoding="utf-8")
    assert run("check", "n.yaml", "n.csv")[1].count("list.xlsm holds macros") == 1


def test_macros_and_links_are_told_once_and_left_alone(run: Run) -> None:
    """In a schedule and in a published plan; the cells are read as they are."""
    with_macros("plan.xlsx", "macro.xlsm")
    code, out, _ = run("check", "w.yaml", "macro.xlsm")
    assert code == 0 and out.count("macro.xlsm holds macros; they are not run") == 1 and out.count("refers to other workbooks") == 1
    Path("n.yaml").write_text(WEEK + "published: {file: macro.xlsm}\n", encoding="utf-8")
    assert run("check", "n.yaml", "plan.csv")[1].count("macro.xlsm holds macros") == 1
    assert run("export", "w.yaml", "macro.xlsm", "-o", "x.csv")[1].count("holds macros") == 1
