"""Auxiliary columns: hard rows define them, or the contract of rules refuses the kind and `giliran check` tells it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from giliran.audit import findings_of
from giliran.cli import main
from giliran.rules import kinds
from giliran.rules.registry import example, known
from tests.builders import make_facts, make_view
from tests.rules import plugged
from tests.rules.claims import claims_of, cost_of, instance_of, schedule_of_claim, statements_of
from tests.rules.contract import assert_contract

INSTANCE = """schema: giliran/1
title: soft car
horizon: {start: 2021-07-15, end: 2021-07-15}
units: [{id: o, name: O, level: opd}]
staff: [{id: A, unit: o}, {id: B, unit: o}]
rules:
  - {id: cap, kind: office_cap, max: 1}
  - {id: car, kind: side_by_side, sets: [[A, B]], strength: should, weight: 2}
goals:
  - {id: aim, kind: office_target, aim: most_office}
"""


@pytest.fixture
def side_by_side(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kind `side_by_side` among the others, as if its file lay in the package."""
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, *plugged.__path__])
    known.cache_clear()
    yield
    monkeypatch.undo()
    known.cache_clear()
    sys.modules.pop("giliran.rules.kinds.side_by_side", None)


@pytest.mark.usefixtures("side_by_side")
def test_columns_tied_by_soft_rows_alone_are_refused() -> None:
    """Of a `should` rule nobody who knows the places alone can say what the column is worth: the contract refuses it."""
    view = make_view(make_facts("AB", days=1), [{"kind": "side_by_side", "sets": [["A", "B"]], "strength": "should", "weight": 2}])
    with pytest.raises(AssertionError, match="no hard row defines"):
        assert_contract(view)


@pytest.mark.usefixtures("side_by_side")
def test_columns_tied_by_hard_rows_are_taken() -> None:
    """The same rule that must hold keeps the contract: of the 16 schedules of two people and days those are allowed that agree on both."""
    assert assert_contract(make_view(make_facts("AB", days=2), [{"kind": "side_by_side", "sets": [["A", "B"]]}])) == 4


@pytest.mark.usefixtures("side_by_side")
def test_a_kind_of_somebody_else_is_shown_by_its_own_file() -> None:
    """A kind that was plugged in shows its example, and its docstring is run as those of the package are."""
    assert example("side_by_side") == {"id": "side-by-side", "kind": "side_by_side", "sets": [["A", "B", "C"]]}
    for claim in claims_of(known()["side_by_side"]):
        instance = instance_of(claim)
        [rule] = statements_of(claim, instance)
        found = findings_of(rule, instance.view, schedule_of_claim(claim, instance))  # type: ignore[arg-type]
        assert sum(finding.amount for finding in found) == cost_of(claim)


@pytest.mark.usefixtures("side_by_side")
def test_check_tells_values_that_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody comes, which costs nothing; the certificate takes the column for 1, at two misses of weight 2, and the check says so."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    Path("i.yaml").write_text(INSTANCE, encoding="utf-8")
    assert main(["solve", "i.yaml", "--workers", "1", "-o", "plan.csv", "--certificate", "proof.json"]) == 0
    capsys.readouterr()
    assert main(["check", "i.yaml", "plan.csv", "--certificate", "proof.json"]) == 1
    assert "tier relaxations: the program that the certificate is about counts 4 for this schedule, the audit of the rules 0" in (
        capsys.readouterr().out
    )
