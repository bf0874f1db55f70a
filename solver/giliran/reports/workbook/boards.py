"""What whoever adds up the plans of many agencies needs of one: its people, and whom each limit counts. For programs.

Names of columns are the same in every language. Limits name people by their rows below the heading of the other sheet, "1:12,14", so that
they can be counted again where the plan was edited, and where people really were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import DayKind
from giliran.domain.selection import Selector
from giliran.domain.units import NO_UNIT
from giliran.lists.grid import Grid
from giliran.messages import Lang, Sentence
from giliran.reports.headcounts import broken_places
from giliran.reports.report import Report
from giliran.reports.workbook.sheets import Book, write_rows
from giliran.rules.answers import Limit, Sense, Side
from giliran.rules.toolkit.limiting import headcounts

PEOPLE, LIMITS = Sentence(en="Data people", id="Data pegawai"), Sentence(en="Data limits", id="Data batas")
"""Names of the sheets."""
PEOPLE_COLUMNS = ("staff_id", "nip", "name", "agency", "unit", "status", "exempt", "title", "version")
LIMIT_COLUMNS = ("rule", "group", "date", "side", "least", "most", "missed", "people")
_FIRST = 4
"""Columns that each of these sheets has had from the beginning."""
MOST_OF_A_CELL = 32_767
"""Characters that a cell of Excel takes."""
AGENCY = "opd"
"""The level of units that are agencies."""
_PERIOD = re.compile(r"\s*[,;:–—-]\s*[^,;:–—]*?\d.*$")
"""What stands behind the name of an agency in a title: ", 3-7 Agustus 2026"."""


class Exempt(StrEnum):
    """Why somebody stays in the office on every day of a plan."""

    NO = ""
    LEADER = "leader"
    SERVICE = "service"
    FUNCTION = "function"
    STATUS = "status"
    MARKED = "marked"
    OTHER = "other"


_FIELDS = {
    Exempt.LEADER: ("ranks", "heads"),
    Exempt.SERVICE: ("units", "levels", "unit_tags", "sectors"),
    Exempt.FUNCTION: ("functions",),
    Exempt.STATUS: ("statuses",),
    Exempt.MARKED: ("tags", "ids", "older_than"),
}
"""By what a rule selects whom it keeps in the office; the first that fits tells why."""


def write_board(book: Book, report: Report) -> None:
    """Both sheets."""
    facts = report.facts
    people = np.flatnonzero(facts.has_cell.any(axis=1) & report.scope.people)
    write_rows(book, [PEOPLE_COLUMNS, *_people(report, people)], PEOPLE)
    write_rows(book, [LIMIT_COLUMNS, *_limits(report, people, book.style.lang)], LIMITS)


def is_for_programs(grid: Grid) -> bool:
    """Whether a sheet is one of these: it begins with their columns, as many of them as there were when it was written."""
    head = {text for text in grid.rows[0].cells if text} if grid.rows else set()
    return any({*columns[:_FIRST]} <= head <= {*columns} for columns in (PEOPLE_COLUMNS, LIMIT_COLUMNS))


def agency_of_title(title: str) -> str:
    """The agency that a title names, without the period behind it."""
    return _PERIOD.sub("", title).strip() or title


def _people(report: Report, people: NDArray[np.int64]) -> Iterator[list[str]]:
    facts, staff = report.facts, report.facts.staff
    status, exempt = facts.postings.status, _exempt(report)
    nearest = facts.units.nearest([AGENCY])
    for e in people.tolist():
        d = int(facts.has_cell[e].argmax())
        unit, code = int(facts.unit[e, d]), int(status.code[facts.posting[e, d]])
        name = "" if unit == NO_UNIT else report.unit_name(unit)
        word = status.words[code] if code >= 0 else ""
        agency = _agency(report, unit, int(nearest[unit]) if unit != NO_UNIT else NO_UNIT)
        yield [staff.ids[e], staff.nips[e], staff.names[e], agency, name, word, exempt[e].value, facts.title, str(report.version)]


def _agency(report: Report, unit: int, agency: int) -> str:
    """The agency of a unit, or what stands highest above it; of a plan without such units, what the title says."""
    facts = report.facts
    if unit != NO_UNIT and agency == NO_UNIT:
        agency = [*facts.units.path(unit)][-1]
    name = facts.units.names[agency] if agency != NO_UNIT else facts.title
    return agency_of_title(facts.title) if name == facts.title else name


def _exempt(report: Report) -> list[Exempt]:
    """Why everybody stays in the office on all working days that are shown, by person; days on call are left out, as rules do."""
    view, facts = report.view, report.facts
    shown = (facts.kind == DayKind.WORK) & report.scope.days
    fixed = np.asarray(shown.any(axis=1) & ~(shown & ~view.forced_office).any(axis=1))
    found = [Exempt.OTHER if there else Exempt.NO for there in fixed.tolist()]
    for rule in view.rules:
        reason = _reason(chain.from_iterable(map(_within, rule.applies_to or ())))
        fixes = rule.fixes(view)
        if reason is None or fixes is None:
            continue
        for e in np.flatnonzero(fixed & np.asarray(fixes.office.dense & shown).any(axis=1)).tolist():
            found[e] = min(found[e], reason, key=[*Exempt].index)
    for e in np.flatnonzero(fixed & (facts.office_only & shown).any(axis=1)).tolist():
        found[e] = Exempt.MARKED if found[e] is Exempt.OTHER else found[e]
    return found


def _within(selector: Selector) -> Iterator[Selector]:
    yield selector
    for inner in selector.within or ():
        yield from _within(inner)


def _reason(selectors: Iterable[Selector]) -> Exempt | None:
    """What selectors look at; None where they look at nothing."""
    used = {name for selector in selectors for name in type(selector).model_fields if getattr(selector, name) is not None}
    return next((reason for reason, names in _FIELDS.items() if used.intersection(names)), None)


def _limits(report: Report, people: NDArray[np.int64], lang: Lang) -> Iterator[list[str]]:
    """Every group and day of limits that must hold; those some of whose people are not shown name nobody."""
    facts, row_of = report.facts, np.zeros(report.facts.num_people, dtype=np.int64)
    row_of[people] = np.arange(1, len(people) + 1)
    broken = broken_places(report)
    for rule in report.view.rules:
        if not rule.public or rule.secret:
            continue
        for limit in report.view.limits_of(rule):
            members = _members(limit, facts.num_days) if limit.must else {}
            for count in headcounts(limit, report.schedule) if limit.must else ():
                rows = row_of[members.get((count.group, count.day), people[:0])]
                if not report.scope.days[count.day] or not rows.any():
                    continue
                counted = ranges(rows) if rows.all() and not limit.exempt else ""
                unit = int(limit.groups.unit[count.group])
                yield [
                    rule.id,
                    limit.groups.label(facts, count.group).text(lang),
                    facts.dates[count.day].isoformat(),
                    limit.side.value,
                    *_bounds(limit, count.group, count.day),
                    "yes" if (rule.id, unit, count.day) in broken else "",
                    counted if len(counted) <= MOST_OF_A_CELL else "",
                ]


def _bounds(limit: Limit, group: int, day: int) -> tuple[str, str]:
    """Fewest and most people on the side of a limit, as it may be used; empty for no bound."""
    number = int(limit.number[group, day])
    if limit.sense is Sense.EXACT:
        return str(int(limit.least[group, day])), str(int(limit.most[group, day]))
    if limit.sense is Sense.LEAST:
        return str(number), ""
    return "", str(max(number, int(limit.relaxed[group, day])) if limit.side is Side.OFFICE else number)


def _members(limit: Limit, days: int) -> dict[tuple[int, int], NDArray[np.int64]]:
    """The counted people of every group and day : int64[·] each, in the order of the staff table."""
    group, day, size, col = limit.groups.columns(limit.counted)
    people = np.split(col // days, np.cumsum(size)[:-1]) if len(size) else []
    return dict(zip(zip(group.tolist(), day.tolist(), strict=True), people, strict=True))


def ranges(rows: NDArray[np.int64]) -> str:
    """Numbers in ascending order : int64[·] as ranges: "1:12,14"."""
    spans = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1)
    return ",".join(str(span[0]) if len(span) == 1 else f"{span[0]}:{span[-1]}" for span in spans)
