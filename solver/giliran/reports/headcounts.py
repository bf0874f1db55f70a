"""Headcounts against limits: both numbers, and the sum that gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rich.text import Text

from giliran.domain.units import NO_UNIT
from giliran.messages import Sentence
from giliran.reports.lines import BAD, DIM
from giliran.reports.page import INDENT, Page, short_date, weekday_word
from giliran.rules.answers import NO_SHARE, Limit, Sense
from giliran.rules.base import STAFFED, Rule
from giliran.rules.toolkit.limiting import Headcount, headcounts, limit_text

MAX_GROUPS = 5
"""Most groups of a rule that are shown; those with a finding come first."""
MAX_RULES = 12

_TITLE = Sentence(en="Headcounts (in the office / at home)", id="Jumlah pegawai (WFO / WFH)")
_RULE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_MORE_GROUPS = Sentence(
    en="… {count} more {count:group|groups}, {over} of them with a finding",
    id="… {count} kelompok lain, {over} di antaranya dengan catatan",
)
_MORE_RULES = Sentence(en="… {count} more {count:limit|limits}", id="… {count} batas lain")
_RANGE = Sentence(en="{first} to {last}", id="{first} s.d. {last}")


@dataclass(frozen=True)
class _Run:
    """Successive days of a group with one limit and the same headcount; `first` and `last` count the days that its people work."""

    first: int
    last: int
    dates: tuple[dt.date, dt.date]
    office: int
    home: int
    told: bool


@dataclass(frozen=True)
class _Counted:
    """A group of a limit with its headcounts, and whether a finding tells of it."""

    limit: Limit
    group: int
    counts: Sequence[Headcount]
    touched: bool


def limits(page: Page) -> Iterator[Text]:
    """Every rule that limits headcounts, its first groups, day by day; where units should be staffed and are not, the headline tells."""
    told = _told(page)
    counting = [rule for rule in page.view.rules if STAFFED not in rule.tier_names()]
    drawn = [(rule, groups) for rule in counting if (groups := _counted(page, rule, told.get(rule.id, frozenset())))]
    if drawn:
        yield from page.heading(_TITLE)
    for rule, groups in drawn[:MAX_RULES]:
        yield from _rule(page, rule, groups, told.get(rule.id, frozenset()))
    if len(drawn) > MAX_RULES:
        yield from page.wrapped(page.say(_MORE_RULES, count=len(drawn) - MAX_RULES), style=DIM)


def _told(page: Page) -> dict[str, frozenset[tuple[int, int]]]:
    """Units and days of every rule's findings."""
    places: dict[str, set[tuple[int, int]]] = {}
    for finding in page.findings:
        if finding.amount:
            places.setdefault(finding.rule, set()).update((finding.unit, d) for d in finding.days)
    return {rule: frozenset(found) for rule, found in places.items()}


def _counted(page: Page, rule: Rule, told: frozenset[tuple[int, int]]) -> list[_Counted]:
    """All groups of a rule's limits, those with a finding first."""
    found: dict[tuple[int, int], list[Headcount]] = {}
    limits_of = page.view.limits_of(rule)
    for k, limit in enumerate(limits_of):
        for count in headcounts(limit, page.schedule):
            found.setdefault((count.group, k), []).append(count)
    groups = []
    for (group, k), counts in sorted(found.items()):
        unit = int(limits_of[k].groups.unit[group])
        groups.append(_Counted(limits_of[k], group, counts, any((unit, count.day) in told for count in counts)))
    return sorted(groups, key=lambda counted: not counted.touched)


def _rule(page: Page, rule: Rule, groups: Sequence[_Counted], told: frozenset[tuple[int, int]]) -> Iterator[Text]:
    title = _RULE(rule=page.rule_name(rule.id, rule.source.row), said=rule.describe(page.view))
    yield from page.wrapped(title, indent=INDENT, first="")
    for counted in groups[:MAX_GROUPS]:
        yield from _group(page, counted.limit, counted.group, counted.counts, told)
    hidden = groups[MAX_GROUPS:]
    if hidden:
        over = sum(counted.touched for counted in hidden)
        yield from page.wrapped(page.say(_MORE_GROUPS, count=len(hidden), over=over), style=DIM)


def _group(page: Page, limit: Limit, group: int, counts: Sequence[Headcount], told: frozenset[tuple[int, int]]) -> Iterator[Text]:
    """The group's name, then each limit with the days on which it holds."""
    unit, value = int(limit.groups.unit[group]), limit.groups.value[group]
    label = limit.groups.label(page.facts, group).text(page.lang) if unit == NO_UNIT or value else page.unit_name(unit)
    yield from page.wrapped(label)
    alike: dict[tuple[int, ...], list[tuple[str, _Run]]] = {}
    number = _numbered_days(page, limit, group, counts[0].day)
    for count in counts:
        day, position = page.facts.dates[count.day], number[count.day]
        run = _Run(position, position, (day, day), count.office, count.home, (unit, count.day) in told)
        text = limit_text(limit, group, count.day).text(page.lang)
        alike.setdefault(_sum(limit, group, count.day), []).append((text, run))
    for found in alike.values():
        yield from page.wrapped(_merged([text for text, _ in found]), indent=INDENT * 3, first=INDENT * 2, style=DIM)
        yield from _days(page, [run for _, run in found])


def _numbered_days(page: Page, limit: Limit, group: int, day: int) -> list[int]:
    """Days numbered so that neighbours are those between which the group's people of `day` work on none, meant or not."""
    worked = page.facts.has_cell[limit.groups.members(group, day)].any(axis=0)
    return [int(number) for number in np.cumsum(worked)]


def _sum(limit: Limit, group: int, day: int) -> tuple[int, ...]:
    """What a limit comes from; where this is the same, sentences differ only by how many are absent."""
    share, number = int(limit.share[group, day]), int(limit.number[group, day])
    bounds = (int(limit.least[group, day]), int(limit.most[group, day])) if limit.sense is Sense.EXACT else ()
    return (share, number, 0 if share == NO_SHARE else int(limit.size[group, day]), *bounds)


def _merged(texts: Sequence[str]) -> str:
    """One sentence for several that differ in a number: "at least 20–22 at home"."""
    words = [text.split(" ") for text in dict.fromkeys(texts)]
    if len({len(line) for line in words}) > 1:
        return texts[0]
    return " ".join(same[0] if len(set(same)) == 1 else _span(same) for same in zip(*words, strict=True))


def _span(words: Sequence[str]) -> str:
    numbers = sorted(int(word) for word in words if word.isdecimal())
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) == len(words) else words[0]


def _days(page: Page, runs: Sequence[_Run]) -> Iterator[Text]:
    """Days with their headcounts, equal neighbours together, as many on a line as fit."""
    line = Text(INDENT * 2)
    for run in _joined(runs):
        item = f"{_days_text(page, run)} {run.office}/{run.home}{'!' if run.told else ''}"
        if len(line) + len(item) > page.width and line.plain.strip():
            line.rstrip()
            yield line
            line = Text(INDENT * 2)
        line.append(item, style=BAD if run.told else "")
        line.append("   ")
    line.rstrip()
    yield line


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.last + 1 == run.first and (last.office, last.home, last.told) == (run.office, run.home, run.told):
            joined[-1] = replace(last, last=run.last, dates=(last.dates[0], run.dates[1]))
        else:
            joined.append(run)
    return joined


def _days_text(page: Page, run: _Run) -> str:
    first, last = (f"{weekday_word(day, page.lang)} {short_date(day, page.lang)}" for day in run.dates)
    return first if run.first == run.last else page.say(_RANGE, first=first, last=last)
