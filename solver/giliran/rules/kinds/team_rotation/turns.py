"""Whose turn it is, and which teams there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag

from giliran.domain.calendar import Calendar, date_range
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import DayKind
from giliran.domain.selection import Model, WholeNumber
from giliran.messages import Said, Sentence
from giliran.rules.toolkit.calendars import posting_calendars

BY_DAY = Sentence(en="day", id="hari")
BY_WEEK = Sentence(en="week", id="minggu")
BY_FORTNIGHT = Sentence(en="fortnight", id="dua minggu")
BY_WORKING_DAYS = Sentence(en="{days} working {days:day|days}", id="{days} hari kerja")
LONGEST = 366
"""Most working days of a turn: more than a year has."""


class Turn(StrEnum):
    """How long a team's turn lasts."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"

    @property
    def text(self) -> Said:
        """How a rule with such turns is told."""
        return {Turn.DAY: BY_DAY, Turn.WEEK: BY_WEEK, Turn.FORTNIGHT: BY_FORTNIGHT}[self]()


class WorkingDays(Model):
    """Turns of `working_days` working days of the person's calendar, one of which begins on the anchor or the first such day after it."""

    working_days: Annotated[WholeNumber, Field(ge=1, le=LONGEST)]

    @property
    def text(self) -> Said:
        """How a rule with such turns is told."""
        return BY_WORKING_DAYS(days=self.working_days)


Length = Annotated[
    Annotated[Turn, Tag("[word]")] | Annotated[WorkingDays, Tag("[working_days]")],
    Discriminator(lambda value: "[working_days]" if isinstance(value, (Mapping, WorkingDays)) else "[word]"),
]
"""How long a turn lasts, as a file writes it: `week`, or `{working_days: 3}`."""

_TURN_DAYS = {Turn.WEEK: 7, Turn.FORTNIGHT: 14}


@dataclass(frozen=True)
class Turns:
    """Who is in which team, and whether it is on turn.

    Parameters
    ----------
    cells
        Cells of people who are in a team : bool[E, D].
    on_turn
        Cells of people whose team is on turn : bool[E, D].
    teamless
        Cells that the rule means, of people in no team of the rotation : bool[E, D].
    found
        Teams of each group, where the rule gives only their number.
    """

    cells: Cells
    on_turn: Cells
    teamless: Cells
    found: Mapping[int, tuple[str, ...]]


def steps(facts: Facts, turn: Length, anchor: dt.date) -> NDArray[np.int64]:
    """Turns that have passed since the anchor, negative before it : int64[E, D]."""
    if isinstance(turn, Turn) and turn is not Turn.DAY:
        monday = anchor - dt.timedelta(days=anchor.weekday())
        passed = np.array([(day - monday).days // _TURN_DAYS[turn] for day in facts.dates], dtype=np.int64)
        return np.broadcast_to(passed, facts.shape)
    calendars, which = posting_calendars(facts, facts.posting)
    table = np.array([_working_days(calendar, anchor, facts.dates) for calendar in calendars], dtype=np.int64)
    length = turn.working_days if isinstance(turn, WorkingDays) else 1
    return np.asarray(table[which, np.arange(facts.num_days)] // length)


def teams_found(facts: Facts, meant: Cells, group: NDArray[np.int32], code: NDArray[np.int32]) -> dict[int, tuple[str, ...]]:
    """Teams of the people meant, by group, in alphabetical order."""
    found: dict[int, set[str]] = {}
    for unit, word in np.unique(np.stack([group[meant], code[meant]], axis=1), axis=0).tolist():
        names = found.setdefault(unit, set())
        if word >= 0:
            names.add(facts.postings.team.words[word])
    return {unit: tuple(sorted(names)) for unit, names in found.items()}


def _working_days(calendar: Calendar, anchor: dt.date, dates: tuple[dt.date, ...]) -> list[int]:
    """Working days from the anchor up to, not including, each date; negative before the anchor."""
    first = min(anchor, dates[0])
    passed, count = {}, 0
    for day in date_range(first, max(anchor, dates[-1])):
        passed[day] = count
        count += calendar.kind(day) is DayKind.WORK
    return [passed[day] - passed[anchor] for day in dates]
