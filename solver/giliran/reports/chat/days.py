"""A plan as messages: for each day who is in the office, at home and on duty, unit by unit. Never why somebody is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from giliran.domain.place import Place
from giliran.messages import Lang, Sentence, render_date, render_period
from giliran.reports.chat.marking import named
from giliran.reports.chat.pieces import Group, Notice, Section
from giliran.reports.piket import duties_called
from giliran.reports.plan import units_with_people
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle

_HEAD = Sentence(en="Work plan, {day}", id="Jadwal kerja {day}")
_GROUPS = {
    Place.OFFICE: Sentence(en="WFO: {count}", id="WFO: {count}"),
    Place.HOME: Sentence(en="WFH: {count}", id="WFH: {count}"),
    Place.ABSENT: Sentence(en="Away: {count}", id="Tidak bertugas: {count}"),
    Place.NONE: Sentence(en="Not planned yet: {count}", id="Belum terjadwal: {count}"),
}
"""Groups of people in their order; whoever rests on a call day is told nothing."""
_NOBODY = Sentence(en="Nobody works.", id="Tidak ada yang bekerja.")
_DUTY = Sentence(en="duty", id="piket")
_DUTY_OF = Sentence(en="duty {rules}", id="piket {rules}")
_MOST_OF_A_RULE = 40


def day_notices(report: Report, style: PlanStyle) -> Iterator[Notice]:
    """A notice for each day on which anybody works."""
    facts = report.facts
    units = [(named(report.unit_name(unit)) if unit >= 0 else "", people.tolist()) for unit, people in units_with_people(report)]
    for d in np.flatnonzero(facts.has_cell[report.scope.people].any(axis=0) & report.scope.days).tolist():
        sections = [section for name, people in units if (section := _section(report, style, name, people, d)) is not None]
        if sections:
            head = _HEAD(day=render_date(facts.dates[d], style.lang)).text(style.lang)
            yield Notice(head, [named(facts.title)], sections)


def rest_notice(report: Report, style: PlanStyle) -> Notice:
    """The notice of days on which nobody works."""
    days = [day for d, day in enumerate(report.facts.dates) if report.scope.days[d]]
    when = render_date(days[0], style.lang) if len(days) == 1 else render_period(days[0], days[-1], style.lang)
    head = _HEAD(day=when).text(style.lang)
    return Notice(head, [named(report.facts.title)], [Section("", [Group("", [_NOBODY().text(style.lang)])])])


def called(report: Report, people: Sequence[int]) -> dict[int, str]:
    """What people of one unit are called in it: by name, those of one name with their ids."""
    staff = report.facts.staff
    often = Counter(staff.called(e) for e in people)
    return {
        e: named(staff.called(e)) if often[staff.called(e)] == 1 else f"{named(staff.called(e))} ({named(staff.ids[e])})" for e in people
    }


def duty_words(report: Report, rules: Sequence[str], lang: Lang) -> str:
    """What somebody is called who is named for duty; where there are several, as letters call them, else by the rules."""
    if len(report.view.duties) <= 1:
        return _DUTY().text(lang)
    words, ids = ([named(text, _MOST_OF_A_RULE) for text in texts] for texts in duties_called(report, rules))
    return ", ".join([*words, *([_DUTY_OF(rules=", ".join(ids)).text(lang)] if ids else [])])


def _section(report: Report, style: PlanStyle, name: str, people: Sequence[int], d: int) -> Section | None:
    """What is told of a unit on a day; None where nobody of it works."""
    facts, place = report.facts, report.schedule.place
    names = called(report, people)
    groups = []
    for kind, said in _GROUPS.items():
        here = [e for e in people if facts.has_cell[e, d] and place[e, d] == kind]
        if here:
            groups.append(Group(said(count=len(here)).text(style.lang), [f"- {names[e]}{_behind(report, style, e, d)}" for e in here]))
    return Section(name, groups) if groups else None


def _behind(report: Report, style: PlanStyle, e: int, d: int) -> str:
    """What stands behind a name: duty, and the telephone of whoever has it where that is asked for."""
    rules = report.named.get((e, d), ())
    if not rules:
        return ""
    phone = named(report.facts.staff.phones[e], _MOST_OF_A_RULE) if style.phones else ""
    return f" ({duty_words(report, rules, style.lang)}{f', {phone}' if phone else ''})"
