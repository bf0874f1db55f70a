"""Names that are promised, and names under several rules on one day, against trying all ways."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from threading import Event

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from giliran.domain.lottery import lottery_order
from giliran.engine.base.outcome import EngineOptions, Outcome
from giliran.engine.duty.joint_naming import NamedOfficers, name_all
from giliran.engine.duty.pairs import Draw, Request
from giliran.engine.run import optimise
from giliran.rules.answers import Promised
from tests.builders import MONDAY
from tests.engine.test_naming import make_duty

IDS = "ABCDE"


def request(
    rule: str,
    members: list[tuple[int, int]],
    need: list[list[int]],
    *,
    people: int,
    account: str = "",
    balance: list[int] | None = None,
    published: list[tuple[int, int]] = (),
    pinned: list[tuple[int, int]] = (),
    fixed: list[tuple[int, int]] = (),
    closed: list[tuple[int, int]] = (),
) -> Request:
    """A duty of `(person, group)` members, with promised names as `(person, day)` and closed groups as `(group, day)`."""
    duty = replace(make_duty(members, need), rule=rule, account=account or rule)

    def marks(shape: tuple[int, ...], cells: list[tuple[int, int]]) -> np.ndarray:
        out = np.zeros(shape, dtype=bool)
        for cell in cells:
            out[cell] = True
        return out

    shape = people, duty.need.shape[1]
    promised = Promised(marks(shape, fixed), marks(duty.need.shape, closed), marks(shape, pinned), marks(shape, published))
    return Request(duty, np.array(balance or [0] * people, dtype=np.int64), promised)


def name(requests: list[Request], office: list[str], search: Callable[..., Outcome] = optimise) -> NamedOfficers:
    """Names for everybody in the office, "11" being both of two days."""
    cells = np.array([[letter == "1" for letter in line] for line in office])
    return name_all(requests, cells, Draw(1, MONDAY, list(IDS[: len(office)])), EngineOptions(), optimise=search)


# -- by hand -------------------------------------------------------------------------------------------------------------------------


def test_nobody_has_two_duties_if_it_can_be_helped() -> None:
    """A alone may stand second, and owes days of first; B stands first all the same."""
    first = request("first", [(0, 0), (1, 0)], [[1]], people=2, balance=[-5000, 0])
    second = request("second", [(0, 0)], [[1]], people=2)
    found = name([first, second], ["1", "1"]).duty
    assert found["first"].tolist() == [[False], [True]]
    assert found["second"].tolist() == [[True], [False]]


def test_nobody_is_named_twice_before_published_names() -> None:
    """The published plan has A first and second; one of the two goes to B."""
    both = [(0, 0), (1, 0)]
    requests = [request(rule, both, [[1]], people=2, published=[(0, 0)]) for rule in ("first", "second")]
    found = name(requests, ["1", "1"]).duty
    assert (found["first"].sum(), found["second"].sum(), (found["first"] & found["second"]).sum()) == (1, 1, 0)


def test_published_names_come_before_balances() -> None:
    """A owes nothing and B owes ten days, but A is published for Monday; Tuesday is B's."""
    found = name([request("r", [(0, 0), (1, 0)], [[1, 1]], people=2, balance=[0, -10000], published=[(0, 0)])], ["11", "11"]).duty["r"]
    assert found.tolist() == [[True, False], [False, True]]


def test_kept_names_count() -> None:
    """A keeps Monday and Tuesday, so Wednesday and Thursday are B's."""
    found = name([request("r", [(0, 0), (1, 0)], [[1, 1, 1, 1]], people=2, published=[(0, 0), (0, 1)])], ["1111", "1111"]).duty["r"]
    assert found.tolist() == [[True, True, False, False], [False, False, True, True]]


def test_a_published_officer_who_is_away_is_replaced() -> None:
    """A is published for both days but at home on Monday."""
    found = name([request("r", [(0, 0), (1, 0)], [[1, 1]], people=2, published=[(0, 0), (0, 1)])], ["01", "11"]).duty["r"]
    assert found.tolist() == [[False, True], [True, False]]


def test_pinned_names_come_before_published_ones() -> None:
    """Of two who are promised one place the pinned one has it."""
    found = name([request("r", [(0, 0), (1, 0)], [[1]], people=2, published=[(0, 0)], pinned=[(1, 0)])], ["1", "1"]).duty["r"]
    assert found.tolist() == [[False], [True]]


def test_fixed_names_stand_and_count() -> None:
    """A, now at home, is fixed on Monday, and nobody else is named for the closed day; Tuesday is B's, who has had no day yet."""
    found = name([request("r", [(0, 0), (1, 0)], [[1, 1]], people=2, fixed=[(0, 0)], closed=[(0, 0)])], ["01", "11"]).duty["r"]
    assert found.tolist() == [[True, False], [False, True]]


def test_fixed_names_of_other_rules_are_names() -> None:
    """A is fixed for first on Monday, so second goes to B although she has stood ten days more."""
    both = [(0, 0), (1, 0)]
    first = request("first", both, [[1]], people=2, fixed=[(0, 0)], closed=[(0, 0)])
    found = name([first, request("second", both, [[1]], people=2, balance=[0, 10000])], ["1", "1"]).duty
    assert found["second"].tolist() == [[False], [True]]


def test_without_time_names_stay_as_each_rule_gave_them() -> None:
    """A search that is ended at once leaves a complete naming, and says whose names are unproven."""
    first = request("first", [(0, 0), (1, 0)], [[1]], people=2, balance=[-5000, 0])
    second = request("second", [(0, 0)], [[1]], people=2)
    found = name([first, second], ["1", "1"], lambda *a, options, **k: optimise(*a, options=replace(options, cancel=_set()), **k))
    assert found.duty["first"].sum() == found.duty["second"].sum() == 1
    assert found.unproven.tolist() == [0, 1]
    assert not found.reproducible


def _set() -> object:
    from threading import Event

    event = Event()
    event.set()
    return event


# -- all ways ------------------------------------------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn, rules: int, people: int = 4, days: int = 2, most_groups: int = 2) -> tuple[list[Request], list[str]]:
    """Some duties over a few people, a group or more each, with promises of every kind."""
    people = draw(st.integers(2, people))
    office = ["".join(draw(st.sampled_from("0111")) for _ in range(days)) for _ in range(people)]
    cells = st.lists(st.tuples(st.integers(0, people - 1), st.integers(0, days - 1)), max_size=3, unique=True)
    requests = []
    for rule in range(rules):
        groups = draw(st.integers(1, most_groups))
        pairs = [(person, group) for person in range(people) for group in range(groups)]
        members = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
        size = [sum(group == g for _, group in members) for g in range(groups)]
        need = [[draw(st.integers(0, min(2, size[g]))) for _ in range(days)] for g in range(groups)]
        frozen = draw(st.booleans())
        requests.append(
            request(
                f"r{rule}",
                members,
                need,
                people=people,
                balance=draw(st.lists(st.integers(-2000, 2000), min_size=people, max_size=people)),
                published=[(e, d) for e, d in draw(cells) if d > 0 or not frozen],
                pinned=[(e, d) for e, d in draw(cells) if d > 0 or not frozen],
                fixed=[(e, 0) for e, _ in draw(cells)] if frozen else [],
                closed=[(g, 0) for g in range(groups) if draw(st.booleans())] if frozen else [],
            )
        )
    return requests, office


def ways(asked: Request, office: list[str], day: int) -> set[tuple[bool, ...]]:
    """Every largest set of people who fill what is open on a day, nobody above the need of a group, beside those who are fixed."""
    duty, promised = asked.duty, asked.promised
    choices: list[list[int | None]] = []
    for e in range(len(office)):
        mine = [int(g) for k, g in enumerate(duty.group) if duty.person[k] == e and duty.open[k, day] and not promised.closed[g, day]]
        choices.append([None, *(mine if office[e][day] == "1" and not promised.fixed[e, day] else [])])
    fits = [p for p in itertools.product(*choices) if all(p.count(g) <= duty.need[g, day] for g in range(len(duty.need)))]
    most = max(sum(g is not None for g in p) for p in fits)
    return {
        tuple(g is not None or bool(promised.fixed[e, day]) for e, g in enumerate(p)) for p in fits if sum(g is not None for g in p) == most
    }


def squares(accounts: dict[str, list[Request]], named: dict[str, np.ndarray]) -> int:
    """Squares of days named and balances less shares over all accounts, from their definition."""
    total = 0
    for members in accounts.values():
        for e in range(len(members[0].balance)):
            asked, days = [Fraction(0)] * len(members), 0
            for n, one in enumerate(members):
                duty = one.duty
                days += int(named[duty.rule][e].sum())
                for k in np.flatnonzero(duty.person == e):
                    for d in np.flatnonzero(duty.open[k]):
                        size = sum(bool(duty.open[j, d]) for j in np.flatnonzero(duty.group == duty.group[k]))
                        asked[n] += Fraction(int(duty.need[duty.group[k], d]), size)
            share = sum((1000 * each + Fraction(1, 2)) // 1 for each in asked)
            beta = (Fraction(int(members[0].balance[e]) - share, 500) + Fraction(1, 2)) // 1 * 500
            total += int((1000 * days + beta) ** 2)
    return total


def ranks_among_tied(requests: list[Request], office: list[str]) -> dict[tuple[str, int], int]:
    """In the lottery of an account, how many of those who are tied to a person there were drawn before; nobody else counts.

    People are tied by a group and day that they could fill, and what a person could fill on one day ties accounts.
    """
    tied: dict[tuple[str, int], set[tuple[str, int]]] = {}

    def tie(some: list[tuple[str, int]]) -> None:
        together = set(some).union(*(tied.get(one, set()) for one in some))
        tied.update(dict.fromkeys(together, together))

    for day in range(len(office[0])):
        by_person: dict[int, list[tuple[str, int]]] = {}
        for one in requests:
            duty, promised = one.duty, one.promised
            assert promised is not None
            for g in range(len(duty.need)):
                open_ = [int(duty.person[k]) for k in np.flatnonzero((duty.group == g) & duty.open[:, day])]
                could = [e for e in open_ if office[e][day] == "1" and not promised.fixed[e, day]]
                if duty.need[g, day] and not promised.closed[g, day] and could:
                    tie([(duty.account, e) for e in could])
                    for e in could:
                        by_person.setdefault(e, []).append((duty.account, e))
        for nodes in by_person.values():
            tie(nodes)
    out = {}
    for node, together in tied.items():
        order = lottery_order(list(IDS[: len(office)]), 1, MONDAY, node[0]).tolist()
        out[node] = sum(account == node[0] and order.index(e) < order.index(node[1]) for account, e in together)
    return out


def worth(requests: list[Request], office: list[str], named: dict[str, np.ndarray]) -> tuple[int, ...]:
    """What a naming costs, most important first."""
    accounts: dict[str, list[Request]] = {}
    for one in requests:
        accounts.setdefault(one.duty.account, []).append(one)
    times = sum(cells.astype(int) for cells in named.values())
    rank = ranks_among_tied(requests, office)
    ranks = sum(rank.get((one.duty.account, e), 0) * int(named[one.duty.rule][e].sum()) for one in requests for e in range(len(office)))
    lost = {kind: sum(int((getattr(one.promised, kind) & ~named[one.duty.rule]).sum()) for one in requests) for kind in ("pinned",)}
    published = sum(int((one.promised.published & ~one.promised.pinned & ~named[one.duty.rule]).sum()) for one in requests)
    return lost["pinned"], int(np.maximum(times - 1, 0).sum()), published, squares(accounts, named), ranks


def namings(requests: list[Request], office: list[str]) -> Iterator[dict[str, np.ndarray]]:
    """Every naming that fills what can be filled."""
    days = range(len(office[0]))
    per_rule = [list(itertools.product(*[sorted(ways(one, office, day)) for day in days])) for one in requests]
    for pick in itertools.product(*per_rule):
        yield {one.duty.rule: np.array(columns).T for one, columns in zip(requests, pick, strict=True)}


def assert_best(requests: list[Request], office: list[str]) -> None:
    """The names found are among all namings, and none is better."""
    found = name(requests, office)
    mine = {rule: cells.tolist() for rule, cells in found.duty.items()}
    every = list(namings(requests, office))
    assume(len(every) <= 3000)
    assert mine in [{rule: cells.tolist() for rule, cells in named.items()} for named in every]
    assert worth(requests, office, found.duty) == min(worth(requests, office, named) for named in every)
    assert not len(found.unproven)


@settings(max_examples=100, deadline=None)
@given(cases(rules=1))
def test_promises_of_one_rule(case: tuple[list[Request], list[str]]) -> None:
    """Pinned names, published names, squares, lottery: of all namings of one rule the best is found."""
    assert_best(*case)


@pytest.mark.once
@settings(max_examples=100, deadline=None)
@given(cases(rules=2))
def test_two_rules(case: tuple[list[Request], list[str]]) -> None:
    """Pinned names, people named twice, published names, squares, lottery: of all namings of two rules the best is found."""
    assert_best(*case)


@settings(max_examples=40, deadline=None)
@given(cases(rules=3, people=3))
def test_three_rules(case: tuple[list[Request], list[str]]) -> None:
    """The same for three."""
    assert_best(*case)


@pytest.mark.once
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_rules_that_share_an_account(data: st.DataObject) -> None:
    """Two rules that keep one account are weighed together where somebody could be named under both."""
    balance = data.draw(st.lists(st.integers(-2000, 2000), min_size=3, max_size=3))
    everybody = [(e, 0) for e in range(3)]
    needs = data.draw(st.lists(st.lists(st.integers(1, 2), min_size=2, max_size=2), min_size=2, max_size=2))
    assert_best([request(f"r{k}", everybody, [need], people=3, account="a", balance=balance) for k, need in enumerate(needs)], ["11"] * 3)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_order_of_rows_and_rules_changes_nothing(data: st.DataObject) -> None:
    """The same people are named when rows of people and rules are permuted."""
    requests, office = data.draw(cases(rules=2, most_groups=1))
    order = data.draw(st.permutations(range(len(office))))
    row_of = np.argsort(order)
    moved = [
        Request(
            replace(one.duty, person=row_of[one.duty.person]),
            one.balance[order],
            replace(
                one.promised,
                fixed=one.promised.fixed[order],
                pinned=one.promised.pinned[order],
                published=one.promised.published[order],
            ),
        )
        for one in reversed(requests)
    ]
    cells = np.array([[letter == "1" for letter in office[e]] for e in order])
    found = name_all(moved, cells, Draw(1, MONDAY, [IDS[e] for e in order]), EngineOptions(), optimise=optimise).duty
    expected = name(requests, office).duty
    assert all(found[rule].tolist() == expected[rule][order].tolist() for rule in expected)


@settings(max_examples=40, deadline=None)
@given(cases(rules=2), st.lists(st.sampled_from("0FKZqm7"), min_size=3, max_size=3, unique=True))
def test_others_change_no_names(case: tuple[list[Request], list[str]], ids: list[str]) -> None:
    """Three people more, in a group of their own under each rule, change nobody else's names, wherever the lottery draws them."""
    requests, office = case
    people, days = len(office), len(office[0])
    more = [_with_others(one, people, days) for one in requests]
    cells = np.array([[letter == "1" for letter in line] for line in [*office, *["1" * days] * 3]])
    found = name_all(more, cells, Draw(1, MONDAY, [*IDS[:people], *ids]), EngineOptions(), optimise=optimise).duty
    for rule, expected in name(requests, office).duty.items():
        assert found[rule].tolist()[:people] == expected.tolist()


def _with_others(one: Request, people: int, days: int) -> Request:
    """The request with a group of three people behind the others, one of whom is needed every day."""
    duty, promised = one.duty, one.promised
    assert promised is not None
    wide = np.zeros((3, days), dtype=bool)
    return Request(
        replace(
            duty,
            person=np.append(duty.person, people + np.arange(3)),
            group=np.append(duty.group, np.full(3, len(duty.need))),
            open=np.concatenate([duty.open, ~wide]),
            need=np.concatenate([duty.need, np.ones((1, days), dtype=np.int64)]),
        ),
        np.append(one.balance, [0, 500, -500]),
        Promised(
            np.concatenate([promised.fixed, wide]),
            np.concatenate([promised.closed, wide[:1]]),
            np.concatenate([promised.pinned, wide]),
            np.concatenate([promised.published, wide]),
        ),
    )


def test_nobody_stands_for_both_though_there_is_no_time() -> None:
    """A run that is cancelled before names are looked for together: A and B have one of two duties each, of which one is enough."""
    cancelled = Event()
    cancelled.set()
    requests = [request(rule, [(0, 0), (1, 0)], [[1, 1]], people=2, balance=[-1000, 0]) for rule in ("first", "second")]
    requests = [replace(each, duty=replace(each.duty, one_each="pos")) for each in requests]
    found = name_all(requests, np.ones((2, 2), dtype=bool), Draw(1, MONDAY, ["A", "B"]), EngineOptions(cancel=cancelled), optimise=optimise)
    first, second = (found.duty[rule] for rule in ("first", "second"))
    assert (first ^ second).all() and (first.sum(axis=0) == 1).all()
    assert not found.reproducible and len(found.unproven)
