"""Compliance: every rule with its row of the letter, the limit with the sum that gives it, the planned numbers, kept or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from giliran.domain.place import Strength
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.reports.headcounts import HeadcountRow, headcount_table
from giliran.reports.report import Report
from giliran.reports.table import Column, Kind, Row, Table
from giliran.reports.words import both, joined, row_said, short_period
from giliran.rules.answers import NO_SHARE, Duty, Sense, Side
from giliran.rules.base import Rule
from giliran.rules.toolkit.counting import sum_text

_TITLE = Sentence(en="Compliance", id="Kepatuhan")
_KEPT, _BROKEN = Sentence(en="kept", id="dipenuhi"), Sentence(en="not kept: {count}", id="tidak dipenuhi: {count}")
_MISSED = Sentence(en="missed, as it may be: {count}", id="diupayakan, belum tercapai: {count}")
_PLANNED = Sentence(en="{office} in the office, {home} at home", id="{office} WFO, {home} WFH")
_RANGE = Sentence(en="{least} to {most}", id="{least} sampai {most}")
_BOUNDS = {
    (Sense.MOST, Side.OFFICE): Sentence(en="at most {count} in the office", id="paling banyak {count} WFO"),
    (Sense.LEAST, Side.OFFICE): Sentence(en="at least {count} in the office", id="paling sedikit {count} WFO"),
    (Sense.MOST, Side.HOME): Sentence(en="at most {count} at home", id="paling banyak {count} WFH"),
    (Sense.LEAST, Side.HOME): Sentence(en="at least {count} at home", id="paling sedikit {count} WFH"),
}
_SUM = Sentence(en="{sum} → {limit}", id="{sum} → {limit}")
_ASKED = Sentence(en="{count} on each of {days} {days:day|days}", id="{count} orang pada {days} hari")
_NAMED = Sentence(en="named: {count} of {asked}", id="ditunjuk: {count} dari {asked}")
_PRESENT = Sentence(en="in the office: {count} of {asked}", id="di kantor: {count} dari {asked}")
_EVERYBODY = Sentence(en="everybody", id="semua pegawai")
_NOBODY = Sentence(en="means nobody here", id="tidak ada yang dikenai")
_CHECKED = Sentence(en="checked for every person and day it means", id="diperiksa untuk setiap pegawai dan hari yang dimaksud")


@dataclass(frozen=True)
class ComplianceRow(Row):
    """A rule, or one group of a rule that counts by groups.

    Parameters
    ----------
    rule, row, quote
        Id of the rule, the circular's row and its words.
    meaning
        The rule in one sentence.
    group, days
        Whom and when this row is about; empty for the rule as a whole.
    limit, planned
        The limit with its sum, and what is planned.
    kept
        Whether it is kept, and how often it is not.
    """

    columns = (
        Column("row", Sentence(en="Row of the letter", id="Baris surat")(), Kind.TEXT),
        Column("quote", Sentence(en="The letter says", id="Bunyi surat")(), Kind.TEXT),
        Column("meaning", Sentence(en="Rule", id="Aturan")(), Kind.TEXT),
        Column("group", Sentence(en="Group", id="Kelompok")(), Kind.TEXT),
        Column("days", Sentence(en="Days", id="Hari")(), Kind.TEXT),
        Column("limit", Sentence(en="Limit", id="Batas")(), Kind.TEXT),
        Column("planned", Sentence(en="Planned", id="Rencana")(), Kind.TEXT),
        Column("kept", Sentence(en="Kept", id="Dipenuhi")(), Kind.TEXT),
        Column("rule", Sentence(en="Id of the rule", id="Id aturan")(), Kind.TEXT),
    )

    rule: str
    row: Said | None
    quote: str
    meaning: Said | None
    kept: Said
    group: Said | None = None
    days: Said | None = None
    limit: Said | None = None
    planned: Said | None = None


def compliance_table(report: Report) -> Table[ComplianceRow]:
    """Every rule that somebody wrote: limits by group, duties by group, all others as a whole."""
    counted: dict[str, list[HeadcountRow]] = {}
    for row in headcount_table(report).rows:
        counted.setdefault(row.rule, []).append(row)
    duties = {duty.rule: duty for duty in report.view.duties}
    rows: list[ComplianceRow] = []
    for rule in report.view.rules:
        if rule.public and not rule.secret:
            duty = duties.get(rule.id)
            found = [*(_of_duty(report, rule, duty) if duty else _of_limits(report, rule, counted.get(rule.id, ())))]
            rows += _told_once(found) or [_as_a_whole(report, rule)]
    return Table("compliance", _TITLE(), ComplianceRow.columns, tuple(rows))


def _as_a_whole(report: Report, rule: Rule) -> ComplianceRow:
    """The row of a rule without groups; one that means nobody is neither kept nor broken, and signed paper must not say that it is kept."""
    if not report.view.cell_set(rule).any():
        return _row(report, rule, _NOBODY())
    return _row(report, rule, _kept(report, rule), planned=_CHECKED())


def _told_once(rows: Sequence[ComplianceRow]) -> list[ComplianceRow]:
    """Rows of one rule, of which the first alone says what the letter and the rule say."""
    return [*rows[:1], *(replace(row, row=None, quote="", meaning=None) for row in rows[1:])]


def _row(report: Report, rule: Rule, kept: Said, **more: Said) -> ComplianceRow:
    source = rule.source
    return ComplianceRow(rule.id, row_said(source.row), source.quote, rule.describe(report.view), kept, **more)


def _of_limits(report: Report, rule: Rule, rows: Sequence[HeadcountRow]) -> Iterator[ComplianceRow]:
    """A row for each group, or for each of its limits where they differ between days."""
    alike: dict[tuple[str, str], list[HeadcountRow]] = {}
    for row in rows:
        alike.setdefault((row.group.text("en"), _bound(row).text("en")), []).append(row)
    for same in alike.values():
        told = sum(row.told for row in same)
        kept = _KEPT() if not told else _missed(rule, told)
        days = _days(report, (row.day for row in same))
        planned = _PLANNED(office=_range([row.office for row in same]), home=_range([row.home for row in same]))
        yield _row(report, rule, kept, group=same[0].group, days=days, limit=_bound(same[0]), planned=planned)


def _bound(row: HeadcountRow) -> Said:
    """The limit with its sum, on the side that the rule speaks of; how many that leaves on the other differs with absences."""
    limit, group, day = row.limit, row.count.group, row.count.day
    if limit.sense is Sense.EXACT:
        return row.bound
    share = int(limit.share[group, day])
    said = _BOUNDS[limit.sense, limit.side](count=int(limit.number[group, day]))
    return said if share == NO_SHARE else _SUM(sum=sum_text(int(limit.size[group, day]), share), limit=said)


def _of_duty(report: Report, rule: Rule, duty: Duty) -> Iterator[ComplianceRow]:
    """A row for each duty group that is asked for anybody."""
    facts, scope = report.facts, report.scope
    part = report.schedule.named.parts.get(duty.rule)
    named = part.dense if part is not None else None
    here = report.schedule.office if named is None else named
    for group in range(len(duty.groups_unit)):
        people = duty.person[duty.group == group]
        asked = duty.count[group] * scope.days
        if not asked.any() or not scope.people[people].any():
            continue
        count = int((here[people].sum(axis=0) * (asked > 0)).sum())
        unit = int(duty.groups_unit[group])
        name = _EVERYBODY() if unit == NO_UNIT else plain(report.unit_name(unit))
        limit = _ASKED(count=_range(asked[asked > 0].tolist()), days=int((asked > 0).sum()))
        planned = (_PRESENT if named is None else _NAMED)(count=count, asked=int(asked.sum()))
        missed = _amount(report, rule, unit)
        days = _days(report, (facts.dates[d] for d in np.flatnonzero(asked).tolist()))
        yield _row(report, rule, _missed(rule, missed) if missed else _KEPT(), group=name, days=days, limit=limit, planned=planned)


def _kept(report: Report, rule: Rule) -> Said:
    missed = _amount(report, rule)
    return _missed(rule, missed) if missed else _KEPT()


def _missed(rule: Rule, count: int) -> Said:
    return (_BROKEN if rule.strength is Strength.MUST else _MISSED)(count=count)


def _amount(report: Report, rule: Rule, unit: int | None = None) -> int:
    """By how much a rule is missed, of a unit where one is given, as the findings shown say."""
    found = [one for one in report.findings if one.rule == rule.id and one.strength is not Strength.NOTE and not one.of_published]
    return sum(one.amount for one in found if unit in (None, one.unit) and report.scope.tells(one, report.facts))


def _range(counts: Sequence[int]) -> Said:
    least, most = min(counts), max(counts)
    return plain(least) if least == most else _RANGE(least=least, most=most)


def _days(report: Report, days: Iterable[dt.date]) -> Said:
    """Days as spans of working days that follow each other: "3–7 Aug, 10 Aug"."""
    wanted = set(days)
    working = [report.facts.dates[d] for d in np.flatnonzero(report.facts.has_cell.any(axis=0)).tolist()]
    spans: list[list[dt.date]] = []
    before = False
    for day in working:
        if day in wanted:
            spans = [*spans[:-1], [spans[-1][0], day]] if before else [*spans, [day, day]]
        before = day in wanted
    return joined([both(short_period, first, last) for first, last in spans])
