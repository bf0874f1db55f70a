"""Days of work to which a plan gives no place: how many, of whom, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.text import Text

from giliran.messages import Sentence
from giliran.reports.lines import BAD
from giliran.reports.page import Page

MAX_UNITS = 5
"""Units that are named; of each as many people."""

_TITLE = Sentence(
    en="Without a place: {count} {count:person-day|person-days} of {some} of {people} {people:person|people}.",
    id="Belum mendapat tempat: {count} hari-orang dari {some} di antara {people} pegawai.",
)
_UNIT = Sentence(en="{unit}: {count} ({names})", id="{unit}: {count} ({names})")
_AND_MORE = Sentence(en="{names} and {count} more", id="{names} dan {count} lagi")
_MORE = Sentence(en="… {count} more {count:unit|units}", id="… {count} unit lagi")


def gaps(page: Page) -> Iterator[Text]:
    """How many person-days have no place; the first units with their person-days and people."""
    facts = page.facts
    person, day = np.nonzero(page.schedule.unplaced(facts))
    if not len(person):
        return
    some = len(np.unique(person))
    title = page.say(_TITLE, count=len(person), some=some, people=facts.num_people)
    yield from page.wrapped(title, indent="", style=BAD)
    unit = facts.unit[person, day]
    units = np.unique(unit).tolist()
    for u in units[:MAX_UNITS]:
        yield from page.wrapped(_of_unit(page, u, person[unit == u]), indent="    ", first="  ", style=BAD)
    if len(units) > MAX_UNITS:
        yield from page.wrapped(page.say(_MORE, count=len(units) - MAX_UNITS), style=BAD)


def _of_unit(page: Page, unit: int, people: np.ndarray) -> str:
    """A unit, its person-days without a place, and whose they are."""
    known = np.unique(people).tolist()
    names = [page.facts.staff.label(e) for e in known[:MAX_UNITS]]
    more = len(known) - MAX_UNITS
    some = _AND_MORE(names=", ".join(names), count=more) if more > 0 else names
    return page.say(_UNIT, unit=page.unit_name(unit), count=len(people), names=some)
