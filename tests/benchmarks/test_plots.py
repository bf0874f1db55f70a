"""Pictures of stored runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.plots import GROWTH_FILE, RATIOS_FILE, NoPlotsError, draw
from tests.benchmarks.records import Record, stored_run

RUNS: dict[str, list[Record]] = {
    "b1": [stored_run(), stored_run("highs_mip")],
    "growth": [stored_run(case=f"{n}", staff=n) for n in (1_000, 10_000)],
}


def test_pictures_are_drawn(tmp_path: Path) -> None:
    """One picture of growth and one of the peers."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    drawn = draw(lambda suite: RUNS.get(suite, []), tmp_path / "plots")
    assert [path.name for path in drawn] == [GROWTH_FILE, RATIOS_FILE]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_nothing_stored_draws_nothing(tmp_path: Path) -> None:
    """Without runs there is no picture and no error."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    assert draw(lambda suite: [], tmp_path) == []


def test_without_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where matplotlib is missing, the extra is named."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NoPlotsError, match=r"giliran\[plots\]"):
        draw(lambda suite: RUNS.get(suite, []), tmp_path)
