"""A part as a CP-SAT model, tier by tier, written straight into the model's protocol buffer.

One model serves all tiers: columns and hard rows first; before a tier is minimised its soft rows and ladders are added, and
after it a row holds what was reached. Ladders become unit steps, `Σ x = Σ y_k` with marginal costs; convexity orders the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model_helper as cpsat

from giliran.engine.base.part import Part
from giliran.engine.base.tiers import worst_misses
from giliran.engine.cpsat.symmetry import LONGEST, Exchange, in_order
from giliran.program import HARD, INFINITE, Ints

UNBOUNDED = 1 << 62
"""The largest domain end that a model may name."""


class Encoding:
    """The model of a part, growing with every tier.

    Parameters
    ----------
    part
        What to encode.
    unit
        What the costs of each tier are divided by : int64[T].
    look
        Called again and again while the model grows: a second for 10,000 people in one part. It may raise.

    Attributes
    ----------
    model
        The protocol buffer; it owns whatever is reached through it, and must outlive that.
    """

    def __init__(self, part: Part, unit: Ints, look: Callable[[], None] = lambda: None) -> None:
        look()
        self.part = part
        self._look = look
        self.unit = unit
        self.model = cpsat.CpModelProto()
        self._count = 0
        self._linear: dict[int, tuple[list[int], list[int]]] = {}
        self._extras: list[tuple[str, int, Ints]] = []
        self._exchanges: tuple[Exchange, ...] = ()
        self._add_columns(part.lo, part.hi)
        self._add_hard_rows()

    def _add_columns(self, lo: Ints, hi: Ints) -> range:
        first = self._count
        binary = (lo == 0) & (hi == 1)
        if len(lo) and bool(binary.all()):
            self._add_binaries(len(lo))
        else:
            for bounds in zip(lo.tolist(), hi.tolist(), strict=True):
                self.model.variables.add().domain.extend(bounds)
        self._count += len(lo)
        return range(first, self._count)

    def _add_binaries(self, count: int) -> None:
        """Append 0/1 columns by doubling a block: six times faster than one by one."""
        block = cpsat.CpModelProto()
        block.variables.add().domain.extend((0, 1))
        while count:
            if count & 1:
                self.model.merge_from(block)
            count >>= 1
            if count:
                twin = cpsat.CpModelProto()
                twin.copy_from(block)
                block.merge_from(twin)

    def _add_row(self, col: Sequence[int], coef: Sequence[int], lo: int, hi: int) -> None:
        self._look()
        linear = self.model.constraints.add().linear
        linear.vars.extend(col)
        linear.coeffs.extend(coef)
        linear.domain.extend((lo if lo > -INFINITE else -UNBOUNDED, hi if hi < INFINITE else UNBOUNDED))

    def _add_hard_rows(self) -> None:
        rows = self.part.rows
        col, coef = rows.col.tolist(), rows.coef.tolist()
        ends = list(pairwise(rows.start.tolist()))
        for r in np.flatnonzero(rows.tier == HARD).tolist():
            a, b = ends[r]
            self._add_row(col[a:b], coef[a:b], int(rows.lo[r]), int(rows.hi[r]))

    def put_in_order(self, people: Sequence[Exchange]) -> None:
        """Search only plans in which people who are alike stand in order."""
        self._exchanges = tuple(people)
        for each in people:
            first, second = each.first[:LONGEST].tolist(), each.second[:LONGEST].tolist()
            worth = [1 << k for k in reversed(range(len(first)))]
            self._add_row([*first, *second], [*worth, *(-each for each in worth)], 0, INFINITE)

    def open_tier(self, tier: int) -> None:
        """Add the statements of a tier that need columns of their own."""
        if tier in self._linear:
            return
        cost = self.part.cost[tier]
        cols = np.flatnonzero(cost)
        self._linear[tier] = (cols.tolist(), (cost[cols] // self.unit[tier]).tolist())
        self._open_rows(tier)
        self._open_ladders(tier)

    def _charge(self, tier: int, kind: str, which: Ints, columns: range, costs: Ints) -> None:
        col, cost = self._linear[tier]
        col.extend(columns)
        cost.extend((costs // self.unit[tier]).tolist())
        self._extras.append((kind, columns.start, which))

    def _open_rows(self, tier: int) -> None:
        """Soft rows: `lo ≤ Σ coef·x + short - over ≤ hi` as two rows with one slack, which pays for whichever bound is missed."""
        rows = self.part.rows
        which = np.flatnonzero(rows.tier == tier)
        if not len(which):
            return
        worst = worst_misses(self.part)[which]
        slack = self._add_columns(np.zeros_like(worst), worst)
        for r, s in zip(which.tolist(), slack, strict=True):
            entries = slice(rows.start[r], rows.start[r + 1])
            col, coef = [*rows.col[entries].tolist(), s], rows.coef[entries].tolist()
            if rows.lo[r] > -INFINITE:
                self._add_row(col, [*coef, 1], int(rows.lo[r]), INFINITE)
            if rows.hi[r] < INFINITE:
                self._add_row(col, [*coef, -1], -INFINITE, int(rows.hi[r]))
        self._charge(tier, "rows", which, slack, rows.weight[which])

    def _open_ladders(self, tier: int) -> None:
        ladders = self.part.ladders
        start, col = ladders.start.tolist(), ladders.col.tolist()
        for k in np.flatnonzero(ladders.tier == tier).tolist():
            a, b = start[k], start[k + 1]
            size = b - a
            steps = self._add_columns(np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.int64))
            self._add_row([*col[a:b], *steps], [1] * size + [-1] * size, 0, 0)
            self._charge(tier, "ladder", np.arange(a, b, dtype=np.int64), steps, ladders.step[a:b])

    def minimise(self, weights: Mapping[int, int]) -> None:
        """Make `Σ weight · cost of tier in units` the objective; all its tiers are open."""
        total: dict[int, int] = {}
        for tier, weight in weights.items():
            for col, cost in zip(*self._linear[tier], strict=True):
                total[col] = total.get(col, 0) + weight * cost
        self.model.clear_objective()
        objective = self.model.objective
        objective.vars.extend(list(total))
        objective.coeffs.extend(list(total.values()))

    def hold(self, tier: int, most: int) -> None:
        """Keep the cost of an open tier, in units, at most at what was reached."""
        col, cost = self._linear[tier]
        self._add_row(col, cost, -INFINITE, most)

    def hint(self, x: Ints) -> None:
        """Hint a whole solution: the part's columns as given, all others as they follow from them."""
        x = in_order(self._exchanges, x)
        values = np.zeros(self._count, dtype=np.int64)
        values[: len(x)] = x
        taken, misses = self.part.steps_taken(x), self.part.rows.misses(x)
        source = {"rows": misses, "ladder": taken}
        for kind, first, which in self._extras:
            values[first : first + len(which)] = source[kind][which]
        self.model.clear_solution_hint()
        self.model.solution_hint.vars.extend(range(self._count))
        self.model.solution_hint.values.extend(values.tolist())
