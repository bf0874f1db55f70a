"""From the rows of a sum to its two sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.clashes.fixing_rules import IN, OUT, FixingRules
from giliran.clashes.summands import Account, ColumnSummand, Ints, Repeat, RowSummand, Shape, Summand, Who
from giliran.engine.base.sums import Sum, column_bounds, weights_of
from giliran.program import Program


class Accounts:
    """Makes accounts of the sums of one program.

    Parameters
    ----------
    program
        The program.
    fixing
        Who fixes cells.
    """

    def __init__(self, program: Program, fixing: FixingRules) -> None:
        self._program = program
        self._fixing = fixing
        self._lo, self._hi = column_bounds(program)

    def of(self, one: Sum) -> Account:
        """The account of a sum; its sides differ by what the sum is missing."""
        rows = sorted(self._row_summands(one), key=lambda summand: (-summand.value, summand.key))
        columns = sorted(self._column_summands(one), key=lambda summand: (-summand.value, summand.key))
        counted: list[Summand] = [summand for summand in rows if not summand.links]
        counted += [summand for summand in columns if summand.who is not Who.KEPT_OUT]
        return Account(
            needs=tuple(summand for summand in counted if not summand.gives),
            gives=tuple(summand for summand in counted if summand.gives),
            links=tuple(summand for summand in rows if summand.links),
            kept_out=tuple(summand for summand in columns if summand.who is Who.KEPT_OUT),
            cells=self._cells(one.rows),
        )

    def _entries(self, row: int) -> tuple[Ints, Ints]:
        """Columns and coefficients of a row."""
        rows = self._program.rows
        inside = slice(int(rows.start[row]), int(rows.start[row + 1]))
        return rows.col[inside], rows.coef[inside]

    def _cells(self, rows: Sequence[int]) -> Ints:
        col = np.unique(np.concatenate([self._entries(row)[0] for row in rows]))
        return np.asarray(col[col < self._program.num_cells])

    def _row_summands(self, one: Sum) -> Iterator[RowSummand]:
        rows = self._program.rows
        found: dict[tuple[int, Shape, bool, int, int], list[int]] = {}
        for row, times in zip(one.rows, one.times, strict=True):
            upper, sign = times < 0, self._sign(row)
            bound = sign * int((rows.hi if upper else rows.lo)[row])
            shape = Shape.OTHER if bound == 0 and self._only_links(row, upper) else self._shape(row)
            found.setdefault((int(rows.rule[row]), shape, upper == (sign > 0), bound, abs(times)), []).append(row)
        for (rule, shape, upper, bound, times), same in found.items():
            sizes = {int((self._entries(row)[0] < self._program.num_cells).sum()) for row in same}
            yield RowSummand(
                rule=self._program.rules[rule],
                shape=shape,
                repeat=self._repeat(shape, same),
                rows=tuple(same),
                upper=upper,
                bound=bound,
                times=times,
                size=sizes.pop() if len(sizes) == 1 else None,
            )

    def _only_links(self, row: int, upper: bool) -> bool:
        """Whether a row with the bound 0 says nothing but how columns hang together; "at most 0 people" says more."""
        col, _ = self._entries(row)
        return not upper or bool((col >= self._program.num_cells).any()) or self._shape(row) is Shape.OTHER

    def _sign(self, row: int) -> int:
        """-1 for a row that counts people out of the office: turned around it counts those in it."""
        col, coef = self._entries(row)
        inside = coef[col < self._program.num_cells]
        return -1 if len(inside) and (inside == -1).all() else 1

    def _shape(self, row: int) -> Shape:
        col, coef = self._entries(row)
        inside = col < self._program.num_cells
        people, days = np.divmod(col[inside], self._program.shape[1])
        if not inside.any() or (coef[inside] != self._sign(row)).any():
            return Shape.OTHER
        if self._program.rows.person[row] >= 0 and (people == people[0]).all():
            return Shape.PERSON
        return Shape.HEADS if (days == days[0]).all() else Shape.OTHER

    def _repeat(self, shape: Shape, rows: list[int]) -> Repeat:
        every = self._program.rows
        many = len(rows)
        groups, days, people = (len(np.unique(column[rows])) for column in (every.group, every.day, every.person))
        if shape is Shape.HEADS and many in (days, groups) and 1 in (days, groups):
            return Repeat.DAYS if groups == 1 else Repeat.GROUPS
        if shape is Shape.PERSON and (many == people or people == 1):
            return Repeat.PEOPLE if many == people else Repeat.PERIODS
        return Repeat.CASES

    def _column_summands(self, one: Sum) -> Iterator[ColumnSummand]:
        """Columns that do not cancel out, by what they are and by whose rules."""
        col, weight = weights_of(self._program.rows, np.array(one.rows, dtype=np.int64), np.array(one.times, dtype=np.int64))
        given = np.maximum(weight * self._lo[col], weight * self._hi[col])
        cells = self._program.num_cells
        barred = (col < cells) & (weight > 0) & (self._hi[col] == 0)
        yield from self._grouped(Who.FIXED, col, given, (col < cells) & (given < 0), lambda column: self._fixing.of(column, IN))
        yield from self._grouped(Who.KEPT_OUT, col, weight, barred, lambda column: self._fixing.of(column, OUT))
        yield from self._grouped(Who.OPEN, col, given, (col < cells) & (given > 0), lambda _: ())
        for sign in (1, -1):
            yield from self._grouped(Who.CHOICE, col, given, (col >= cells) & (given * sign > 0), lambda column: self._owners(one, column))

    def _owners(self, one: Sum, column: int) -> tuple[str, ...]:
        """Ids of the rules whose rows of the sum hold a column."""
        rules = {int(self._program.rows.rule[row]) for row in one.rows if column in self._entries(row)[0]}
        return tuple(self._program.rules[rule] for rule in sorted(rules))

    def _grouped(
        self, who: Who, col: Ints, amount: Ints, some: NDArray[np.bool_], rules_of: Callable[[int], tuple[str, ...]]
    ) -> Iterator[ColumnSummand]:
        found: dict[tuple[str, ...], list[int]] = {}
        which = np.flatnonzero(some)
        for k in which.tolist():
            found.setdefault(rules_of(int(col[k])), []).append(k)
        for rules, same in found.items():
            total = int(amount[same].sum())
            yield ColumnSummand(who, rules, tuple(col[same].tolist()), abs(total), gives=total > 0)
