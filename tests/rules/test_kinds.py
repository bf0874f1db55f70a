"""What every kind that may stand in a file says about itself."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from benchmarks.fuzz.oracle import readings
from giliran.messages import LANGUAGES
from giliran.rules.base import Statement
from giliran.rules.registry import example, goal_kinds, parse_goal, parse_rule, rule_kinds

ROOT = Path(__file__).parents[2]
PUBLIC: dict[str, type[Statement]] = {**rule_kinds(), **goal_kinds()}


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_has_its_own_summary(kind: str) -> None:
    """The summary stands in the kind's own class, and in English is the first line of its docstring."""
    assert "summary" in vars(PUBLIC[kind])
    assert PUBLIC[kind].summary.en == inspect.cleandoc(PUBLIC[kind].__doc__ or "").splitlines()[0]


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_has_its_own_example(kind: str) -> None:
    """The example stands in the kind's own class, and is a rule or goal that a file may hold."""
    assert "example" in vars(PUBLIC[kind])
    parse = parse_rule if kind in rule_kinds() else parse_goal
    assert parse(example(kind)).kind == kind


def test_examples_are_copies() -> None:
    """Whoever changes an example changes it for nobody else."""
    example("fixed_days")["days"]["weekdays"].append("tue")
    assert example("fixed_days")["days"] == {"weekdays": ["mon"]}


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("place", ["tests/rules/test_{kind}.py", "benchmarks/fuzz/oracle/kinds/{kind}.py"])
def test_every_public_kind_has_its_files(kind: str, place: str) -> None:
    """The cases of a kind, and how the oracle reads and draws it, stand in files of its name."""
    assert (ROOT / place.format(kind=kind)).is_file(), f"{kind} has no {place.format(kind=kind)}"


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_is_drawn_at_random(kind: str) -> None:
    """The reading in the file of a kind says how one of it is drawn."""
    assert kind in readings(), f"no reading of {kind}"
    assert type(readings()[kind]).__module__ == f"benchmarks.fuzz.oracle.kinds.{kind}"


def test_summaries_differ() -> None:
    """No two kinds share a summary, in no language, and no summary is the same in both languages."""
    said = [kind.summary().text(lang) for kind in PUBLIC.values() for lang in LANGUAGES]
    assert len(set(said)) == len(PUBLIC) * len(LANGUAGES)
