"""The plan as an attachment: people by days, weeks on pages of their own, pages that begin with agencies and large divisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from giliran.domain.place import Place
from giliran.domain.units import NO_UNIT
from giliran.messages import Lang, Sentence, is_span, render_date, render_period, render_span
from giliran.reports.codes import key_of, text_of
from giliran.reports.days import day_heading, resting_days, weeks_of
from giliran.reports.paper.measures import fitted, page_for
from giliran.reports.paper.model import Block, Caption, Cell, Column, Grid, Key, Look, NewPage, Page, Row
from giliran.reports.paper.people import STRETCH, person_cells, person_columns, unit_title, units_in_order
from giliran.reports.plan import plan_of, planned
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.summary import holidays
from giliran.reports.table import Mark

_TOTALS = {Place.OFFICE: Sentence(en="Total\nWFO", id="Jml\nWFO"), Place.HOME: Sentence(en="Total\nWFH", id="Jml\nWFH")}
_NOTE = Sentence(en="Note", id="Ket.")
_SUMS = {Place.OFFICE: Sentence(en="SUM WFO", id="JUMLAH WFO"), Place.HOME: Sentence(en="SUM WFH", id="JUMLAH WFH")}
_ALL = {
    Place.OFFICE: Sentence(en="SUM WFO OF EVERYBODY", id="JUMLAH WFO SELURUHNYA"),
    Place.HOME: Sentence(en="SUM WFH OF EVERYBODY", id="JUMLAH WFH SELURUHNYA"),
}
_OPEN = Sentence(en="not planned", id="belum terjadwal")
_WEEK = Sentence(en="Week {number}: {days}", id="Minggu ke-{number}: {days}")
_KEY = Sentence(en="Key:", id="Keterangan:")

LARGE = 40
"""People of a division that begins a page of its own; smaller ones follow each other."""
_DAY, _LONG_DAY, _TOTAL, _REMARK = 10.5, 13.0, 9.0, 13.0
"""Least widths of columns, that of days where codes are long: five days fit on an upright page."""
_DAY_STRETCH = 1
_SHORT_CODE = 5
_SHADES = {
    Place.OFFICE: Look.OFFICE,
    Place.HOME: Look.HOME,
    Place.ABSENT: Look.AWAY,
    Place.OFF: Look.REST,
    Place.NONE: Look.OPEN,
}


@dataclass(frozen=True)
class _Person:
    """A person who is printed: index, number, and marks by day."""

    e: int
    number: int
    marks: dict[dt.date, Mark]


@dataclass(frozen=True)
class _Unit:
    """A unit that is printed, and its people."""

    unit: int
    people: tuple[_Person, ...]


@dataclass(frozen=True)
class Plan:
    """What is printed of a plan.

    Parameters
    ----------
    page
        The page that its widest table fits on.
    blocks
        Key and tables.
    period, holidays
        Its days in words, and the holidays among them, nothing where there are none.
    """

    page: Page
    blocks: tuple[Block, ...]
    period: str
    holidays: str


def plan_part(report: Report, style: PlanStyle) -> Plan | None:
    """The tables of the plan; None where nobody is planned."""
    units = _units(report) if planned(report) else []
    days, resting = _days(report)
    if not units or not days:
        return None
    weeks = weeks_of(days)
    texts = {text_of(mark, style.lang, reasons=style.reasons) for unit in units for one in unit.people for mark in one.marks.values()}
    width = _LONG_DAY if any(len(text) > _SHORT_CODE for text in texts) else _DAY
    columns, page = _columns(weeks, width, style)
    blocks: list[Block] = [key_to((mark for unit in units for one in unit.people for mark in one.marks.values()), style)]
    for k, week in enumerate(weeks):
        if k:
            blocks.append(NewPage())
        if len(weeks) > 1:
            blocks.append(Caption(_WEEK(number=k + 1, days=period_text(week, style.lang)).text(style.lang)))
        groups = [*_pages(report, units)]
        for j, group in enumerate(groups):
            heads = (*columns[:4], *(Column(day_heading(day, style.lang), width, centred=True) for day in week), *columns[-3:])
            fit = fitted(heads, (*STRETCH, *[_DAY_STRETCH] * len(week), 0, 0, 1), page.room)
            blocks += [NewPage()] if j else []
            rows = [*_rows(report, group, week, resting, style)]
            if 0 < j == len(groups) - 1:
                rows += _sums(units, week, resting, style, _ALL)
            blocks.append(Grid(fit, tuple(rows)))
    rest = holidays(report.facts) if resting else None
    return Plan(page, tuple(blocks), period_text(days, style.lang), rest.text(style.lang) if rest else "")


def period_text(days: Sequence[dt.date], lang: Lang) -> str:
    """Some days in words: "Senin–Jumat, 3–7 Agustus 2026"."""
    if len(days) == 1:
        return render_date(days[0], lang)
    return render_span(days, lang) if is_span(days) else render_period(days[0], days[-1], lang)


def _units(report: Report) -> list[_Unit]:
    """Units in their order, people numbered through."""
    found, number = [], 0
    for unit, members in units_in_order(report):
        rows = plan_of(report, unit, members).rows
        printed = tuple(_Person(row.person, number + k, dict(row.marks)) for k, row in enumerate(rows, start=1))
        number += len(rows)
        found.append(_Unit(unit, printed))
    return found


def _days(report: Report) -> tuple[list[dt.date], frozenset[dt.date]]:
    """Days that have columns, and those of them that are holidays of everybody."""
    facts, scope = report.facts, report.scope
    working = (facts.has_cell & scope.people[:, None]).any(axis=0) & scope.days
    resting = resting_days(report) & scope.days & ~working
    days = [facts.dates[d] for d in np.flatnonzero(working | resting).tolist()]
    return days, frozenset(facts.dates[d] for d in np.flatnonzero(resting).tolist())


def _columns(weeks: Sequence[Sequence[dt.date]], width: float, style: PlanStyle) -> tuple[tuple[Column, ...], Page]:
    """The columns besides those of days, and the page on which the widest table finds room."""
    around = (
        *person_columns(style.lang),
        *(Column(head().text(style.lang), _TOTAL, centred=True) for head in _TOTALS.values()),
        Column(_NOTE().text(style.lang), _REMARK),
    )
    return around, page_for(style.paper, sum(column.width for column in around) + width * max(map(len, weeks)))


def _pages(report: Report, units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Units that share pages: those of an agency, parted before and after a large division."""
    divisions: dict[tuple[int, ...], int] = {}
    for unit in units:
        divisions[_division(report, unit)] = divisions.get(_division(report, unit), 0) + len(unit.people)
    before: tuple[int, ...] | None = None
    found: list[_Unit] = []
    for unit in units:
        at = _division(report, unit)
        if before is not None and at != before and _parted(before, at, divisions):
            yield found
            found = []
        found.append(unit)
        before = at
    yield found


def _division(report: Report, unit: _Unit) -> tuple[int, ...]:
    """The agency and its division that a unit belongs to, the highest first."""
    return () if unit.unit == NO_UNIT else report.facts.units.path(unit.unit)[::-1][:2]


def _parted(before: tuple[int, ...], at: tuple[int, ...], sizes: dict[tuple[int, ...], int]) -> bool:
    """Whether a page begins between two divisions; the head of an agency stands with its first one."""
    if before[:1] != at[:1]:
        return True
    return len(before) > 1 and max(sizes[before], sizes[at]) >= LARGE


def _rows(report: Report, units: Sequence[_Unit], days: Sequence[dt.date], resting: frozenset[dt.date], style: PlanStyle) -> Iterator[Row]:
    width = len(STRETCH) + len(days) + len(_TOTALS) + 1
    roots = {_division(report, unit)[:1] for unit in units}
    for unit in units:
        title = unit_title(report, unit.unit, style.lang, below=1 if len(roots) == 1 else 0)
        yield Row((Cell(title, Look.BAND, bold=True, columns=width),), begins=True)
        for person in unit.people:
            yield _person(report, person, days, resting, style)
    yield from _sums(units, days, resting, style, _SUMS)


def _sums(
    units: Sequence[_Unit],
    days: Sequence[dt.date],
    resting: frozenset[dt.date],
    style: PlanStyle,
    words: Mapping[Place, Sentence],
) -> Iterator[Row]:
    """Rows that count who is in the office and at home."""
    marks = [[one.marks.get(day) for unit in units for one in unit.people] for day in days]
    for place, said in words.items():
        counts = [sum(mark is not None and mark.place is place for mark in of_day) for of_day in marks]
        texts = [str(count) if day not in resting else "" for count, day in zip(counts, days, strict=True)]
        first = Cell(said().text(style.lang), Look.BAND, bold=True, columns=len(STRETCH))
        totals = (str(sum(counts)) if place is each else "" for each in _TOTALS)
        cells = (Cell(text, Look.COUNT, bold=True) for text in (*texts, *totals))
        yield Row((first, *cells, Cell("")), sums=True)


def _person(report: Report, person: _Person, days: Sequence[dt.date], resting: frozenset[dt.date], style: PlanStyle) -> Row:
    marks = [person.marks.get(day) for day in days]
    there = [mark for mark in marks if mark is not None]
    totals = (Cell(str(sum(mark.place is place for mark in there)), Look.COUNT) for place in _TOTALS)
    note = _OPEN().text(style.lang) if any(mark.place is Place.NONE for mark in there) else ""
    cells = (_cell(mark, day in resting, style) for mark, day in zip(marks, days, strict=True))
    return Row((*person_cells(report, person.e, person.number), *cells, *totals, Cell(note)))


def _cell(mark: Mark | None, holiday: bool, style: PlanStyle) -> Cell:
    if mark is None:
        return Cell("", Look.HOLIDAY if holiday else Look.REST)
    return Cell(text_of(mark, style.lang, reasons=style.reasons), _SHADES[mark.place], bold=bool(mark.duty))


def key_to(marks: Iterable[Mark], style: PlanStyle) -> Key:
    """What the codes of some marks mean."""
    seen: dict[tuple[str, bool], Mark] = {}
    for mark in marks:
        code = text_of(Mark(mark.place, (), mark.reason), style.lang, reasons=style.reasons), False
        if code not in seen or (mark.duty and not seen[code].duty):
            seen[code] = mark
    lines = key_of(seen, style.lang, holidays=False, free=False)
    looks = {code: _SHADES[mark.place] for (code, _), mark in seen.items()}
    return Key(_KEY().text(style.lang), tuple((line.code, looks.get(line.code, Look.OFFICE), line.word) for line in lines))
