"""The tables of an instance as rows, made of its facts: what a file would say for them to be read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import WEEKDAYS
from giliran.domain.facts import NO_TEAM, THOUSANDTHS, Cells, Coded, Facts
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import SEPARATOR, TEAM_SIGN
from giliran.domain.units import NO_UNIT
from giliran.instance.days import EVERY_WEEKDAY
from giliran.instance.employment import write_employment

Row = dict[str, Any]

_ONE = dt.timedelta(days=1)


def unit_rows(facts: Facts, default_calendar: str) -> list[Row]:
    """Every unit; what it has from above is left out."""
    units, rows = facts.units, []
    for unit in map(units.__getitem__, range(len(units))):
        above = units[unit.parent] if unit.parent != NO_UNIT else None
        row: Row = {"id": unit.id, "name": unit.name, "level": unit.level, "parent": above.id if above else ""}
        row["sector"] = sorted(unit.sectors) if above is None or unit.sectors != above.sectors else []
        row["tags"] = sorted(unit.tags - (above.tags if above else frozenset()))
        row["calendar"] = unit.calendar if unit.calendar != (above.calendar if above else default_calendar) else ""
        rows.append(_filled(row))
    return rows


class PeopleRows:
    """Rows of the tables about people.

    Parameters
    ----------
    facts
        What they are made of.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._days = [day.isoformat() for day in facts.dates]
        self._ids = facts.staff.ids

    def staff(self) -> list[Row]:
        """Everybody as on the first day."""
        facts, staff, now = self._facts, self._facts.staff, self._facts.posting[:, 0].tolist()
        hired, left, employed = self._employment()
        home, office = self._marked(facts.home_only), self._marked(facts.office_only)
        return [
            _filled(
                {
                    "id": staff.ids[e],
                    "nip": staff.nips[e],
                    "name": staff.names[e],
                    "position": staff.positions[e],
                    "grade": staff.grades[e],
                    "phone": staff.phones[e],
                    "born": staff.born[e],
                    **self._posting(now[e]),
                    "hired": hired[e],
                    "left": left[e],
                    "employed": employed[e],
                    "home_only": home[e],
                    "office_only": office[e],
                }
            )
            for e in range(len(staff))
        ]

    def changes(self) -> list[Row]:
        """What changes about people inside the horizon, with the day on which it does."""
        facts, rows = self._facts, []
        for e, d in np.argwhere(facts.posting[:, 1:] != facts.posting[:, :-1]).tolist():
            before, after = (self._posting(int(facts.posting[e, k])) for k in (d, d + 1))
            changed = {name: value for name, value in after.items() if value != before[name]}
            if "head" in changed:
                changed["head"] = "yes" if after["head"] else "no"
            if "workdays" in changed:
                changed["workdays"] = after["workdays"] or [*WEEKDAYS]
            rows.append(_filled({"staff_id": self._ids[e], "from": self._days[d + 1], **changed}))
        return rows

    def absences(self) -> list[Row]:
        """Spans of days for one reason."""
        facts, rows = self._facts, []
        for e in np.flatnonzero(facts.absent.any(axis=1)).tolist():
            working = np.flatnonzero(facts.has_cell[e]).tolist()
            codes = [int(facts.reason[e, d]) if facts.absent[e, d] else -1 for d in working]
            bounds = [0, *(k + 1 for k, (one, other) in enumerate(pairwise(codes)) if one != other), len(codes)]
            for first, last in pairwise(bounds):
                if codes[first] >= 0:
                    days = {"from": self._days[working[first]], "to": self._days[working[last - 1]]}
                    rows.append({"staff_id": self._ids[e], **days, "reason": facts.absence_reasons[codes[first]]})
        return rows

    def wishes(self) -> list[Row]:
        """A row per person and day."""
        wishes = self._facts.wishes
        columns = (wishes.person.tolist(), wishes.day.tolist(), wishes.place.tolist(), wishes.weight.tolist())
        return [
            {"staff_id": self._ids[e], "date": self._days[d], "place": Place(place).word, "weight": weight}
            for e, d, place, weight in zip(*columns, strict=True)
        ]

    def pins(self) -> list[Row]:
        """Every pinned cell, with the duties that the person is named for there."""
        facts, rows = self._facts, []
        named = facts.pinned != Place.NONE
        for cells in facts.pinned_duty.values():
            named = named | cells
        for e, d in np.argwhere(named).tolist():
            place = Place(int(facts.pinned[e, d]))
            duty = SEPARATOR.join(rule for rule, cells in facts.pinned_duty.items() if cells[e, d])
            said = "" if place is Place.NONE else place.word
            reason = facts.pin_reasons.get((e, d), "")
            rows.append(_filled({"staff_id": self._ids[e], "date": self._days[d], "place": said, "duty": duty, "reason": reason}))
        return rows

    def ledger(self) -> list[Row]:
        """Balances of every account, each brought forward in one row."""
        rows = []
        for name, account in self._facts.ledger.items():
            used = np.flatnonzero((account.balance != 0) | (account.last_called != 0)).tolist()
            for e in used or [0]:
                last = int(account.last_called[e])
                row = {"staff_id": self._ids[e], "account": name, "balance": _decimal(int(account.balance[e]))}
                rows.append(_filled({**row, "last_called": dt.date.fromordinal(last).isoformat() if last else ""}))
        return rows

    def published(self) -> list[Row]:
        """The published plan, with what was published before the horizon.

        Names for duty and teams of people whose published places are none of their days' stand on days with such a place, too.
        """
        facts, rows = self._facts, []
        for e, p in np.argwhere(facts.past != Place.NONE).tolist():
            day = facts.past_dates[p].isoformat()
            rows.append({"staff_id": self._ids[e], "date": day, "place": Place(int(facts.past[e, p])).word})
        said = (facts.published != Place.NONE) | np.logical_or.reduce(
            [*facts.published_duty.values(), np.zeros(facts.shape, dtype=np.bool_)]
        )
        for team in facts.published_team.values():
            said[(team != NO_TEAM) & ~said.any(axis=1), 0] = True
        unfit = np.where(facts.kind == DayKind.WORK, np.int8(Place.OFF), np.int8(Place.HOME))
        place = np.where(facts.published == Place.NONE, unfit, facts.published)
        for e, d in np.argwhere(said).tolist():
            duty = SEPARATOR.join(rule for rule, cells in facts.published_duty.items() if cells[e, d])
            teams = SEPARATOR.join(f"{rule}{TEAM_SIGN}{team[e]}" for rule, team in facts.published_team.items() if team[e] != NO_TEAM)
            row = {"staff_id": self._ids[e], "date": self._days[d], "place": Place(int(place[e, d])).word}
            rows.append(_filled({**row, "duty": duty, "team": teams}))
        return rows

    def _posting(self, row: int) -> Row:
        """What a posting says of a person."""
        facts, posted = self._facts, self._facts.postings
        unit, also = int(posted.unit[row]), int(posted.also[row])
        calendar, days = _word(posted.calendar, row), int(posted.workdays[row])
        return {
            "unit": facts.units[unit].id,
            "also": facts.units[also].id if also != NO_UNIT else "",
            **{name: _word(getattr(posted, name), row) for name in ("rank", "status", "function", "team")},
            "head": "yes" if posted.head[row] else "",
            "calendar": calendar if calendar != facts.units[unit].calendar else "",
            "tags": sorted(posted.tags[row]),
            "workdays": [] if days == EVERY_WEEKDAY else [word for k, word in enumerate(WEEKDAYS) if days >> k & 1],
        }

    def _employment(self) -> tuple[list[str], list[str], list[str]]:
        """First and last days of employment of everybody, empty where these are not inside the horizon; spans of whoever returns."""
        facts, lost = self._facts, self._lost()
        hired, left, employed = [""] * facts.num_people, [""] * facts.num_people, [""] * facts.num_people
        for e in np.flatnonzero(lost.any(axis=1)).tolist():
            there, gone = np.flatnonzero(facts.has_cell[e]), np.flatnonzero(lost[e])
            if not len(there):
                hired[e] = (facts.dates[-1] + _ONE).isoformat()
            elif ((gone > there[0]) & (gone < there[-1])).any():
                employed[e] = self._spans(there, gone)
            else:
                hired[e] = self._days[int(there[0])] if gone[0] < there[0] else ""
                left[e] = self._days[int(there[-1])] if gone[-1] > there[-1] else ""
        return hired, left, employed

    def _lost(self) -> Cells:
        """Days that somebody would work if employed : bool[E, D]."""
        facts, posted = self._facts, self._facts.postings
        usual = np.array([facts.calendars[name].kinds(facts.dates) for name in posted.calendar.words], dtype=np.int8)
        usual = usual.reshape(-1, facts.num_days)[posted.calendar.code[facts.posting], np.arange(facts.num_days)]
        weekday = np.array([day.weekday() for day in facts.dates], dtype=np.int64)
        rests = (usual == DayKind.WORK) & ((posted.workdays[facts.posting].astype(np.int64) >> weekday) & 1 == 0)
        return np.asarray((usual != DayKind.NONE) & ~rests & ~facts.has_cell)

    def _spans(self, there: NDArray[np.int64], gone: NDArray[np.int64]) -> str:
        """Spans of employment of somebody who is there on some days and gone on others, open at the ends of the horizon."""
        days = np.union1d(there, gone)
        runs = [list(run) for is_there, run in groupby(days.tolist(), set(there.tolist()).__contains__) if is_there]
        dates = self._facts.dates
        bounds = [
            (dt.date.min if run[0] == days[0] else dates[run[0]], dt.date.max if run[-1] == days[-1] else dates[run[-1]]) for run in runs
        ]
        return write_employment(bounds)

    def _marked(self, cells: NDArray[np.bool_]) -> list[str]:
        """Days of everybody on which something holds, as a cell writes them."""
        found = [""] * self._facts.num_people
        for e in np.flatnonzero(cells.any(axis=1)).tolist():
            whole = bool((cells[e] == self._facts.has_cell[e]).all())
            found[e] = "yes" if whole else SEPARATOR.join(self._days[d] for d in np.flatnonzero(cells[e]).tolist())
        return found


def table_rows(facts: Facts) -> Iterator[tuple[str, Callable[[], Sequence[Row]]]]:
    """Sections of tables about people, and what makes their rows."""
    people = PeopleRows(facts)
    for section in ("staff", "changes", "absences", "wishes", "ledger", "pins"):
        yield section, getattr(people, section)


def _filled(row: Row) -> Row:
    """A row without what is empty."""
    return {name: value for name, value in row.items() if value not in ("", [])}


def _word(column: Coded, row: int) -> str:
    code = int(column.code[row])
    return column.words[code] if code >= 0 else ""


def _decimal(thousandths: int) -> str:
    whole, rest = divmod(abs(thousandths), THOUSANDTHS)
    return ("-" if thousandths < 0 else "") + f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
