"""What an instance says beside its files: who is away or back, places by order, and the plan that was published.

Whoever plans again gives such things with the command. The plan that comes of it keeps them, so that the same files are enough to read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.instance.instance import Instance

_WORDS: dict[str, Place] = {place.word: place for place in Place if place != Place.NONE}


class AwayRecord(Model):
    """Somebody who is away on a day; without a reason where it may not be told."""

    staff_id: str
    date: dt.date
    reason: str = ""


class SpotRecord(Model):
    """One person and day."""

    staff_id: str
    date: dt.date


class OrderedPlace(Model):
    """A place by order, or duties."""

    staff_id: str
    date: dt.date
    place: str = Field(json_schema_extra={"enum": [*_WORDS]})
    duty: tuple[str, ...] = ()
    reason: str = ""


class WasRecord(Model):
    """What the published plan has where the new one has something else; without a place where it says nothing."""

    staff_id: str
    date: dt.date
    place: str | None = Field(json_schema_extra={"enum": [*_WORDS, None]})
    duty: tuple[str, ...] = ()


_R = TypeVar("_R", AwayRecord, SpotRecord, OrderedPlace, WasRecord)


class OrderedPublished(Model):
    """The published plan, as far as the new one is another, and how it might change."""

    frozen_to: dt.date | None = None
    refill: bool = False
    few_changes: bool = False
    keep: bool = False
    was: tuple[WasRecord, ...] = ()
    teams: dict[str, dict[str, int]] = Field(default_factory=dict)


class OrderedRecord(Model):
    """What a plan was made with beside the files of its instance.

    Parameters
    ----------
    absences, back
        Who is away, and whose absence holds no longer.
    pins, freed
        Places and duties by order, and cells whose order holds no longer.
    published
        The plan that was known before; None where the files name the same.
    """

    absences: tuple[AwayRecord, ...] = ()
    back: tuple[SpotRecord, ...] = ()
    pins: tuple[OrderedPlace, ...] = ()
    freed: tuple[SpotRecord, ...] = ()
    published: OrderedPublished | None = None

    def within(self, people: Collection[str], days: Collection[dt.date]) -> OrderedRecord:
        """What of it is about some people and days."""

        def kept(rows: Sequence[_R]) -> tuple[_R, ...]:
            return tuple(row for row in rows if row.staff_id in people and row.date in days)

        published = self.published
        if published is not None:
            teams = {rule: {id_: k for id_, k in found.items() if id_ in people} for rule, found in published.teams.items()}
            published = published.model_copy(update={"was": kept(published.was), "teams": teams})
        return OrderedRecord(
            absences=kept(self.absences), back=kept(self.back), pins=kept(self.pins), freed=kept(self.freed), published=published
        )

    def discreet(self) -> OrderedRecord:
        """The same without reasons."""
        away, pins = (tuple(row.model_copy(update={"reason": ""}) for row in rows) for rows in (self.absences, self.pins))
        return self.model_copy(update={"absences": away, "pins": pins})


def ordered_of(instance: Instance, schedule: Schedule) -> OrderedRecord | None:
    """What an instance says beside its files, for a plan of it; None for nothing."""
    origin, facts = instance.written.origin if instance.written else None, instance.facts
    if origin is None:
        return None
    away = facts.absent & ~(origin.absent & (_reasons(origin) == _reasons(facts)))
    pinned = (facts.pinned != Place.NONE) & ((facts.pinned != origin.pinned) | _other_duties(facts, origin))
    found = OrderedRecord(
        absences=tuple(
            AwayRecord(staff_id=id_, date=day, reason=facts.absence_reasons[facts.reason[e, d]]) for e, d, id_, day in _spots(facts, away)
        ),
        back=_records(facts, origin.absent & ~facts.absent),
        pins=tuple(_pin(facts, e, d) for e, d, _, _ in _spots(facts, pinned)),
        freed=_records(facts, (origin.pinned != Place.NONE) & (facts.pinned == Place.NONE)),
        published=_published(instance, origin, schedule),
    )
    return None if found == OrderedRecord() else found


def with_ordered(instance: Instance, ordered: OrderedRecord, schedule: Schedule, *, published: bool = True) -> Instance:
    """An instance with what a plan was made with; what its files say since then counts more, also days that nobody works any more.

    Parameters
    ----------
    schedule
        The plan, as it was made.
    published
        Whether the plan that was known before is taken too; whoever plans again has a newer one.

    Raises
    ------
    InputError
        If people or days are not in the instance.
    """
    facts = instance.facts
    ordered, _ = still_worked(facts, ordered)
    away = [row for row in ordered.absences if not _there(facts, row, facts.absent)]
    back = [(row.staff_id, row.date) for row in ordered.back if _there(facts, row, facts.absent)]
    changed = instance
    if away or back:
        rows = [{"staff_id": row.staff_id, "from": row.date, "to": row.date, "reason": row.reason} for row in away]
        changed = changed.with_absences(rows, without=back)
    pinned = np.asarray(facts.pinned != Place.NONE)
    pins = [_pin_row(row) for row in ordered.pins if not _there(facts, row, pinned)]
    freed = [(row.staff_id, row.date) for row in ordered.freed if _there(facts, row, pinned)]
    if pins or freed:
        changed = changed.with_pins(pins, without=freed)
    if ordered.published is None or not published:
        return changed
    how = ordered.published
    before = _patched(facts, schedule, how)
    return changed.with_published(before, frozen_to=how.frozen_to, refill=how.refill, few_changes=how.few_changes, keep=how.keep)


def still_worked(facts: Facts, ordered: OrderedRecord) -> tuple[OrderedRecord, Cells]:
    """What it says of days that its people work by the files of an instance, and the days that it has besides : bool[E, D]."""
    lost = np.zeros(facts.shape, dtype=np.bool_)

    def worked(row: AwayRecord | OrderedPlace) -> bool:
        cell = _cell(facts, row)
        if cell is None or facts.has_cell[cell]:
            return True  # people and days that nobody knows are told by whoever takes them in
        lost[cell] = True
        return False

    away, pins = tuple(filter(worked, ordered.absences)), tuple(filter(worked, ordered.pins))
    return ordered.model_copy(update={"absences": away, "pins": pins}), lost


def _published(instance: Instance, origin: Facts, schedule: Schedule) -> OrderedPublished | None:
    facts = instance.facts
    same = facts.published is origin.published or not (facts.published != origin.published).any()
    ways = ("frozen_dates", "refill", "few_changes", "keep")
    if same and all(getattr(facts, way) == getattr(origin, way) for way in ways) and _same_names(facts, origin):
        return None
    other = facts.published != schedule.place
    for rule in {*facts.published_duty, *schedule.duty}:
        other |= _cells(facts, facts.published_duty, rule) != _cells(facts, schedule.duty, rule)
    record = instance.written.record.published if instance.written else None
    teams = {
        rule: {facts.staff.ids[e]: int(team[e]) for e in np.flatnonzero(team != schedule.team.get(rule, 0 * team)).tolist()}
        for rule, team in facts.published_team.items()
    }
    return OrderedPublished(
        frozen_to=record.frozen_to if record else None,
        refill=facts.refill,
        few_changes=facts.few_changes,
        keep=facts.keep,
        was=tuple(_was(facts, e, d) for e, d, _, _ in _spots(facts, other)),
        teams={rule: members for rule, members in teams.items() if members},
    )


def _same_names(facts: Facts, origin: Facts) -> bool:
    rules = {*facts.published_duty, *origin.published_duty}
    return not any((_cells(facts, facts.published_duty, rule) != _cells(facts, origin.published_duty, rule)).any() for rule in rules)


def _was(facts: Facts, e: int, d: int) -> WasRecord:
    place = Place(int(facts.published[e, d]))
    duty = tuple(sorted(rule for rule, cells in facts.published_duty.items() if cells[e, d]))
    word = None if place == Place.NONE else place.word
    return WasRecord(staff_id=facts.staff.ids[e], date=facts.dates[d], place=word, duty=duty)


def _patched(facts: Facts, schedule: Schedule, how: OrderedPublished) -> Schedule:
    """The published plan: the new one but for what it changed."""
    place, duty = schedule.place.copy(), {rule: np.array(cells) for rule, cells in schedule.duty.items()}
    for row in how.was:
        cell = _cell(facts, row)
        if cell is None:
            continue
        place[cell] = Place.NONE if row.place is None else _WORDS.get(row.place, Place.NONE)
        for rule in {*duty, *row.duty}:
            duty.setdefault(rule, np.zeros(facts.shape, dtype=np.bool_))[cell] = rule in row.duty
    team = {rule: array.copy() for rule, array in schedule.team.items()}
    for rule, members in how.teams.items():
        array = team.setdefault(rule, np.zeros(facts.num_people, dtype=np.int16))
        for id_, number in members.items():
            if id_ in facts.staff.index:
                array[facts.staff.index[id_]] = number
    return Schedule(place, duty=duty, team=team)


def _pin(facts: Facts, e: int, d: int) -> OrderedPlace:
    duty = tuple(sorted(rule for rule, cells in facts.pinned_duty.items() if cells[e, d]))
    word = Place(int(facts.pinned[e, d])).word
    return OrderedPlace(staff_id=facts.staff.ids[e], date=facts.dates[d], place=word, duty=duty, reason=facts.pin_reasons.get((e, d), ""))


def _pin_row(row: OrderedPlace) -> dict[str, Any]:
    said = {"staff_id": row.staff_id, "date": row.date, "place": row.place, "duty": ";".join(row.duty), "reason": row.reason}
    return {name: value for name, value in said.items() if value}


def _other_duties(facts: Facts, origin: Facts) -> Cells:
    other = np.zeros(facts.shape, dtype=np.bool_)
    for rule in {*facts.pinned_duty, *origin.pinned_duty}:
        other |= _cells(facts, facts.pinned_duty, rule) != _cells(facts, origin.pinned_duty, rule)
    return other


def _reasons(facts: Facts) -> NDArray[np.str_]:
    """The reason of each absence in words, empty elsewhere : str[E, D]."""
    words = np.array([*facts.absence_reasons, ""])
    return np.asarray(words[facts.reason])  # the code of no reason is the last


def _cells(facts: Facts, duty: Any, rule: str) -> Cells:
    """Who is named for a rule : bool[E, D]."""
    return np.asarray(duty[rule]) if rule in duty else np.zeros(facts.shape, dtype=np.bool_)


def _spots(facts: Facts, cells: Cells) -> Iterator[tuple[int, int, str, dt.date]]:
    for e, d in np.argwhere(cells).tolist():
        yield e, d, facts.staff.ids[e], facts.dates[d]


def _records(facts: Facts, cells: Cells) -> tuple[SpotRecord, ...]:
    return tuple(SpotRecord(staff_id=id_, date=day) for _, _, id_, day in _spots(facts, cells))


def _cell(facts: Facts, row: AwayRecord | SpotRecord | OrderedPlace | WasRecord) -> tuple[int, int] | None:
    e, d = facts.staff.index.get(row.staff_id), (row.date - facts.dates[0]).days
    return None if e is None or not 0 <= d < facts.num_days else (e, d)


def _there(facts: Facts, row: AwayRecord | SpotRecord | OrderedPlace, cells: Cells) -> bool:
    """Whether a cell is among those; unknown ones are told by whoever takes them in."""
    cell = _cell(facts, row)
    return cell is not None and bool(cells[cell])
