"""Long horizons of few people, drawn at random: `auto` and CP-SAT alone prove the same costs in every tier."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from benchmarks.rewriting import with_shortest_runs
from giliran import Instance, load_instance, solve
from giliran.domain.status import Status
from giliran.engine.presolve.split import split
from giliran.generating import Family, GenerateOptions, generate_to
from giliran.preparing import compile_program
from giliran.solving import Engine, SolveOptions

FEWEST, MOST = 60, 200
"""Columns of the largest part."""

OPTIONAL = (Family.DUTY, Family.ABSENCES, Family.WISHES, Family.SEQUENCES, Family.SKILLS, Family.LEDGER)
SEEDS = (1, 2, 3, 6, 14, 21, 23, 28)
"""Some that both prove in a few seconds, with runs each, six of them with shortest ones."""


@dataclass(frozen=True)
class Draw:
    """What a seed draws: eight to ten people over five to eight weeks, caps and most of the other families, and shortest runs or not."""

    options: GenerateOptions
    shortest: bool

    def instance(self, folder: Path) -> Instance:
        """The instance, made in a folder."""
        path = folder / "instance.yaml"
        generate_to(self.options, path)
        if self.shortest:
            with_shortest_runs(path)
        return load_instance(path)


def drawn(seed: int) -> Draw:
    """The same for the same seed, on every machine."""
    dice = random.Random(seed)
    staff, weeks = dice.randint(8, 10), dice.randint(5, 8)
    families = frozenset({Family.CAPS, *(family for family in OPTIONAL if dice.random() < 0.75)})
    shortest = dice.random() < 0.5 and Family.SEQUENCES in families
    return Draw(GenerateOptions(staff, weeks, seed, families), shortest)


def test_seeds_have_all_families() -> None:
    """Every family is in some of the instances; some have shortest runs; all have five weeks or more."""
    draws = [drawn(seed) for seed in SEEDS]
    for family in (Family.CAPS, *OPTIONAL):
        assert any(family in draw.options.families for draw in draws)
    assert {draw.shortest for draw in draws} == {True, False}
    assert all(draw.options.weeks >= 5 for draw in draws)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_auto_and_cpsat_alone_prove_the_same(seed: int, tmp_path: Path) -> None:
    """Value and bound of every tier are the same, over everything and in every part."""
    instance = drawn(seed).instance(tmp_path)
    program = compile_program(instance)
    parts = split(program, np.arange(program.shape[0], dtype=np.int64)).parts
    assert FEWEST <= max(part.num_columns for part in parts) <= MOST
    found = [solve(instance, SolveOptions(workers=1, engine=engine)) for engine in (Engine.AUTO, Engine.CPSAT)]
    assert [result.status for result in found] == [Status.OPTIMAL] * 2
    auto, alone = found
    assert auto.tiers == alone.tiers and all(tier.proven for tier in auto.tiers)
    assert [part.tiers for part in auto.parts] == [part.tiers for part in alone.parts]
