"""Days as somebody says them who has the plan before him."""

from __future__ import annotations

import datetime as dt

import pytest

from giliran import InputError, Instance
from giliran.errors import Where
from giliran.instance.naming import day_named


def instance_of(first: str, last: str) -> Instance:
    """One person over some days."""
    return Instance.build(
        title="Days",
        horizon={"start": first, "end": last},
        units=[{"id": "a", "name": "A"}],
        staff=[{"id": "p", "name": "P", "unit": "a"}],
    )


WEEK = instance_of("2026-08-03", "2026-08-09")
TWO_WEEKS = instance_of("2026-07-27", "2026-08-07")


@pytest.mark.parametrize("text", ["5 Agt", "5/8", "5", "Rab 5", "rabu", "Wednesday", "2026-08-05", "5 Agustus 2026", " 5 agustus "])
def test_a_day_of_a_week(text: str) -> None:
    """Without the year, the month or the number where only one day can be meant."""
    assert WEEK.facts.dates[day_named(WEEK.facts, text, Where(field="--date"))] == dt.date(2026, 8, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rabu", "--date: 'Rabu' is the name of several days: Wednesday 29 July 2026 and Wednesday 5 August 2026"),
        ("10 Agt", "--date: Monday 10 August 2026 is outside the horizon"),
        ("Sen 5/8", "--date: 'sen, 5/8/2026': that date is Wednesday"),
        ("besok", "--date: 'besok' is not a date"),
    ],
)
def test_a_day_that_is_not_taken(text: str, said: str) -> None:
    """Several days of that name, a day outside, a weekday beside the wrong number, no day."""
    with pytest.raises(InputError) as caught:
        day_named(TWO_WEEKS.facts, text, Where(field="--date"))
    assert said in str(caught.value)
