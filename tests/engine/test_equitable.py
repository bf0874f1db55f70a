"""Equitable partitions: linear programs over sums of interchangeable people, with the same values, and sums dealt in turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.engine.base.budget import UNLIMITED
from giliran.engine.base.part import Part
from giliran.engine.columns import equitable, sequence
from giliran.engine.columns.aggregation import aggregate
from giliran.engine.columns.equitable import relax_alike
from giliran.engine.columns.face import OptimalFace, price
from giliran.engine.columns.highs import Verdict, relax
from giliran.engine.columns.relaxation import solve_columns
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of, opened, statements_of
from tests.engine.test_aggregation import bounds_hold, patterned, twins
from tests.engine.test_columns import CELLS, DAY, DAYS, PEOPLE, PERSON, TIERS, WEEKS, best, every_plan, make_part, parts, turns


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of every size are shrunk, however little that helps."""
    monkeypatch.setattr(sequence, "LEAST_COLUMNS", 1)
    monkeypatch.setattr(equitable, "MOST_LEFT", 1.0)


def opened_face(part: Part) -> OptimalFace:
    """The face of a part over cells with the costs of all tiers opened."""
    face = settle(face_of(part))
    for statements in statements_of(part, tuple(range(TIERS))):
        face = opened(face, part, statements.over(face))
    return settle(face)


@pytest.mark.once
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(twins(), parts()))
def test_equitable_partitions_change_no_value(eager: None, part: Part) -> None:
    """With every linear program shrunk the plan is the best one by trying all, and the bounds hold."""
    result = solve_columns(part, PERSON, DAY, WEEKS)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))
    assert result.x is None or part.kept(result.x)
    assert bounds_hold(part, result)


@pytest.mark.once
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(twins(), parts()))
def test_sums_cost_what_single_cells_cost(eager: None, part: Part) -> None:
    """The linear program over sums has the value of the one over cells, and its multipliers prove it for the cells."""
    for face in (opened_face(part), patterned(part), aggregate(patterned(part))):
        if face.num_columns:
            sums_agree(face)


def sums_agree(face: OptimalFace) -> None:
    """Compare the linear program over sums with that over single columns."""
    cost = face.cost.sum(axis=0)
    alike, single = relax_alike(face, cost, PERSON, np.zeros(len(face.origin)), UNLIMITED), relax(face, cost, UNLIMITED)
    assert alike is not None
    assert alike.verdict is single.verdict
    if alike.verdict is Verdict.SOLVED and alike.y is not None:
        assert alike.value == pytest.approx(single.value)
        fine = price(face, cost, np.rint(alike.y * 5040).astype(np.int64), 5040)
        assert fine is not None
        assert fine.proven / fine.scale == pytest.approx(single.value, abs=0.1)


def test_sums_are_dealt_in_turn(eager: None) -> None:
    """Of three people one is in each day, and nobody twice before everybody was once: four days make 2, 1 and 1."""
    face = opened_face(turns())
    answer = relax_alike(face, np.zeros(face.num_columns, dtype=np.int64), PERSON, np.zeros(len(face.origin)), UNLIMITED)
    assert answer is not None
    z = answer.integral(face)
    assert z is not None
    plan = face.values(z).reshape(PEOPLE, DAYS)
    assert plan.sum(axis=0).tolist() == [1] * DAYS
    assert sorted(plan.sum(axis=1).tolist()) == [1, 1, 2]


def test_people_who_all_differ_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all columns differ the linear program is left to others."""
    monkeypatch.setattr(sequence, "LEAST_COLUMNS", 1)
    face = settle(face_of(make_part([], cost=np.arange(TIERS * CELLS).reshape(TIERS, CELLS))))
    assert relax_alike(face, face.cost[0], PERSON, np.zeros(0), UNLIMITED) is None
