"""The few lines above a plan."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from giliran.audit import audit
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.status import Status, Stopped
from giliran.instance import Instance
from giliran.instance.finishing import FACTS
from giliran.messages import LANGUAGES, Lang, plain
from giliran.reports import report_audit, report_result
from giliran.reports.brief import limit_lines, notes, watches
from giliran.reports.report import Report
from giliran.reports.terminal.brief import MOST_LINES
from giliran.result import Result
from tests.plans import CROWDED, GOOD, NOBODY, plan, result_of, small_instance
from tests.reports.test_terminal import crowd, empty_plan

LONG = "Bidang yang namanya panjang sekali sehingga tidak cukup satu baris: tidak ada yang WFO pada hari itu"


def few_lines(
    result: Result, lang: Lang = "en", *, width: int = 80, files: tuple[str, ...] = (), today: dt.date | None = None
) -> list[str]:
    """The lines beside the plan, without blank ones."""
    out = io.StringIO()
    report_result(Console(file=out, width=width, highlight=False, markup=False), result, lang, files=files, today=today)
    sections = out.getvalue().split("\n\n")
    return [*sections[0].splitlines(), *sections[-1].splitlines()]


def told(said: str, told: Told = Told.LIST, strength: Strength = Strength.NOTE, rule: str = "own/r") -> Finding:
    """A finding."""
    return Finding(rule, "duty_officers", strength, 1, plain(said), told=told)


def with_findings(findings: list[Finding], instance: Instance | None = None, **more: object) -> Result:
    """The good plan of the small instance, with these findings."""
    instance = instance or small_instance()
    return replace(result_of(instance, plan(instance), **more), findings=tuple(findings))  # type: ignore[arg-type]


def report(findings: list[Finding] | None = None) -> Report:
    """The report of it."""
    return Report.of(with_findings(findings or []))


def test_what_is_of_the_data_is_told_last() -> None:
    """A rule of the letter that means nobody comes before columns that were never meant to be read."""
    found = report([told("columns", rule=FACTS), told("nobody", rule="umum")])
    assert [note.said.text("en") for note in notes(found, found.findings)] == ["umum: nobody", "data: columns"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fifteen_lines_at_most(lang: Lang) -> None:
    """Whatever there is to tell, it is no more than fifteen lines of eighty columns, and how much more there is stands there."""
    many = [told(f"{LONG} {k}", Told.HEADLINE) for k in range(9)] + [told(LONG, Told.SHORTFALL, rule=f"own/{k}") for k in range(9)]
    rules = [{"id": f"batas-{k}", "kind": "office_cap", "share": "50%", "per": "bidang"} for k in range(9)]
    units = [{"id": "u", "name": LONG, "level": "bidang"}]
    crowded = small_instance(
        title="x" * 300, units=units, rules=[*rules, {"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"}]
    )
    for found in (many, many[:1], many[9:10], []):
        for stopped in (None, Stopped.CRASHED):
            result = with_findings(found, crowded, status=Status.FEASIBLE, stopped=stopped)
            lines = few_lines(result, lang, files=("jadwal.csv", "jadwal.json"))
            assert len(lines) <= MOST_LINES and max(map(cell_len, lines)) <= 80, "\n".join(lines)
            assert len(found) <= 1 or any("--all" in line for line in lines)
            assert len(found) != 1 or "tidak ada yang WFO pada" in " ".join(" ".join(lines).split())


def test_what_a_planner_wants_to_know_first() -> None:
    """Who and when, the status, the limit with its sum and the planned numbers, who has duty, and the verdict."""
    assert few_lines(with_findings([])) == [
        "Bidang kecil",
        "4 people · 1 unit · Monday–Saturday, 12–17 July 2021",
        "Proven best: no plan under these rules is better.",
        "50 % × 4 = 2 → at most 2 in the office; planned: Monday–Friday 2",
        "On duty Mon 12 Jul: Pegawai 0",
        "On duty Tue 13 Jul: Pegawai 2",
        "Every rule that must hold is kept. (exit code 0)",
    ]


def test_the_tightest_group_stands_for_its_rule() -> None:
    """Of several groups the one with the least room is told, whatever its place; rules follow each other by their room."""
    units = [{"id": name, "name": name.upper(), "level": "bidang"} for name in "ab"]
    staff = [{"id": f"{name}{k}", "unit": name} for name in "ab" for k in range(4)]
    rules = [{"id": "wide", "kind": "office_cap", "max": 6}, {"id": "half", "kind": "office_cap", "share": "50%", "per": "bidang"}]
    instance = small_instance(units=units, staff=staff, absences=[], rules=rules)
    # One of A, and two of B, come from Monday to Friday: A has room for one more, B for none, all together for three.
    rows = ["111110", *["000000"] * 3, "111110", "111110", *["000000"] * 2]
    said = [line.text() for line in limit_lines(Report.of(result_of(instance, plan(instance, rows))))]
    assert said == [
        "B (tightest of 2): 50 % × 4 = 2 → at most 2 in the office; planned: Monday–Friday 2",
        "at most 6 in the office; planned: Monday–Friday 3",
    ]


def test_a_limit_of_nobody_comes_last_while_it_is_kept() -> None:
    """That nobody may be there, and nobody is, is as tight as can be and says nothing; where it is not kept it comes first."""
    rules = [
        {"id": "none", "kind": "office_cap", "share": "0%", "days": {"weekdays": ["mon"]}},
        {"id": "wide", "kind": "office_cap", "max": 3},
    ]
    instance = small_instance(absences=[], rules=rules)
    kept, broken = (
        [line.text() for line in limit_lines(Report.of(result_of(instance, plan(instance, [first, *["000000"] * 3]))))]
        for first in ("011110", "111110")
    )
    none, wide = "0 % × 4 = 0 → at most 0 in the office; planned: Monday {}", "at most 3 in the office; planned: {}"
    assert kept == [wide.format("Monday 0, Tuesday–Friday 1"), none.format(0)]
    assert broken == [none.format(1), wide.format("Monday–Friday 1")]


def test_numbers_of_many_days() -> None:
    """One number for all days, or the least and the most of more than a week."""
    rules = [{"id": "batas", "kind": "office_cap", "max": 2}]
    calendar = {"office": {"holidays": "none"}}
    span = {"start": "2021-07-12", "end": "2021-07-30"}
    instance = small_instance(horizon=span, calendars=calendar, rules=rules)
    same, other = ["1" * 19, *["0" * 19] * 3], ["1" * 19, "0000" + "1" * 15, *["0" * 19] * 2]
    said = [limit_lines(Report.of(result_of(instance, plan(instance, rows))))[0].text("id") for rows in (same, other)]
    assert said == ["paling banyak 2 WFO; jadwal: setiap hari 1", "paling banyak 2 WFO; jadwal: 1 sampai 2 per hari"]


@pytest.mark.parametrize(("today", "days"), [(None, [12, 13]), (14, [14, 15]), (15, [15]), (1, [12, 13]), (30, [12, 13])])
def test_duty_of_today_and_tomorrow(today: int | None, days: list[int]) -> None:
    """From today on while the plan is under way, else from its first day; names are those of the duty table."""
    names = {12: "Pegawai 0", 13: "Pegawai 3", 14: "Pegawai 2", 15: "Pegawai 1"}
    rows = ("100000", "000100", "001000", "010000")
    instance = small_instance()
    named = Report.of(result_of(instance, plan(instance, GOOD, rows)))
    found = watches(named, None if today is None else dt.date(2021, 7, today))
    assert [watch.day.day for watch in found] == days
    assert [[name.text() for name in watch.names] for watch in found] == [[names[day]] for day in days]


def test_many_officers_are_counted() -> None:
    """Two lines of names at most, then how many more there are."""
    instance = crowd(60)
    named = np.zeros(instance.facts.shape, dtype=bool)
    named[:40, 0] = True
    rows = ["1" * instance.facts.num_days] * 60
    names = ["".join("1" if there else "0" for there in row) for row in named]
    lines = few_lines(result_of(instance, plan(instance, rows, names)))
    first = next(k for k, line in enumerate(lines) if line.startswith("On duty"))
    assert lines[first + 1].startswith("    P") and " more" in lines[first + 1] and not lines[first + 2].startswith("    ")


def test_the_most_important_note_comes_first() -> None:
    """Empty units, then shortfalls, then what costs, then the rest; those that are alike stand together."""
    findings = [
        told("a remark"),
        told("a price", strength=Strength.SHOULD),
        told("too few officers", Told.SHORTFALL, rule="own/s"),
        told("too few officers", Told.SHORTFALL, rule="own/s"),
        told("nobody is there", Told.HEADLINE),
    ]
    found = list(notes(report(), findings))
    assert [note.said.text() for note in found] == [
        "nobody is there",
        "own/s: too few officers (and 1 more like this)",
        "own/r: a price",
        "own/r: a remark",
    ]
    assert [note.count for note in found] == [1, 2, 1, 1] and [note.pressing for note in found] == [True, True, False, False]


def test_notes_are_counted_to_the_last() -> None:
    """Every finding is shown, or counted among those that `--all` shows."""
    result = with_findings([told(f"{LONG} {k}", rule=f"own/{k}") for k in range(20)])
    lines = few_lines(result)
    [more] = [line for line in lines if line.endswith("more notes: --all")]
    assert sum("own/" in line for line in lines) + int(more.split()[2]) == 20
    assert not [line for line in few_lines(with_findings([told("one")])) if "--all" in line]


def test_what_is_not_kept_is_told_in_full() -> None:
    """Rules that are not kept are told in full right below the few lines, however long they are."""
    instance = small_instance()
    schedule = plan(instance, CROWDED)
    out = io.StringIO()
    report_audit(Console(file=out, width=80), instance, schedule, audit(instance, schedule), "id")
    first, second, *_ = out.getvalue().split("\n\n")
    assert "own/batas" not in first and second.startswith("Ketidaksesuaian: 1\n")
    assert "own/batas (baris L4): Bidang Satu, Rabu 14 Juli 2021: 3 orang WFO, lebih 1" in " ".join(second.split())


def test_nobody_is_planned() -> None:
    """Where there is no plan, there are neither numbers nor officers to tell."""
    instance = small_instance()
    lines = few_lines(result_of(instance, plan(instance, NOBODY, ["000000"] * 4), Status.INFEASIBLE))
    assert lines[2].startswith("Impossible") and not [line for line in lines if line.startswith("On duty") or "planned:" in line]


def test_narrow_screens() -> None:
    """On a narrow terminal lines are wrapped, and none is wider."""
    assert max(map(cell_len, few_lines(empty_plan(crowd(30)), width=40))) <= 40
