"""Duty rules that take different people on a day, as one duty: their groups after each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.rules.answers import Counts, Duty
from giliran.rules.kinds.duty_officers.matching import Tangle, matched_need, tangles
from giliran.rules.kinds.duty_officers.members import group_label, members_of, members_open
from giliran.rules.kinds.duty_officers.words import NEEDED, TOGETHER
from giliran.rules.toolkit.personal import LISTED

OF_RULE = Sentence(en="{group} ({rule})", id="{group} ({rule})")


@dataclass(frozen=True, eq=False)
class Family:
    """Duty rules of one name; a rule without one is a family by itself.

    Parameters
    ----------
    rules
        Their ids, in order.
    parts
        The duty of each.
    starts
        First group of each among all of them, and how many there are.
    duty
        All together.
    tangles
        Groups of all of them that share people of whom they need any.
    """

    rules: tuple[str, ...]
    parts: tuple[Duty, ...]
    starts: tuple[int, ...]
    duty: Duty
    tangles: tuple[Tangle, ...]

    @classmethod
    def of(cls, duties: Sequence[Duty], stuck: Cells) -> Family:
        """Of the duties of some rules, in the order of the rules; what they need is what people allow of whom nobody counts for two.

        Parameters
        ----------
        stuck
            As in `matched_need`.
        """
        starts = tuple(np.cumsum([0, *(len(duty.need) for duty in duties)]).tolist())
        duty = duties[0]
        if len(duties) > 1:
            duty = _together(duties, starts, stuck)
            spans = zip(duties, starts, starts[1:], strict=False)
            duties = [replace(part, need=duty.need[first:last]) for part, first, last in spans]
        asked = duty.need > 0 if duty.seats is None else np.ones(duty.need.shape, dtype=np.bool_)
        found = tangles(duty.person, duty.group, duty.open, asked)
        return cls(tuple(part.rule for part in duties), tuple(duties), starts, duty, found)

    @property
    def seats(self) -> Counts:
        """Most people that each group takes, of duties that everybody has : int64[G, D]."""
        assert self.duty.seats is not None
        return self.duty.seats

    def part(self, rule: str) -> Duty:
        """The duty of one of the rules."""
        return self.parts[self.rules.index(rule)]

    def span(self, rule: str) -> slice:
        """The groups of one of the rules."""
        k = self.rules.index(rule)
        return slice(self.starts[k], self.starts[k + 1])

    def rule_of(self, group: int) -> str:
        """The rule that a group is of."""
        return self.rules[int(np.searchsorted(self.starts, group, side="right")) - 1]

    def rules_of(self, tangle: Tangle) -> list[str]:
        """The rules that the groups of a tangle are of, in order."""
        return list(dict.fromkeys(self.rule_of(group) for group in tangle.groups))

    def own(self, rule: str) -> tuple[Tangle, ...]:
        """Units of one of the rules that share people, by that rule's own groups."""
        if len(self.rules) == 1:
            return self.tangles
        span = self.span(rule)
        return tuple(some for tangle in self.tangles if (some := _narrowed(tangle, span)) is not None)

    def mixed(self, rule: str) -> Iterator[Tangle]:
        """Tangles with groups of one of the rules and of others."""
        return (tangle for tangle in self.tangles if rule in (mine := self.rules_of(tangle)) and len(mine) > 1)

    def label(self, facts: Facts, group: int) -> Said:
        """How a report names a group: by its unit, and where there are several rules by its rule."""
        if len(self.rules) == 1:
            return group_label(self.duty, facts, group)
        rule = plain(self.rule_of(group))
        if int(self.duty.groups_unit[group]) == NO_UNIT:
            return rule
        return OF_RULE(group=group_label(self.duty, facts, group), rule=rule)

    def occurrence(self, facts: Facts, codes: Sequence[tuple[int, ...]], group: int, day: int) -> Said:
        """What a row is about: a group, or several by their place among unions."""
        several = group >= len(self.duty.need)
        groups = codes[group - len(self.duty.need)] if several else (group,)
        size = len({e for g in groups for e in members_of(self.duty, g, day).tolist()})
        said = {"day": facts.dates[day], "need": int(self.duty.need[list(groups), day].sum()), "size": size}
        return TOGETHER(groups=self.labels(facts, groups), **said) if several else NEEDED(group=self.label(facts, group), **said)

    def labels(self, facts: Facts, groups: Sequence[int]) -> Said:
        """Several groups as a list."""
        return LISTED(items=[self.label(facts, g) for g in groups])


def _together(duties: Sequence[Duty], starts: Sequence[int], stuck: Cells) -> Duty:
    """One duty with the groups of all."""
    person: Counts = np.concatenate([duty.person for duty in duties])
    group: Counts = np.concatenate([duty.group + first for duty, first in zip(duties, starts, strict=False)])
    open_, count = np.concatenate([duty.open for duty in duties]), np.concatenate([duty.count for duty in duties])
    size = members_open(group, open_, len(count))
    return replace(
        duties[0],
        groups_unit=np.concatenate([duty.groups_unit for duty in duties]),
        person=person,
        group=group,
        open=open_,
        need=matched_need(person, group, open_, count, size, stuck),
        count=count,
        seats=_seats(duties),
    )


def _seats(duties: Sequence[Duty]) -> Counts | None:
    found = [duty.seats for duty in duties if duty.seats is not None]
    return np.concatenate(found) if len(found) == len(duties) else None


def _narrowed(tangle: Tangle, span: slice) -> Tangle | None:
    """The groups of a tangle within a span, numbered from its first; None where fewer than two are left."""
    groups = tuple(g - span.start for g in tangle.groups if span.start <= g < span.stop)
    if len(groups) < 2:
        return None
    mine = {e: tuple(g - span.start for g in all_ if span.start <= g < span.stop) for e, all_ in tangle.member_of.items()}
    return Tangle(tangle.day, groups, {e: some for e, some in mine.items() if some})
