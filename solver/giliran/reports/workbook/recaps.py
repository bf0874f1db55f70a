"""Recaps: what everybody has over the whole period, and what every unit has on each day."""

from __future__ import annotations

import numpy as np

from giliran.domain.facts import THOUSANDTHS
from giliran.domain.place import Place
from giliran.messages import Sentence
from giliran.reports.plan import units_with_people
from giliran.reports.report import UNDER, Report
from giliran.reports.words import day_with_month
from giliran.reports.workbook.sheets import COUNT, HEAD, LINE, TEXT, Book

_FRIDAY = 4

_PEOPLE = Sentence(en="Recap people", id="Rekap pegawai")
_UNITS = Sentence(en="Recap units", id="Rekap unit")
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
    Sentence(en="Away", id="Tidak bertugas"),
    Sentence(en="WFO %", id="WFO %"),
)
_DAYS = {**COUNT, "num_format": "0.##"}


def write_people(book: Book, report: Report) -> None:
    """A row per person: days in the office, at home and away, duty, Fridays, turns and fair share of the first account."""
    facts, place = report.facts, report.schedule.place
    sheet = book.sheet(_PEOPLE().text(book.lang))
    for c, head in enumerate(_PEOPLE_HEADS):
        sheet.write_string(0, c, head().text(book.lang), book.format(HEAD))
    sheet.set_row(0, 2 * LINE)
    counts = [(place == kind).sum(axis=1) for kind in (Place.OFFICE, Place.HOME, Place.ABSENT)]
    friday = np.array([day.weekday() == _FRIDAY for day in facts.dates], dtype=np.bool_)
    columns = [*counts, report.schedule.on_duty.sum(axis=1), (report.schedule.office & friday).sum(axis=1)]
    fair = next(iter(report.fairness), None)
    row = 1
    for unit, people in units_with_people(report):
        for e in people.tolist():
            for c, text in enumerate((facts.staff.names[e], facts.staff.nips[e] or facts.staff.ids[e], report.unit_name(unit))):
                sheet.write_string(row, c, text, book.format(TEXT))
            for c, column in enumerate(columns, start=3):
                sheet.write_number(row, c, int(column[e]), book.format(COUNT))
            if fair is not None and fair.group[e] >= 0:
                turns, share = int(fair.burden[e]), int(fair.share[e])
                for c, value in enumerate((turns, share / THOUSANDTHS, turns - share / THOUSANDTHS), start=8):
                    sheet.write_number(row, c, value, book.format(_DAYS))
            row += 1
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, len(_PEOPLE_HEADS) - 1, 10)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def write_units(book: Book, report: Report) -> None:
    """A row per unit and day: who is in the office, at home and away, and the share in the office of those who are there."""
    facts, place = report.facts, report.schedule.place
    sheet = book.sheet(_UNITS().text(book.lang))
    for c, head in enumerate(_UNIT_HEADS):
        sheet.write_string(0, c, head().text(book.lang), book.format(HEAD))
    sheet.set_row(0, 2 * LINE)
    row = 1
    for unit, people in units_with_people(report):
        for d in np.flatnonzero(facts.has_cell[people].any(axis=0)).tolist():
            counts = [int((place[people, d] == kind).sum()) for kind in (Place.OFFICE, Place.HOME, Place.ABSENT)]
            sheet.write_string(row, 0, UNDER.join(report.unit_path(unit)), book.format(TEXT))
            sheet.write_string(row, 1, day_with_month(facts.dates[d], book.lang), book.format(TEXT))
            for c, count in enumerate((int(facts.has_cell[people, d].sum()), *counts), start=2):
                sheet.write_number(row, c, count, book.format(COUNT))
            there = counts[0] + counts[1]
            sheet.write_number(row, 6, counts[0] / there if there else 0, book.format({**COUNT, "num_format": "0%"}))
            row += 1
    sheet.set_column(0, 0, 70)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, len(_UNIT_HEADS) - 1, 10)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
