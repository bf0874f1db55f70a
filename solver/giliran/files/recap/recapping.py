"""A month of many agencies from their workbooks and attendance lists: who sent a plan, who is above a limit, planned against realised."""

from __future__ import annotations

import calendar
import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import date_range
from giliran.domain.place import DayKind, Place
from giliran.errors import InputError, Problem, Where
from giliran.files.recap.books import BookLimit, PlanBook, agency_key, holds_recap, read_book
from giliran.files.recap.joining import join
from giliran.files.recap.realised import Realised, read_realised
from giliran.instance import Instance
from giliran.lists.workbooks import is_workbook
from giliran.messages import MONTHS, Sentence, nearest, plain, reason_of
from giliran.reports.recap.model import Agency, AgencyDay, Away, Counts, Missed, Note, Recap, Service
from giliran.text import TextError
from giliran.text.files import is_file, is_folder
from giliran.text.numbers import WHOLE_SHARE
from giliran.text.opened import among, by_marks
from giliran.text.trying import refuse_all

_NO_MONTH = Sentence(en="'{text}' is no month, such as 2026-08", id="'{text}' bukan bulan, misalnya 2026-08")
_MISSING = Sentence(en="there is no such file or folder", id="berkas atau folder ini tidak ada")
_CLOSED = Sentence(en="the folder cannot be read: {reason}", id="folder tidak dapat dibaca: {reason}")
_NO_WORKBOOK = Sentence(en="there is no workbook in this folder", id="tidak ada berkas Excel dalam folder ini")
_TWICE = Sentence(en="this file is named twice", id="berkas ini disebut dua kali")
_UNREAD = Sentence(en="not counted: {problem}", id="tidak dihitung: {problem}")
_UNEXPECTED = Sentence(en="{name} is not in the list of agencies", id="{name} tidak ada dalam daftar OPD")
_PERHAPS = Sentence(
    en="{name} is not in the list of agencies; perhaps {near} is meant", id="{name} tidak ada dalam daftar OPD; mungkin maksudnya {near}"
)
_FEW_DAYS = Sentence(
    en="{name} has a plan for {days} of the {all} working days of the month",
    id="{name} mempunyai jadwal untuk {days} dari {all} hari kerja bulan ini",
)
_NOTHING = Sentence(en="not one of these files holds a plan of {month}", id="tidak satu pun berkas ini memuat jadwal {month}")
_NUMBERED = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month2>[0-9]{1,2})[-/](?P<year2>[0-9]{4})", re.ASCII)
_NAMED = re.compile(r"(?P<name>[^\W\d]+)\s+(?P<year>[0-9]{4})")
_ALIKE = 0.85
"""Likeness of two names of one agency: all of them begin with Dinas or Badan."""
_SIDES = {"office": Place.OFFICE, "home": Place.HOME}
_YEARS = range(2000, 2200)


@dataclass(frozen=True)
class OwnLimit:
    """A limit that holds for every agency: people on a side, at most a share of all who work that day; basis points."""

    side: str
    share: int


def parse_month(text: str) -> dt.date:
    """The first day of a month: `2026-08`, `08/2026`, `Agustus 2026`.

    Raises
    ------
    TextError
        If it is none.
    """
    words = text.strip()
    number, year = 0, 0
    numbered, named = _NUMBERED.fullmatch(words), _NAMED.fullmatch(words)
    if numbered:
        number, year = int(numbered["month"] or numbered["month2"]), int(numbered["year"] or numbered["year2"])
    elif named:
        names = {name.casefold(): k for months in MONTHS.values() for k, name in enumerate(months, start=1)}
        number, year = names.get(named["name"].casefold(), 0), int(named["year"])
    if number not in range(1, 13) or year not in _YEARS:
        raise TextError(_NO_MONTH(text=text))
    return dt.date(year, number, 1)


def named_files(paths: Sequence[Path], targets: Sequence[Path] = ()) -> list[Path]:
    """Files that are named, and workbooks of folders that are, by name.

    What a program keeps beside an open one is left out, and so are targets and other recaps of ours.

    Raises
    ------
    InputError
        With every file that is missing or named twice, and every folder without a workbook.
    """
    found, problems, over = list[Path](), list[Problem](), by_marks(targets)
    for path in paths:
        if not is_folder(path):
            found.append(path)
            problems += [] if is_file(path) else [Problem(Where(str(path)), _MISSING())]
            continue
        try:
            inside = sorted(each for each in path.iterdir() if is_workbook(each.name) and not each.name.startswith(("~$", ".")))
        except OSError as error:
            problems.append(Problem(Where(str(path)), _CLOSED(reason=reason_of(error))))
            continue
        inside = [each for each in inside if among(each, over) is None and not holds_recap(each)]
        found += inside
        problems += [] if inside else [Problem(Where(str(path)), _NO_WORKBOOK())]
    seen: dict[str, int] = Counter(os.path.realpath(path) for path in found)
    problems += [Problem(Where(str(path)), _TWICE()) for path in dict.fromkeys(found) if seen[os.path.realpath(path)] > 1]
    refuse_all(problems)
    return found


def recap(
    files: Sequence[Path], month: dt.date, actual: Sequence[Path] = (), expected: Sequence[str] | None = None, limit: OwnLimit | None = None
) -> Recap:
    """A month of the agencies whose plans stand in some workbooks.

    What cannot be read is told and left out, and the rest is added up.

    Parameters
    ----------
    files
        Workbooks of plans, as `giliran solve` and `giliran export` write them.
    month
        Its first day.
    actual
        Attendance lists.
    expected
        Agencies of whom a plan is expected; None where nobody says.
    limit
        A limit for every agency beside those of their plans.

    Raises
    ------
    InputError
        If not one file holds a plan of the month.
    """
    dates = date_range(month, month.replace(day=calendar.monthrange(month.year, month.month)[1]))
    books, notes = _read_all(files)
    plans, told = join(books, dates)
    notes += told
    if not plans:
        problems = [Problem(Where(note.file), note.said) for note in notes]
        raise InputError([*problems, Problem(Where(), _NOTHING(month=plain(f"{month:%Y-%m}")))])
    realised, told = read_realised(plans, dates, actual)
    notes += told
    workdays = _workdays(dates)
    agencies = [_agency(one, dates, limit) for one in realised]
    ordered, told = _ordered([agency for agency in agencies if agency.days], expected)
    notes += [*told, *_few_days(ordered, workdays)]
    return Recap(month, workdays, ordered, notes)


def _read_all(files: Sequence[Path]) -> tuple[list[PlanBook], list[Note]]:
    books, notes = list[PlanBook](), list[Note]()
    for path in files:
        try:
            books.append(read_book(path))
            notes += books[-1].notes
        except InputError as error:
            notes += [Note(str(path), _UNREAD(problem=problem.said)) for problem in error.problems[:1]]
    return books, notes


def _workdays(dates: Sequence[dt.date]) -> list[dt.date]:
    """Working days of an office in Indonesia."""
    facts = Instance.build({"title": "-", "horizon": {"start": dates[0], "end": dates[-1]}, "staff": [{"id": "-"}]}).facts
    return [day for day, kind in zip(facts.dates, facts.kind[0].tolist(), strict=True) if kind == DayKind.WORK]


def _agency(realised: Realised, dates: Sequence[dt.date], limit: OwnLimit | None) -> Agency:
    plan = realised.plan
    working = np.asarray(_at_work(plan.place).any(axis=1))
    people = [person for person, there in zip(plan.people, working.tolist(), strict=True) if there]
    exempt = np.array([bool(person.exempt) for person in plan.people], dtype=np.bool_)
    days = [_day(realised, exempt, d, dates[d]) for d in np.flatnonzero(_at_work(plan.place).any(axis=0)).tolist()]
    missed = [*_missed(realised, dates), *(_own(days, limit) if limit else ())]
    used = [book for k, (book, _) in enumerate(plan.books) if (plan.source == k).any()]
    return Agency(
        plan.name,
        tuple(str(book.path) for book in used),
        max([1, *(book.version for book in used)]),
        Counter(Service.of(person.status) for person in people),
        Counter(person.exempt for person in people if person.exempt),
        days,
        sorted(missed, key=lambda one: (one.day, one.rule, one.group)),
    )


def _day(realised: Realised, exempt: NDArray[np.bool_], d: int, day: dt.date) -> AgencyDay:
    plan, known = realised.plan, realised.known[:, d]
    there = _at_work(plan.place[:, d])
    planned = _counts(plan.place[:, d], there, d, plan.reason)
    if not known.any():
        return AgencyDay(day, int(there.sum()), int((there & exempt).sum()), planned)
    actual = _counts(realised.place[:, d], known, d, realised.reason)
    same = int((known & (plan.place[:, d] == realised.place[:, d])).sum())
    return AgencyDay(day, int(there.sum()), int((there & exempt).sum()), planned, actual, int(known.sum()), same)


def _at_work(place: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Who has a day of work, also one of absence; whoever rests on a call day has none."""
    return np.asarray((place != Place.NONE) & (place != Place.OFF))


def _counts(place: NDArray[np.int8], cells: NDArray[np.bool_], d: int, reason: Mapping[tuple[int, int], str]) -> Counts:
    away = Counter(Away.of(reason.get((e, d), "")) for e in np.flatnonzero(cells & (place == Place.ABSENT)).tolist())
    return Counts(int((cells & (place == Place.OFFICE)).sum()), int((cells & (place == Place.HOME)).sum()), away)


def _missed(realised: Realised, dates: Sequence[dt.date]) -> Iterator[Missed]:
    """Limits of the plan that it does not keep as it is now, or that were not kept in fact."""
    plan, known = realised.plan, realised.known
    seen = set[tuple[str, str, int]]()
    for limit, d, people in plan.limits(dates):
        side = _SIDES.get(limit.side)
        if side is None:
            continue
        if not len(people):
            if limit.missed and (limit.rule, limit.group, d) not in seen:  # units in files of their own each tell it
                seen.add((limit.rule, limit.group, d))
                yield _miss(limit, None, None, in_plan=True, in_fact=False)
            continue
        planned = int((plan.place[people, d] == side).sum())
        actual = int((realised.place[people, d] == side).sum()) if known[people, d].any() else None
        whole = bool(known[people, d].all())
        in_plan = _breaks(limit, planned, whole=True)
        in_fact = actual is not None and _breaks(limit, actual, whole=whole)
        if in_plan or in_fact:
            yield _miss(limit, planned, actual, in_plan=in_plan, in_fact=in_fact)


def _breaks(limit: BookLimit, count: int, *, whole: bool) -> bool:
    """Whether a number of people is too large, or too small where it is known of everybody."""
    return (limit.most is not None and count > limit.most) or (whole and limit.least is not None and count < limit.least)


def _miss(limit: BookLimit, planned: int | None, actual: int | None, *, in_plan: bool, in_fact: bool) -> Missed:
    return Missed(limit.day, limit.rule, limit.group, limit.side, limit.least, limit.most, planned, actual, in_plan, in_fact)


def _own(days: Sequence[AgencyDay], limit: OwnLimit) -> Iterator[Missed]:
    """Days on which an agency is above the limit of whoever adds up."""
    for day in days:
        most = day.people * limit.share // WHOLE_SHARE
        planned, actual = _on(day.planned, limit.side), None if day.actual is None else _on(day.actual, limit.side)
        in_plan, in_fact = planned > most, actual is not None and actual > most
        if in_plan or in_fact:
            yield Missed(day.day, "", "", limit.side, None, most, planned, actual, in_plan, in_fact)


def _on(counts: Counts, side: str) -> int:
    return counts.office if side == "office" else counts.home


def _ordered(agencies: Sequence[Agency], expected: Sequence[str] | None) -> tuple[list[Agency], list[Note]]:
    """Expected agencies in the order of their list, those without a plan among them, then all others by name."""
    if expected is None:
        return sorted(agencies, key=lambda agency: agency.name.casefold()), []
    mine = {agency_key(agency.name): agency for agency in agencies}
    known = {agency_key(name): name for name in expected}
    found = [replace(mine.get(key, Agency(name)), expected=True) for key, name in known.items()]
    others = sorted((agency for key, agency in mine.items() if key not in known), key=lambda agency: agency.name.casefold())
    lacking = [name for key, name in known.items() if key not in mine]
    notes = []
    for agency in others:
        near = nearest(agency.name, lacking, _ALIKE)
        name = plain(agency.name)
        notes.append(Note(", ".join(agency.files), _PERHAPS(name=name, near=plain(near)) if near else _UNEXPECTED(name=name)))
    return [*found, *(replace(agency, expected=False) for agency in others)], notes


def _few_days(agencies: Sequence[Agency], workdays: Sequence[dt.date]) -> Iterator[Note]:
    for agency in agencies:
        days = len({day.day for day in agency.days} & {*workdays})
        if agency.sent and days < len(workdays):
            yield Note("", _FEW_DAYS(name=plain(agency.name), days=days, all=len(workdays)), grave=False)
