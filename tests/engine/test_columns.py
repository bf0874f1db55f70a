"""Relaxations over cells and week patterns: bounds that hold, plans that meet them."""

from __future__ import annotations

import itertools
import threading
import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.part import Part, PartRows
from giliran.engine.columns import branching, enumeration, pricing
from giliran.engine.columns.face import price
from giliran.engine.columns.highs import Verdict, Whole
from giliran.engine.columns.relaxation import ColumnResult, plan_over_cells, solve_columns
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of
from giliran.engine.columns.steps import Step
from giliran.program import HARD, INFINITE, Ladders

PEOPLE, DAYS, TIERS = 3, 4, 3
CELLS = PEOPLE * DAYS
WEEKS = np.array([0, 0, 1, 1])
PERSON, DAY = np.divmod(np.arange(CELLS), DAYS)

Row = tuple[dict[int, int], int, int, int, int]
"""Coefficients by column, lower and upper bound, tier, weight."""


def ints(values: object) -> np.ndarray:
    """An int64 array."""
    return np.array(values, dtype=np.int64)


def starts(sizes: list[int]) -> np.ndarray:
    """CSR starts."""
    return ints([0, *itertools.accumulate(sizes)])


def make_part(
    rows: list[Row],
    ladders: list[tuple[list[int], list[int], int]] | None = None,
    switches: list[tuple[int, int, int, int]] | None = None,
    cost: np.ndarray | None = None,
    aux: list[int] | None = None,
) -> Part:
    """A part of 3 people × 4 days in two weeks, with auxiliary columns up to the given bounds."""
    ladders, aux = ladders or [], aux or []
    rows = [*rows, *(({first: 1, second: -1}, 0, 0, tier, weight) for first, second, weight, tier in switches or [])]
    n = CELLS + len(aux)
    return Part(
        columns=np.arange(n),
        cells=np.arange(CELLS),
        lo=ints([0] * n),
        hi=ints([1] * CELLS + aux),
        rows=PartRows(
            starts([len(row[0]) for row in rows]),
            ints([col for row in rows for col in row[0]]),
            ints([coef for row in rows for coef in row[0].values()]),
            *(ints([row[k] for row in rows]) for k in (1, 2, 3, 4)),
        ),
        ladders=Ladders(
            starts([len(cells) for cells, _, _ in ladders]),
            ints([col for cells, _, _ in ladders for col in cells]),
            ints([step for _, steps, _ in ladders for step in steps]),
            ints([tier for _, _, tier in ladders]),
        ),
        cost=np.zeros((TIERS, n), dtype=np.int64) if cost is None else cost,
        broken=False,
    )


def every_plan(part: Part) -> np.ndarray:
    """Costs of all allowed plans by trying everything : int64[K, T]."""
    x = np.indices(part.hi + 1).reshape(part.num_columns, -1).T
    total = x @ part.cost.T
    allowed = np.ones(len(x), dtype=bool)
    rows, ladders = part.rows, part.ladders
    for k in range(len(rows)):
        entries = slice(rows.start[k], rows.start[k + 1])
        activity = x[:, rows.col[entries]] @ rows.coef[entries]
        miss = np.maximum(0, np.maximum(rows.lo[k] - activity, activity - rows.hi[k]))
        if rows.tier[k] == HARD:
            allowed &= miss == 0
        else:
            total[:, rows.tier[k]] += rows.weight[k] * miss
    for k in range(len(ladders)):
        entries = slice(ladders.start[k], ladders.start[k + 1])
        stairs = np.concatenate([[0], np.cumsum(ladders.step[entries])])
        total[:, ladders.tier[k]] += stairs[x[:, ladders.col[entries]].sum(axis=1)]
    return total[allowed]


def best(costs: np.ndarray) -> tuple[int, ...] | None:
    """The lexicographically least costs."""
    return min(map(tuple, costs.tolist()), default=None)


def run(part: Part) -> ColumnResult:
    """The relaxations of a part."""
    return solve_columns(part, PERSON, DAY, WEEKS)


OWN = [[person * DAYS + day for day in days] for person in range(PEOPLE) for days in ([0, 1], [1, 2], [2, 3], [0, 1, 2], [0, 1, 2, 3])]
SHARED = [[person * DAYS + day for person in people] for day in range(DAYS) for people in ([0, 1, 2], [0, 1], [1, 2])]
MIXED = [[0, 5], [1, 6, 11], [2, 3, 8, 9]]


@st.composite
def parts(draw: st.DrawFn, *, aux: bool = True) -> Part:
    """Parts with rows of every shape: within a week, over two, crossing groups; hard and soft; ladders, switches, auxiliary columns."""
    spare = draw(st.lists(st.integers(1, 2), max_size=1)) if aux else []
    rows: list[Row] = []
    for cells in draw(st.lists(st.sampled_from(OWN + SHARED + MIXED), max_size=7)):
        coefs = {col: draw(st.sampled_from([1, 1, 1, 2, -1])) for col in cells}
        if spare and draw(st.booleans()):
            coefs[CELLS] = draw(st.sampled_from([-1, 1]))
        lo = draw(st.one_of(st.just(-INFINITE), st.integers(-1, len(cells) - 1)))
        hi = draw(st.one_of(st.just(INFINITE), st.integers(max(lo, 0), len(cells))))
        soft = draw(st.booleans())
        rows.append((coefs, lo, hi, draw(st.integers(0, TIERS - 1)) if soft else HARD, draw(st.integers(1, 3)) if soft else 0))
    ladders = [
        (cells, sorted(draw(st.lists(st.integers(-3, 3), min_size=len(cells), max_size=len(cells)))), draw(st.integers(0, TIERS - 1)))
        for cells in draw(st.lists(st.sampled_from(OWN + SHARED), max_size=4))
    ]
    pairs = draw(st.lists(st.sampled_from([c for c in OWN if len(c) == 2] + [[0, 4]]), max_size=4))
    switches = [(first, second, draw(st.integers(1, 2)), draw(st.integers(0, TIERS - 1))) for first, second in pairs]
    width = CELLS + len(spare)
    cost = ints(draw(st.lists(st.lists(st.integers(-2, 2), min_size=width, max_size=width), min_size=TIERS, max_size=TIERS)))
    return make_part(rows, ladders, switches, cost, spare)


@settings(deadline=None, max_examples=60)
@given(parts())
def test_relaxations_equal_trying_everything(part: Part) -> None:
    """Without a limit the plan is the lexicographically best one, and there is none exactly where no plan is allowed."""
    result = run(part)
    expected = best(every_plan(part))
    assert (None if result.values is None else tuple(result.values.tolist())) == expected


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts())
def test_bounds_hold_for_every_plan(part: Part) -> None:
    """No plan that costs no more in the tiers before costs less than the bound of a tier."""
    result, costs = run(part), every_plan(part)
    for tier in range(TIERS):
        if len(costs):
            assert costs[:, tier].min() >= result.bounds[tier]
        if result.values is None:
            break
        costs = costs[costs[:, tier] <= result.values[tier]]


@settings(deadline=None, max_examples=60)
@given(parts(), st.data())
def test_any_multipliers_prove_a_bound(part: Part, data: st.DataObject) -> None:
    """Weak duality needs no good multipliers: whatever whole numbers stand there, no allowed plan is below what they prove."""
    bare = make_part([row for row in _rows(part) if row[3] == HARD], cost=part.cost[:, :CELLS])
    face = settle(face_of(bare))
    many = face.rows.shape[0]
    y = ints(data.draw(st.lists(st.integers(-5, 5), min_size=many, max_size=many)))
    scale = data.draw(st.integers(1, 4))
    priced = price(face, face.cost[0], y, scale)
    costs = every_plan(bare)
    assert priced is not None
    assert not len(costs) or scale * (costs[:, 0].min() - face.constant[0]) >= priced.proven


def _rows(part: Part) -> list[Row]:
    """The rows of a part over its cells, as they were given to `make_part`."""
    rows, out = part.rows, []
    for r in range(len(rows)):
        entries = slice(rows.start[r], rows.start[r + 1])
        coefs = {col: coef for col, coef in zip(rows.col[entries].tolist(), rows.coef[entries].tolist(), strict=True) if col < CELLS}
        out.append((coefs, int(rows.lo[r]), int(rows.hi[r]), int(rows.tier[r]), int(rows.weight[r])))
    return out


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts())
def test_patterns_let_in_one_by_one_change_nothing(part: Part) -> None:
    """Solving over few patterns first gives the same values as solving over all of them."""
    expected = best(every_plan(part))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("FEW", 0), ("FIRST_CHOICES", 1), ("MORE_CHOICES", 1)):
            patch.setattr(pricing, name, value)
        result = run(part)
    assert (None if result.values is None else tuple(result.values.tolist())) == expected


@settings(deadline=None, max_examples=60)
@given(parts(aux=False), st.booleans())
def test_what_is_known_halfway_holds(part: Part, cells: bool) -> None:
    """Where a part is not proven in every tier, its plan keeps every row and no bound is above the best plan's cost."""
    how = plan_over_cells(part, PERSON, DAY, WEEKS) if cells else solve_columns(part, PERSON, DAY, WEEKS, patterns=False)
    expected = best(every_plan(part))
    assert how.x is None or (expected is not None and part.kept(how.x) and np.array_equal(part.values(how.x), how.values))
    for bound, claim, least in zip(how.bounds.tolist(), how.claimed.tolist(), expected or (), strict=False):
        assert bound <= claim <= least
        if bound < least:
            break


def turns() -> Part:
    """Three people, of whom exactly one is in the office each day; switches cost."""
    rows: list[Row] = [({person * DAYS + day: 1 for person in range(PEOPLE)}, 1, 1, HARD, 0) for day in range(DAYS)]
    return make_part(rows, switches=[(person * DAYS + day, person * DAYS + day + 1, 1, 1) for person in range(PEOPLE) for day in (0, 2)])


def test_nothing_is_begun_after_the_deadline() -> None:
    """Without time there is no plan, and the bounds are what holds for any values."""
    result = solve_columns(turns(), PERSON, DAY, WEEKS, deadline=time.monotonic() - 1)
    assert result.x is None
    assert result.bounds.tolist() == [0, 0, 0]
    assert not result.proven.any()


def test_a_cancel_ends_the_work() -> None:
    """A cancel that is set leaves the part to others."""
    cancel = threading.Event()
    cancel.set()
    assert solve_columns(turns(), PERSON, DAY, WEEKS, cancel=cancel).x is None


def test_what_is_proven_is_proven_by_whole_numbers() -> None:
    """One person a day and no switch inside a week: both weeks cost nothing, and every tier is proven."""
    result = run(turns())
    assert result.proven.all()
    assert result.values is not None
    assert result.values.tolist() == [0, 0, 0]


def test_a_gap_is_not_hidden() -> None:
    """Three pairs of which one each must be in need two people; half a person each proves 2 after rounding up, and no more."""
    rows: list[Row] = [({a: 1, b: 1}, 1, INFINITE, HARD, 0) for a, b in ((0, 4), (4, 8), (0, 8))]
    result = run(make_part(rows, cost=ints([[1] * CELLS, [0] * CELLS, [0] * CELLS])))
    assert result.values is not None
    assert (result.values[0], result.bounds[0]) == (2, 2)


def three_of_three() -> Part:
    """Of each pair of three people one is in, on two days: half a person each makes 3, whole people make 4."""
    rows: list[Row] = [({a + d: 1, b + d: 1}, 1, INFINITE, HARD, 0) for d in (0, 2) for a, b in ((0, 4), (4, 8), (0, 8))]
    return make_part(rows, cost=ints([[1] * CELLS, [0] * CELLS, [0] * CELLS]))


def test_branching_closes_a_gap() -> None:
    """What multipliers leave open is proven by multipliers in every branch."""
    result = run(three_of_three())
    assert result.values is not None
    assert (result.values[0], result.bounds[0]) == (4, 4)
    assert result.proven.all()


def test_an_open_gap_is_told_from_what_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without branching 3 is proven, and 4 is only claimed."""
    monkeypatch.setattr(branching, "MOST_NODES", 0)
    result = run(three_of_three())
    assert result.values is not None
    assert (result.values[0], result.bounds[0], result.claimed[0]) == (4, 3, 4)
    assert not result.proven.any()


@pytest.mark.parametrize(
    ("slack", "whole", "claimed"),
    [
        (4, Whole(Verdict.IMPOSSIBLE), 20),
        (4, Whole(Verdict.SOLVED, np.zeros(0, dtype=np.int64), 3), 17),
        (4, Whole(Verdict.OPEN, None, 3), 17),
        (4, Whole(Verdict.OPEN, None, 90), 20),
        (4, Whole(Verdict.OPEN, None, -7), 15),
        (4, Whole(Verdict.OPEN), 15),
        (None, Whole(Verdict.IMPOSSIBLE), 15),
        (None, Whole(Verdict.OPEN, None, 90), 104),
    ],
)
def test_what_branch_and_bound_rules_out_stays(slack: int | None, whole: Whole, claimed: int) -> None:
    """15 are proven, the plans that were searched cost 14 more than their columns: no less than they, or than what was not searched."""
    proven: Any = SimpleNamespace(bound=10)
    near: Any = SimpleNamespace(constant=np.array([0, 9]))
    state: Any = None
    step = Step({}, state, state, np.zeros(0, dtype=np.int64), 5, proven, 15)
    assert step.searched(near, slack, whole).claimed == claimed


def test_a_looser_limit_that_lets_nothing_more_in_is_left_out() -> None:
    """Where at most 1, 2 and 4 above the bound are as many columns the last two are left out; all plans are looked at in the end."""
    columns = {0: 0, 1: 3, 2: 3, 4: 3, 8: 5, 16: 5, 64: 5, None: 5}
    face = SimpleNamespace(graph=None)
    step: Any = SimpleNamespace(face=face, near=lambda slack: SimpleNamespace(num_columns=columns[slack]))
    assert [(slack, near.num_columns) for slack, near in Step.nearest(step)] == [(0, 0), (1, 3), (8, 5), (None, 5)]


@settings(deadline=None, max_examples=30)
@given(parts())
def test_blocks_with_too_many_patterns_are_cut(part: Part) -> None:
    """People whose plans are too many to be written down are cut between weeks, and the values stay the same."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("A_WEEK", 2), ("MOST_PATTERNS", 6)):
            patch.setattr(enumeration, name, value)
        result = run(part)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))
