"""Headcounts against limits: both numbers, and the sum that gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from giliran.domain.place import Strength
from giliran.domain.units import NO_UNIT
from giliran.messages import Percent, Said, Sentence, Whole, plain
from giliran.reports.report import Report
from giliran.reports.table import Column, Kind, Row, Table
from giliran.rules.answers import Limit
from giliran.rules.base import STAFFED, Rule
from giliran.rules.toolkit.limiting import Headcount, headcounts, limit_text
from giliran.text.numbers import WHOLE_SHARE

_TITLE = Sentence(en="Headcounts (in the office / at home)", id="Jumlah pegawai (WFO / WFH)")


@dataclass(frozen=True)
class HeadcountRow(Row):
    """The counted people of a group of a limit on one day.

    Parameters
    ----------
    rule
        Id of the rule.
    row
        The circular's row that it comes from; empty for own rules.
    group
        Whom it counts together: a unit, or what else the rule counts by.
    day
        The day.
    office, home
        Counted people in the office and at home.
    told
        Whether a finding tells of it.
    statement, limit, count
        The rule, its limit, and group and day as the limit numbers them.
    """

    columns = (
        Column("rule", Sentence(en="Rule", id="Aturan")(), Kind.TEXT),
        Column("row", Sentence(en="Row", id="Baris surat")(), Kind.TEXT),
        Column("group", Sentence(en="Group", id="Kelompok")(), Kind.TEXT),
        Column("day", Sentence(en="Day", id="Hari")(), Kind.DAY),
        Column("office", Sentence(en="In the office", id="WFO")(), Kind.COUNT),
        Column("home", Sentence(en="At home", id="WFH")(), Kind.COUNT),
        Column("share", Sentence(en="Share in the office", id="Persentase WFO")(), Kind.SHARE),
        Column("bound", Sentence(en="Limit", id="Batas")(), Kind.TEXT),
        Column("told", Sentence(en="Finding", id="Catatan")(), Kind.FLAG),
    )

    group: Said
    day: dt.date
    told: bool
    statement: Rule = field(repr=False)
    limit: Limit = field(repr=False)
    count: Headcount = field(repr=False)

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.statement.id

    @property
    def row(self) -> str:
        """The circular's row."""
        return self.statement.source.row or ""

    @property
    def office(self) -> int:
        """Counted people in the office."""
        return self.count.office

    @property
    def home(self) -> int:
        """Counted people at home."""
        return self.count.home

    @property
    def share(self) -> Percent | None:
        """Share of the counted people who are in the office, basis points rounded half up; None where nobody is counted."""
        people = self.office + self.home
        return Percent((2 * WHOLE_SHARE * self.office + people) // (2 * people)) if people else None

    @property
    def bound(self) -> Said:
        """The limit with the sum that gives it."""
        return limit_text(self.limit, self.count.group, self.count.day)


def headcount_table(report: Report) -> Table[HeadcountRow]:
    """Every rule that limits headcounts, its groups, day by day; where units should be staffed and are not, the headline tells."""
    told = _told(report)
    counting = [rule for rule in report.view.rules if STAFFED not in rule.tier_names()]
    rows = (row for rule in counting for row in _rows(report, rule, told.get(rule.id, frozenset())))
    return Table("headcounts", _TITLE(), HeadcountRow.columns, tuple(rows))


def broken_places(report: Report) -> frozenset[tuple[str, int, int]]:
    """Rule, unit and day of every finding by which the plan at hand breaks a rule; one that is used as it may be is not broken."""
    found = (one for one in report.findings if one.strength is Strength.MUST and not one.of_published)
    return frozenset((one.rule, one.unit, day) for one in found for day in one.days)


def _told(report: Report) -> dict[str, frozenset[tuple[int, int]]]:
    """Units and days of every rule's findings about the plan at hand."""
    places: dict[str, set[tuple[int, int]]] = {}
    for finding in report.findings:
        if finding.amount and not finding.of_published:
            places.setdefault(finding.rule, set()).update((finding.unit, d) for d in finding.days)
    return {rule: frozenset(found) for rule, found in places.items()}


def _rows(report: Report, rule: Rule, told: frozenset[tuple[int, int]]) -> Iterator[HeadcountRow]:
    """By group, then by limit where a rule has several, then by day."""
    limits = report.view.limits_of(rule)
    found: dict[tuple[int, int], list[Headcount]] = {}
    for k, limit in enumerate(limits):
        for count in headcounts(limit, report.schedule):
            if report.only is not None and not (
                report.scope.days[count.day] and report.scope.people[limit.people(count.group, count.day)].any()
            ):
                continue
            found.setdefault((count.group, k), []).append(count)
    for (group, k), counts in sorted(found.items()):
        unit, name = int(limits[k].groups.unit[group]), _name(report, limits[k], group)
        for count in counts:
            yield HeadcountRow(name, report.facts.dates[count.day], (unit, count.day) in told, rule, limits[k], count)


def _name(report: Report, limit: Limit, group: int) -> Said:
    unit = int(limit.groups.unit[group])
    if unit == NO_UNIT or limit.groups.value[group]:
        return limit.groups.label(report.facts, group)
    return plain(Whole(report.unit_name(unit)))
