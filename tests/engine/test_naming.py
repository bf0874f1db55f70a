"""Naming duty officers against trying all ways."""

from __future__ import annotations

import datetime as dt
import itertools
import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow

from giliran.domain.lottery import lottery_order
from giliran.engine.duty import naming
from giliran.engine.duty.naming import name_duty, rounded, shares
from giliran.rules.answers import Duty

MONDAY = dt.date(2021, 7, 12)


def make_duty(members: list[tuple[int, int]], need: list[list[int]], opened: list[list[bool]] | None = None) -> Duty:
    """A duty of `(person, group)` members; `opened` has a row per member, all days when None."""
    table = np.array(need, dtype=np.int64)
    days = table.shape[1]
    return Duty(
        rule="own/duty",
        account="own/duty",
        groups_unit=np.zeros(len(table), dtype=np.int32),
        person=np.array([person for person, _ in members], dtype=np.int64),
        group=np.array([group for _, group in members], dtype=np.int64),
        open=np.ones((len(members), days), dtype=bool) if opened is None else np.array(opened),
        need=table,
        count=table,
        exactly=False,
    )


def named(duty: Duty, office: list[str], balance: list[int] | None = None, ids: str = "ABCDEF") -> np.ndarray:
    """Who is named, with everybody's balance 0 when None."""
    cells = np.array([[letter == "1" for letter in line] for line in office])
    people = len(cells)
    owed = np.zeros(people, dtype=np.int64) if balance is None else np.array(balance)
    return name_duty(duty, cells, balance=owed, seed=1, first_day=MONDAY, ids=list(ids[:people])).dense


def asked_of(duty: Duty, people: int) -> np.ndarray:
    """What everybody is asked; nothing of those who are in no group."""
    out = np.zeros(people, dtype=np.int64)
    who, asked = shares(duty)
    out[who] = asked
    return out


def test_only_those_in_the_office() -> None:
    """Exactly the need is named, of those present; of one present member for two, one."""
    duty = make_duty([(0, 0), (1, 0), (2, 0)], [[1, 2]])
    found = named(duty, ["01", "10", "10"])
    assert found.sum(axis=0).tolist() == [1, 1]
    assert found[0].tolist() == [False, True]


def test_turns_are_shared() -> None:
    """Two people over four days have two turns each."""
    found = named(make_duty([(0, 0), (1, 0)], [[1, 1, 1, 1]]), ["1111", "1111"])
    assert found.sum(axis=1).tolist() == [2, 2]


def test_balances_decide() -> None:
    """Somebody who stood three days too often is spared."""
    found = named(make_duty([(0, 0), (1, 0)], [[1, 1]]), ["11", "11"], balance=[3000, 0])
    assert found.sum(axis=1).tolist() == [0, 2]


def test_one_duty_a_day() -> None:
    """A member of two groups is named for one of them, so that both are filled."""
    duty = make_duty([(0, 0), (0, 1), (1, 0)], [[1], [1]])
    assert named(duty, ["1", "1"]).tolist() == [[True], [True]]


def test_ties_follow_the_lottery() -> None:
    """Among equals the one drawn first in the account's lottery stands, whatever the row."""
    first = lottery_order(["A", "B", "C"], 1, MONDAY, "own/duty")[0]
    found = named(make_duty([(0, 0), (1, 0), (2, 0)], [[1]]), ["1", "1", "1"], ids="ABC")
    moved = named(make_duty([(0, 0), (1, 0), (2, 0)], [[1]]), ["1", "1", "1"], ids="CAB")
    assert "ABC"[int(np.flatnonzero(found[:, 0])[0])] == "ABC"[first]
    assert "CAB"[int(np.flatnonzero(moved[:, 0])[0])] == "ABC"[first]


def test_shares_are_rounded_once() -> None:
    """One third on each of two days is 667 thousandths, not twice 333."""
    duty = make_duty([(0, 0), (1, 0), (2, 0)], [[1, 1]])
    assert asked_of(duty, 4).tolist() == [667, 667, 667, 0]


def test_balances_are_rounded_half_up() -> None:
    """A quarter of a day goes up to a half, minus a quarter up to nothing."""
    assert rounded(np.array([249, 250, -250, -251, 750])).tolist() == [0, 500, 0, -500, 1000]


def test_many_days_are_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where common denominators outgrow 64 bits the shares are the same."""
    duty = make_duty(
        [(0, 0), (1, 0), (2, 0), (2, 1)], [[1, 2, 1], [1, 1, 0]], [[True, False, True], [True, True, True], [True] * 3, [True] * 3]
    )
    plain = asked_of(duty, 3).tolist()
    monkeypatch.setattr(naming, "LARGEST", 0)
    # A: 1/3 + 1/3. B: 1/3 + 2/2 + 1/3. C: as B, and 1 + 1 alone in the second group.
    assert asked_of(duty, 3).tolist() == plain == [667, 1667, 3667]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_batches_and_row_order_change_nothing(data: st.DataObject) -> None:
    """The same people are named when rows are permuted, and when every component is solved in a network of its own."""
    duty, office, balance = data.draw(cases())
    ids = "ABCD"[: len(office)]
    permutation = data.draw(st.permutations(range(len(office))))
    row_of = np.argsort(permutation)
    moved = replace(duty, person=row_of[duty.person])
    expected = named(duty, office, balance, ids)
    found = named(moved, [office[e] for e in permutation], [balance[e] for e in permutation], "".join(ids[e] for e in permutation))
    assert np.array_equal(found, expected[permutation])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(naming, "BATCH", 1)
        assert np.array_equal(named(duty, office, balance, ids), expected)


@st.composite
def cases(draw: st.DrawFn, most_people: int = 4, most_groups: int = 2) -> tuple[Duty, list[str], list[int]]:
    """Up to four people, unless told otherwise, in one or two groups over up to three days."""
    people, days, groups = draw(st.integers(1, most_people)), draw(st.integers(1, 3)), draw(st.integers(1, most_groups))
    pairs = [(person, group) for person in range(people) for group in range(groups)]
    members = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    opened = [[draw(st.integers(0, 5)) > 0 for _ in range(days)] for _ in members]
    size = [[sum(o[d] for (_, g), o in zip(members, opened, strict=True) if g == group) for d in range(days)] for group in range(groups)]
    need = [[draw(st.integers(0, min(2, size[group][d]))) for d in range(days)] for group in range(groups)]
    office = ["".join(draw(st.sampled_from("011")) for _ in range(days)) for _ in range(people)]
    balance = draw(st.lists(st.integers(-2000, 2000), min_size=people, max_size=people))
    return make_duty(members, need, opened), office, balance


def cost_of(duty: Duty, balance: list[int], days_named: list[int]) -> int:
    """Squares of days named and balances less shares, from their definition."""
    size = {
        (g, d): int(sum(duty.open[k, d] for k in range(len(duty.person)) if duty.group[k] == g)) for g, d in np.ndindex(duty.need.shape)
    }
    total = 0
    for person, days in enumerate(days_named):
        asked = Fraction(0)
        for k in np.flatnonzero(duty.person == person):
            for d in np.flatnonzero(duty.open[k]):
                asked += Fraction(int(duty.need[duty.group[k], d]), size[int(duty.group[k]), int(d)])
        share = (1000 * asked + Fraction(1, 2)) // 1
        beta = (Fraction(balance[person] - share, 500) + Fraction(1, 2)) // 1 * 500
        total += int((1000 * days + beta) ** 2)
    return total


def ways(duty: Duty, office: list[str], day: int) -> set[tuple[bool, ...]]:
    """Every largest set of people who fill the slots of a day, no slot above its need."""
    people = len(office)
    choices: list[list[int | None]] = [
        [
            None,
            *(int(duty.group[k]) for k in range(len(duty.person)) if duty.person[k] == e and duty.open[k, day] and office[e][day] == "1"),
        ]
        for e in range(people)
    ]
    fits = []
    for pick in itertools.product(*choices):
        filled = [pick.count(group) for group in range(len(duty.need))]
        if all(count <= duty.need[group, day] for group, count in enumerate(filled)):
            fits.append(pick)
    most = max(sum(group is not None for group in pick) for pick in fits)
    return {tuple(group is not None for group in pick) for pick in fits if sum(group is not None for group in pick) == most}


@settings(max_examples=80, deadline=None)
@given(cases())
def test_least_squares_of_all_ways(case: tuple[Duty, list[str], list[int]]) -> None:
    """The people named fill the slots of every day, at the least sum of squares of all ways to do so."""
    duty, office, balance = case
    found = named(duty, office, balance)
    days = range(duty.need.shape[1])
    all_ways = [ways(duty, office, day) for day in days]
    assert all(tuple(found[:, day].tolist()) in all_ways[day] for day in days)
    least = min(cost_of(duty, balance, [sum(bits) for bits in zip(*pick, strict=True)]) for pick in itertools.product(*all_ways))
    assert cost_of(duty, balance, found.sum(axis=1).tolist()) == least


def ranks_of(people: int, ids: str = "ABCDEF") -> list[int]:
    """The lottery rank of everybody."""
    return np.argsort(lottery_order(list(ids[:people]), 1, MONDAY, "own/duty")).tolist()


@settings(max_examples=80, deadline=None)
@given(cases())
def test_then_least_ranks_of_all_ways(case: tuple[Duty, list[str], list[int]]) -> None:
    """Of all ways of least squares the sum of lottery ranks is least, and nobody stands on another number of days at the same costs."""
    duty, office, balance = case
    ranks = ranks_of(len(office))
    all_ways = [ways(duty, office, day) for day in range(duty.need.shape[1])]
    counts = {tuple(sum(bits) for bits in zip(*pick, strict=True)) for pick in itertools.product(*all_ways)}
    costs = {days: (cost_of(duty, balance, list(days)), sum(np.multiply(days, ranks))) for days in counts}
    assert [tuple(named(duty, office, balance).sum(axis=1).tolist())] == [days for days in counts if costs[days] == min(costs.values())]


def network(duty: Duty, office: list[str], balance: list[int], ids: str) -> list[int]:
    """Days that everybody is named, by one network over all: people, their days, slots; ranks and weights over everybody."""
    people, (groups, days) = len(office), duty.need.shape
    beta, ranks = rounded(np.array(balance) - asked_of(duty, people)).tolist(), ranks_of(people, ids)
    visit, slot = (lambda e, d: people + e * days + d), (lambda g, d: people + people * days + g * days + d)
    source, sink = slot(groups, 0), slot(groups, 1)
    heaviest = people * (int(duty.need.sum()) + 1)
    flow = min_cost_flow.SimpleMinCostFlow()
    climbs = [
        flow.add_arc_with_capacity_and_unit_cost(source, e, 1, (2 * k + 1 + 2 * beta[e] // 1000) * heaviest + ranks[e])
        for e, k in np.ndindex(people, days)
    ]
    for e, d in np.ndindex(people, days):
        flow.add_arc_with_capacity_and_unit_cost(e, visit(e, d), 1, 0)
    for (k, d), opened in np.ndenumerate(duty.open):
        if opened and office[duty.person[k]][d] == "1":
            flow.add_arc_with_capacity_and_unit_cost(visit(duty.person[k], d), slot(duty.group[k], d), 1, 0)
    for (g, d), need in np.ndenumerate(duty.need):
        flow.add_arc_with_capacity_and_unit_cost(slot(g, d), sink, need, 0)
    flow.set_node_supply(source, int(duty.need.sum()))
    flow.set_node_supply(sink, -int(duty.need.sum()))
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    return np.reshape([flow.flow(arc) for arc in climbs], (people, days)).sum(axis=1).tolist()


@settings(max_examples=80, deadline=None)
@given(cases(most_people=9, most_groups=4))
def test_one_network_over_all_names_as_often(case: tuple[Duty, list[str], list[int]]) -> None:
    """Networks that leave out days and weigh every component by itself name everybody as often as the plain network over all."""
    duty, office, balance = case
    assert named(duty, office, balance, "ABCDEFGHI").sum(axis=1).tolist() == network(duty, office, balance, "ABCDEFGHI")


@pytest.mark.parametrize("batch", [1, 1_500])
def test_an_executor_names_the_same(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches can be pickled and solved in any order: whoever calls them, the same people are named."""
    duty = make_duty([(e, e // 3) for e in range(6)], [[1, 2, 1], [2, 1, 1]])
    office = ["110", "111", "011", "101", "111", "110"]
    monkeypatch.setattr(naming, "BATCH", batch)
    calls = []

    def each(function: Callable[..., np.ndarray], batches: Iterable[naming.Batch]) -> list[np.ndarray]:
        work = [pickle.dumps((function, arrays)) for arrays in batches]
        calls.extend(work)
        found = {k: call(*arguments) for k, (call, *arguments) in reversed(list(enumerate(map(pickle.loads, work))))}
        return [found[k] for k in range(len(work))]

    expected = named(duty, office)
    found = name_duty(
        duty,
        np.array([[letter == "1" for letter in line] for line in office]),
        balance=np.zeros(6, dtype=np.int64),
        seed=1,
        first_day=MONDAY,
        ids=list("ABCDEF"),
        each=each,
    )
    assert np.array_equal(found.dense, expected)
    assert len(calls) == (2 if batch == 1 else 1)


@pytest.mark.parametrize("ids", ["ABCDEFG", "CDABEFG", "FGABCDE"])
@pytest.mark.parametrize("others", range(1, 6))
def test_who_has_which_day_is_nobody_elses_affair(others: int, ids: str) -> None:
    """A and B share two days, one each, and either order is as good; who else stands for duty in another group does not change it."""
    pair = [(0, 0), (1, 0)]
    alone = named(make_duty(pair, [[1, 1]]), ["11", "11"], [0, 0], ids[:2])
    more = [*pair, *((2 + e, 1) for e in range(others))]
    beside = named(make_duty(more, [[1, 1], [1, 1]]), ["11"] * (2 + others), [0] * (2 + others), ids[: 2 + others])
    assert beside[:2].tolist() == alone.tolist()
