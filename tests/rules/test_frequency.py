"""frequency: how often something happens, in windows or to pairs, sets and groups."""

import datetime as dt
from typing import Any

import pytest

from giliran import Instance, Status, solve
from giliran.domain.place import Strength
from giliran.errors import InputError
from giliran.rules.kinds.frequency.choices import Pairs
from giliran.rules.registry import parse_rule
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

WEEKENDS = {"kind": "frequency", "happens": "any", "window": "weekend", "most": 1}
SPLIT = {"kind": "frequency", "happens": "only_one", "window": "weekend", "most": 0}
MEET = {"kind": "frequency", "each": "pair", "happens": "all", "window": "day", "most": 1}
EVERY_DAY = range(7)
FRIDAY = dt.date(2021, 7, 16)


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def amounts(facts, rule, rows):
    """Amounts of what misses the rule."""
    return [finding.amount for finding in audit(facts, rule, rows) if finding.strength is not Strength.NOTE]


# -- windows of a person -------------------------------------------------------------------------------------------------------------


def three_weekends(**more: Any):
    """One person who works every day, from a Friday on, over three weekends and nothing after them."""
    return make_facts("A", days=17, first=FRIDAY, workdays=EVERY_DAY, **more)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("0" + "11" + "00000" + "00" + "00000" + "00", []),
        ("0" + "10" + "00000" + "01" + "00000" + "00", [1]),
        ("0" + "10" + "00000" + "11" + "00000" + "01", [2]),
        ("1" + "00" + "11111" + "10" + "11111" + "00", []),
    ],
)
def test_weekends_worked(row: str, expected: list[int]) -> None:
    """A weekend is worked with any of its days; those above one are too many, and weekdays are none."""
    assert amounts(three_weekends(), WEEKENDS, row) == expected


def test_split_weekends() -> None:
    """Saturday alone and Sunday alone are split, both or none are not."""
    assert amounts(three_weekends(), SPLIT, "0" + "10" + "00000" + "01" + "00000" + "11") == [2]


def test_whole_weekends_at_least() -> None:
    """Of two weekends wanted whole, one is: one too few."""
    rule = {"kind": "frequency", "happens": "all", "window": "weekend", "least": 2}
    assert amounts(three_weekends(), rule, "0" + "11" + "00000" + "01" + "00000" + "00") == [1]


def test_call_days_count() -> None:
    """Offices work weekends on call: such days count although no days name them, and nobody is at home on one."""
    facts = make_facts("A", days=3, first=FRIDAY, call_days=[5, 6])
    assert amounts(facts, {**WEEKENDS, "strength": "should", "most": 0}, "010") == [1]
    assert amounts(facts, {**WEEKENDS, "place": "home", "strength": "should", "most": 0}, "000") == []


def test_absences_are_at_neither_place() -> None:
    """Leave on Saturday: Sunday alone splits the weekend, and it is no whole one at either place."""
    facts = three_weekends(absent={"A": [1]})
    assert amounts(facts, SPLIT, "0" + "01" + "00000" + "00" + "00000" + "00") == [1]
    whole = {"kind": "frequency", "happens": "all", "window": "weekend", "least": 3}
    found = audit(facts, whole, "0" + "01" + "00000" + "11" + "00000" + "11")
    assert [(finding.strength, finding.amount) for finding in found] == [(Strength.NOTE, 1)]


def test_windows_go_on_from_the_published_plan() -> None:
    """The plan begins on a Sunday after a Saturday in the office: the weekend is worked already, and may be split no more."""
    facts = make_facts("A", days=8, first=dt.date(2021, 7, 18), workdays=EVERY_DAY, past={"A": "1"})
    assert amounts(facts, WEEKENDS, "00000000") == []
    assert amounts(facts, SPLIT, "00000000") == [1]
    assert amounts(facts, SPLIT, "10000000") == []


def test_windows_after_the_plan_are_not_judged() -> None:
    """The plan ends on a Saturday: in the office it is a weekend worked, but whether it is split is not known."""
    facts = make_facts("A", days=6, workdays=EVERY_DAY)
    assert amounts(facts, {**WEEKENDS, "most": 0, "strength": "should"}, "000001") == [1]
    assert amounts(facts, SPLIT, "000001") == []


def test_what_is_frozen_is_told_and_no_more_is_planned() -> None:
    """Two weekends worked in the past and on frozen days, where one is allowed: a note, and a third is one too many."""
    frozen = {"published": {"A": "0" + "10" + "00000" + "10" + "?" * 7}, "frozen_days": range(10)}
    found = audit(three_weekends(**frozen), WEEKENDS, "0" + "10" + "00000" + "10" + "00000" + "00")
    assert [(finding.strength, finding.amount) for finding in found] == [(Strength.NOTE, 1)]
    assert amounts(three_weekends(**frozen), WEEKENDS, "0" + "10" + "00000" + "10" + "00000" + "01") == [1]


def test_windows_that_are_left_out() -> None:
    """A person with a weekend without places is not judged."""
    row = "0" + "??" + "00000" + "11" + "00000" + "11"
    assert amounts(three_weekends(), WEEKENDS, row) == []
    assert amounts(three_weekends(), {**WEEKENDS, "most": 0, "strength": "should"}, row) == []
    assert amounts(three_weekends(), {**WEEKENDS, "least": 3, "most": 3, "strength": "should"}, row.replace("11", "00")) == []


# -- pairs, sets and groups ----------------------------------------------------------------------------------------------------------


def test_pairs_meet() -> None:
    """A meets B twice and C once: the pair A, B meets on one day too many."""
    [finding] = audit(make_facts("ABC", days=3), MEET, ("110", "110", "100"))
    assert (finding.amount, finding.people, finding.days) == (1, (0, 1), (0, 1))


def test_pairs_altogether() -> None:
    """Of three pairs all meet somewhere in the plan; one is allowed, so two are too many, however often they meet."""
    rule = {**MEET, "window": "horizon", "total": True}
    assert amounts(make_facts("ABC", days=3), rule, ("110", "110", "100")) == [2]


def test_a_cost_for_each_pair() -> None:
    """A rule that should hold charges every pair that meets at all."""
    rule = {**MEET, "window": "horizon", "most": 0, "strength": "should", "weight": 3}
    found = audit(make_facts("ABC", days=3), rule, ("110", "010", "000"))
    assert [(finding.people, finding.cost) for finding in found] == [((0, 1), 3)]


@pytest.mark.parametrize(
    ("happens", "place", "new"),
    [("all", "office", ["AC", "BC"]), ("any", "office", []), ("only_one", "office", ["AB"]), ("all", "home", ["AB", "AC", "BC"])],
)
def test_new_pairs(happens: str, place: str, new: list[str]) -> None:
    """A and B were both in the office last Friday, C was at home: pairs to whom it happened then are not new, whatever the window."""
    rule = {**MEET, "happens": happens, "place": place, "window": "week", "most": 0, "strength": "should", "pairs": "new"}
    facts = make_facts("ABC", days=2, past={"A": "1??", "B": "1??", "C": "0??"})  # a day of C's with A is "only one"
    both = ("11", "11", "11") if place == "office" else ("00", "00", "00")
    rows = ("10", "01", "00") if happens == "only_one" else both
    found = [found for found in audit(facts, rule, rows) if found.strength is not Strength.NOTE]
    assert sorted("".join("ABC"[e] for e in finding.people) for finding in found) == new


def test_new_pairs_altogether() -> None:
    """Four people, two a day: at most one new pair. A and B met before, so that they and the pair that is left may be in turn."""
    document = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-15"},
        "staff": [{"id": name, "opd": "Dinas"} for name in "ABCD"],
        "published": {"rows": [{"staff_id": e, "date": "2021-07-09", "place": "office" if e in "AB" else "home"} for e in "ABCD"]},
        "goals": [{"kind": "office_target", "aim": "most_office"}],
    }
    turns = [{"kind": "office_cap", "max": 2}, {"kind": "days_per_person", "least": 2, "most": 2, "window": "horizon"}]
    few = {**MEET, "window": "horizon", "total": True, "pairs": "new"}
    status = {most: solve(Instance.build({**document, "rules": [*turns, {**few, "most": most}]})).status for most in (0, 1)}
    assert status == {0: Status.INFEASIBLE, 1: Status.OPTIMAL}
    assert solve(Instance.build({**document, "rules": [*turns, {**few, "most": 1, "pairs": "all"}]})).status is Status.INFEASIBLE


def test_pairs_of_groups_and_sets() -> None:
    """People of two units are no pair of `leaf`; of sets those inside each set are."""
    facts = make_facts([{"id": "A", "unit": "u"}, {"id": "B", "unit": "v"}], days=2, units=({"id": "u"}, {"id": "v"}))
    assert amounts(facts, {**MEET, "per": "leaf"}, ("11", "11")) == []
    assert amounts(facts, {**MEET, "sets": [["A", "B"]]}, ("11", "11")) == [1]


def test_one_of_a_set() -> None:
    """On two of three days exactly one of three must come: on one day two do, on one A alone, on the last nobody or C."""
    rule = {"kind": "frequency", "each": "set", "sets": [["A", "B", "C"]], "happens": "only_one", "window": "day", "least": 2}
    assert amounts(make_facts("ABC", days=3), rule, ("110", "100", "000")) == [1]
    assert amounts(make_facts("ABC", days=3), rule, ("110", "100", "001")) == []


def test_all_of_a_set_needs_all_of_it() -> None:
    """A set one of which is off that day is not all there, a group is whoever works."""
    facts = make_facts("AB", days=1, absent={"B": [0]})
    fields = {"kind": "frequency", "happens": "all", "window": "day", "least": 1}
    said = [f.strength for f in audit(facts, {**fields, "each": "set", "sets": [["A", "B"]]}, ("1", "a"))]
    assert said == [Strength.NOTE]


def test_sentences() -> None:
    """Findings and the rule give names, what is counted and both numbers, in both languages."""
    [finding] = audit(three_weekends(), WEEKENDS, "0" + "10" + "00000" + "01" + "00000" + "00")
    assert finding.said.text("en") == "A: weekends with a day in the office: 2, 1 too many (at most 1)"
    assert finding.said.text("id") == "A: akhir pekan dengan hari WFO: 2, lebih 1 (paling banyak 1)"
    view = make_view(make_facts("ABC", days=3), [{**MEET, "window": "horizon", "total": True, "most": 2}])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("en") == "Every pair (all together): pairs with all in the office on one day: at most 2."
    new = rule.model_copy(update={"pairs": Pairs.NEW}).describe(view)
    assert new.text("en") == "Every new pair (all together): new pairs with all in the office on one day: at most 2."
    assert new.text("id") == "Setiap pasangan baru (dijumlahkan): pasangan baru dengan semuanya WFO pada hari yang sama: paling banyak 2."
    assert rule.occurrence(view, -1, -1, -1) == rule.describe(view)


# -- the program ---------------------------------------------------------------------------------------------------------------------

CONTRACTS = [
    ("A", {"days": 10, "workdays": EVERY_DAY, "first": FRIDAY}, {**WEEKENDS}),
    ("A", {"days": 10, "workdays": EVERY_DAY, "first": FRIDAY}, {**SPLIT, "strength": "should", "weight": 2}),
    ("AB", {"days": 5, "absent": {"A": [1]}}, {"happens": "all", "window": {"days": 2, "anchor": "2021-07-12"}, "least": 1, "most": 2}),
    ("ABC", {"days": 3}, {**MEET}),
    ("ABC", {"days": 3}, {**MEET, "window": "horizon", "total": True, "place": "home"}),
    ("ABC", {"days": 3}, {**MEET, "window": "horizon", "most": 0, "strength": "should"}),
    ("ABC", {"days": 4}, {"each": "group", "happens": "only_one", "window": {"days": 2, "anchor": "2021-07-12"}, "least": 2}),
    ("ABC", {"days": 3, "past": {"A": "1", "B": "1"}}, {**MEET, "pairs": "new"}),
    (
        "ABC",
        {"days": 2, "past": {"A": "01", "B": "11"}},
        {"each": "pair", "happens": "only_one", "window": "week", "least": 1, "pairs": "new"},
    ),
    ("ABC", {"days": 3}, {"each": "pair", "happens": "only_one", "window": "horizon", "least": 1, "strength": "should"}),
    (
        "AC",
        {"days": 4},
        {"each": "set", "sets": [["C"], ["A", "C"]], "happens": "only_one", "window": "week", "least": 1, "strength": "should"},
    ),
    ("AB", {"days": 4}, {"each": "set", "sets": [["A", "B"]], "happens": "all", "window": "week", "least": 1, "place": "home"}),
]


@pytest.mark.parametrize(("people", "facts", "rule"), CONTRACTS)
def test_contract(people: str, facts: dict[str, Any], rule: dict[str, Any]) -> None:
    """Program and audit agree on every schedule, and some are allowed."""
    assert assert_contract(make_view(make_facts(people, **facts), [{"kind": "frequency", **rule}])) > 0


def test_two_teams_are_planned() -> None:
    """Six people, three of them each day, everybody on two of four days, as few pairs as possible: two teams of three, six pairs."""
    instance = Instance.build(
        {
            "horizon": {"start": "2021-07-12", "end": "2021-07-15"},
            "staff": [{"id": f"P{k}", "opd": "Dinas"} for k in range(6)],
            "rules": [
                {"kind": "office_cap", "id": "cap", "max": 3},
                {"kind": "office_floor", "id": "floor", "min": 3},
                {"kind": "days_per_person", "id": "days", "least": 2, "window": "horizon"},
                {**MEET, "id": "pairs", "window": "horizon", "most": 0, "strength": "should"},
            ],
        }
    )
    result = solve(instance)
    assert (result.status, [tier.value for tier in result.tiers]) == (Status.OPTIMAL, [6])


def test_ten_people_who_are_alike() -> None:
    """Ten people, five a day over five days, everybody at least twice: two teams, 20 pairs, and a proof, which needs them in order."""
    instance = Instance.build(
        {
            "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
            "staff": [{"id": f"P{k}", "opd": "Dinas"} for k in range(10)],
            "rules": [
                {"kind": "office_cap", "id": "cap", "max": 5},
                {"kind": "office_floor", "id": "floor", "min": 5},
                {"kind": "days_per_person", "id": "days", "least": 2, "window": "horizon"},
                {**MEET, "id": "pairs", "window": "horizon", "most": 0, "strength": "should"},
            ],
        }
    )
    result = solve(instance)
    assert (result.status, [tier.value for tier in result.tiers]) == (Status.OPTIMAL, [20])


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({"window": "weekend", "least": 1}, 1),
        ({"window": "weekend", "most": 1}, 0),
        ({"window": "week", "least": 1}, 0),
        ({"window": "week", "most": 1, "each": "pair", "per": "leaf"}, 1),
        ({"window": "week", "most": 1, "each": "pair"}, 0),
    ],
)
def test_nothing_to_count(fields: dict[str, Any], notes: int) -> None:
    """A weekend of a plan without one, and pairs where everybody is alone in a unit, are told."""
    facts = make_facts([{"id": "A", "unit": "u"}, {"id": "B", "unit": "v"}], days=2, units=({"id": "u"}, {"id": "v"}))
    found = audit(facts, {"kind": "frequency", "happens": "any", **fields}, "10 10")
    assert len([finding for finding in found if "this plan has none" in finding.said.text("en")]) == notes


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"window": "week", "least": 1}, {}),
        ({"window": "week", "most": 1}, {"most": 2}),
        ({"window": "week", "most": 1, "each": "set", "sets": [["A", "B"]], "happens": "all"}, {"most": 2}),
        ({"window": "week", "most": 1, "strength": "should"}, {"most": 2}),
        ({"window": "week", "least": 2}, {"least": 1}),
    ],
)
def test_steps_that_a_file_takes(fields: dict[str, Any], changed: dict[str, int]) -> None:
    """A step looser or tighter is a rule that a file could say: no number that is refused, or that another kind says."""
    rule = make_view(make_facts("AB", days=5), [{"kind": "frequency", "happens": "any", **fields}]).by_id["own/0"]
    looser = {name: getattr(other, name) for name, other in rule.eased(1).items()}
    assert looser == changed
    for other in rule.eased(-1).values():
        parse_rule({**other.model_dump(mode="json", exclude_defaults=True), "kind": "frequency"})


# -- input ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"window": "day", "most": 3}, "kind: days_per_person, place: office, window: horizon"),
        ({"window": "horizon", "least": 1}, "least: 1"),
        ({"window": "week", "most": 0}, "kind: fixed_days, place: home"),
        ({"window": "day", "most": 0, "each": "group", "happens": "all"}, "kind: separation, not_all: office"),
        ({"window": "week"}, "give `least`, `most` or both"),
        ({"window": "week", "most": 1, "least": 2}, "`least` 2 is above `most` 1"),
        ({"window": "week", "most": 1, "each": "set"}, "`each: set` needs `sets`"),
        ({"window": "week", "most": 1, "pairs": "new"}, "`pairs` goes with `each: pair`"),
        ({"window": "week", "most": 1, "sets": [["A"]]}, "`sets` goes with"),
        ({"window": "week", "most": 1, "per": "leaf"}, "`per` goes with"),
        ({"window": "week", "most": 1, "per": "leaf", "each": "pair", "sets": [["A"]]}, "leave `per` out"),
        ({"window": "week", "most": 1, "each": "pair", "sets": [["A"]]}, "names A alone, who is no pair"),
        ({"window": "week", "most": 1, "each": "pair", "sets": [["A", "A"]]}, "names A alone, who is no pair"),
        ({"window": "week", "most": 1, "each": "set", "sets": [["A", "B"], ["B", "A"]]}, "name the same people: A and B"),
    ],
)
def test_wrong_fields(fields: dict[str, Any], told: str) -> None:
    """What says nothing, contradicts itself, or is another kind's, is refused, with what to write instead."""
    with pytest.raises(InputError, match=told.replace("(", r"\(")):
        Instance.build(
            {
                "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
                "staff": [{"id": "A", "opd": "Dinas"}],
                "rules": [{"kind": "frequency", "happens": "any", **fields}],
            }
        )


def test_nobody_and_too_many_pairs() -> None:
    """Ids of nobody and more pairs than a program can hold are told before anything is solved."""
    document = {"horizon": {"start": "2021-07-12", "end": "2021-07-12"}, "staff": [{"id": f"P{k}", "opd": "Dinas"} for k in range(700)]}
    with pytest.raises(InputError, match="244650 pairs; at most 200000"):
        Instance.build({**document, "rules": [{**MEET}]})
    with pytest.raises(InputError, match="nobody with the id Q"):
        Instance.build({**document, "rules": [{**MEET, "sets": [["P1", "Q"]]}]})
