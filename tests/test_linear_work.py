"""What stands in files many times: work grows with its number, not with its square. Calls are counted, no clock is read."""

from __future__ import annotations

import cProfile
from pathlib import Path

import pytest

from benchmarks.inputs import INPUTS, write_instance
from giliran.audit import audit
from giliran.domain.schedule import schedule_of
from giliran.files.loading import load_instance
from giliran.preparing import compile_program

FEW, MANY, PEOPLE = 100, 400, 200


def calls(kind: str, many: int, folder: Path) -> int:
    """Calls, of Python and of C functions, of loading, compiling and auditing an instance."""
    path = write_instance(kind, many, PEOPLE, folder)
    with cProfile.Profile() as profile:
        instance = load_instance(path)
        compile_program(instance)
        audit(instance, schedule_of(instance.facts, instance.facts.present))
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(scope="module")
def none(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Calls of the part that is common to every kind."""
    folder = tmp_path_factory.mktemp("none")
    calls("pins", 0, folder)  # what is loaded and kept once
    return calls("pins", 0, folder)


@pytest.mark.once
@pytest.mark.parametrize("kind", INPUTS)
def test_calls_grow_as_what_is_written_does(kind: str, none: int, tmp_path: Path) -> None:
    """Four times as much is at most about four times the calls that it adds; a pairwise look would be 16 times."""
    calls(kind, 1, tmp_path)  # what is loaded and kept once
    few, many = (calls(kind, number, tmp_path) for number in (FEW, MANY))
    assert many - none <= 1.1 * (MANY / FEW) * (few - none)
