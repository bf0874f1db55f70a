"""Changes against the published plan: whose place, and who is named instead of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from giliran.domain.changes import Changes, PlaceChange
from giliran.messages import Said, Sentence
from giliran.reports.lines import DIM
from giliran.reports.page import Page, short_date, weekday_word
from giliran.rules.toolkit.personal import name_of, names_text, place_text

MAX_LINES = 10
"""Most people, and most days of duty, that are shown."""

_TITLE = Sentence(en="Changes against the published plan: {count}", id="Perubahan terhadap jadwal yang sudah ditetapkan: {count}")
_PLACES = Sentence(en="Places: {count}", id="Tempat kerja: {count}")
_NAMES = Sentence(en="Duty officers: {count}", id="Petugas piket: {count}")
_PERSON = Sentence(en="{person}: {changes}", id="{person}: {changes}")
_PLACE = Sentence(en="{day} {was} → {becomes}", id="{day} {was} → {becomes}")
_DUTY = Sentence(en="{rule}, {day}: {was} → {becomes}", id="{rule}, {day}: {was} → {becomes}")
_DROPPED = Sentence(en="{rule}, {day}: no longer {was}", id="{rule}, {day}: tidak lagi {was}")
_ADDED = Sentence(en="{rule}, {day}: also {becomes}", id="{rule}, {day}: ditambah {becomes}")
_MORE = Sentence(en="… and {count} more", id="… dan {count} lagi")
_MORE_IN = Sentence(en="… and {count} more, see {file}", id="… dan {count} lagi, lihat {file}")


def changes(page: Page) -> Iterator[Text]:
    """How many places and names change, the first of them, and how many more there are; nothing where no plan was published."""
    found = page.changes
    if found is None:
        return
    yield from page.heading(_TITLE, count=len(found))
    yield from _section(page, _PLACES, len(found.places), _of_places(page, found))
    yield from _section(page, _NAMES, len(found.names), _of_names(page, found))


def _section(page: Page, title: Sentence, count: int, lines: Sequence[tuple[int, Said]]) -> Iterator[Text]:
    """Lines with the number of changes that each tells."""
    if not lines:
        return
    yield from page.wrapped(page.say(title, count=count))
    shown = lines if len(lines) <= MAX_LINES + 1 else lines[:MAX_LINES]
    for _, said in shown:
        yield from page.wrapped(said, indent="      ", first="    ")
    if rest := sum(number for number, _ in lines[len(shown) :]):
        more = page.say(_MORE_IN, count=rest, file=page.see) if page.see.endswith(".json") else page.say(_MORE, count=rest)
        yield from page.wrapped(more, indent="    ", style=DIM)


def _of_places(page: Page, found: Changes) -> list[tuple[int, Said]]:
    """One line per person."""
    lines = []
    for e, group in groupby(found.places, key=lambda change: change.person):
        own = list(group)
        lines.append((len(own), _PERSON(person=name_of(page.facts, e), changes=[_place(page, change) for change in own])))
    return lines


def _place(page: Page, change: PlaceChange) -> Said:
    return _PLACE(day=_day(page, change.day), was=place_text(change.was), becomes=place_text(change.becomes))


def _of_names(page: Page, found: Changes) -> list[tuple[int, Said]]:
    """One line per rule and day."""
    lines = []
    for (rule, d), group in groupby(found.names, key=lambda change: (change.rule, change.day)):
        own = list(group)
        was, becomes = ([change.person for change in own if change.was is named] for named in (True, False))
        said = _DUTY if was and becomes else _DROPPED if was else _ADDED
        people = {"was": names_text(page.facts, was), "becomes": names_text(page.facts, becomes)}
        lines.append((len(own), said(rule=rule, day=_day(page, d), **people)))
    return lines


def _day(page: Page, d: int) -> str:
    day = page.facts.dates[d]
    return f"{weekday_word(day, page.lang)} {short_date(day, page.lang)}"
