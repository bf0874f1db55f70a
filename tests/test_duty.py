"""Duty officers from the instance to the names in the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.place import Strength
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.rules.kinds.duty_officers import unions as duty_unions
from giliran.solving import Engine, SolveOptions, solve

UNITS = [{"id": "o", "level": "opd"}, *({"id": f"u{k}", "level": "bidang", "parent": "o"} for k in (1, 2, 3))]


def build(staff: list[Any], *, days: int = 5, **sections: Any) -> Instance:
    """An instance from Monday 1 June 2026 on; staff as "A" (of u1), "A:u2" or rows."""
    rows = [dict(zip(("id", "unit"), f"{row}:u1".split(":"), strict=False)) if isinstance(row, str) else row for row in staff]
    given = {
        "horizon": {"start": "2026-06-01", "end": f"2026-06-{days:02}"},
        "calendars": {"office": {"holidays": "none"}},
        "units": UNITS,
        "staff": rows,
        "goals": [{"id": "aim", "kind": "office_target", "aim": "most_home"}, {"id": "fair", "kind": "fair_share"}],
        **sections,
    }
    return Instance.build(**given)


def run(instance: Instance, **options: Any) -> Result:
    """The proven best plan."""
    result = solve(instance, SolveOptions(workers=1, **options))
    assert result.status is Status.OPTIMAL
    return result


def names(result: Result, rule: str = "own/piket") -> list[str]:
    """Ids of those named on each day."""
    schedule, ids = result.require(), np.array(result.instance.facts.staff.ids)
    return ["".join(ids[day]) for day in schedule.duty[rule].T]


def test_one_person_two_duty_units() -> None:
    """S serves two units: with A and B on leave on Monday one unit has nobody, which is told; on Tuesday two officers come."""
    instance = build(
        ["A", {"id": "S", "unit": "u1", "also": "u2"}, "B:u2"],
        days=2,
        absences=[{"staff_id": id_, "from": "2026-06-01", "reason": "cuti"} for id_ in "AB"],
        rules=[{"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}],
    )
    result = run(instance)
    assert [len(day) for day in names(result)] == [1, 2]
    [note] = [finding for finding in result.findings if finding.rule == "own/piket"]
    assert (note.strength, note.days, note.amount) == (Strength.NOTE, (0,), 1)


@pytest.mark.parametrize("most", [duty_unions.MOST_UNITED, 1])
@pytest.mark.parametrize("more", [{}, {"exactly": True}, {"strength": "should"}])
def test_engines_agree_where_units_share_people(more: dict[str, Any], most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines reach the same tiers, under a cap that leaves little room, by either way to write the rows."""
    monkeypatch.setattr(duty_unions, "MOST_UNITED", most)
    staff = ["A", {"id": "B", "unit": "u1", "also": "u2"}, {"id": "C", "unit": "u2", "also": "u3"}, "D:u3", "E:u3"]
    instance = build(
        staff,
        rules=[
            {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1, **more},
            {"id": "batas", "kind": "office_cap", "max": 3, "per": "opd"},
        ],
        absences=[{"staff_id": "A", "from": "2026-06-02", "reason": "cuti"}],
    )
    found = [run(instance, engine=engine) for engine in Engine]
    assert found[0].tiers == found[1].tiers
    assert all(len(day) == 3 for day in names(found[0]))


def test_two_duties_one_person() -> None:
    """Five share five days of first line, four of them five days of second line; nobody has both on one day, and E has first line."""
    both = {"unit": "u1", "tags": ["first", "second"]}
    rule = {"kind": "duty_officers", "per": "bidang", "count": 1}
    instance = build(
        [*({"id": id_, **both} for id_ in "ABCD"), {"id": "E", "unit": "u1", "tags": ["first"]}],
        rules=[
            {"id": "first", **rule, "eligible": {"tags": ["first"]}},
            {"id": "second", **rule, "eligible": {"tags": ["second"]}},
            {"id": "dua", "kind": "office_floor", "min": 2},
        ],
    )
    result = run(instance)
    duty = result.require().duty
    assert not (duty["own/first"] & duty["own/second"]).any()
    assert duty["own/first"].sum(axis=0).tolist() == duty["own/second"].sum(axis=0).tolist() == [1] * 5


# -- names that are promised ---------------------------------------------------------------------------------------------------------

PIKET = {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}
MOST = [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}, {"kind": "stability"}]


def published(plan: dict[str, str], duty: dict[int, str], rule: str = "own/piket", **more: str) -> dict[str, Any]:
    """A published plan from bit strings per person, and the ids of those named on days of June."""
    rows = [
        {"staff_id": id_, "date": f"2026-06-{day:02}", "place": "office" if bit == "1" else "home"}
        | ({"duty": rule} if id_ in duty.get(day, "") else {})
        for id_, bits in plan.items()
        for day, bit in enumerate(bits, 1)
    ]
    return {"rows": rows, **more}


def notes(result: Result, rule: str = "own/piket") -> list[str]:
    """Findings of a rule in words, none of them broken."""
    found = [finding for finding in result.findings if finding.rule == rule]
    assert all(finding.strength is Strength.NOTE for finding in found)
    return [finding.said.text("en") for finding in found]


def test_names_that_need_not_change_do_not() -> None:
    """F, who has no duty, falls ill: no name changes on any day, though balances would have shared the days out otherwise."""
    plan = dict.fromkeys("ABCDEF", "11111")
    instance = build(
        list("ABCDEF"),
        rules=[PIKET],
        goals=MOST,
        absences=[{"staff_id": "F", "from": "2026-06-01", "to": "2026-06-05", "reason": "sakit"}],
        published=published(plan, {1: "A", 2: "A", 3: "B", 4: "B", 5: "C"}, frozen_to="2026-06-01"),
    )
    result = run(instance)
    assert names(result) == ["A", "A", "B", "B", "C"]
    assert not notes(result)


def test_only_names_that_must_change_do() -> None:
    """B is ill on Wednesday and Thursday: D and E, who had no day, stand in, and all others keep theirs."""
    instance = build(
        list("ABCDE"),
        rules=[PIKET],
        goals=MOST,
        absences=[{"staff_id": "B", "from": "2026-06-03", "to": "2026-06-04", "reason": "sakit"}],
        published=published(dict.fromkeys("ABCDE", "11111"), {1: "A", 2: "A", 3: "B", 4: "B", 5: "C"}),
    )
    first, second, *between, last = names(run(instance))
    assert (first, second, sorted(between), last) == ("A", "A", ["D", "E"], "C")


def test_people_alike_do_not_exchange_promised_names() -> None:
    """One of two may come each day. Whoever is published for duty on a day is also the one who comes, if places are the same."""
    instance = build(
        ["A", "B"],
        rules=[PIKET, {"id": "batas", "kind": "office_cap", "max": 1}],
        goals=MOST,
        published=published({"A": "10101", "B": "01010"}, {1: "A", 2: "B", 3: "A", 4: "B", 5: "A"}),
    )
    assert names(run(instance)) == ["A", "B", "A", "B", "A"]


def test_frozen_names_stand_word_for_word() -> None:
    """Monday, frozen: two names for one place, one of them ill now and one at home. Tuesday, frozen: none. All this is told, no more."""
    instance = build(
        ["A", "B", "C", "D"],
        rules=[PIKET],
        goals=MOST,
        absences=[{"staff_id": "A", "from": "2026-06-01", "reason": "sakit"}],
        published=published({"A": "11111", "B": "01111", "C": "11111", "D": "11111"}, {1: "AB", 3: "C"}, frozen_to="2026-06-02"),
    )
    result = run(instance)
    assert names(result)[:3] == ["AB", "", "C"]
    told = notes(result)
    assert [" ".join(said.split()[:1]) for said in told] == ["A", "B", "u1:"]
    assert "published as duty officer of Monday 1 June 2026, which may no longer change, but cannot be one" in told[0]
    assert "but is not in the office" in told[1]
    assert "number is not the one needed" in told[2]


def test_frozen_names_may_not_be_changed_by_hand() -> None:
    """A plan that names B instead of A on the frozen Monday breaks the rule twice."""
    instance = build(["A", "B"], rules=[PIKET], goals=MOST, published=published({"A": "11", "B": "11"}, {1: "A"}, frozen_to="2026-06-01"))
    schedule = run(instance).require()
    swapped = schedule.duty["own/piket"].copy()
    swapped[:, 0] = ~swapped[:, 0]
    found = audit(instance, replace(schedule, duty={"own/piket": swapped})).broken
    assert [finding.people for finding in found] == [(0,), (1,)]


def test_a_new_unit_is_named_on_frozen_days() -> None:
    """The published plan knows nobody of u2, so u2 is named anew also on the frozen Monday."""
    plan = published({"A": "11", "B": "11"}, {1: "A", 2: "B"}, frozen_to="2026-06-01")
    instance = build(["A", "B", "C:u2"], days=2, rules=[PIKET], goals=MOST, published=plan)
    assert names(run(instance)) == ["AC", "BC"]


def test_names_for_rules_that_are_gone() -> None:
    """One note, with rule and number."""
    plan = published({"A": "111", "B": "111"}, {1: "A", 2: "AB"}, rule="own/jaga")
    instance = build(["A", "B"], days=3, rules=[PIKET], goals=MOST, published=plan)
    [told] = [note.said.text("en") for note in instance.notes if "duties that there are no longer" in note.said.text("en")]
    assert told.endswith("own/jaga (3)")


def pins(*rows: str) -> list[dict[str, str]]:
    """Pins from "A 1 own/piket" or "A 1 own/piket home"."""
    keys = ("staff_id", "date", "duty", "place")
    return [dict(zip(keys, row.replace(" 1", " 2026-06-01").replace(" 2 ", " 2026-06-02 ").split(), strict=False)) for row in rows]


def test_a_pin_names_an_officer() -> None:
    """B is pinned for Monday: in the office, though home was aimed at, and named before the published A, who keeps Tuesday."""
    plan = published({"A": "11", "B": "01"}, {1: "A", 2: "A"})
    instance = build(["A", "B"], days=2, rules=[PIKET], pins=pins("B 1 own/piket"), published=plan)
    result = run(instance)
    assert names(result) == ["B", "A"]
    assert not notes(result)
    assert result.require().office[1, 0]


def test_pins_that_cannot_be_kept_are_told() -> None:
    """C is not eligible; two are pinned for one place."""
    rule = {**PIKET, "eligible": {"ids": ["A", "B"]}}
    instance = build(["A", "B", "C"], days=2, rules=[rule], pins=pins("C 1 own/piket", "A 1 own/piket", "B 1 own/piket"))
    told = notes(run(instance))
    assert len(told) == 2
    assert "more people are pinned there than are needed" in told[0]
    assert told[1].startswith("C is pinned as duty officer on Monday 1 June 2026 but cannot be one that day")


def test_pins_are_kept_in_plans_made_by_hand() -> None:
    """A plan that names A though B is pinned and there breaks the rule."""
    instance = build(["A", "B"], days=1, rules=[PIKET], goals=MOST, pins=pins("B 1 own/piket"))
    schedule = run(instance).require()
    found = audit(instance, replace(schedule, duty={"own/piket": ~schedule.duty["own/piket"]})).broken
    assert [finding.said.text("en") for finding in found] == ["B is pinned as duty officer on Monday 1 June 2026 but is not named"]


def test_pins_name_duty_rules_that_exist() -> None:
    """An unknown rule is an input error with the nearest one, and duty at home another."""
    with pytest.raises(InputError, match=r"(?s)own/pikt.*Did you mean own/piket"):
        build(["A", "B"], rules=[PIKET], goals=MOST, pins=pins("B 1 own/pikt"))
    with pytest.raises(InputError, match="pinned out of the office"):
        build(["A", "B"], rules=[PIKET], goals=MOST, pins=pins("B 1 own/piket home"))


@st.composite
def replanned(draw: st.DrawFn) -> dict[str, Any]:
    """Sections of an instance with two duty rules, people who serve two units, a published plan with any names, pins and absences."""
    people = [{"id": id_, "unit": draw(st.sampled_from(["u1", "u2"]))} for id_ in "ABCD"]
    people = [{**row, "also": draw(st.sampled_from(["", "", "u1", "u2"]))} for row in people]
    rules = [{**PIKET, **draw(st.sampled_from([{}, {"strength": "should"}, {"count": 2}]))}, {**PIKET, "id": "kunci", "per": "opd"}]
    rows = [
        {
            "staff_id": id_,
            "date": f"2026-06-0{day}",
            "place": draw(st.sampled_from(["office", "office", "home", "absent"])),
            "duty": ";".join(rule for rule in ("own/piket", "own/kunci") if draw(st.integers(0, 3)) == 0),
        }
        for id_ in draw(st.sets(st.sampled_from("ABCD"), min_size=1))
        for day in (1, 2, 3)
    ]
    away = [{"staff_id": draw(st.sampled_from("ABCD")), "from": f"2026-06-0{draw(st.integers(1, 3))}", "reason": "sakit"}]
    pinned = [{"staff_id": draw(st.sampled_from("ABCD")), "date": "2026-06-03", "duty": draw(st.sampled_from(["own/piket", "own/kunci"]))}]
    return {
        "staff": people,
        "rules": rules,
        "absences": away if draw(st.booleans()) else [],
        "pins": pinned if draw(st.booleans()) else [],
        "published": {"rows": rows, **({"frozen_to": f"2026-06-0{draw(st.integers(1, 2))}"} if draw(st.booleans()) else {})},
    }


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(replanned())
def test_names_pass_the_audit_whatever_was_published(sections: dict[str, Any]) -> None:
    """Every plan passes its own audit, and frozen names stand; only frozen places can make it impossible."""
    instance = build(sections.pop("staff"), days=3, **sections)
    result = solve(instance, SolveOptions(workers=1))
    facts = instance.facts
    for rule, cells in facts.published_duty.items():
        assert (result.schedule.duty[rule] >= (cells & facts.frozen_days)).all()
    assert result.status is Status.OPTIMAL or facts.frozen_days.any()
