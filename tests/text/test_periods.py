"""Periods are told from other words."""

import pytest

from giliran.text import is_period


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
