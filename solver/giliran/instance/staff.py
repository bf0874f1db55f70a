"""People and their postings: the staff table, and dated changes of unit or rank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Postings, Staff
from giliran.domain.units import Units
from giliran.domain.words import column_called
from giliran.errors import Problem, Problems, Where
from giliran.instance.days import Test, parse_days
from giliran.instance.employment import employed_days
from giliran.instance.postings import RawPostings, read_postings
from giliran.instance.reading import MOST_ALIKE, Rows, Values
from giliran.instance.rows import ChangeRow, StaffRow
from giliran.instance.unit_tree import COLUMN_LEVELS, UnitTree
from giliran.messages import Sentence
from giliran.text import Table, alike, parse_date

Ints = NDArray[np.int64]

_TWICE = Sentence(
    en="the id '{id}' stands twice, first on line {first}; moves and promotions belong in the table `changes`",
    id="id '{id}' tertulis dua kali, pertama pada baris {first}; mutasi dan promosi ditulis dalam tabel `changes`",
)
_NO_NIP = Sentence(
    en="Whoever has no NIP needs another mark of their own there, such as H-01; it is used in every other table too.",
    id="Pegawai tanpa NIP perlu penanda sendiri di kolom itu, misalnya H-01, yang juga dipakai dalam tabel lain.",
)
_MORE_TWICE = Sentence(en="and {count} more {count:id that stands|ids that stand} twice", id="dan {count} id lain yang tertulis dua kali")
_NO_STAFF = Sentence(en="there is nobody in the staff table", id="tabel pegawai kosong")
_NO_DAY = Sentence(en="the day of the change is missing", id="tanggal perubahan belum diisi")
_MORE_WITHOUT_DAY = Sentence(en="and {count} more {count:change|changes} without a day", id="dan {count} perubahan lain tanpa tanggal")
_TWO_CHANGES = Sentence(en="'{id}' has two changes on {day}", id="'{id}' mempunyai dua perubahan pada {day}")


@dataclass(frozen=True)
class People:
    """The staff of an instance.

    Parameters
    ----------
    staff, postings
        Who they are, and what holds of them over ranges of days.
    posting
        Row of `postings` in force : int32[E, D].
    employed
        Days of employment : bool[E, D].
    home_only, office_only
        Cells that may only be at home, or only in the office : bool[E, D].
    wheres
        Place of each person in the file.
    """

    staff: Staff
    postings: Postings
    posting: NDArray[np.int32]
    employed: NDArray[np.bool_]
    home_only: NDArray[np.bool_]
    office_only: NDArray[np.bool_]
    wheres: Callable[[int], Where]


class PeopleReader:
    """Reads the staff table and the changes; units come first, since staff tables may name new ones.

    Parameters
    ----------
    staff, changes
        The tables.
    tree
        Units declared so far.
    calendars, dates
        Calendars by name, and the horizon.
    title
        Name of the only unit where none is named.
    nowhere
        Where a staff table should have been.
    """

    def __init__(
        self,
        staff: Table | None,
        changes: Table | None,
        tree: UnitTree,
        calendars: Mapping[str, Calendar],
        dates: Sequence[dt.date],
        title: str,
        nowhere: Where,
        problems: Problems,
    ) -> None:
        self._nowhere = nowhere
        self._problems, self._calendars, self._dates = problems, calendars, dates
        self._rows = Rows(staff, StaffRow, problems)
        self._ids = self._read_ids()
        self._kept = self._unique()
        lone = tree.lone(title) if not any(self._rows.has(name) for name in ("unit", *COLUMN_LEVELS)) else ""
        self._unit_ids = self._read_units(self._rows, tree, lone)
        self._changes = Rows(changes, ChangeRow, problems, ("staff_id", "from"))
        self._change_units = self._read_units(self._changes, tree, "")
        if not lone:
            tree.gather(title)
        if tree.title_opd and not tree.mixed and not self._rows.has("unit"):
            # Whoever stands in no bidang of the only OPD, such as its head, stands in the OPD itself.
            self._unit_ids = self._unit_ids._replace(known=[id_ or tree.title_opd for id_ in self._unit_ids.known])

    def __len__(self) -> int:
        return len(self._kept)

    def _read_ids(self) -> list[str]:
        if len(self._rows) == 0:
            self._problems.add(self._rows.table.where() if self._rows.table is not None else self._nowhere, _NO_STAFF())
            return []
        if not self._rows.has("id") and self._rows.has("nip"):
            return self._rows.ids("nip", advice=_NO_NIP())
        if not self._rows.has("id") and self._rows.table is not None:
            self._problems.extend(self._rows.table.missing(["id"], column_called))
            return [""] * len(self._rows)
        return self._rows.ids("id")

    def _unique(self) -> Ints:
        """Rows of the table that are people, each id once : int64[E]."""
        if all(self._ids) and len(set(self._ids)) == len(self._ids):
            return np.arange(len(self._ids))
        kept: dict[str, int] = {}
        again, written = 0, self._rows.text("id" if self._rows.has("id") else "nip")
        for row, id_ in enumerate(self._ids):
            if id_ in kept:
                again += 1
                if again <= MOST_ALIKE:
                    first = self._rows.where(kept[id_]).line or list(kept).index(id_) + 1
                    said = alike(written[row], written[kept[id_]], first)
                    self._problems.add(self._rows.where(row, "id"), said or _TWICE(id=id_, first=str(first)))
            elif id_:
                kept[id_] = row
        if again > MOST_ALIKE and self._rows.table is not None:
            self._problems.add(self._rows.table.where(), _MORE_TWICE(count=again - MOST_ALIKE), count=again - MOST_ALIKE)
        return np.array([*kept.values()], dtype=np.int64)

    def _read_units(self, rows: Rows, tree: UnitTree, lone: str) -> Values[str]:
        """Ids of the units that the rows name, empty where they name none."""
        if lone or len(rows) == 0:
            return Values([lone], np.zeros(len(rows), dtype=np.int32))
        texts, number = rows.keys("unit")
        if not any(rows.has(level) for level in COLUMN_LEVELS):
            return Values(texts if tree.declared else [tree.named(unit) if unit else "" for unit in texts], number)
        below = (lambda chain, unit: unit or chain) if tree.declared else tree.inside
        ids = [below(chain, texts[k]) for k, chain in zip(number.tolist(), tree.by_columns(rows), strict=True)]
        return Values(ids, np.arange(len(ids), dtype=np.int32))

    def build(self, units: Units) -> People:
        """Everybody, with what holds of them day by day."""
        rows, kept = self._rows, self._kept
        staff = Staff(
            ids=self._kept_texts(self._ids),
            nips=self._kept_texts(rows.ids("nip", needed=False)),
            names=self._kept_texts(rows.text("name")),
            positions=self._kept_texts(rows.text("position")),
            grades=self._kept_texts(rows.text("grade")),
            phones=self._kept_texts(rows.text("phone")),
            born=self._kept_texts(rows.text("born")),
        )
        base = read_postings(rows, self._unit_ids, units, self._calendars, required=True).taken(kept)
        postings, posting = self._with_changes(base, staff, units)
        return People(
            staff=staff,
            postings=postings,
            posting=posting,
            employed=employed_days(rows, kept, self._dates),
            home_only=self._marked("home_only"),
            office_only=self._marked("office_only"),
            wheres=lambda e: rows.where(int(kept[e])),
        )

    @cached_property
    def _blank(self) -> tuple[str, ...]:
        """What all empty columns share."""
        return ("",) * len(self._kept)

    def _kept_texts(self, column: Sequence[str]) -> tuple[str, ...]:
        if not any(column):
            return self._blank
        return tuple(column) if len(self._kept) == len(column) else tuple([column[row] for row in self._kept.tolist()])

    def _with_changes(self, base: RawPostings, staff: Staff, units: Units) -> tuple[Postings, NDArray[np.int32]]:
        """Postings with one row per person and change, and the one in force each day : int32[E, D]."""
        size, days = len(self._kept), len(self._dates)
        posting = np.repeat(np.arange(size, dtype=np.int32)[:, None], days, axis=1)
        rows = self._changes
        people = rows.people("staff_id", staff.index if len(rows) else {}).tolist()
        dates = self._days_of_changes()
        change = read_postings(rows, self._change_units, units, self._calendars, required=False)
        latest: dict[int, int] = {}
        seen: set[tuple[int, dt.date]] = set()
        changes, before, moved = [], [], []
        for row in sorted((r for r in range(len(rows)) if people[r] >= 0 and dates[r]), key=lambda r: (people[r], dates[r])):
            e, day = people[row], dates[row]
            assert day is not None
            if (e, day) in seen:
                rows.each([row], partial(_two_changes, rows, staff.ids[e], day))
            seen.add((e, day))
            changes.append(row)
            before.append(latest.get(e, e))
            moved.append(e)
            latest[e] = size + len(moved) - 1
            posting[e, max((day - self._dates[0]).days, 0) :] = latest[e]
        person = np.array([*range(size), *moved], dtype=np.int32) if moved else np.arange(size, dtype=np.int32)
        return base.changed(change, changes, before).postings(person, units), posting

    def _days_of_changes(self) -> list[dt.date | None]:
        """The day of every change; None where it cannot be read or is missing, which is told."""
        rows = self._changes
        if rows.has("from") and not (filled := rows.filled("from")).all():
            empty = np.flatnonzero(~filled).tolist()
            for row in empty[:MOST_ALIKE]:
                self._problems.add(rows.where(row, "from"), _NO_DAY())
            if len(empty) > MOST_ALIKE and rows.table is not None:
                self._problems.add(rows.table.where(), _MORE_WITHOUT_DAY(count=len(empty) - MOST_ALIKE), count=len(empty) - MOST_ALIKE)
        return rows.read("from", parse_date, None)

    def _marked(self, name: str) -> NDArray[np.bool_]:
        """Cells that a column of days means : bool[E, D]."""
        nothing: Test | None = None
        tests, number = self._rows.values(name, parse_days, nothing)
        known = np.array([[test is not None and test(day) for day in self._dates] for test in tests], dtype=np.bool_)
        return np.asarray(known.reshape(len(tests), len(self._dates))[number[self._kept]])


def _two_changes(rows: Rows, id_: str, day: dt.date, row: int) -> Problem:
    return Problem(rows.where(row), _TWO_CHANGES(id=id_, day=day))
