"""Limits of headcounts and comparison groups as a page has them."""

from __future__ import annotations

from itertools import groupby

from giliran.domain.units import NO_UNIT
from giliran.reports.fairness import fairness_table
from giliran.reports.headcounts import HeadcountRow, broken_places, headcount_table
from giliran.reports.page.data import NO_LIMIT, NOBODY, AccountRecord, GroupRecord, LimitRecord
from giliran.reports.page.indexing import Index
from giliran.rules.answers import Sense, Side

KEPT, TOLD, BROKEN = 0, 1, 2
"""How a limit is met: as it should be, with something to be told, not at all."""

_Places = frozenset[tuple[str, int, int]]
"""Rules, units and days."""


def limits_of(index: Index) -> tuple[LimitRecord, ...]:
    """Every rule that limits headcounts, with its groups and days."""
    broken = broken_places(index.report)
    rows = headcount_table(index.report).rows
    return tuple(_limit(index, list(own), broken) for _, own in groupby(rows, key=lambda row: (row.rule, id(row.limit))))


def _limit(index: Index, rows: list[HeadcountRow], broken: _Places) -> LimitRecord:
    first = rows[0]
    groups = [_group(index, list(own), broken) for _, own in groupby(rows, key=lambda row: row.count.group)]
    side = Side.OFFICE if first.limit.sense is Sense.EXACT else first.limit.side
    return LimitRecord(index.rule(first.rule, first.row), side.value, first.limit.sense.value, tuple(groups))


def _group(index: Index, rows: list[HeadcountRow], broken: _Places) -> GroupRecord:
    unit = int(rows[0].limit.groups.unit[rows[0].count.group])
    cells = tuple(_cell(index, row, broken=(row.rule, unit, row.count.day) in broken) for row in rows)
    return GroupRecord(rows[0].group.text(index.lang), index.unit(unit) if unit != NO_UNIT else NOBODY, cells)


def _cell(index: Index, row: HeadcountRow, *, broken: bool) -> tuple[int, int, int, int, int, int, int]:
    least, most = _bounds(row)
    state = BROKEN if broken else TOLD if row.told else KEPT
    text = index.sums.of(row.bound.text(index.lang))
    return index.day(row.count.day), row.office, row.home, least, most, state, text


def _bounds(row: HeadcountRow) -> tuple[int, int]:
    """Least and most people on the limit's own side, `NO_LIMIT` where there is none."""
    at = row.count.group, row.count.day
    match row.limit.sense:
        case Sense.EXACT:
            return int(row.limit.least[at]), int(row.limit.most[at])
        case Sense.MOST:
            return NO_LIMIT, int(row.limit.number[at])
        case Sense.LEAST:
            return int(row.limit.number[at]), NO_LIMIT


def accounts_of(index: Index) -> tuple[AccountRecord, ...]:
    """Every comparison group."""
    return tuple(
        AccountRecord(
            rule=index.rule_of(row.goal),
            group=row.group.text(index.lang),
            unit=NOBODY if row.unit is None else index.unit(row.unit),
            members=row.members,
            lowest=row.lowest,
            highest=row.highest,
            share=row.share,
            share_lowest=row.share_lowest,
            share_highest=row.share_highest,
            difference_lowest=row.difference_lowest,
            difference_highest=row.difference_highest,
        )
        for row in fairness_table(index.report).rows
    )
