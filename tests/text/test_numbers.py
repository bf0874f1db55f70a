"""Shares and decimals are exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.messages import LANGUAGES, Lang, render_share
from giliran.text import TextError, parse_decimal_thousandths, parse_share


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("25%", 2500),
        ("25 %", 2500),
        ("12,5%", 1250),
        ("12.5%", 1250),
        ("12.50%", 1250),
        ("0%", 0),
        ("100%", 10_000),
        ("33,33 persen", 3333),
    ],
)
def test_share(text: str, points: int) -> None:
    """A percentage is read into basis points."""
    assert parse_share(text) == points


@pytest.mark.parametrize(
    ("text", "words", "advice"),
    [
        ("25", "no percent sign", "Write 25%."),
        (25, "no percent sign", "Write 25%."),
        ("0.25", "no percent sign", "Write 25%."),
        ("1/4", "no percent sign", "Write 25%."),
        ("1/3", "no percent sign", "Write a percentage"),
        ("1/0", "no percent sign", "Write a percentage"),
        ("50:50", "no percent sign", "Write 50%."),
        ("101%", "not between", "Write a percentage"),
        ("-5%", "not between", "Write a percentage"),
        ("12.345%", "more than two decimals", "Write a percentage"),
        ("half", "no percent sign", "Write a percentage"),
        ("%", "is not a percentage", "Write a percentage"),
        ("", "no percent sign", "Write a percentage"),
        (True, "not a percentage", "Write a percentage"),
    ],
)
def test_no_share(text: str | int, words: str, advice: str) -> None:
    """What is no percentage is refused, with what was probably meant."""
    with pytest.raises(TextError) as caught:
        parse_share(text)
    assert words in caught.value.said.text()
    assert caught.value.advice is not None
    assert caught.value.advice.text().startswith(advice)


@given(st.integers(0, 10_000), st.sampled_from(LANGUAGES))
def test_share_round_trip(points: int, lang: Lang) -> None:
    """Every share that giliran writes, in either language, is read back."""
    assert parse_share(render_share(points, lang)) == points


@pytest.mark.parametrize(
    ("text", "expected"), [("2.5", 2500), ("2,5", 2500), ("-0,75", -750), ("2", 2000), (3, 3000), ("+1.125", 1125), ("0", 0)]
)
def test_decimal(text: str | int, expected: int) -> None:
    """A decimal is read into thousandths, with point or comma."""
    assert parse_decimal_thousandths(text) == expected


@pytest.mark.parametrize("text", ["", "1.2345", "1.000,5", "1e5", "x", "--1", "9" * 16, True])
def test_no_decimal(text: str) -> None:
    """More than three decimals, separators of thousands, exponents and words are refused."""
    with pytest.raises(TextError):
        parse_decimal_thousandths(text)


@given(st.integers(-(10**12), 10**12), st.sampled_from(".,"))
def test_decimal_round_trip(thousandths: int, point: str) -> None:
    """Every number of thousandths, written with either point, is read back."""
    whole, rest = divmod(abs(thousandths), 1000)
    assert parse_decimal_thousandths(f"{'-' if thousandths < 0 else ''}{whole}{point}{rest:03d}") == thousandths
