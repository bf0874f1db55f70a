"""What rules about single people have in common: how they name people and places, and where their findings are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, plain

IN_OFFICE = Sentence(en="in the office", id="WFO")
AT_HOME = Sentence(en="at home", id="WFH")
AWAY = Sentence(en="absent", id="tidak masuk")
OFF = Sentence(en="off", id="libur")
NOWHERE = Sentence(en="without a place", id="tanpa keterangan tempat")
OUTRANKED = Sentence(
    en="{person} may only work at home and stays at home on {days}, although the office is asked for",
    id="{person} hanya boleh WFH dan tetap WFH pada {days}, meskipun diminta WFO",
)

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


def each(cells: Cells) -> Iterator[tuple[int, int]]:
    """Person and day of every cell, people in row order."""
    yield from ((e, d) for e, d in np.argwhere(cells).tolist())


def outranked(facts: Facts, asked: Cells) -> Iterator[tuple[int, Said, dict[str, Any]]]:
    """For each home-only person whom `asked` would put in the office: number of days, sentence, and where it is."""
    skipped = asked & facts.present & facts.home_only
    for e in np.flatnonzero(skipped.any(axis=1)).tolist():
        days = tuple(np.flatnonzero(skipped[e]).tolist())
        said = OUTRANKED(person=name_of(facts, e), days=[facts.dates[d] for d in days])
        yield len(days), said, {"unit": int(facts.unit[e, days[0]]), "days": days, "people": (e,)}
