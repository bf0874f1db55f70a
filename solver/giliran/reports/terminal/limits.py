"""Headcounts against limits on a terminal: rule by rule, group by group, equal neighbouring days together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from rich.text import Text

from giliran.messages import Sentence
from giliran.reports.headcounts import HeadcountRow, headcount_table
from giliran.reports.report import Report
from giliran.reports.terminal.screen import BAD, DIM, INDENT, Screen, tied
from giliran.reports.words import day_with_month
from giliran.rules.answers import NO_SHARE, Sense

_RULE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_RANGE = Sentence(en="{first} to {last}", id="{first} s.d. {last}")
_BETWEEN = "   "


@dataclass(frozen=True)
class _Run:
    """Successive days of a group with one limit and the same headcount; `first` and `last` count the days that its people work."""

    first: int
    last: int
    dates: tuple[dt.date, dt.date]
    office: int
    home: int
    told: bool


def limits_section(screen: Screen, report: Report) -> Iterator[Text]:
    """Every rule that limits headcounts, its groups, day by day; those with a finding come first."""
    table = headcount_table(report)
    rules = [list(rows) for _, rows in groupby(table.rows, key=lambda row: row.rule)]
    if rules:
        yield from screen.heading(table.title)
    for rows in rules:
        yield from _rule(screen, report, rows)


def _rule(screen: Screen, report: Report, rows: Sequence[HeadcountRow]) -> Iterator[Text]:
    rule = rows[0].statement
    title = _RULE(rule=report.rule_name(rule.id, rule.source.row), said=rule.describe(report.view))
    yield from screen.wrapped(title, indent=INDENT, first="")
    groups = [list(own) for _, own in groupby(rows, key=lambda row: (row.count.group, id(row.limit)))]
    groups.sort(key=lambda own: not any(row.told for row in own))
    for own in groups:
        yield from _group(screen, report, own)


def _group(screen: Screen, report: Report, rows: Sequence[HeadcountRow]) -> Iterator[Text]:
    """The group's name, then each limit with the days on which it holds."""
    yield from screen.wrapped(rows[0].group)
    alike: dict[tuple[int, ...], list[tuple[str, _Run]]] = {}
    number = _numbered_days(report, rows[0])
    for row in rows:
        position = number[row.count.day]
        run = _Run(position, position, (row.day, row.day), row.office, row.home, row.told)
        alike.setdefault(_sum(row), []).append((row.bound.text(screen.lang), run))
    for found in alike.values():
        yield from screen.wrapped(_merged([text for text, _ in found]), indent=INDENT * 3, first=INDENT * 2, style=DIM)
        yield from screen.folded(_days(screen, [run for _, run in found]), indent=INDENT * 2)


def _numbered_days(report: Report, row: HeadcountRow) -> list[int]:
    """Days numbered so that neighbours are those between which the group's people of the first day work on none, meant or not."""
    members = row.limit.groups.members(row.count.group, row.count.day)
    return [int(number) for number in np.cumsum(report.facts.has_cell[members].any(axis=0))]


def _sum(row: HeadcountRow) -> tuple[int, ...]:
    """What a limit comes from; where this is the same, sentences differ only by how many are absent."""
    limit, at = row.limit, (row.count.group, row.count.day)
    share, number = int(limit.share[at]), int(limit.number[at])
    bounds = (int(limit.least[at]), int(limit.most[at])) if limit.sense is Sense.EXACT else ()
    return (share, number, 0 if share == NO_SHARE else int(limit.size[at]), *bounds)


def _merged(texts: Sequence[str]) -> str:
    """One sentence for several that differ in a number: "at least 20–22 at home"."""
    words = [text.split(" ") for text in dict.fromkeys(texts)]
    if len({len(line) for line in words}) > 1:
        return texts[0]
    return " ".join(same[0] if len(set(same)) == 1 else _span(same) for same in zip(*words, strict=True))


def _span(words: Sequence[str]) -> str:
    numbers = sorted(int(word) for word in words if word.isdecimal())
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) == len(words) else words[0]


def _days(screen: Screen, runs: Sequence[_Run]) -> Text:
    """Days with their headcounts, equal neighbours together."""
    line = Text()
    for run in _joined(runs):
        item = f"{_days_text(screen, run)} {run.office}/{run.home}{'!' if run.told else ''}"
        line.append(_BETWEEN if line else "")
        line.append(tied(item, every=True), style=BAD if run.told else "")
    return line


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.last + 1 == run.first and (last.office, last.home, last.told) == (run.office, run.home, run.told):
            joined[-1] = replace(last, last=run.last, dates=(last.dates[0], run.dates[1]))
        else:
            joined.append(run)
    return joined


def _days_text(screen: Screen, run: _Run) -> str:
    first, last = (day_with_month(day, screen.lang) for day in run.dates)
    return first if run.first == run.last else screen.say(_RANGE, first=first, last=last)
