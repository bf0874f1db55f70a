"""Relaxations before CP-SAT: parts that a min-cost flow solves to the end, with proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.domain.status import Status
from giliran.engine.base.arrays import pick
from giliran.engine.base.part import Part, PartRows
from giliran.engine.base.solution import Solution
from giliran.engine.flow.anatomy import Anatomy, anatomy_of
from giliran.engine.flow.apart import AbandonedError
from giliran.engine.flow.network import Network, build, network_of
from giliran.engine.flow.remainder import Remainder, remainder_of
from giliran.engine.flow.tierwise import GoOn, TierwiseFlow, TooDearError, solve_network
from giliran.engine.presolve.join import join, part_of_columns
from giliran.errors import InternalError
from giliran.program import INFINITE, Ints
from giliran.program.segments import owners_of

BATCH_CELLS = 8_000
"""Small parts are solved beside each other in one network of about this size; a flow holds the interpreter and cannot be stopped."""

MOST_CELLS = 10_000_000
"""A single part above this is not tried: node and arc numbers of its network would be beyond 32 bits."""


def flow_batches(parts: Sequence[Part], chosen: Sequence[int]) -> list[list[int]]:
    """Which of the chosen parts are tried as flows together, by their index; parts that surely are no flows are missing."""
    fit = [p for p in chosen if not parts[p].broken and len(parts[p].cells) <= MOST_CELLS and not len(parts[p].switches.first)]
    plain = [p for p in fit if _joinable(parts[p])]
    return [*_filled(parts, plain), *([p] for p in sorted(set(fit) - set(plain)))]


def solve_by_flow(parts: Sequence[Part], num_days: int, go_on: Callable[[], bool]) -> dict[int, Solution]:
    """Solve every part of a batch that is a min-cost flow.

    Parameters
    ----------
    parts
        A batch as `flow_batches` makes it.
    num_days
        Days of the cell grid: cell `c` belongs to person `c // num_days`.
    go_on
        Asked between networks, and during large ones; False leaves the rest to others.

    Returns
    -------
    dict
        Proven solutions by the index of the part. Parts that are no flow, or have no plan as a flow, are missing: CP-SAT has the last
        word on what is impossible.
    """
    solved: dict[int, Solution] = {}
    left = list(range(len(parts)))
    try:
        if all(_joinable(part) for part in parts):
            batch = _Batch(list(parts), num_days)
            for solve in (_solve_flat, _solve_without_floors):
                if not left or not go_on():
                    return solved
                found, crossing = solve(batch, go_on)
                solved |= {left[k]: solution for k, solution in found.items()}
                left = [left[k] for k in crossing]
                batch = batch if len(left) == len(batch.parts) else _Batch([parts[p] for p in left], num_days)
        for p in left:
            if go_on():
                part = [parts[p]]
                alone = _solve_together(part, num_days, go_on) or _solve_without_floors(_Batch(part, num_days), go_on)[0]
                if alone:
                    solved[p] = alone[0]
    except AbandonedError:
        pass
    return solved


def _joinable(part: Part) -> bool:
    return part.num_columns == len(part.cells) and bool((part.rows.coef == 1).all())


def _filled(parts: Sequence[Part], chosen: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    cells = 0
    for p in chosen:
        size = len(parts[p].cells)
        if batch and cells + size > BATCH_CELLS:
            yield batch
            batch, cells = [], 0
        batch.append(p)
        cells += size
    if batch:
        yield batch


_Found = tuple[dict[int, Solution], list[int]]
"""Solutions by position in the batch, and positions of parts that need a closer look."""


@dataclass(frozen=True)
class _Batch:
    """Parts that are tried together, and what is found out about all of them at once.

    Parameters
    ----------
    parts
    num_days
        Days of the cell grid.
    """

    parts: list[Part]
    num_days: int

    @cached_property
    def whole(self) -> Part:
        """The parts beside each other."""
        return join(self.parts)

    @cached_property
    def people(self) -> Ints:
        """The person of every cell column : int64[m]."""
        return np.asarray(self.whole.cells // self.num_days)

    @cached_property
    def anatomy(self) -> Anatomy | None:
        """How their sets lie."""
        return anatomy_of(self.whole, self.people)

    def some(self, chosen: list[int]) -> _Batch:
        """Some of the parts."""
        return _Batch([self.parts[k] for k in chosen], self.num_days)


def _solve_flat(batch: _Batch, go_on: GoOn) -> _Found:
    """Solve the parts in which nothing crosses."""
    everyone = list(range(len(batch.parts)))
    if batch.anatomy is None:
        return {}, everyone
    crossing = np.unique(part_of_columns(batch.parts)[batch.anatomy.crossing_columns()]).tolist()
    if not crossing:
        return _solve_together(batch.parts, batch.num_days, go_on, batch.anatomy), []
    good = sorted(set(everyone) - set(crossing))
    found = _solve_together(batch.some(good).parts, batch.num_days, go_on) if good else {}
    return {good[k]: solution for k, solution in found.items()}, crossing


def _solve_together(parts: list[Part], num_days: int, go_on: GoOn, anatomy: Anatomy | None = None) -> dict[int, Solution]:
    """Solve parts beside each other in one network; if that has no plan, each on its own."""
    begin = time.monotonic()
    whole = join(parts) if len(parts) > 1 else parts[0]
    network = network_of(whole, whole.cells // num_days) if anatomy is None else build(whole, anatomy)
    if network is None:
        return {}
    try:
        flow = solve_network(network, len(whole.cost), go_on)
    except TooDearError:
        return {}
    if flow is None:
        if len(parts) == 1:
            return {}
        return {k: found for k, part in enumerate(parts) for found in _solve_together([part], num_days, go_on).values()}
    return _solutions(parts, with_aux(whole, network, flow.office(network)), (time.monotonic() - begin) / len(parts))


def _solve_without_floors(batch: _Batch, go_on: GoOn) -> _Found:
    """Leave floors out that keep parts from being flows; a plan that keeps them all the same is best with them too.

    After every tier they are tried on what the tier leaves: people whom it settles no longer stand in them, and often they cross nothing
    any more. If what is left can hold them, nothing was lost in the tiers before.
    """
    begin, parts, everyone = time.monotonic(), batch.parts, list(range(len(batch.parts)))
    if any(part.num_columns > len(part.cells) for part in parts) or batch.anatomy is None:
        return {}, everyone
    whole = batch.whole
    floors = batch.anatomy.crossing_floors(whole)
    if not len(floors):
        return {}, everyone
    keep = np.ones(len(whole.rows), dtype=np.bool_)
    keep[floors] = False
    thin = without_rows(whole, keep)
    anatomy = anatomy_of(thin, batch.people)
    if anatomy is None:
        return {}, everyone
    if anatomy.crossing.any():
        crossing = np.unique(part_of_columns(parts)[anatomy.crossing_columns()]).tolist()
        good = sorted(set(everyone) - set(crossing))
        found, more = _solve_without_floors(batch.some(good), go_on) if good else ({}, [])
        return {good[k]: solution for k, solution in found.items()}, sorted([*crossing, *(good[k] for k in more)])
    network = build(thin, anatomy)
    x = None if network is None else _tier_by_tier(whole, network, floors, batch.num_days, go_on)
    return ({}, everyone) if x is None else (_solutions(parts, x, (time.monotonic() - begin) / len(parts)), [])


def _tier_by_tier(part: Part, network: Network, floors: Ints, num_days: int, go_on: GoOn) -> Ints | None:
    """The best plan that keeps the floors too, None where it is not found this way."""
    num_tiers = len(part.cost)
    state = TierwiseFlow(network, num_tiers, go_on)
    try:
        for tier in range(num_tiers):
            before = state.flow
            if not state.solve(tier):
                return None
            if tier == num_tiers - 1 or (state.flow is before and tier):
                continue
            face = remainder_of(part, network, state.lower, state.upper, tier, floors)
            if face is None:
                return None
            rest = network_of(face.part, face.part.cells // num_days)
            if rest is not None:
                return _completed(face, rest, num_tiers, go_on)
    except TooDearError:
        return None
    assert state.flow is not None
    x = state.flow[: network.num_cells]
    return x if part.kept(x) else None


def _completed(face: Remainder, rest: Network, num_tiers: int, go_on: GoOn) -> Ints | None:
    flow = solve_network(rest, num_tiers, go_on)
    if flow is None:
        return None
    x = face.x.copy()
    x[face.open] = flow.office(rest)
    return x


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
    link = np.flatnonzero((np.bincount(owner[is_aux], minlength=len(rows)) == 1) & (rows.lo > -INFINITE))
    here = np.bincount(owner[~is_aux], weights=office[rows.col[~is_aux]], minlength=len(rows)).astype(np.int64)
    entries = np.flatnonzero(is_aux & np.isin(owner, link))
    x[rows.col[entries]] = np.minimum(x[rows.col[entries]], here[owner[entries]] - rows.lo[owner[entries]])
    return x


def _solutions(parts: list[Part], x: Ints, seconds: float) -> dict[int, Solution]:
    solved = {}
    begin = 0
    for k, part in enumerate(parts):
        mine = x[begin : begin + part.num_columns]
        begin += part.num_columns
        if not part.kept(mine):
            raise InternalError("a flow gave a plan that breaks a row")
        values = part.values(mine)
        none = np.zeros(len(values), dtype=np.bool_)
        solved[k] = Solution(Status.OPTIMAL, mine, values, values.copy(), none, False, seconds)
    return solved
