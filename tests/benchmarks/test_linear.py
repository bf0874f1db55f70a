"""The benchmark of what files say many times: its instances can be read, and its exponents are those of the seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.inputs import INPUTS, PEOPLE_OF_A_UNIT, write_instance
from benchmarks.linear import exponent
from giliran.files.loading import load_instance


@pytest.mark.parametrize("kind", INPUTS)
def test_every_kind_of_input_can_be_read(kind: str, tmp_path: Path) -> None:
    """The files hold what they say, for the same people with and without it."""
    without = load_instance(write_instance(kind, 0, 50, tmp_path))
    instance = load_instance(write_instance(kind, 20, 50, tmp_path))
    come = 20 * PEOPLE_OF_A_UNIT if kind == "duty rules of sections" else 0
    assert (without.facts.num_people, instance.facts.num_people) == (50, 50 + come)
    assert instance != without


def test_exponents_are_those_of_what_is_added() -> None:
    """Half a second without any: 1 and 100 more, 1 and 10 more, at ten times the size; a tenth of the noise is none."""
    sizes = (1_000, 10_000)
    assert exponent(sizes, (1.5, 100.5), 0.5) == pytest.approx(2.0)
    assert exponent(sizes, (1.5, 10.5), 0.5) == pytest.approx(1.0)
    assert exponent(sizes, (0.5, 0.51), 0.5) is None
