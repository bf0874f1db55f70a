"""What rules about single people have in common: how they name people and places, and where their findings are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, bilingual, few, is_span, plain, render_span

IN_OFFICE = Sentence(en="in the office", id="WFO")
AT_HOME = Sentence(en="at home", id="WFH")
AWAY = Sentence(en="absent", id="tidak masuk")
OFF = Sentence(en="off", id="libur")
NOWHERE = Sentence(en="without a place", id="tanpa keterangan tempat")
OUTRANKED = Sentence(
    en="{person} may only work at home and stays at home on {days}, although the office is asked for",
    id="{person} hanya boleh WFH dan tetap WFH pada {days}, meskipun diminta WFO",
)
LISTED = Sentence(en="{items}", id="{items}")
MANY_DAYS = Sentence(en="{number} days from {first} to {last}", id="{number} hari dari {first} sampai {last}")
MOST_LISTED = 5
"""Longer lists of days or people are cut short in sentences."""

_WORDS = {Place.NONE: NOWHERE, Place.OFFICE: IN_OFFICE, Place.HOME: AT_HOME, Place.ABSENT: AWAY, Place.OFF: OFF}


def place_text(place: int) -> Said:
    """A place in words."""
    return _WORDS[Place(place)]()


def name_of(facts: Facts, e: int) -> Said:
    """A person as a value of a sentence."""
    return plain(facts.staff.label(e))


def spot(facts: Facts, e: int, d: int) -> dict[str, Any]:
    """Where a finding about one cell is, for `Statement.finding`."""
    return {"unit": int(facts.unit[e, d]), "days": (d,), "people": (e,)}


def each(cells: Cells | CellSet) -> Iterator[tuple[int, int]]:
    """Person and day of every cell, people in row order."""
    e, d = cells.spots() if isinstance(cells, CellSet) else np.nonzero(cells)
    yield from zip(e.tolist(), d.tolist(), strict=True)


def outranked(facts: Facts, asked: Cells | CellSet) -> Iterator[tuple[int, Said, dict[str, Any]]]:
    """For each home-only person whom `asked` would put in the office: number of days, sentence, and where it is."""
    return outranked_at(facts, (asked & facts.home_only).columns if isinstance(asked, CellSet) else np.flatnonzero(asked & facts.home_only))


def outranked_at(facts: Facts, asked: NDArray[np.int64]) -> Iterator[tuple[int, Said, dict[str, Any]]]:
    """The same of cells given by their columns in order : int64[·]."""
    person, day = np.divmod(asked, facts.num_days)
    skipped = facts.present[person, day] & facts.home_only[person, day]
    for e, cells in groupby(zip(person[skipped].tolist(), day[skipped].tolist(), strict=True), key=lambda cell: cell[0]):
        days = tuple(d for _, d in cells)
        said = OUTRANKED(person=name_of(facts, e), days=days_text(facts, days))
        yield len(days), said, {"unit": int(facts.unit[e, days[0]]), "days": days, "people": (e,)}


def days_text(facts: Facts, days: Sequence[int]) -> Said:
    """Days by their ends where they are a row, else as a list, or as a number with the first and the last where that would be long."""
    dates = [facts.dates[d] for d in days]
    if is_span(dates):
        return bilingual(en=render_span(dates, "en"), id=render_span(dates, "id"))
    if len(days) <= MOST_LISTED:
        return LISTED(items=dates)
    return MANY_DAYS(number=len(days), first=dates[0], last=dates[-1])


def names_text(facts: Facts, people: Sequence[int]) -> Said:
    """People as a list, cut off where it would be long."""
    return LISTED(items=few([name_of(facts, e) for e in people], MOST_LISTED))
