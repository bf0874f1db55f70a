"""The headline on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from giliran.headline import headline
from giliran.messages import Sentence
from giliran.reports.lines import COSTLY
from giliran.reports.page import Page

MOST_TOLD = 5
"""Sentences beside the status; the list of findings has all of them."""

SHORTFALLS = Sentence(en="Shortfalls to be told: {count}", id="Kekurangan yang perlu diketahui: {count}")
_SEE = Sentence(en="{shortfalls} (see the findings).", id="{shortfalls} (lihat catatan).")
_MORE = Sentence(en="… {count} more in the findings", id="… {count} lagi dalam catatan")


def headlines(page: Page) -> Iterator[Text]:
    """The number of shortfalls, then the sentences that stand beside the status."""
    head = headline(page.facts, page.findings)
    if head.shortfalls:
        yield from page.wrapped(page.say(_SEE, shortfalls=SHORTFALLS(count=head.shortfalls)), indent="", style=COSTLY)
    shown = head.told if len(head.told) <= MOST_TOLD + 1 else head.told[:MOST_TOLD]
    for said in shown:
        yield from page.wrapped(said, indent="    ", first="  ! ", style=COSTLY)
    if len(shown) < len(head.told):
        yield from page.wrapped(page.say(_MORE, count=len(head.told) - len(shown)), indent="    ", style=COSTLY)
