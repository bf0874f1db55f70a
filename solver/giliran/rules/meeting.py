"""Meetings: who must be there, and how many may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator

from giliran.domain.facts import Cells, Facts
from giliran.domain.facts import Meeting as Event
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import ALL_DAYS, Word, select
from giliran.errors import Problem, Where
from giliran.messages import Percent, Said, Sentence, nearest
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes
from giliran.rules.base import Rule, Statement
from giliran.rules.counting import Share
from giliran.rules.meeting_attendance import GIVE_CAPACITY, NO_CAPACITY, SHORTEN, Of, too_many
from giliran.rules.meeting_days import CANNOT_COME, ONE_DAY, Choice, Open, open_findings, open_meeting
from giliran.rules.personal import days_text, name_of, names_text, outranked, place_text, spot
from giliran.rules.view import View

MISSED = Sentence(
    en="{person} is {place} on {day} but must be at {meetings}",
    id="{person} {place} pada {day}, padahal wajib menghadiri {meetings}",
)
BY_VIDEO = Sentence(
    en="{meeting} is not urgent and is held by video; nobody has to come",
    id="{meeting} tidak mendesak dan diadakan lewat konferensi video; tidak ada yang wajib WFO",
)
NO_MEETING = Sentence(en="there is no meeting {id}", id="tidak ada rapat {id}")
MEANT = Sentence(en="Did you mean {near}?", id="Mungkin maksudnya {near}?")
ALWAYS = Sentence(en="Required people are in the office on the day of their meeting.", id="Peserta yang wajib hadir WFO pada hari rapat.")
URGENT = Sentence(
    en="Only urgent meetings are held in person; their required people are in the office that day.",
    id="Hanya rapat mendesak yang diadakan tatap muka; peserta yang wajib hadir WFO pada hari itu.",
)
LIMITED = Sentence(
    en="{first} At most {share} of {base} may be required to come.",
    id="{first} Yang wajib hadir paling banyak {share} dari {base}.",
)
OCCURRENCE = Sentence(
    en="{person} must be at {meetings} on {day}",
    id="{person} wajib menghadiri {meetings} pada {day}",
)

OF_FACTS = "facts/meetings"
"""Id of the rule for meetings that no written rule of this kind reaches."""


class InPerson(StrEnum):
    """Which meetings people come to."""

    ALWAYS = "always"
    URGENT = "urgent"


class Meeting(Rule):
    """Required people are in the office on the day of their meeting, and no more may be required than a circular allows.

    Parameters
    ----------
    meetings
        Ids of the meetings meant; all when left out.
    in_person
        `always`, or `urgent`: meetings that are not urgent are held by video, with a note.
    attendance, of
        At most this share of the room's capacity, or of those invited, may be required to come (rounded down).

    Notes
    -----
    Meaning: written rule or not, people required at a meeting with a given date are in the office that day. Absent people and people
    off that day are told in a note, home-only people join by video. The limit of attendance is about the list, not about the plan.
    Where the day is to be chosen, be it from one, the required people are in the office on one of the days on which the fewest of them
    cannot come: in every week if the meeting repeats, and on the same weekday if it asks for that. Whoever is absent, off, fixed or
    frozen at home cannot; home-only people join by video, unless they are absent or off. The chosen day is told in a note, with those
    who cannot come, and fixes nobody; where nobody required can come there is no meeting. Missed, it counts as often as people are
    missing on the day on which the fewest are.
    Formula: ``x[i, d] = 1``; chosen: ``x[i, d] ≥ z[d]``, ``Σ_d z[d] = 1``; ``required ≤ ⌊share · base⌋``.
    Source: SE Gubernur Kaltim 065/3668/B.Org-TL (13 July 2021), row K3; SE Bupati Tulang Bawang Barat 045.2/148/I.09/2021 (29 June
    2021), row T2.

    Kept: A is required on Tuesday, `01000`.
    Broken by 1: `10000`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Required people are in the office on the day of their meeting, and no more may be required than a circular allows.",
        id="Peserta yang wajib hadir WFO pada hari rapatnya, dan jumlah yang diwajibkan tidak melebihi batas surat edaran.",
    )

    kind: Literal["meeting"] = "meeting"
    meetings: Annotated[tuple[Word, ...], BeforeValidator(lambda v: v if isinstance(v, (list, tuple)) else [v])] | None = None
    in_person: InPerson = InPerson.ALWAYS
    attendance: Share | None = None
    of: Of = Of.CAPACITY

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where there are meetings that no written rule of this kind reaches, or not for everybody."""
        wide = [rule for rule in written if isinstance(rule, Meeting) and rule.applies_to is None and rule.days == ALL_DAYS]
        reached = {m.id for rule in wide for m in rule._chosen(facts) if all(rule._in_force(day) for day in m.dates)}
        return [cls(id=OF_FACTS)] if any(meeting.id not in reached for meeting in facts.meetings) else []

    # -- which meetings, and whom --------------------------------------------------------------------------------------------------

    def _chosen(self, facts: Facts) -> Iterator[Event]:
        """Meetings that the rule means."""
        for meeting in facts.meetings:
            named = self.meetings is None or meeting.id in self.meetings
            in_force = any(self._in_force(day) for day in meeting.dates)
            if named and in_force and (self.days == ALL_DAYS or self._reached(facts, meeting).any()):
                yield meeting

    def _in_force(self, day: dt.date) -> bool:
        return self.in_force is None or self.in_force.first <= day <= self.in_force.last

    def _in_person(self, meeting: Event) -> bool:
        return self.in_person is InPerson.ALWAYS or meeting.urgent

    def _reached(self, facts: Facts, meeting: Event) -> Cells:
        """Cells of the required people whom the rule means, on all days of the meeting : bool[E, D]."""
        cells = np.zeros(facts.shape, dtype=np.bool_)
        on = [facts.dates.index(day) for day in meeting.dates if self._in_force(day)]
        cells[np.ix_(meeting.required, on)] = True
        # A meeting names its date, so call days need no naming here.
        days = facts.has_cell if self.days == ALL_DAYS else self.days.mask(facts)
        return np.asarray(cells & select(facts, self.applies_to)[facts.posting] & days)

    def _required(self, view: View) -> Iterator[tuple[Event, Cells]]:
        """Every meeting on given days held in person, with the cells that it asks for, absent and home-only people included."""
        for meeting in self._chosen(view.facts):
            if self._in_person(meeting) and not _is_open(meeting):
                yield meeting, self._wanted(view, meeting)

    def _wanted(self, view: View, meeting: Event) -> Cells:
        """Cells that this rule asks for at one meeting : bool[E, D]."""
        if not self._in_person(meeting) or all(chosen.id != meeting.id for chosen in self._chosen(view.facts)):
            return np.zeros(view.facts.shape, dtype=np.bool_)
        return self._reached(view.facts, meeting) & ~self._left_to_others(view, meeting)

    def _open(self, view: View) -> tuple[tuple[int, Open], ...]:
        """Open meetings that this rule, of all that want people there, stands for, with their position among the facts."""
        return view.once((self.id, "open"), lambda: tuple(self._find_open(view)))

    def _find_open(self, view: View) -> Iterator[tuple[int, Open]]:
        """One rule stands for an open meeting, or two could choose different days: one that must hold, then by id, facts last."""
        kind = [rule for rule in view.rules if isinstance(rule, Meeting)]
        for index, meeting in enumerate(view.facts.meetings):
            if _is_open(meeting):
                wanting = {rule: rule._wanted(view, meeting) for rule in kind}
                wanting = {rule: cells for rule, cells in wanting.items() if cells.any()}
                owner = min(wanting, key=lambda rule: (rule.strength is not Strength.MUST, rule.id == OF_FACTS, rule.id), default=None)
                if owner is not None and owner.id == self.id:
                    alike = [cells for rule, cells in wanting.items() if rule.strength is owner.strength]
                    yield index, open_meeting(view.facts, meeting, np.logical_or.reduce(alike), view.asked.home | view.stuck)

    def _choices(self, view: View) -> Iterator[tuple[int, Choice]]:
        for index, meeting in self._open(view):
            for choice in meeting.choices:
                yield index, choice

    def _left_to_others(self, view: View, meeting: Event) -> Cells:
        """Cells of a meeting that written rules of this kind reach, if this is the rule for the rest : bool[E, D]."""
        facts = view.facts
        reached = np.zeros(facts.shape, dtype=np.bool_)
        if self.id == OF_FACTS:
            for rule in self._others(view, meeting):
                reached |= rule._reached(facts, meeting)
        return reached

    def _others(self, view: View, meeting: Event) -> list[Meeting]:
        written = [rule for rule in view.rules if isinstance(rule, Meeting) and rule.id != OF_FACTS]
        return [rule for rule in written if any(chosen.id == meeting.id for chosen in rule._chosen(view.facts))]

    def reaches(self, view: View) -> Cells:
        """People required at a meeting that is held in person, on its days, given or to be chosen."""
        wanted = [self._wanted(view, meeting) for meeting in self._chosen(view.facts)]
        return np.asarray(np.logical_or.reduce([np.zeros(view.facts.shape, dtype=np.bool_), *wanted]))

    def _asked(self, view: View) -> Cells:
        """All cells that are asked for : bool[E, D]."""
        asked = np.zeros(view.facts.shape, dtype=np.bool_)
        for _, cells in self._required(view):
            asked |= cells
        return asked

    def fixes(self, view: View) -> Fixes:
        """Required people on the days of their meetings; whoever's day is chosen stays free."""
        return Fixes(self._asked(view), np.zeros(view.facts.shape, dtype=np.bool_))

    # -- what is wrong with it -----------------------------------------------------------------------------------------------------

    def _crowded(self, facts: Facts) -> Iterator[tuple[int, Said]]:
        """Meetings with too many required people: by how many, in a sentence."""
        return too_many((meeting for meeting in self._chosen(facts) if self._in_person(meeting)), self.attendance, self.of)

    def problems(self, view: View) -> Iterator[Problem]:
        """Meetings that are not there, have no capacity, or require more people than the rule allows."""
        facts = view.facts
        known = [meeting.id for meeting in facts.meetings]
        for id_ in self.meetings or ():
            if id_ not in known:
                near = nearest(id_, known)
                yield Problem(Where(field=f"{self.id}.meetings"), NO_MEETING(id=id_), MEANT(near=near) if near else None)
        for meeting in self._chosen(facts):
            if self.attendance is not None and self.of.size(meeting) is None and self._in_person(meeting):
                yield Problem(Where(field=f"meetings.{meeting.id}"), NO_CAPACITY(meeting=meeting.name), GIVE_CAPACITY())
        if self.strength is Strength.MUST:
            for _, said in self._crowded(facts):
                yield Problem(Where(field=f"{self.id}.attendance"), said, SHORTEN())
            for index, found in self._open(view):
                if found.problem is not None:
                    yield Problem(Where(field=f"meetings.{facts.meetings[index].id}"), found.problem, found.advice)

    def needs_office(self, view: View) -> Cells | None:
        """People who must come on a day that is still to be chosen."""
        return np.logical_or.reduce(needed) if (needed := [choice.needed for _, choice in self._choices(view)]) else None

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each that is elsewhere; columns for days that are chosen."""
        cost = view.cost(self)
        for index, choice in self._choices(view):
            if cost is not None or not view.past(choice.cells, choice.days):
                choice.compile(self, out, cost, index, view.facts.num_days)
        cells = self._asked(view) & view.facts.present & ~view.facts.home_only
        if cost is None:
            out.fix(office=cells)
            return
        columns = np.flatnonzero(cells)
        over = sum(amount for amount, _ in self._crowded(view.facts))
        out.charge(columns, -1, cost, base=1, constant=over)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Required people who are elsewhere, lists that are too long, and whoever cannot come."""
        facts = view.facts
        wanted: dict[tuple[int, int], list[str]] = {}
        for meeting, cells in self._required(view):
            for e, d in np.argwhere(cells & facts.present & ~facts.home_only).tolist():
                wanted.setdefault((e, d), []).append(meeting.name)
        for (e, d), names in sorted(wanted.items()):
            place = int(schedule.place[e, d])
            if place not in (Place.OFFICE, Place.NONE):
                said = MISSED(person=name_of(facts, e), place=place_text(place), day=facts.dates[d], meetings=names)
                yield self.finding(self.strength, 1, said, **spot(facts, e, d))
        for over, said in self._crowded(facts):
            yield self.finding(self.strength, over, said)
        for index, found in self._open(view):
            for missed, number, said, where in open_findings(facts, facts.meetings[index], found, schedule):
                yield self.finding(self.strength if missed else Strength.NOTE, number, said, **where)
        yield from self._notes(view)

    def _notes(self, view: View) -> Iterator[Finding]:
        facts = view.facts
        for meeting in self._chosen(facts):
            if not self._in_person(meeting):
                yield self.finding(Strength.NOTE, 0, BY_VIDEO(meeting=meeting.name))
        for meeting, cells in self._required(view):
            others = self.id == OF_FACTS and self._others(view, meeting)
            for d in [facts.dates.index(day) for day in meeting.dates]:
                off = [] if others else [e for e in meeting.required if not facts.has_cell[e, d]]
                missing = sorted([*off, *np.flatnonzero(cells[:, d] & facts.absent[:, d]).tolist()])
                if missing:
                    told = CANNOT_COME(meeting=meeting.name, day=facts.dates[d], people=names_text(facts, missing))
                    yield self.finding(Strength.NOTE, len(missing), told, days=(d,), people=tuple(missing), told=Told.SHORTFALL)
            for number, said, where in outranked(facts, cells):
                yield self.finding(Strength.NOTE, number, said, **where)

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """Which meetings want one person on one day, or the days of one whose day is chosen."""
        if group >= 0:
            days = sorted({d for index, choice in self._choices(view) if index == group for d in choice.days})
            return ONE_DAY(meeting=view.facts.meetings[group].name, days=days_text(view.facts, days))
        if person < 0 or day < 0:
            return self.describe(view)
        facts = view.facts
        names = [meeting.name for meeting, cells in self._required(view) if cells[person, day]]
        return OCCURRENCE(person=name_of(facts, person), meetings=names, day=facts.dates[day])

    def describe(self, view: View) -> Said:
        """The rule in one sentence or two."""
        first = ALWAYS() if self.in_person is InPerson.ALWAYS else URGENT()
        if self.attendance is None:
            return first
        return LIMITED(first=first, share=Percent(self.attendance), base=self.of.words)


def _is_open(meeting: Event) -> bool:
    """Whether the day of a meeting is left to the plan."""
    return not meeting.given
