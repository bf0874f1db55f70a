"""replan: what changes, why, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from giliran.domain.changes import NameChange, PlaceChange
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.reports.replanned import change_lines, order_lines, sent_table
from giliran.solving import SolveOptions, solve
from giliran.whatif.replanned import Replanned
from giliran.whatif.replanning import replan

DATES = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05"]
PLACES = {"1": Place.OFFICE, "0": Place.HOME, "a": Place.ABSENT, ".": Place.NONE}
NAMES = {"A": "Ani", "B": "Budi", "C": "Citra", "D": "Dewi"}
DUTY = {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}
CAP = {"id": "batas", "kind": "office_cap", "max": 2}
ONE = SolveOptions(workers=1)


def team(plan: str, rules: list[dict[str, Any]], **sections: Any) -> tuple[Instance, Schedule]:
    """An instance over some working days, and its published plan: a word for each person, a letter for each day."""
    words = plan.split()
    people = list(NAMES)[: len(words)]
    instance = Instance.build(
        horizon={"start": DATES[0], "end": DATES[len(words[0]) - 1]},
        calendars={"k": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
        units=[{"id": "u", "name": "Tim", "level": "bidang", "calendar": "k"}],
        staff=[{"id": id_, "name": NAMES[id_], "unit": "u"} for id_ in people],
        rules=rules,
        goals=sections.pop("goals", [{"kind": "office_target", "aim": "most_office"}]),
        **sections,
    )
    return instance, Schedule(np.array([[PLACES[letter] for letter in word] for word in words], dtype=np.int8))


def ill(who: str, first: int, last: int | None = None, reason: str = "sakit") -> dict[str, str]:
    """A row of absences, by the number of the day."""
    return {"staff_id": who, "from": DATES[first], "to": DATES[first if last is None else last], "reason": reason}


def pin(who: str, day: int, place: str = "", **more: str) -> dict[str, str]:
    """A row of pins."""
    return {"staff_id": who, "date": DATES[day], **({"place": place} if place else {}), **more}


def bits(done: Replanned) -> str:
    """The new plan as words."""
    letters = {place: letter for letter, place in PLACES.items()}
    return " ".join("".join(letters[Place(int(place))] for place in row) for row in done.result.schedule.place)


def said(done: Replanned) -> list[str]:
    """Each moved day of somebody who is there, and why."""
    return [f"{c.what.person},{c.what.day}: {c.because.text()}" for c in done.changes if c.what in done.moves]


def test_whoever_stands_in_is_told_why() -> None:
    """A is ill on her duty day; one day of one person changes, which is proven, and goes back to her."""
    instance, plan = team("10 01 00", [DUTY, {**CAP, "max": 1}])
    done = replan(instance, plan, absences=[ill("A", 0)], options=ONE)
    assert bits(done) in ("a0 11 00", "a0 01 10")
    assert (done.days.value, done.days.bound, done.people.value) == (1, 1, 1)
    [change] = [change for change in done.changes if change.what in done.moves]
    assert [order.person for order in change.orders] == [0] and change.because.text("id") == "Ani tidak masuk"
    assert [finding.rule for finding in change.findings] == ["own/piket"]
    assert "without a change it is impossible" in next(change_lines(done)).text()


def test_absences_are_told_but_do_not_count() -> None:
    """Whoever is away has a place that becomes absent; the planner's changes are others."""
    instance, plan = team("00 11", [DUTY])
    done = replan(instance, plan, absences=[ill("A", 0, 1)], options=ONE)
    assert [change.what for change in done.changes] == [
        PlaceChange(0, 0, Place.HOME, Place.ABSENT),
        PlaceChange(0, 1, Place.HOME, Place.ABSENT),
    ]
    assert done.days.value == 0 and done.days.proven


def test_a_seat_that_became_free_stays_free_unless_asked() -> None:
    """Nobody is called in only to fill a cap; with `refill` B is."""
    instance, plan = team("11 00", [{**CAP, "max": 1}])
    assert bits(replan(instance, plan, absences=[ill("A", 0)], options=ONE)) == "a1 00"
    filled = replan(instance, plan, absences=[ill("A", 0)], refill=True, options=ONE)
    assert bits(filled) == "a1 10" and said(filled) == ["1,0: a seat has become free"]


def test_duty_goes_to_somebody_who_is_in_the_office() -> None:
    """B and C could stand in; B is in the office that day, so only the name changes."""
    instance, plan = team("1 1 0", [DUTY, CAP])
    named = Schedule(plan.place, duty={"own/piket": np.array([[True], [False], [False]])})
    done = replan(instance, named, absences=[ill("A", 0)], options=ONE)
    assert done.days.value == 0 and done.names == 1
    assert [c.what for c in done.changes if isinstance(c.what, NameChange)] == [
        NameChange("own/piket", 0, 0, was=True, becomes=False),
        NameChange("own/piket", 1, 0, was=False, becomes=True),
    ]
    assert {c.because.text("id") for c in done.changes} == {"Ani tidak masuk"}


@pytest.mark.parametrize(("more", "duty"), [([], "petugas piket"), ([{**DUTY, "id": "jaga"}], "petugas piket (own/piket)")])
def test_a_duty_is_called_by_its_rule_only_among_several(more: list[dict[str, Any]], duty: str) -> None:
    """Whoever reads the list to send knows no ids of rules, and needs none where there is one duty."""
    instance, plan = team("1 1 1", [DUTY, *more])
    names = {"own/piket": [True, False, False], **({"own/jaga": [False, True, False]} if more else {})}
    named = Schedule(plan.place, duty={rule: np.array(own)[:, None] for rule, own in names.items()})
    done = replan(instance, named, absences=[ill("A", 0)], options=ONE)
    assert f"Sen 1 Jun: tidak lagi menjadi {duty}, karena Ani tidak masuk" in [row.said.text("id") for row in sent_table(done).rows]


def test_published_names_outlast_second_duties() -> None:
    """A was announced for two duties of a day; B could spare her one, but a name that was announced is a promise."""
    second = {"id": "jaga", "kind": "duty_officers", "per": "bidang", "count": 1}
    instance, plan = team("1 1", [DUTY, second])
    both = {rule: np.array([[True], [False]]) for rule in ("own/piket", "own/jaga")}
    done = replan(instance, Schedule(plan.place, duty=both), options=ONE)
    assert done.names == 0 and not done.changes


def test_two_fixes_are_a_swap() -> None:
    """A and B swap Monday by two orders, and nobody else moves."""
    instance, plan = team("10 01 00", [DUTY, {**CAP, "max": 1}])
    done = replan(instance, plan, pins=[pin("A", 0, "home", reason="tukar"), pin("B", 0, "office", reason="tukar")], options=ONE)
    assert bits(done) == "00 11 00"
    assert said(done) == ["0,0: Ani is to be at home (tukar)", "1,0: Budi is to be in the office (tukar)"]


def test_who_fills_and_who_leaves_have_causes_of_their_own() -> None:
    """C is ordered in under a cap of one, so A leaves on Monday; B is ill on Tuesday, so somebody comes."""
    instance, plan = team("10 01 00", [DUTY, {**CAP, "max": 1}])
    done = replan(instance, plan, absences=[ill("B", 1)], pins=[pin("C", 0, "office")], options=ONE)
    reasons = {(c.what.person, c.what.day): c.because.text() for c in done.changes if c.what in done.moves}
    assert reasons[0, 0] == "Citra is to be in the office"
    assert reasons.get((0, 1), reasons.get((2, 1))) == "Budi is away"


def test_a_duty_by_order() -> None:
    """B is to stand for duty on Monday: she comes and is named."""
    instance, plan = team("1 0", [DUTY])
    done = replan(instance, plan, pins=[pin("B", 0, duty="own/piket", reason="diklat kasir")], options=ONE)
    assert done.result.schedule.duty["own/piket"][:, 0].tolist() == [False, True]
    assert [line.text() for line in order_lines(done)] == ["Budi is to stand for own/piket (diklat kasir): Monday 1 June 2026"]


def test_days_before_the_first_stay() -> None:
    """A is ill all week, and it is Wednesday: what was missed before is past, and nothing moves there."""
    instance, plan = team("11100 00011 00000", [DUTY, {**CAP, "max": 1}])
    done = replan(instance, plan, absences=[ill("A", 0, 4)], first_day=dt.date(2026, 6, 3), options=ONE)
    assert all(move.day >= 2 for move in done.moves) and done.days.value == 1
    assert bits(done).split()[1][:2] == "00" and bits(done).split()[2][:2] == "00"


ROWS = [{"staff_id": "A", "date": DATES[0], "place": "office"}]


def test_short_notice_counts_first() -> None:
    """The quota lets C come once: today for A or tomorrow for B. Days up to `notice_to` are kept where that is possible."""
    rules = [DUTY, {"id": "q", "kind": "office_floor", "min": 1}, {"id": "r", "kind": "days_per_person", "least": 1, "window": "horizon"}]
    instance, plan = team("11 00", rules, published={"rows": ROWS, "notice_to": DATES[0]})
    done = replan(instance, plan, options=ONE)
    assert bits(done) == "11 01"  # B must come once, and tomorrow is soon enough
    assert [tier.name for tier in done.result.tiers][:3] == ["relaxations", "notice", "stability"]
    assert [line.text() for line in change_lines(done)] == [
        "1 day of 1 person changes; without a change it is impossible.",  # more at short notice cannot be fewer
        "None of them up to Monday 1 June 2026, at short notice.",
    ]
    assert done.days.hurrying and done.soon.proven


RELAXED = {"id": "batas", "kind": "office_cap", "share": "25%", "relax_to": {"share": "50%"}}


def test_keep_relaxes_before_it_moves() -> None:
    """Two of four were announced though 25 % is the limit and 50 % the relaxed one: one stays home, unless places are kept."""
    instance, plan = team("1 1 0 0", [RELAXED], reasons={"own/batas": "pajak"})
    moved = replan(instance, plan, options=ONE)
    assert moved.days.value == 1 and moved.result.tiers[0].value == 0
    kept = replan(instance, plan, keep=True, options=ONE)
    assert kept.days.value == 0
    assert {tier.name: tier.value for tier in kept.result.tiers}["relaxations"] == 1


def test_a_limit_from_a_date() -> None:
    """A second limit holds from Tuesday on: what the published plan breaks is told, and what changes goes back to it."""
    late = {"id": "baru", "kind": "office_cap", "max": 1, "days": {"dates": [{"from": DATES[1], "to": DATES[1]}]}}
    instance, plan = team("11 11", [CAP, late])
    done = replan(instance, plan, options=ONE)
    assert [finding.rule for finding in done.outdated] == ["own/baru"]
    assert done.days.value == 1 and done.moves[0].day == 1
    assert [c.because.text() for c in done.changes] == ["the published plan does not keep own/baru"]


def test_orders_of_the_instance_count_too() -> None:
    """An absence and a pin that the instance's files hold are orders like those that are given."""
    instance, plan = team("1 0 0", [DUTY], absences=[ill("A", 0)], pins=[pin("B", 0, "office")])
    done = replan(instance, plan, options=ONE)
    assert [order.short.text() for order in done.orders] == ["Ani is away", "Budi is to be in the office"]


def test_the_plan_of_the_instance_is_the_published_one() -> None:
    """Without a plan that of the instance is planned again; whoever is back has a place again, which is no change of the plan."""
    rows = [{"staff_id": "A", "date": DATES[0], "place": "absent"}, {"staff_id": "B", "date": DATES[0], "place": "office"}]
    instance, _ = team("1 1", [DUTY], published={"rows": rows})
    done = replan(instance, options=ONE)
    assert [order.short.text("id") for order in done.orders] == ["Ani masuk kembali"] and done.days.value == 0


def test_nothing_possible_is_told_as_in_a_solve() -> None:
    """Two must be in the office and one of them is ordered home: the clash is told, and nothing is claimed of changes."""
    instance, plan = team("1 0", [DUTY, {"id": "dua", "kind": "office_floor", "min": 2}])
    done = replan(instance, plan, pins=[pin("A", 0, "home")], options=ONE)
    assert done.result.status is Status.INFEASIBLE and not done.whole and done.days.bound is None and not [*change_lines(done)]
    assert any(finding.amount for finding in done.result.findings)


def test_numbers_are_counted_up() -> None:
    """The plan after the third is the fourth."""
    instance, plan = team("1 0", [DUTY])
    done = replan(instance, plan, replaces=3, options=ONE)
    assert (done.version, done.replaces, done.result.version) == (4, 3, 4)


@pytest.mark.parametrize(
    ("given", "said_"),
    [
        ({"absences": [ill("A", 0), ill("A", 0, reason="cuti")]}, "for two reasons"),
        ({"absences": [{"staff_id": "Aa", "from": DATES[0]}]}, "Aa"),
        ({"pins": [pin("A", 0, "office")], "absences": [ill("A", 0)]}, "Ani is away on Monday 1 June 2026, so no place can be ordered"),
        ({"pins": [pin("A", 0, "home"), pin("A", 0, "office")]}, "two places"),
        ({"pins": [pin("A", 0, duty="own/pikat")]}, "Did you mean own/piket"),
        ({"pins": [{"staff_id": "A", "date": "2026-07-01", "place": "home"}]}, "outside the horizon"),
        ({"pins": [pin("A", 0, "home")], "first_day": dt.date(2026, 6, 2)}, "that day may no longer change"),
        ({"first_day": dt.date(2026, 6, 9)}, "outside the horizon"),
        ({"first_day": "2026-06-31"}, "not in the calendar"),
        ({"pins": [pin("A", 0, "hom")]}, "hom"),
        ({"keep": True, "refill": True}, "choose one"),
    ],
)
def test_orders_that_cannot_be(given: dict[str, Any], said_: str) -> None:
    """Whatever contradicts itself or the plan is refused in a sentence."""
    instance, plan = team("10 01", [DUTY])
    with pytest.raises(InputError, match=said_):
        replan(instance, plan, options=ONE, **given)


def test_no_plan_and_plans_of_others() -> None:
    """Without any published plan, with an empty one, or one of other people there is nothing to plan again."""
    instance, plan = team("10 01", [DUTY])
    for published, expected in (
        (None, "no published plan"),
        (Schedule(plan.place * 0), "says nothing"),
        (Schedule(plan.place[:1]), "1 person"),
    ):
        with pytest.raises(InputError, match=expected):
            replan(instance, published, options=ONE)


def test_first_day_cannot_thaw_what_is_frozen() -> None:
    """The instance says that nothing may change up to Tuesday; changes cannot begin on Monday."""
    instance, plan = team("10 01", [DUTY], published={"rows": ROWS, "frozen_to": DATES[1]})
    with pytest.raises(InputError, match="nothing may change up to Tuesday"):
        replan(instance, plan, first_day=dt.date(2026, 6, 1), options=ONE)


def test_an_absence_that_is_known_is_told() -> None:
    """Somebody who is away already is told, and is away once."""
    instance, plan = team("a 1", [DUTY], absences=[ill("A", 0)])
    done = replan(instance, plan, absences=[ill("A", 0)], options=ONE)
    assert [note.text("id") for note in done.notes] == ["Ani memang sudah diketahui tidak masuk pada Senin 1 Juni 2026"]


def test_an_instance_can_say_the_same() -> None:
    """What `replan` is told, and what stands under `published` and in the tables of an instance, is one and the same."""
    sick, rules = ill("A", 0, 1), [DUTY, {**CAP, "max": 1}]
    instance, plan = team("100 010 001", rules)
    done = replan(instance, plan, absences=[sick], first_day=DATES[1], options=ONE)
    rows = [
        {"staff_id": who, "date": DATES[d], "place": Place(int(place)).word}
        for who, row in zip("ABC", plan.place, strict=True)
        for d, place in enumerate(row)
    ]
    published = {"rows": rows, "frozen_to": DATES[0], "few_changes": True}
    written, _ = team("100 010 001", rules, absences=[sick], published=published)
    result = solve(written, ONE)
    assert [(tier.name, tier.value) for tier in result.tiers] == [(tier.name, tier.value) for tier in done.result.tiers]
    assert np.array_equal(result.schedule.place, done.result.schedule.place)


def test_in_a_line() -> None:
    """A plan that was planned again shows itself by what changes."""
    instance, plan = team("10 01", [DUTY])
    done = replan(instance, plan, absences=[ill("A", 0)], options=ONE)
    assert str(done).splitlines()[0] == "Plan 2, replaces plan 1" and "1 day of 1 person changes" in str(done)
    assert repr(done) == "<Replanned 2: optimal; changed days 1, people 1, names 0>"


def test_days_alike_beside_few_changes() -> None:
    """A goal that has no aim costs in no tier of its own; that A's day is the least that can change is proven all the same."""
    goals = [{"id": "alike", "kind": "office_target", "aim": "none", "level": True}, {"id": "few", "kind": "stability"}]
    instance, plan = team("10 01 00", [DUTY, {**CAP, "max": 1}], goals=goals)
    done = replan(instance, plan, absences=[ill("A", 0)], options=ONE)
    assert (done.days.value, done.days.bound) == (1, 1)


def test_an_order_that_the_plan_keeps_already() -> None:
    """Nothing changes, and the order is told, instead of "nothing was ordered"."""
    instance, plan = team("110 011", [CAP])
    pins = [{"staff_id": "A", "date": DATES[d], "place": place} for d, place in enumerate(["office", "office", "home"])]
    done = replan(instance, plan, pins=pins, options=ONE)
    assert done.days.value == 0
    assert [said.text() for said in order_lines(done)] == [
        "Ani is in the office on Monday 1 June 2026 and Tuesday 2 June 2026 in the published plan already",
        "Ani is at home on Wednesday 3 June 2026 in the published plan already",
    ]


def test_a_plan_with_gaps() -> None:
    """Who was not announced is planned; that is no change, and it is told."""
    instance, plan = team("1.0 0.1", [CAP])
    done = replan(instance, plan, options=ONE)
    assert done.days.value == 0 and (done.result.schedule.place[:, 1] == Place.OFFICE).all()
    [said] = order_lines(done)
    assert said.text("en").startswith("The published plan has no place for 2 people on Tuesday 2 June 2026")
    assert said.text("id").startswith("Jadwal yang sudah ditetapkan tidak memuat tempat 2 pegawai pada Selasa 2 Juni 2026")


def test_a_duty_that_is_asked_for_no_more() -> None:
    """From Wednesday on nobody is asked for: names end because of that, not because "other days change"."""
    until = {**DUTY, "in_force": {"from": DATES[0], "to": DATES[1]}}
    instance, plan = team("100 011", [until, {"id": "buka", "kind": "office_floor", "min": 1}])
    named = {"own/piket": np.array([[True, False, False], [False, True, True]])}
    done = replan(instance, Schedule(plan.place, duty=named), options=ONE)
    [change] = done.changes
    assert isinstance(change.what, NameChange) and change.because.text() == "own/piket asks for nobody there any more"
