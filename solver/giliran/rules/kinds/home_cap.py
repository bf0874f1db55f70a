"""At most so many people at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.finding import Finding
from giliran.domain.place import DayKind
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Number
from giliran.errors import Problem
from giliran.messages import Percent, Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Counts, Limit, Sense, Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, numbers, shares, words
from giliran.rules.toolkit.condition_tables import missing_shares
from giliran.rules.toolkit.counting import Counted, Counting, Rounding, Tally, share_of, tally
from giliran.rules.toolkit.limiting import (
    amount_text,
    eased_limit,
    headcounts,
    limit_occurrence,
    limit_of,
    limit_rows,
    limit_text,
    per_text,
    place_of,
    with_limit,
)
from giliran.rules.view import View
from giliran.text import TextError

TOO_MANY_HOME = Sentence(
    en="{group}, {day}: at home {home}, {over} too many ({limit})",
    id="{group}, {day}: {home} orang WFH, lebih {over} ({limit})",
)
ONE_OF_TWO = Sentence(en="give either `max` or `share`", id="isi salah satu: `max` atau `share`")
DESCRIBED = Sentence(
    en="At most {amount} at home, {per}.",
    id="Paling banyak {amount} WFH, {per}.",
)


class HomeCap(Counted, Rule):
    """At most so many people at home, per group and day.

    Parameters
    ----------
    max, share
        The limit, as a number or as a share of `base` (rounded down, possibly to nobody).

    Notes
    -----
    Meaning: of the people counted, no more than the limit are at home. Absent people and people off on a call day are not at home, so
    this asks for fewer people in the office than a floor would.
    Formula: ``Σ_i (1 − x[i, d]) ≤ K`` over present people on a working day, ``K = max(⌊share · n⌋, min_result)``, 0
    where the share or n is.
    Source: SE Sekda DKI Jakarta 34/SE/2023 (at most 50 % at home in every unit); SE MenPANRB 3/2026, row 2.3 (local limits).

    Kept: 50 % of 4 people are 2, `1 1 0 0`.
    Kept: somebody away is not at home, away `. a . .`, planned `1 a 0 0`.
    Broken by 1: away `. . . .`, planned `1 0 0 0`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="At most so many people at home, per group and day.", id="Paling banyak sekian orang WFH, per kelompok dan hari."
    )
    example: ClassVar[Mapping[str, Any]] = {"share": "50%"}

    kind: Literal["home_cap"] = "home_cap"
    max: Number | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_limit(self) -> HomeCap:
        if (self.max is None) == (self.share is None):
            raise TextError(ONE_OF_TWO())
        return self

    def problems(self, view: View) -> Iterator[Problem]:
        """Values of a condition for which the table gives no share."""
        yield from missing_shares(self, self.share, view)

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """The limit with so many people more."""
        return eased_limit(self, by, unit, "max")

    def limited(self, amount: int | Percent, field: str) -> Self:
        """Another number or share."""
        return with_limit(self, amount, "max")

    def limits(self, view: View) -> Sequence[Limit]:
        """The cap as a lower bound on the office, for every group and day in which it asks for anybody there."""
        working = view.facts.kind == DayKind.WORK
        counts = tally(self, view, forced=view.forced_home, eligible=working)
        number = self._number(counts)
        people = counts.groups.count(counts.counted)
        least = np.where(people > number, people - number, -INFINITE)
        return (limit_of(self, counts, number, side=Side.HOME, sense=Sense.MOST, least=least),)

    def _number(self, counts: Tally) -> Counts:
        if self.max is not None:
            return np.asarray(np.maximum(self.max + counts.eased, 0))
        number = share_of(counts.size, counts.share, self.rounding or Rounding.DOWN, self.min_result or 0)[0]
        return np.asarray(np.maximum(number + counts.eased, 0))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per group and day in which somebody has to come."""
        [limit] = view.limits_of(self)
        limit_rows(limit, self, out, cost=view.cost(self), least=limit.least)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every group and day with too many people at home, with how many too many."""
        [limit] = view.limits_of(self)
        for count in headcounts(limit, schedule):
            over = count.home - int(limit.number[count.group, count.day])
            if over > 0:
                said = TOO_MANY_HOME(
                    group=limit.groups.label(view.facts, count.group),
                    day=view.facts.dates[count.day],
                    home=count.home,
                    over=over,
                    limit=limit_text(limit, count.group, count.day),
                )
                yield self.finding(self.strength, over, said, **place_of(limit, view.facts, count))

    def edits(self, view: View) -> Iterator[Edit]:
        """A higher limit, or fewer people counted."""
        [limit] = view.limits_of(self)
        if self.max is not None:
            yield numbers("max", range(self.max + 1, int(limit.groups.count(limit.counted).max(initial=0)) + 1))
        if self.share is not None:
            yield words("rounding", self.rounding, Rounding.HALF_UP, Rounding.UP)
        yield words("counts", self.counts, Counting.FORCED_FREE)
        yield shares("share", self.share, up=True)
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The cap of one group and day, with the sum that gives it."""
        return limit_occurrence(view.limits_of(self)[0], view.facts, group, day)

    def describe(self, view: View) -> Said:
        """The cap in one sentence."""
        return DESCRIBED(amount=amount_text(self, self.max), per=per_text(self.per))
