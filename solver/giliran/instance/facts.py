"""The facts of an instance, section after section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar, date_range
from giliran.domain.facts import Cells, Facts, Staff
from giliran.domain.place import DayKind
from giliran.domain.units import Units
from giliran.errors import InputError, Problems, Where
from giliran.instance.absences import build_absences
from giliran.instance.calendars import build_calendars, default_calendar
from giliran.instance.conditions_and_meetings import Events
from giliran.instance.formulas import formulas
from giliran.instance.ledger import Counting, LedgerReader
from giliran.instance.named_files import NamedFiles
from giliran.instance.published import History
from giliran.instance.published_book import Sheets, rows_of_sheets
from giliran.instance.reading import Read, table_at
from giliran.instance.records import BalancesRecord, Horizon, InstanceRecord
from giliran.instance.staff import People, PeopleReader
from giliran.instance.unit_tree import UnitTree
from giliran.instance.wishes_and_pins import Asking
from giliran.lists.workbooks import is_workbook
from giliran.messages import Said, Sentence, plain
from giliran.rules.toolkit.personal import names_text
from giliran.text import Table
from giliran.text.model_errors import Locate

TABLES = ("units", "staff", "changes", "absences", "wishes", "ledger", "pins")
"""Sections that are tables, whose rows may be many."""

ROWS_OF = {"published": "rows"}
"""Sections that hold such a table beside other keys, and the key of its rows."""

_NO_UNITS = Sentence(
    en="there are no units: neither declared, nor named in the staff table",
    id="tidak ada unit kerja: tidak ditulis pada `units` dan tidak disebut dalam tabel pegawai",
)
_NO_OPD = Sentence(
    en="no OPD is given for {count} {count:person|people} ({people}) in a list that names one for others; they stand under one of their "
    "own, {title}",
    id="OPD tidak diisi bagi {count} pegawai ({people}), padahal bagi pegawai lain diisi; mereka ditempatkan pada OPD tersendiri, {title}",
)
_AGENCIES = Sentence(
    en="the units of this list seem to be agencies ({count}, such as {units}), but no OPD is given, so all are one, {title}; if they are "
    "several, fill the column opd",
    id="unit kerja dalam daftar ini tampaknya perangkat daerah ({count}, misalnya {units}), tetapi OPD tidak diisi, jadi semuanya "
    "dianggap satu, "
    "{title}; jika beberapa, isi kolom opd",
)
MOST_AGENCIES = 3
"""Agencies named in a note; the others are only counted."""
_BOTH_SIDES = Sentence(en="{person} is home-only and office-only on {day}", id="{person} ditandai hanya WFH dan juga hanya WFO pada {day}")


@dataclass(frozen=True)
class Tables:
    """The tables of an instance, each None where it is not given or cannot be read (`unreadable`)."""

    units: Table | None
    staff: Table | None
    changes: Table | None
    absences: Table | None
    wishes: Table | None
    ledger: Table | None
    pins: Table | None
    published: Table | Sheets | None
    unreadable: frozenset[str] = frozenset()


ANY_WEEK = Horizon(start=dt.date(2021, 7, 12), end=dt.date(2021, 7, 18))
"""Days with which what hangs on none is checked."""


def read_tables(record: InstanceRecord, locate: Locate, files: NamedFiles, problems: Problems) -> Tables:
    """Every table, inline or from its file; those that cannot be read are told and count as not given."""
    published = record.published
    plan = None if published is None else published.rows if published.rows is not None else {"file": published.file}

    def inside_published(path: tuple[str | int, ...]) -> Where:
        return locate(("published", *path[1:]) if path[1:] == ("file",) else ("published", "rows", *path[1:]))

    readers: dict[str, Read] = {"staff": partial(files.staff, declared=record.units is not None)}
    tables = {name: table_at(getattr(record, name), name, locate, readers.get(name, files.table), problems) for name in TABLES}
    unreadable = frozenset(name for name in TABLES if tables[name] is None and getattr(record, name) is not None)
    before: Table | Sheets | None
    if isinstance(plan, Mapping) and is_workbook(str(plan.get("file"))):
        before = _sheets_of(str(plan["file"]), inside_published(("published.rows", "file")), files, problems)
    else:
        before = table_at(plan, "published.rows", inside_published, files.table, problems)
    return Tables(**tables, published=before, unreadable=unreadable)


def _sheets_of(name: str, where: Where, files: NamedFiles, problems: Problems) -> Table | Sheets | None:
    """The sheets of a published plan; None where they cannot be read, which is told."""
    try:
        return files.published(name, where)
    except InputError as error:
        problems.extend(error.problems)
        return None


def build_facts(
    record: InstanceRecord, horizon: Horizon, tables: Tables, locate: Locate, problems: Problems
) -> tuple[Facts, list[Said]] | None:
    """Facts and what must be told about them; None where the staff cannot be read at all.

    Problems go to `problems`; what is wrong is left out or replaced, so that the rest can be checked in the same run.
    """
    dates, calendars, notes, tree, reader, units = _read(record, horizon, tables, locate, problems)
    if not len(units):
        if len(reader):
            problems.add(locate(("units",)), _NO_UNITS())
        return None
    people = reader.build(units)
    kind = _kinds(people, calendars, dates)
    has_cell = np.asarray(kind != DayKind.NONE)
    staff = people.staff
    absent, reason, reasons, away_notes = build_absences(tables.absences, staff, dates, has_cell, problems)
    _check_sides(people, has_cell, dates, problems)
    asked, asked_notes = _asked(tables, staff, dates, kind, problems)
    before, before_notes = _before(tables, record.published.frozen_to if record.published else None, staff, dates, kind, absent, problems)
    ledger = LedgerReader(staff, units, _counting(record.balances, people, units, horizon), problems)
    events = Events(units, staff, dates, locate, problems)
    facts = Facts(
        title=record.title,
        dates=dates,
        calendars=calendars,
        units=units,
        staff=staff,
        postings=people.postings,
        posting=people.posting,
        kind=kind,
        absent=absent,
        reason=reason,
        absence_reasons=reasons,
        home_only=people.home_only & has_cell,
        office_only=people.office_only & has_cell,
        conditions=events.conditions(record.conditions),
        meetings=events.meetings(record.meetings),
        reasons=dict(record.reasons),
        **_changing(record),
        ledger=ledger.accounts(tables.ledger),
        **asked,
        **before,
    )
    notes[:0] = [note for name in TABLES for note in _notes_of(getattr(tables, name))]
    return facts, [*notes, *formulas(staff, units), *_without_opd(tree, facts), *away_notes, *asked_notes, *before_notes, *ledger.notes]


def check_without_days(record: InstanceRecord, tables: Tables, locate: Locate, problems: Problems) -> None:
    """What is wrong with units, staff and absences whatever the days are: for a horizon that cannot be read."""
    dates, calendars, _, _, reader, units = _read(record, ANY_WEEK, tables, locate, problems)
    if len(units):
        people = reader.build(units)
        build_absences(tables.absences, people.staff, dates, _kinds(people, calendars, dates) != DayKind.NONE, problems)


def _read(
    record: InstanceRecord, horizon: Horizon, tables: Tables, locate: Locate, problems: Problems
) -> tuple[tuple[dt.date, ...], dict[str, Calendar], list[Said], UnitTree, PeopleReader, Units]:
    """Days, calendars and what must be told about them, units, and the reader of people."""
    dates = date_range(horizon.start, horizon.end)
    calendars, notes = build_calendars(record.calendars, horizon.start, horizon.end, locate, problems)
    tree = UnitTree(tables.units, calendars, problems)
    reader = PeopleReader(tables.staff, tables.changes, tree, calendars, dates, record.title, locate(("staff",)), problems)
    return dates, calendars, notes, tree, reader, tree.build(default_calendar(record.calendars))


def _notes_of(table: Table | Sheets | None) -> Sequence[Said]:
    """What must be told about a table."""
    return () if table is None else table.notes


def _without_opd(tree: UnitTree, facts: Facts) -> list[Said]:
    """Who stands without an OPD in a staff table that names one for others, or names several agencies as units of no OPD."""
    told = []
    if tree.mixed:
        rows, root = facts.postings, facts.units.index[tree.title_opd]
        people = np.unique(rows.person[facts.units.subtree([root])[rows.unit]]).tolist()
        told.append(_NO_OPD(count=len(people), people=names_text(facts, people), title=facts.units[root].name))
    if len(tree.agencies) > 1:
        shown = list(tree.agencies[:MOST_AGENCIES])
        told.append(_AGENCIES(count=len(tree.agencies), units=shown, title=facts.units[facts.units.index[tree.title_opd]].name))
    return told


def _asked(
    tables: Tables, staff: Staff, dates: Sequence[dt.date], kind: NDArray[np.int8], problems: Problems
) -> tuple[dict[str, Any], list[Said]]:
    """Wishes and pins, as fields of facts."""
    asking = Asking(staff, dates, kind, problems)
    wishes = asking.wishes(tables.wishes)
    pinned, why, named = asking.pins(tables.pins)
    return {"wishes": wishes, "pinned": pinned, "pin_reasons": why, "pinned_duty": named, "pinned_duty_at": asking.duties_at}, asking.notes


def _before(
    tables: Tables,
    frozen_to: dt.date | None,
    staff: Staff,
    dates: Sequence[dt.date],
    kind: NDArray[np.int8],
    absent: Cells,
    problems: Problems,
) -> tuple[dict[str, Any], list[Said]]:
    """The published plan, as fields of facts."""
    history = History(staff, dates, kind, absent, problems)
    table, notes = tables.published, list[Said]()
    if isinstance(table, Sheets):
        table, notes = rows_of_sheets(table, staff, dates, np.asarray((kind != DayKind.NONE) & ~absent), problems)
    plan = history.published(table, frozen_to)
    fields: dict[str, Any] = {"published": plan.place, "frozen": plan.frozen, "past_dates": plan.past_dates, "past": plan.past}
    fields |= {"published_team": plan.team, "published_duty": plan.duty, "frozen_dates": plan.frozen_dates}
    told = _notes_of(tables.published)
    return fields, [*told, *notes, *history.notes]


def _changing(record: InstanceRecord) -> dict[str, Any]:
    """How the published plan may change, as fields of facts."""
    plan = record.published
    if plan is None:
        return {}
    return {"refill": plan.refill, "few_changes": plan.few_changes or plan.keep, "keep": plan.keep, "notice_to": plan.notice_to}


def _counting(balances: BalancesRecord, people: People, units: Units, horizon: Horizon) -> Counting:
    """Which rows of the ledger count."""
    now = people.postings.unit[people.posting[:, 0]].tolist()
    return Counting(
        year=horizon.start.year if balances.reset == "year" else None,
        units=[units[u].id for u in now] if balances.transfer == "reset" else None,
    )


def _kinds(people: People, calendars: dict[str, Calendar], dates: Sequence[dt.date]) -> NDArray[np.int8]:
    """`DayKind` of each cell: the calendar's, less the days on which part-timers rest or nobody is employed : int8[E, D]."""
    postings = people.postings
    by_calendar = np.array([calendars[name].kinds(dates) for name in postings.calendar.words], dtype=np.int8).reshape(-1, len(dates))
    day = np.arange(len(dates))
    kind = by_calendar[postings.calendar.code[people.posting], day]
    weekday = np.array([date.weekday() for date in dates], dtype=np.int64)
    worked = (postings.workdays[people.posting].astype(np.int64) >> weekday) & 1
    rests = (kind == DayKind.WORK) & (worked == 0)
    return np.where(rests | ~people.employed, np.int8(DayKind.NONE), kind).astype(np.int8)


def _check_sides(people: People, has_cell: NDArray[np.bool_], dates: Sequence[dt.date], problems: Problems) -> None:
    both = people.home_only & people.office_only & has_cell
    for e in np.flatnonzero(both.any(axis=1)).tolist():
        where, day = people.wheres(e), dates[int(np.flatnonzero(both[e])[0])]
        if not problems.room(where.file):
            problems.count(where.file, 1)
            continue
        problems.add(where, _BOTH_SIDES(person=plain(people.staff.label(e)), day=day))
