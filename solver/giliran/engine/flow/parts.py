"""Relaxations before CP-SAT: parts that a min-cost flow solves to the end, with proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.flow.anatomy import Anatomy, anatomy_of
from giliran.engine.flow.apart import AbandonedError
from giliran.engine.flow.network import Network, build, network_of
from giliran.engine.flow.remainder import remainder_of
from giliran.engine.flow.tierwise import GoOn, TierwiseFlow, solve_network
from giliran.engine.presolve.join import join, part_of_columns
from giliran.errors import InternalError
from giliran.program import INFINITE, Ints
from giliran.program.segments import owners_of, starts_of

BATCH_CELLS = 8_000
"""Small parts are solved beside each other in one network of about this size; a flow holds the interpreter and cannot be stopped."""

Marks = NDArray[np.bool_]

MOST_CELLS = 10_000_000
"""A single part above this is not tried: node and arc numbers of its network would be beyond 32 bits."""


def flow_batches(parts: Sequence[Part], chosen: Sequence[int]) -> list[list[int]]:
    """Which of the chosen parts are tried as flows together, by their index; parts that surely are no flows are missing."""
    fit = [p for p in chosen if not parts[p].broken and len(parts[p].cells) <= MOST_CELLS and not len(parts[p].switches)]
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
        for solve in (_solve_flat, _solve_without_floors):
            if not left or not go_on():
                return solved
            found, crossing = solve(_Batch([parts[p] for p in left], num_days), go_on)
            solved |= {left[k]: solution for k, solution in found.items()}
            left = [left[k] for k in crossing]
        for p in left:
            if go_on() and (solution := _recoloured(parts[p], num_days, go_on)) is not None:
                solved[p] = solution
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
        return join(self.parts) if len(self.parts) > 1 else self.parts[0]

    @cached_property
    def people(self) -> Ints:
        """The person of every cell column : int64[m]."""
        return np.asarray(self.whole.cells // self.num_days)

    @cached_property
    def anatomy(self) -> Anatomy | None:
        """How their sets lie."""
        return anatomy_of(self.whole, self.people)

    @cached_property
    def part_of(self) -> Ints:
        """The part of every cell column : int64[m]."""
        return part_of_columns(self.parts) if len(self.parts) > 1 else np.zeros(len(self.whole.cells), dtype=np.int64)

    def network(self, part: Part, anatomy: Anatomy, part_of: Ints | None = None) -> Network | None:
        """The network of what stands of the parts, of all cells or of some whose parts are given."""
        return build(part, anatomy, self.part_of if part_of is None else part_of, len(self.parts))

    def without(self, columns: Ints) -> Marks:
        """The parts that have none of some columns : bool[P]."""
        out = np.ones(len(self.parts), dtype=np.bool_)
        out[self.part_of[columns]] = False
        return out

    def solutions(self, x: Ints, which: Marks, begin: float) -> dict[int, Solution]:
        """Solutions of some of the parts, by their position, from the values of all columns."""
        sizes = np.array([part.num_columns for part in self.parts], dtype=np.int64)
        starts, seconds = starts_of(sizes).tolist(), (time.monotonic() - begin) / len(self.parts)
        return {k: _proven(self.parts[k], x[starts[k] : starts[k + 1]], seconds) for k in np.flatnonzero(which).tolist()}


def _solve_flat(batch: _Batch, go_on: GoOn) -> _Found:
    """Solve the parts in which nothing crosses."""
    begin, everyone = time.monotonic(), list(range(len(batch.parts)))
    network = None if batch.anatomy is None else batch.network(batch.whole, batch.anatomy)
    if network is None or batch.anatomy is None:
        return {}, everyone
    flat = batch.without(batch.anatomy.crossing_columns())
    flow = solve_network(network, len(batch.whole.cost), go_on, flat)
    crossing = np.flatnonzero(~flat).tolist()
    if flow is None:
        return {}, crossing
    return batch.solutions(with_aux(batch.whole, network, flow.office(network)), flow.solved, begin), crossing


def _recoloured(part: Part, num_days: int, go_on: GoOn) -> Solution | None:
    """Solve a part in which nothing crosses if people's sets are not kept in one family."""
    batch, begin = _Batch([part], num_days), time.monotonic()
    network = network_of(part, batch.people)
    flow = None if network is None else solve_network(network, len(part.cost), go_on)
    if network is None or flow is None:
        return None
    return batch.solutions(with_aux(part, network, flow.office(network)), flow.solved, begin)[0]


def _solve_without_floors(batch: _Batch, go_on: GoOn) -> _Found:
    """Leave floors out that keep parts from being flows; a plan that keeps them all the same is best with them too.

    After every tier they are tried on what the tier leaves: people whom it settles no longer stand in them, and often they cross nothing
    any more. If what is left can hold them, nothing was lost in the tiers before.
    """
    begin, everyone = time.monotonic(), list(range(len(batch.parts)))
    if any(part.num_columns > len(part.cells) for part in batch.parts) or batch.anatomy is None:
        return {}, everyone
    floors = batch.anatomy.crossing_floors(batch.whole)
    if not len(floors):
        return {}, everyone
    keep = np.ones(len(batch.whole.rows), dtype=np.bool_)
    keep[floors] = False
    thin = without_rows(batch.whole, keep)
    anatomy = anatomy_of(thin, batch.people)
    network = None if anatomy is None else batch.network(thin, anatomy)
    if network is None or anatomy is None:
        return {}, everyone
    search = _FloorSearch(batch, network, floors, go_on)
    search.run(batch.without(anatomy.crossing_columns()))
    return batch.solutions(search.x, search.done, begin), np.flatnonzero(~search.done).tolist()


class _FloorSearch:
    """Tier after tier without floors, and after each a try with them in the parts that it changed.

    Attributes
    ----------
    x : int64[m]
        Values of all columns.
    done : bool[P]
        The parts whose values are the best plan that keeps the floors too.
    """

    def __init__(self, batch: _Batch, network: Network, floors: Ints, go_on: GoOn) -> None:
        self.batch, self.network, self.floors, self.go_on = batch, network, floors, go_on
        self.x = np.zeros(len(batch.whole.cells), dtype=np.int64)
        self.done = np.zeros(len(batch.parts), dtype=np.bool_)
        self.num_tiers = len(batch.whole.cost)

    def run(self, wanted: Marks) -> None:
        """Look for plans of the wanted parts : bool[P]."""
        state = TierwiseFlow(self.network, self.num_tiers, self.go_on, wanted)
        for tier in range(self.num_tiers):
            state.solve(tier)
            if tier < self.num_tiers - 1 and state.changed.any():
                state.live &= ~self._tried(state, tier)
        kept = np.flatnonzero(state.live)
        self._take(kept, state.flow[: self.network.num_cells])
        for k in kept.tolist():
            self.done[k] = self.batch.parts[k].kept(self.x[self.batch.part_of == k])

    def _tried(self, state: TierwiseFlow, tier: int) -> Marks:
        """Complete the parts in which the floors cross nothing any more; these, and those that cannot keep the floors : bool[P]."""
        batch = self.batch
        shut = ~state.changed[batch.part_of]
        face = remainder_of(batch.whole, self.network, state.lower, state.upper, tier, self.floors, shut)
        possible = state.changed & batch.without(face.unmet)
        anatomy, part_of = anatomy_of(face.part, face.part.cells // batch.num_days), batch.part_of[face.open]
        rest = None if anatomy is None else batch.network(face.part, anatomy, part_of)
        if rest is None or anatomy is None:
            return state.changed & ~possible
        nested = possible & batch.without(face.open[anatomy.crossing_columns()])
        flow = solve_network(rest, self.num_tiers, self.go_on, nested)
        if flow is not None:
            x = face.x
            x[face.open] = flow.office(rest)
            self._take(np.flatnonzero(flow.solved), x)
            self.done |= flow.solved
        return (state.changed & ~possible) | nested

    def _take(self, which: Ints, x: Ints) -> None:
        """Take the values of some parts."""
        mine = np.isin(self.batch.part_of, which)
        self.x[mine] = x[mine]


def without_rows(part: Part, keep: NDArray[np.bool_]) -> Part:
    """A part without some of its rows."""
    return replace(part, rows=part.rows.of(np.flatnonzero(keep)))


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


def _proven(part: Part, x: Ints, seconds: float) -> Solution:
    """The solution that a flow gives; flows are best in every tier."""
    if not part.kept(x):
        raise InternalError("a flow gave a plan that breaks a row")
    values = part.values(x)
    return Solution(Status.OPTIMAL, x, values, values.copy(), np.zeros(len(values), dtype=np.bool_), False, seconds)
