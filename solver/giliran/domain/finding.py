"""Findings: one rule touched at one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from giliran.domain.place import Strength
from giliran.messages import Said


class Told(StrEnum):
    """Where a finding is told.

    `LIST`: in the list of findings. `SHORTFALL`: there, and counted beside the status, being something asked for that the facts leave no
    room for. `HEADLINE`: its sentence stands beside the status too.
    """

    LIST = "list"
    SHORTFALL = "shortfall"
    HEADLINE = "headline"


@dataclass(frozen=True)
class Finding:
    """One rule touched at one place, by how much, in a sentence.

    Parameters
    ----------
    rule, kind
        Id and kind of the rule (`facts/…` for facts).
    strength
        `MUST` (broken), `SHOULD` (costs `amount` times the rule's weight) or `NOTE` (allowed, but to be told).
    amount
        People, days or cells by which the rule is missed; 0 is allowed for notes only.
    said
        The sentence, with people, days and numbers.
    row
        The circular's row that the rule comes from, e.g. "L4"; empty for own rules and facts.
    unit
        Index of the unit concerned, or -1.
    days, people
        Indices of the days and people concerned, may be empty.
    tier, cost
        Name of the tier in which it costs, and how much, the rule's weight included; empty and 0 where it costs nothing.
    told
        Where it is told.
    cells
        Person and day of every cell whose place decides it, where these are not those of `people` on `days`; on other days than
        frozen ones they may be missing.
    of_published
        It is about the published plan, not about the one at hand.
    of_names
        It is about who is named for duty: places do not decide it, and names of frozen days have their own rules.
    """

    rule: str
    kind: str
    strength: Strength
    amount: int
    said: Said
    row: str = ""
    unit: int = -1
    days: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    tier: str = ""
    cost: int = 0
    told: Told = Told.LIST
    cells: tuple[tuple[int, int], ...] | None = field(default=None, repr=False)
    of_published: bool = field(default=False, repr=False)
    of_names: bool = field(default=False, repr=False)
