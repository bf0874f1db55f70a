"""The sheet of duty officers, whatever it is written on: its columns, its days, and what stands in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from giliran.messages import Sentence, shown
from giliran.reports.plan import DutyRow, duty_table
from giliran.reports.report import Report
from giliran.rules.view import View

DAY = Sentence(en="Day", id="Hari/Tanggal")
NO, NAME, POSITION, UNIT = (
    Sentence(en="No", id="No"),
    Sentence(en="Name", id="Nama"),
    Sentence(en="Position", id="Jabatan"),
    Sentence(en="Unit", id="Unit kerja"),
)
RULE = Sentence(en="Duty", id="Piket")
PHONE = Sentence(en="Telephone", id="No. HP")
CAME, LEFT, NOTE = (
    Sentence(en="Came / signature", id="Datang/Paraf"),
    Sentence(en="Left / signature", id="Pulang/Paraf"),
    Sentence(en="Note", id="Ket"),
)
_RESPONSIBLE = "penanggung jawab"
"""How letters call whoever answers for the duty of a day."""


def duty_days(report: Report) -> Iterator[tuple[dt.date, list[DutyRow]]]:
    """Days with whoever is named for them."""
    for day, rows in groupby(duty_table(report).rows, key=lambda row: row.day):
        yield day, list(rows)


def duty_heads(report: Report, *, phones: bool) -> tuple[Sentence, ...]:
    """Headings of what is said of an officer, the duty only where there are several, and telephone numbers only where they are wanted."""
    several = len({row.rule for row in duty_table(report).rows}) > 1
    return (NO, NAME, POSITION, UNIT, *([RULE] if several else []), *([PHONE] if phones else []))


def duty_text(head: Sentence, duty: DutyRow, report: Report) -> str:
    """What stands under a heading about an officer; nothing under those of others."""
    staff = report.facts.staff
    texts = {NAME: duty.name or duty.id, POSITION: staff.positions[duty.person], UNIT: duty.unit, RULE: duty_called(report.view, duty.rule)}
    return texts.get(head, staff.phones[duty.person] if head is PHONE else "")


def duty_called(view: View, rule: str) -> str:
    """A duty as the letter calls it, by the id of its rule where no letter does."""
    statement = view.by_id.get(rule)
    quote = statement.source.quote if statement is not None else ""
    return shown(quote) or rule


def duties_called(report: Report, rules: Sequence[str]) -> tuple[list[str], list[str]]:
    """Duties of one person as letters call them, each once, and the ids of those that no letter calls anything."""
    called = {rule: duty_called(report.view, rule) for rule in rules}
    words = [*dict.fromkeys(said for rule, said in called.items() if said != rule)]
    ids = [shown(rule) for rule, said in called.items() if said == rule]
    return words, ids


def is_responsible(report: Report, duty: DutyRow) -> bool:
    """Whether somebody is named to answer for the duty of a day."""
    return _RESPONSIBLE in duty_called(report.view, duty.rule).casefold()
