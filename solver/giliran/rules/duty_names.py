"""Names of duty officers in a schedule: whether those who are named may be, and whether they are as many as needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from giliran.domain.facts import Cells
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Sentence
from giliran.program import Ints
from giliran.rules.answers import Counts, Duty
from giliran.rules.base import Rule
from giliran.rules.duty_matching import Tangle, filled, matched
from giliran.rules.duty_members import group_label, members_open
from giliran.rules.personal import name_of, spot
from giliran.rules.view import View

NAMED_AWAY = Sentence(
    en="{person} is named for duty on {day} but is not in the office",
    id="{person} tercatat sebagai petugas piket pada {day}, tetapi tidak WFO",
)
NAMED_STRANGER = Sentence(
    en="{person} is named for duty on {day} but cannot be a duty officer that day",
    id="{person} tercatat sebagai petugas piket pada {day}, tetapi tidak termasuk yang dapat bertugas hari itu",
)
NAMED_NUMBER = Sentence(
    en="{group}, {day}: named for duty {named} instead of {need}",
    id="{group}, {day}: petugas piket yang tercatat {named}, seharusnya {need}",
)

UNPROVEN = Sentence(
    en="time ran out before it was proven who is named best where people may stand under two duty rules on one day; people concerned: "
    "{number}",
    id="waktu habis sebelum terbukti penunjukan petugas piket yang terbaik bagi pegawai yang dapat bertugas menurut dua aturan pada hari "
    "yang sama; pegawai terkait: {number}",
)


def unproven_names(people: Ints) -> Iterator[Finding]:
    """A note about people whose names are good, but perhaps not the best."""
    if len(people):
        who = tuple(people.tolist())
        yield Finding(rule="", kind="duty", strength=Strength.NOTE, amount=0, said=UNPROVEN(number=len(who)), people=who)


def name_findings(rule: Rule, view: View, duty: Duty, tangled: Sequence[Tangle], schedule: Schedule, need: Counts) -> Iterator[Finding]:
    """Everything about the names of one duty rule.

    Parameters
    ----------
    need
        How many should be named : int64[G, D]; -1 where that is not judged.
    """
    named = schedule.duty[rule.id]
    yield from _people(rule, view, duty, schedule)
    for group, day, many in _numbers(duty, tangled, named, need):
        wanted = int(need[group, day])
        said = NAMED_NUMBER(group=group_label(duty, view.facts, group), day=view.facts.dates[day], named=many, need=wanted)
        yield rule.finding(Strength.MUST, abs(many - wanted), said, unit=int(duty.groups_unit[group]), days=(day,))


def _people(rule: Rule, view: View, duty: Duty, schedule: Schedule) -> Iterator[Finding]:
    """Named people who are not in the office, or not in E of a unit that needs anybody."""
    facts = view.facts
    possible = np.zeros(facts.shape, dtype=np.bool_)
    np.logical_or.at(possible, duty.person, duty.open & (duty.need[duty.group] > 0))
    right = possible & ((schedule.place == Place.OFFICE) | (schedule.place == Place.NONE))
    for e, d in np.argwhere(schedule.duty[rule.id] & ~right).tolist():
        sentence = NAMED_AWAY if possible[e, d] else NAMED_STRANGER
        yield rule.finding(Strength.MUST, 1, sentence(person=name_of(facts, e), day=facts.dates[d]), **spot(facts, e, d))


def _numbers(duty: Duty, tangled: Sequence[Tangle], named: Cells, need: Counts) -> Iterator[tuple[int, int, int]]:
    """Group, day and number of names where that is not what it should be; whoever is in E of several units is named for one."""
    listed = duty.open & named[duty.person] & (duty.need[duty.group] > 0)
    many = members_open(duty.group, listed, len(duty.need))
    for tangle in tangled:
        groups, day = list(tangle.groups), tangle.day
        many[groups, day] = need[groups, day]
        if (need[groups, day] >= 0).all():
            many[groups, day] = _named_apart(duty, tangle, named, need)
    for group, day in np.argwhere((need >= 0) & (many != need)).tolist():
        yield group, day, int(many[group, day])


def _named_apart(duty: Duty, tangle: Tangle, named: Cells, need: Counts) -> list[int]:
    """Names of each unit of a tangle. Where those in the office are too few it is no matter which unit stays without: the sum counts."""
    day, people = tangle.day, tangle.of(named)
    held = matched(tangle, people, {g: int(duty.need[g, day]) for g in tangle.groups})
    got = filled(tangle, held)
    missing = max(sum(int(need[g, day]) for g in tangle.groups) - len(held), 0)
    out = {g: int(need[g, day]) for g in tangle.groups}
    for g in tangle.groups:
        fewer = min(missing, max(out[g] - got[g], 0))
        out[g], missing = out[g] - fewer, missing - fewer
    for person in people:
        out[tangle.member_of[person][0]] += person not in held
    return [out[g] for g in tangle.groups]
