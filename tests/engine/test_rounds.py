"""Rounds: long parts whose first tier no plan of linear programs meets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from giliran.engine.base.part import Part
from giliran.engine.columns import sequence, windows
from giliran.engine.columns.highs import Verdict, Whole
from giliran.engine.columns.relaxation import solve_columns
from tests.engine.test_columns import DAY, PERSON, WEEKS, best, every_plan, parts
from tests.numbers import few_or_many


@pytest.mark.once
@few_or_many(30, 80)
def test_from_any_plan_windows_lead_on_and_bounds_hold(examples: int) -> None:
    """Without any branch and bound over the whole, from the dearest plan on: never worse, kept, and no bound above the best."""

    @settings(max_examples=examples)
    @given(parts(aux=False))
    def leads_on(part: Part) -> None:
        plans = np.indices(part.hi + 1).reshape(part.num_columns, -1).T
        kept = [x for x in plans[::37] if part.kept(x)]
        expected = best(every_plan(part))
        if not kept:
            return
        start = max(kept, key=lambda x: tuple(part.values(x)))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(windows, "LONG", 2)
            patch.setattr(sequence.Turns, "search", lambda *_: (Whole(Verdict.OPEN), False))
            result = solve_columns(part, PERSON, DAY, WEEKS, plan=start)
        assert result.x is not None and result.values is not None and part.kept(result.x)
        assert expected is not None and expected <= tuple(result.values.tolist()) <= tuple(part.values(start).tolist())
        for bound, least in zip(result.bounds.tolist(), expected, strict=True):
            assert bound <= least
            if bound < least:
                break

    leads_on()
