"""Least and most days of everybody in the office, or at home, in every week or other window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from giliran.domain.cell_set import CellSet, find_rows
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import DayKind, Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Words
from giliran.messages import Percent, Said, Sentence, plain
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.base import Rule
from giliran.rules.edits import Edit
from giliran.rules.kinds.days_per_person.person_days import Count, Known, PerPerson, Places, in_days, looked_up
from giliran.rules.kinds.days_per_person.quotas import Quota, QuotaModel, above, milder, quota_of
from giliran.rules.kinds.days_per_person.words import (
    ARROW,
    AT_LEAST,
    AT_MOST,
    FIXED_ABOVE,
    HOME,
    NO_DAY,
    OCCURRENCE,
    OF_WHICH,
    OFFICE,
    REDUCED,
    TOO_FEW,
    TOO_MANY,
    USED_UP,
    There,
)
from giliran.rules.toolkit.counting import sum_text
from giliran.rules.toolkit.easing import Easing
from giliran.rules.toolkit.near import Near, near
from giliran.rules.toolkit.personal import name_of
from giliran.rules.toolkit.windows import Over, Span, Window, reached_before, reaches_beyond, windows_of
from giliran.rules.view import View
from giliran.text import TextError

NO_QUOTA = Sentence(en="give `least`, `most` or both", id="isi `least`, `most`, atau keduanya")
LEAST_ABOVE_MOST = Sentence(
    en="`least` ({least}) is above `most` ({most})",
    id="`least` ({least}) lebih besar daripada `most` ({most})",
)

LEAST, MOST = "least", "most"
SAYS = {LEAST: AT_LEAST, MOST: AT_MOST}


class DaysPerPerson(Easing, Rule):
    """Least and most days of everybody in the office, or at home, in every week or other window.

    Parameters
    ----------
    least, most
        A number of days, or a share of the person's working days less absences, rounded up (least) or down (most).
    window
        `week` (from Monday), `weekend` (Saturday and Sunday), `fortnight` (two weeks, the first that in which the horizon begins), `month`,
        `horizon`, or `{days: 14, anchor: 2021-07-12}`: so many calendar days one after another, one such window beginning on the anchor,
        so that windows stay the same from plan to plan.
    credit
        Reasons of absence that count as such days: travel, training.
    place
        Which days are counted: `office`, or `home`, which leaves call days out.

    Notes
    -----
    Meaning: in every window a person's days at the place, those before the horizon and on frozen days and credited absences included, lie
    between the two. `least` asks for no more than the days left on which the person is neither absent nor fixed elsewhere, with a note;
    where a window goes on after the horizon it asks for nothing, while `most` holds as it stands in the part that is planned. Before the
    horizon only published days are any. Days in no window (weekdays, of weekends) are not meant. Days already above `most` are noted, and
    no more are allowed; nor are days at home above those that are fixed there.
    Formula: ``min(least − done, able) ≤ Σ_{d in window} x[i, d] ≤ max(most − done, 0)``.
    Source: rules of an agency's own; none of the packaged circulars has one.

    Kept: at least two days in one week, `10100`.
    Broken by 1: `10000`.
    Broken by 1: three days with `most: 2`, `11100`.
    Broken by 1: three days at home with `place: home, most: 2`, `11000`.
    Broken by 1: three in three calendar days with `window: {days: 3, anchor: 2021-07-12}`, `00000`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Least and most days of everybody in the office, or at home, in every week or other window.",
        id="Paling sedikit dan paling banyak hari WFO, atau WFH, setiap pegawai, setiap minggu atau jangka waktu lain.",
    )
    example: ClassVar[Mapping[str, Any]] = {"window": "week", "least": 2}
    kind: Literal["days_per_person"] = "days_per_person"
    least: Quota | None = None
    most: Quota | None = None
    window: Over = Span.WEEK
    credit: Words = ()
    place: Literal["office", "home"] = "office"

    @property
    def _there(self) -> There:
        return OFFICE if self.place == "office" else HOME

    @model_validator(mode="after")
    def _some_quota(self) -> DaysPerPerson:
        if self.least is None and self.most is None:
            raise TextError(NO_QUOTA())
        if self.least is not None and self.most is not None and above(self.least, self.most):
            raise TextError(LEAST_ABOVE_MOST(least=self.least.text, most=self.most.text))
        return self

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """So many days fewer at least, or more at most."""
        return {name: self.stepped(name, by) for name in (LEAST, MOST) if getattr(self, name) is not None and not unit}

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """Another number or share of days, where the two quotas agree."""
        other = self.model_copy(update={field: quota_of(amount)})
        return None if other.least is not None and other.most is not None and above(other.least, other.most) else other

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """At most two rows per person and window, where they bind; the window stands as the group."""
        index = view.cell_set(self).index
        for w, (window, known) in enumerate(self._windows(view)):
            asked, allowed = known.least > 0, known.most < known.cells.sum(axis=1)
            self._rows(view, out, known.cells[asked], window, w, index[asked], lo=known.least[asked])
            self._rows(view, out, known.cells[allowed], window, w, index[allowed], hi=known.most[allowed])

    def _rows(self, view: View, out: ProgramBuilder, cells: Cells, window: Window, w: int, people: PerPerson, **bound: PerPerson) -> None:
        row, day = np.nonzero(cells)
        col = out.cell(people[row], window.days[day])
        out.rows(self, cells.sum(axis=1), col, cost=view.cost(self), group=w, person=people, **bound)

    def _windows(self, view: View) -> list[tuple[Window, Known]]:
        """Every window with what is known of it."""

        def compute() -> list[tuple[Window, Known]]:
            here = near(self, view)
            before = reached_before(self, here)
            return [(window, self._known(here, window, before)) for window in windows_of(here.facts, self.window)]

        return view.once((self.id, "windows"), compute)

    def _known(self, view: Near, window: Window, before: Cells) -> Known:
        facts, now, at_home = view.facts, window.days, self._there is HOME
        mine = self._mine(view)[:, now]
        here = mine & facts.present[:, now]
        left = here & ~view.kept[:, now]
        credited = (mine & self._credited(facts)[:, now]).sum(axis=1)
        reached, past = before[:, window.past], facts.past[:, window.past]
        kept = view.kept[:, now] & (view.kept_office[:, now] != at_home)
        done = credited + (reached & (past == self._there.place)).sum(axis=1) + (here & kept).sum(axis=1)
        worked = past != Place.ABSENT if not at_home else np.isin(past, (Place.OFFICE, Place.HOME))
        working = here.sum(axis=1) + credited + (reached & worked).sum(axis=1)
        there, elsewhere = (view.forced_home, view.forced_office) if at_home else (view.forced_office, view.forced_home)
        least, most = np.zeros_like(done), np.full_like(done, INFINITE)
        if self.least is not None:
            wanted = np.maximum(in_days(self.least, working, up=True) - self.ease(LEAST), 0)
            asked = np.minimum(wanted - done, (left & ~elsewhere[:, now]).sum(axis=1))
            least = np.where(reaches_beyond(self, view, window), 0, asked)
        if self.most is not None:
            fixed = (left & there[:, now]).sum(axis=1) if at_home else 0
            most = np.maximum(in_days(self.most, working, up=False) + self.ease(MOST) - done, fixed)
        days = left.sum(axis=1)
        return Known(left, working, days - most, days - least) if at_home else Known(left, working, least, most)

    def _mine(self, view: Near) -> Cells:
        """Cells that count: at home nobody is on a call day."""
        return view.cells if self._there is OFFICE else view.cells & (view.facts.kind != DayKind.CALL)

    def _credited(self, facts: Facts) -> Cells:
        """Absences that count as days at the place : bool[N, D]."""
        table = np.array([*(reason in self.credit for reason in facts.absence_reasons), False], dtype=np.bool_)
        return facts.has_cell & facts.absent & table[facts.reason]

    def needs_office(self, view: View) -> CellSet:
        """Cells of the windows in which somebody is still asked to come."""
        part = view.cell_set(self)
        wanted = np.zeros_like(part.table)
        for window, known in self._windows(view):
            wanted[:, window.days] = known.cells & (known.least > 0)[:, None]
        return part.given(wanted)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody with too few or too many such days in a window, and where a quota could not be asked for as it stands."""
        here = near(self, view)
        before, place = reached_before(self, here), here.part.of(schedule.place)
        counted = any(self._mine(here)[:, window.days].any() for window in windows_of(here.facts, self.window))
        if self.least is not None and here.cells.any() and not counted:
            yield self.finding(Strength.NOTE, 1, NO_DAY(per=self.window.text))
        for window in windows_of(here.facts, self.window):
            count = self._count(here, place, window, before)
            if self.least is not None:
                yield from self._judge_least(self.least, view, here, window, count)
            if self.most is not None:
                yield from self._judge_most(self.most, view, here, window, count)

    def _count(self, view: Near, place: Places, window: Window, before: Cells) -> Count:
        """Day by day, person by person, what a schedule and the plan before it say."""
        facts, cells, credit, there = view.facts, self._mine(view), self._credited(view.facts), self._there.place
        chosen, done, able, fixed, working = (np.zeros(facts.num_people, dtype=np.int64) for _ in range(5))
        planned = np.ones(facts.num_people, dtype=np.bool_)
        for d in window.days:
            mine = cells[:, d]
            here = mine & ~facts.absent[:, d]
            left = here & ~view.kept[:, d]
            chosen += left & (place[:, d] == there)
            kept = view.kept_office[:, d] if there == Place.OFFICE else view.kept[:, d] & ~view.kept_office[:, d]
            done += (mine & credit[:, d]) | (here & kept)
            able += left & ~(view.forced_home if there == Place.OFFICE else view.forced_office)[:, d]
            fixed += left & view.forced_home[:, d] & (there == Place.HOME)
            working += here | (mine & credit[:, d])
            planned &= ~(left & (place[:, d] == Place.NONE))
        for p in window.past:
            done += before[:, p] & (facts.past[:, p] == there)
            worked = (Place.OFFICE, Place.HOME, *([Place.OFF] if there == Place.OFFICE else []))
            working += before[:, p] & np.isin(facts.past[:, p], worked)
        return Count(chosen, done, able, fixed, working, planned)

    def _judge_least(self, quota: QuotaModel, view: View, here: Near, window: Window, count: Count) -> Iterator[Finding]:
        concerned = self._concerned(here, window, count) & ~reaches_beyond(self, here, window)
        asked = np.maximum(looked_up(quota.at_least, count.working) - self.ease(LEAST), 0)
        possible = count.able + count.done
        for e in np.flatnonzero(concerned & (asked > np.minimum(possible, count.there))).tolist():
            wanted, most = int(asked[e]), int(possible[e])
            limit = self._limit_text(LEAST, int(count.working[e]), wanted)
            if wanted > most:
                yield self._told(Strength.NOTE, wanted - most, REDUCED, view, window, (here, e), asked=wanted, possible=most, limit=limit)
            if (off := min(wanted, most) - int(count.there[e])) > 0:
                yield self._told(self.strength, off, TOO_FEW, view, window, (here, e), count=_count_text(count, e), off=off, limit=limit)

    def _judge_most(self, quota: QuotaModel, view: View, here: Near, window: Window, count: Count) -> Iterator[Finding]:
        allowed = np.maximum(looked_up(quota.at_most, count.working) + self.ease(MOST), 0)
        for e in np.flatnonzero(self._concerned(here, window, count) & (count.there > allowed)).tolist():
            limit = self._limit_text(MOST, int(count.working[e]), int(allowed[e]))
            if early := max(int(count.done[e] - allowed[e]), 0):
                yield self._told(Strength.NOTE, early, USED_UP, view, window, (here, e), done=int(count.done[e]), off=early, limit=limit)
            room, fixed = max(int(allowed[e] - count.done[e]), 0), int(count.fixed[e])
            if fixed > room:
                yield self._told(
                    Strength.NOTE, fixed - room, FIXED_ABOVE, view, window, (here, e), fixed=fixed, off=fixed - room, limit=limit
                )
            if (off := int(count.chosen[e]) - max(room, fixed)) > 0:
                yield self._told(self.strength, off, TOO_MANY, view, window, (here, e), count=_count_text(count, e), off=off, limit=limit)

    def _concerned(self, view: Near, window: Window, count: Count) -> NDArray[np.bool_]:
        return np.asarray(self._mine(view)[:, window.days].any(axis=1) & count.planned)

    def _told(
        self, strength: Strength, amount: int, sentence: Sentence, view: View, window: Window, who: tuple[Near, int], **said: object
    ) -> Finding:
        here, row = who
        e = int(here.index[row])
        days = tuple(int(d) for d in window.days if here.cells[row, d])
        told = sentence(person=name_of(view.facts, e), window=window.label, days=self._there.days(), **said)
        left = tuple((e, d) for d in days if not view.kept[e, d])
        return self.finding(strength, amount, told, unit=int(view.facts.unit[e, days[0]]), days=days, people=(e,), cells=left)

    def edits(self, view: View) -> Iterator[Edit]:
        """Fewer days at least, more days at most."""
        most = max((len(window.days) + len(window.past) for window, _ in self._windows(view)), default=0)
        yield milder("least", self.least, 0)
        yield milder("most", self.most, most)
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The quotas of one person in one window, with the sums that give them."""
        window, known = self._windows(view)[group]
        where, _ = find_rows(view.cell_set(self).rows, np.array([person]))
        working = int(known.working[where[0]])
        days = {}
        if self.least is not None:
            days[LEAST] = max(self.least.at_least(working) - self.ease(LEAST), 0)
        if self.most is not None:
            days[MOST] = max(self.most.at_most(working) + self.ease(MOST), 0)
        limits = [self._limit_text(name, working, number) for name, number in days.items()]
        return OCCURRENCE(person=name_of(view.facts, person), window=window.label, days=self._there.days(), limit=limits)

    def describe(self, view: View) -> Said:
        """The quotas in one sentence."""
        quotas = [(name, getattr(self, name)) for name in SAYS if getattr(self, name) is not None]
        limits = [SAYS[name](sum=plain(""), days=self.with_ease(quota.text, name)) for name, quota in quotas]
        return self._there.described(per=self.window.text, limit=limits)

    def _limit_text(self, name: str, working: int, days: int) -> Said:
        quota = getattr(self, name)
        total = plain("") if quota.share is None else ARROW(sum=self.with_ease(sum_text(working, quota.share), name))
        return SAYS[name](sum=total, days=days)


def _count_text(count: Count, e: int) -> Said:
    there, done = int(count.there[e]), int(count.done[e])
    return OF_WHICH(count=there, done=done) if done else plain(there)
