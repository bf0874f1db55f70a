"""Recaps: what everybody has over the whole period, and what every unit has on each day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import THOUSANDTHS
from giliran.domain.place import Place
from giliran.messages import Sentence
from giliran.reports.codes import CODES, REASON_CODES, reason_code, reason_word
from giliran.reports.plan import units_with_people
from giliran.reports.report import Report
from giliran.reports.words import day_with_month
from giliran.reports.workbook.sheets import COUNT, HEAD, LINE, LONG, TEXT, Book

Ints = NDArray[np.int64]

_FRIDAY = 4

_PEOPLE = Sentence(en="Recap people", id="Rekap pegawai")
_UNITS = Sentence(en="Recap units", id="Rekap unit kerja")
_PEOPLE_HEADS = (
    Sentence(en="Name", id="Nama"),
    Sentence(en="NIP / id", id="NIP / id"),
    Sentence(en="Unit", id="Unit kerja"),
    Sentence(en="WFO", id="WFO"),
    Sentence(en="WFH", id="WFH"),
    Sentence(en="Away", id="Tidak bertugas"),
    Sentence(en="Duty", id="Piket"),
    Sentence(en="Fridays in the office", id="Jumat WFO"),
    Sentence(en="Turns", id="Hari giliran"),
    Sentence(en="Fair share", id="Jatah"),
    Sentence(en="Difference", id="Selisih"),
)
_UNIT_HEADS = (
    Sentence(en="Unit", id="Unit kerja"),
    Sentence(en="Day", id="Hari"),
    Sentence(en="People", id="Pegawai"),
    Sentence(en="WFO", id="WFO"),
    Sentence(en="WFH", id="WFH"),
)
_AWAY, _SHARE = Sentence(en="Away", id="Tidak bertugas"), Sentence(en="WFO %", id="WFO %")
_KIND = Sentence(en="{code}: {word}", id="{code}: {word}")
_WIDTHS = (32, 20, 36)
_UNIT_WIDTH = 60


def write_people(book: Book, report: Report) -> None:
    """A row per person: days in the office, at home and away, duty, Fridays, turns and fair share of the first account."""
    facts, days = report.facts, report.scope.days
    place = report.schedule.place[:, days]
    sheet = book.sheet(_PEOPLE().text(book.style.lang))
    book.heads(sheet, _PEOPLE_HEADS)
    counts = [(place == kind).sum(axis=1) for kind in (Place.OFFICE, Place.HOME, Place.ABSENT)]
    friday = np.array([day.weekday() == _FRIDAY for day in facts.dates], dtype=np.bool_)
    columns = [*counts, report.schedule.on_duty[:, days].sum(axis=1), (report.schedule.office & friday)[:, days].sum(axis=1)]
    fair = next(iter(report.fairness), None) if days.all() else None
    row = 1
    for unit, people in units_with_people(report):
        for e in people.tolist():
            texts = (facts.staff.names[e], facts.staff.nips[e] or facts.staff.ids[e], report.unit_name(unit))
            for c, text in enumerate(texts):
                sheet.write_string(row, c, text, book.format(LONG))
            book.deepen(sheet, row, texts, _WIDTHS)
            for c, column in enumerate(columns, start=3):
                sheet.write_number(row, c, int(column[e]), book.format(COUNT))
            if fair is not None and fair.group[e] >= 0:
                turns, share = int(fair.burden[e]), int(fair.share[e])
                for c, thousandths in enumerate((turns * THOUSANDTHS, share, turns * THOUSANDTHS - share), start=8):
                    sheet.write_number(row, c, thousandths / THOUSANDTHS, book.format(COUNT))
            row += 1
    for c, width in enumerate(_WIDTHS):
        sheet.set_column(c, c, width)
    sheet.set_column(3, len(_PEOPLE_HEADS) - 1, 10)
    sheet.freeze_panes(1, 1)


def write_units(book: Book, report: Report) -> None:
    """A row per unit and day: who is in the office, at home and away, and the share in the office of those who are there.

    Those who are away stand in one column, or where reasons are told in one for every kind of them.
    """
    facts, style = report.facts, book.style
    sheet = book.sheet(_UNITS().text(style.lang))
    kinds = _kinds(report) if style.reasons else {}
    away = [_KIND(code=code, word=reason_word(code, style.lang)) for code in kinds] or [_AWAY()]
    heads = [*(head() for head in _UNIT_HEADS), *away, _SHARE()]
    for c, head in enumerate(heads):
        sheet.write_string(0, c, head.text(style.lang), book.format(HEAD))
    sheet.set_row(0, 2 * LINE)
    row = 1
    for unit, people in units_with_people(report):
        name = report.unit_name(unit)
        for d in np.flatnonzero(facts.has_cell[people].any(axis=0) & report.scope.days).tolist():
            sheet.write_string(row, 0, name, book.format(LONG))
            book.deepen(sheet, row, (name,), (_UNIT_WIDTH,))
            sheet.write_string(row, 1, day_with_month(facts.dates[d], style.lang), book.format(TEXT))
            counts = _counts(report, people, d, kinds)
            for c, count in enumerate(counts, start=2):
                sheet.write_number(row, c, count, book.format(COUNT))
            there = counts[1] + counts[2]
            share = counts[1] / there if there else 0
            sheet.write_number(row, len(heads) - 1, share, book.format({**COUNT, "num_format": "0%"}))
            row += 1
    sheet.set_column(0, 0, _UNIT_WIDTH)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, len(heads) - 1, 11)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _kinds(report: Report) -> dict[str, Ints]:
    """By code the reasons of absence that have it : int64[·], in the order of the codes; -1 for those of whom none is known."""
    facts = report.facts
    used = [-1, *range(len(facts.absence_reasons))]
    codes = [reason_code(facts.absence_reasons[k]) if k >= 0 else CODES[Place.ABSENT] for k in used]
    order = [*REASON_CODES.values(), CODES[Place.ABSENT]]
    found = np.unique(facts.reason[(report.schedule.place == Place.ABSENT) & report.scope.people[:, None] & report.scope.days])
    by_code: dict[str, list[int]] = {}
    for k, code in zip(used, codes, strict=True):
        if k in found:
            by_code.setdefault(code, []).append(k)
    return {code: np.array(by_code[code], dtype=np.int64) for code in order if code in by_code}


def _counts(report: Report, people: Ints, d: int, kinds: Mapping[str, Ints]) -> list[int]:
    """People of a unit on a day: all, in the office, at home, away; those who are away by kind where there are kinds."""
    facts, place = report.facts, report.schedule.place[people, d]
    away = place == Place.ABSENT
    by_kind = [int((away & np.isin(facts.reason[people, d], codes)).sum()) for codes in kinds.values()] or [int(away.sum())]
    return [int(facts.has_cell[people, d].sum()), int((place == Place.OFFICE).sum()), int((place == Place.HOME).sum()), *by_kind]
