"""Relaxations before CP-SAT: parts that a min-cost flow solves to the end, with proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.status import Status
from giliran.engine.arrays import owners_of, pick
from giliran.engine.flow.face import face_of
from giliran.engine.flow.network import Network, crossing_columns, crossing_floors, network_of
from giliran.engine.flow.solving import Climb, TooDearError, solve_network
from giliran.engine.join import join, part_of_columns
from giliran.engine.part import Part, PartRows
from giliran.engine.search import Solution
from giliran.errors import InternalError
from giliran.program import Ints

BATCH_CELLS = 20_000
"""Small parts are solved beside each other in one network of about this size; a flow holds the interpreter and cannot be stopped."""

MOST_CELLS = 400_000
"""A single part above this is not tried: its flow could not be stopped in time."""


def solve_by_flow(parts: Sequence[Part], num_days: int, go_on: Callable[[], bool]) -> dict[int, Solution]:
    """Solve every part that is a min-cost flow.

    Parameters
    ----------
    parts
        All parts of a program.
    num_days
        Days of the cell grid: cell `c` belongs to person `c // num_days`.
    go_on
        Asked between networks; False leaves the rest to others.

    Returns
    -------
    dict
        Proven solutions by the index of the part. Parts that are no flow, or have no plan as a flow, are missing: CP-SAT has the last
        word on what is impossible.
    """
    solved: dict[int, Solution] = {}
    plain = [p for p, part in enumerate(parts) if not part.broken and part.num_columns == len(part.cells)]
    flat = set(plain)
    alone = [p for p, part in enumerate(parts) if not part.broken and p not in flat]
    for batch in _batches(parts, plain):
        if not go_on():
            return solved
        good, crossing = _sieved(parts, batch, num_days)
        alone += crossing
        if good:
            solved |= _solve_together([parts[p] for p in good], good, num_days)
    for p in alone:
        if go_on() and len(parts[p].cells) <= MOST_CELLS:
            solved |= _solve_together([parts[p]], [p], num_days) or _solve_without_floors(parts[p], p, num_days)
    return solved


def _batches(parts: Sequence[Part], chosen: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    cells = 0
    for p in chosen:
        size = len(parts[p].cells)
        if batch and cells + size > BATCH_CELLS:
            yield batch
            batch, cells = [], 0
        if size <= MOST_CELLS:
            batch.append(p)
            cells += size
    if batch:
        yield batch


def _sieved(parts: Sequence[Part], batch: list[int], num_days: int) -> tuple[list[int], list[int]]:
    """Parts of a batch whose people's sets and other sets are two laminar families, and parts that need a closer look."""
    chosen = [parts[p] for p in batch]
    whole = join(chosen)
    owner = part_of_columns(chosen)
    bad = np.zeros(len(batch), dtype=np.bool_)
    rows = whole.rows
    bad[owner[rows.col[rows.coef != 1]]] = True
    bad[owner[whole.switches.first]] = True
    bad[owner[(whole.lo != 0) | (whole.hi != 1)]] = True
    crossing = np.zeros(len(batch), dtype=np.bool_)
    crossing[owner[crossing_columns(whole, whole.cells // num_days)]] = True
    good = [p for k, p in enumerate(batch) if not bad[k] and not crossing[k]]
    return good, [p for k, p in enumerate(batch) if not bad[k] and crossing[k]]


def _solve_together(parts: list[Part], names: list[int], num_days: int) -> dict[int, Solution]:
    """Solve parts beside each other in one network; if that has no plan, each on its own."""
    begin = time.monotonic()
    whole = join(parts) if len(parts) > 1 else parts[0]
    network = network_of(whole, whole.cells // num_days)
    if network is None:
        return {}
    try:
        flow = solve_network(network, len(whole.cost))
    except TooDearError:
        return {}
    if flow is None:
        if len(parts) == 1:
            return {}
        return {p: found for part, p in zip(parts, names, strict=True) for found in _solve_together([part], [p], num_days).values()}
    seconds = (time.monotonic() - begin) / len(parts)
    x = with_aux(whole, network, flow.office(network))
    return _solutions(parts, names, x, seconds)


def _solve_without_floors(part: Part, name: int, num_days: int) -> dict[int, Solution]:
    """Leave floors out that keep a part from being a flow; a plan that keeps them all the same is best with them too.

    After every tier they are tried on what the tier leaves: people whom it settles no longer stand in them, and often they cross nothing
    any more. If what is left can hold them, nothing was lost in the tiers before.
    """
    begin = time.monotonic()
    floors = crossing_floors(part, part.cells // num_days)
    if not len(floors) or part.num_columns > len(part.cells):
        return {}
    keep = np.ones(len(part.rows), dtype=np.bool_)
    keep[floors] = False
    network = network_of(without_rows(part, keep), part.cells // num_days)
    if network is None:
        return {}
    try:
        x = _climbed(part, network, floors, num_days)
    except TooDearError:
        return {}
    return {} if x is None else _solutions([part], [name], x, time.monotonic() - begin)


def _climbed(part: Part, network: Network, floors: Ints, num_days: int) -> Ints | None:
    """The best plan that keeps the floors too, None where it is not found this way."""
    num_tiers = len(part.cost)
    climb = Climb(network, num_tiers)
    for tier in range(num_tiers):
        if not climb.solve(tier):
            return None
        assert climb.flow is not None
        face = face_of(part, network, climb.lower, climb.upper, tier, floors)
        if face is None:
            return None
        rest = network_of(face.part, face.part.cells // num_days) if tier < num_tiers - 1 else None
        if rest is not None:
            flow = solve_network(rest, num_tiers)
            if flow is None:
                return None
            x = face.x.copy()
            x[face.open] = flow.office(rest)
            return x
    assert climb.flow is not None
    x = climb.flow[: network.num_cells]
    return x if part.kept(x) else None


def without_rows(part: Part, keep: NDArray[np.bool_]) -> Part:
    """A part without some of its rows."""
    rows = part.rows
    start, entries = pick(rows.start, np.flatnonzero(keep))
    rest = (rows.lo[keep], rows.hi[keep], rows.tier[keep], rows.weight[keep])
    return replace(part, rows=PartRows(start, rows.col[entries], rows.coef[entries], *rest))


def with_aux(part: Part, network: Network, office: Ints) -> Ints:
    """Values of all columns of a part: cells as given, people not counted by sparing rows as many as there can be."""
    count = network.num_cells
    x = np.concatenate([office, part.hi[count:]])
    if len(x) == count:
        return x
    rows = part.rows
    owner = owners_of(rows.start)
    is_aux = rows.col >= count
    link = np.flatnonzero((np.bincount(owner[is_aux], minlength=len(rows)) == 1) & (rows.lo > -(1 << 40)))
    here = np.bincount(owner[~is_aux], weights=office[rows.col[~is_aux]], minlength=len(rows)).astype(np.int64)
    entries = np.flatnonzero(is_aux & np.isin(owner, link))
    x[rows.col[entries]] = np.minimum(x[rows.col[entries]], here[owner[entries]] - rows.lo[owner[entries]])
    return x


def _solutions(parts: list[Part], names: list[int], x: Ints, seconds: float) -> dict[int, Solution]:
    solved = {}
    begin = 0
    for part, p in zip(parts, names, strict=True):
        mine = x[begin : begin + part.num_columns]
        begin += part.num_columns
        if not part.kept(mine):
            raise InternalError("a flow gave a plan that breaks a row")
        values = part.values(mine)
        none = np.zeros(len(values), dtype=np.bool_)
        solved[p] = Solution(Status.OPTIMAL, mine, values, values.copy(), none, False, seconds)
    return solved
