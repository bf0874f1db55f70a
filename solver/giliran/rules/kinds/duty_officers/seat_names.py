"""Who has which place: names of duties that everybody in the office has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Sentence
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.matching import Tangle, matched
from giliran.rules.kinds.duty_officers.names import (
    ADDED,
    DROPPED,
    KEPT_AWAY,
    KEPT_STRANGER,
    NAMED_AWAY,
    NAMED_STRANGER,
    PIN_CROWDED,
    PIN_LATE,
    PIN_MISSED,
    PIN_STRANGER,
    PIN_TAKEN,
)
from giliran.rules.kinds.duty_officers.pinning import could_keep
from giliran.rules.kinds.duty_officers.seats import Seating
from giliran.rules.toolkit.personal import each, name_of, names_text, spot
from giliran.rules.toolkit.promised import promised

CROWDED = Sentence(
    en="{where}, {day}: people with a place {named}, {over} too many (places {seats})",
    id="{where}, {day}: {named} orang mendapat tempat, lebih {over} (ada {seats} tempat)",
)
NO_PLACE = Sentence(
    en="{where}, {day}: {missing} more of those in the office could have a place; without one: {people}",
    id="{where}, {day}: {missing} orang lagi yang WFO dapat diberi tempat; yang belum mendapat tempat: {people}",
)


def seat_findings(seating: Seating, schedule: Schedule) -> Iterator[Finding]:
    """Everything about the names of one rule, and of the tangles that it speaks for whether everybody has a place who could."""
    rule, view, family = seating.rule, seating.view, seating.family
    part, named, facts = family.part(rule.id), schedule.named.part(rule.id), view.facts
    open_ = np.zeros(facts.shape, dtype=np.bool_)
    np.logical_or.at(open_, part.person, part.open)
    given = promised(facts, part)
    fixed: Cells = np.zeros(facts.shape, dtype=np.bool_) if given is None else given.fixed
    for e, d in each(named):
        if open_[e, d] and schedule.place[e, d] in (Place.OFFICE, Place.NONE):
            continue
        sentences = (KEPT_AWAY, KEPT_STRANGER) if fixed[e, d] else (NAMED_AWAY, NAMED_STRANGER)
        said = sentences[0 if open_[e, d] else 1](person=name_of(facts, e), day=facts.dates[d])
        yield rule.finding(Strength.NOTE if fixed[e, d] else Strength.MUST, 1, said, **spot(facts, e, d))
    if given is not None:
        closed = np.zeros(facts.shape, dtype=np.bool_)
        np.logical_or.at(closed, part.person, part.open & given.closed[part.group])
        for e, d in each((fixed | closed) & (named.dense != fixed)):
            said = (DROPPED if fixed[e, d] else ADDED)(person=name_of(facts, e), day=facts.dates[d])
            yield rule.finding(Strength.MUST, 1, said, **spot(facts, e, d))
    yield from _crowded(seating, named, open_)
    yield from _without(seating, schedule)
    yield from _pins(seating, schedule, open_)


def _crowded(seating: Seating, named: CellSet, open_: Cells) -> Iterator[Finding]:
    """Own groups with more names than places, on days that may still change."""
    family, rule, facts = seating.family, seating.rule, seating.view.facts
    part, first = family.part(rule.id), family.span(rule.id).start
    own = {(tangle.day, g): tangle for tangle in family.own(rule.id) for g in tangle.groups}
    for day in np.flatnonzero((named & open_).dense.any(axis=0)).tolist():
        done: set[int] = set()
        for group in range(len(part.need)):
            if group in done or facts.frozen_days[day]:
                continue
            tangle = own.get((day, group)) or _group(part.person[(part.group == group) & part.open[:, day]], group, day)
            done |= set(tangle.groups)
            people = [e for e in tangle.member_of if named.at(np.array([e]), day)[0]]
            seats = {g: int(family.seats[first + g, day]) for g in tangle.groups}
            over = len(people) - len(matched(tangle, people, seats))
            if over:
                where = family.labels(facts, [first + g for g in tangle.groups])
                said = CROWDED(where=where, day=facts.dates[day], named=len(people), over=over, seats=sum(seats.values()))
                yield rule.finding(Strength.MUST, over, said, unit=int(part.groups_unit[group]), days=(day,))


def _group(people: NDArray[np.int64], group: int, day: int) -> Tangle:
    return Tangle(day, (group,), dict.fromkeys(people.tolist(), (group,)))


def _without(seating: Seating, schedule: Schedule) -> Iterator[Finding]:
    """Where more could have a place than are named; nothing where a rule names nobody at all, or the past decides."""
    family, facts = seating.family, seating.view.facts
    for tangle in seating.parts():
        rules, day = family.rules_of(tangle), tangle.day
        if not all(rule in schedule.duty for rule in rules) or facts.frozen_days[day]:
            continue
        people = np.array([*tangle.member_of], dtype=np.int64)
        if (schedule.place[people, day] == Place.NONE).any():
            continue
        present = tangle.of(schedule.office)
        seated = {e for rule in rules for e in people[schedule.named.part(rule).at(people, day)].tolist()}
        missing = len(matched(tangle, present, seating.places(tangle))) - len(seated.intersection(present))
        if missing > 0:
            without = [e for e in present if e not in seated]
            said = NO_PLACE(where=seating.where(tangle.groups), day=facts.dates[day], missing=missing, people=names_text(facts, without))
            yield seating.rule.finding(Strength.MUST, missing, said, days=(day,), people=tuple(without))


def _pins(seating: Seating, schedule: Schedule, open_: Cells) -> Iterator[Finding]:
    """Pinned names that are not kept: broken where they could be, a note where they cannot."""
    rule, facts, family = seating.rule, seating.view.facts, seating.family
    pinned, named = facts.pinned_duty.get(rule.id), schedule.named.part(rule.id)
    if pinned is None:
        return
    for e, d in each(pinned & facts.present & ~named.dense):
        said = {"person": name_of(facts, e), "day": facts.dates[d]}
        if facts.frozen_days[d]:
            yield rule.finding(Strength.NOTE, 1, PIN_LATE(**said), **spot(facts, e, d))
        elif not open_[e, d] or schedule.place[e, d] not in (Place.OFFICE, Place.NONE):
            yield rule.finding(Strength.NOTE, 1, PIN_STRANGER(**said), **spot(facts, e, d))
        elif schedule.place[e, d] == Place.NONE:
            continue
        elif not could_keep(facts, family, rule.id, schedule, (e, d), family.seats):
            said_of = PIN_CROWDED if _is_full(family, rule.id, e, d, named) else PIN_TAKEN
            yield rule.finding(Strength.NOTE, 1, said_of(**said), **spot(facts, e, d))
        else:
            yield rule.finding(Strength.MUST, 1, PIN_MISSED(**said), **spot(facts, e, d))


def _is_full(family: Family, rule: str, e: int, d: int, named: CellSet) -> bool:
    """Whether the places of every group of a rule that somebody could have are taken."""
    part, first = family.part(rule), family.span(rule).start
    groups = part.group[(part.person == e) & part.open[:, d]].tolist()
    for group in groups:
        members = part.person[(part.group == group) & part.open[:, d]]
        if int(named.at(members, d).sum()) < int(family.seats[first + group, d]):
            return False
    return True
