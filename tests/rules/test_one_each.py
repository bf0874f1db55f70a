"""duty_officers with `one_each`: rules that take different people on a day."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from giliran import InputError, Instance, SolveOptions, Status, check, solve
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from tests.builders import make_facts, make_view
from tests.rules.contract import assert_contract
from tests.rules.test_duty_officers import TREE, people


def post(*ids: str, **fields: Any) -> dict[str, Any]:
    """A post of one person, for whom some people are eligible."""
    return {"kind": "duty_officers", "count": 1, "one_each": "pos", "eligible": {"ids": [*ids]}, **fields}


def judged(facts, rules: Sequence[dict[str, Any]], places: str, **names: str):
    """Findings of all rules but notes, on a schedule of one day; names by position of the rule."""
    view = make_view(facts, rules)
    office = np.array([[letter == "1"] for letter in places.split()])
    duty = {f"own/{name[1:]}": np.array([[letter == "1"] for letter in row.split()]) for name, row in names.items()}
    plan = Schedule(schedule_of(view.facts, office).place, duty)
    return [f for rule in view.rules for f in rule.audit(view, plan) if f.strength is not Strength.NOTE]


def matchable(office: Sequence[bool], eligible: Sequence[Sequence[int]]) -> int:
    """Most posts of one person that can be filled by different people, by trying all ways."""
    ways = itertools.product(*[[None, *(e for e in some if office[e])] for some in eligible])
    return max(sum(e is not None for e in way) for way in ways if len(picked := [e for e in way if e is not None]) == len(set(picked)))


CHAIN = ((0, 1), (1, 2), (0, 2))
RING = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0))


@pytest.mark.parametrize("eligible", [CHAIN, ((0,), (0, 1), (1,)), RING])
@pytest.mark.parametrize("strength", ["must", "should"])
def test_as_many_as_can_be_matched(eligible, strength) -> None:
    """By how much posts are missed is what the best matching of all leaves out, whoever is in the office; few posts and many alike."""
    size = 1 + max(e for some in eligible for e in some)
    letters = "ABCDEF"[:size]
    rules = [post(*(letters[e] for e in some), strength=strength) for some in eligible]
    facts = make_facts(letters, days=1)
    whole = matchable([True] * size, eligible)
    for office in itertools.product([False, True], repeat=size):
        found = judged(facts, rules, " ".join("01"[there] for there in office))
        assert sum(finding.amount for finding in found) == whole - matchable(office, eligible), office


@pytest.mark.parametrize(("eligible", "strength"), [(CHAIN, "must"), (CHAIN, "should"), (RING, "must")])
def test_contract(eligible, strength) -> None:
    """The program and the audit agree on every schedule, by rows for unions of few posts and by columns for many."""
    letters = "ABCDEF"[: 1 + max(e for some in eligible for e in some)]
    rules = [post(*(letters[e] for e in some), strength=strength) for some in eligible]
    assert_contract(make_view(make_facts(letters, days=2 if len(letters) < 4 else 1), rules))


def test_the_least_strict() -> None:
    """Of two rules that share people one only should hold: missing one person costs what that one says, and breaks nothing."""
    rules = [post("A", "B"), post("A", "B", strength="should", weight=3)]
    [finding] = judged(make_facts("AB", days=1), rules, "1 0")
    assert (finding.strength, finding.amount, finding.cost, finding.rule) == (Strength.SHOULD, 1, 3, "own/1")
    assert_contract(make_view(make_facts("ABC", days=1), rules))


def test_rules_apart_need_both() -> None:
    """Without a name A stands under both rules at once; with one, somebody else is needed."""
    facts = make_facts("AB", days=1)
    both = [post("A", "B"), post("A")]
    assert not judged(facts, [{**rule, "one_each": None} for rule in both], "1 0")
    assert [finding.amount for finding in judged(facts, both, "1 0")] == [1]


def test_second_units_too() -> None:
    """A serves either unit of the first rule and the second rule: of three duties two people fill two."""
    facts = make_facts(people("A:b1 B:b2 C:b1", A="b2"), units=TREE, days=1)
    rules = [{"kind": "duty_officers", "per": "bidang", "count": 1, "one_each": "pos"}, post("A")]
    assert not judged(facts, rules, "1 1 1")
    [finding] = judged(facts, rules, "1 1 0")
    assert finding.amount == 1
    assert_contract(make_view(facts, rules))


def test_two_people_fill_the_first_of_three() -> None:
    """Three posts for which only A and B can be: by their ids the first two need one, the third none, which is told."""
    facts = make_facts("ABC", days=1)
    view = make_view(facts, [post("A", "B")] * 3)
    assert [int(duty.need.sum()) for duty in view.duties] == [1, 1, 0]
    [note] = [f for rule in view.rules for f in rule.audit(view, schedule_of(view.facts, np.ones((3, 1), dtype=bool)))]
    assert note.rule == "own/2" and "the others who are eligible are needed elsewhere" in note.said.text()


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("1 0", "0 1", ""),
        (
            "1 0",
            "1 0",
            "A is named for duty on Monday 12 July 2021 although already named for own/0: everybody stands for one duty of a day",
        ),
        ("1 0", "0 0", "own/1, Monday 12 July 2021: named for duty 0 instead of 1"),
    ],
)
def test_names(first: str, second: str, said: str) -> None:
    """Two posts, both people in the office: one name for each, not the same."""
    found = judged(make_facts("AB", days=1), [post("A", "B"), post("A", "B")], "1 1", _0=first, _1=second)
    assert [finding.said.text() for finding in found][:1] == [said][: bool(said)]


def test_names_where_one_is_missing() -> None:
    """Only A is there for two posts that should be filled: it is no matter for which of them A is named."""
    rules = [post("A", "B", strength="should"), post("A", "B", strength="should")]
    for first, second in (("1 0", "0 0"), ("0 0", "1 0")):
        found = judged(make_facts("AB", days=1), rules, "1 0", _0=first, _1=second)
        assert [finding.strength for finding in found] == [Strength.SHOULD]


def instance(rules: Sequence[dict[str, Any]], **sections: Any) -> Instance:
    """Four people of one unit over two days, as many of them at home as can be."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": id_, "unit": "u"} for id_ in "ABCD"],
        rules=[{"id": f"p{k}", **rule} for k, rule in enumerate(rules)],
        goals=[{"kind": "office_target", "aim": "most_home"}],
        **sections,
    )


def test_solved() -> None:
    """Three posts in a chain need three different people a day, each named once, for a post that suits."""
    eligible = ("AB", "BC", "AC")
    result = solve(instance([post(*some) for some in eligible]), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL and result.schedule.office.sum(axis=0).tolist() == [3, 3]
    for date in result.instance.facts.dates:
        named = {names.rule: names.people for names in result.duty if names.date == date}
        assert sorted(named) == ["own/p0", "own/p1", "own/p2"]
        assert all(len(who) == 1 and who[0] in some for (_, who), some in zip(sorted(named.items()), eligible, strict=True))
        assert len({who for [who] in named.values()}) == 3
    assert not check(result.instance, result.schedule).broken


def test_pins_of_two_posts() -> None:
    """A is pinned for two posts of a day: one of them is kept, the other one is told and filled by somebody else."""
    pins = [{"staff_id": "A", "date": "2021-07-12", "duty": "own/p0"}, {"staff_id": "A", "date": "2021-07-12", "duty": "own/p1"}]
    result = solve(instance([post("A", "B"), post("A", "B")], pins=pins), SolveOptions(workers=1))
    monday = [names.people for names in result.duty if names.date.day == 12]
    assert sorted(monday) == [("A",), ("B",)]
    assert any("stands for another duty that takes other people" in finding.said.text() for finding in result.findings)


@pytest.mark.parametrize("field", [{"exactly": True}, {"against_caps": "exceed"}, {"against_caps": "pool"}])
def test_not_beside(field: dict[str, Any]) -> None:
    """What would leave open who counts for which duty is refused."""
    with pytest.raises(InputError, match="`one_each` cannot stand beside"):
        instance([{**post("A"), **field}])


def test_costs_that_differ() -> None:
    """Rules of one name that only should hold cost the same: nobody could say what a missing person costs."""
    with pytest.raises(InputError, match="cost the same in the same tier, but own/p0 and own/p1 do not"):
        instance([post("A", strength="should"), post("A", strength="should", weight=2)])


def test_in_words() -> None:
    """The rule says its name; rows of several rules name them all."""
    view = make_view(make_facts("AB", days=1), [post("A", "B"), post("A", "B")])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("en").endswith("Nobody stands for two duties of “pos” on a day.")
    assert (
        rule.occurrence(view, 2, 0, -1).text("en") == "own/0 and own/1, Monday 12 July 2021: duty officers needed together 2 of 2 available"
    )


def test_a_name_that_only_one_rule_has() -> None:
    """It changes nothing, which is told; of two rules nothing is."""
    for rules, notes in (([post("A")], 1), ([post("A"), post("B")], 0)):
        view = make_view(make_facts("AB", days=1), rules)
        plan = schedule_of(view.facts, np.ones((2, 1), dtype=bool))
        said = [finding.said.text("en") for rule in view.rules for finding in rule.audit(view, plan)]
        assert said.count("no other rule has `one_each: pos`, so it changes nothing") == notes


@pytest.mark.parametrize("name", ["", " "])
def test_a_name_that_says_nothing(name: str) -> None:
    """An empty name ties nothing to anything, and is refused."""
    with pytest.raises(InputError, match=r"rules\[0\].one_each: the name is empty"):
        Instance.build(
            horizon={"start": "2021-07-12", "end": "2021-07-12"},
            staff=[{"id": "A"}],
            rules=[{"kind": "duty_officers", "count": 1, "one_each": name}],
        )
