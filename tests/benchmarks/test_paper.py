"""The benchmark of paper: both files are read again, and what the table says."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

import benchmarks.paper as module
from benchmarks.paper import measure, paper, paper_table


@pytest.mark.slow
def test_both_files_name_everybody() -> None:
    """A small agency, in every week."""
    record = measure(20, 3, 1)
    assert min(record["least_named"]) >= 3 and record["docx_s"] > 0 and record["pdf_s"] > 0


def stored_run(**more: Any) -> dict[str, Any]:
    """A record."""
    about = {"case": "500 × 4 weeks", "when": "2026-11-29", "run": 1, "commit": "abc", "machine": {"cpu": "X", "cores": 2}, "aim_s": 5.0}
    took = {"docx_s": 1.0, "docx_cpu_s": 0.9, "pdf_s": 4.0, "pdf_cpu_s": 3.0, "weeks": 4, "least_named": [4, 5]}
    return {**about, **took, "versions": {"giliran": "1"}, **more}


def test_table() -> None:
    """The figure holds where everybody is on every table and both files keep the aim."""
    assert "| 500 × 4 weeks | 1 of 1 | 1.00 (1.00–1.00) | 0.90 (0.90–0.90) | 4.00 (4.00–4.00) |" in paper_table([stored_run()])
    for failing in ({"pdf_s": 5.1}, {"docx_s": 5.1}, {"least_named": [4, 3]}):
        assert "**no**" in paper_table([stored_run(**failing)])


def test_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody is missing it ends with 1; nothing is stored where nothing shall be."""
    monkeypatch.setattr(module, "records", lambda staff, weeks, runs: iter([stored_run(least_named=[4, 0])]))
    monkeypatch.setattr(module, "append", lambda record, suite: pytest.fail("stored"))
    assert CliRunner().invoke(paper, ["--no-store"]).exit_code == 1
