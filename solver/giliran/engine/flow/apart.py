"""A flow in a process of its own: the flow solver holds the interpreter and cannot be stopped, a process can be abandoned.

`python -m giliran.engine.flow.apart FOLDER` is the other side: it reads `network.npz` there and writes `flow.npy`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from ortools.graph.python import min_cost_flow

from giliran.errors import InternalError
from giliran.program import Ints

POLL_S = 0.05
"""How often the waiting side looks whether it is still wanted."""

NO_MEMORY = 12
"""How the other side ends when memory is not enough for it."""

PACKAGE_ROOT = Path(__file__).resolve().parents[3]


class AbandonedError(Exception):
    """Nobody waits for the flow any more."""


def cheapest(tail: Ints, head: Ints, capacity: Ints, cost: Ints, supply: Ints) -> Ints | None:
    """Flow on every arc of a cheapest flow that meets all supplies, or None if there is none : int64[A].

    Raises
    ------
    InternalError
        If the flow solver ends in any other way.
    """
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), capacity, cost)
    nodes = np.flatnonzero(supply)
    solver.set_nodes_supplies(nodes.astype(np.int32), supply[nodes])
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:  # after anything else the flows must not be asked for: that crashes
        raise InternalError(f"the flow solver ended with {status}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def cheapest_apart(tail: Ints, head: Ints, capacity: Ints, cost: Ints, supply: Ints, go_on: Callable[[], bool]) -> Ints | None:
    """The same in a process of its own.

    Parameters
    ----------
    go_on
        Asked while waiting; False ends the process.

    Raises
    ------
    AbandonedError
        If `go_on` says so.
    MemoryError
        If memory is not enough for the process.
    InternalError
        If it ends without an answer for another reason.
    """
    with tempfile.TemporaryDirectory(prefix="giliran-") as name:
        folder = Path(name)
        np.savez(folder / "network.npz", tail=tail, head=head, capacity=capacity, cost=cost, supply=supply)
        path = os.pathsep.join([str(PACKAGE_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = [sys.executable, "-m", "giliran.engine.flow.apart", name]
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE, start_new_session=True) as process:
            _wait(process, go_on)
            if process.returncode == NO_MEMORY:
                raise MemoryError("a flow in a process of its own")
            if process.returncode:
                said = process.stderr.read().decode(errors="replace").strip().splitlines() if process.stderr else []
                raise InternalError(f"a flow in a process of its own ended with {process.returncode}: {' '.join(said[-1:])}")
        flow = np.load(folder / "flow.npy")
        return flow if len(flow) == len(tail) else None


def _wait(process: subprocess.Popen[bytes], go_on: Callable[[], bool]) -> None:
    while True:
        try:
            process.wait(POLL_S)
            return
        except subprocess.TimeoutExpired:
            if not go_on():
                process.kill()
                process.wait()
                raise AbandonedError from None


def main(folder: Path) -> None:
    """Solve what lies in a folder; an empty answer means that there is no flow."""
    with np.load(folder / "network.npz") as file:
        flow = cheapest(file["tail"], file["head"], file["capacity"], file["cost"], file["supply"])
    np.save(folder / "flow.npy", np.zeros(0, dtype=np.int64) if flow is None else flow)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except MemoryError:
        sys.exit(NO_MEMORY)
