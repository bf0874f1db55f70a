"""Days of work without a place are told plainly, wherever they come from."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from giliran.audit import audit
from giliran.files.checks import CheckFile
from giliran.instance import Instance
from giliran.messages import LANGUAGES, Lang
from giliran.records.results import ResultFile
from giliran.reports import report_audit
from tests.cli.test_commands import Run, run
from tests.plans import GOOD, IDS, plan, result_of, small_instance

__all__ = ["run"]

GAPS = ("?????0", "0?1100", *GOOD[2:])
"""The first person has no place on five working days; the second one's Tuesday is leave, and no gap."""
NAMED = ("000000", "000100", "010010", "001000")


def shown(instance: Instance, rows: tuple[str, ...], lang: Lang) -> str:
    """The audit's report, its lines joined."""
    stream = io.StringIO()
    schedule = plan(instance, rows, NAMED)
    report_audit(Console(file=stream, width=100), instance, schedule, audit(instance, schedule), lang, whole=True)
    return " ".join(stream.getvalue().split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gaps_are_counted_by_unit_with_names(lang: Lang) -> None:
    """Person-days, people, units and names stand at the top, and the last line says that this is no whole plan."""
    text = shown(small_instance(rules=[]), GAPS, lang)
    said = {
        "en": ("Without a place: 5 person-days of 1 of 4 people. Bidang Satu: 5 (Pegawai 0)", "kept, but 5 person-days have no place."),
        "id": ("Belum mendapat tempat: 5 orang-hari dari 1 di antara 4 pegawai. Bidang Satu: 5 (Pegawai 0)", "tetapi 5 orang-hari belum"),
    }
    assert all(part in text for part in said[lang])
    assert "(exit code 0)" not in text and "(kode keluar 0)" not in text


def test_many_units_and_people_are_counted() -> None:
    """Of many units, and of many people of one, the first five are named and the rest is counted."""
    staff = [{"id": f"{unit}-{k}", "unit": f"u{unit}"} for unit in range(7) for k in range(8 if unit == 0 else 1)]
    units = [{"id": f"u{k}", "name": f"Bidang {k}", "level": "bidang"} for k in range(7)]
    instance = small_instance(units=units, staff=staff, absences=[], rules=[], goals=[])
    text = shown_of_nobody(instance)
    assert "Bidang 0: 48 (0-0, 0-1, 0-2, 0-3, 0-4 and 3 more)" in text
    assert "Bidang 4: 6 (4-0)" in text and "Bidang 5:" not in text and "… 2 more units" in text


def shown_of_nobody(instance: Instance) -> str:
    """The report on a plan without a single place."""
    stream = io.StringIO()
    schedule = plan(instance, ("??????",) * instance.facts.num_people)
    report_audit(Console(file=stream, width=100), instance, schedule, audit(instance, schedule), "en", whole=True)
    return " ".join(stream.getvalue().split("Mon 12")[0].split())


def test_a_whole_plan_has_no_such_line() -> None:
    """Where everybody has a place, nothing is said, and leave is no gap."""
    instance = small_instance(rules=[])
    assert "Without a place" not in shown(instance, GOOD, "en")
    schedule = plan(instance, GOOD)
    assert json.loads(CheckFile.of(instance, schedule, audit(instance, schedule)).text())["unplanned"] == []


def test_json_lists_the_gaps() -> None:
    """A program finds every person and day without a place."""
    instance = small_instance(rules=[])
    schedule = plan(instance, GAPS, NAMED)
    data = json.loads(CheckFile.of(instance, schedule, audit(instance, schedule)).text())
    assert data["kept"] and data["unplanned"] == [{"staff_id": IDS[0], "date": f"2021-07-{day}"} for day in range(12, 17)]


def test_a_result_with_gaps_is_not_clean(run: Run) -> None:
    """`check` of a result that leaves people out ends with 1, as it does for the same plan in CSV."""
    instance = small_instance()
    text = ResultFile.of(result_of(instance, plan(instance, GAPS, NAMED))).text()
    Path("gaps.json").write_text(text, encoding="utf-8")
    code, out, _ = run("check", "i.yaml", "gaps.json")
    assert code == 1 and "Without a place: 5 person-days" in out and "(exit code 0)" not in out
