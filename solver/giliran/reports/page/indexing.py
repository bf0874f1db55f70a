"""Where things of an instance stand on a page: days, people, units and rules by their numbers there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import week_of
from giliran.domain.units import NO_UNIT
from giliran.messages import Lang, render_date, shown
from giliran.reports.days import resting_days
from giliran.reports.page.data import NOBODY, DayRecord, RuleRecord, UnitRecord
from giliran.reports.piket import duty_called
from giliran.reports.plan import units_with_people
from giliran.reports.report import UNDER, Report
from giliran.reports.words import short_date, weekday_word

T = TypeVar("T")


class Numbers(Generic[T]):
    """Numbers that are given out as things are asked for, in that order."""

    def __init__(self) -> None:
        self.found: dict[T, int] = {}

    def of(self, thing: T) -> int:
        """The number of a thing, always the same one."""
        return self.found.setdefault(thing, len(self.found))


class Index:
    """What a page shows of a report, and the number of each thing there.

    Parameters
    ----------
    report, lang
        The report, and the language of texts.
    """

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report, self.lang = report, lang
        self.rules = Numbers[tuple[str, str]]()
        self.sums, self.positions = Numbers[str](), Numbers[str]()

    @cached_property
    def holidays(self) -> NDArray[np.bool_]:
        """Days on which a calendar in use has a holiday : bool[D]."""
        return np.asarray(resting_days(self.report))

    @cached_property
    def days(self) -> list[int]:
        """Days that have columns: those on which somebody works, and holidays."""
        facts, scope = self.report.facts, self.report.scope
        working = (facts.has_cell & scope.people[:, None]).any(axis=0)
        return np.flatnonzero((working | self.holidays) & scope.days).tolist()

    @cached_property
    def people(self) -> list[int]:
        """People who have rows, as the page has them."""
        return [int(e) for _, members in self._members for e in members.tolist()]

    @cached_property
    def unit_of(self) -> list[int]:
        """The unit of each row, by its number on the page."""
        return [self.unit(unit) for unit, members in self._members for _ in members.tolist()]

    @cached_property
    def _members(self) -> list[tuple[int, NDArray[np.int64]]]:
        return units_with_people(self.report)

    @cached_property
    def _units(self) -> list[int]:
        """Units with people at or below them, each before those below it, which follow it at once."""
        tree, above = self.report.facts.units, set[int]()
        for unit, _ in self._members:
            if unit != NO_UNIT:
                above.update(tree.path(unit))
        return sorted(above, key=lambda unit: tree.path(unit)[::-1])

    @cached_property
    def _row(self) -> dict[int, int]:
        return {e: row for row, e in enumerate(self.people)}

    @cached_property
    def _column(self) -> dict[int, int]:
        return {d: column for column, d in enumerate(self.days)}

    @cached_property
    def _number_of_unit(self) -> dict[int, int]:
        return {unit: number for number, unit in enumerate(self._units)}

    def row(self, person: int) -> int:
        """The row of a person; `NOBODY` of one who has none."""
        return self._row.get(person, NOBODY)

    def rows(self, people: Iterable[int]) -> tuple[int, ...]:
        """The rows of those people who have one."""
        return tuple(self._row[e] for e in people if e in self._row)

    def day(self, day: int) -> int:
        """The number of a day; `NOBODY` of one without a column."""
        return self._column.get(day, NOBODY)

    def columns(self, days: Iterable[int]) -> tuple[int, ...]:
        """The numbers of those days that have a column."""
        return tuple(self._column[d] for d in days if d in self._column)

    def unit(self, unit: int) -> int:
        """The number of a unit; `NOBODY` of none, and of one without people here."""
        return self._number_of_unit.get(unit, NOBODY)

    def rule(self, rule: str, row: str | None) -> int:
        """The number of a rule."""
        return self.rules.of((rule, self.report.rule_name(rule, row).text(self.lang)))

    def duty(self, rule: str) -> int:
        """The number of a rule that names people, by what the letter calls it."""
        return self.rules.of((rule, duty_called(self.report.view, rule)))

    def rule_of(self, rule: str) -> int:
        """The number of a rule or goal of the instance."""
        return self.rule(rule, self.report.view.by_id[rule].source.row)

    def told_rules(self) -> tuple[RuleRecord, ...]:
        """The rules of the page; of a secret one it is not said what it asks for."""
        view = self.report.view
        known = {rule: view.by_id[rule] for rule, _ in self.rules.found if rule in view.by_id}
        says = {rule: found.describe(view).text(self.lang) for rule, found in known.items() if not found.secret}
        return tuple(RuleRecord(shown(rule), label, says.get(rule, "")) for rule, label in self.rules.found)

    def told_days(self) -> tuple[DayRecord, ...]:
        """The days of the page."""
        found, weeks = [], Numbers[tuple[int, int]]()
        for d in self.days:
            day = self.report.facts.dates[d]
            holiday = bool(self.holidays[d])
            short, long = short_date(day, self.lang), render_date(day, self.lang)
            found.append(DayRecord(day.isoformat(), weekday_word(day, self.lang), short, long, weeks.of(week_of(day)), holiday))
        return tuple(found)

    def told_units(self) -> tuple[UnitRecord, ...]:
        """The units of the page."""
        tree, found = self.report.facts.units, []
        for unit in self._units:
            above = tree.path(unit)[1:]
            path = UNDER.join(self.report.unit_path(unit))
            parent = self.unit(above[0]) if above else NOBODY
            found.append(UnitRecord(shown(tree.names[unit]), path, parent, len(above)))
        return tuple(found)
