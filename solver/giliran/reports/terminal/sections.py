"""The tables of a report on a terminal: changes, fairness, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.messages import Said, Sentence, plain
from giliran.reports.changes import ChangeRow, change_table
from giliran.reports.fairness import FairnessRow, fairness_table
from giliran.reports.findings import alike, finding_table
from giliran.reports.report import Report
from giliran.reports.terminal.screen import BAD, COSTLY, DIM, Screen
from giliran.reports.words import both, day_with_month, days_text
from giliran.rules.toolkit.personal import name_of, names_text

if TYPE_CHECKING:
    pass

MAX_CHANGES = 10
"""Most people, and most days of duty, whose changes are shown where not all are wanted."""
MAX_MUST = 5
"""Of rules that are not kept so many places are shown where not all are wanted."""

_CHANGES = Sentence(en="{title}: {count}", id="{title}: {count}")
_PLACES = Sentence(en="Places: {count}", id="Tempat kerja: {count}")
_NAMES = Sentence(en="Duty officers: {count}", id="Petugas piket: {count}")
_PERSON = Sentence(en="{person}: {changes}", id="{person}: {changes}")
_PLACE = Sentence(en="{day} {was} → {becomes}", id="{day} {was} → {becomes}")
_DUTY = Sentence(en="{rule}, {day}: {was} → {becomes}", id="{rule}, {day}: {was} → {becomes}")
_DROPPED = Sentence(en="{rule}, {day}: no longer {was}", id="{rule}, {day}: tidak lagi {was}")
_ADDED = Sentence(en="{rule}, {day}: also {becomes}", id="{rule}, {day}: ditambah {becomes}")
_MORE_CHANGES = Sentence(en="… and {count} more: --all", id="… dan {count} lagi: --all")
_MORE_IN = Sentence(en="… and {count} more: --all, or {file}", id="… dan {count} lagi: --all, atau {file}")

_FAIRNESS = Sentence(en="{title} ({goal})", id="{title} ({goal})")
_GROUP = Sentence(
    en="{unit}: members {members}, office days {days}, fair share {share}, difference {difference}",
    id="{unit}: anggota {members}, hari giliran {days}, jatah {share}, selisih {difference}",
)
_RANGE = Sentence(en="{least} to {most}", id="{least} s.d. {most}")
_MUST = Sentence(en="Rules that are not kept: {count}", id="Ketidaksesuaian: {count}")
_SHOULD = Sentence(en="Costs: {count}", id="Berbiaya: {count}")
_NOTE = Sentence(en="Notes: {count}", id="Catatan: {count}")
_ONE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_MANY = Sentence(en="{rule}: {count} times", id="{rule}: {count} kali")
_MANY_OF_NONE = Sentence(en="{count} times", id="{count} kali")
_MORE_ALIKE = Sentence(en="… {count} more like this: --all", id="… {count} lagi yang serupa: --all")
_NONE = Sentence(en="None.", id="Tidak ada.")
_HEAD = {Strength.MUST: (_MUST, BAD), Strength.SHOULD: (_SHOULD, COSTLY), Strength.NOTE: (_NOTE, DIM)}


def changes_section(screen: Screen, report: Report, files: Sequence[str], *, whole: bool) -> Iterator[Text]:
    """How many places and names change, all or the first of them, and how many more there are; nothing where no plan was published."""
    table = change_table(report)
    if table is None:
        return
    places = [row for row in table.rows if row.named is None and not row.away]
    names = [row for row in table.rows if row.named is not None]
    yield from screen.heading(_CHANGES(title=table.title, count=len(places) + len(names)))
    by_person = _grouped(places, lambda row: row.person, lambda own: _of_person(screen, report, own))
    by_day = _grouped(names, lambda row: (row.rule, row.day), lambda own: _of_duty(screen, report, own))
    see = next((file for file in files if file.endswith(".json")), "")
    yield from _some_changes(screen, _PLACES, len(places), by_person, see, whole=whole)
    yield from _some_changes(screen, _NAMES, len(names), by_day, see, whole=whole)


def _grouped(
    rows: Sequence[ChangeRow], key: Callable[[ChangeRow], object], said: Callable[[list[ChangeRow]], Said]
) -> list[tuple[int, Said]]:
    """A sentence for rows that belong together, with their number."""
    groups = [list(group) for _, group in groupby(rows, key=key)]
    return [(len(own), said(own)) for own in groups]


def _some_changes(
    screen: Screen, title: Sentence, count: int, lines: Sequence[tuple[int, Said]], see: str, *, whole: bool
) -> Iterator[Text]:
    if not lines:
        return
    yield from screen.wrapped(title(count=count))
    listed = lines if whole or len(lines) <= MAX_CHANGES + 1 else lines[:MAX_CHANGES]
    for _, said in listed:
        yield from screen.wrapped(said, indent="      ", first="    ")
    if rest := sum(number for number, _ in lines[len(listed) :]):
        more = _MORE_IN(count=rest, file=see) if see else _MORE_CHANGES(count=rest)
        yield from screen.wrapped(more, indent="    ", style=DIM)


def _of_person(screen: Screen, report: Report, own: Sequence[ChangeRow]) -> Said:
    moved = [_PLACE(day=day_with_month(row.day, screen.lang), was=row.was, becomes=row.becomes) for row in own]
    return _PERSON(person=name_of(report.facts, own[0].person), changes=moved)


def _of_duty(screen: Screen, report: Report, own: Sequence[ChangeRow]) -> Said:
    was, becomes = ([row.person for row in own if row.named is named] for named in (False, True))
    said = _DUTY if was and becomes else _DROPPED if was else _ADDED
    people = {"was": names_text(report.facts, was), "becomes": names_text(report.facts, becomes)}
    return said(rule=own[0].rule, day=day_with_month(own[0].day, screen.lang), **people)


def fairness_section(screen: Screen, report: Report) -> Iterator[Text]:
    """Members, fewest and most days, fair shares and differences of every comparison group, a line each."""
    table = fairness_table(report)
    for goal, found in groupby(table.rows, key=lambda row: row.goal):
        rows = list(found)
        yield from screen.heading(_FAIRNESS(title=table.title, goal=goal))
        for row in rows:
            yield from screen.wrapped(_group(row), indent="    ", first="  ")


def _group(row: FairnessRow) -> Said:
    return _GROUP(
        unit=row.group,
        members=row.members,
        days=_range(plain(row.lowest), plain(row.highest)),
        share=_range(both(days_text, row.share_lowest), both(days_text, row.share_highest)),
        difference=_range(both(days_text, row.difference_lowest, signed=True), both(days_text, row.difference_highest, signed=True)),
    )


def _range(least: Said, most: Said) -> Said:
    return least if least.text() == most.text() else _RANGE(least=least, most=most)


def findings_section(screen: Screen, report: Report) -> Iterator[Text]:
    """Every finding with its rule and the circular's row."""
    table = finding_table(report)
    yield from screen.heading(table.title)
    if not table.rows:
        yield from screen.wrapped(_NONE())
    for strength, (title, style) in _HEAD.items():
        found = [row.finding for row in table.rows if row.finding.strength is strength]
        if found:
            yield from screen.wrapped(title(count=len(found)), style=style)
            for group in alike(found):
                yield from _findings(screen, report, group, len(group))


def broken_section(screen: Screen, report: Report) -> Iterator[Text]:
    """Rules that are not kept, in full; of many places alike the first ones and how many more there are."""
    found = [finding for finding in report.findings if finding.strength is Strength.MUST]
    if found:
        title, style = _HEAD[Strength.MUST]
        yield Text()
        yield from screen.wrapped(title(count=len(found)), indent="", style=style)
        for group in alike(found):
            yield from _findings(screen, report, group, MAX_MUST)


def _findings(screen: Screen, report: Report, group: Sequence[Finding], most: int) -> Iterator[Text]:
    listed = group if len(group) <= most + 1 else group[:most]
    title = report.rule_name(group[0].rule, group[0].row) if group[0].rule else None
    if len(group) == 1:
        said = _ONE(rule=title, said=group[0].said) if title else group[0].said
        yield from screen.wrapped(said, indent="      ", first="    ")
        return
    many = _MANY(rule=title, count=len(group)) if title else _MANY_OF_NONE(count=len(group))
    yield from screen.wrapped(many, indent="      ", first="    ")
    for finding in listed:
        yield from screen.wrapped(finding.said, indent="        ", first="      - ")
    if len(listed) < len(group):
        yield from screen.wrapped(_MORE_ALIKE(count=len(group) - len(listed)), indent="        ", style=DIM)
