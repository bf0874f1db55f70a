"""duty_officers with `everybody`: a place, such as a desk, for everybody in the office."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

import giliran.rules.kinds.duty_officers.seats as seats_module
from giliran import InputError, Instance, Result, SolveOptions, Status, check, ledger_rows, solve
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.rules.kinds.duty_officers.seats import full_sets
from tests.builders import make_facts, make_view
from tests.rules.contract import assert_contract
from tests.rules.test_duty_officers import TREE, people


def desk(*ids: str, **fields: Any) -> dict[str, Any]:
    """A desk that suits some people."""
    return {"kind": "duty_officers", "count": 1, "everybody": True, "one_each": "meja", "eligible": {"ids": [*ids]}, **fields}


def judged(facts, rules: Sequence[Mapping[str, Any]], places: str, **names: str):
    """Findings of all rules but notes, on a schedule of one day; names by position of the rule."""
    view = make_view(facts, rules)
    office = np.array([[letter == "1"] for letter in places.split()])
    duty = {f"own/{name[1:]}": np.array([[letter == "1"] for letter in row.split()]) for name, row in names.items()}
    plan = Schedule(schedule_of(view.facts, office).place, duty)
    return [f for rule in view.rules for f in rule.audit(view, plan) if f.strength is not Strength.NOTE]


def seated(office: Sequence[bool], suiting: Sequence[Sequence[int]]) -> int:
    """Most desks with somebody in the office whom they suit, nobody at two, by trying all ways."""
    ways = itertools.product(*[[None, *(e for e in some if office[e])] for some in suiting])
    return max(sum(e is not None for e in way) for way in ways if len(who := [e for e in way if e is not None]) == len(set(who)))


DESKS = {"two of three": ((0, 1, 2), (1, 2)), "one apart": ((0,), (1, 2), (0, 3)), "none too few": ((0, 1), (0, 1))}


@pytest.mark.parametrize("suiting", DESKS.values(), ids=DESKS)
@pytest.mark.parametrize("tried", [seats_module.MOST_TRIED, 0], ids=["rows", "columns"])
@pytest.mark.parametrize("strength", ["must", "should"])
def test_as_many_as_have_no_desk(monkeypatch: pytest.MonkeyPatch, suiting, tried, strength) -> None:
    """Missed by as many as no matching seats, whoever is in the office; program and audit agree, by rows and by columns."""
    monkeypatch.setattr(seats_module, "MOST_TRIED", tried)
    size = 1 + max(e for some in suiting for e in some)
    facts = make_facts("ABCD"[:size], days=1)
    rules = [desk(*("ABCD"[e] for e in some), strength=strength) for some in suiting]
    for office in itertools.product([False, True], repeat=size):
        found = judged(facts, rules, " ".join("01"[there] for there in office))
        assert sum(finding.amount for finding in found) == sum(office) - seated(office, suiting), office
    assert_contract(make_view(facts, rules))


@pytest.mark.parametrize("seed", range(30))
def test_sets_that_can_be_full(seed: int) -> None:
    """The sets found say the same as all sets: everybody of a random office has a place exactly where none of them has too few."""
    dice = np.random.default_rng(seed)
    suits = dice.random((7, 5)) < dice.choice([0.3, 0.6])
    member_of = {e: tuple(np.flatnonzero(row).tolist()) for e, row in enumerate(suits) if row.any()}
    seats = {g: int(many) for g, many in enumerate(dice.integers(0, 3, 5))}
    every = [frozenset(some) for size in range(6) for some in itertools.combinations(range(5), size)]
    found = full_sets(member_of, seats)
    assert found is not None

    def full(sets: Sequence[frozenset[int]], there: Sequence[int]) -> bool:
        return any(sum(some.issuperset(member_of[e]) for e in there) > sum(seats[g] for g in some) for some in sets)

    for some in itertools.product([False, True], repeat=len(member_of)):
        there = [e for e, here in zip(member_of, some, strict=True) if here]
        assert full(found, there) == full(every, there)


def test_rooms_of_units() -> None:
    """Two places for every unit, A in either: three of b1 and A find room, a fourth of b1 does not."""
    facts = make_facts(people("A:b1 B:b1 C:b1 D:b1 E:b2", A="b2"), units=TREE, days=1)
    rooms = [{"kind": "duty_officers", "per": "bidang", "count": 2, "everybody": True}]
    assert not judged(facts, rooms, "1 1 1 0 1")
    [finding] = judged(facts, rooms, "1 1 1 1 1")
    assert finding.amount == 1 and finding.said.text("en").endswith("eligible people in the office 5, 1 without a place that suits")
    assert_contract(make_view(facts, rooms))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("1 0", "0 1", []),
        ("1 1", "0 0", ["own/0, Monday 12 July 2021: people with a place 2, 1 too many (places 1)"]),
        ("1 0", "0 0", ["meja, Monday 12 July 2021: 1 more of those in the office could have a place; without one: B"]),
    ],
)
def test_names(first: str, second: str, said: list[str]) -> None:
    """Two desks and two people in the office: one of them at each."""
    found = judged(make_facts("AB", days=1), [desk("A", "B"), desk("A", "B")], "1 1", _0=first, _1=second)
    assert [finding.said.text("en") for finding in found] == said


@pytest.mark.parametrize(
    ("row", "said"), [("0 0 1", "cannot be a duty officer that day"), ("1 0 0", "is not in the office")], ids=["stranger", "away"]
)
def test_names_of_others(row: str, said: str) -> None:
    """Whoever is named for a desk is in the office, and it suits them."""
    found = judged(make_facts("ABC", days=1), [desk("A", "B")], "0 1 1", _0=row)
    assert said in found[0].said.text("en")


def test_no_names_are_no_offence() -> None:
    """A schedule that says nothing of desks is judged by its places alone."""
    assert not judged(make_facts("AB", days=1), [desk("A", "B"), desk("A")], "1 1")


def instance(rules: Sequence[Mapping[str, Any]], days: int = 3, **sections: Any) -> Instance:
    """Four people of one unit from Monday on, as many of them in the office as can be."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": f"2021-07-{11 + days}"},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": id_, "unit": "u"} for id_ in "ABCD"],
        rules=[{"id": f"d{k}", **rule} for k, rule in enumerate(rules)],
        goals=[{"kind": "office_target", "aim": "most_office"}],
        **sections,
    )


def desks_of(result: Result) -> dict[tuple[int, str], str]:
    """Who sits at which desk, by day of the month and desk."""
    return {(names.date.day, names.rule): person for names in result.duty for person in names.people}


SUITING = ("AB", "BC", "AD")


@pytest.fixture(scope="module")
def solved() -> Result:
    """Three desks for four people."""
    return solve(instance([desk(*some) for some in SUITING]), SolveOptions(workers=1))


def test_solved(solved: Result) -> None:
    """Three of four come every day, each at a desk of their own that suits."""
    assert solved.status is Status.OPTIMAL and solved.schedule.office.sum(axis=0).tolist() == [3, 3, 3]
    for day in (12, 13, 14):
        sitting = {rule: person for (date, rule), person in desks_of(solved).items() if date == day}
        assert len(set(sitting.values())) == 3
        assert all(person in some for (_, person), some in zip(sorted(sitting.items()), SUITING, strict=True))
    assert not check(solved.instance, solved.schedule).broken


def test_desks_are_kept_from_day_to_day(solved: Result) -> None:
    """On every day as many sit where they sat last as any way to seat that day's people lets them."""
    last: dict[str, int] = {}
    for day in range(3):
        there = [id_ for id_, here in zip("ABCD", solved.schedule.office[:, day].tolist(), strict=True) if here]
        ways = (
            way for way in itertools.permutations(range(3), len(there)) if all(e in SUITING[k] for e, k in zip(there, way, strict=True))
        )
        most = max(sum(last.get(e) == k for e, k in zip(there, way, strict=True)) for way in ways)
        today = {person: int(rule[-1]) for (date, rule), person in desks_of(solved).items() if date == 12 + day}
        assert sum(last.get(e) == k for e, k in today.items()) == most
        last |= today


def test_no_account(solved: Result) -> None:
    """Nobody owes or gathers anything by sitting at a desk."""
    assert ledger_rows(solved) == ()


def test_pinned_and_published_desks() -> None:
    """A pinned desk comes before a published one; whoever lost it sits elsewhere."""
    everybody = [desk("A", "B", "C", "D"), desk("A", "B", "C", "D"), desk("A", "B", "C", "D"), desk("A", "B", "C", "D")]
    rows = [{"staff_id": id_, "date": "2021-07-12", "place": "office", "duty": f"own/d{k}"} for k, id_ in enumerate("DCBA")]
    pins = [{"staff_id": "A", "date": "2021-07-12", "duty": "own/d0"}]
    result = solve(instance(everybody, days=1, pins=pins, published={"rows": rows}), SolveOptions(workers=1))
    assert desks_of(result) == {(12, "own/d0"): "A", (12, "own/d1"): "C", (12, "own/d2"): "B", (12, "own/d3"): "D"}
    assert not check(result.instance, result.schedule).broken


def test_frozen_desks() -> None:
    """On a frozen day desks stay as they were published, whatever the rule says now."""
    rows = [
        *({"staff_id": id_, "date": "2021-07-12", "place": "office", "duty": "own/d0"} for id_ in "AB"),
        *({"staff_id": id_, "date": "2021-07-12", "place": "home"} for id_ in "CD"),
    ]
    one = instance([desk(*some) for some in SUITING], published={"rows": rows, "frozen_to": "2021-07-12"})
    result = solve(one, SolveOptions(workers=1))
    monday = [(names.rule, names.people) for names in result.duty if names.date.day == 12]
    assert monday == [("own/d0", ("A", "B"))]
    assert result.status is Status.OPTIMAL and not check(one, result.schedule).broken


@pytest.mark.parametrize("field", [{"exactly": True, "one_each": None}, {"account": "x"}, {"against_caps": "pool", "one_each": None}])
def test_not_beside(field: dict[str, Any]) -> None:
    """What asks for somebody is refused."""
    with pytest.raises(InputError, match="`everybody` cannot stand beside"):
        instance([{**desk("A"), **field}])


def test_all_or_none() -> None:
    """Of the rules of one name all say `everybody`, or none."""
    with pytest.raises(InputError, match="only some say `everybody`: own/d0"):
        instance([desk("A"), desk("A", everybody=False)])


def test_in_words() -> None:
    """The rule and its rows in words."""
    view = make_view(make_facts("ABC", days=1), [desk("A", "B"), desk("B", "C")])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("en").startswith("Everybody eligible who is in the office has one of at most 1 place")
    assert rule.occurrence(view, 0, 0, -1).text("en") == "meja, Monday 12 July 2021: places 2 for 3 people"
