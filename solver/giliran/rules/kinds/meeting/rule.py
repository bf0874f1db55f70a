"""Meetings: who must be there, and how many may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.facts import Meeting as Event
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import seal
from giliran.domain.selection import ALL_DAYS, Key, select
from giliran.errors import Problem, Where
from giliran.messages import Percent, Said, Sentence, meant
from giliran.program import Ints, ProgramBuilder
from giliran.rules.answers import Convened, Fixes
from giliran.rules.base import Rule, Statement
from giliran.rules.kinds.meeting.attendance import GIVE_CAPACITY, NO_CAPACITY, SHORTEN, AttendanceOf, too_many
from giliran.rules.kinds.meeting.cells import NO_CELLS, cells_of, names_at, part, positions
from giliran.rules.kinds.meeting.days import CANNOT_COME, ONE_DAY, Choice, Open, convened_days, open_findings, open_meeting
from giliran.rules.kinds.meeting.words import ALWAYS, BY_VIDEO, LIMITED, MISSED, NO_MEETING, OCCURRENCE, URGENT
from giliran.rules.toolkit.counting import Share
from giliran.rules.toolkit.personal import days_text, each, name_of, names_text, outranked_at, place_text, spot
from giliran.rules.view import View

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

    Kept: A is required on Tuesday, required `01000`, planned `01000`.
    Broken by 1: `10000`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Required people are in the office on the day of their meeting, and no more may be required than a circular allows.",
        id="Peserta yang wajib hadir WFO pada hari rapatnya, dan jumlah yang diwajibkan tidak melebihi batas surat edaran.",
    )
    example: ClassVar[Mapping[str, Any]] = {"in_person": "always"}

    kind: Literal["meeting"] = "meeting"
    meetings: Annotated[tuple[Key, ...], BeforeValidator(lambda v: v if isinstance(v, (list, tuple)) else [v])] | None = None
    in_person: InPerson = InPerson.ALWAYS
    attendance: Share | None = None
    of: AttendanceOf = AttendanceOf.CAPACITY

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where there are meetings that no written rule of this kind reaches, or not for everybody."""
        wide = [rule for rule in written if isinstance(rule, Meeting) and rule.applies_to is None and rule.days == ALL_DAYS]
        where = positions(facts)
        reached = {m.id for rule in wide for m in rule._named(facts, where) if all(rule._in_force(day) for day in m.dates)}
        return [cls(id=OF_FACTS)] if any(meeting.id not in reached for meeting in facts.meetings) else []

    # -- which meetings, and whom --------------------------------------------------------------------------------------------------

    def _named(self, facts: Facts, where: Mapping[str, int]) -> Iterator[Event]:
        """Meetings that the rule names while it is in force, in the order of the facts."""
        chosen = facts.meetings
        if self.meetings is not None:
            chosen = tuple(facts.meetings[k] for k in sorted({where[id_] for id_ in self.meetings if id_ in where}))
        return (meeting for meeting in chosen if any(self._in_force(day) for day in meeting.dates))

    def _in_force(self, day: dt.date) -> bool:
        return self.in_force is None or self.in_force.first <= day <= self.in_force.last

    def _in_person(self, meeting: Event) -> bool:
        return self.in_person is InPerson.ALWAYS or meeting.urgent

    def _reached(self, view: View) -> Mapping[str, tuple[Event, Ints]]:
        """Meetings that the rule means by id, each with the cells of the required people whom it means, on all days of the meeting."""
        return view.once((self.id, "reached"), lambda: dict(self._find_reached(view.facts)))

    def _find_reached(self, facts: Facts) -> Iterator[tuple[str, tuple[Event, Ints]]]:
        everyday = self.days == ALL_DAYS
        # A meeting names its date, so call days need no naming here.
        meant = select(facts, self.applies_to)[facts.posting] & (facts.has_cell if everyday else self.days.mask(facts))
        on = {day: d for d, day in enumerate(facts.dates) if self._in_force(day)}
        for meeting in self._named(facts, positions(facts) if self.meetings is not None else {}):
            cells = cells_of(facts, meeting.required, [on[day] for day in meeting.dates if day in on])
            cells = seal(cells[meant.reshape(-1)[cells]])
            if everyday or len(cells):
                yield meeting.id, (meeting, cells)

    def _chosen(self, view: View) -> Iterator[Event]:
        """Meetings that the rule means."""
        return (meeting for meeting, _ in self._reached(view).values())

    def _wanted(self, view: View, id_: str) -> Ints:
        """Cells that this rule asks for at one meeting, columns of the grid in order : int64[·]."""
        meeting, cells = self._reached(view).get(id_, (None, NO_CELLS))
        if meeting is None or not self._in_person(meeting):
            return NO_CELLS
        if self.id != OF_FACTS or not len(cells):
            return cells
        return seal(np.setdiff1d(cells, np.concatenate([NO_CELLS, *(rule._reached(view)[id_][1] for rule in self._others(view, id_))])))

    def _required(self, view: View) -> Sequence[tuple[Event, Ints]]:
        """Every meeting on given days held in person, with the cells that it asks for, absent and home-only people included."""
        return view.once((self.id, "required"), lambda: [*self._find_required(view)])

    def _find_required(self, view: View) -> Iterator[tuple[Event, Ints]]:
        for meeting in self._chosen(view):
            if self._in_person(meeting) and meeting.given:
                yield meeting, self._wanted(view, meeting.id)

    def _others(self, view: View, id_: str) -> Sequence[Meeting]:
        """Written rules of this kind that mean a meeting."""
        return [rule for rule in _meaning(view).get(id_, ()) if rule.id != OF_FACTS]

    def _open(self, view: View) -> Sequence[tuple[int, Open]]:
        """Open meetings that this rule, of all that want people there, stands for, with their position among the facts."""
        return view.once((OF_FACTS, "open"), lambda: _owned(view)).get(self.id, ())

    def _choices(self, view: View) -> Iterator[tuple[int, Choice]]:
        return ((index, choice) for index, meeting in self._open(view) for choice in meeting.choices)

    def reaches(self, view: View) -> CellSet:
        """People required at a meeting that is held in person, on its days, given or to be chosen."""
        return part(view.facts, (self._wanted(view, meeting.id) for meeting in self._chosen(view)))

    def _asked(self, view: View) -> CellSet:
        """All cells that are asked for."""
        return part(view.facts, (cells for _, cells in self._required(view)))

    def fixes(self, view: View) -> Fixes:
        """Required people on the days of their meetings; whoever's day is chosen stays free."""
        return Fixes(self._asked(view), CellSet.none(view.facts.shape))

    def convened(self, view: View, schedule: Schedule) -> Sequence[Convened]:
        """Every open meeting on the option that its audit tells: the first on which the fewest are missing."""
        return [Convened(index, convened_days(found, schedule)) for index, found in self._open(view)]

    # -- what is wrong with it -----------------------------------------------------------------------------------------------------

    def _crowded(self, view: View) -> Iterator[tuple[int, Said]]:
        """Meetings with too many required people: by how many, in a sentence."""
        return too_many((meeting for meeting in self._chosen(view) if self._in_person(meeting)), self.attendance, self.of)

    def problems(self, view: View) -> Iterator[Problem]:
        """Meetings that are not there, have no capacity, or require more people than the rule allows."""
        facts = view.facts
        known = positions(facts) if self.meetings else {}
        for id_ in self.meetings or ():
            if id_ not in known:
                yield Problem(Where(field=f"{self.id}.meetings"), NO_MEETING(id=id_), meant(id_, known))
        for meeting in self._chosen(view):
            if self.attendance is not None and self.of.size(meeting) is None and self._in_person(meeting):
                yield Problem(Where(field=f"meetings.{meeting.id}"), NO_CAPACITY(meeting=meeting.name), GIVE_CAPACITY())
        if self.strength is Strength.MUST:
            for _, said in self._crowded(view):
                yield Problem(Where(field=f"{self.id}.attendance"), said, SHORTEN())
            for index, found in self._open(view):
                if found.problem is not None:
                    yield Problem(Where(field=f"meetings.{facts.meetings[index].id}"), found.problem, found.advice)

    def needs_office(self, view: View) -> CellSet | None:
        """People who must come on a day that is still to be chosen."""
        needed = [choice.columns(view.facts.num_days) for _, choice in self._choices(view)]
        return part(view.facts, needed) if needed else None

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each that is elsewhere; columns for days that are chosen."""
        cost = view.cost(self)
        for index, choice in self._choices(view):
            if cost is not None or not view.past(choice.cells, choice.days):
                choice.compile(self, out, cost, index, view.facts.num_days)
        out.place(cost, office=(self._asked(view) & view.facts.present) - view.facts.home_only)
        if cost is not None:
            out.charge([], 1, cost, constant=sum(amount for amount, _ in self._crowded(view)))

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Required people who are elsewhere, lists that are too long, and whoever cannot come."""
        facts = view.facts
        asked = (self._asked(view) & facts.present) - facts.home_only
        at = asked.of(schedule.place)
        for e, d in each(asked.where((at != Place.OFFICE) & (at != Place.NONE))):
            place, names = int(schedule.place[e, d]), self._names(view)[e * facts.num_days + d]
            said = MISSED(person=name_of(facts, e), place=place_text(place), day=facts.dates[d], meetings=names)
            yield self.finding(self.strength, 1, said, **spot(facts, e, d))
        for over, said in self._crowded(view):
            yield self.finding(self.strength, over, said)
        for index, found in self._open(view):
            for missed, number, said, where in open_findings(facts, facts.meetings[index], found, schedule):
                yield self.finding(self.strength if missed else Strength.NOTE, number, said, **where)
        yield from self._notes(view)

    def _notes(self, view: View) -> Iterator[Finding]:
        facts = view.facts
        for meeting in self._chosen(view):
            if not self._in_person(meeting):
                yield self.finding(Strength.NOTE, 0, BY_VIDEO(meeting=meeting.name))
        for meeting, cells in self._required(view):
            others = self.id == OF_FACTS and self._others(view, meeting.id)
            person, day = np.divmod(cells, facts.num_days)
            for d in [facts.dates.index(date) for date in meeting.dates]:
                off = [] if others else [e for e in meeting.required if not facts.has_cell[e, d]]
                there = person[day == d]
                missing = sorted([*off, *there[facts.absent[there, d]].tolist()])
                if missing:
                    told = CANNOT_COME(meeting=meeting.name, day=facts.dates[d], people=names_text(facts, missing))
                    yield self.finding(Strength.NOTE, len(missing), told, days=(d,), people=tuple(missing), told=Told.SHORTFALL)
            for number, said, where in outranked_at(facts, cells):
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
        names = self._names(view).get(person * facts.num_days + day, [])
        return OCCURRENCE(person=name_of(facts, person), meetings=names, day=facts.dates[day])

    def _names(self, view: View) -> Mapping[int, list[str]]:
        """Names of the meetings on given days that want each cell, by its column."""
        return view.once((self.id, "names"), lambda: names_at(self._required(view)))

    def describe(self, view: View) -> Said:
        """The rule in one sentence or two."""
        first = ALWAYS() if self.in_person is InPerson.ALWAYS else URGENT()
        if self.attendance is None:
            return first
        return LIMITED(first=first, share=Percent(self.attendance), base=self.of.words)


def _meaning(view: View) -> Mapping[str, list[Meeting]]:
    """All rules of this kind that mean each meeting."""

    def find() -> dict[str, list[Meeting]]:
        found: dict[str, list[Meeting]] = {}
        for rule in view.rules:
            if isinstance(rule, Meeting):
                for id_ in rule._reached(view):
                    found.setdefault(id_, []).append(rule)
        return found

    return view.once((OF_FACTS, "meaning"), find)


def _owned(view: View) -> Mapping[str, list[tuple[int, Open]]]:
    """Open meetings by the one rule that stands for each, or two might choose different days: one that must hold, by id, facts last."""
    found: dict[str, list[tuple[int, Open]]] = {}
    for index, meeting in enumerate(view.facts.meetings):
        if not meeting.given:
            wanting = [(rule, cells) for rule in _meaning(view).get(meeting.id, ()) if len(cells := rule._wanted(view, meeting.id))]
            owner = min(
                (rule for rule, _ in wanting),
                key=lambda rule: (rule.strength is not Strength.MUST, rule.id == OF_FACTS, rule.id),
                default=None,
            )
            if owner is not None:
                alike = np.concatenate([cells for rule, cells in wanting if rule.strength is owner.strength])
                opened = open_meeting(view.facts, meeting, alike, view.asked.home | view.stuck)
                found.setdefault(owner.id, []).append((index, opened))
    return found
