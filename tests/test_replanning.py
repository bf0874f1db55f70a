"""Replanning: names that were announced are promises, and the past stays as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran.domain.place import Place
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import SolveOptions, solve

CALENDARS = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}}
UNITS = [{"id": "u", "name": "Tim", "level": "bidang", "calendar": "k"}]
PLACES = {"1": "office", "0": "home", "a": "absent"}


def replanned(dates: list[str], announced: dict[str, str], **sections: Any) -> Instance:
    """An instance over some working days whose published plan is given in bits, one string per person; `?` is not published."""
    rows = [
        {"staff_id": id_, "date": date, "place": PLACES[bit]}
        for id_, bits in announced.items()
        for date, bit in zip(dates, bits, strict=True)
        if bit != "?"
    ]
    plan = {"rows": rows, **sections.pop("published", {})}
    return Instance.build(
        horizon={"start": dates[0], "end": dates[-1]},
        calendars=CALENDARS,
        units=UNITS,
        staff=[{"id": id_, "unit": "u"} for id_ in announced],
        published=plan,
        **sections,
    )


def planned(instance: Instance) -> Result:
    """The result, proven."""
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    return result


def changed(result: Result) -> int:
    """Cells of people who are there, whose place is not the published one."""
    facts = result.instance.facts
    return int((facts.present & (facts.published != Place.NONE) & (facts.published != result.schedule.place)).sum())


JUNE = [f"2026-06-{day:02}" for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19)]
CHURN = {
    "P0": "010010000010111",
    "P1": "101110000000011",
    "P2": "101111000001010",
    "P3": "101001110100100",
    "P4": "000001111011100",
    "P5": "010000101111000",
    "P6": "000001111110100",
    "P7": "111110000000011",
    "P8": "010100011101001",
}
"""At most 4 of 9 in the office, as even as can be for all; P6 is at home in the first week."""

ILL = [{"staff_id": "P6", "from": "2026-06-01", "to": "2026-06-05", "reason": "sakit"}]
RULES = [{"id": "c", "kind": "office_cap", "share": "50%"}, {"id": "p", "kind": "duty_officers", "per": "bidang", "count": 1}]
GOALS = [{"id": "a", "kind": "office_target", "aim": "most_office"}, {"id": "f", "kind": "fair_share"}, {"id": "s", "kind": "stability"}]


def test_nobody_is_moved_because_somebody_at_home_fell_ill() -> None:
    """Who falls ill on days at home leaves every seat as it was: the published plan still fits, so nothing changes."""
    result = planned(replanned(JUNE, CHURN, absences=ILL, rules=RULES, goals=GOALS))
    assert [tier.name for tier in result.tiers] == ["relaxations", "stability", "office_target", "fair_share"]
    assert changed(result) == 0


WEEK = ["2026-06-08", "2026-06-09"]
TWO = {"A": "10", "B": "01"}


@pytest.mark.parametrize(
    ("published", "tiers", "order"),
    [
        ({}, [], ["stability", "office_target", "fair_share"]),
        ({"refill": True}, [], ["office_target", "stability", "fair_share"]),
        ({"frozen_to": WEEK[0]}, [], ["stability", "office_target", "fair_share"]),
        ({"frozen_to": WEEK[1]}, [], ["office_target", "fair_share", "stability"]),
        ({}, ["fair_share", "stability"], ["fair_share", "stability", "office_target"]),
    ],
)
def test_order_of_tiers(published: dict[str, Any], tiers: list[str], order: list[str]) -> None:
    """Stability leads while something announced may still change; `refill` puts the seats first, and a list of tiers decides."""
    instance = replanned(WEEK, TWO, published=published, rules=RULES[:1], goals=GOALS, tiers=tiers)
    assert list(instance.tiers.names) == ["relaxations", *order]


def test_a_plan_of_earlier_days_alone_is_no_replanning() -> None:
    """A plan that ends before the horizon promises nothing inside it."""
    rows = [{"staff_id": "A", "date": "2026-06-05", "place": "office"}]
    instance = Instance.build(
        horizon={"start": WEEK[0], "end": WEEK[1]}, staff=[{"id": "A"}], published={"rows": rows}, rules=RULES[:1], goals=GOALS
    )
    assert instance.tiers.names[-1] == "stability"


def test_refill_takes_the_seat_that_became_free() -> None:
    """A is ill on her day in the office: without `refill` B stays at home, with it B is called, and one cell changes."""
    absences = [{"staff_id": "A", "from": WEEK[0], "to": WEEK[0], "reason": "sakit"}]
    here = {"absences": absences, "rules": [{"id": "c", "kind": "office_cap", "max": 1}], "goals": GOALS}
    kept, filled = (planned(replanned(WEEK, TWO, published={"refill": refill}, **here)) for refill in (False, True))
    assert (changed(kept), changed(filled)) == (0, 1)
    assert np.array_equal(filled.schedule.place[1], [Place.OFFICE, Place.OFFICE])


NOBODY_WROTE = [goal for goal in GOALS if goal["kind"] != "stability"]
PEOPLE = {"id": "s", "kind": "stability", "unit": "people"}


@pytest.mark.parametrize(
    ("published", "goals", "tiers", "order"),
    [
        ({}, NOBODY_WROTE, [], "relaxations stability changed_people office_target fair_share"),
        ({}, GOALS, [], "relaxations stability changed_people office_target fair_share"),
        ({}, [*NOBODY_WROTE, PEOPLE], [], "relaxations changed_days stability office_target fair_share"),
        ({}, NOBODY_WROTE, ["fair_share"], "relaxations stability changed_people fair_share office_target"),
        ({}, GOALS, ["fair_share", "stability"], "relaxations fair_share stability changed_people office_target"),
        ({"notice_to": WEEK[0]}, NOBODY_WROTE, [], "relaxations notice stability changed_people office_target fair_share"),
        ({"keep": True}, NOBODY_WROTE, ["fair_share"], "stability changed_people relaxations fair_share office_target"),
        ({"refill": True}, NOBODY_WROTE, [], "relaxations office_target stability changed_people fair_share"),
        ({"frozen_to": WEEK[1]}, NOBODY_WROTE, [], "relaxations office_target fair_share"),
    ],
)
def test_few_changes_first(published: dict[str, Any], goals: list[Any], tiers: list[str], order: str) -> None:
    """With `few_changes` changed days, then people come right after relaxations, written or not, also before a list that is silent."""
    plan = {"few_changes": True, **published}
    instance = replanned(WEEK, TWO, published=plan, rules=RULES[:1], goals=goals, tiers=tiers)
    assert " ".join(instance.tiers.names) == order


def test_short_notice_counts_without_any_goal() -> None:
    """`notice_to` alone counts changes up to that day; without it a plan may change as it likes."""
    instance = replanned(WEEK, TWO, published={"notice_to": WEEK[0]}, rules=RULES[:1], goals=NOBODY_WROTE)
    assert list(instance.tiers.names) == ["relaxations", "notice", "office_target", "fair_share"]
    assert planned(instance).tiers[1].value == 0


def test_published_names_come_before_all_else_where_few_changes_do() -> None:
    """The tier of published officers follows those of changes."""
    rows = [{"staff_id": "A", "date": WEEK[0], "place": "office", "duty": "own/p"}]
    instance = Instance.build(
        horizon={"start": WEEK[0], "end": WEEK[1]},
        calendars=CALENDARS,
        units=UNITS,
        staff=[{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        rules=RULES,
        goals=NOBODY_WROTE,
        published={"rows": rows, "few_changes": True},
    )
    assert list(instance.tiers.names)[:4] == ["relaxations", "stability", "changed_people", "promised_names"]


def test_keeping_and_refilling_are_opposites() -> None:
    """A plan cannot be held at all costs and give way to free seats."""
    with pytest.raises(InputError, match="choose one"):
        replanned(WEEK, TWO, published={"keep": True, "refill": True})
