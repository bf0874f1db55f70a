"""Ties stay at home: which of several best plans a part gets does not depend on the parts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.outcome import ALL_METHODS, EngineOptions, Method
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.dispatch.stages import Stages
from giliran.engine.dispatch.tasks import Days, Setting
from giliran.engine.presolve import trying
from giliran.engine.presolve.trying import best_by_trying, is_small
from giliran.program import HARD
from tests.engine.test_columns import CELLS, DAYS, WEEKS, Row, best, every_plan, make_part, parts
from tests.engine.test_flow import parts as flows

FEW = settings(deadline=None, max_examples=25)


def beside(found: Sequence[Part]) -> list[Part]:
    """Each part with people of its own."""
    return [replace(part, columns=part.columns + k * CELLS, cells=part.cells + k * CELLS) for k, part in enumerate(found)]


def plans(found: Sequence[Part], days: Days, workers: int = 1, methods: frozenset[Method] = ALL_METHODS) -> list[Solution]:
    """What the stages find for some parts."""
    return list(Stages(EngineOptions(workers=workers, methods=methods)).solve(found, [Setting(days, 0)] * len(found), {}, {}))


def told(solution: Solution) -> tuple[object, ...]:
    """The plan, and what is proven about it."""
    return (solution.status, None if solution.x is None else solution.x.tolist(), solution.bounds.tolist())


def assert_alike(found: Sequence[Part], days: Days, methods: frozenset[Method] = ALL_METHODS) -> None:
    """Every part ends alone, beside the others and beside some of them, with one worker or two, in the same way."""
    alone = [told(solution) for part in found for solution in plans([part], days, methods=methods)]
    assert [told(solution) for solution in plans(found, days, methods=methods)] == alone
    assert [told(solution) for solution in plans(found[1:], days, 2, methods)] == alone[1:]


@FEW
@given(st.lists(flows(), min_size=3, max_size=4))
def test_flows_beside_each_other(drawn: list[Part]) -> None:
    """Flows share one network, and floors may be left out of it; each comes out as if it stood alone."""
    assert_alike(beside(drawn), Days(3, np.zeros(3, dtype=np.int64)))


@pytest.mark.parametrize("methods", [ALL_METHODS, ALL_METHODS - {Method.FLOW}, ALL_METHODS - {Method.LP}])
@FEW
@given(st.data())
def test_searched_parts_beside_each_other(methods: frozenset[Method], data: st.DataObject) -> None:
    """So do parts that are tried, go through linear programs or are searched."""
    drawn = data.draw(st.lists(parts(), min_size=3, max_size=4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trying, "MOST_ENTRIES", data.draw(st.sampled_from([0, trying.MOST_ENTRIES])))
        assert_alike(beside(drawn), Days(DAYS, WEEKS), methods)


@settings(deadline=None, max_examples=60)
@given(parts())
def test_trying_finds_the_best_plan(part: Part) -> None:
    """All plans of a tiny part are tried: the best one costs what it does by another count, and there is none where none is allowed."""
    assert is_small(part) == (part.num_columns == CELLS)
    if is_small(part):
        found = best_by_trying(part)
        assert (None if found is None else tuple(found.values.tolist())) == best(every_plan(part))


def test_first_drawn_is_first_in_the_office() -> None:
    """Of plans that cost the same the one is taken in which those who are drawn first are in the office first."""
    rows: list[Row] = [({person * DAYS + day: 1 for person in range(3)}, 1, 1, HARD, 0) for day in range(DAYS)]
    found = best_by_trying(make_part(rows))
    assert found is not None and found.x is not None
    assert found.x.reshape(3, DAYS).tolist() == [[1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
