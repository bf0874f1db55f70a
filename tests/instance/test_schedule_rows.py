"""What a schedule says as rows comes back as an equal schedule."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import giliran
from benchmarks.fuzz.drawing import draw
from giliran.domain.facts import NO_TEAM
from giliran.domain.place import Place
from giliran.instance import Instance
from tests.instance.test_frames import columns

ONE = giliran.SolveOptions(workers=1)

COUNTS = {
    "horizon": {"start": "2021-07-12", "end": "2021-07-18"},
    "staff": [{"id": name, "tags": ["guard"] if name < "C" else []} for name in "ABCD"],
    "rules": [
        {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": "2021-07-12"},
        {"id": "duty", "kind": "duty_officers", "count": 1, "eligible": {"tags": ["guard"]}},
        {"id": "seats", "kind": "duty_officers", "count": 1},
        {"id": "cap", "kind": "office_cap", "max": 2},
    ],
    "goals": [{"kind": "office_target", "aim": "most_office"}],
}
"""Four people with teams and two duties over a week with a weekend."""


@cache
def small() -> giliran.Result:
    """A plan of them."""
    return giliran.solve(Instance.from_dict(COUNTS), ONE)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 2000))
def test_of_whatever_is_solved(seed: int) -> None:
    """Plans of random instances of all kinds, with choices, duty and desks, also of those in which nobody has a place."""
    try:
        result = giliran.solve(Instance.from_dict(draw(seed)), ONE)
    except giliran.InputError:
        return
    assert giliran.Schedule.from_rows(result.instance, result.schedule.to_rows(result.instance)) == result.schedule


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_of_whatever_a_hand_makes_of_it(data: st.DataObject) -> None:
    """Any place of any cell, on days without work too, some of them left out on purpose, and other names and teams."""
    result = small()
    instance, shape = result.instance, result.schedule.place.shape
    dice = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    place = dice.integers(Place.NONE, Place.OFF, size=shape, endpoint=True).astype(np.int8)
    place[:, 0] = Place.HOME  # everybody has a row, in which names and teams stand
    out = (place == Place.NONE) & instance.facts.present & (dice.random(shape) < 0.5)
    duty = {rule: (place != Place.NONE) & (dice.random(shape) < 0.3) for rule in result.schedule.duty}
    team = {rule: np.array([1, *dice.choice([NO_TEAM, 1, 2], 3)], dtype=np.int16) for rule in result.schedule.team}
    plan = giliran.Schedule(place, duty, team, out)
    rows = plan.to_rows(instance)
    assert giliran.Schedule.from_rows(instance, rows) == plan
    assert giliran.Schedule.from_rows(instance, columns(rows)) == plan


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_as_frames(kind: Any) -> None:
    """Frames say what rows say, and those of results too."""
    pytest.importorskip(kind)
    result = small()
    instance, out = result.instance, result.instance.facts.present.copy()
    out[1:] = False
    plan = giliran.Schedule(np.where(out, np.int8(Place.NONE), result.schedule.place), {}, result.schedule.team, out)
    assert giliran.Schedule.from_rows(instance, plan.to_frame(instance, kind)) == plan
    assert giliran.Schedule.from_rows(instance, result.to_frame(kind)) == result.schedule


def test_nothing_left_out_is_none() -> None:
    """A schedule that leaves out no cell is the same with an array that says so as without."""
    place = np.full((2, 3), Place.HOME, dtype=np.int8)
    assert giliran.Schedule(place, unplanned=np.zeros((2, 3), dtype=np.bool_)) == giliran.Schedule(place)
