"""What a plan was made with beside the files of its instance stands in its own file, and reading it with the instance takes it in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from giliran import InputError, Instance, PlanStyle, SolveOptions, check, export, solve
from giliran.files.schedules import ReadPlan, read_plan
from giliran.whatif.replanned import Replanned
from giliran.whatif.replanning import replan

ONE = SolveOptions(workers=1)
ILL = {"staff_id": "A", "from": "2026-08-03", "to": "2026-08-04", "reason": "sakit"}
SWAP = {"staff_id": "B", "date": "2026-08-05", "place": "home", "reason": "rahasia"}


def week(holidays: str | Sequence[str] = "none") -> Instance:
    """Three people from Monday to Wednesday: one of them in the office, who is the duty officer."""
    return Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-05"},
        calendars={"office": {"holidays": holidays}},
        units=[{"id": "u", "name": "Bidang Satu", "level": "bidang"}],
        staff=[{"id": id_, "name": name, "unit": "u"} for id_, name in (("A", "Ani"), ("B", "Budi"), ("C", "Citra"))],
        rules=[{"id": "batas", "kind": "office_cap", "max": 1}, {"id": "piket", "kind": "duty_officers", "count": 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )


def again(absences: Sequence[Mapping[str, Any]] = (ILL,), pins: Sequence[Mapping[str, Any]] = (), **more: Any) -> Replanned:
    """The week planned again after orders."""
    given = week()
    return replan(given, solve(given, ONE).schedule, absences=absences, pins=pins, options=ONE, **more)


def read(tmp_path: Path, done: Replanned, ending: str, **style: Any) -> ReadPlan:
    """The plan read again with the instance as it was before the orders."""
    export(done.result, tmp_path / f"second.{ending}", style=PlanStyle("id", **style))
    return read_plan(tmp_path / f"second.{ending}", week())


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_absences_come_back(ending: str, tmp_path: Path) -> None:
    """Whoever was told to be ill is so where the file is read, and the plan breaks nothing, as it did where it was made."""
    done = again()
    found = read(tmp_path, done, ending, reasons=True)
    made, here = done.result.instance, found.instance
    assert (here.facts.absent == made.facts.absent).all() and here.facts.absence_reasons == ("sakit",)
    assert not check(here, found.schedule).broken
    assert check(here, found.schedule).tiers == check(made, done.result.schedule).tiers


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_places_and_published_plan_come_back(ending: str, tmp_path: Path) -> None:
    """Places by order, with the plan of before and the days that were closed."""
    done = again((), [SWAP], first_day="2026-08-04")
    found = read(tmp_path, done, ending)
    made, here = done.result.instance.facts, found.instance.facts
    assert (here.pinned == made.pinned).all()
    assert (here.published == made.published).all() and here.frozen_dates == made.frozen_dates and here.few_changes
    assert {rule: cells.tolist() for rule, cells in here.published_duty.items()} == {
        rule: cells.tolist() for rule, cells in made.published_duty.items()
    }


def test_a_short_day_that_was_closed_is_excused_where_the_file_is_read(tmp_path: Path) -> None:
    """The duty officer of Monday falls ill on Monday, which may not change any more: nobody is blamed, here or later."""
    given = week()
    plan = solve(given, ONE).schedule
    first = given.facts.staff.ids[int(plan.duty["own/piket"][:, 0].argmax())]
    done = replan(given, plan, absences=[{**ILL, "staff_id": first, "to": "2026-08-03"}], first_day="2026-08-04", options=ONE)
    found = read(tmp_path, done, "json")
    assert not check(found.instance, found.schedule).broken


def test_a_workbook_tells_no_reason_that_it_may_not(tmp_path: Path) -> None:
    """Unless reasons are asked for, neither why somebody is away nor why a place was ordered is in it."""
    found = read(tmp_path, again((ILL,), [SWAP]), "xlsx")
    assert found.instance.facts.absence_reasons == ("absent",) and not found.instance.facts.pin_reasons


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000"])
def test_long_reasons_come_back_letter_by_letter(space: str, tmp_path: Path) -> None:
    """Reasons longer than cells are, every second letter a space: none is lost where a cell ends."""
    reason = f"a{space}" * 2_000 + "z"
    days = [{**SWAP, "staff_id": id_, "date": f"2026-08-0{d}", "reason": f"{k}{reason}"} for k, id_ in enumerate("ABC") for d in (3, 4, 5)]
    done = solve(week().with_pins(days), ONE)
    export(done, tmp_path / "second.xlsx", style=PlanStyle("id", reasons=True))
    found = read_plan(tmp_path / "second.xlsx", week())
    assert found.instance.facts.pin_reasons == done.instance.facts.pin_reasons


def test_what_the_instance_says_by_now_counts(tmp_path: Path) -> None:
    """Where the absence is in the instance with another reason, that one stays, and nothing is told."""
    export(again().result, tmp_path / "second.json")
    now = week().with_absences([{**ILL, "reason": "cuti"}])
    found = read_plan(tmp_path / "second.json", now)
    assert found.instance.facts.absence_reasons == ("cuti",) and not found.notes


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_orders_on_a_day_that_became_a_holiday_are_left_out_and_told(ending: str, tmp_path: Path) -> None:
    """Tuesday and Wednesday are holidays by now: Monday's absence is taken, the rest of it and a place by order are named."""
    export(again((ILL,), [SWAP]).result, tmp_path / f"second.{ending}")
    found = read_plan(tmp_path / f"second.{ending}", week(["2026-08-04", "2026-08-05"]))
    told = [said.text("en") for said in found.notes if "not used" in said.text("en")]
    assert found.instance.facts.absent.tolist() == [[True, False, False], [False] * 3, [False] * 3]
    assert not found.instance.facts.pinned.any()
    assert [("Ani" in text, "Tuesday 4 August" in text, "Budi" in text, "Wednesday 5 August" in text) for text in told] == [
        (True, True, False, False),
        (False, False, True, True),
    ]


def test_somebody_who_came_back(tmp_path: Path) -> None:
    """An absence of the file that was taken back for the plan is taken back where the plan is read."""
    ill = week().with_absences([ILL])
    data = ill.to_dict()
    well = Instance.from_dict(data).with_absences(without=[("A", "2026-08-04")])
    export(solve(well, ONE), tmp_path / "second.json")
    found = read_plan(tmp_path / "second.json", Instance.from_dict(data))
    assert found.instance.facts.absent.sum() == 1 and not check(found.instance, found.schedule).broken


def test_planning_a_third_time_keeps_what_was_said_before(tmp_path: Path) -> None:
    """The third plan's file has the orders of both, and not the freeze of the second."""
    export(again(first_day="2026-08-04").result, tmp_path / "second.json")
    second = read_plan(tmp_path / "second.json", week())
    assert not second.again.facts.few_changes and not second.again.facts.frozen_dates
    other = {"staff_id": "B", "from": "2026-08-05", "to": "2026-08-05", "reason": "cuti"}
    third = replan(second.again, second.schedule, absences=[other], options=ONE)
    export(third.result, tmp_path / "third.json")
    found = read_plan(tmp_path / "third.json", week())
    assert (found.instance.facts.absent == third.result.instance.facts.absent).all() and found.instance.facts.absent.sum() == 3


def test_a_table_has_no_room_for_it_and_says_what_to_write_where(tmp_path: Path) -> None:
    """A CSV has somebody away whom nobody knows to be so: told by name, with the sheet where it belongs."""
    found = read(tmp_path, again(), "csv")
    told = [said.text("id") for said in found.notes]
    assert (
        len(told) == 1
        and "Ani tidak masuk pada Senin 3 Agustus 2026 dan Selasa 4 Agustus 2026" in told[0]
        and "lembar Cuti dan dinas" in told[0]
    )


def test_an_instance_that_says_everything_adds_nothing(tmp_path: Path) -> None:
    """The result of an instance that nobody changed has no such key, and its workbook no such sheet."""
    given = week()
    export(solve(given, ONE), tmp_path / "first.json")
    assert "ordered" not in json.loads((tmp_path / "first.json").read_text(encoding="utf-8"))


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    """Somebody wrote a day into it that is none: where, and that it is no day."""
    export(again().result, tmp_path / "second.json")
    data = json.loads((tmp_path / "second.json").read_text(encoding="utf-8"))
    data["ordered"]["absences"][0]["date"] = "2026-08-99"
    (tmp_path / "second.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path / "second.json", week())
    assert "ordered.absences[0].date" in str(caught.value)
