"""Whether a pinned name that is not kept could have been, beside the names of rules that take different people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.rules.answers import Counts
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.matching import Tangle, matched
from giliran.rules.kinds.duty_officers.members import members_of


def taken_by_others(facts: Facts, family: Family, rule: str, schedule: Schedule) -> Cells | None:
    """Cells of people pinned for a rule whom others of its family need: they could not change over : bool[E, D]; None for no others."""
    others = [schedule.duty[other] for other in family.rules if other != rule and other in schedule.duty]
    if not others or rule not in facts.pinned_duty:
        return None
    taken = facts.pinned_duty[rule] & facts.present & np.logical_or.reduce(others)
    for e, d in np.argwhere(taken).tolist():
        taken[e, d] = not could_keep(facts, family, rule, schedule, (e, d), family.duty.need)
    return np.asarray(taken)


def could_keep(facts: Facts, family: Family, rule: str, schedule: Schedule, cell: tuple[int, int], places: Counts) -> bool:
    """Whether somebody could have a pinned name, all pinned names that are kept staying so, and no fewer people having any.

    Parameters
    ----------
    cell
        The person, who is in the office, and the day.
    places
        Names that each group takes : int64[G, D].
    """
    e, day = cell
    tangle = _around(family, rule, e, day)
    if tangle is None or (schedule.place[[*tangle.member_of], day] == Place.NONE).any():
        return False
    kept = _kept_pins(facts, family, schedule, tangle)
    if e in kept:
        return False
    room = {g: int(places[g, day]) for g in tangle.groups}
    pinned = {**kept, e: rule}
    bound = {person: tuple(g for g in tangle.member_of[person] if family.rule_of(g) == pinned[person]) for person in pinned}
    held = replace(tangle, member_of={**tangle.member_of, **bound})
    present = tangle.of(schedule.office)
    # Whoever finds a place in some matching has one in a largest matching too, others moving.
    return len(matched(held, [*pinned], room)) == len(pinned) and len(matched(held, present, room)) == len(matched(tangle, present, room))


def _around(family: Family, rule: str, e: int, day: int) -> Tangle | None:
    """The groups of a day that share people with those of somebody, or her only group."""
    tied = next((tangle for tangle in family.tangles if tangle.day == day and e in tangle.member_of), None)
    if tied is not None:
        return tied
    duty = family.duty
    own = duty.group[(duty.person == e) & duty.open[:, day]].tolist()
    return Tangle(day, (own[0],), dict.fromkeys(members_of(duty, own[0], day).tolist(), (own[0],))) if len(own) == 1 else None


def _kept_pins(facts: Facts, family: Family, schedule: Schedule, tangle: Tangle) -> Mapping[int, str]:
    """The rule of everybody in the office whose pinned name is kept."""
    day, people = tangle.day, np.array(tangle.of(schedule.office), dtype=np.int64)
    found: dict[int, str] = {}
    for rule in family.rules:
        if rule in facts.pinned_duty and rule in schedule.duty:
            kept = facts.pinned_duty[rule][people, day] & schedule.named.part(rule).at(people, day)
            found.update(dict.fromkeys(people[kept].tolist(), rule))
    return found
