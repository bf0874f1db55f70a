"""Whose calendar says what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Facts
from giliran.program import Ints


def posting_calendars(facts: Facts, posting: NDArray[np.int32]) -> tuple[tuple[Calendar, ...], Ints]:
    """The calendars in use by name, and which of them each of some postings follows : int64 in their shape.

    A posting without a calendar of its own follows that of its unit.
    """
    rows = facts.postings
    found, place = np.unique(posting, return_inverse=True)
    units = facts.units.calendar
    names = [
        rows.calendar.words[code] if code >= 0 else units.known[units.number[unit]]
        for code, unit in zip(rows.calendar.code[found].tolist(), rows.unit[found].tolist(), strict=True)
    ]
    known = {name: k for k, name in enumerate(sorted(set(names)))}
    which = np.array([known[name] for name in names], dtype=np.int64)
    return tuple(facts.calendars[name] for name in known), which[place].reshape(posting.shape)
