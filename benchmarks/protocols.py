"""How every suite is measured unless somebody says otherwise: seeds, budget, peers, and about how long that takes."""

from __future__ import annotations

from dataclasses import dataclass

EXACT = ("highs_mip", "highspy", "scip", "cpsat_plain", "cpsat_textbook")
"""Peers that can prove something, quick ones first."""


@dataclass(frozen=True)
class Protocol:
    """How a suite is measured.

    Parameters
    ----------
    runs
        Runs of every case, with seeds 1, 2, …
    workers
        Threads for whoever solves.
    budget_s
        Seconds of search per run.
    peers
        Who solves the same instances besides giliran, one after the other.
    peer_runs
        In how many of the runs the peers take part, the first ones; None for all.
    """

    runs: int
    workers: int
    budget_s: float
    peers: tuple[str, ...] = ()
    peer_runs: int | None = None

    def peers_in(self, run: int) -> tuple[str, ...]:
        """Who takes part in a run, counted from 1."""
        return self.peers if self.peer_runs is None or run <= self.peer_runs else ()


PROTOCOLS = {
    "quick": Protocol(5, 2, 120.0),
    "b1": Protocol(5, 2, 60.0, EXACT),
    "b2": Protocol(5, 2, 60.0, EXACT, 3),
    "b3": Protocol(5, 2, 60.0, EXACT, 3),
    "b4": Protocol(5, 2, 60.0, EXACT, 3),
    "small": Protocol(3, 2, 60.0, (*EXACT, "timefold")),
    "b5": Protocol(3, 2, 120.0),
    "growth": Protocol(3, 2, 120.0),
    "coupled": Protocol(3, 2, 120.0),
}
"""The protocol of each suite; the README beside this file says what each takes on two cores."""
