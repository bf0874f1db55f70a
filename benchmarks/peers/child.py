"""One peer at work, in a process of its own: `python -m benchmarks.peers.child TASK ANSWER` reads and writes arrays."""

from __future__ import annotations

import time
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.memory import peak_mb
from benchmarks.peers.exchange import Answer, Task, read_task, write_answer
from benchmarks.peers.parts import Whole, solve_parts
from benchmarks.peers.registry import PEERS, Peer
from giliran.engine.split import split


@click.command()
@click.argument("task", type=click.Path(exists=True, path_type=Path))
@click.argument("answer", type=click.Path(path_type=Path))
@click.option("--peer", type=click.Choice(sorted(PEERS)), required=True)
@click.option("--workers", type=int, required=True)
@click.option("--time-limit", type=float, required=True)
def main(task: Path, answer: Path, peer: str, workers: int, time_limit: float) -> None:
    """Split, solve tier after tier, write what was found."""
    write_answer(answer, run_peer(PEERS[peer], read_task(task), workers=workers, budget_s=time_limit))


def run_peer(peer: Peer, task: Task, *, workers: int, budget_s: float) -> Answer:
    """The peer's answer to a task; loading its solver is not measured, splitting is.

    Raises
    ------
    PeerError
        If the peer contradicts itself.
    """
    opener = peer.opener()
    begin = time.perf_counter()
    pieces = split(task.program, task.order, whole=peer.whole)
    split_s = time.perf_counter() - begin
    found = solve_parts(pieces, opener, budget_s=budget_s, workers=workers)
    seconds = {"split": split_s, "solve": time.perf_counter() - begin}
    return Answer(found.x, found.planned, _figures(peer, task, found, len(pieces.parts), seconds))


def _figures(peer: Peer, task: Task, found: Whole, parts: int, seconds: dict[str, float]) -> dict[str, object]:
    tiers = task.program.tiers
    return {
        "status": found.status.value,
        "parts": parts,
        "planned_parts": found.planned_parts,
        "proven_tiers": found.proven_tiers if found.planned_parts == parts else 0,
        "tiers": {name: pair for name, *pair in zip(tiers, found.values.tolist(), found.bounds.tolist(), strict=True)},
        "tier_seconds": dict(zip(tiers, found.tier_s, strict=True)),
        "seconds": seconds,
        "peak_mb": peak_mb(),
        "versions": {name: version(name) for name in peer.packages},
    }


if __name__ == "__main__":
    main()
