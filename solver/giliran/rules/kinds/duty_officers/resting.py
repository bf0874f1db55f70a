"""Rest after duty on a call day: whoever had it has the next working days at one place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import DayKind, Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model, Number
from giliran.messages import Sentence
from giliran.program import Ints, ProgramBuilder
from giliran.rules.answers import Duty, Rest, Side
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.members import members_of
from giliran.rules.toolkit.personal import each, name_of, place_text, spot
from giliran.rules.view import View

REST_MISSED = Sentence(
    en="{person} has had duty on a call day before and should be {place} on {day}",
    id="{person} sudah bertugas piket di luar hari kerja sebelumnya dan seharusnya {place} pada {day}",
)
NAMED_UNRESTED = Sentence(
    en="{person} is named for duty on {day} but is not {place} on the working days after it",
    id="{person} tercatat sebagai petugas piket pada {day}, tetapi tidak {place} pada hari kerja sesudahnya",
)


class RestAfter(Model):
    """So many of the next working days at one place.

    Parameters
    ----------
    days
        How many; at least 1.
    place
        `home` or `office`.
    """

    days: Number = Field(default=1, ge=1)
    place: Side = Side.HOME


def days_after(facts: Facts, after: RestAfter, duty: Cells) -> tuple[Ints, Ints, Ints]:
    """Person, call day and day of rest of everything that duty on call days binds, absences left out : int64[N] each.

    Parameters
    ----------
    duty
        Cells of possible duty : bool[E, D].
    """
    work = facts.kind == DayKind.WORK
    count = np.cumsum(work, axis=1)
    here = duty & (facts.kind == DayKind.CALL)
    parts = []
    for day in np.flatnonzero(here.any(axis=0)).tolist():
        later = count[:, day + 1 :] - count[:, [day]]
        person, step = np.nonzero(here[:, [day]] & work[:, day + 1 :] & (later <= after.days) & facts.present[:, day + 1 :])
        parts.append((person, np.full(len(person), day), step + day + 1))
    columns = zip(*parts, strict=True) if parts else [(np.zeros(0),)] * 3
    who, first, then = (np.concatenate(column).astype(np.int64) for column in columns)
    return who, first, then


def rest_of(view: View, after: RestAfter, eligible: CellSet) -> Rest:
    """What duty on call days binds of those who may have it; nothing on frozen days, whose names are known."""
    open_ = eligible.dense & view.facts.present & ~view.facts.frozen_days
    return Rest(*days_after(view.facts, after, open_), after.place)


def impossible(view: View, rest: Rest) -> Cells:
    """Cells of call days after which somebody cannot rest, being elsewhere by another rule or a frozen plan : bool[E, D]."""
    elsewhere = view.forced_office | view.kept_office if rest.place is Side.HOME else view.forced_home | view.stuck
    found = np.zeros(view.facts.shape, dtype=np.bool_)
    lost = elsewhere[rest.person, rest.later]
    found[rest.person[lost], rest.day[lost]] = True
    return found


def bound(facts: Facts, after: RestAfter, rule: str) -> CellSet:
    """Days of rest after duty that is known before anything is planned: names of frozen days, and pinned ones."""
    known = np.zeros(facts.shape, dtype=np.bool_)
    if rule in facts.published_duty:
        known |= facts.published_duty[rule] & facts.frozen_days
    if rule in facts.pinned_duty:
        known |= facts.pinned_duty[rule] & facts.present & ~facts.frozen_days
    person, _, later = days_after(facts, after, known)
    cells = np.zeros(facts.shape, dtype=np.bool_)
    cells[person, later] = True
    if after.place is Side.OFFICE:
        cells &= ~facts.home_only
    return CellSet.whole(cells)


def rest_rows(rule: Rule, view: View, duty: Duty, asked: NDArray[np.bool_], known: CellSet, out: ProgramBuilder) -> NDArray[np.bool_]:
    """Say what groups need on days after which people must rest; returns these groups and days : bool[G, D].

    Whoever must rest has a column that is 1 where they are not in the office, or do not rest: no more of these than are not needed. Days of
    rest after duty that is known already are said too.

    Parameters
    ----------
    asked
        Groups and days that need anybody : bool[G, D].
    known
        As `bound` gives it.
    """
    rest, days = duty.rest, view.facts.num_days
    assert rest is not None
    cells, home = known & view.facts.present, rest.place is Side.HOME
    out.place(view.cost(rule), office=None if home else cells, away=cells if home else None)
    counted = np.zeros(view.facts.shape, dtype=np.bool_)
    np.logical_or.at(counted, duty.person, duty.open & asked[duty.group])
    lost = _lost(rule, rest, counted, out)
    found = np.zeros_like(asked)
    for group, day in np.argwhere(asked).tolist() if lost else ():
        cell = members_of(duty, group, day) * days + day
        columns = [lost[k] for k in cell.tolist() if k in lost]
        if columns:
            found[group, day] = True
            most = len(columns) - int(duty.need[group, day])
            others = [k for k in cell.tolist() if k not in lost]
            out.row(rule, columns, others, hi=most, cost=view.cost(rule), group=group, day=day)
    return found


def _lost(rule: Rule, rest: Rest, counted: Cells, out: ProgramBuilder) -> dict[int, int]:
    """For every cell of some : bool[E, D] : after which somebody must rest, a column that is 1 where that person cannot have served."""
    days = counted.shape[1]
    some = np.flatnonzero(counted[rest.person, rest.day])
    person, later = rest.person[some], rest.person[some] * days + rest.later[some]
    key = person * days + rest.day[some]
    own = np.unique(key)
    column = out.binary(len(own))
    out.rows(rule, np.full(len(own), 2), np.stack([column, own], axis=1).reshape(-1), lo=1, day=own % days, person=own // days)
    lost = column[np.searchsorted(own, key)]
    coef = np.array([1, -1] if rest.place is Side.HOME else [1, 1], dtype=np.int64)
    out.rows(
        rule,
        np.full(len(some), 2),
        np.stack([lost, later], axis=1).reshape(-1),
        coef=np.tile(coef, len(some)),
        lo=0 if rest.place is Side.HOME else 1,
        day=rest.day[some],
        person=person,
    )
    return dict(zip(own.tolist(), column.tolist(), strict=True))


def unrested_names(rule: Rule, view: View, rest: Rest, schedule: Schedule) -> Iterator[Finding]:
    """People who are named for duty on a call day and do not rest afterwards; those who have no place then are left out."""
    facts, named = view.facts, schedule.named.part(rule.id)
    wrong = rest.missed(schedule.office) & ~rest.among(schedule.place == Place.NONE)
    for e, d in each(named & wrong):
        said = NAMED_UNRESTED(person=name_of(facts, e), day=facts.dates[d], place=place_text(int(resting_place(rest.place))))
        yield rule.finding(Strength.MUST, 1, said, **spot(facts, e, d), of_names=True)


def resting_place(side: Side) -> Place:
    """The place of rest."""
    return Place.HOME if side is Side.HOME else Place.OFFICE


def unrested(rule: Rule, view: View, rest: Rest, known: CellSet, schedule: Schedule) -> Iterator[Finding]:
    """People who do not rest after duty that was known before anything was planned."""
    facts, wanted = view.facts, resting_place(rest.place)
    place = known.of(schedule.place)
    for e, d in each((known & facts.present).where((place != wanted) & (place != Place.NONE))):
        said = REST_MISSED(person=name_of(facts, e), day=facts.dates[d], place=place_text(int(wanted)))
        yield rule.finding(rule.strength, 1, said, **spot(facts, e, d))
