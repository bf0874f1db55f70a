"""Shipped instances: tiny ones against answers worked out by hand, the others proven and audited clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giliran.domain.status import Status
from giliran.engine.base.outcome import ALL_METHODS, Method
from giliran.files.loading import load_instance
from giliran.solving import Engine, SolveOptions, solve

INSTANCES = Path(__file__).parent.parent / "instances"
ANSWERS = json.loads((INSTANCES / "tiny" / "answers.json").read_text())
BEST = json.loads((INSTANCES / "best_known.json").read_text())


def test_every_tiny_instance_has_an_answer() -> None:
    """No tiny instance stands without its answer, and no answer without its instance."""
    assert {path.stem for path in (INSTANCES / "tiny").glob("*.yaml")} == set(ANSWERS)


WITHOUT = [frozenset[Method](), *(frozenset({method}) for method in Method), ALL_METHODS - {Method.LP}, ALL_METHODS - {Method.FLOW}]
"""Methods left out: none, each, all but plain linear programs, all but flows."""


def named(methods: frozenset[Method]) -> str:
    """What a test that leaves methods out is called."""
    return "-".join(sorted(methods)) or "nothing"


@pytest.mark.parametrize("name", sorted(ANSWERS))
@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("without", [*WITHOUT, ALL_METHODS], ids=named)
def test_tiny(name: str, split: bool, without: frozenset[Method]) -> None:
    """Status and tier values are those worked out by hand in the file, whatever method is left out."""
    result = solve(load_instance(INSTANCES / "tiny" / f"{name}.yaml"), SolveOptions(workers=1, split=split, without=without))
    answer = ANSWERS[name]
    assert result.status.value == answer["status"]
    if "tiers" in answer:
        assert {tier.name: tier.value for tier in result.tiers} == answer["tiers"]


def test_every_shipped_instance_has_a_best_known_value() -> None:
    """`best_known.json` lists exactly the shipped instances that are not tiny."""
    shipped = {str(path.parent.relative_to(INSTANCES)) for path in INSTANCES.glob("*/*/instance.yaml")}
    assert shipped == set(BEST)


QUICK = sorted(name for name, best in BEST.items() if best["seconds"] < 3)
SLOW = sorted(set(BEST) - set(QUICK))


def _proven(name: str, engine: Engine = Engine.AUTO, without: frozenset[Method] = frozenset()) -> None:
    best = BEST[name]
    result = solve(load_instance(INSTANCES / name / "instance.yaml"), SolveOptions(workers=2, engine=engine, without=without))
    assert result.status.value == best["status"]
    if result.status is Status.OPTIMAL:
        assert {tier.name: tier.value for tier in result.tiers} == best["tiers"]
        assert all(tier.proven for tier in result.tiers)
        assert not [finding for finding in result.findings if finding.strength.value == "must"]


@pytest.mark.parametrize("name", QUICK)
def test_shipped(name: str) -> None:
    """A shipped instance ends as recorded: proven, audited clean, with the recorded tier values."""
    _proven(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_shipped_slow(name: str) -> None:
    """The larger shipped instances end as recorded."""
    _proven(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BEST))
def test_shipped_by_cpsat_alone(name: str) -> None:
    """CP-SAT without relaxations ends as recorded, with the same tier values."""
    _proven(name, Engine.CPSAT)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BEST))
@pytest.mark.parametrize("without", WITHOUT[1:], ids=named)
def test_shipped_without_a_method(name: str, without: frozenset[Method]) -> None:
    """Every shipped instance ends as recorded, whatever method is left out."""
    _proven(name, without=without)
