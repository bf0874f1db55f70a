"""One peer at work, in a process of its own: `python -m benchmarks.peers.child TASK ANSWER` reads and writes arrays."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import numpy as np

from benchmarks.following import cpu_s
from benchmarks.memory import peak_mb
from benchmarks.peers.climb import BrokenPlanError
from benchmarks.peers.exchange import Answer, Task, read_task, write_answer
from benchmarks.peers.parts import Whole, solve_parts
from benchmarks.peers.registry import PEERS, NotInstalledError, Peer
from benchmarks.statuses import BROKEN, NOT_INSTALLED
from giliran.domain.status import Status
from giliran.engine.base.evaluate import evaluate
from giliran.engine.presolve.split import split


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
    """The peer's answer to a task; loading its solver is not measured, splitting and rewriting are.

    A peer that is not installed, or whose plan breaks a row, answers with that as its status and without a plan.

    Raises
    ------
    PeerError
        If the peer contradicts itself.
    """
    try:
        opener = peer.opener()
    except NotInstalledError as missing:
        return _no_plan(task, {"status": NOT_INSTALLED, "error": [str(missing)], "versions": {}})
    about = {"versions": {name: version(name) for name in peer.packages}}
    begin, begin_cpu_s = time.perf_counter(), cpu_s()
    seen = task if peer.rewrite is None else peer.rewrite(task)
    pieces = split(seen.program, seen.order, whole=peer.whole)
    split_s = time.perf_counter() - begin
    try:
        found = solve_parts(pieces, opener, budget_s=budget_s, workers=workers)
    except BrokenPlanError as broken:
        return _no_plan(task, {"status": BROKEN, "error": [str(broken)], "peak_mb": peak_mb(), **about})
    seconds = {"split": split_s, "solve": time.perf_counter() - begin}
    figures = _figures(peer, seen, found, len(pieces.parts), seconds) | about | {"cpu_s": cpu_s() - begin_cpu_s}
    many = task.program.num_columns
    answer = Answer(found.x[:many], found.planned[:many], figures)
    return answer if seen is task else in_our_tiers(task, seen, answer)


def _no_plan(task: Task, figures: dict[str, Any]) -> Answer:
    many = task.program.num_columns
    return Answer(np.zeros(many, dtype=np.int64), np.zeros(many, dtype=np.bool_), figures)


def in_our_tiers(task: Task, seen: Task, answer: Answer) -> Answer:
    """What a peer with a tier of its own found, in our tiers: values of its plan; bounds and proofs only before the tier that differs.

    `own` keeps what it found and proved in its own tiers.
    """
    figures = answer.figures
    theirs, tiers = seen.program.tiers, task.program.tiers
    same = next((k for k, name in enumerate(tiers) if theirs[k] != name), len(tiers))
    own = {name: figures[name] for name in ("tiers", "proven_tiers")} | {"proven": figures["status"] == Status.OPTIMAL.value}
    if figures["planned_parts"] < figures["parts"]:
        return Answer(answer.x, answer.planned, figures | {"tiers": {}, "own": own})
    values = evaluate(task.program, answer.x, answer.planned)
    if values is None:
        return _no_plan(task, {"status": BROKEN, "error": ["its plan breaks a row"], "versions": figures["versions"]})
    shared = {name: figures["reached"]["tiers"][name] for name in tiers[:same]}
    bounds = [pair[1] if k < same else None for k, pair in enumerate(figures["tiers"].values())]
    ours = {
        "tiers": {name: [value, bound] for name, value, bound in zip(tiers, values.tolist(), bounds, strict=True)},
        "proven_tiers": min(same, figures["proven_tiers"]),
        "proven_parts": figures["proven_parts"] if seen.program.tiers == task.program.tiers else 0,
        "status": Status.FEASIBLE.value,
        "own": own,
        "reached": figures["reached"] | {"tiers": dict.fromkeys(tiers) | shared},
    }
    return Answer(answer.x, answer.planned, figures | ours)


def _figures(peer: Peer, seen: Task, found: Whole, parts: int, seconds: dict[str, float]) -> dict[str, Any]:
    tiers = seen.program.tiers
    bounds = found.bounds.tolist() if peer.exact else [None] * len(tiers)
    return {
        "status": found.status.value,
        "parts": parts,
        "planned_parts": found.planned_parts,
        "proven_parts": found.proven_parts if peer.exact else 0,
        "proven_tiers": found.proven_tiers if found.planned_parts == parts and peer.exact else 0,
        "tiers": {name: [value, bound] for name, value, bound in zip(tiers, found.values.tolist(), bounds, strict=True)},
        "reached": _reached(tiers, found, seconds["split"], found.proven_s if peer.exact else []),
        "tier_seconds": dict(zip(tiers, found.tier_s, strict=True)),
        "seconds": seconds,
        "peak_mb": peak_mb(),
    }


def _reached(tiers: Sequence[str], found: Whole, split_s: float, proven_s: Sequence[float]) -> dict[str, Any]:
    """Wall seconds until every part had a plan, and until each tier and those before it were proven in all; None where neither was."""
    proven = [*(seconds + split_s for seconds in proven_s), *[None] * (len(tiers) - len(proven_s))]
    return {"plan": None if found.plan_s is None else found.plan_s + split_s, "tiers": dict(zip(tiers, proven, strict=True))}


if __name__ == "__main__":
    main()
