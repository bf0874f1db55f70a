"""The first lines of a report: no more than a screen holds above a plan, whatever there is to tell but what is not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from rich.text import Text

from giliran.domain.place import Strength
from giliran.messages import Sentence
from giliran.reports.brief import Note, Watch, limit_lines, notes, watches
from giliran.reports.report import Report
from giliran.reports.summary import SHORTFALLS, headline
from giliran.reports.terminal.screen import COSTLY, DIM, Screen

MOST_LINES = 15
"""Lines of a report beside the plan, on a terminal of 80 columns."""
_FOR_LIMITS, _FOR_NOTES = 3, 3
"""Lines that limits take at most, and that are kept for notes where there are any."""
_OF_A_DAY = 2
"""Lines of the officers of one day, where there is room."""
_OF_NOTES = "    "

_MORE_LIMITS = Sentence(en="… {count} more {count:limit|limits}: --all", id="… dan {count} batas lagi: --all")
_MORE_NOTES = Sentence(en="… and {count} more {count:note|notes}: --all", id="… dan {count} catatan lagi: --all")


def brief(screen: Screen, report: Report, begun: Sequence[Text], closing: int, today: dt.date | None) -> Iterator[Text]:
    """What was begun with, then limits, officers and notes, so many lines that with those of the end they are `MOST_LINES`."""
    yield from begun
    first = list(_shortfalls(screen, report))
    yield from first
    found = list(notes(report, [finding for finding in report.findings if finding.strength is not Strength.MUST]))
    room = MOST_LINES - len(begun) - len(first) - closing
    kept = _FOR_NOTES if found else 0
    limits = list(_limits(screen, report, min(_FOR_LIMITS, max(room - kept, 0))))
    yield from limits
    officers = watches(report, today)
    each = _OF_A_DAY if room - len(limits) - kept >= _OF_A_DAY * len(officers) else 1
    duty = [line for watch in officers for line in _duty(screen, watch, each)]
    yield from duty
    yield from _notes(screen, found, room - len(limits) - len(duty))


def _shortfalls(screen: Screen, report: Report) -> Iterator[Text]:
    if count := headline(report.facts, report.findings).shortfalls:
        yield from screen.wrapped(SHORTFALLS(count=count), indent="", style=COSTLY)


def _limits(screen: Screen, report: Report, room: int) -> Iterator[Text]:
    """As many limits as there is room for, and how many more there are."""
    waiting = limit_lines(report)
    while waiting and room:
        lines = list(screen.wrapped(waiting[0], indent=_OF_NOTES, first=""))
        if len(lines) > room - (len(waiting) > 1):
            break
        yield from lines
        room -= len(lines)
        waiting = waiting[1:]
    if waiting and room:
        yield from clipped(screen, screen.wrapped(_MORE_LIMITS(count=len(waiting)), indent="", style=DIM), room)


def _duty(screen: Screen, watch: Watch, room: int) -> list[Text]:
    """As many names as there is room for."""

    def lines(most: int) -> list[Text]:
        return list(screen.wrapped(watch.said(most), indent=_OF_NOTES, first=""))

    return list(clipped(screen, lines(_most(len(watch.names), lambda most: len(lines(most)) <= room)), room))


def _most(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, 1 where none does; what is larger than one that does not fit does not fit either."""
    least = 1
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(middle) else (least, middle - 1)
    return least


def _notes(screen: Screen, found: Sequence[Note], room: int) -> Iterator[Text]:
    """The first notes in full, a first one without room cut, and how many more there are."""
    left = sum(note.count for note in found)
    for k, note in enumerate(found):
        first, style = ("  ! ", COSTLY) if note.pressing else ("  - ", "")
        lines = list(screen.wrapped(note.said, indent=_OF_NOTES, first=first, style=style))
        free = room - (left > note.count)
        if len(lines) > free and (k or free < 1):
            break
        yield from clipped(screen, lines, free)
        left, room = left - note.count, room - min(len(lines), free)
    if left:
        yield from screen.wrapped(_MORE_NOTES(count=left), indent="  ", style=DIM)


def clipped(screen: Screen, lines: Iterator[Text] | Sequence[Text], most: int) -> Iterator[Text]:
    """So many lines, the last one with "…" where there were more."""
    known = list(lines)
    yield from known[: most - 1] if len(known) > most else known
    if len(known) > most > 0:
        last = known[most - 1].copy()
        last.truncate(screen.width - 2, overflow="crop")
        last.rstrip()
        yield last.append(" …")
