"""What must hold, cut into occurrences: a limit of one group and day, a quota of one person and week, a fixed cell."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.place import Strength
from giliran.program import FREE, HARD, Costs, Ints, Ladders, Origin, Program, ProgramBuilder, Rows, Switches
from giliran.program.collecting import SomeCells
from giliran.program.segments import owners_of, starts_of
from giliran.rules.base import Rule
from giliran.rules.view import View

Mask = NDArray[np.bool_]
"""Some of several things : bool[N]."""


@dataclass(frozen=True)
class Occurrence:
    """One thing that a rule says, which holds or is left out as a whole.

    Parameters
    ----------
    origin
        The rule, and which group, day and person; of rows that only hold together those of the first.
    cells
        Cells that it is about, as columns of the whole program.
    office
        Of a cell that a rule fixes, whether in the office; None of rows.
    rows
        Its rows in the whole program; none of a fixed cell.
    """

    origin: Origin
    cells: tuple[int, ...]
    office: bool | None = None
    rows: tuple[int, ...] = ()


class _Recorder(ProgramBuilder):
    """A program in the making that remembers which rule fixes which cells."""

    def start(self, rule: Rule) -> None:
        """What comes now is this rule's."""
        self._rule = rule.id

    def fix(self, *, office: SomeCells | None = None, away: SomeCells | None = None) -> None:
        """Fix cells, and remember who does."""
        for cells, inside in ((office, True), (away, False)):
            if cells is not None:
                col = cells.columns if isinstance(cells, CellSet) else np.flatnonzero(cells)
                self.fixes.append((self._rule, inside, col[self.decision.reshape(-1)[col]]))
        super().fix(office=office, away=away)

    @cached_property
    def fixes(self) -> list[tuple[str, bool, Ints]]:
        """Rule, side and columns, in the order in which they were said."""
        return []


@dataclass(frozen=True, eq=False)
class Demands:
    """Everything that must hold in an instance.

    Parameters
    ----------
    program
        The rows that must hold, without any cost; of the fixed cells those alone that are kept, which nothing can change.
    fixes
        Rule, side and columns of all other fixed cells.
    """

    program: Program
    fixes: tuple[tuple[str, bool, Ints], ...]

    @cached_property
    def whole(self) -> Program:
        """The program of all of it."""
        office, away = np.zeros_like(self.program.clash), np.zeros_like(self.program.clash)
        for _, inside, columns in self.fixes:
            (office if inside else away)[columns] = True
        return _fixed(self.program, office, away)

    def without(self, gone: Collection[Occurrence]) -> Demands:
        """The same without some occurrences."""
        rows = np.zeros(len(self.program.rows), dtype=np.bool_)
        rows[[row for one in gone for row in one.rows]] = True
        cells = {(one.origin.rule, one.office, one.cells[0]) for one in gone if one.office is not None}
        fixes = []
        for rule, office, columns in self.fixes:
            stays = np.array([(rule, office, column) not in cells for column in columns.tolist()], dtype=np.bool_)
            fixes.append((rule, office, columns[stays]))
        return Demands(replace(self.program, rows=self.program.rows.without(rows)), tuple(fixes))

    @cached_property
    def _whole(self) -> Ints:
        """A number for what holds or is left out as a whole : int64[M]: rows of one origin, and those tied by auxiliary columns."""
        rows, first = self.program.rows, self.program.num_cells
        _, number = np.unique(np.stack([rows.rule, rows.group, rows.day, rows.person]), axis=1, return_inverse=True)
        number = number.reshape(-1).astype(np.int64)
        aux = rows.col >= first
        owner, helper = owners_of(rows.start)[aux], rows.col[aux]
        while True:
            least = np.full(self.program.num_columns, len(number), dtype=np.int64)
            np.minimum.at(least, helper, number[owner])
            joined = number.copy()
            np.minimum.at(joined, owner, least[helper])
            of_origin = np.arange(len(number) + 1)
            np.minimum.at(of_origin, number, joined)
            joined = of_origin[joined]
            if np.array_equal(joined, number):
                return number
            number = joined

    def within(self, cells: Mask) -> Occurrences:
        """The occurrences about any of some cells : bool[E · D], and about whatever else their rows count."""
        rows = self.program.rows
        inside = np.concatenate([cells, np.zeros(len(self.program.aux_lo), dtype=np.bool_)])
        touched = np.unique(self._whole[owners_of(rows.start)[inside[rows.col]]])
        near = np.isin(self._whole, touched)
        counted = rows.col[np.repeat(near, np.diff(rows.start))]
        about = cells.copy()
        about[counted[counted < self.program.num_cells]] = True
        about &= self.program.fixed == FREE
        _, owner = np.unique(self._whole[near], return_inverse=True)
        owner = owner.reshape(-1).astype(np.int64)
        each = [*_of_rows(self.program, np.flatnonzero(near), owner), *self._of_fixes(about)]
        return Occurrences(replace(self.program, rows=rows.without(~near)), owner, tuple(each))

    def _of_fixes(self, about: Mask) -> list[Occurrence]:
        days = self.program.shape[1]
        return [
            Occurrence(Origin(rule, -1, col % days, col // days), (col,), office)
            for rule, office, columns in self.fixes
            for col in columns[about[columns]].tolist()
        ]


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Some of what must hold.

    Parameters
    ----------
    program
        Its rows, and the cells that are kept.
    owner
        The occurrence of every row : int64[M].
    each
        The occurrences: those of rows, then fixed cells.
    """

    program: Program
    owner: Ints
    each: tuple[Occurrence, ...]

    def __len__(self) -> int:
        return len(self.each)

    @cached_property
    def _fixed(self) -> tuple[Ints, Ints, Ints]:
        """Occurrence, column and side of every fixed cell."""
        found = [(k, one.cells[0], int(one.office)) for k, one in enumerate(self.each) if one.office is not None]
        k, col, side = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return k, col, side

    def only(self, wanted: Mask) -> Program:
        """The program of some occurrences alone."""
        k, col, side = self._fixed
        chosen = wanted[k]
        office, away = np.zeros_like(self.program.clash), np.zeros_like(self.program.clash)
        office[col[chosen & (side == 1)]] = True
        away[col[chosen & (side == 0)]] = True
        return _fixed(replace(self.program, rows=self.program.rows.without(~wanted[self.owner])), office, away)

    def few(self, wanted: Mask) -> Program:
        """The same program about the people concerned alone, numbered anew."""
        program, who = self.only(wanted), self._who
        days, cells = program.shape[1], program.num_cells
        place = np.zeros(program.shape[0], dtype=np.int64)
        place[who] = np.arange(len(who))
        col = program.rows.col
        here = np.where(col < cells, place[np.minimum(col, cells - 1) // days] * days + col % days, col - cells + len(who) * days)
        grid = {name: getattr(program, name).reshape(program.shape)[who].reshape(-1) for name in ("decision", "fixed", "clash")}
        return replace(program, shape=(len(who), days), rows=replace(program.rows, col=here), **grid)

    @cached_property
    def _who(self) -> Ints:
        """Everybody whom some occurrence is about : int64[·]."""
        cells = [np.array(one.cells, dtype=np.int64) for one in self.each]
        return np.unique(np.concatenate(cells) // self.program.shape[1]) if cells else np.zeros(0, dtype=np.int64)

    def of_rows(self, wanted: Mask, rows: list[int]) -> Mask:
        """The occurrences of some rows of the program of wanted ones : bool[N]."""
        found = np.zeros(len(self.each), dtype=np.bool_)
        found[self.owner[np.flatnonzero(wanted[self.owner])[rows]]] = True
        return found

    def fixing(self, cells: Ints) -> Mask:
        """The occurrences that fix any of some cells, given by their columns : bool[N]."""
        k, col, _ = self._fixed
        found = np.zeros(len(self.each), dtype=np.bool_)
        found[k[np.isin(col, cells)]] = True
        return found

    @cached_property
    def cells(self) -> Mask:
        """Cells that they are about : bool[E · D]."""
        found = np.zeros(self.program.num_cells, dtype=np.bool_)
        found[[cell for one in self.each for cell in one.cells]] = True
        return found


def demands(view: View, go_on: Callable[[], None] | None = None) -> Demands:
    """Everything that must hold, with the rules that say it.

    Parameters
    ----------
    go_on
        As in `compile_program`.
    """
    out = _Recorder(view.facts.shape, view.tiers.names, view.facts.present, go_on)
    for rule in view.rules:
        if rule.strength is Strength.MUST:
            out.start(rule)
            rule.compile(view, out)
    whole = out.build()
    kept = out.kept.reshape(-1)
    hard = whole.rows.without(whole.rows.tier != HARD)
    fixed = np.where(kept, whole.fixed, FREE).astype(np.int8)
    return Demands(_without_costs(whole, hard, fixed), tuple((rule, office, col[~kept[col]]) for rule, office, col in out.fixes))


def _fixed(program: Program, office: Mask, away: Mask) -> Program:
    """A program with cells fixed in and out of the office, kept ones left as they are : bool[E · D] each."""
    fixed = program.fixed.copy()
    fixed[away] = 0
    fixed[office] = 1
    return replace(program, fixed=fixed, clash=office & away)


def _without_costs(program: Program, rows: Rows, fixed: NDArray[np.int8]) -> Program:
    """The rows of a program, in one tier in which nothing costs anything."""
    none = np.zeros(0, dtype=np.int64)
    return replace(
        program,
        tiers=("",),
        fixed=fixed,
        clash=np.zeros_like(program.clash),
        rows=rows,
        switches=Switches(none, none, none, none),
        costs=Costs(none, none, none),
        ladders=Ladders(starts_of(none), none, none, none),
        constant=np.zeros(1, dtype=np.int64),
        base=Costs(none, none, none),
    )


def _of_rows(program: Program, which: Ints, owner: Ints) -> list[Occurrence]:
    """The occurrences of some rows, by their numbers : int64[·] each."""
    rows = program.rows
    order = np.argsort(owner, kind="stable")
    found: list[Occurrence] = []
    for same in np.split(which[order], np.flatnonzero(np.diff(owner[order])) + 1) if len(order) else []:
        columns = np.unique(np.concatenate([rows.col[rows.start[r] : rows.start[r + 1]] for r in same.tolist()]))
        cells = tuple(columns[columns < program.num_cells].tolist())
        found.append(Occurrence(program.origin(int(same[0])), cells, rows=tuple(same.tolist())))
    return found
