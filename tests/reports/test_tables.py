"""Tables of a report: typed, in no language, and the same that a schedule says when it is counted by hand."""

from __future__ import annotations

import datetime as dt
import inspect
import subprocess
import sys
import textwrap
from dataclasses import FrozenInstanceError, replace

import pytest
from rich.console import Console

import giliran.reports
from giliran.audit import audit
from giliran.domain.changes import PlaceChange
from giliran.domain.named import Named
from giliran.domain.place import Place
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.messages import LANGUAGES, Percent, Said, plain
from giliran.reports import (
    Kind,
    Mark,
    Report,
    Table,
    change_table,
    duty_table,
    fairness_table,
    finding_table,
    headcount_table,
    plan_tables,
)
from giliran.reports.page.making import page_data
from giliran.reports.style import PlanStyle
from giliran.reports.terminal.grid import grid
from giliran.reports.terminal.screen import Screen
from giliran.reports.terminal.sections import changes_section
from giliran.solving import solve
from tests.plans import CROWDED, DUTY, GOOD, IDS, plan, result_of, small_instance
from tests.reports.test_terminal import published
from tests.test_shipped import ANSWERS, INSTANCES

TYPES: dict[Kind, type] = {
    Kind.TEXT: Said,
    Kind.COUNT: int,
    Kind.SHARE: Percent,
    Kind.DAY: dt.date,
    Kind.DAYS: int,
    Kind.DIFFERENCE: int,
    Kind.PLACE: Mark,
    Kind.FLAG: bool,
}
MONDAY = dt.date(2021, 7, 12)


def report(rows: tuple[str, ...] = GOOD, instance: Instance | None = None) -> Report:
    """The report of a schedule of the small instance."""
    instance = instance or small_instance()
    schedule = plan(instance, rows)
    return Report.of_audit(instance, schedule, audit(instance, schedule))


def tables(about: Report) -> list[Table]:
    """All tables of a report."""
    changes = change_table(about)
    made = (duty_table(about), headcount_table(about), fairness_table(about), finding_table(about))
    return [*plan_tables(about), *made, *([] if changes is None else [changes])]


def test_the_plan_is_the_schedule() -> None:
    """Each person's row has the places of the bit strings, leave with its reason, and who is named."""
    [table] = plan_tables(report())
    assert [row.id for row in table.rows] == list(IDS)
    office = [[row.marks[day].place is Place.OFFICE for day in sorted(row.marks)] for row in table.rows]
    assert office == [[letter == "1" for letter in row] for row in GOOD]
    assert table.rows[0].marks[MONDAY] == Mark(Place.OFFICE, (DUTY,))
    assert table.rows[1].marks[MONDAY + dt.timedelta(1)] == Mark(Place.ABSENT, (), "cuti")
    assert table.rows[0].marks[MONDAY + dt.timedelta(5)] == Mark(Place.OFF)
    assert next(table.texts("id"))[:4] == (IDS[0], "Pegawai 0", "WFO*", "WFO")


def test_duty_is_who_is_named() -> None:
    """One row for each day and officer, by day."""
    # Named are the first person on Monday, the third on Tuesday and Friday, the fourth on Wednesday, the second on Thursday.
    named = [(row.day.day, row.rule, row.id) for row in duty_table(report()).rows]
    assert named == [(day, DUTY, IDS[e]) for day, e in ((12, 0), (13, 2), (14, 3), (15, 1), (16, 2))]


def test_thousands_of_duty_rules_cost_no_table_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the plan nor duty nor the printed report asks for a table of everybody for a rule: most of it would be empty."""
    instance = small_instance()
    schedule = plan(instance)
    about = Report.of_audit(instance, schedule, audit(instance, schedule))

    def dense(named: Named, rule: str) -> None:
        raise AssertionError(f"a table of everybody for {rule}")

    monkeypatch.setattr(Named, "__getitem__", dense)
    marks = [mark for row in next(plan_tables(about)).rows for mark in row.marks.values()]
    assert sum(bool(mark.duty) for mark in marks) == len(duty_table(about)) == 5
    assert "*" in "".join(line.plain for line in grid(Screen(Console(width=80)), about, "", whole=True))


def test_headcounts_are_counted() -> None:
    """Counted people in the office and at home, their share, the limit with its sum, and whether a finding tells of it."""
    rows = [row for row in headcount_table(report(CROWDED)).rows if row.rule == "own/batas"]
    # Four people, the second on leave on Tuesday; on Wednesday all but the first are in the office, one too many.
    assert [(row.day.day, row.office, row.home) for row in rows] == [(12, 2, 2), (13, 2, 1), (14, 3, 1), (15, 2, 2), (16, 2, 2)]
    assert [row.day.day for row in rows if row.told] == [14]
    assert rows[2].share == Percent(7500)
    assert rows[0].bound.text("id") == "50% × 4 = 2 → paling banyak 2 WFO, paling sedikit 2 WFH"
    assert rows[0].row == "L4"


def test_what_was_published_marks_no_headcount() -> None:
    """Three were announced for Wednesday, one too many now: the new plan has two, and its count bears no mark of a broken rule."""
    days = [f"2021-07-{day}" for day in range(12, 18)]
    cells = [(id_, days[d], row[d]) for id_, row in zip(IDS, CROWDED, strict=True) for d in range(5) if (id_, d) != (IDS[1], 1)]
    rows = [{"staff_id": id_, "date": day, "place": "office" if bit == "1" else "home"} for id_, day, bit in cells]
    instance = small_instance(published={"rows": rows}, goals=[{"kind": "stability"}])
    for schedule, marked in ((GOOD, []), (CROWDED, [14])):
        about = report(schedule, instance)
        assert any("published, but" in finding.said.text() for finding in about.findings)
        told = [row.day.day for row in headcount_table(about).rows if row.rule == "own/batas" and row.told]
        assert told == marked


def test_findings_are_those_of_the_audit() -> None:
    """Broken rules come first, with the sentence and the circular's row."""
    about = report(CROWDED)
    table = finding_table(about)
    assert [row.finding for row in table.rows] == list(about.findings)
    first = table.rows[0]
    assert (first.strength.text(), first.rule, first.row, first.amount) == ("broken", "own/batas", "L4", 1)


def test_changes_are_day_by_day() -> None:
    """One row for each place and for each name that is not the published one."""
    assert change_table(report()) is None
    table = change_table(report(instance=published("home", "home", "office", "home")))
    assert table is not None
    assert [(row.what.text(), row.day, row.name, row.was.text(), row.becomes.text()) for row in table.rows] == [
        ("place", MONDAY, "Pegawai 0", "at home", "in the office"),
        ("duty officer", MONDAY, "Pegawai 2", "duty officer", "not named"),
        ("duty officer", MONDAY, "Pegawai 0", "not named", "duty officer"),
    ]


def test_whoever_is_away_now_is_told_among_the_changes() -> None:
    """As away, never why, and the terminal counts nobody who was not moved."""
    made = report(instance=published("home", "home", "office", "home"))
    assert made.changes is not None
    gone = PlaceChange(1, 0, Place.HOME, Place.ABSENT)
    told = replace(made, changes=replace(made.changes, away=(gone,)))
    table = change_table(told)
    assert table is not None
    assert [(row.name, row.was.text(), row.becomes.text(), row.away) for row in table.rows if row.named is None] == [
        ("Pegawai 0", "at home", "in the office", False),
        ("Pegawai 1", "at home", "absent", True),
    ]
    because = {(1, 0, ""): plain("sakit")}
    found = page_data(replace(told, because=because), PlanStyle("en", reasons=True)).changes
    assert found is not None
    assert [(change.was, change.becomes, change.because) for change in found if change.row == 1] == [("at home", "absent", "")]
    lines = [line.plain for line in changes_section(Screen(Console(width=80)), told, (), whole=True)]
    assert lines == [line.plain for line in changes_section(Screen(Console(width=80)), made, (), whole=True)]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_cells_are_of_their_columns_kind(name: str) -> None:
    """Whatever is planned, each cell is of the type of its column's kind or missing, and has words in both languages."""
    for table in tables(Report.of(solve(load_instance(INSTANCES / "tiny" / f"{name}.yaml")))):
        keys = [column.key for column in table.columns]
        assert len(set(keys)) == len(keys)
        for cells in table.cells():
            for column, cell in zip(table.columns, cells, strict=True):
                assert cell is None or type(cell) is TYPES[column.kind], (table.key, column.key)
        for lang in LANGUAGES:
            assert all(column.title.text(lang) for column in table.columns)
            assert len(list(table.texts(lang))) == len(table)


def test_the_example_of_the_package_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """What the docstring of `giliran.reports` shows can be typed as it stands."""
    example = inspect.getdoc(giliran.reports).split("::\n\n")[1].split("\n\n`report_result`")[0]  # type: ignore[union-attr]
    instance = small_instance()
    exec(textwrap.dedent(example), {"result": result_of(instance, plan(instance))})
    heads, first, *_ = capsys.readouterr().out.splitlines()
    assert "'Persentase WFO'" in heads and first == "own/batas 2021-07-12 2 2 50% × 4 = 2 → paling banyak 2 WFO, paling sedikit 2 WFH"


def test_data_need_no_terminal() -> None:
    """Tables are made without rich, which printing alone loads."""
    code = "import sys, giliran.reports, giliran.result; sys.exit('rich' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_tables_do_not_change() -> None:
    """Tables, rows and the marks in them are frozen."""
    [table] = plan_tables(report())
    with pytest.raises(FrozenInstanceError):
        table.rows[0].name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="read-only"):
        table.rows[0].marks[MONDAY] = Mark(Place.HOME)  # type: ignore[index]
