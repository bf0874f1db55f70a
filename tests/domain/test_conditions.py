"""Values of conditions by unit and day, against a look at every entry for every unit and day."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from giliran.domain.condition import NO_VALUE, ConditionEntry, valued
from giliran.domain.units import NO_UNIT, Units
from tests.builders import MONDAY, make_units


def naive(units: Units, day: dt.date, entries: list[ConditionEntry], unit: int) -> str | None:
    """The value of the nearest unit at or above that has one on a day, else the one for everybody."""
    while unit != NO_UNIT:
        for entry in entries:
            if entry.units is not None and unit in entry.units and entry.first <= day <= entry.last:
                return entry.value
        unit = int(units.parent[unit])
    return next((entry.value for entry in entries if entry.units is None and entry.first <= day <= entry.last), None)


@pytest.mark.parametrize("seed", range(30))
def test_the_narrowest_unit_decides(seed: int) -> None:
    """Every unit and day has the value of the nearest unit at or above it that has one; entries may reach beyond the horizon."""
    draw = random.Random(seed)
    parents = [NO_UNIT, *(draw.randrange(k) if draw.random() < 0.9 else NO_UNIT for k in range(1, 9))]
    rows = [{"id": f"u{k}"} | ({} if above == NO_UNIT else {"parent": f"u{above}"}) for k, above in enumerate(parents)]
    units = make_units(rows)
    dates = [MONDAY + dt.timedelta(days=d) for d in range(4)]
    entries = []
    for root in draw.sample([None, *range(9)], 5):  # one entry a unit, so none disagree
        first = draw.randrange(-3, 6)
        span = [MONDAY + dt.timedelta(days=first + extra) for extra in (0, draw.randrange(5))]
        entries.append(ConditionEntry(span[0], span[1], None if root is None else (root,), draw.choice("abc")))
    found = valued(units, dates, entries)
    for unit in range(9):
        for d, day in enumerate(dates):
            code = int(found.codes[unit, d])
            assert (None if code == NO_VALUE else found.words[code]) == naive(units, day, entries, unit)
