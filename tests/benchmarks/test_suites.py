"""The suites are what they are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.suites import AGENCY, SEQUENCES, SUITES, b1, b4
from giliran import Instance, load_instance, solve
from giliran.engine.presolve.split import split
from giliran.generating import GenerateOptions, generate_to, parse_families
from giliran.preparing import compile_program
from giliran.program import HARD
from giliran.solving import SolveOptions

STAFF = 200


@pytest.mark.parametrize("suite", sorted(SUITES))
def test_families_are_known(suite: str) -> None:
    """Whatever is generated can be: the families are words that `giliran generate` knows."""
    for case in SUITES[suite](1.0):
        words = case.generate[case.generate.index("--family") + 1] if case.generate else ""
        assert case.path is None or case.path.exists()
        assert {family.value for family in parse_families(words.split(",") if words else ())} == set(filter(None, words.split(",")))


def test_smaller_versions() -> None:
    """A scaled case has fewer people, another name and no aim."""
    (full,), (tenth,) = b1(1.0), b1(0.1)
    assert (full.name, full.aim_s) == ("B1 10,000 × 5", 0.5)
    assert (tenth.name, tenth.aim_s) == ("B1 1,000 × 5", None)
    assert tenth.generate[:2] == ("--staff", "1000")


def test_four_weeks() -> None:
    """B4 is 1,000 people over 20 working days."""
    (case,) = b4(1.0)
    assert case.name == "B4 1,000 × 20"


def made(folder: Path, families: tuple[str, ...]) -> Instance:
    """An instance of 200 people over a week."""
    generate_to(GenerateOptions(STAFF, 1, 1, parse_families(families)), folder / "instance.yaml")
    return load_instance(folder / "instance.yaml")


def test_agency_limit_binds(tmp_path: Path) -> None:
    """B3's limit over everybody ties all into one part, and the best plan without it breaks it on three days or more."""
    without, limited = made(tmp_path / "without", SEQUENCES), made(tmp_path / "with", AGENCY)
    program = compile_program(limited)
    order = np.arange(program.shape[0], dtype=np.int64)
    assert len(split(program, order).parts) == 1
    assert len(split(compile_program(without), order).parts) > 1
    office = solve(without, SolveOptions(workers=1)).schedule.office.reshape(-1).astype(np.int64)
    rows = program.rows
    activity = rows.activity(np.concatenate([office, program.aux_lo]))
    broken = (rows.tier == HARD) & (activity > rows.hi)
    agency = [program.rules.index(rule) for rule in program.rules if rule.endswith("agency")]
    assert len(np.unique(rows.day[broken & np.isin(rows.rule, agency)])) >= 3
