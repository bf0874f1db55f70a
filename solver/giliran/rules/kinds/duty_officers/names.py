"""Names of duty officers in a schedule: whether those who are named may be, and whether they are as many as needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import EVERYBODY, CellSet, People, find_rows, small
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Sentence
from giliran.rules.answers import Counts, Duty, Promised
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.matching import Tangle, named_apart
from giliran.rules.kinds.duty_officers.members import group_label, members_open
from giliran.rules.toolkit.personal import days_text, each, name_of, spot
from giliran.rules.toolkit.promised import promised
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

KEPT_AWAY = Sentence(
    en="{person} was published as duty officer of {day}, which may no longer change, but is not in the office",
    id="{person} sudah ditetapkan sebagai petugas piket pada {day} dan tidak dapat diubah lagi, tetapi tidak WFO",
)
KEPT_STRANGER = Sentence(
    en="{person} was published as duty officer of {day}, which may no longer change, but cannot be one that day",
    id="{person} sudah ditetapkan sebagai petugas piket pada {day} dan tidak dapat diubah lagi, tetapi tidak termasuk yang dapat bertugas "
    "hari itu",
)
KEPT_NUMBER = Sentence(
    en="{group}: the names published for duty on {days} may no longer change, but their number is not the one needed",
    id="{group}: nama petugas piket yang sudah ditetapkan pada {days} tidak dapat diubah lagi, tetapi jumlahnya tidak sesuai kebutuhan",
)
ADDED = Sentence(
    en="{person} is named for duty on {day}, but the published plan, which may no longer change there, does not say so",
    id="{person} tercatat sebagai petugas piket pada {day}, padahal tidak demikian dalam jadwal terbit, yang tidak boleh berubah lagi",
)
DROPPED = Sentence(
    en="{person} is not named for duty on {day}, but is in the published plan, which may no longer change there",
    id="{person} tidak tercatat sebagai petugas piket pada {day}, padahal tercatat dalam jadwal terbit, yang tidak boleh berubah lagi",
)
PIN_LATE = Sentence(
    en="{person} is pinned as duty officer on {day}, but the published names of that day may no longer change",
    id="{person} atas perintah pimpinan menjadi petugas piket pada {day}, tetapi nama yang sudah ditetapkan pada hari itu tidak dapat "
    "diubah lagi",
)
PIN_STRANGER = Sentence(
    en="{person} is pinned as duty officer on {day} but cannot be one that day: not in the office, not eligible, or nobody is needed",
    id="{person} atas perintah pimpinan menjadi petugas piket pada {day}, tetapi tidak dapat bertugas: tidak WFO, tidak memenuhi syarat, "
    "atau tidak ada "
    "yang diperlukan",
)
PIN_CROWDED = Sentence(
    en="{person} is pinned as duty officer on {day}, but more people are pinned there than are needed",
    id="{person} atas perintah pimpinan menjadi petugas piket pada {day}, tetapi yang ditunjuk di sana lebih banyak daripada yang "
    "diperlukan",
)
PIN_TAKEN = Sentence(
    en="{person} is pinned as duty officer on {day} but stands for another duty that takes other people",
    id="{person} atas perintah pimpinan menjadi petugas piket pada {day}, tetapi sudah memegang piket lain pada hari itu",
)
PIN_MISSED = Sentence(
    en="{person} is pinned as duty officer on {day} but is not named",
    id="{person} atas perintah pimpinan menjadi petugas piket pada {day}, tetapi tidak tercatat",
)


def name_findings(
    rule: Rule,
    view: View,
    duty: Duty,
    tangled: Sequence[Tangle],
    schedule: Schedule,
    need: Counts,
    *,
    mixed: NDArray[np.bool_],
    taken: Cells | None = None,
) -> Iterator[Finding]:
    """Everything about the names of one duty rule.

    Parameters
    ----------
    need
        How many should be named : int64[G, D]; -1 where that is not judged.
    mixed
        Groups whose numbers are judged elsewhere, with those of other rules : bool[G, D].
    taken
        Cells of people whom rules that take other people than this one name and need : bool[E, D]; None for no such rule.
    """
    desk = _Desk.of(view.facts, duty, tangled, schedule.named.part(rule.id))
    facts, named, past = view.facts, desk.named, desk.past(view.facts)
    possible = np.zeros(named.shape, dtype=np.bool_)
    np.logical_or.at(possible, desk.duty.person, duty.open & (duty.need[duty.group] > 0))
    place = schedule.place[desk.rows]
    right = possible & ((place == Place.OFFICE) | (place == Place.NONE))
    for e, d, row in desk.each(named & ~right):
        sentences = (KEPT_AWAY, KEPT_STRANGER) if past.fixed[row, d] else (NAMED_AWAY, NAMED_STRANGER)
        strength = Strength.NOTE if past.fixed[row, d] else Strength.MUST
        said = sentences[0 if possible[row, d] else 1](person=name_of(facts, e), day=facts.dates[d])
        yield rule.finding(strength, 1, said, **spot(facts, e, d))
    for e, d, row in desk.each(past.bound & (named != past.fixed)):
        said = (ADDED if named[row, d] else DROPPED)(person=name_of(facts, e), day=facts.dates[d])
        yield rule.finding(Strength.MUST, 1, said, **spot(facts, e, d))
    yield from _numbers(rule, view, duty, past, _many(desk, need), np.where(mixed, -1, need))
    yield from _pins(rule, view, desk, right, need, taken)


@dataclass(frozen=True)
class _Desk:
    """The names of a duty, in rows of the people of whom anything is said: members, and whoever is named or promised.

    Parameters
    ----------
    rows
        These people.
    duty, tangled
        The duty and the units that share people, with rows for people.
    named
        Who is named : bool[N, D].
    whole
        The duty as it is.
    """

    rows: People
    duty: Duty
    tangled: tuple[Tangle, ...]
    named: Cells
    whole: Duty

    @classmethod
    def of(cls, facts: Facts, duty: Duty, tangled: Sequence[Tangle], names: CellSet) -> _Desk:
        """From the names of a schedule, and those that the published plan and pins give."""
        given = [table[duty.rule] for table in (facts.published_duty, facts.pinned_duty) if duty.rule in table]
        who = [duty.person, names.who, *(np.flatnonzero(cells.any(axis=1)) for cells in given)]
        few = not isinstance(small(duty.person, facts.num_people), slice)
        rows = small(np.unique(np.concatenate(who)), facts.num_people) if few else EVERYBODY
        person, _ = find_rows(rows, duty.person)
        row_of = dict(zip(duty.person.tolist(), person.tolist(), strict=True)) if tangled else {}
        narrowed = replace(duty, person=person)
        return cls(rows, narrowed, tuple(tangle.renumbered(row_of) for tangle in tangled), names.on(rows), duty)

    def past(self, facts: Facts) -> _Past:
        """What may no longer change."""
        promise = promised(facts, self.whole)
        return _Past.of(self.duty, self.tangled, promise and replace(promise, fixed=promise.fixed[self.rows]), self.named.shape)

    def each(self, cells: Cells) -> Iterator[tuple[int, int, int]]:
        """Person, day and row of every cell, people in their order."""
        for row, d in each(cells):
            yield row if isinstance(self.rows, slice) else int(self.rows[row]), d, row


@dataclass(frozen=True)
class _Past:
    """What may no longer change.

    Parameters
    ----------
    fixed
        Published names of frozen days : bool[N, D].
    bound
        Cells that are named exactly if they are fixed : bool[N, D].
    closed
        Groups and days whose number of names is a matter of the past : bool[G, D].
    """

    fixed: Cells
    bound: Cells
    closed: NDArray[np.bool_]

    @classmethod
    def of(cls, duty: Duty, tangled: Sequence[Tangle], promise: Promised | None, shape: tuple[int, ...]) -> _Past:
        """From the published plan; groups that share people with closed ones are closed too."""
        inside, outside = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
        if promise is None:
            return cls(inside, outside, np.zeros(duty.need.shape, dtype=np.bool_))
        asked = duty.open & (duty.need[duty.group] > 0)
        np.logical_or.at(inside, duty.person, duty.open & promise.closed[duty.group])
        np.logical_or.at(outside, duty.person, asked & ~promise.closed[duty.group])
        closed = promise.closed.copy()
        for tangle in tangled:
            groups = list(tangle.groups)
            closed[groups, tangle.day] |= closed[groups, tangle.day].any()
        return cls(promise.fixed, promise.fixed | (inside & ~outside), closed)


def _many(desk: _Desk, need: Counts) -> Counts:
    """Names of each group and day : int64[G, D]; whoever is in E of several units is named for one."""
    duty, named = desk.duty, desk.named
    listed = duty.open & named[duty.person] & (duty.need[duty.group] > 0)
    many = members_open(duty.group, listed, len(duty.need))
    for tangle in desk.tangled:
        groups, day = list(tangle.groups), tangle.day
        many[groups, day] = need[groups, day]
        if (need[groups, day] >= 0).all():
            full, wanted = ({g: int(table[g, day]) for g in groups} for table in (duty.need, need))
            many[groups, day] = [*named_apart(tangle, tangle.of(named), full, wanted).values()]
    return many


def _numbers(rule: Rule, view: View, duty: Duty, past: _Past, many: Counts, need: Counts) -> Iterator[Finding]:
    """Groups with too many or too few names, and one note for all frozen days of a group."""
    wrong = (need >= 0) & (many != need)
    for group, day in np.argwhere(wrong & ~past.closed).tolist():
        wanted, found = int(need[group, day]), int(many[group, day])
        said = NAMED_NUMBER(group=group_label(duty, view.facts, group), day=view.facts.dates[day], named=found, need=wanted)
        yield rule.finding(Strength.MUST, abs(found - wanted), said, unit=int(duty.groups_unit[group]), days=(day,))
    for group in np.flatnonzero((wrong & past.closed).any(axis=1)).tolist():
        days = np.flatnonzero(wrong[group] & past.closed[group])
        said = KEPT_NUMBER(group=group_label(duty, view.facts, group), days=days_text(view.facts, days.tolist()))
        amount = int(np.abs(many - need)[group, days].sum())
        yield rule.finding(Strength.NOTE, amount, said, unit=int(duty.groups_unit[group]), days=tuple(days.tolist()))


def _pins(rule: Rule, view: View, desk: _Desk, right: Cells, need: Counts, taken: Cells | None) -> Iterator[Finding]:
    """People pinned for the duty and not named: broken where they could be, a note where they cannot."""
    facts, duty = view.facts, desk.duty
    if rule.id not in facts.pinned_duty:
        return
    pinned = (facts.pinned_duty[rule.id] & facts.present)[desk.rows]
    asked = duty.open & (need[duty.group] > 0)
    over = members_open(duty.group, asked & (pinned & right)[duty.person], len(need)) > need
    crowded, unknown = np.zeros(right.shape, dtype=np.bool_), np.zeros(right.shape, dtype=np.bool_)
    np.logical_or.at(crowded, duty.person, asked & over[duty.group])
    np.logical_or.at(unknown, duty.person, duty.open & (need[duty.group] < 0))
    for e, d, row in desk.each(pinned & ~desk.named & ~unknown):
        said = {"person": name_of(facts, e), "day": facts.dates[d]}
        if facts.frozen_days[d]:
            yield rule.finding(Strength.NOTE, 1, PIN_LATE(**said), **spot(facts, e, d))
        elif not right[row, d]:
            yield rule.finding(Strength.NOTE, 1, PIN_STRANGER(**said), **spot(facts, e, d))
        elif taken is not None and taken[e, d]:
            yield rule.finding(Strength.NOTE, 1, PIN_TAKEN(**said), **spot(facts, e, d))
        elif crowded[row, d]:
            yield rule.finding(Strength.NOTE, 1, PIN_CROWDED(**said), **spot(facts, e, d))
        else:
            yield rule.finding(Strength.MUST, 1, PIN_MISSED(**said), **spot(facts, e, d))
