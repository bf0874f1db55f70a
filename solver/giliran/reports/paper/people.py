"""People as a letter names them: in the order of an office, with NIP, pangkat and position, `-` for what somebody has not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from giliran.domain.units import NO_UNIT
from giliran.domain.words import NON_ASN, Kind, meant_words
from giliran.messages import Lang, Sentence, shown
from giliran.reports.paper.model import Cell, Column
from giliran.reports.plan import units_with_people
from giliran.reports.report import Report

Ints = NDArray[np.int64]

NO, NAME_NIP, _GRADE, POSITION = (
    Sentence(en="No", id="No"),
    Sentence(en="Name / NIP", id="Nama / NIP"),
    Sentence(en="Grade", id="Pangkat,\nGol. Ruang"),
    Sentence(en="Position", id="Jabatan"),
)
_NO_UNIT = Sentence(en="In no unit", id="Tanpa unit kerja")
NOTHING = "-"
_BETWEEN = " – "
_NIP_DIGITS, _LEAST_DIGITS = 18, 9
"""Digits of an NIP, and of those of before 2008; what has fewer, or letters, is a mark that a list gave to somebody without one."""


def person_columns(lang: Lang) -> tuple[Column, ...]:
    """Number, name with NIP, grade and position; with how much each stretches, `STRETCH`."""
    return (
        Column(NO().text(lang), 8, centred=True),
        Column(NAME_NIP().text(lang), 37),
        Column(_GRADE().text(lang), 21),
        Column(POSITION().text(lang), 26),
    )


STRETCH = (0, 4, 2, 4)
"""How much of the room that is left each of these columns takes."""


def person_cells(report: Report, e: int, number: int) -> tuple[Cell, ...]:
    """The cells of a person under these columns."""
    return (Cell(str(number)), Cell(named(report, e)), Cell(grade(report, e)), Cell(position(report, e)))


def named(report: Report, e: int) -> str:
    """The name, and the NIP below it."""
    staff = report.facts.staff
    return f"{shown(staff.called(e))}\n{nip(report, e)}"


def nip(report: Report, e: int) -> str:
    """The NIP; an id of eighteen digits is one."""
    staff = report.facts.staff
    known, id_ = staff.nips[e], staff.ids[e]
    if known.isdecimal() and len(known) >= _LEAST_DIGITS:
        return known
    return id_ if id_.isdecimal() and len(id_) == _NIP_DIGITS else NOTHING


def grade(report: Report, e: int) -> str:
    """Pangkat and golongan."""
    return shown(report.facts.staff.grades[e]) or NOTHING


def position(report: Report, e: int) -> str:
    """The position."""
    return shown(report.facts.staff.positions[e]) or NOTHING


def units_in_order(report: Report) -> Iterator[tuple[int, Ints]]:
    """Units with their people : int64[·], heads first, then in the order of the list, those who are no civil servants last."""
    facts = report.facts
    first = facts.has_cell.argmax(axis=1)
    posting = facts.posting[np.arange(facts.num_people), first]
    others = facts.postings.status.among(frozenset(meant_words(Kind.STATUS, NON_ASN)), rows=posting)
    rank = np.where(facts.postings.head[posting], 0, np.where(others, 2, 1))
    for unit, people in units_with_people(report):
        yield unit, people[np.argsort(rank[people], kind="stable")]


def unit_title(report: Report, unit: int, lang: Lang, *, below: int = 0) -> str:
    """The names of a unit and of those above it, the highest first; of these `below` are left out where names remain."""
    if unit == NO_UNIT:
        return _NO_UNIT().text(lang)
    path = report.unit_path(unit)
    return _BETWEEN.join(path[min(below, len(path) - 1) :])
