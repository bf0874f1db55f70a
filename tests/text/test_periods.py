"""Periods are told from other words."""

import datetime as dt

import pytest

from giliran.text import is_period, period_days, period_name


@pytest.mark.parametrize(
    "text",
    [
        *("2021-07-12", "12 Juli 2021", "2021-W28", "2021w28", "2020-W53", "2021-07", "2021/7", "Juli 2021", "agt 2021", "2021-Q3", "2021"),
        *("2021-07-12..2021-07-18", "2021-07-12/2021-07-18", "12/07/2021 s.d. 18/07/2021", "12 Juli 2021 sampai 18 Juli 2021"),
        "2021-07-12 – 2021-07-18",
    ],
)
def test_periods(text: str) -> None:
    """A day, a week, a month, a quarter, a year, and a range of days are periods."""
    assert is_period(text)


@pytest.mark.parametrize(
    "text", ["minggu lalu", "x", "2021-W54", "2021-W00", "2021-13", "2021-07-32", "28", "juli", "2021-Q5", "2021-07-12..", ""]
)
def test_other_words(text: str) -> None:
    """Words, weeks and months that no year has, and halves of a range are none."""
    assert not is_period(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-07-12", "2021-07-12", "2021-07-12"),
        ("2021-W28", "2021-07-12", "2021-07-18"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("Desember 2021", "2021-12-01", "2021-12-31"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("12 Juli 2021 sampai 18 Juli 2021", "2021-07-12", "2021-07-18"),
    ],
)
def test_days_of_periods(text: str, first: str, last: str) -> None:
    """A period begins and ends on the days that everybody means by it."""
    assert period_days(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2021-07-12", "2021-07-16", "2021-W28"),
        ("2021-07-12", "2021-07-18", "2021-W28"),
        ("2021-07-12", "2021-07-13", "2021-07-12..2021-07-13"),
        ("2021-07-12", "2021-07-25", "2021-07-12..2021-07-25"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2021-07-14", "2021-07-14", "2021-07-14"),
    ],
)
def test_names_of_periods(first: str, last: str, name: str) -> None:
    """A working week is named as the week, a whole month as the month, a day as itself, all else by its ends; the name says its days."""
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert period_name(*days) == name
    known = period_days(name)
    assert known is not None and known[0] == days[0] and known[1] >= days[1]
