"""Every answer of `solve` on random tiny instances against trying every schedule."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings

from giliran.domain.status import Status
from giliran.engine.base.outcome import ALL_METHODS
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.solving import Engine, SolveOptions, solve
from tests.engine.programs import MIXTURES
from tests.tiny import MOST_CELLS, best_by_trying, instances

TOLERANT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])


def built(sections: dict[str, Any]) -> Instance:
    """The instance, if it is good input and small enough to try everything."""
    try:
        instance = Instance.build(**sections)
    except InputError:
        hypothesis.reject()
    hypothesis.assume(int(instance.facts.present.sum()) <= MOST_CELLS)
    return instance


def compare(sections: dict[str, Any]) -> None:
    """Status and every tier's value equal the best of all schedules, with splitting on and off and every mixture of methods."""
    instance = built(sections)
    best = best_by_trying(instance)
    mixtures = [SolveOptions(workers=1, without=ALL_METHODS - methods) for methods in MIXTURES]
    for options in [*mixtures, SolveOptions(workers=1, engine=Engine.CPSAT), SolveOptions(workers=1, split=False)]:
        result = solve(instance, options)
        if best is None:
            assert result.status is Status.INFEASIBLE
        else:
            assert result.status is Status.OPTIMAL
            assert tuple(tier.value for tier in result.tiers) == best
            assert all(tier.proven for tier in result.tiers)


@pytest.mark.once
@settings(TOLERANT, max_examples=25)
@given(instances())
def test_solve_equals_trying_everything(sections: dict[str, Any]) -> None:
    """Status and tier values of the solver are those of brute force."""
    compare(sections)
