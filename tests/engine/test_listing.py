"""Listings: patterns as bits prove and plan what the same patterns do as columns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.engine.columns import charged, listing, patterns, pricing
from giliran.engine.columns.charged import Charged
from giliran.engine.columns.face import NO_BLOCK, price
from giliran.engine.columns.listing import Listing, listing_of
from giliran.engine.columns.patterns import blocks_of
from giliran.engine.columns.relaxation import ColumnResult, solve_columns
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of, statements_of
from giliran.program import HARD
from tests.engine.test_columns import CELLS, DAY, DAYS, PEOPLE, PERSON, TIERS, WEEKS, Row, best, every_plan, ints, make_part, parts


def listing_for(part: Part) -> Listing:
    """The listing of a part over patterns of people, with the costs of all tiers."""
    face = settle(face_of(part))
    costly = [statements.over(face) for statements in statements_of(part, tuple(range(TIERS)))]
    return listing_of(face, part, blocks_of(face, part, PERSON), costly)


def listed(part: Part) -> ColumnResult:
    """The relaxations of a part where all patterns stay bits, let in one by one, looked at a few at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "MOST_WRITTEN", 0)
        for module in (charged, patterns):
            patch.setattr(module, "PORTION", 3)
        for name in ("FIRST_CHOICES", "MORE_CHOICES"):
            patch.setattr(charged, name, 1)
        return solve_columns(part, PERSON, DAY, WEEKS, aggregation=False)


@settings(deadline=None, max_examples=60)
@given(parts())
def test_listed_patterns_equal_trying_everything(part: Part) -> None:
    """The plan is the lexicographically best one, and there is none exactly where no plan is allowed."""
    result = listed(part)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))
    assert result.x is None or part.kept(result.x)


@settings(deadline=None, max_examples=40)
@given(parts(), st.booleans())
def test_programs_without_a_vertex_change_nothing(part: Part, few: bool) -> None:
    """Over patterns that stay bits and over columns an interior point alone leads to the same values."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "MANY_ROWS", 0)
        result = listed(part) if few else solve_columns(part, PERSON, DAY, WEEKS)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts())
def test_bounds_hold_for_every_plan(part: Part) -> None:
    """No plan that costs no more in the tiers before costs less than the bound of a tier."""
    result, costs = listed(part), every_plan(part)
    for tier in range(TIERS):
        if len(costs):
            assert costs[:, tier].min() >= result.bounds[tier]
        if result.values is None:
            break
        costs = costs[costs[:, tier] <= result.values[tier]]


@settings(deadline=None, max_examples=60)
@given(parts(), st.data())
def test_what_is_looked_up_is_what_columns_cost(part: Part, data: st.DataObject) -> None:
    """Reduced costs from bits are those of the written columns, and multipliers prove the same about both."""
    bits = listing_for(part)
    face = bits.over(bits.table)
    if not len(bits) or (np.diff(bits.table.start) == 0).any():
        return
    weights = {tier: data.draw(st.integers(1, 5)) for tier in data.draw(st.sets(st.integers(0, TIERS - 1), min_size=1))}
    offer = Charged(bits, weights, spans_of(part).unit)
    many = face.rows.shape[0]
    y = ints(data.draw(st.lists(st.integers(-5, 5), min_size=many, max_size=many)))
    scale = data.draw(st.integers(1, 4))
    reduced = scale * offer.cost(face) - face.rows.T @ y
    assert offer.reduced(y, scale).tolist() == reduced[face.block != NO_BLOCK].tolist()
    few, all_ = offer.price(y, scale), price(face, offer.cost(face), y, scale)
    assert few is not None
    assert all_ is not None
    assert (few.proven, few.y.tolist()) == (all_.proven, all_.y.tolist())
    wide, cost, again = offer.within(few, None)
    assert (wide.num_columns, cost.tolist(), again.reduced.tolist()) == (face.num_columns, offer.cost(face).tolist(), all_.reduced.tolist())


def test_only_patterns_within_the_gap_are_written() -> None:
    """Everybody has 15 patterns of no more than three of four days, of which each costs 1: five cost no more than one day."""
    rows: list[Row] = [({person * DAYS + day: 1 for day in range(DAYS)}, 0, 3, HARD, 0) for person in range(PEOPLE)]
    bits = listing_for(make_part(rows, cost=ints([[1] * CELLS, [0] * CELLS, [0] * CELLS])))
    offer = Charged(bits, {0: 1}, ints([1, 1, 1]))
    priced = offer.price(np.zeros(len(bits.face.origin), dtype=np.int64), 1)
    assert priced is not None
    assert priced.bound == 0
    assert [offer.within(priced, slack)[0].num_columns for slack in (0, 1, None)] == [PEOPLE * many for many in (1, 5, 15)]


def test_a_pattern_is_kept_in_eight_bytes() -> None:
    """What grows with the patterns of a listing is one number each; the same patterns as columns take more than nine times as much."""
    rows: list[Row] = [({person * DAYS + day: 1 for day in range(DAYS)}, 0, 3, HARD, 0) for person in range(PEOPLE)]
    rows += [({person * DAYS + day: 1 for person in range(PEOPLE)}, 1, 2, HARD, 0) for day in range(DAYS)]
    bits = listing_for(make_part(rows))
    assert len(bits) == PEOPLE * 15
    assert bits.table.mask.nbytes == 8 * len(bits)
    face = bits.over(bits.table)
    written = sum(array.nbytes for array in (face.rows.data, face.place.data, face.cost, face.lo, face.hi, face.block))
    assert written > 9 * bits.table.mask.nbytes


def test_numbers_that_could_overflow_prove_nothing() -> None:
    """Where a reduced cost might leave 64 bits there is no price."""
    rows: list[Row] = [({person * DAYS + day: 1 for day in range(DAYS)}, 0, 3, HARD, 0) for person in range(PEOPLE)]
    bits = listing_for(make_part(rows, cost=ints([[1 << 40] * CELLS, [0] * CELLS, [0] * CELLS])))
    offer = Charged(bits, {0: 1 << 20}, ints([1, 1, 1]))
    assert offer.price(np.zeros(len(bits.face.origin), dtype=np.int64), 720) is None
