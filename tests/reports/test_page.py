"""Small words and numbers of reports."""

from __future__ import annotations

import datetime as dt

import pytest

from giliran.messages import Lang
from giliran.reports.lines import wrapped
from giliran.reports.page import days_text, period


@pytest.mark.parametrize(
    ("thousandths", "signed", "lang", "text"),
    [
        (1500, False, "en", "1.5"),
        (1500, False, "id", "1,5"),
        (2000, True, "en", "+2"),
        (-333, True, "en", "−0.33"),
        (-4, True, "en", "0"),
        (999, False, "en", "1"),
        (0, True, "id", "0"),
    ],
)
def test_days_text(thousandths: int, signed: bool, lang: Lang, text: str) -> None:
    """Thousandths of a day are days with at most two decimals, in the reader's language."""
    assert days_text(thousandths, lang, signed=signed) == text


@pytest.mark.parametrize(
    ("first", "last", "lang", "text"),
    [
        ("2021-07-12", "2021-07-18", "en", "12–18 Jul 2021"),
        ("2021-06-28", "2021-07-09", "id", "28 Jun – 9 Jul 2021"),
        ("2021-12-27", "2022-01-07", "en", "27 Dec 2021 – 7 Jan 2022"),
        ("2021-08-01", "2021-08-01", "id", "1 Agu 2021"),
    ],
)
def test_period(first: str, last: str, lang: Lang, text: str) -> None:
    """A period says no more than it must."""
    assert period(dt.date.fromisoformat(first), dt.date.fromisoformat(last), lang) == text


def test_percent_signs_stay_with_their_number() -> None:
    """A line never breaks between a number and its percent sign."""
    assert [line.plain for line in wrapped("at most 25 % here", 11, indent="")] == ["at most", "25 % here"]
