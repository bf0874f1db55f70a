"""People, units and days of an instance, one cell at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from benchmarks.fuzz.oracle.reading import Cell
from giliran.domain.calendar import Calendar
from giliran.domain.facts import Facts
from giliran.domain.place import DayKind, Place

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SETTLED = (Place.OFFICE, Place.HOME, Place.OFF)


class People:
    """Plain answers about facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def all_cells(self) -> list[Cell]:
        """Every working and call day of everybody."""
        return [(e, d) for e in range(self.facts.num_people) for d in range(self.facts.num_days) if self.has_cell(e, d)]

    def has_cell(self, e: int, d: int) -> bool:
        """Whether it is a working or call day of the person."""
        return bool(self.facts.kind[e, d] != DayKind.NONE)

    def call(self, e: int, d: int) -> bool:
        """Whether it is a call day of the person."""
        return bool(self.facts.kind[e, d] == DayKind.CALL)

    def present(self, e: int, d: int) -> bool:
        """Whether the person works that day and is not away."""
        return self.has_cell(e, d) and not self.facts.absent[e, d]

    def above(self, e: int, d: int) -> list[int]:
        """Unit of assignment and all above it, nearest first."""
        return self.path(int(self.facts.postings.unit[self.facts.posting[e, d]]))

    def path(self, unit: int) -> list[int]:
        """A unit and all above it, nearest first."""
        found = []
        while unit >= 0:
            found.append(unit)
            unit = self.facts.units[unit].parent
        return found

    def second(self, e: int, d: int) -> int:
        """A second unit, -1 for nobody's."""
        return int(self.facts.postings.also[self.facts.posting[e, d]])

    def group(self, per: Any, e: int, d: int) -> int | None:
        """Unit that a person is grouped under, -1 for everybody together; None under none."""
        return self.group_of_path(per, self.above(e, d))

    def group_of_path(self, per: Any, above: list[int]) -> int | None:
        """The same for a unit with all above it."""
        if per == "whole":
            return -1
        if per == "leaf":
            return above[0]
        levels = [per] if isinstance(per, str) else list(per)
        return next((unit for unit in above if self.facts.units[unit].level in levels), None)

    # -- selectors and days --------------------------------------------------------------------------------------------------------

    def selected(self, selection: Any, e: int, d: int, *, moved: bool = False) -> bool:
        """Whether any selector of a list means a person on a day; everybody without one.

        Parameters
        ----------
        moved
            As if the person were assigned to the second unit.
        """
        return selection is None or any(self._selects(selector, e, d, moved) for selector in selection)

    def _selects(self, selector: Any, e: int, d: int, moved: bool) -> bool:
        rows, row = self.facts.postings, int(self.facts.posting[e, d])
        above = [self.facts.units[unit] for unit in (self.path(self.second(e, d)) if moved else self.above(e, d))]
        word = {name: self._word(name, row) for name in ("rank", "status", "function")}
        sectors = above[0].sectors or ({selector.default_sector} if selector.default_sector else set())
        tests: dict[str, Callable[[Any], bool]] = {
            "units": lambda wanted: any(unit.id in wanted for unit in above),
            "levels": lambda wanted: any(unit.level in wanted for unit in above),
            "unit_tags": lambda wanted: bool(set(above[0].tags) & set(wanted)),
            "sectors": lambda wanted: bool(set(sectors) & set(wanted)),
            "functions": lambda wanted: (word["function"] or selector.default_function) in wanted,
            "ranks": lambda wanted: word["rank"] in wanted,
            "statuses": lambda wanted: word["status"] in wanted,
            "tags": lambda wanted: bool(set(rows.tags[row]) & set(wanted)),
            "heads": lambda wanted: bool(rows.head[row]) and not moved and above[0].level in wanted,
            "older_than": lambda wanted: self._older(e, wanted),
            "ids": lambda wanted: self.facts.staff.ids[e] in wanted,
        }
        if any(getattr(selector, name) is not None and not test(getattr(selector, name)) for name, test in tests.items()):
            return False
        if not all(self._selects(inner, e, d, moved) for inner in selector.within or ()):
            return False
        return not any(self._selects(out, e, d, moved) for out in selector.except_ or ())

    def _older(self, e: int, years: int) -> bool:
        """Whether the birthday of an age was before the first day; the date is written, or begins the NIP."""
        text = self.facts.staff.born[e] or self.facts.staff.nips[e][:8]
        if len(text) != len("19700131") and len(text) != len("1970-01-31"):
            return False
        born, first = dt.date.fromisoformat(text), self.facts.dates[0]
        return (born.year + years, born.month, born.day) < (first.year, first.month, first.day)

    def _word(self, name: str, row: int) -> str | None:
        column = getattr(self.facts.postings, name)
        return column.words[column.code[row]] if column.code[row] >= 0 else None

    def on_day(self, days: Any, e: int, d: int, *, calls: bool = False) -> bool:
        """Whether `days` mean a day of a person; call days where they name them, or with `calls` where they say nothing at all."""
        if not self.has_cell(e, d):
            return False
        said = any(field is not None for field in (days.dates, days.weekdays, days.conditions, days.except_))
        call = self.call(e, d) and not (calls and not said)
        return self.on_date(days, self.facts.dates[d], self.above(e, d), call=call)

    def on_date(self, days: Any, date: dt.date, above: list[int], *, call: bool) -> bool:
        """Whether `days` mean a date for somebody in a unit, on a call day only where they name it."""
        if call and days.dates is None and days.weekdays is None:
            return False
        return self._matches(days, date, above)

    def _matches(self, days: Any, date: dt.date, above: list[int]) -> bool:
        if days.dates is not None and not any(span.first <= date <= span.last for span in days.dates):
            return False
        if days.weekdays is not None and WEEKDAYS[date.weekday()] not in days.weekdays:
            return False
        if any(self.condition(name, above, date) not in wanted for name, wanted in (days.conditions or {}).items()):
            return False
        return not any(self._matches(out, date, above) for out in days.except_ or ())

    def calendar(self, e: int, d: int) -> Calendar:
        """The calendar that a person follows on a day: an own one, else that of the unit."""
        row = int(self.facts.posting[e, d])
        return self.facts.calendars[self._word("calendar", row) or self.facts.units[self.above(e, d)[0]].calendar]

    def works(self, e: int, d: int, date: dt.date) -> DayKind:
        """What the calendar of a day of the horizon makes of another date, part-time workdays included."""
        kind = self.calendar(e, d).kind(date)
        part_time = int(self.facts.postings.workdays[self.facts.posting[e, d]])
        return DayKind.NONE if kind == DayKind.WORK and not part_time >> date.weekday() & 1 else kind

    def condition(self, name: str, above: list[int], date: dt.date) -> str | None:
        """Value of a condition: the narrowest unit that has one says it."""
        for unit in [*above, None]:
            for entry in self.facts.conditions.get(name, ()):
                here = entry.units is None if unit is None else entry.units is not None and unit in entry.units
                if here and entry.first <= date <= entry.last:
                    return entry.value
        return None
