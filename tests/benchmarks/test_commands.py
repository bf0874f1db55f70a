"""The command line of the benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import benchmarks.__main__ as commands
from benchmarks.protocols import EXACT, PROTOCOLS, Protocol
from tests.benchmarks.records import stored_run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Protocol]:
    """Protocols that suites were measured by; nothing is run."""
    seen: list[Protocol] = []

    def run_suite(suite: str, cases: Any, protocol: Protocol) -> list[dict[str, Any]]:
        seen.append(protocol)
        return [stored_run(), stored_run("highs_mip")]

    monkeypatch.setattr(commands, "run_suite", run_suite)
    return seen


def test_suite_by_its_protocol(asked: list[Protocol]) -> None:
    """Without options a suite is measured as its protocol says."""
    done = CliRunner().invoke(commands.main, ["run", "b2", "--no-store"])
    assert done.exit_code == 0, done.output
    assert asked == [PROTOCOLS["b2"]]


def test_options_replace_the_protocol(asked: list[Protocol]) -> None:
    """What is given replaces what the protocol has; named peers take part in every run."""
    CliRunner().invoke(commands.main, ["run", "b2", "--no-store", "--runs", "1", "--budget", "7", "--peer", "scip"])
    CliRunner().invoke(commands.main, ["run", "b2", "--no-store", "--no-peers"])
    assert asked == [Protocol(1, 2, 7.0, ("scip",)), Protocol(5, 2, 60.0)]


def test_several_suites(asked: list[Protocol]) -> None:
    """Suites run one after the other, each by its own protocol."""
    done = CliRunner().invoke(commands.main, ["run", "b8", "weeks", "--no-store"])
    assert done.exit_code == 0, done.output
    assert asked == [PROTOCOLS["b8"], PROTOCOLS["weeks"]]


def test_instances_besides_are_for_shapes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of one's own are measured with the shapes, and nowhere else."""
    names: list[list[str]] = []
    monkeypatch.setattr(commands, "run_suite", lambda suite, cases, protocol: names.append([case.name for case in cases]) or [stored_run()])
    (tmp_path / "mine.yaml").write_text("")
    done = CliRunner().invoke(commands.main, ["run", "weeks", "shapes", "--no-store", "--also", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "mine" not in names[0] and names[1][-1] == "mine"
    assert CliRunner().invoke(commands.main, ["run", "weeks", "--also", str(tmp_path)]).exit_code == 2


def test_peers_and_no_peers(asked: list[Protocol]) -> None:
    """Peers cannot be named and left out at once."""
    assert CliRunner().invoke(commands.main, ["run", "b2", "--peer", "scip", "--no-peers"]).exit_code == 2
    assert asked == []


def test_peers_in_the_first_runs() -> None:
    """Peers take part in as many runs as the protocol says, the first ones."""
    protocol = Protocol(5, 2, 60.0, EXACT, 3)
    assert [bool(protocol.peers_in(run)) for run in range(1, 6)] == [True, True, True, False, False]


def test_contradiction_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer that beats a proof is told, and the command fails."""
    records = [stored_run(), stored_run("highs_mip", tiers={"fair_share": [100, 100], "wishes": [39, 39]})]
    monkeypatch.setattr(commands, "run_suite", lambda *_: records)
    done = CliRunner().invoke(commands.main, ["run", "b1", "--no-store"])
    assert done.exit_code == 1
    assert "BUG: B, seed 1" in done.output


def test_compare_shows_every_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suites with tables of their own are shown by them, runs of bounds alone too."""
    bounds = {key: value for key, value in stored_run("bounds", status="bounds").items() if key not in ("tiers", "proven_tiers")}
    monkeypatch.setattr(commands, "stored", lambda suite: [stored_run(), bounds] if suite == "weeks" else [])
    done = CliRunner().invoke(commands.main, ["compare", "--tiers"])
    assert done.exit_code == 0, done.exception
    assert "CPU seconds to the bound" in done.output


def test_report_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without stored runs the report says so."""
    monkeypatch.setattr(commands, "stored", lambda suite: [])
    assert CliRunner().invoke(commands.main, ["report", "growth"]).output.strip() == "Nothing is stored yet."
