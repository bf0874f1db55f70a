"""How every suite is measured unless somebody says otherwise: seeds, budget, peers, and about how long that takes."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.alone import ALONE, BOUNDS

EXACT = ("highs_mip", "highspy", "scip", "cpsat_plain", "cpsat_textbook")
"""Peers that can prove something, quick ones first."""

LONG = ("highspy", "highspy_whole", "cpsat_plain", "cpsat_textbook")
"""Peers of long horizons: HiGHS on our parts and on the whole program, and CP-SAT."""


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
        Who solves the same instances besides giliran, one after the other: peers, giliran with one method alone, its bounds alone.
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
    "b7": Protocol(5, 2, 60.0, (*LONG, "timefold"), 2),
    "b8": Protocol(5, 2, 60.0, LONG, 3),
    "b9": Protocol(3, 2, 120.0, LONG, 1),
    "b10": Protocol(3, 2, 60.0, LONG),
    "b11": Protocol(3, 2, 90.0, LONG, 1),
    "shapes": Protocol(3, 2, 60.0, tuple(ALONE)),
    "weeks": Protocol(3, 2, 120.0, (BOUNDS,)),
}
"""The protocol of each suite; the README beside this file says what each takes on two cores."""
