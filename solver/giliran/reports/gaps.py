"""Days of work to which a plan gives no place: how many, of whom, unit by unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.messages import Said, Sentence, few
from giliran.reports.report import Report

Ints = NDArray[np.int64]

MAX_UNITS = 5
"""Units that are named; of each as many people."""

GAPS = Sentence(en="Days of work without a place in this plan: {count}.", id="Hari kerja tanpa tempat dalam jadwal ini: {count}.")
_TITLE = Sentence(
    en="Without a place: {count} {count:person-day|person-days} of {some} of {people} {people:person|people}.",
    id="Belum mendapat tempat: {count} orang-hari dari {some} di antara {people} pegawai.",
)
_UNIT = Sentence(en="{unit}: {count} ({names})", id="{unit}: {count} ({names})")
_MORE = Sentence(en="… {count} more {count:unit|units}", id="… {count} unit kerja lagi")


def gap_lines(report: Report) -> tuple[Said, ...]:
    """How many person-days have no place, then the first units with their person-days and people; nothing where all have one."""
    facts = report.facts
    person, day = np.nonzero(report.schedule.unplaced(facts))
    if not len(person):
        return ()
    title = _TITLE(count=len(person), some=len(np.unique(person)), people=facts.num_people)
    unit = facts.unit[person, day]
    units = np.unique(unit).tolist()
    told = [_of_unit(report, u, person[unit == u]) for u in units[:MAX_UNITS]]
    return (title, *told, *([_MORE(count=len(units) - MAX_UNITS)] if len(units) > MAX_UNITS else []))


def _of_unit(report: Report, unit: int, people: Ints) -> Said:
    """A unit, its person-days without a place, and whose they are."""
    known = np.unique(people).tolist()
    names = few([report.facts.staff.label(e) for e in known], MAX_UNITS)
    return _UNIT(unit=report.unit_name(unit), count=len(people), names=names)
