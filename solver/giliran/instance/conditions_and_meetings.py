"""Conditions and meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from giliran.domain.condition import ConditionEntry
from giliran.domain.facts import Meeting, Staff
from giliran.domain.units import Units
from giliran.errors import Problems
from giliran.instance.reading import unknown_word
from giliran.instance.records import ConditionRecord, MeetingRecord
from giliran.messages import Said, Sentence
from giliran.text import TextError, parse_id
from giliran.text.model_errors import Locate

_NOT_A_UNIT = Sentence(en="there is no unit '{unit}'", id="tidak ada unit kerja '{unit}'")
_NOBODY = Sentence(en="nobody has the id '{id}'", id="tidak ada pegawai dengan id '{id}'")
_TWO_VALUES = Sentence(
    en="{name} has two values on {day} {place}: {first} and {second}",
    id="{name} mempunyai dua nilai pada {day} {place}: {first} dan {second}",
)
_EVERYWHERE = Sentence(en="everywhere", id="di semua unit kerja")
_IN_UNIT = Sentence(en="in the unit {unit}", id="di unit kerja {unit}")
_TWICE = Sentence(en="the meeting '{id}' stands twice", id="rapat '{id}' tertulis dua kali")
_OUTSIDE = Sentence(en="{day} is outside the horizon, {first} to {last}", id="{day} di luar periode, {first} sampai {last}")


class Events:
    """Reads conditions and meetings.

    Parameters
    ----------
    units, staff, dates
        Units, people, and the horizon.
    locate
        Places of sections in the file.
    """

    def __init__(self, units: Units, staff: Staff, dates: Sequence[dt.date], locate: Locate, problems: Problems) -> None:
        self._units, self._staff, self._dates, self._locate, self._problems = units, staff, dates, locate, problems

    def conditions(self, records: Mapping[str, Sequence[ConditionRecord]]) -> dict[str, tuple[ConditionEntry, ...]]:
        """Entries by condition; two of the same unit may not disagree on a day."""
        found = {}
        for name, entries in records.items():
            built = [self._entry(name, k, record) for k, record in enumerate(entries)]
            self._check(name, built)
            found[name] = tuple(built)
        return found

    def _entry(self, name: str, position: int, record: ConditionRecord) -> ConditionEntry:
        units: tuple[int, ...] | None = None
        if record.units is not None:
            known = []
            for k, id_ in enumerate(record.units):
                if id_ in self._units.index:
                    known.append(self._units.index[id_])
                else:
                    where = self._locate(("conditions", name, position, "units", k))
                    self._problems.extend([unknown_word(where, _NOT_A_UNIT(unit=id_), id_, self._units.index)])
            units = tuple(known)
        return ConditionEntry(record.first or self._dates[0], record.last or self._dates[-1], units, record.value)

    def _check(self, name: str, entries: Sequence[ConditionEntry]) -> None:
        """No unit has two values of equal width on a day."""
        spots = [(entry, root, k) for k, entry in enumerate(entries) for root in (entry.units if entry.units is not None else (None,))]
        by_root: dict[int | None, list[tuple[ConditionEntry, int]]] = {}
        for entry, root, k in spots:
            for other, _ in by_root.get(root, []):
                first, last = max(entry.first, other.first), min(entry.last, other.last)
                if first <= last and entry.value != other.value:
                    self._clash(name, k, first, root, (other.value, entry.value))
            by_root.setdefault(root, []).append((entry, k))

    def _clash(self, name: str, position: int, day: dt.date, root: int | None, values: tuple[str, str]) -> None:
        place: Said = _EVERYWHERE() if root is None else _IN_UNIT(unit=self._units[root].id)
        said = _TWO_VALUES(name=name, day=day, place=place, first=values[0], second=values[1])
        self._problems.add(self._locate(("conditions", name, position)), said)

    def meetings(self, records: Sequence[MeetingRecord]) -> tuple[Meeting, ...]:
        """Meetings with their people as rows of the staff table."""
        seen: set[str] = set()
        built = []
        for k, record in enumerate(records):
            if record.id in seen:
                self._problems.add(self._locate(("meetings", k, "id")), _TWICE(id=record.id))
            seen.add(record.id)
            built.append(self._meeting(k, record))
        return tuple(built)

    def _meeting(self, position: int, record: MeetingRecord) -> Meeting:
        required = self._people(position, "required", record.required)
        return Meeting(
            id=record.id,
            name=record.name or record.id,
            dates=self._meeting_days(position, record),
            required=required,
            invited=tuple(dict.fromkeys([*self._people(position, "invited", record.invited), *required])),
            capacity=record.capacity,
            urgent=record.urgent,
            repeat=record.repeat is not None,
            same_weekday=record.same_weekday,
            given=record.date is not None,
        )

    def _meeting_days(self, position: int, record: MeetingRecord) -> tuple[dt.date, ...]:
        if record.date is not None:
            weekly = record.repeat is not None
            held = [day for day in self._dates if day == record.date or (weekly and _weeks_between(record.date, day) > 0)]
            if not held:
                self._outside(("meetings", position, "date"), record.date)
            return tuple(held)
        ranges = record.choose_from or ()
        days = tuple(day for day in self._dates if any(span.first <= day <= span.last for span in ranges))
        if not days and ranges:
            self._outside(("meetings", position, "choose_from"), ranges[0].first)
        return days

    def _outside(self, path: tuple[str | int, ...], day: dt.date) -> None:
        self._problems.add(self._locate(path), _OUTSIDE(day=day, first=self._dates[0], last=self._dates[-1]))

    def _people(self, position: int, field: str, ids: Sequence[str]) -> tuple[int, ...]:
        found = []
        for k, text in enumerate(ids):
            where = self._locate(("meetings", position, field, k))
            try:
                id_ = parse_id(text)
            except TextError as error:
                self._problems.extend([error.problem(where)])
                continue
            if id_ in self._staff.index:
                found.append(self._staff.index[id_])
            else:
                self._problems.extend([unknown_word(where, _NOBODY(id=id_), id_, self._staff.index)])
        return tuple(dict.fromkeys(found))


def _weeks_between(first: dt.date, day: dt.date) -> int:
    """Whole weeks from one date to another of the same weekday, 0 for other weekdays."""
    weeks, rest = divmod((day - first).days, 7)
    return 0 if rest else weeks
