"""State graphs: the same plans at the same costs, and bounds by paths that no plan undercuts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from giliran.engine.base.budget import UNLIMITED
from giliran.engine.base.part import Part
from giliran.engine.columns import graphs
from giliran.engine.columns.face import OptimalFace, narrow, with_rows
from giliran.engine.columns.generation import priced_by_paths
from giliran.engine.columns.graphs import with_graphs
from giliran.engine.columns.highs import Algorithm, Verdict, relax, search_whole
from giliran.engine.columns.paths import CountedPaths
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of, statements_of
from giliran.program import HARD, INFINITE
from tests.engine.test_columns import CELLS, DAYS, PERSON, TIERS, best, every_plan, ints, make_part, parts

ALL_TIERS = tuple(range(TIERS))


def over_graphs(part: Part) -> OptimalFace:
    """All plans of a part over state graphs, with what every tier costs."""
    face = settle(face_of(part))
    return settle(with_graphs(face, part, PERSON, [statements.over(face) for statements in statements_of(part, ALL_TIERS)]))


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts(), st.integers(0, 2**CELLS - 1), st.sampled_from(ALL_TIERS))
def test_a_plan_costs_on_its_paths_what_it_costs(part: Part, number: int, tier: int) -> None:
    """Whatever keeps every row is made of paths, at the same cost; what does not is not."""
    x = ints([number >> k & 1 for k in range(CELLS)] + [0] * (part.num_columns - CELLS))
    face = over_graphs(part)
    cells = sparse.csr_array(face.place)[:CELLS]
    held = with_rows(face, cells, 0, 0)
    many = face.rows.shape[0]
    held.row_lo[many:] = held.row_hi[many:] = x[:CELLS] - face.base[:CELLS]
    found = search_whole(held, held.cost[tier], UNLIMITED)
    verdict, z = found.verdict, found.z
    costs = [
        part.values(values)[tier] for extra in range(3) if part.kept(values := np.append(x[:CELLS], [extra] * (part.num_columns - CELLS)))
    ]
    if not costs:
        assert verdict is Verdict.IMPOSSIBLE
    else:
        assert verdict is Verdict.SOLVED and z is not None
        assert held.cost[tier] @ z + held.constant[tier] == min(costs)


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts(aux=False), st.lists(st.floats(-3, 3), min_size=60, max_size=60), st.integers(1, 2**TIERS - 1))
def test_no_plan_undercuts_what_paths_prove(part: Part, multipliers: list[float], tiers: int) -> None:
    """Whatever the multipliers are: no plan costs less than they prove, nor a plan through an arc less than with its detour."""
    face = over_graphs(part)
    if face.graph is None:
        return
    weights = ints([tiers >> tier & 1 for tier in ALL_TIERS])
    cost, constant = weights @ face.cost, weights @ face.constant
    y = np.resize(np.array(multipliers), face.rows.shape[0])
    priced = CountedPaths(face, cost).price(y)
    plans = every_plan(part)
    if priced is None:
        return
    if len(plans):
        assert priced.proven <= priced.scale * ((plans @ weights).min() - constant)
    found = search_whole(face, cost, UNLIMITED)
    verdict, z = found.verdict, found.z
    assert (verdict is Verdict.SOLVED) == bool(len(plans))
    if z is not None:
        taken = np.arange(face.num_columns)[face.graph.columns][z[face.graph.columns] > 0]
        assert priced.proven + priced.reduced[taken].max(initial=0) <= priced.scale * int(cost @ z)


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts(aux=False), st.sampled_from(ALL_TIERS))
def test_what_generation_proves_lies_between_relaxation_and_optimum(part: Part, tier: int) -> None:
    """Paths that count prove at least what the linear program over arcs says, and never more than the best plan costs."""
    face = over_graphs(part)
    if face.graph is None:
        return
    cost = face.cost[tier]
    relaxed = relax(face, cost, UNLIMITED, Algorithm.INTERIOR)
    plans = every_plan(part)
    if relaxed.verdict is not Verdict.SOLVED or relaxed.y is None:
        assert not len(plans)
        return
    priced = priced_by_paths(face, cost, relaxed.y, None, UNLIMITED)
    assert priced is not None or not len(plans)
    if priced is not None and len(plans):
        assert priced.bound >= np.ceil(relaxed.value - 1e-3)
        assert priced.bound + face.constant[tier] <= plans[:, tier].min()


def test_totals_hold_in_every_path() -> None:
    """Two of four days each, never two in a row, and every change of place costs: an average of no days and all days is no plan.

    By hand: 1010, 0101, 1001 for everybody are all that is left; 1001 changes twice, the others three times.
    """
    rows = [({person * DAYS + day: 1, person * DAYS + day + 1: 1}, 0, 1, HARD, 0) for person in range(3) for day in range(3)]
    rows += [({person * DAYS + day: 1 for day in range(DAYS)}, 2, 2, HARD, 0) for person in range(3)]
    turns = [(person * DAYS + day, person * DAYS + day + 1, 1, 0) for person in range(3) for day in range(3)]
    part = make_part(rows, switches=turns)
    face = over_graphs(part)
    assert face.graph is not None
    priced = CountedPaths(face, face.cost[0]).price(np.zeros(face.rows.shape[0]))
    assert priced is not None and priced.bound + face.constant[0] == 6 == best(every_plan(part))[0]


def test_what_leads_on_alike_is_one_state() -> None:
    """Whoever may work at home or in the office at will needs no memory, and who may not work three days in a row the last two days."""
    turns = [(day, day + 1, 1, 0) for day in range(3)]
    free = over_graphs(make_part([], switches=turns)).graph
    rows = [({day: 1, day + 1: 1, day + 2: 1}, -INFINITE, 2, HARD, 0) for day in range(2)]
    tied = over_graphs(make_part(rows, switches=turns)).graph
    assert free is not None and tied is not None
    assert [len(np.unique(free.tail[free.level == k])) for k in range(4)] == [1, 2, 2, 2]
    assert [len(np.unique(tied.tail[tied.level == k])) for k in range(4)] == [1, 2, 3, 3]


def test_where_arcs_are_many_states_hold_less() -> None:
    """Windows that do not fit into the states stay rows, and the bound holds."""
    rows = [({0: 1, 1: 1, 2: 1, 3: 1}, -INFINITE, 3, HARD, 0)]
    part = make_part(rows, switches=[(day, day + 1, 1, 0) for day in range(3)], cost=ints([[-2] * CELLS] + [[0] * CELLS] * 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graphs, "MOST_ARCS", 16)
        face = over_graphs(part)
    assert face.graph is not None and face.graph.states == 2
    relaxed = relax(face, face.cost[0], UNLIMITED, Algorithm.INTERIOR)
    assert relaxed.y is not None
    priced = priced_by_paths(face, face.cost[0], relaxed.y, None, UNLIMITED)
    assert priced is not None and priced.bound + face.constant[0] <= best(every_plan(part))[0]


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(parts(aux=False), st.sampled_from(ALL_TIERS), st.integers(0, 2))
def test_narrowed_faces_lose_no_plan_that_is_wanted(part: Part, tier: int, slack: int) -> None:
    """What is left of a face has the best plans, and all that cost little more."""
    face = over_graphs(part)
    plans = every_plan(part)
    if face.graph is None or not len(plans):
        return
    cost = face.cost[tier]
    relaxed = relax(face, cost, UNLIMITED, Algorithm.INTERIOR)
    assert relaxed.y is not None
    priced = priced_by_paths(face, cost, relaxed.y, None, UNLIMITED)
    assert priced is not None
    least = int(plans[:, tier].min())
    left = settle(narrow(face, cost, priced, least + slack - int(face.constant[tier])))
    for goal in ALL_TIERS:
        found = search_whole(left, left.cost[goal], UNLIMITED)
        verdict, z = found.verdict, found.z
        assert verdict is Verdict.SOLVED and z is not None
        assert left.cost[goal] @ z + left.constant[goal] == plans[plans[:, tier] <= least + slack, goal].min()
    if left.graph is not None:
        assert CountedPaths(left, left.cost[tier]).price(np.zeros(left.rows.shape[0])) is not None
