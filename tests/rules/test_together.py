"""together: people who have the same place, or come on the same days."""

import pydantic
import pytest

from giliran import InputError, Instance, Status, solve
from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

TAGS = {"A": ["x"], "B": ["x", "y"], "C": ["y"], "D": []}
PEOPLE = [{"id": c, "unit": "u" if c in "AB" else "v", "tags": tags} for c, tags in TAGS.items()]
UNITS = [{"id": "u"}, {"id": "v"}]
CAR = {"kind": "together", "sets": [["A", "B", "C"]]}


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def test_the_same_days_pass() -> None:
    """Three in one car come on the same days; D, who is in no set, comes as she likes."""
    assert not audit(make_facts("ABCD", days=3), CAR, "110 110 110 001")


def test_one_of_three_comes_alone() -> None:
    """C alone on the first day and missing on the last: one person each would have to change."""
    first, last = audit(make_facts("ABC"), CAR, "00001 00001 10000")
    assert (first.strength, first.amount, first.days, first.people) == (Strength.MUST, 1, (0,), (0, 1, 2))
    assert (last.amount, last.days) == (1, (4,))
    assert first.said.text("en") == "A, B and C, Monday 12 July 2021: 1 in the office, 2 not; all of them come or nobody"
    assert first.said.text("id") == "A, B dan C, Senin 12 Juli 2021: 1 WFO, 2 tidak; semuanya WFO atau tidak seorang pun"


@pytest.mark.parametrize(("cost", "amounts"), [("person_day", [2, 1]), ("set_day", [1, 1]), ("set", [1])])
def test_what_counts(cost: str, amounts: list[int]) -> None:
    """Two of four on Monday and one on Tuesday: three person-days, two days, one set, each at the weight 5."""
    rule = {"kind": "together", "strength": "should", "weight": 5, "cost": cost}
    found = audit(make_facts("ABCD", days=2), rule, "11 10 00 00")
    assert [(finding.amount, finding.cost) for finding in found] == [(amount, 5 * amount) for amount in amounts]


def test_whoever_is_away_is_left_out() -> None:
    """B on leave on Tuesday parts nobody; where two of three are away, nobody is left to be parted from."""
    facts = make_facts("ABC", days=2, absent={"B": [0, 1], "C": [1]})
    assert not audit(facts, CAR, "11 00 10")


@pytest.mark.parametrize(("side", "missed"), [("both", 1), ("office", 0)])
def test_somebody_who_may_only_work_at_home(side: str, missed: int) -> None:
    """C keeps A and B at home, unless only those count who may come to the office."""
    facts = make_facts("ABC", days=1, home_only=["C"])
    assert sum(finding.amount for finding in audit(facts, {**CAR, "side": side}, "1 1 0")) == missed


def test_sets_by_tag_and_by_unit() -> None:
    """The people of each tag, or of each unit, are a set; whoever has both tags ties the two."""
    facts = make_facts(PEOPLE, units=UNITS, days=1)
    assert [finding.people for finding in audit(facts, {"kind": "together", "tags": ["x", "y"]}, "1 0 0 1")] == [(0, 1)]
    found = audit(facts, {"kind": "together", "per": "leaf"}, "1 0 0 1")
    assert [(finding.unit, finding.people) for finding in found] == [(0, (0, 1)), (1, (2, 3))]


def test_on_a_call_day_that_is_named() -> None:
    """On duty on Saturday all of the car come or rest; a rule that names no such day does not mean it."""
    facts = make_facts("ABC", days=6, call_days=[5])
    assert not audit(facts, CAR, "000001 000000 000000")
    assert len(audit(facts, {**CAR, "days": {"weekdays": ["sat"]}}, "000001 000000 000000")) == 1


def test_unplanned_cells_are_skipped() -> None:
    """A set with an unplanned cell is not judged that day."""
    assert not audit(make_facts("ABC", days=1), CAR, "1 ? 0")


def test_sets_with_unplanned_days_are_skipped() -> None:
    """A set that costs once for all days is not judged before all of them are planned."""
    once = {**CAR, "strength": "should", "cost": "set"}
    assert not audit(make_facts("ABC", days=2), once, "10 1? 01")
    assert len(audit(make_facts("ABC", days=2), once, "10 10 01")) == 1


CASES = {
    "must": {**CAR, "sets": [["A", "B"], ["B", "C", "D"]]},
    "at home alone": {**CAR, "side": "office"},
    "per unit": {"kind": "together", "per": "leaf"},
    "by tag": {"kind": "together", "tags": ["x", "y"]},
    "one day": {"kind": "together", "days": {"weekdays": ["mon", "sat"]}},
    "nobody": {"kind": "together", "applies_to": {"tags": ["none"]}},
    **{
        f"should, {cost}, {way}": {"kind": "together", "strength": "should", "weight": 3, "cost": cost, **fields}
        for cost in ("person_day", "set_day", "set")
        for way, fields in {"all": {}, "met": {"want": "met"}, "pairs": {"sets": [["A", "B"], ["C", "D"]], "side": "office"}}.items()
    },
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of four people over two days, once with a call day; one is away, one bound to the home."""
    days = {"days": 6, "workdays": [0, 1], "call_days": [5]} if name == "one day" else {"days": 2}
    facts = make_facts(PEOPLE, units=UNITS, absent={"B": [1]}, home_only=["C"], **days)
    assert assert_contract(make_view(facts, [CASES[name]]), only=("own/0",)) > 0


@pytest.mark.parametrize("cost", ["set_day", "set"])
def test_contract_on_frozen_days(cost: str) -> None:
    """A and B were published apart on Monday, which is past: told, not broken; C, who was not, has to follow nobody."""
    facts = make_facts("ABC", days=2, published={"A": "11", "B": "01"}, frozen_days=[0])
    view = make_view(facts, [{"kind": "together", "sets": [["A", "B"], ["B", "C"]], "cost": cost}])
    assert assert_contract(view) > 0


@pytest.mark.parametrize("cost", ["person_day", "set_day", "set"])
def test_contract_where_the_past_has_parted_a_set(cost: str) -> None:
    """A and B were published apart on Monday: C, who has no published place, is tied to neither, and on Tuesday to both."""
    facts = make_facts("ABC", days=2, published={"A": "11", "B": "01", "C": "?1"}, frozen_days=[0])
    view = make_view(facts, [{**CAR, "cost": cost}])
    assert assert_contract(view) == 4


def built(rule, staff=({"id": "A"}, {"id": "B"}, {"id": "C"}), **sections):
    """An instance of one week and one unit with a rule of this kind."""
    rows = [{"unit": "u", **row} for row in staff]
    horizon = {"start": "2026-08-03", "end": "2026-08-07"}
    return Instance.build(
        {"horizon": horizon, "units": [{"id": "u"}], "staff": rows, "rules": [rule, *sections.pop("rules", [])], **sections}
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"kind": "together", "sets": [["A", "Z"]]}, "there is nobody with the id Z"),
        ({"kind": "together", "sets": [["A", "A"]]}, "a set names A alone\n  Name at least two people"),
        ({"kind": "together", "sets": [["A"]]}, "sets[0]: 1 item stands here; expected at least 2"),
        ({"kind": "together", "sets": [[]]}, "sets[0]: must not be empty"),
        ({"kind": "together", "tags": ["mobl"]}, "nobody has the tag mobl\n  Did you mean mobil?"),
    ],
)
def test_whom_nobody_knows(rule, said: str) -> None:
    """Ids and tags of nobody, somebody who should be together with herself or with nobody named, and an empty set are told."""
    staff = ({"id": "A", "tags": "mobil"}, {"id": "B", "tags": "mobil"})
    with pytest.raises(InputError) as refused:
        built(rule, staff)
    assert said in "\n".join(problem.text("en") for problem in refused.value.problems)


def test_never_together() -> None:
    """A is always in the office, B never: the set is refused by their names, not found impossible."""
    staff = ({"id": "A", "office_only": "yes"}, {"id": "B", "home_only": "yes"}, {"id": "C"})
    with pytest.raises(InputError) as refused:
        built({"id": "mobil", "kind": "together", "sets": [["A", "B"]]}, staff)
    [problem] = refused.value.problems
    assert "own/mobil: A and B could never be together: on each of the days on which they are present (5)" in problem.text("en")
    assert "A must be in the office, B must not" in problem.text("en")


def test_across_cohorts() -> None:
    """A and C are in cohorts that never meet, and B is in none: the set is refused; one inside a cohort is not."""
    apart = {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["A"]}, {"ids": ["C"]}]}
    with pytest.raises(InputError) as refused:
        built({"id": "mobil", "kind": "together", "sets": [["B", "A", "C"]]}, rules=[apart])
    [problem] = refused.value.problems
    assert "own/mobil: A, B and C could never come together: own/apart lets only one of their cohorts come on a day" in problem.text("en")
    built({"kind": "together", "sets": [["A", "B"]]}, rules=[apart])
    built({"kind": "together", "sets": [["A", "C"]], "strength": "should"}, rules=[apart])


def test_on_some_days_only() -> None:
    """Where they can be together on one day at least, it is for the search to say what is impossible, and by whom."""
    staff = ({"id": "A", "office_only": "2026-08-03"}, {"id": "B", "home_only": "2026-08-03"})
    result = solve(built({"id": "mobil", "kind": "together", "sets": [["A", "B"]]}, staff))
    assert result.status is Status.INFEASIBLE


@pytest.mark.parametrize(("cost", "amounts"), [("person_day", [1, 2]), ("set_day", [1, 1]), ("set", [])])
def test_days_together_are_a_wish(cost: str, amounts: list[int]) -> None:
    """B is missing on Tuesday and all are at home on Wednesday but C, who may not come; on Monday they meet."""
    rule = {"kind": "together", "want": "met", "strength": "should", "cost": cost}
    found = audit(make_facts("ABC", days=3, home_only=["C"]), rule, "110 100 000")
    assert [finding.amount for finding in found] == amounts


@pytest.mark.parametrize(("cost", "amounts"), [("person_day", [1, 2]), ("set_day", [1]), ("set", [])])
def test_whoever_has_no_place_is_not_missed(cost: str, amounts: list[int]) -> None:
    """C has no place on Monday, when B is at home: B costs all the same, and of the set nothing is said; on Tuesday two are."""
    rule = {"kind": "together", "want": "met", "strength": "should", "cost": cost}
    found = audit(make_facts("ABC", days=2), rule, "11 00 ?0")
    assert [finding.amount for finding in found] == amounts


def test_a_part_without_a_plan_is_one_of_a_set() -> None:
    """A must be in the office where nobody may be; B and C, who are kept at home, cost as the program says."""
    staff = [{"id": name, "unit": "u" if name == "A" else "v"} for name in "ABC"]
    rules = [
        {"kind": "together", "strength": "should", "want": "met"},
        {"kind": "fixed_days", "applies_to": {"ids": ["A"]}, "place": "office"},
        {"kind": "office_cap", "per": "bidang", "max": 0},
    ]
    units = [{"id": "u", "level": "bidang"}, {"id": "v", "level": "bidang"}]
    result = solve(Instance.build(horizon={"start": "2021-07-15", "end": "2021-07-15"}, units=units, staff=staff, rules=rules))
    assert result.status is Status.INFEASIBLE and [tier.value for tier in result.tiers if tier.name == "relaxations"] == [2]


def test_a_set_that_never_meets() -> None:
    """A and B come on different days: one set, told by its names."""
    rule = {"kind": "together", "want": "met", "strength": "should", "cost": "set"}
    [finding] = audit(make_facts("AB", days=2), rule, "10 01")
    assert finding.said.text("en") == "A and B: on no day all in the office together"


@pytest.mark.parametrize(
    "fields",
    [
        {"sets": [["A"]]},
        {"sets": []},
        {"tags": []},
        {"sets": [["A", "B"]], "per": "leaf"},
        {"tags": ["x"], "per": "leaf"},
        {"cost": "day"},
        {"want": "met"},
        {"sets": [["A", "B"], ["B", "A"]]},
        {"tags": ["x", "x"]},
    ],
)
def test_wrong_fields(fields) -> None:
    """Sets of one, no set, a set or tag said twice, two ways of saying who, unknown words, and a wish that must hold are refused."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("AB"), [{"kind": "together", **fields}])


def test_nobody_to_be_together_with() -> None:
    """Where everybody is alone in a unit, or the other one is away, nothing is asked for, which is told."""
    alone = {"kind": "together", "per": "leaf"}
    people = [{"id": "A", "unit": "u"}, {"id": "B", "unit": "v"}]
    [note] = audit(make_facts(people, units=UNITS, days=1), alone, "1 0")
    assert (note.strength, note.said.text("en")) == (
        Strength.NOTE,
        "no two people of a set are there on the same day, so nothing is asked for",
    )
    assert [f.strength for f in audit(make_facts("AB", days=1, absent={"B": [0]}), {**alone, "per": "whole"}, "1 0")] == [Strength.NOTE]


def test_words() -> None:
    """The rule and an occurrence in words."""
    view = make_view(make_facts("ABC", days=1), [CAR, {"kind": "together", "side": "office", "per": "leaf"}])
    assert view.by_id["own/0"].describe(view).text("en") == "At the same place on each day, in each set (1)."
    assert view.by_id["own/1"].describe(view).text("id") == "WFO pada hari yang sama, di setiap unit kerja."
    assert view.by_id["own/0"].occurrence(view, 0, 0, -1).text("en") == "A, B and C, Monday 12 July 2021: all in the office or nobody"
