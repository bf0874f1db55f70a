"""Whose calendar says what."""

from __future__ import annotations

import numpy as np

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Facts
from giliran.program import Ints


def posting_calendars(facts: Facts) -> tuple[tuple[Calendar, ...], Ints]:
    """The calendars in use by name, and for each posting which of them it follows : int64[R].

    A posting without a calendar of its own follows that of its unit.
    """
    rows = facts.postings
    names = [
        rows.calendar.words[code] if code >= 0 else facts.units[unit].calendar
        for code, unit in zip(rows.calendar.code.tolist(), rows.unit.tolist(), strict=True)
    ]
    known = {name: k for k, name in enumerate(sorted(set(names)))}
    return tuple(facts.calendars[name] for name in known), np.array([known[name] for name in names], dtype=np.int64)
