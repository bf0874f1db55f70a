"""Names of duty rules that take different people on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Sentence, plain
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.matching import Tangle, named_apart
from giliran.rules.kinds.duty_officers.names import NAMED_NUMBER
from giliran.rules.toolkit.personal import each, name_of, spot
from giliran.rules.toolkit.promised import promised
from giliran.rules.view import View

NAMED_TWICE = Sentence(
    en="{person} is named for duty on {day} although already named for {other}: everybody stands for one duty of a day",
    id="{person} tercatat sebagai petugas piket pada {day} padahal sudah tercatat untuk {other}: seorang hanya memegang satu piket sehari",
)
KEPT_TWICE = Sentence(
    en="{person} was published for duty on {day}, which may no longer change, and for {other} as well",
    id="{person} sudah ditetapkan sebagai petugas piket pada {day} dan tidak dapat diubah lagi, sekaligus untuk {other}",
)


def shared_numbers(
    rule: Rule, view: View, family: Family, tangle: Tangle, wanted: Mapping[int, int], schedule: Schedule
) -> Iterator[Finding]:
    """Units of several rules with too many or too few names; nothing where one of the rules names nobody, or the past decides.

    Parameters
    ----------
    wanted
        How many those in the office can fill of each unit.
    """
    day, rules = tangle.day, family.rules_of(tangle)
    if not all(name in schedule.duty for name in rules) or _closed(view, family)[list(tangle.groups), day].any():
        return
    member_of: dict[int, tuple[int, ...]] = {}
    for name in rules:
        span, named = family.span(name), schedule.named.part(name)
        people = np.array([*tangle.member_of], dtype=np.int64)
        for person in people[named.at(people, day)].tolist():
            if mine := tuple(g for g in tangle.member_of[person] if span.start <= g < span.stop):
                member_of[len(member_of)] = mine
    names = Tangle(day, tangle.groups, member_of)
    many = named_apart(names, [*member_of], {g: int(family.duty.need[g, day]) for g in tangle.groups}, wanted)
    for group, found in many.items():
        if found != wanted[group]:
            label, unit = family.label(view.facts, group), int(family.duty.groups_unit[group])
            said = NAMED_NUMBER(group=label, day=view.facts.dates[day], named=found, need=wanted[group])
            yield rule.finding(Strength.MUST, abs(found - wanted[group]), said, unit=unit, days=(day,), of_names=True)


def twice(rule: Rule, view: View, rules: Sequence[str], schedule: Schedule) -> Iterator[Finding]:
    """People whom a rule names although one before it in its family does."""
    facts, mine = view.facts, schedule.named.part(rule.id)
    for other in rules[: rules.index(rule.id)]:
        both = mine & schedule.duty[other] if other in schedule.duty else None
        for e, d in each(both) if both is not None else ():
            kept = bool(facts.frozen_days[d])
            said = (KEPT_TWICE if kept else NAMED_TWICE)(person=name_of(facts, e), day=facts.dates[d], other=plain(other))
            yield rule.finding(Strength.NOTE if kept else Strength.MUST, 1, said, **spot(facts, e, d), of_names=True)


def _closed(view: View, family: Family) -> NDArray[np.bool_]:
    """Groups and days whose number of names is a matter of the past : bool[G, D]."""

    def find() -> NDArray[np.bool_]:
        known = [(part, promised(view.facts, part)) for part in family.parts]
        return np.concatenate([np.zeros(part.need.shape, dtype=np.bool_) if given is None else given.closed for part, given in known])

    return view.once((family.rules[0], "closed"), find)
