"""The rule as rows: a column for everything that may or may not happen, and sums of these columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.program import Cost, Ints, ProgramBuilder
from giliran.program.segments import starts_of
from giliran.rules.answers import Side
from giliran.rules.base import Statement
from giliran.rules.kinds.frequency.choices import Fields, Happens
from giliran.rules.kinds.frequency.happening import OPEN, Cases, Writer

Bits = NDArray[np.bool_]
ALTOGETHER = -1
"""The group of rows over all subjects together."""


@dataclass(frozen=True)
class Events:
    """What may happen: an event per subject and window.

    Parameters
    ----------
    subject : int64[V]
        The subject of each event, ascending.
    fields, cases
        What makes each of them happen.
    """

    subject: Ints
    fields: Fields
    cases: Cases

    @property
    def happens(self) -> Happens:
        """How many cells of a case must be at the place."""
        return self.fields.happens

    @property
    def total(self) -> bool:
        """Whether events are counted over all subjects together."""
        return self.fields.total

    def any_case(self, chosen: Bits) -> Bits:
        """Events one of whose cases is chosen : bool[V]."""
        return np.bincount(self.cases.event[chosen], minlength=len(self.subject)) > 0

    @property
    def sums(self) -> Ints:
        """By what each event is counted, from 0 on : int64[V]."""
        return np.zeros_like(self.subject) if self.total else self.subject

    def counted(self, chosen: Bits, many: int) -> Ints:
        """How many chosen events each sum has : int64[many]."""
        return np.bincount(self.sums[chosen], minlength=many).astype(np.int64)


def compile_events(
    owner: Statement,
    out: ProgramBuilder,
    events: Events,
    limits: tuple[int | None, int | None],
    *,
    person: Ints | None,
    cost: Cost | None,
) -> None:
    """At least and at most so many events of each subject, or of all together.

    Parameters
    ----------
    limits
        The least and the most; None for no limit.
    person
        The row of each subject where these are people, for the occurrences of rows.
    """
    least, most = limits
    many = 1 if events.total else int(events.subject.max(initial=-1)) + 1
    cases = events.cases
    done = events.any_case(cases.done(events.happens))
    live = ~done & events.any_case(cases.could(events.happens, cases.known))
    possible = events.counted(done | (live & events.any_case(cases.could(events.happens, cases.wanted))), many)
    already, open_ = events.counted(done, many), events.counted(live, many)
    lo = np.minimum(possible, least or 0) - already
    hi = np.maximum((most if most is not None else possible.max(initial=0)) - already, 0)
    capped = np.full(many, most is not None) & (open_ > hi)
    asked = lo > 0
    number = np.where(capped | asked, 1, 0)[events.sums] == 1
    live &= number
    if not live.any():
        return
    writer = _Columns(owner, out, events, live, person=person)
    term, base = writer.columns(up=capped[events.sums], down=asked[events.sums])
    for which, name, bound in ((capped, "hi", hi), (asked, "lo", lo)):
        writer.counted(which, name, bound, term, base, cost)


class _Columns:
    """Columns of live events, with the rows that tie them to cells."""

    def __init__(self, owner: Statement, out: ProgramBuilder, events: Events, live: Bits, *, person: Ints | None) -> None:
        self.owner, self.out, self.events, self.live, self.person = owner, out, events, live, person
        self.office = events.fields.place is Side.OFFICE
        self.writer = Writer(owner, out, office=self.office)

    def where(self, event: Ints) -> dict[str, Any]:
        """The occurrence of rows about some events: their subject, which is one occurrence as a whole."""
        return self._of(self.events.sums[event])

    def _of(self, number: Ints) -> dict[str, Any]:
        if self.events.total:
            return {"group": np.full_like(number, ALTOGETHER)}
        return {"group": number} if self.person is None else {"group": number, "person": self.person[number]}

    def columns(self, *, up: Bits, down: Bits) -> tuple[Ints, Ints]:
        """The column of each live event and whether it stands for its opposite : int64[V] each, 0 for others.

        Parameters
        ----------
        up, down
            Events that are limited from above, so that their column may not be 0 when they happen, and from below : bool[V].
        """
        events, cases = self.events, self.events.cases
        held = cases.could(events.happens, cases.known) & self.live[cases.event]
        alone = self._alone(held)
        column, opposite = np.zeros_like(events.subject), np.zeros_like(events.subject)
        single = held & alone[cases.event]
        settled = cases.sums(cases.known == 1)
        _, col = cases.open_of(single)
        column[cases.event[single]] = col
        turned = (events.happens is Happens.ONLY_ONE) & (settled[single] == 1)
        opposite[cases.event[single]] = turned ^ (not self.office)
        made = np.flatnonzero(self.live & ~alone)
        column[made] = self.out.binary(len(made))
        self._tie_up(held & (up & ~alone)[cases.event], column, settled)
        self._tie_down(held & (down & ~alone)[cases.event], column, settled)
        return column, opposite

    def _alone(self, held: Bits) -> Bits:
        """Events of one case with one open cell, which are that cell : bool[V]."""
        cases = self.events.cases
        open_ = cases.sums(cases.known == OPEN)
        total = np.bincount(cases.event[held], weights=open_[held], minlength=len(self.live))
        return np.asarray(total == 1)

    def _tie_up(self, held: Bits, column: Ints, settled: Ints) -> None:
        cases = self.events.cases
        size, col = cases.open_of(held)
        event = cases.event[held]
        self.writer.at_least(column[event], self.events.happens, size, col, settled[held], self.where(event))

    def _tie_down(self, held: Bits, column: Ints, settled: Ints) -> None:
        cases, happens = self.events.cases, self.events.happens
        event = cases.event[held]
        size, col = cases.open_of(held)
        found, begin, many = np.unique(event, return_index=True, return_counts=True)
        if happens is Happens.ANY:  # any cell of any case
            whole = np.add.reduceat(size, begin) if len(begin) else size
            self.writer.at_most(column[found], happens, whole, col, np.zeros_like(whole), self.where(found))
            return
        several = np.repeat(many > 1, many)
        part = column[event]
        part[several] = own = self.out.binary(int(several.sum()))
        self.writer.at_most(part, happens, size, col, settled[held], self.where(event))
        size, more = many[many > 1], found[many > 1]
        cols = np.insert(own, starts_of(size)[:-1], column[more])
        coef = np.insert(np.full(len(own), -1), starts_of(size)[:-1], 1)
        self.out.rows(self.owner, size + 1, cols, coef=coef, hi=0, **self.where(more))

    def counted(self, which: Bits, name: str, bound: Ints, column: Ints, opposite: Ints, cost: Cost | None) -> None:
        """The sum of some subjects' events, bounded on one side."""
        sums, live = self.events.sums, np.flatnonzero(self.live)
        mine = live[which[sums[live]]]
        if not len(mine):
            return
        mine = mine[np.argsort(sums[mine], kind="stable")]
        found, size = np.unique(sums[mine], return_counts=True)
        turned = opposite[mine]
        constant = np.bincount(sums[mine], weights=turned, minlength=len(which)).astype(np.int64)
        limit = {name: (bound - constant)[found], **self._of(found)}
        self.out.rows(self.owner, size, column[mine], coef=1 - 2 * turned, cost=cost, **limit)
