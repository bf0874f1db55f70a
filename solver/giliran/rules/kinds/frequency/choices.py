"""What a file says: whose places, what of them, over which windows, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from giliran.domain.facts import Facts
from giliran.domain.selection import Model, Number, Person
from giliran.rules.answers import Side
from giliran.rules.groups import WHOLE, Per
from giliran.rules.toolkit.windows import Period, Span, Window, windows_of


class Each(StrEnum):
    """Whose places are looked at together."""

    PERSON = "person"
    PAIR = "pair"
    SET = "set"
    GROUP = "group"


class Happens(StrEnum):
    """How many of the days of a person, or of the members on one day, must be at the place."""

    ANY = "any"
    ALL = "all"
    ONLY_ONE = "only_one"


class Pairs(StrEnum):
    """Which pairs are looked at: all, or those to whom it has not happened on a published day before the plan."""

    ALL = "all"
    NEW = "new"


class Stretch(StrEnum):
    """Windows that have a name: the spans of `toolkit.windows`, and every day."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    HORIZON = "horizon"


Every = Annotated[
    Annotated[Stretch, Tag("[word]")] | Annotated[Period, Tag("[days]")],
    Discriminator(lambda value: "[days]" if isinstance(value, (Mapping, Period)) else "[word]"),
]
"""Windows as a file writes them: `weekend`, or `{days: 14, anchor: 2021-07-12}`."""


def windows(facts: Facts, every: Stretch | Period) -> tuple[Window, ...]:
    """The windows that the horizon touches, in their order."""
    if every is Stretch.DAY:
        return windows_of(facts, Period(days=1, anchor=facts.dates[0]))
    return windows_of(facts, Span(every.value) if isinstance(every, Stretch) else every)


class Fields(Model):
    """The fields of the rule, which says what they mean."""

    each: Each = Each.PERSON
    happens: Happens
    place: Side = Side.OFFICE
    window: Every
    most: Annotated[Number, Field(ge=0)] | None = None
    least: Annotated[Number, Field(ge=1)] | None = None
    total: bool = False
    pairs: Pairs = Pairs.ALL
    sets: Annotated[tuple[Annotated[tuple[Person, ...], Field(min_length=1)], ...], Field(min_length=1)] | None = None
    per: Per = WHOLE
