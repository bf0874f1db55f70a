"""A plan as a CSV file for people: it opens in the columns of an Indonesian Excel, and comes back as the same schedule.

A spreadsheet takes what looks like a number for one, and loses the last digits of an NIP. An NIP is therefore written as on paper, in
groups ("19850312 201001 1 003"): with spaces in it, it stays text everywhere, also when the file is saved again, and whoever reads it
drops them. `="…"` would be a formula, and an apostrophe, which is seen and copied along, stands only before short ids that would become a
number or a date, such as `007`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

import numpy as np

from giliran.domain.facts import NO_TEAM
from giliran.domain.place import Place
from giliran.domain.schedule import SEPARATOR, TEAM_SIGN
from giliran.domain.units import NO_UNIT
from giliran.messages import LANGUAGES, Lang, Sentence, render_date
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.words import place_word
from giliran.text.cells import looks_like_formula

_NUMBER = Sentence(en="No", id="No")
_ID = Sentence(en="Id", id="Id")
_NIP = Sentence(en="NIP", id="NIP")
_HEADS = (
    Sentence(en="Name", id="Nama"),
    Sentence(en="Position", id="Jabatan"),
    Sentence(en="Unit", id="Unit kerja"),
    Sentence(en="Date", id="Tanggal"),
    Sentence(en="Place", id="Tempat kerja"),
)
_DUTY, _TEAM = Sentence(en="Duty", id="Petugas piket"), Sentence(en="Team", id="Tim")
_NOTE = Sentence(en="Note", id="Keterangan")

_AWAY = Sentence(en="absent", id="tidak bertugas")

BOM = "\ufeff"
_NIP_DIGITS = re.compile(r"[0-9]{18}", re.ASCII)
_LONG = re.compile(r"[0-9]{12,}", re.ASCII)
_CHANGED = re.compile(
    r"[0-9.,]+(?:E[0-9]+)?|[0-9]{1,4}[-/][0-9A-Z]{1,9}(?:[-/][0-9]{1,4})?|[A-Z]{3,9}[-/ ]?[0-9]{1,4}", re.ASCII | re.IGNORECASE
)
"""What a spreadsheet takes for a number, a date or a month."""
_GROUP = 4


def people_csv(report: Report, style: PlanStyle) -> str:
    """A row for each person and day with a place, in words, by unit."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = _columns(report, style)
    writer.writerow([_NUMBER().text(style.lang), *(head().text(style.lang) for head in columns)])
    cells = report.facts.has_cell & (report.part.place != Place.NONE)
    for number, (e, d) in enumerate(np.argwhere(cells).tolist(), start=1):
        writer.writerow([str(number), *(_kept(cell(e, d)) for cell in columns.values())])
    return BOM + out.getvalue()


def begins_as_people_csv(text: str) -> bool:
    """Whether the first line of a file has the columns of such a CSV, in whatever language, also where a spreadsheet saved it again."""
    line = text.partition("\n")[0].strip("\r" + BOM)
    cells = [cell.strip().strip('"') for cell in re.split("[;,\t]", line)]
    needed, known = [_NUMBER, _NIP, *_HEADS], [_NUMBER, _ID, _NIP, *_HEADS, _DUTY, _TEAM, _NOTE]
    return any({*_words(needed, lang)} <= {*cells} <= {*_words(known, lang)} for lang in LANGUAGES)


def _words(heads: Sequence[Sentence], lang: Lang) -> list[str]:
    return [head().text(lang) for head in heads]


def _columns(report: Report, style: PlanStyle) -> dict[Sentence, Callable[[int, int], str]]:
    """Columns by their headings, each with what it says of a person on a day; without one for duty where nobody has named anybody."""
    facts, part = report.facts, report.part
    staff, dates = facts.staff, [render_date(day, style.lang) for day in facts.dates]
    both = any(nip and nip != id_ for nip, id_ in zip(staff.nips, staff.ids, strict=True))
    units = {unit: report.unit_name(unit) for unit in np.unique(facts.unit).tolist() if unit != NO_UNIT}
    found: dict[Sentence, Callable[[int, int], str]] = {_ID: lambda e, d: _shown_id(staff.ids[e])} if both else {}
    found[_NIP] = lambda e, d: _shown_id(staff.nips[e] if both else staff.ids[e])
    texts: list[Callable[[int, int], str]] = [
        lambda e, d: staff.names[e],
        lambda e, d: staff.positions[e],
        lambda e, d: units.get(int(facts.unit[e, d]), ""),
        lambda e, d: dates[d],
        lambda e, d: _place(Place(int(part.place[e, d])), style.lang),
    ]
    found |= dict(zip(_HEADS, texts, strict=True))
    if part.duty or not report.view.duties:
        found[_DUTY] = lambda e, d: SEPARATOR.join(report.named.get((e, d), ()))
    if part.team:
        found[_TEAM] = lambda e, d: SEPARATOR.join(f"{rule}{TEAM_SIGN}{team[e]}" for rule, team in part.team.items() if team[e] != NO_TEAM)
    if style.reasons:
        found[_NOTE] = lambda e, d: facts.absence_reasons[facts.reason[e, d]].replace("_", " ") if facts.reason[e, d] >= 0 else ""
    return found


def _place(place: Place, lang: Lang) -> str:
    return _AWAY().text(lang) if place is Place.ABSENT else place_word(place, lang)


def _shown_id(text: str) -> str:
    """An id that a spreadsheet leaves as it is: an NIP as on paper, other long numbers in groups of four."""
    if _NIP_DIGITS.fullmatch(text):
        return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}"
    if _LONG.fullmatch(text):
        return " ".join(text[k : k + _GROUP] for k in range(0, len(text), _GROUP))
    return f"'{text}" if _CHANGED.fullmatch(text) else text


def _kept(text: str) -> str:
    """A cell on one line that no spreadsheet works out."""
    line = " ".join(text.split())
    return f"'{line}" if looks_like_formula(line) else line
