"""What a letter says, sentence by sentence: shares, numbers of people and of days, who works where, from when to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from giliran.domain.place import Place
from giliran.letters.passages import Passage


class Topic(StrEnum):
    """What a finding is about."""

    SHARE = "share"
    """A share of staff in the office or at home."""
    PEOPLE = "people"
    """So many people in the office, on duty or not."""
    DAYS = "days"
    """So many days a week of each person."""
    PART_OF_DAYS = "part_of_days"
    """A share of each person's days."""
    WEEKDAY = "weekday"
    """A weekday at home, or in the office."""
    LEADERS = "leaders"
    """Officials stay in the office."""
    IN_FULL = "in_full"
    """Functions, marks or units that work in full in the office."""
    CONTRACT = "contract"
    """Whether staff who are no civil servants are meant."""
    HEALTH = "health"
    """People at home by a mark or by age."""
    AT_HOME = "at_home"
    """All others work at home, no number given."""
    IN_FORCE = "in_force"
    """First and last day of the letter."""
    NUMBER = "number"
    """The number of the letter."""
    MEETING = "meetings"
    ROOM = "room"
    """Shares of those who meet, and of rooms."""
    DISCRETION = "discretion"
    """Heads of agencies are to say how many."""
    REVOKES = "revokes"
    EXTENDS = "extends"
    SESSIONS = "sessions"
    KEPT_DAY = "kept_day"
    """A day at home that falls on a holiday is not made up for."""


class Sense(StrEnum):
    """How a number binds."""

    MOST = "most"
    LEAST = "least"
    EXACT = "exact"


class Why(StrEnum):
    """Why a number says nothing about who works where."""

    FUEL = "fuel"
    ELECTRICITY = "electricity"
    TRAVEL = "travel"
    MONEY = "money"
    VACCINE = "vaccine"
    OTHERS = "others"
    SCORE = "score"
    REPORT = "report"
    EXAMPLE = "example"
    FORMER = "former"
    PLAN = "plan"
    HOURS = "hours"
    MEASURE = "measure"
    LAW = "law"
    TIME = "time"


@dataclass(frozen=True)
class Scope:
    """Whom a number means.

    Parameters
    ----------
    groups
        Functions and kinds of staff, such as `admin`, `service`, `contract`.
    units
        Agencies that are named.
    per
        Levels of units that each have the number.
    condition
        What has to hold, in the words of the letter: a zone, a sector.
    contract
        `counted` or `left_out`, where the letter says whether staff who are no civil servants belong to the number that a share is of.
    """

    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    condition: str = ""
    contract: str = ""


@dataclass(frozen=True)
class When:
    """Days on which it holds: first and last, weekdays; nothing for all days of the letter."""

    first: dt.date | None = None
    last: dt.date | None = None
    weekdays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something that a sentence says.

    Parameters
    ----------
    topic
        What it is about.
    passage
        The sentence.
    side
        Office or home.
    sense
        How the number binds; None where the sentence does not say.
    number
        A share in basis points, people, days; of `HEALTH` the age.
    scope, when
        Whom and when.
    permit, relaxed
        Whether it is a permission, and whether only "if needed".
    duty, leaders
        Whether people are on duty, and are officials.
    words
        Ranks, functions, marks, weekdays or names, as circulars have them; of `NUMBER` the number.
    doubt
        Whether digits and words of the number differ.
    thirds
        Whether a share is one or two thirds, to which its number only comes near.
    again
        Sentences further down that say the same.
    """

    topic: Topic
    passage: Passage
    side: Place | None = None
    sense: Sense | None = None
    number: int = 0
    scope: Scope = field(default_factory=Scope)
    when: When = field(default_factory=When)
    permit: bool = False
    relaxed: bool = False
    duty: bool = False
    leaders: bool = False
    words: tuple[str, ...] = ()
    doubt: bool = False
    thirds: bool = False
    again: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every sentence that says so."""
        return (self.passage, *self.again)

    @property
    def same(self) -> tuple[object, ...]:
        """What two sentences that say the same have in common."""
        what = (self.topic, self.side, self.sense, self.number, self.scope, self.when, self.permit, self.relaxed)
        return (*what, self.duty, self.leaders, self.words, self.doubt)


@dataclass(frozen=True)
class Elsewhere:
    """A number that is about something else: its sentence, how it is written, and what it is about."""

    passage: Passage
    text: str
    why: Why


@dataclass(frozen=True)
class Unread:
    """A number, a date, a denial or an exception that nothing was made of: its sentence, and how it is written."""

    passage: Passage
    text: str


@dataclass(frozen=True)
class Letter:
    """What a letter says.

    Parameters
    ----------
    findings
        What it says, each once, in its order.
    elsewhere
        Numbers about something else.
    unread
        Numbers, dates, denials and exceptions that were not understood.
    year
        The year of dates that have none; None where the letter names no year.
    """

    findings: tuple[Finding, ...]
    elsewhere: tuple[Elsewhere, ...]
    unread: tuple[Unread, ...]
    year: int | None
