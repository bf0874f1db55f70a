"""A plan in a few lines: headcounts against the tightest limits, who has duty first, and the notes that need a hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.instance.finishing import FACTS
from giliran.messages import Said, Sentence, few, plain, render_weekdays
from giliran.reports.findings import alike
from giliran.reports.headcounts import HeadcountRow, headcount_table
from giliran.reports.plan import duty_table
from giliran.reports.report import Report
from giliran.reports.summary import headline
from giliran.reports.words import both, day_with_month
from giliran.rules.answers import Sense, Side
from giliran.rules.base import STAFFED
from giliran.rules.toolkit.limiting import own_side_text

DUTY_DAYS = 2
"""Days whose officers are named: today, or the first day, and the next one."""
_A_WEEK = 7

_LIMIT = Sentence(en="{limit}; planned: {counts}", id="{limit}; jadwal: {counts}")
_OF_GROUP = Sentence(en="{group}: {limit}; planned: {counts}", id="{group}: {limit}; jadwal: {counts}")
_TIGHTEST = Sentence(
    en="{group} (tightest of {groups}): {limit}; planned: {counts}", id="{group} (paling ketat dari {groups}): {limit}; jadwal: {counts}"
)
_EVERY_DAY = Sentence(en="{count} every day", id="setiap hari {count}")
_ON_DAYS = Sentence(en="{days} {count}", id="{days} {count}")
_ALWAYS = Sentence(en="{count} a day", id="{count} per hari")
_A_DAY = Sentence(en="{least} to {most} a day", id="{least} sampai {most} per hari")
_DUTY = Sentence(en="On duty {day}: {names}", id="Petugas piket {day}: {names}")
_OF_RULE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_WITH_ALIKE = Sentence(en="{said} (and {count} more like this)", id="{said} (dan {count} lagi yang serupa)")


@dataclass(frozen=True)
class Note:
    """Something that must be told.

    Parameters
    ----------
    said
        In words; of several alike the first, and how many more there are.
    count
        How many findings it stands for.
    pressing
        Whether somebody must do something about it.
    """

    said: Said
    count: int
    pressing: bool


@dataclass(frozen=True)
class Watch:
    """Who is named for duty on a day, whatever the duty."""

    day: dt.date
    names: tuple[Said, ...]

    def said(self, most: int) -> Said:
        """The day with at most so many names, and how many more there are."""
        return _DUTY(day=both(day_with_month, self.day), names=few(self.names, most))


@dataclass(frozen=True)
class _Tight:
    """The group of a limiting rule that has the least room on some day; `order` is that of `_order` there."""

    order: tuple[bool, int]
    groups: int
    rows: Sequence[HeadcountRow]


def limit_lines(report: Report) -> list[Said]:
    """Of every rule that limits headcounts its tightest group with the sum and the planned numbers, the tightest first.

    A limit of nobody that is kept comes last: it is as tight as can be, and tells nothing. Duties are left out: they are told by the names.
    """
    duties = set(report.schedule.named.parts)
    rules = groupby(headcount_table(report).rows, key=lambda row: row.rule)
    tight = [_tightest(list(rows)) for rule, rows in rules if rule not in duties]
    return [_limit(report, found) for found in sorted(tight, key=lambda found: found.order)]


def _tightest(rows: Sequence[HeadcountRow]) -> _Tight:
    groups = [list(own) for _, own in groupby(rows, key=lambda row: (row.count.group, id(row.limit)))]
    order, _, first = min((min(map(_order, own)), -max(row.office + row.home for row in own), k) for k, own in enumerate(groups))
    return _Tight(order, len(groups), groups[first])


def _order(row: HeadcountRow) -> tuple[bool, int]:
    """The tightest first, and what says nothing last: that nobody may be there, where nobody is."""
    at, room = (row.count.group, row.count.day), _room(row)
    number = row.limit.most if row.limit.sense is Sense.EXACT else row.limit.number
    return room >= 0 and int(number[at]) == 0, room


def _room(row: HeadcountRow) -> int:
    """How many more people might be where the rule wants few, or fewer where it wants many."""
    at, sense = (row.count.group, row.count.day), row.limit.sense
    if sense is Sense.EXACT:
        return min(row.office - int(row.limit.least[at]), int(row.limit.most[at]) - row.office)
    number = int(row.limit.number[at])
    return number - _counted(row) if sense is Sense.MOST else _counted(row) - number


def _counted(row: HeadcountRow) -> int:
    return row.home if row.limit.side is Side.HOME else row.office


def _limit(report: Report, tight: _Tight) -> Said:
    """The limit of the day that is tightest, and the numbers of all days."""
    worst = min(tight.rows, key=_order)
    said = _LIMIT if tight.groups == 1 and _is_all(report, worst) else _OF_GROUP if tight.groups == 1 else _TIGHTEST
    limit = own_side_text(worst.limit, worst.count.group, worst.count.day)
    return said(group=worst.group, groups=tight.groups, limit=limit, counts=_counts(report, tight.rows))


def _is_all(report: Report, row: HeadcountRow) -> bool:
    """Whether a limit counts everybody of its day, so that no name is needed."""
    return len(row.limit.people(row.count.group, row.count.day)) == int(report.facts.present[:, row.count.day].sum())


def _counts(report: Report, rows: Sequence[HeadcountRow]) -> Said:
    """The planned numbers: one for all days, those of each day where they are few, else the least and the most."""
    counts, days = [_counted(row) for row in rows], [row.day for row in rows]
    worked = int(report.facts.has_cell.any(axis=0).sum())
    if len(set(counts)) == 1 and len(days) == worked:
        return _EVERY_DAY(count=counts[0])
    if len(days) > _A_WEEK or (days[-1] - days[0]).days >= _A_WEEK:
        return _ALWAYS(count=counts[0]) if len(set(counts)) == 1 else _A_DAY(least=min(counts), most=max(counts))
    runs = [list(run) for _, run in groupby(zip(days, counts, strict=True), key=lambda found: found[1])]
    said = [_ON_DAYS(days=both(render_weekdays, {day.weekday() for day, _ in run}), count=run[0][1]) for run in runs]
    return both(lambda lang: ", ".join(each.text(lang) for each in said))


def watches(report: Report, today: dt.date | None = None) -> list[Watch]:
    """The officers of the first two days of duty, from today on where the plan is under way."""
    found: dict[dt.date, dict[int, None]] = {}
    for row in duty_table(report).rows:
        found.setdefault(row.day, {})[row.person] = None
    days = sorted(found)
    if today is not None and days and days[0] <= today <= days[-1]:
        days = [day for day in days if day >= today]
    staff = report.facts.staff
    return [Watch(day, tuple(plain(staff.label(e)) for e in found[day])) for day in days[:DUTY_DAYS]]


def notes(report: Report, findings: Sequence[Finding]) -> Iterator[Note]:
    """What must be told of some findings, most important first: empty units, shortfalls, what costs, the rest, what is of the data."""
    yield from (Note(said, 1, True) for said in headline(report.facts, findings).told)
    rest = [finding for finding in findings if not _in_headline(finding)]
    for wanted in (_is_shortfall, _costs, _is_further, _is_of_data):
        for group in alike(list(filter(wanted, rest))):
            said, more = _with_rule(report, group[0]), len(group) - 1
            yield Note(_WITH_ALIKE(said=said, count=more) if more else said, len(group), _is_shortfall(group[0]))


def _with_rule(report: Report, finding: Finding) -> Said:
    """A finding after the name of its rule, unless it begins with that itself."""
    if not finding.rule or finding.said.text().startswith(finding.rule):
        return finding.said
    return _OF_RULE(rule=report.rule_name(finding.rule, finding.row), said=finding.said)


def _in_headline(finding: Finding) -> bool:
    """Whether the headline has a sentence for it, or for a unit that stands empty then."""
    return finding.told is Told.HEADLINE or (finding.strength is Strength.SHOULD and finding.tier == STAFFED)


def _is_further(finding: Finding) -> bool:
    return finding.rule != FACTS and not (_is_shortfall(finding) or _costs(finding))


def _is_of_data(finding: Finding) -> bool:
    return finding.rule == FACTS and not (_is_shortfall(finding) or _costs(finding))


def _is_shortfall(finding: Finding) -> bool:
    return finding.told is Told.SHORTFALL


def _costs(finding: Finding) -> bool:
    return finding.strength is Strength.SHOULD and not _is_shortfall(finding)
