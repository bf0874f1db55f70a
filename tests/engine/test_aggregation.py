"""Symmetry aggregation: interchangeable people as counts, with the same plans, bounds and costs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from giliran.engine.base.budget import UNLIMITED
from giliran.engine.base.part import Part
from giliran.engine.columns import pricing
from giliran.engine.columns.aggregation import aggregate
from giliran.engine.columns.branching import none_below
from giliran.engine.columns.copies import Copies
from giliran.engine.columns.face import NO_BLOCK, OptimalFace, narrow, price
from giliran.engine.columns.listing import listing_of
from giliran.engine.columns.patterns import blocks_of
from giliran.engine.columns.relaxation import ColumnResult, solve_columns
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of, statements_of
from giliran.engine.presolve.join import join
from giliran.program import HARD, INFINITE
from giliran.program.segments import starts_of
from tests.engine.test_columns import CELLS, DAY, DAYS, PEOPLE, PERSON, TIERS, WEEKS, Row, best, every_plan, ints, make_part, turns

DAY_SETS = [[0, 1], [1, 2], [2, 3], [0, 1, 2, 3]]


@st.composite
def twins(draw: st.DrawFn, *, odd: bool = True) -> Part:
    """Parts whose people are all the same: everybody's own rows, costs, ladders and switches, and rows over everybody; maybe one wish."""

    def bounds(size: int) -> tuple[int, int, int, int]:
        lo = draw(st.one_of(st.just(-INFINITE), st.integers(-1, size - 1)))
        hi = draw(st.one_of(st.just(INFINITE), st.integers(max(lo, 0), size)))
        soft = draw(st.booleans())
        return lo, hi, draw(st.integers(0, TIERS - 1)) if soft else HARD, draw(st.integers(1, 3)) if soft else 0

    rows: list[Row] = []
    for days in draw(st.lists(st.sampled_from(DAY_SETS), max_size=3)):
        coef, limits = draw(st.sampled_from([1, 1, 2, -1])), bounds(len(days))
        rows += [({person * DAYS + day: coef for day in days}, *limits) for person in range(PEOPLE)]
    for days in draw(st.lists(st.sampled_from([[0], [1], [2], [3], [0, 1], [1, 3]]), max_size=3)):
        rows.append(({person * DAYS + day: 1 for person in range(PEOPLE) for day in days}, *bounds(len(days) * PEOPLE)))
    ladders = []
    for days in draw(st.lists(st.sampled_from(DAY_SETS), max_size=2)):
        steps = sorted(draw(st.lists(st.integers(-3, 3), min_size=len(days), max_size=len(days))))
        tier = draw(st.integers(0, TIERS - 1))
        ladders += [([person * DAYS + day for day in days], steps, tier) for person in range(PEOPLE)]
    switches = []
    for day in draw(st.lists(st.integers(0, DAYS - 2), max_size=2, unique=True)):
        weight, tier = draw(st.integers(1, 2)), draw(st.integers(0, TIERS - 1))
        switches += [(person * DAYS + day, person * DAYS + day + 1, weight, tier) for person in range(PEOPLE)]
    cost = np.tile(ints(draw(st.lists(st.lists(st.integers(-2, 2), min_size=DAYS, max_size=DAYS), min_size=TIERS, max_size=TIERS))), PEOPLE)
    if odd and draw(st.booleans()):
        cost[draw(st.integers(0, TIERS - 1)), draw(st.integers(0, CELLS - 1))] += 1
    return make_part(rows, ladders, switches, cost)


def patterned(part: Part) -> OptimalFace:
    """The face of a part over week patterns, with the costs of all tiers."""
    face = settle(face_of(part))
    costly = [statements.over(face) for statements in statements_of(part, tuple(range(TIERS)))]
    listing = listing_of(face, part, blocks_of(face, part, PERSON, WEEKS[DAY]), costly)
    return settle(listing.over(listing.table))


def bounds_hold(part: Part, result: ColumnResult) -> bool:
    """Whether no plan that costs no more in the tiers before costs less than the bound of a tier."""
    costs = every_plan(part)
    for tier in range(TIERS):
        if len(costs) and costs[:, tier].min() < result.bounds[tier]:
            return False
        if result.values is None:
            break
        costs = costs[costs[:, tier] <= result.values[tier]]
    return True


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(twins(), st.booleans(), st.booleans())
def test_every_way_ends_alike(part: Part, aggregation: bool, patterns: bool) -> None:
    """With and without aggregation and patterns the plan is the best one by trying all, and the bounds hold."""
    result = solve_columns(part, PERSON, DAY, WEEKS, aggregation=aggregation, patterns=patterns)
    expected = best(every_plan(part))
    assert (None if result.values is None else tuple(result.values.tolist())) == expected
    assert result.x is None or part.kept(result.x)
    assert bounds_hold(part, result)


@settings(deadline=None, max_examples=25)
@given(twins())
def test_counts_let_in_one_by_one_change_nothing(part: Part) -> None:
    """Solving over few patterns first gives the same values with counts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("FEW", 0), ("FIRST_CHOICES", 1), ("MORE_CHOICES", 1)):
            patch.setattr(pricing, name, value)
        result = solve_columns(part, PERSON, DAY, WEEKS)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))


def test_people_whom_nothing_tells_apart_are_counted() -> None:
    """Three people with two weeks of four patterns each are two choices of four, three times each."""
    face = patterned(turns())
    counted = aggregate(face)
    assert (face.num_columns, counted.num_columns) == (24, 8)
    assert counted.size.tolist() == [3, 3]
    assert counted.hi.tolist() == [3] * 8


def test_a_wish_of_his_own_keeps_a_person_apart() -> None:
    """One person who minds a day is alone in that week, and one of three in the other."""
    cost = np.zeros((TIERS, CELLS), dtype=np.int64)
    cost[2, DAYS] = 1
    counted = aggregate(patterned(replace(turns(), cost=cost)))
    assert sorted(counted.size.tolist()) == [1, 2, 3]
    assert counted.num_columns == 12


def test_single_cells_that_are_the_same_are_counted() -> None:
    """Cells that no pattern holds are one column where row, cost and bounds are the same; days with costs of their own are not."""
    rows: list[Row] = [({person * DAYS + day: 1 for person in range(PEOPLE)}, 1, 1, HARD, 0) for day in range(DAYS)]
    counted = aggregate(settle(face_of(make_part(rows))))
    assert counted.hi.tolist() == [PEOPLE] * DAYS
    assert (counted.block == NO_BLOCK).all()
    assert aggregate(counted) is counted


def test_people_who_all_differ_are_left_as_they_are() -> None:
    """Where all columns differ there is nothing to aggregate, and nothing is copied."""
    face = settle(face_of(make_part([], cost=np.arange(TIERS * CELLS).reshape(TIERS, CELLS))))
    assert aggregate(face) is face


def counts_of(face: OptimalFace) -> Iterator[np.ndarray]:
    """Every way to count the columns of a small face within bounds, blocks and rows : int64[n] each."""
    for z in itertools.product(*(range(lo, hi + 1) for lo, hi in zip(face.lo.tolist(), face.hi.tolist(), strict=True))):
        point = ints(z)
        activity = face.rows @ point
        inside = face.block != NO_BLOCK
        total = np.bincount(face.block[inside], point[inside], minlength=face.num_blocks)
        if (total == face.size).all() and ((face.row_lo <= activity) & (activity <= face.row_hi)).all():
            yield point


@st.composite
def counted_faces(draw: st.DrawFn) -> OptimalFace:
    """Faces over one or two counted blocks, one with some members taken away from a column, and a counted cell."""
    size = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    block = [b for b in range(len(size)) for _ in range(draw(st.integers(2, 3)))]
    hi = [draw(st.integers(1, size[b])) for b in block] + [2]
    n, many = len(hi), draw(st.integers(1, 3))
    small = st.integers(-2, 2)
    rows = ints(draw(st.lists(st.lists(small, min_size=n, max_size=n), min_size=many, max_size=many)))
    lo = ints(draw(st.lists(st.one_of(st.just(-INFINITE), st.integers(-3, 1)), min_size=many, max_size=many)))
    width = ints(draw(st.lists(st.integers(0, 4), min_size=many, max_size=many)))
    return OptimalFace(
        lo=ints([0] * n),
        hi=ints(hi),
        block=ints([*block, NO_BLOCK]),
        size=ints(size),
        helper=np.zeros(n, dtype=np.bool_),
        rows=sparse.csr_array(rows),
        row_lo=lo,
        row_hi=np.where(lo > -INFINITE, lo + width, width - 1),
        origin=ints([0] * many),
        cost=ints(draw(st.lists(small, min_size=n, max_size=n)))[None, :],
        constant=ints([0]),
        place=sparse.csr_array((1, n), dtype=np.int64),
        base=ints([0]),
    )


@settings(deadline=None, max_examples=100)
@given(counted_faces(), st.data())
def test_what_multipliers_close_holds_no_best_plan(face: OptimalFace, data: st.DataObject) -> None:
    """Whatever the multipliers, no counts cost less than they prove, and those that cost the least stay when the face is narrowed."""
    many = len(face.row_lo)
    y, scale = ints(data.draw(st.lists(st.integers(-4, 4), min_size=many, max_size=many))), data.draw(st.integers(1, 3))
    priced = price(face, face.cost[0], y, scale)
    found = list(counts_of(face))
    assert priced is not None
    if not found:
        return
    least = min(int(face.cost[0] @ z) for z in found)
    assert scale * least >= priced.proven
    optimal = {tuple(z) for z in found if face.cost[0] @ z == least}
    assert optimal <= {tuple(z) for z in counts_of(narrow(face, face.cost[0], priced, max(least, priced.bound)))}


@settings(deadline=None, max_examples=60)
@given(counted_faces())
def test_settling_keeps_the_costs_of_all_plans(face: OptimalFace) -> None:
    """What is taken out of a face with counts changes no cost, and takes no plan away."""
    left = settle(face)
    costs = {int(face.cost[0] @ z) for z in counts_of(face)}
    assert costs == {int(left.cost[0] @ z + left.constant[0]) for z in counts_of(left)}


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(counted_faces())
def test_counts_are_branched_on(face: OptimalFace) -> None:
    """What branching proves about counts is so: nothing costs less than a limit that is proven."""
    start = starts_of(face.hi)
    counted = replace(face, copies=Copies(start, np.zeros(start[-1], dtype=np.int64), sparse.csr_array((1, 1), dtype=np.int64)))
    costs = [int(face.cost[0] @ z) for z in counts_of(face)]
    least = min(costs, default=5)
    assert not costs or not none_below(counted, least + 1, UNLIMITED)
    assert none_below(counted, least, UNLIMITED)


@settings(deadline=None, max_examples=40)
@given(twins(), st.data())
def test_every_member_is_dealt_one_plan(part: Part, data: st.DataObject) -> None:
    """Counts that add up are dealt to the members: what columns of the part are worth is what the counted columns say."""
    face = patterned(part)
    counted = aggregate(face)
    z = np.zeros(counted.num_columns, dtype=np.int64)
    for b, size in enumerate(counted.size.tolist()):
        columns = np.flatnonzero(counted.block == b)
        chosen = data.draw(st.lists(st.sampled_from(columns.tolist()), min_size=size, max_size=size))
        np.add.at(z, chosen, 1)
    x = counted.values(z)
    assert set(np.unique(x).tolist()) <= {0, 1}
    own = np.flatnonzero(face.origin >= 0)
    matrix = np.zeros((len(part.rows), part.num_columns), dtype=np.int64)
    owner = np.repeat(np.arange(len(part.rows)), np.diff(part.rows.start))
    matrix[owner, part.rows.col] = part.rows.coef
    free = matrix[face.origin[own]] @ (x - counted.base)
    assert (free == counted.rows[own] @ z).all()


@pytest.mark.parametrize(("aggregation", "patterns"), [(False, False), (False, True), (True, False), (True, True)])
def test_two_parts_as_one_take_the_same_switches(aggregation: bool, patterns: bool) -> None:
    """Two parts in one program cost twice what one costs, however they are solved."""
    pair = join([turns(), replace(turns(), columns=np.arange(CELLS, 2 * CELLS), cells=np.arange(CELLS, 2 * CELLS))])
    people, day = np.divmod(pair.cells, DAYS)
    result = solve_columns(pair, people, day, WEEKS, aggregation=aggregation, patterns=patterns)
    assert result.values is not None and result.values.tolist() == [0, 0, 0]
    assert result.x is not None and pair.kept(result.x)
