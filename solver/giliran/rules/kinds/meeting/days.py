"""Meetings whose day is left to the plan: the days on which each could be, and how near a schedule comes to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.facts import Meeting as Event
from giliran.domain.finding import Told
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed
from giliran.messages import Said, Sentence
from giliran.program import Cost, Ints, ProgramBuilder
from giliran.rules.base import Statement
from giliran.rules.kinds.meeting.cells import cells_of
from giliran.rules.toolkit.personal import days_text, names_text, outranked_at

ON_NO_DAY = Sentence(
    en="{meeting}: on none of the possible days is everybody required in the office; on {days} these are missing: {people}",
    id="{meeting}: tidak ada hari yang mungkin ketika semua yang wajib hadir WFO; pada {days} yang tidak WFO: {people}",
)
HELD = Sentence(en="{meeting} is on {days}", id="{meeting} diadakan pada {days}")
NO_WEEKDAY = Sentence(
    en="{meeting}: no weekday has a possible day in every week ({weeks} {weeks:week|weeks})",
    id="{meeting}: tidak ada hari yang tersedia di setiap minggu ({weeks} minggu)",
)
LEFT_OUT = Sentence(
    en="{meeting} is left out: on {days} nobody required can come",
    id="{meeting} ditiadakan: pada {days} tidak ada yang wajib hadir yang dapat datang",
)
CANNOT_COME = Sentence(
    en="{meeting}, {day}: absent or off that day although required: {people}",
    id="{meeting}, {day}: tidak masuk atau libur hari itu walaupun wajib hadir: {people}",
)
KEPT_HOME = Sentence(
    en="{meeting}, {day}: fixed at home that day although required: {people}",
    id="{meeting}, {day}: ditetapkan WFH hari itu walaupun wajib hadir: {people}",
)
ANY_WEEKDAY = Sentence(en="Leave `same_weekday` out, or give more days.", id="Hapus `same_weekday`, atau tambah hari yang mungkin.")
ONE_DAY = Sentence(
    en="{meeting}: everybody required in the office on one of {days}",
    id="{meeting}: semua yang wajib hadir WFO pada salah satu dari {days}",
)

DAYS_IN_WEEK = 7

Option = tuple[int, ...]
"""Days of a meeting that go together: one day, or the same weekday of every week."""


@dataclass(frozen=True, eq=False)
class Choice(Sealed):
    """One option out of several is to be chosen for a meeting.

    Parameters
    ----------
    meeting
        The meeting.
    options
        What there is to choose from, earliest first.
    people
        Rows of the required people, in order : int64[P].
    needed
        On which days each of them must come, all those of an option : bool[P, D].
    away
        On which days each of them cannot come : bool[P, D].
    """

    meeting: Event
    options: tuple[Option, ...]
    people: Ints
    needed: Cells
    away: Cells

    @property
    def days(self) -> Option:
        """All days of all options."""
        return tuple(sorted({day for option in self.options for day in option}))

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Person and day of everybody who must come, on all days of all options."""
        return tuple((e, d) for d in self.days for e in self.people[self.needed[:, d]].tolist())

    def missing(self, schedule: Schedule, option: Option) -> list[tuple[int, int]]:
        """Day and person of everybody who would be missing : by day, then in row order; who has no place yet is not."""
        place = schedule.place[self.people]
        lost = self.needed & (place != Place.OFFICE) & (place != Place.NONE)
        return [(d, e) for d in option for e in self.people[lost[:, d]].tolist()]

    def columns(self, num_days: int) -> Ints:
        """Columns of the cells of everybody who must come, in order : int64[·]."""
        k, day = np.nonzero(self.needed)
        return np.asarray(self.people[k] * num_days + day)

    def planned(self, schedule: Schedule) -> bool:
        """Whether everybody concerned has a place on every possible day."""
        return not (self.needed & (schedule.place[self.people] == Place.NONE)).any()

    def nearest(self, schedule: Schedule) -> tuple[Option, list[tuple[int, int]]]:
        """The first option on which the fewest people are missing, and those people."""
        found = [(option, self.missing(schedule, option)) for option in self.options]
        return min(found, key=lambda pair: len(pair[1]))

    def compile(self, owner: Statement, out: ProgramBuilder, cost: Cost | None, group: int, num_days: int) -> None:
        """A 0/1 column per option, one of which is 1; whoever must come then is in the office. Of one option there is nothing to choose."""
        if len(self.options) == 1:
            person, day = np.divmod(columns := self.columns(num_days), num_days)
            out.rows(owner, np.ones_like(person), columns, lo=1, cost=cost, group=group, day=day, person=person)
            return
        columns = out.binary(len(self.options))
        out.row(owner, columns, lo=1, hi=1, group=group)
        for column, option in zip(columns.tolist(), self.options, strict=True):
            for d in option:
                e = self.people[self.needed[:, d]]
                out.difference(owner, out.cell(e, d), np.full(len(e), column), lo=0, cost=cost, group=group, day=d, person=e)


@dataclass(frozen=True)
class Open:
    """A meeting whose day is left open, on given facts.

    Parameters
    ----------
    choices
        What is to be chosen: one day, one day per week, or one weekday.
    left_out
        Days of which none is chosen, because nobody required can come on any : all of them, or those of a week.
    problem, advice
        Why there is nothing to choose, None if there is.
    """

    choices: tuple[Choice, ...]
    left_out: tuple[tuple[int, ...], ...] = ()
    problem: Said | None = None
    advice: Said | None = None


def open_meeting(facts: Facts, meeting: Event, asked: Ints, fixed_home: Cells) -> Open:
    """What there is to choose for a meeting: days with the fewest required people away, or fixed at home though they are to come.

    Parameters
    ----------
    asked
        Columns of the cells of people whom a rule wants there in person : int64[·]. Who has a cell that is not asked for joins by video.
    fixed_home
        Cells that a rule about the person fixes out of the office, or that are frozen there : bool[E, D].
    """
    days, people = [facts.dates.index(day) for day in meeting.dates], np.array(sorted(meeting.required), dtype=np.int64)
    in_person = np.isin(people[:, None] * facts.num_days + np.arange(facts.num_days), asked) & ~facts.home_only[people]
    away = ~facts.present[people] | (fixed_home[people] & in_person)
    weekly = meeting.repeat or meeting.same_weekday
    spans = list(_by_week(facts, days)) if weekly else [tuple(days)]
    held = [span for span in spans if not away[:, list(span)].all()]
    left_out = tuple(span for span in spans if span not in held)
    groups: list[list[Option]] = [[(d,) for d in span] for span in held]
    if meeting.same_weekday and held:
        groups = [_weekdays(facts, held)]
        if not groups[0]:
            return Open((), left_out, NO_WEEKDAY(meeting=meeting.name, weeks=len(held)), ANY_WEEKDAY())
    return Open(tuple(_choice(meeting, options, people, in_person & ~away, away) for options in groups), left_out)


def _choice(meeting: Event, options: Sequence[Option], people: Ints, able: Cells, away: Cells) -> Choice:
    """The choice among the options with the fewest people away."""
    missing = [int(away[:, list(option)].sum()) for option in options]
    best = tuple(option for option, many in zip(options, missing, strict=True) if many == min(missing))
    needed = np.zeros_like(able)
    days = sorted({d for option in best for d in option})
    needed[:, days] = able[:, days]
    return Choice(meeting, best, people, needed, away)


def _weekdays(facts: Facts, spans: Sequence[Option]) -> list[Option]:
    """The days of each weekday that is possible in every week, earliest first."""
    days = [d for span in spans for d in span]
    options = [tuple(d for d in days if facts.dates[d].weekday() == which) for which in range(DAYS_IN_WEEK)]
    return sorted(option for option in options if len(option) == len(spans))


def _by_week(facts: Facts, days: Sequence[int]) -> Iterator[Option]:
    """Days of each ISO week."""
    for _, inside in groupby(days, key=lambda d: facts.dates[d].isocalendar()[:2]):
        yield tuple(inside)


def convened_days(found: Open, schedule: Schedule) -> Option:
    """The days on which a schedule has an open meeting, ascending; of a choice with people who have no place yet none."""
    return tuple(sorted(d for choice in found.choices if choice.planned(schedule) for d in choice.nearest(schedule)[0]))


def open_findings(facts: Facts, meeting: Event, found: Open, schedule: Schedule) -> Iterator[tuple[bool, int, Said, dict[str, Any]]]:
    """What a schedule does to an open meeting: whether it misses it, the number of people, sentence, and where it is."""
    for choice in found.choices:
        whole = choice.planned(schedule)
        if not whole and len(choice.options) > 1:
            continue  # nothing is chosen yet; of a single day everybody stands for himself
        option, missing = choice.nearest(schedule)
        if missing or whole:
            said = _missed_text(facts, choice, missing) if missing else HELD(meeting=meeting.name, days=days_text(facts, option))
            people = tuple(sorted({e for _, e in missing}))
            yield bool(missing), len(missing), said, {"days": option, "people": people, "cells": choice.cells}
        if whole:
            yield from ((False, number, words, where) for number, words, where in _away_texts(facts, choice, option))
            cells = cells_of(facts, meeting.required, option)
            yield from ((False, 0, words, where) for _, words, where in outranked_at(facts, cells))
    if found.problem is not None:
        yield False, 0, found.problem, {}
    for span in found.left_out:
        yield False, 0, LEFT_OUT(meeting=meeting.name, days=days_text(facts, span)), {"days": span, "told": Told.SHORTFALL}


def _away_texts(facts: Facts, choice: Choice, option: Option) -> Iterator[tuple[int, Said, dict[str, Any]]]:
    """Who cannot come on the days of an option, and why."""
    for d in option:
        here = facts.present[choice.people, d]
        for sentence, which in ((CANNOT_COME, choice.away[:, d] & ~here), (KEPT_HOME, choice.away[:, d] & here)):
            people = choice.people[which].tolist()
            if people:
                said = sentence(meeting=choice.meeting.name, day=facts.dates[d], people=names_text(facts, people))
                yield len(people), said, {"days": (d,), "people": tuple(people), "told": Told.SHORTFALL}


def _missed_text(facts: Facts, choice: Choice, missing: Sequence[tuple[int, int]]) -> Said:
    days, people = sorted({d for d, _ in missing}), list(dict.fromkeys(e for _, e in missing))
    return ON_NO_DAY(meeting=choice.meeting.name, days=days_text(facts, days), people=names_text(facts, people))
