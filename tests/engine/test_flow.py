"""Flow parts: found exactly, solved exactly."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.part import Part, PartRows
from giliran.engine.flow import tierwise as solving
from giliran.engine.flow.laminar import colour_pairs
from giliran.engine.flow.network import network_of
from giliran.engine.flow.parts import solve_by_flow
from giliran.engine.flow.tierwise import solve_network
from giliran.program import HARD, INFINITE, Ladders
from tests.engine.test_columns import best, every_plan

PEOPLE, DAYS, TIERS = 3, 3, 3
CELLS = PEOPLE * DAYS


def ints(values: object) -> np.ndarray:
    """An int64 array."""
    return np.array(values, dtype=np.int64)


def starts(sets: list[list[int]]) -> np.ndarray:
    """CSR starts of sets."""
    return ints([0, *itertools.accumulate(len(s) for s in sets)])


def make_part(
    rows: list[tuple[list[int], int, int, int, int]],
    ladders: list[tuple[list[int], list[int], int]],
    cost: np.ndarray,
    aux: list[int] = [],  # noqa: B006 - never changed
    sparing: list[tuple[int, list[int]]] = [],  # noqa: B006
) -> Part:
    """A part of 3 people × 3 days; rows are (cells, lo, hi, tier, weight); aux columns with upper bounds stand with -1 in some rows."""
    cols = [cells + [CELLS + z for r, zs in sparing if r == k for z in zs] for k, (cells, *_) in enumerate(rows)]
    coef = [[1 if c < CELLS else -1 for c in col] for col in cols]
    return Part(
        columns=np.arange(CELLS + len(aux)),
        cells=np.arange(CELLS),
        lo=ints([0] * (CELLS + len(aux))),
        hi=ints([1] * CELLS + aux),
        rows=PartRows(
            starts(cols),
            ints([c for col in cols for c in col]),
            ints([c for col in coef for c in col]),
            *(ints([row[k] for row in rows]) for k in (1, 2, 3, 4)),
        ),
        ladders=Ladders(
            starts([cells for cells, _, _ in ladders]),
            ints([c for cells, _, _ in ladders for c in cells]),
            ints([s for _, steps, _ in ladders for s in steps]),
            ints([tier for _, _, tier in ladders]),
        ),
        cost=np.concatenate([cost, np.zeros((TIERS, len(aux)), dtype=np.int64)], axis=1),
        broken=False,
    )


def best_by_trying(part: Part) -> tuple[int, ...] | None:
    """The lexicographically least values over all cells and auxiliary columns."""
    assert not part.lo.any()
    return best(every_plan(part))


def flow_values(part: Part) -> tuple[int, ...] | None:
    """The values that the flow finds; auxiliary columns are set as high as they may be."""
    network = network_of(part, np.repeat(np.arange(PEOPLE), DAYS))
    assert network is not None
    flow = solve_network(network, TIERS)
    if flow is None:
        return None
    x = np.concatenate([flow.office(network), part.hi[CELLS:]])
    for r in range(len(part.rows)):
        entries = slice(part.rows.start[r], part.rows.start[r + 1])
        col = part.rows.col[entries]
        links = col[col >= CELLS]
        if len(links) == 1 and part.rows.lo[r] > -INFINITE:
            x[links[0]] = min(x[links[0]], x[col[col < CELLS]].sum() - part.rows.lo[r])
    assert part.kept(x)
    return tuple(int(v) for v in part.values(x))


PERSONAL = [[e * DAYS + d for d in days] for e in range(PEOPLE) for days in ([0, 1, 2], [0, 1])]
GROUPS = [[e * DAYS + d for e in people] for d in range(DAYS) for people in ([0, 1, 2], [0, 1])]


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """Parts whose sets are nested within people and within days, hard and soft, with ladders and linear costs."""
    rows, ladders = [], []
    for cells in draw(st.lists(st.sampled_from(PERSONAL + GROUPS), max_size=6)):
        lo = draw(st.one_of(st.just(-INFINITE), st.integers(0, len(cells))))
        hi = draw(st.one_of(st.just(INFINITE), st.integers(max(lo, 0), len(cells))))
        soft = draw(st.booleans())
        rows.append((list(cells), lo, hi, draw(st.integers(0, TIERS - 1)) if soft else HARD, draw(st.integers(1, 3)) if soft else 0))
    for cells in draw(st.lists(st.sampled_from(PERSONAL + GROUPS), max_size=4)):
        ladders.append(
            (list(cells), sorted(draw(st.lists(st.integers(-3, 3), min_size=len(cells), max_size=len(cells)))), draw(st.integers(0, 2)))
        )
    cost = ints(draw(st.lists(st.lists(st.integers(-2, 2), min_size=CELLS, max_size=CELLS), min_size=TIERS, max_size=TIERS)))
    return make_part(rows, ladders, cost)


@settings(deadline=None, max_examples=60)
@given(parts())
def test_flow_equals_trying_everything(part: Part) -> None:
    """Values of all tiers of a flow part are the lexicographic least, and a flow without a plan is a part without one."""
    assert flow_values(part) == best_by_trying(part)


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(
    parts(), st.lists(st.tuples(st.sets(st.sampled_from(range(PEOPLE)), min_size=2, max_size=2), st.integers(1, 2)), min_size=1, max_size=3)
)
def test_floors_left_out_first(part: Part, floors: list[tuple[set[int], int]]) -> None:
    """Crossing floors are left out and tried on what every tier leaves; whatever is solved that way is best."""
    old = part.rows
    cells = [sorted(e * DAYS for e in people) for people, _ in floors]
    rows = PartRows(
        np.concatenate([old.start, old.start[-1] + np.cumsum([len(c) for c in cells])]),
        np.concatenate([old.col, ints([c for cs in cells for c in cs])]),
        np.concatenate([old.coef, ints([1 for cs in cells for _ in cs])]),
        np.concatenate([old.lo, ints([need for _, need in floors])]),
        np.concatenate([old.hi, ints([INFINITE] * len(floors))]),
        np.concatenate([old.tier, ints([HARD] * len(floors))]),
        np.concatenate([old.weight, ints([0] * len(floors))]),
    )
    whole = replace(part, rows=rows)
    for solution in solve_by_flow([whole], DAYS, lambda: True).values():
        assert tuple(solution.values.tolist()) == best_by_trying(whole)


@pytest.mark.parametrize("spare", [1, 2])
@pytest.mark.parametrize("given", [0, 1])
def test_exempt_people_bypass_the_cap(spare: int, given: int) -> None:
    """A cap that does not count up to `spare` of the first two people (`given` of whom are fixed) is a bypass arc."""
    day = [0, 3, 6]
    rows = [(day, -INFINITE, 0, HARD, 0), ([0, 3], -given, INFINITE, HARD, 0)]
    part = make_part(rows, [], ints([[-1] * CELLS] * TIERS), [spare], [(0, [0]), (1, [0])])
    assert flow_values(part) == best_by_trying(part)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sets(st.integers(0, 5), min_size=2, max_size=5).map(sorted), max_size=7))
def test_families_are_found_exactly_where_they_exist(sets: list[list[int]]) -> None:
    """Two laminar families are found if and only if some split of the sets into two has no crossing pair."""

    def crossing(a: list[int], b: list[int]) -> bool:
        return bool(set(a) & set(b)) and not (set(a) <= set(b) or set(b) <= set(a))

    exists = any(
        not any(crossing(sets[i], sets[k]) for i, k in itertools.combinations(range(len(sets)), 2) if colours[i] == colours[k])
        for colours in itertools.product((0, 1), repeat=len(sets))
    )
    colour = colour_pairs(starts(sets), ints([c for s in sets for c in s]), 6)
    assert (colour is not None) == exists
    if colour is not None:
        pairs = itertools.combinations(range(len(sets)), 2)
        assert not any(crossing(sets[i], sets[k]) for i, k in pairs if colour[i] == colour[k])


def week_of_three() -> Part:
    """Everybody in as often as may be, two a day at most, fairly."""
    rows = [([d, 3 + d, 6 + d], -INFINITE, 2, HARD, 0) for d in range(DAYS)]
    ladders = [([3 * e, 3 * e + 1, 3 * e + 2], [1, 3, 5], 1) for e in range(PEOPLE)]
    return make_part(rows, ladders, ints([[-1] * CELLS, [0] * CELLS, [0] * CELLS]))


def test_a_large_flow_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process finds what this one finds."""
    monkeypatch.setattr(solving, "MOST_ARCS", 0)
    [solution] = solve_by_flow([week_of_three()], DAYS, lambda: True).values()
    assert tuple(solution.values.tolist()) == best_by_trying(week_of_three())


def test_a_large_flow_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nobody wants to go on, the process is ended and the part is left to others."""
    monkeypatch.setattr(solving, "MOST_ARCS", 0)
    answers = iter([True, False])
    assert solve_by_flow([week_of_three()], DAYS, lambda: next(answers, False)) == {}
