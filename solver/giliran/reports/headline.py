"""The headline: how a plan ended, with what must not be overlooked beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.messages import Sentence
from giliran.reports.lines import COSTLY
from giliran.reports.page import Page
from giliran.rules.base import STAFFED

MOST_TOLD = 5
"""Sentences beside the status; the list of findings has all of them."""

SHORTFALLS = Sentence(
    en="Shortfalls to be told: {count} (see the findings).", id="Kekurangan yang perlu diketahui: {count} (lihat catatan)."
)
MORE = Sentence(en="… {count} more in the findings", id="… {count} lagi dalam catatan")


def shortfalls(findings: Iterable[Finding]) -> int:
    """Findings about something that was asked for and that the facts leave no room for."""
    return sum(finding.told is Told.SHORTFALL for finding in findings)


def headline(page: Page) -> Iterator[Text]:
    """The number of shortfalls, then the sentences that stand beside the status."""
    if count := shortfalls(page.findings):
        yield from page.wrapped(page.say(SHORTFALLS, count=count), indent="", style=COSTLY)
    told = _told(page.findings)
    shown = told if len(told) <= MOST_TOLD + 1 else told[:MOST_TOLD]
    for finding in shown:
        yield from page.wrapped(finding.said, indent="    ", first="  ! ", style=COSTLY)
    if len(shown) < len(told):
        yield from page.wrapped(page.say(MORE, count=len(told) - len(shown)), indent="    ", style=COSTLY)


def _told(findings: Sequence[Finding]) -> list[Finding]:
    """What stands beside the status, a soft floor that found no room too, unless its unit is told for the same days already."""
    first = [finding for finding in findings if finding.told is Told.HEADLINE]
    places = {(finding.unit, day) for finding in first for day in finding.days}
    missed = [finding for finding in findings if finding.strength is Strength.SHOULD and finding.tier == STAFFED]
    return [*first, *(finding for finding in missed if not places.issuperset((finding.unit, day) for day in finding.days))]
