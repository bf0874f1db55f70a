"""Which duty units of a schedule have too few officers, or too many, and how many names each should have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Sentence
from giliran.rules.answers import Counts
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.matching import Tangle, filled, matched
from giliran.rules.kinds.duty_officers.members import members_of, members_open
from giliran.rules.kinds.duty_officers.sharing import shared_numbers
from giliran.rules.view import View

TOO_FEW = Sentence(
    en="{group}, {day}: duty officers in the office {present}, {missing} too few (needed {need} of {size} available)",
    id="{group}, {day}: {present} petugas piket WFO, kurang {missing} (perlu {need} dari {size} orang yang tersedia)",
)
TOO_FEW_RESTED = Sentence(
    en="{group}, {day}: duty officers in the office who rest afterwards {present}, {missing} too few (needed {need} of {size} available)",
    id="{group}, {day}: {present} petugas piket WFO dan beristirahat sesudahnya, kurang {missing} (perlu {need} dari {size} orang yang "
    "tersedia)",
)
TOO_MANY = Sentence(
    en="{group}, {day}: eligible people in the office {present}, {over} too many (exactly {need})",
    id="{group}, {day}: {present} orang yang memenuhi syarat piket WFO, lebih {over} (tepat {need})",
)
TOO_FEW_APART = Sentence(
    en="{group}, {day}: duty officers in the office {present}, {missing} too few (needed {need}): nobody counts for two units, "
    "and {others} need theirs",
    id="{group}, {day}: {present} petugas piket WFO, kurang {missing} (perlu {need}): seorang hanya dihitung untuk satu unit kerja, "
    "sedangkan "
    "{others} juga memerlukan petugasnya",
)
TOO_FEW_EACH = Sentence(
    en="{group}, {day}: duty officers in the office {present}, {missing} too few (needed {need}): everybody stands for one duty of a day, "
    "and {others} need theirs",
    id="{group}, {day}: {present} petugas piket WFO, kurang {missing} (perlu {need}): seorang hanya memegang satu piket sehari, sedangkan "
    "{others} juga memerlukan petugasnya",
)


@dataclass(frozen=True)
class Judge:
    """One rule of a family, which judges its own units and the tangles that it speaks for.

    Parameters
    ----------
    speaks
        Whether it is this rule that speaks for a tangle.
    """

    rule: Rule
    view: View
    family: Family
    speaks: Callable[[Tangle], bool]
    exactly: bool

    def judge(self, schedule: Schedule) -> tuple[list[Finding], Counts, NDArray[np.bool_]]:
        """Findings, how many names each own group should have, -1 where that is not judged, and groups whose number is judged with others.

        The two tables : int64[G, D] and bool[G, D].
        """
        duty, span, office = self.family.duty, self.family.span(self.rule.id), self.serving(schedule)
        open_ = schedule.place == Place.NONE
        if duty.rest is not None:
            open_ = open_ | duty.rest.among(open_)
        unknown = members_open(duty.group, duty.open & open_[duty.person], len(duty.need)) > 0
        present = duty.present(office)
        judged = (duty.need > 0) & ~unknown
        named = np.where(judged, np.minimum(present, duty.need), -1)
        mixed = np.zeros(judged.shape, dtype=np.bool_)
        found: list[Finding] = []
        for tangle in self.family.tangles:
            groups, day = list(tangle.groups), tangle.day
            judged[groups, day] = False
            mixed[groups, day] = len(self.family.rules_of(tangle)) > 1
            known = not unknown[groups, day].any()
            named[groups, day] = duty.need[groups, day] if known else -1
            if known and self.speaks(tangle):
                held = matched(tangle, tangle.of(office), {g: int(duty.need[g, day]) for g in groups})
                got = filled(tangle, held)
                found += self._apart(tangle, held, office)
                if mixed[groups[0], day]:
                    found += shared_numbers(self.rule, self.view, self.family, tangle, got, schedule)
                else:
                    named[groups, day] = [*got.values()]
        wrong = judged & ((present != duty.need) if self.exactly else (present < duty.need))
        for group, day in np.argwhere(wrong[span]).tolist():
            found += self._alone(group + span.start, day, int(present[group + span.start, day]))
        return found, named[span], mixed[span]

    def serving(self, schedule: Schedule) -> Cells:
        """Cells in the office of people who rest afterwards, where they must : bool[E, D]."""
        rest = self.family.duty.rest
        return schedule.office if rest is None else schedule.office & ~rest.missed(schedule.office)

    def _cells(self, people: Sequence[int], day: int) -> tuple[tuple[int, int], ...]:
        """Cells that decide who serves on a day: those of the day, and days of rest."""
        rest, found = self.family.duty.rest, [(person, day) for person in people]
        if rest is not None:
            mine = (rest.day == day) & np.isin(rest.person, people)
            found += zip(rest.person[mine].tolist(), rest.later[mine].tolist(), strict=True)
        return tuple(found)

    def _apart(self, tangle: Tangle, held: Mapping[int, int], office: Cells) -> Iterator[Finding]:
        """Units of a tangle with too few people of their own, and with `exactly` people of whom no unit needs any more."""
        duty, family, day, got = self.family.duty, self.family, tangle.day, filled(tangle, held)
        several = len(family.rules_of(tangle)) > 1
        present, spare = duty.present(office)[:, day], dict.fromkeys(tangle.groups, 0)
        cells = self._cells([*tangle.member_of], day)
        for person in tangle.of(office) if self.exactly else ():
            spare[tangle.member_of[person][0]] += person not in held
        for group in tangle.groups:
            need, place = int(duty.need[group, day]), {"unit": int(duty.groups_unit[group]), "days": (day,), "cells": cells}
            said = {"group": family.label(self.view.facts, group), "day": self.view.facts.dates[day], "need": need}
            if spare[group]:
                over = spare[group]
                yield self.rule.finding(self.rule.strength, over, TOO_MANY(over=over, present=need + over, **said), **place)
            elif got[group] < need and present[group] > got[group]:
                others = family.labels(self.view.facts, [g for g in tangle.groups if g != group])
                sentence = TOO_FEW_EACH if several else TOO_FEW_APART
                told = sentence(present=int(present[group]), missing=need - got[group], others=others, **said)
                yield self.rule.finding(self.rule.strength, need - got[group], told, **place)
            elif got[group] < need:
                yield from self._alone(group, day, got[group])

    def _alone(self, group: int, day: int, present: int) -> Iterator[Finding]:
        duty, rule = self.family.duty, self.rule
        need = int(duty.need[group, day])
        said = {"group": self.family.label(self.view.facts, group), "day": self.view.facts.dates[day], "present": present, "need": need}
        members = members_of(duty, group, day).tolist()
        place = {"unit": int(duty.groups_unit[group]), "days": (day,), "cells": self._cells(members, day)}
        if present < need:
            rests = duty.rest is not None and bool((duty.rest.day == day).any())
            told = (TOO_FEW_RESTED if rests else TOO_FEW)(missing=need - present, size=len(members), **said)
            yield rule.finding(rule.strength, need - present, told, **place)
        else:
            yield rule.finding(rule.strength, present - need, TOO_MANY(over=present - need, **said), **place)
