"""Stored runs, made by hand."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


def stored_run(peer: str | None = None, **given: Any) -> Record:
    """A run of case B with two tiers, proven in 2 s (giliran) or 6 s (a peer)."""
    seconds = {"compile": 0.25, "solve": 2.0, "name_duty": 0.0, "audit": 0.25, "load": 1.0, "total": 4.0}
    record: Record = {
        "suite": "b",
        "when": "2026-01-05T08:00:00+00:00",
        "commit": "abc1234",
        "machine": {"cpu": "Some CPU", "cores": 2, "system": "Linux"},
        "case": "B",
        "run": 1,
        "budget_s": 60.0,
        "aim_s": 5.0,
        "aim_of": "loaded",
        "staff": 1000,
        "days": 5,
        "parts": 8,
        "largest_part": 150,
        "status": "optimal",
        "proven_tiers": 2,
        "tiers": {"fair_share": [100, 100], "wishes": [40, 40]},
        "seconds": seconds if peer is None else {"load": 1.0, "compile": 0.25, "split": 0.0, "solve": 6.0},
        "reached": {"plan": 0.5, "tiers": {"fair_share": 1.0, "wishes": 2.0}},
        "reached_cpu": {"plan": 1.0, "tiers": {"fair_share": 2.0, "wishes": 4.0}},
        "cpu_s": 5.0,
        "planned_parts": 8,
        "proven_parts": 8,
        "peak_mb": 120,
        "seed": 1,
        "workers": 2,
        "versions": {"giliran": "0.1.0"},
    }
    if peer is not None:
        record |= {"peer": peer, "versions": {"scipy": "1.17"}}
    return record | given
