"""A report as the data of a page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from giliran.messages import Said, Sentence, render_period, shown
from giliran.reports.changes import change_table
from giliran.reports.discreet import without_reasons
from giliran.reports.findings import finding_table
from giliran.reports.gaps import GAPS
from giliran.reports.page.counted import accounts_of, limits_of
from giliran.reports.page.data import NOBODY, PAGE_SCHEMA, AnswerRecord, ChangeRecord, FindingRecord, LineRecord, PageData, PeopleRecord
from giliran.reports.page.indexing import Index
from giliran.reports.page.letters import codes_of, letters_of
from giliran.reports.page.words import page_words
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.summary import facts_line, headline, holidays

MOST_MARKED = 60
"""People of a finding who are marked; one about more is about a unit."""

_KEPT = Sentence(en="Every rule that must hold is kept.", id="Semua aturan wajib dipenuhi.")
_BROKEN = Sentence(
    en="This plan breaks rules that must hold, at {count} {count:place|places}.",
    id="Jadwal ini tidak memenuhi aturan wajib di {count} tempat.",
)
_UNTITLED = Sentence(en="Plan", id="Jadwal")


def page_data(report: Report, style: PlanStyle) -> PageData:
    """What a page shows of a report; nothing of it says why people are away, unless `style` wants it so.

    Parameters
    ----------
    report
        Of a result, or of a schedule with its audit; all of it or a part.
    style
        Language, and whether reasons of absence are told.
    """
    told = report if style.reasons else without_reasons(report)
    index = Index(told, style.lang)
    duty, limits, findings, changes, fairness = _duty(index), limits_of(index), _findings(index), _changes(index), accounts_of(index)
    people, facts = _people(index, style), report.facts
    return PageData(
        schema=PAGE_SCHEMA,
        lang=style.lang,
        title=shown(facts.title) or _UNTITLED().text(style.lang),
        period=_period(index),
        summary=tuple(_summary(index)),
        words=page_words(style.lang),
        days=index.told_days(),
        codes=codes_of(style.lang, reasons=style.reasons),
        units=index.told_units(),
        people=people,
        duty=duty,
        limits=limits,
        fairness=() if _is_a_day(index) else fairness,
        findings=findings,
        changes=changes,
        answers=_answers(index),
        positions=tuple(index.positions.found),
        rules=index.told_rules(),
        sums=tuple(index.sums.found),
    )


def _is_a_day(index: Index) -> bool:
    """Whether it is about one day of several, for which turns over a period mean nothing."""
    days = index.report.scope.days
    return bool(days.sum() == 1 < len(days))


def _period(index: Index) -> str:
    dates = [index.report.facts.dates[d] for d in index.days]
    return render_period(dates[0], dates[-1], index.lang) if dates else ""


def _summary(index: Index) -> Iterator[LineRecord]:
    report, facts = index.report, index.report.facts
    findings = [row.finding for row in finding_table(report).rows]
    broken, gaps = len(report.broken), int(report.gaps.sum())

    def line(said: Said, tone: str = "plain") -> LineRecord:
        return LineRecord(said.text(index.lang), tone)

    if report.only is None:
        yield line(facts_line(facts))
    yield line(_BROKEN(count=broken), "bad") if broken else line(_KEPT(), "good")
    if gaps:
        yield line(GAPS(count=gaps), "bad")
    yield from (line(said, "bad") for said in headline(facts, findings).told)
    if (free := holidays(facts)) is not None:
        yield line(free)


def _people(index: Index, style: PlanStyle) -> PeopleRecord:
    staff, rows = index.report.facts.staff, index.people
    letters = letters_of(index.report, index.holidays, reasons=style.reasons)[np.ix_(rows, index.days)]
    return PeopleRecord(
        id=tuple(shown(staff.ids[e]) for e in rows),
        name=tuple(shown(staff.called(e)) for e in rows),
        nip=tuple(shown(staff.nips[e]) for e in rows),
        position=tuple(index.positions.of(shown(staff.positions[e])) for e in rows),
        unit=tuple(index.unit_of),
        cells=tuple("".join(row) for row in letters.tolist()),
        phone=tuple(_phones(index)) if style.phones else (),
    )


def _phones(index: Index) -> Iterator[str]:
    on_duty = {e for e, _ in index.report.named}
    return (shown(index.report.facts.staff.phones[e]) if e in on_duty else "" for e in index.people)


def _duty(index: Index) -> tuple[tuple[int, int, int], ...]:
    found = []
    for (e, d), rules in index.report.named.items():
        row, day = index.row(e), index.day(d)
        if row != NOBODY and day != NOBODY:
            found += [(day, rule, row) for rule in rules]
    return tuple((row, day, index.duty(rule)) for day, rule, row in sorted(found))


def _findings(index: Index) -> tuple[FindingRecord, ...]:
    found = []
    for row in finding_table(index.report).rows:
        finding = row.finding
        people = finding.people if len(finding.people) <= MOST_MARKED else ()
        found.append(
            FindingRecord(
                strength=finding.strength.value,
                rule=index.rule(finding.rule, finding.row),
                unit=index.unit(finding.unit),
                text=finding.said.text(index.lang),
                rows=index.rows(people),
                days=index.columns(finding.days),
            )
        )
    return tuple(found)


def _answers(index: Index) -> tuple[AnswerRecord, ...]:
    """Answers about people who have rows here."""
    answers = [(index.row(one.person), one) for one in index.report.answers]
    found = [(row, one) for row, one in answers if row != NOBODY]
    return tuple(AnswerRecord(row, tuple((step, said.text(index.lang)) for step, said in one.lines)) for row, one in found)


def _changes(index: Index) -> tuple[ChangeRecord, ...] | None:
    table, day_of = change_table(index.report), {day: d for d, day in enumerate(index.report.facts.dates)}
    if table is None:
        return None
    found = []
    for row in table.rows:
        d, rule = day_of[row.day], index.duty(row.rule) if row.rule else NOBODY
        cause = None if row.away else index.report.because.get((row.person, d, row.rule))
        because = "" if cause is None else cause.text(index.lang)
        was, becomes = (said.text(index.lang) for said in (row.was, row.becomes))
        found.append(ChangeRecord(index.row(row.person), index.day(d), rule, row.named, was, becomes, because))
    return tuple(sorted(found, key=lambda change: (change.row, change.day, change.rule)))
