"""Cheapest paths through state graphs, for everybody at once and exactly: what multipliers prove about a face.

A path counts a total of its person on the way. So the total holds in every path, and not only on average, as it does in a linear program.

Sources: Ahuja, Magnanti, Orlin, *Network Flows* (1993), chapters 4 and 16 (Lagrangian relaxation); Irnich, Desaulniers, *Shortest Path
Problems with Resource Constraints* (2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.columns.arcs import StateGraph
from giliran.engine.columns.face import NO_ORIGIN, OptimalFace, Price
from giliran.engine.columns.highs import Floats
from giliran.program import Ints

SCALES = (10_000, 1_000, 100, 10, 1)
"""Multipliers count in the first of these parts of a unit that numbers bear."""

MOST_Y = float(1 << 50)
"""Multipliers beyond, in parts of a unit, are cut."""

FAR = 1 << 60
"""Stands for a state from which no path goes on."""


@dataclass(frozen=True)
class Paths:
    """The cheapest paths for some multipliers.

    Parameters
    ----------
    proven
        No plan of the face costs less, in parts of a unit.
    y : int64[M]
        The multipliers that counted, 0 for other rows.
    arcs : int64[k]
        The arcs of everybody's path.
    """

    proven: int
    y: Ints
    arcs: Ints


@dataclass(frozen=True)
class _Level:
    """Arcs of one level by tail.

    Parameters
    ----------
    arcs : int64[k]
    begins : int64[s]
        Where those of the next tail begin.
    tails : int64[s]
    head : int64[k]
        Number of the head among the tails of the next level; that of the end, by person, after them.
    """

    arcs: Ints
    begins: Ints
    tails: Ints
    head: Ints


class CountedPaths:
    """The paths of a face over state graphs, every arc of which lies on a path from somebody's first cell to the last.

    Parameters
    ----------
    face
        Over state graphs.
    cost : int64[n]

    Attributes
    ----------
    scale
        Multipliers count in this part of a unit.
    rows : int64[R]
        Rows that multipliers speak for: neither those of states nor totals that paths hold by themselves.
    plain : int64[k]
        Columns that no path decides.
    person : int64[A]
        Of every arc.
    size
        Number of persons.
    longest
        Arcs of the longest path.
    """

    def __init__(self, face: OptimalFace, cost: Ints) -> None:
        assert face.graph is not None
        self.face, self.cost, self._graph = face, cost, face.graph
        self.person = _persons(self._graph)
        self.size, self.longest = int(self.person.max(initial=-1)) + 1, int(self._graph.level.max(initial=0)) + 1
        self._levels = _levels(self._graph, self.person)
        row, owner, self._adds = _totals(face, self._graph, self.person)
        counts = np.unique(np.stack([self.person, self._graph.level])[:, self._adds], axis=1)[0]
        self._ends = np.zeros((self.size, int(np.bincount(counts, minlength=1).max()) + 1), dtype=np.int64)
        plain = np.ones(face.num_columns, dtype=np.bool_)
        plain[self._graph.columns] = False
        held = face.origin < NO_ORIGIN
        for number, who in zip(row.tolist(), owner.tolist(), strict=True):
            columns, held[number] = self._settle(number, who, plain)
            plain[columns] &= not held[number]
        self.rows, self.plain = np.flatnonzero(~held), np.flatnonzero(plain)
        self.scale = next((scale for scale in SCALES if self._small(scale * cost.astype(np.float64), scale)), 0)

    def _settle(self, row: int, who: int, plain: NDArray[np.bool_]) -> tuple[Ints, bool]:
        """Say what each total of a row costs; the columns beside its arcs, and whether nothing but the path decides them."""
        rows = self.face.rows
        entries = slice(rows.indptr[row], rows.indptr[row + 1])
        beside = np.flatnonzero(plain[rows.indices[entries]])
        columns, sign = rows.indices[entries][beside], rows.data[entries][beside]
        alone = bool((np.bincount(rows.indices, minlength=self.face.num_columns)[columns] == 1).all())
        cost = self.cost[columns] if alone else np.zeros(len(columns), dtype=np.int64)
        self._ends[who] = _least_beside(self.face, row, columns, sign, cost, self._ends.shape[1])
        return columns, alone

    def _small(self, reduced: Floats, scale: int) -> bool:
        """Whether lengths made of some costs stay inside 64 bits."""
        ends = float(self._ends[self._ends < FAR].max(initial=0)) * scale
        spread = float((np.abs(reduced) * np.maximum(np.abs(self.face.lo), np.abs(self.face.hi)))[self.plain].sum())
        most = float(np.abs(reduced[self._graph.columns]).max(initial=0.0)) * self.longest + ends
        return most * max(self.size, 1) + spread < FAR / 4

    def cheapest(self, y: Floats, noise: Floats | None = None) -> Paths | None:
        """Everybody's cheapest path for multipliers of the rows; None where somebody has none, or numbers are too large.

        Parameters
        ----------
        y : float64[M]
            In units. What speaks for a bound that a row does not have, or for a row not in `rows`, does not count.
        noise : float64[A]
            Added to the length of every arc, in units; then nothing is proven.
        """
        whole = self._whole(y)
        reduced = self._reduced(whole)
        if reduced is None:
            return None
        if noise is not None:
            reduced[self._graph.columns] += np.rint(noise * self.scale).astype(np.int64)
        least, trail = self._ahead(reduced)
        if least is None:
            return None
        return Paths(self._fixed(whole, reduced) + int(least.sum()), whole, self._walked(trail))

    def price(self, y: Floats) -> Price | None:
        """What multipliers float64[M] prove, as `cheapest` takes them; the reduced cost of an arc is what a detour through it costs."""
        whole = self._whole(y)
        reduced = self._reduced(whole)
        if reduced is None:
            return None
        least, trail = self._ahead(reduced)
        if least is None:
            return None
        proven = self._fixed(whole, reduced) + int(least.sum())
        out = np.zeros(self.face.num_columns, dtype=np.int64)
        out[self.plain] = reduced[self.plain]
        out[self._graph.columns] = self._through(trail, reduced) - least[self.person]
        return Price(self.scale, whole, out, proven)

    def own(self, arcs: Ints) -> Ints:
        """What everybody's path costs, with what its total costs; a path of each person : int64[P]."""
        person = self.person[arcs]
        cost, count = np.zeros(self.size, dtype=np.int64), np.zeros(self.size, dtype=np.int64)
        np.add.at(cost, person, self.cost[self._graph.columns][arcs])
        np.add.at(count, person, self._adds[arcs])
        return np.asarray(cost + self._ends[np.arange(self.size), count])

    def _whole(self, y: Floats) -> Ints:
        face, whole = self.face, np.zeros(len(y), dtype=np.int64)
        whole[self.rows] = np.rint(np.clip(np.nan_to_num(y[self.rows]) * self.scale, -MOST_Y, MOST_Y))
        return np.where(((whole > 0) & ~face.has_floor) | ((whole < 0) & ~face.has_cap), 0, whole)

    def _reduced(self, y: Ints) -> Ints | None:
        """Costs less what multipliers pay; None where numbers are too large : int64[n]."""
        size = self.scale * abs(self.cost) + abs(self.face.rows).T @ np.abs(y.astype(np.float64))
        if not self.scale or not self._small(size, self.scale):
            return None
        return np.asarray(self.scale * self.cost - self.face.rows.T @ y)

    def _fixed(self, y: Ints, reduced: Ints) -> int:
        """What rows and plain columns cost at the least."""
        face = self.face
        side = np.where(y > 0, face.row_lo, np.where(y < 0, face.row_hi, 0))
        return int((y * side).sum() + np.minimum(reduced * face.lo, reduced * face.hi)[self.plain].sum())

    def _ahead(self, reduced: Ints) -> tuple[Ints | None, list[Ints]]:
        """Everybody's least length, None where somebody has no path; and level by level, the last first, that from each arc on by count."""
        length = reduced[self._graph.columns]
        ends = np.where(self._ends < FAR, self._ends * self.scale, FAR)
        trail, ahead = [], np.zeros((0, ends.shape[1]), dtype=np.int64)
        for level in self._levels:
            ways = np.concatenate([ahead, ends])[level.head]
            more = self._adds[level.arcs]
            ways[more, :-1], ways[more, -1] = ways[more, 1:], FAR
            ways = np.minimum(ways + length[level.arcs, None], FAR)
            trail.append(ways)
            ahead = np.minimum.reduceat(ways, level.begins, axis=0)
        found = len(ahead) == self.size and not (ahead[:, 0] >= FAR // 2).any()
        return ahead[:, 0] if found else None, trail

    def _walked(self, trail: list[Ints]) -> Ints:
        """The arcs of everybody's cheapest path, from the first level on."""
        out = []
        here, count = np.arange(self.size), np.zeros(self.size, dtype=np.int64)
        for level, ways in zip(reversed(self._levels), reversed(trail), strict=True):
            stop = np.append(level.begins, len(level.arcs))
            first, size = stop[here], np.diff(stop)[here]
            best, chosen = ways[first, count], first.copy()
            for k in range(1, int(size.max(initial=1))):
                there = np.flatnonzero(size > k)
                less = there[ways[first[there] + k, count[there]] < best[there]]
                best[less], chosen[less] = ways[first[less] + k, count[less]], first[less] + k
            arcs = level.arcs[chosen]
            out.append(arcs)
            onward = self._graph.head[arcs] >= 0
            here, count = level.head[chosen][onward], (count + self._adds[arcs])[onward]
        return np.concatenate(out) if out else np.zeros(0, dtype=np.int64)

    def _through(self, trail: list[Ints], reduced: Ints) -> Ints:
        """The length of the shortest path through every arc : int64[A]."""
        length, out = reduced[self._graph.columns], np.zeros(len(self.person), dtype=np.int64)
        come = np.full((self.size, self._ends.shape[1]), FAR, dtype=np.int64)
        come[:, 0] = 0
        for level, ways in zip(reversed(self._levels), reversed(trail), strict=True):
            so_far = np.repeat(come, np.diff(np.append(level.begins, len(level.arcs))), axis=0)
            out[level.arcs] = np.minimum(so_far + ways, FAR).min(axis=1)
            so_far += length[level.arcs, None]
            more = self._adds[level.arcs]
            so_far[more, 1:], so_far[more, 0] = so_far[more, :-1], FAR
            onward = np.flatnonzero(self._graph.head[level.arcs] >= 0)
            order = onward[np.argsort(level.head[onward], kind="stable")]
            new = np.concatenate([[True], np.diff(level.head[order]) != 0])[: len(order)]
            come = np.minimum(np.minimum.reduceat(so_far[order], np.flatnonzero(new), axis=0), FAR) if len(order) else come[:0]
        return out


def _persons(graph: StateGraph) -> Ints:
    """The person of every arc, numbered by their first cells : int64[A]."""
    cell = graph.tail // graph.states
    return np.asarray(np.searchsorted(np.unique(cell[graph.level == 0]), cell, side="right") - 1)


def _levels(graph: StateGraph, person: Ints) -> list[_Level]:
    """The levels, the last first."""
    order = np.lexsort((graph.tail, -graph.level))
    out: list[_Level] = []
    tails = np.zeros(0, dtype=np.int64)
    for arcs in np.split(order, np.flatnonzero(np.diff(graph.level[order])) + 1) if len(order) else []:
        tail, head = graph.tail[arcs], graph.head[arcs]
        begins = np.flatnonzero(np.concatenate([[True], np.diff(tail) != 0]))
        out.append(_Level(arcs, begins, tail[begins], np.where(head < 0, len(tails) + person[arcs], np.searchsorted(tails, head))))
        tails = tail[begins]
    return out


def _totals(face: OptimalFace, graph: StateGraph, person: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Of everybody the row over most arcs, each counted once, that stands over nobody else's; none where there is none.

    Returns
    -------
    int64[q], int64[q]
        Rows, and whose they are.
    bool[A]
        Whether an arc counts in the row of its person.
    """
    over, beside = face.rows[:, graph.columns], face.rows.copy()
    size, adds = np.diff(over.indptr), np.zeros(len(person), dtype=np.bool_)
    filled = np.flatnonzero((size > 0) & (face.origin >= NO_ORIGIN))
    if not len(filled):
        return filled, filled, adds
    begins, who = over.indptr[filled], person[over.indices]
    first, last = np.minimum.reduceat(who, begins), np.maximum.reduceat(who, begins)
    beside.data[(beside.indices >= graph.first) & (beside.indices < graph.columns.stop)] = 1
    fit = (first == last) & (np.minimum.reduceat(over.data, begins) == 1) & (np.maximum.reduceat(over.data, begins) == 1)
    fit &= (abs(beside).max(axis=1).toarray().reshape(-1) == 1)[filled]
    row, owner = filled[fit], first[fit]
    order = np.lexsort((row, -size[row], owner))
    row, owner = row[order], owner[order]
    longest = np.concatenate([[True], np.diff(owner) != 0])[: len(owner)]
    adds[over[row[longest]].indices] = True
    return row[longest], owner[longest], adds


def _least_beside(face: OptimalFace, row: int, columns: Ints, sign: Ints, cost: Ints, many: int) -> Ints:
    """What the columns beside the arcs of a row cost at the least for each total of the arcs, `FAR` where none keeps it : int64[many]."""
    low = int(np.where(sign > 0, face.lo[columns], -face.hi[columns]).sum())
    lowest = int(np.where(sign > 0, cost * face.lo[columns], cost * face.hi[columns]).sum())
    steps = np.sort(np.repeat(cost * sign, face.hi[columns] - face.lo[columns]))
    total = np.arange(many, dtype=np.int64)
    least, greatest = np.maximum(face.row_lo[row] - total - low, 0), np.minimum(face.row_hi[row] - total - low, len(steps))
    best = np.clip(int((steps < 0).sum()), least, np.maximum(greatest, least))
    return np.asarray(np.where(least <= greatest, (lowest + np.append(0, np.cumsum(steps)))[np.minimum(best, len(steps))], FAR))
