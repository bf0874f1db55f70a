"""How often something happens in windows longer than a day, or to pairs, sets and groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.errors import Problem, Where
from giliran.messages import Percent, Said, Sentence, meant
from giliran.program import ProgramBuilder
from giliran.rules.answers import Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, numbers, words
from giliran.rules.groups import Grouping, group_cells, grouping
from giliran.rules.kinds.frequency.choices import Each, Fields, Pairs
from giliran.rules.kinds.frequency.events import events_of
from giliran.rules.kinds.frequency.judging import ALL, Tally, tallies, where
from giliran.rules.kinds.frequency.looking import Looked, looked_at
from giliran.rules.kinds.frequency.program import compile_events
from giliran.rules.kinds.frequency.refusing import older_words, refuse_limits, refuse_older, refuse_people
from giliran.rules.kinds.frequency.words import (
    AT_LEAST,
    AT_MOST,
    DESCRIBED,
    NOTHING,
    OCCURRENCE,
    REDUCED,
    TOO_FEW,
    TOO_MANY,
    USED_UP,
    what,
    who,
)
from giliran.rules.toolkit.personal import name_of, names_text
from giliran.rules.view import View

NOBODY = Sentence(en="there is nobody with the id {id}", id="tidak ada pegawai dengan id {id}")
MANY_PAIRS = Sentence(en="{pairs} pairs; at most {most} can be looked at", id="{pairs} pasangan; paling banyak {most} yang dapat diperiksa")
FEWER = Sentence(
    en="Let pairs be of smaller groups (`per`), or of fewer people (`applies_to`).",
    id="Perkecil kelompoknya dengan `per`, atau pegawainya dengan `applies_to`.",
)

MOST_PAIRS = 200_000
"""More pairs make a program that no machine holds: 630 people of one group have as many."""

LEAST, MOST = "least", "most"


class Frequency(Fields, Rule):
    """How often something happens: in how many weekends, weeks or days, to a person, a pair, a set or a group.

    Parameters
    ----------
    each
        Whose places are looked at together: `person`, every `pair` of people of a set or a group, every `set`, or every `group` of `per`.
    happens
        Of a person: in the window at the place on `any`, on `all` or on `only_one` of its days. Of others: on some day of the window
        `any`, `all` or `only_one` of them at the place.
    place
        `office` or `home`.
    window
        `day` (not for people), `weekend` (Saturday and Sunday), `week` (from Monday), `fortnight`, `month`, `horizon`, or
        `{days: 14, anchor: 2021-07-12}`, so many calendar days one after another.
    most, least
        In how many windows of the plan at most, and at least.
    pairs
        `all`, or with `each: pair` only `new` ones: those to whom it has not happened on any published day before the plan, whatever the
        windows, on which both worked (and were in one group).
    total
        Count the windows of all people, pairs, sets or groups together, instead of each by itself: at most so many pairs.
    sets
        Sets of staff ids, for `set` and `pair`.
    per
        `whole`, `leaf`, a level, or several levels, for `group` and `pair`.

    Notes
    -----
    Meaning: call days count too, unless `days` say otherwise; absent people are at neither place, and nobody is at home on a call day.
    A pair has the days on which both work (and are in one group); of a set all must work that day to be all there; a group is whoever
    works that day. Published days before the plan count in windows that the plan goes on with. Where a window goes on after the plan,
    what happens in the plan counts, but of a person `all` and `only_one` are not judged in it. What happens by days that are past
    or frozen is no breach: no more is planned then, with a note. `least` asks for no more than absences, frozen days and rules about
    the person leave possible, with a note.
    Formula: ``most ≥ Σ_w z[s, w] ≥ least``; a column z per subject and window is tied to its cells by rows (any: ``z ≥ x[d]`` and
    ``z ≤ Σ x``; all: ``z ≥ Σ x − n + 1`` and ``z ≤ x[d]``; only one: ``z ≥ x[d] − Σ_{others} x``, ``z ≤ Σ x`` and ``z ≤ 2 − x[c] − x[d]``),
    upwards where `most` limits it and downwards where `least` does. These are linear rows with auxiliary columns: parts with them are
    planned by linear programs and CP-SAT, not as flows.
    Source: weekends as in the nurse rostering competitions (INRC-II, Ceschia et al. 2019); pairs for circulars of the epidemic, which
    wanted few different contacts and did not say it in numbers.

    Kept: on at most one day both in the office, `110 101`.
    Broken by 1: `110 111`.
    Broken by 1: in three windows of one day, with `window: {days: 1, anchor: 2021-07-12}, most: 2`, `111 111`.
    Broken by 2: at least two of the three days with only one of them, with `happens: only_one, least: 2, most: 3, window: day`, `111 111`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="How often something happens: in how many weekends, weeks or days, to a person, a pair, a set or a group.",
        id="Seberapa sering sesuatu terjadi: pada berapa akhir pekan, minggu, atau hari, bagi pegawai, pasangan, atau kelompok.",
    )
    example: ClassVar[Mapping[str, Any]] = {"each": "pair", "happens": "all", "window": "day", "most": 1}

    on_call_days: ClassVar[bool] = True

    kind: Literal["frequency"] = "frequency"

    @model_validator(mode="after")
    def _one_meaning(self) -> Frequency:
        refuse_limits(self)
        refuse_people(self)
        refuse_older(self, must=self.strength is Strength.MUST)
        return self

    # -- who -----------------------------------------------------------------------------------------------------------------------

    def grouping(self, view: View) -> Grouping | None:
        """People in groups of `per`; None where people or sets are meant."""
        if self.sets is not None or self.each not in (Each.PAIR, Each.GROUP):
            return None
        return grouping(view.facts, self.per, view.cell_set(self))

    def reaches(self, view: View) -> CellSet:
        """People of the sets, and everybody selected where there are none."""
        cells = view.cell_set(self)
        if self.sets is None:
            return cells
        named = np.zeros(view.facts.num_people, dtype=np.bool_)
        named[[view.facts.staff.index[id_] for ids in self.sets for id_ in ids if id_ in view.facts.staff.index]] = True
        return cells.where(np.broadcast_to(named[cells.rows][:, None], cells.table.shape))

    def needs_office(self, view: View) -> CellSet | None:
        """Cells of whoever is asked to come now and then."""
        return self.reaches(view) if self.least is not None and self.place is Side.OFFICE else None

    def problems(self, view: View) -> Iterator[Problem]:
        """Ids of nobody, and too many pairs."""
        known = view.facts.staff.index
        for id_ in dict.fromkeys(id_ for ids in self.sets or () for id_ in ids):
            if id_ not in known:
                yield Problem(Where(field=f"{self.id}.sets"), NOBODY(id=id_), meant(id_, known))
        if self.each is Each.PAIR and (number := self._pairs(view)) > MOST_PAIRS:
            yield Problem(Where(field=f"{self.id}.per"), MANY_PAIRS(pairs=number, most=MOST_PAIRS), FEWER())

    def _pairs(self, view: View) -> int:
        """How many pairs there are, about: those of the largest day of each group, and of whole sets."""
        if self.sets is not None:
            return sum(len(ids) * (len(ids) - 1) // 2 for ids in self.sets)
        cells = view.cell_set(self)
        people = group_cells(view.facts, self.per, cells).count(cells).max(axis=1, initial=0)
        return int((people * (people - 1) // 2).sum())

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def _looked(self, view: View) -> Looked:
        return view.once((self.id, "looked"), lambda: looked_at(self, self, view))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Columns for what may happen, rows that tie them to cells, and rows that count them."""
        looked = self._looked(view)
        person = looked.here.index if self.each is Each.PERSON else None
        compile_events(self, out, events_of(looked, self), (self.least, self.most), person=person, cost=view.cost(self))

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Whom it happens to too often or too seldom, and where a limit could not be asked for as it stands."""
        looked = self._looked(view)
        if not len(looked.subjects.subject) and (self.least is not None or self.each is Each.PAIR) and self.reaches(view).any():
            yield self.finding(Strength.NOTE, 1, NOTHING(who=who(self), what=what(self)))
        for tally in tallies(looked, self, schedule):
            if self.most is not None:
                yield from self._judge_most(view, looked, tally, self.most)
            if self.least is not None:
                yield from self._judge_least(view, looked, tally, self.least)

    def _judge_most(self, view: View, looked: Looked, tally: Tally, most: int) -> Iterator[Finding]:
        if tally.whole and (early := tally.done - most) > 0:
            yield self._told(Strength.NOTE, early, USED_UP, view, looked, tally, found=tally.done, off=early, limit=most)
        if off := tally.above(most):
            yield self._told(self.strength, off, TOO_MANY, view, looked, tally, found=tally.done + tally.found, off=off, limit=most)

    def _judge_least(self, view: View, looked: Looked, tally: Tally, least: int) -> Iterator[Finding]:
        if tally.whole and (short := least - tally.possible) > 0:
            yield self._told(Strength.NOTE, short, REDUCED, view, looked, tally, limit=least, possible=tally.possible)
        if off := tally.below(least):
            yield self._told(self.strength, off, TOO_FEW, view, looked, tally, found=tally.done + tally.found, off=off, limit=least)

    def _told(
        self, strength: Strength, amount: int, sentence: Sentence, view: View, looked: Looked, tally: Tally, **said: object
    ) -> Finding:
        told = sentence(who=self._who(view, looked, tally.subject), what=what(self), **said)
        return self.finding(strength, amount, told, **where(looked, self.place, tally))

    # -- what others ask -----------------------------------------------------------------------------------------------------------

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """So many windows more at most, or fewer at least."""
        changed = {MOST: None if self.most is None else self.most + by, LEAST: None if self.least is None else self.least - by}
        found = {name: self.limited(number, name) for name, number in changed.items() if number is not None and not unit}
        return {name: rule for name, rule in found.items() if rule is not None}

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """Another number, where the two agree and no other kind says it so."""
        if isinstance(amount, Percent) or amount < (1 if field == LEAST else 0):
            return None
        other = self.model_copy(update={field: amount})
        crossed = other.most is not None and other.least is not None and other.least > other.most
        return None if crossed or older_words(other, must=self.strength is Strength.MUST) is not None else other

    def edits(self, view: View) -> Iterator[Edit]:
        """More windows at most, fewer at least, and only pairs who have not met."""
        looked = self._looked(view)
        last = len(looked.windows) * (len(looked.subjects) if self.total else 1)
        if self.most is not None:
            yield numbers(MOST, range(self.most + 1, last + 1))
        if self.each is Each.PAIR and self.least is None and view.facts.past_dates:
            yield words("pairs", self.pairs, Pairs.NEW)
        if self.least is not None:
            yield numbers(LEAST, range(self.least - 1, 0, -1))
        yield from super().edits(view)

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def _who(self, view: View, looked: Looked, subject: int) -> Said:
        if subject == ALL:
            return who(self)
        if self.each is Each.GROUP and looked.groups is not None:
            return looked.groups.label(view.facts, subject)
        people = [int(looked.here.index[row]) for row in looked.subjects.people[subject]]
        return name_of(view.facts, people[0]) if self.each is Each.PERSON else names_text(view.facts, people)

    def _limits(self) -> list[Said]:
        least = [] if self.least is None else [AT_LEAST(limit=self.least)]
        return [*least, *([] if self.most is None else [AT_MOST(limit=self.most)])]

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The limits of one person, pair, set or group."""
        if group < 0:
            return self.describe(view)
        return OCCURRENCE(who=self._who(view, self._looked(view), group), what=what(self), limits=self._limits())

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED(who=who(self), what=what(self), limits=self._limits())
