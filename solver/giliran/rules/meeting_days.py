"""Meetings whose day is left to the plan: the days on which each could be, and how near a schedule comes to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.facts import Meeting as Event
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import Cost, ProgramBuilder
from giliran.rules.base import Statement
from giliran.rules.personal import days_text, names_text, outranked

ON_NO_DAY = Sentence(
    en="{meeting}: on none of the possible days is everybody required in the office; on {days} these are missing: {people}",
    id="{meeting}: tidak ada hari yang mungkin ketika semua yang wajib hadir WFO; pada {days} yang tidak WFO: {people}",
)
HELD = Sentence(en="{meeting} is on {days}", id="{meeting} diadakan pada {days}")
NO_DAY = Sentence(
    en="{meeting}: on none of the possible days can everybody required be in the office; on {day} these cannot: {people}",
    id="{meeting}: tidak ada hari yang mungkin ketika semua yang wajib hadir dapat WFO; pada {day} yang tidak dapat: {people}",
)
NO_WEEKDAY = Sentence(
    en="{meeting}: no weekday suits everybody required in every week ({weeks} {weeks:week|weeks})",
    id="{meeting}: tidak ada hari yang cocok bagi semua yang wajib hadir di setiap minggu ({weeks} minggu)",
)
NOT_THAT_WEEK = Sentence(
    en="{meeting} is left out in the week of {day}: everybody required can come on none of its days",
    id="{meeting} ditiadakan pada minggu {day}: tidak ada hari ketika semua yang wajib hadir dapat WFO",
)
MORE_DAYS = Sentence(
    en="Give more days, or take them off the list of required people; they may join by video.",
    id="Tambah hari yang mungkin, atau keluarkan mereka dari daftar yang wajib hadir; mereka dapat mengikuti lewat konferensi video.",
)
ANY_WEEKDAY = Sentence(en="Leave `same_weekday` out, or give more days.", id="Hapus `same_weekday`, atau tambah hari yang mungkin.")
ONE_DAY = Sentence(
    en="{meeting}: everybody required in the office on one of {days}",
    id="{meeting}: semua yang wajib hadir WFO pada salah satu dari {days}",
)

Option = tuple[int, ...]
"""Days of a meeting that go together: one day, or the same weekday of every week."""


@dataclass(frozen=True)
class Choice:
    """One option out of several is to be chosen for a meeting.

    Parameters
    ----------
    meeting
        The meeting.
    options
        What there is to choose from, earliest first.
    needed
        Cells of the people who must come, on every day of an option : bool[E, D].
    """

    meeting: Event
    options: tuple[Option, ...]
    needed: Cells

    @property
    def days(self) -> Option:
        """All days of all options."""
        return tuple(sorted({day for option in self.options for day in option}))

    def missing(self, office: Cells, option: Option) -> list[tuple[int, int]]:
        """Day and person of everybody who would be missing : by day, then in row order."""
        return [(d, int(e)) for d in option for e in np.flatnonzero(self.needed[:, d] & ~office[:, d])]

    def planned(self, schedule: Schedule) -> bool:
        """Whether everybody concerned has a place on every possible day."""
        days = list(self.days)
        return not (self.needed[:, days] & (schedule.place[:, days] == Place.NONE)).any()

    def nearest(self, schedule: Schedule) -> tuple[Option, list[tuple[int, int]]]:
        """The first option on which the fewest people are missing, and those people."""
        found = [(option, self.missing(schedule.office, option)) for option in self.options]
        return min(found, key=lambda pair: len(pair[1]))

    def compile(self, owner: Statement, out: ProgramBuilder, cost: Cost | None, group: int, num_days: int) -> None:
        """A 0/1 column per option, one of which is 1; whoever must come then is in the office."""
        columns = out.aux([0] * len(self.options), [1] * len(self.options))
        out.rows(owner, [len(columns)], columns, lo=1, hi=1, group=group)
        for column, option in zip(columns.tolist(), self.options, strict=True):
            for d in option:
                e = np.flatnonzero(self.needed[:, d])
                pairs = np.stack([e * num_days + d, np.full(len(e), column)], axis=1).reshape(-1)
                out.rows(owner, np.full(len(e), 2), pairs, coef=np.tile([1, -1], len(e)), lo=0, cost=cost, group=group, day=d, person=e)


@dataclass(frozen=True)
class Open:
    """A meeting whose day is left open, on given facts.

    Parameters
    ----------
    choices
        What is to be chosen: one day, one day per week, or one weekday.
    weeks_out
        First possible days of weeks without a day on which everybody required can come.
    problem, advice
        Why there is nothing to choose, None if there is.
    """

    choices: tuple[Choice, ...]
    weeks_out: tuple[int, ...] = ()
    problem: Said | None = None
    advice: Said | None = None


def open_meeting(facts: Facts, meeting: Event, asked: Cells, fixed_home: Cells) -> Open:
    """What there is to choose for a meeting.

    Parameters
    ----------
    asked
        Cells of people whom a rule wants there in person : bool[E, D]. Whoever has a cell that is not asked for joins by video.
    fixed_home
        Cells that a rule about the person fixes out of the office : bool[E, D].
    """
    days = [facts.dates.index(day) for day in meeting.dates]
    people = list(meeting.required)
    video = (facts.has_cell & (facts.home_only | ~asked))[people]
    never = np.asarray((~facts.has_cell | facts.home_only).all(axis=1))[people]
    cannot = ~video & ~never[:, None] & (~facts.present | fixed_home)[people]
    possible = [d for d in days if not cannot[:, d].any()]
    needed = np.zeros(facts.shape, dtype=np.bool_)
    needed[np.ix_(people, possible)] = (~video & facts.present[people])[:, possible]
    if not possible:
        best = min(days, key=lambda d: int(cannot[:, d].sum()))
        who = [people[k] for k in np.flatnonzero(cannot[:, best])]
        return Open((), problem=NO_DAY(meeting=meeting.name, day=facts.dates[best], people=names_text(facts, who)), advice=MORE_DAYS())
    if not (meeting.repeat or meeting.same_weekday):
        return Open((Choice(meeting, tuple((d,) for d in possible), needed),))
    return _weekly(facts, meeting, days, possible, needed)


def _weekly(facts: Facts, meeting: Event, days: Sequence[int], possible: Sequence[int], needed: Cells) -> Open:
    held = dict(_by_week(facts, possible))
    out = tuple(inside[0] for week, inside in _by_week(facts, days) if week not in held)
    if not meeting.same_weekday:
        return Open(tuple(Choice(meeting, tuple((d,) for d in inside), needed) for inside in held.values()), out)
    weekday = {d: facts.dates[d].weekday() for d in possible}
    options = [tuple(d for d in possible if weekday[d] == which) for which in sorted(set(weekday.values()))]
    whole = tuple(sorted(option for option in options if len(option) == len(held)))
    if not whole:
        return Open((), out, NO_WEEKDAY(meeting=meeting.name, weeks=len(held)), ANY_WEEKDAY())
    return Open((Choice(meeting, whole, needed),), out)


def _by_week(facts: Facts, days: Sequence[int]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Days by ISO year and week."""
    for week, inside in groupby(days, key=lambda d: (facts.dates[d].isocalendar().year, facts.dates[d].isocalendar().week)):
        yield week, list(inside)


def open_findings(facts: Facts, meeting: Event, found: Open, schedule: Schedule) -> Iterator[tuple[int, Said, dict[str, Any]]]:
    """What a schedule does to an open meeting: people missing (0 for what is only to be told), sentence, and where it is."""
    for choice in found.choices:
        if choice.planned(schedule):
            option, missing = choice.nearest(schedule)
            said = _missed_text(facts, choice, missing) if missing else HELD(meeting=meeting.name, days=days_text(facts, option))
            yield len(missing), said, {"days": option, "people": tuple(sorted({e for _, e in missing}))}
            cells = np.zeros(facts.shape, dtype=np.bool_)
            cells[np.ix_(meeting.required, option)] = True
            yield from ((0, words, where) for _, words, where in outranked(facts, cells))
    if found.problem is not None:
        yield 0, found.problem, {}
    for d in found.weeks_out:
        yield 0, NOT_THAT_WEEK(meeting=meeting.name, day=facts.dates[d]), {"days": (d,)}


def _missed_text(facts: Facts, choice: Choice, missing: Sequence[tuple[int, int]]) -> Said:
    days, people = sorted({d for d, _ in missing}), list(dict.fromkeys(e for _, e in missing))
    return ON_NO_DAY(meeting=choice.meeting.name, days=days_text(facts, days), people=names_text(facts, people))
