"""What a page knows: plain data that JSON can hold, small enough for thousands of people, in one language.

A place is a letter, a person's days are a string of letters, and whatever is about a cell says a row and a day. A row is the index of a
person in the columns of `PeopleRecord`, a day the index of one of `PageData.days`, a unit the index of one of `PageData.units`, a rule the
index of one of `PageData.rules`; -1 stands for none. All texts are for people, ready to be shown as they are, and never markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from giliran.messages import Lang

PAGE_SCHEMA: Literal["giliran-page/1"] = "giliran-page/1"
"""The shape of the data."""
NOBODY = -1
"""Stands for no row, no unit and no rule."""
NO_LIMIT = -1
"""Stands for no limit on that side."""


@dataclass(frozen=True)
class DayRecord:
    """A day that has a column.

    Parameters
    ----------
    date
        As YYYY-MM-DD.
    weekday, short, long
        "Sen", "3 Agu" and "Senin 3 Agustus 2026".
    week
        Days of one calendar week have the same number.
    holiday
        Whether a calendar in use has a holiday.
    """

    date: str
    weekday: str
    short: str
    long: str
    week: int
    holiday: bool


@dataclass(frozen=True)
class CodeRecord:
    """What a letter of a cell stands for.

    Parameters
    ----------
    text, word
        What stands in the cell, and what it means.
    look
        Name of its colours: office, home, always, away, off, gap, free, holiday.
    """

    text: str
    word: str
    look: str


@dataclass(frozen=True)
class UnitRecord:
    """A unit with people at or below it, parents before children.

    Parameters
    ----------
    name, path
        Its own name, and that with the names of all units above it.
    parent
        Its parent among the units of the page.
    depth
        How many units stand above it.
    """

    name: str
    path: str
    parent: int
    depth: int


@dataclass(frozen=True)
class PeopleRecord:
    """Everybody who works on some day, as columns; a row is a person, unit after unit, within a unit in the order of the staff table.

    Parameters
    ----------
    id, name, nip
        The name of somebody without one is the id.
    position
        Index into `PageData.positions`.
    unit
        The unit on the first day of work.
    cells
        A letter of `PageData.codes` for every day.
    phone
        Of everybody who is named for duty, empty for others; no column at all where telephone numbers are not told.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    nip: tuple[str, ...]
    position: tuple[int, ...]
    unit: tuple[int, ...]
    cells: tuple[str, ...]
    phone: tuple[str, ...]


@dataclass(frozen=True)
class RuleRecord:
    """A rule or goal that something on the page refers to: its id, how people call it, and the rule in a sentence, which may be empty."""

    id: str
    label: str
    says: str


@dataclass(frozen=True)
class LimitRecord:
    """A rule that limits headcounts, against its groups and days.

    Parameters
    ----------
    rule
        The rule.
    side
        `office` or `home`: what it counts.
    sense
        `most`, `least` or `exact`.
    groups
        The groups that it counts by.
    """

    rule: int
    side: str
    sense: str
    groups: tuple[GroupRecord, ...]


@dataclass(frozen=True)
class GroupRecord:
    """People whom a limit counts together.

    Parameters
    ----------
    name, unit
        What they are called, and their unit.
    cells
        For each counted day: day, people in the office, at home, least and most on the limit's own side (-1 for none), 0 where it is kept
        and nothing is told, 1 where a finding tells of it, 2 where it is broken, and the index of its text in `PageData.sums`.
    """

    name: str
    unit: int
    cells: tuple[tuple[int, int, int, int, int, int, int], ...]


@dataclass(frozen=True)
class AccountRecord:
    """People who are compared: fewest and most days, fair share and differences, the last ones in thousandths of a day.

    Parameters
    ----------
    rule, group
        The goal, as a rule of the page, and what the people are called.
    unit
        Their unit.
    members, lowest, highest
        People, and the fewest and most days of one of them.
    share, share_lowest, share_highest
        The mean, least and largest fair share.
    difference_lowest, difference_highest
        Least and largest difference between days with earlier balance and fair share.
    """

    rule: int
    group: str
    unit: int
    members: int
    lowest: int
    highest: int
    share: int
    share_lowest: int
    share_highest: int
    difference_lowest: int
    difference_highest: int


@dataclass(frozen=True)
class FindingRecord:
    """A finding.

    Parameters
    ----------
    strength
        `must` (broken), `should` (it costs) or `note`.
    rule, unit
        Where it belongs.
    text
        The sentence.
    rows, days
        Whom and which days it is about; no rows where they are too many to be marked.
    """

    strength: str
    rule: int
    unit: int
    text: str
    rows: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True)
class ChangeRecord:
    """A place that was another one in the published plan, or a name for duty (`rule`) that came or went.

    Parameters
    ----------
    row, day, rule
        Whose, when, and for which duty.
    named
        Whether the plan names the person for the duty; None for a place.
    was, becomes, because
        In words; what it goes back to may be unknown, which is an empty text.
    """

    row: int
    day: int
    rule: int
    named: bool | None
    was: str
    becomes: str
    because: str


@dataclass(frozen=True)
class AnswerRecord:
    """What was asked about a person: lines with how deep each stands below the one before."""

    row: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class LineRecord:
    """A sentence at the top: `tone` is `good`, `bad` or `plain`."""

    text: str
    tone: str


@dataclass(frozen=True)
class PageData:
    """Everything that a page shows.

    Parameters
    ----------
    schema, lang
        The shape of this, and the language of all texts.
    title, period
        What the plan is for.
    summary
        Whether its rules are kept, and what must not be overlooked.
    words
        What the page itself says, by key.
    days, codes, units, positions, people, rules
        What everything else refers to.
    duty
        Row, day and rule of everybody who is named for a duty, by day, then by rule.
    sums
        Texts of limits.
    limits, fairness, findings, answers
        What the page tells of the plan.
    changes
        Against the published plan; None where nothing was published.
    """

    schema: str
    lang: Lang
    title: str
    period: str
    summary: tuple[LineRecord, ...]
    words: Mapping[str, str]
    days: tuple[DayRecord, ...]
    codes: Mapping[str, CodeRecord]
    units: tuple[UnitRecord, ...]
    positions: tuple[str, ...]
    people: PeopleRecord
    rules: tuple[RuleRecord, ...]
    duty: tuple[tuple[int, int, int], ...]
    sums: tuple[str, ...]
    limits: tuple[LimitRecord, ...]
    fairness: tuple[AccountRecord, ...]
    findings: tuple[FindingRecord, ...]
    changes: tuple[ChangeRecord, ...] | None
    answers: tuple[AnswerRecord, ...]

    def record(self) -> dict[str, Any]:
        """The same as lists and mappings."""
        return asdict(self)
