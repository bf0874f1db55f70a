"""Dates are read as offices write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.messages import LANGUAGES, Lang, render_date
from giliran.text import TextError, parse_date, parse_span


@pytest.mark.parametrize(
    "text",
    [
        *("2021-07-12", "2021/07/12", "2021-7-12", "12/07/2021", "12/7/2021", "12-7-2021", "12.07.2021", " 12/07/2021 "),
        *("12 Juli 2021", "12 Jul 2021", "12 jul. 2021", "12-Jul-2021", "12 July 2021", "July 12, 2021", "12  JULI  2021"),
        *("Senin, 12 Juli 2021", "Senin 12 Juli 2021", "Mon, 12 July 2021", "senin,12/07/2021"),
        *("2021-07-12 00:00:00", "2021-07-12T00:00:00.000Z", "12/07/2021 0:00"),
    ],
)
def test_twelfth_of_july(text: str) -> None:
    """Every usual way to write 12 July 2021 is that day; the day comes before the month."""
    assert parse_date(text) == dt.date(2021, 7, 12)


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 Agt 2021", 8), ("1 Agustus 2021", 8), ("1 Pebruari 2021", 2), ("1 Mei 2021", 5), ("1 Nopember 2021", 11), ("1 Des 2021", 12)],
)
def test_indonesian_months(text: str, month: int) -> None:
    """Indonesian months are known, also in short and in older spelling."""
    assert parse_date(text) == dt.date(2021, month, 1)


@pytest.mark.parametrize("text", ["Jum'at, 16 Juli 2021", "Jumat, 16 Juli 2021", "Jum’at 16/07/2021"])
def test_friday(text: str) -> None:
    """Friday is spelled with and without its apostrophe."""
    assert parse_date(text) == dt.date(2021, 7, 16)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("07/13/2021", "seems to have the month first"),
        ("12/07/21", "a year of two digits"),
        ("12-Jul-21", "a year of two digits"),
        ("31/02/2021", "not in the calendar"),
        ("13/13/2021", "not in the calendar"),
        ("2021-02-29", "not in the calendar"),
        ("Selasa, 12 Juli 2021", "that date is Monday 12 July 2021"),
        ("Snin, 12 Juli 2021", "'Snin' is not a weekday"),
        ("12 Jully 2021", "'Jully' is not a month"),
        ("2021-07-12 08:00", "a time of day"),
        ("44389", "its own number of the day"),
        ("0021-07-12", "not between 1900 and 2199"),
        ("2021-W28-1", "is not a date"),
        ("besok pagi", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_refused(text: str, words: str) -> None:
    """What is no date, or could be two, is refused with a reason."""
    with pytest.raises(TextError) as caught:
        parse_date(text)
    assert words in caught.value.said.text()
    assert caught.value.said.text("id") != caught.value.said.text("en")


def test_month_first_advice() -> None:
    """A date with the month first is shown as it should be written."""
    with pytest.raises(TextError) as caught:
        parse_date("07/13/2021")
    assert caught.value.advice is not None
    assert caught.value.advice.text("id") == "Hari ditulis lebih dahulu: 13/07/2021, atau 2021-07-13."


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(LANGUAGES))
def test_round_trip(day: dt.date, lang: Lang) -> None:
    """Every date that giliran writes, in either language, is read back."""
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", render_date(day, lang), f"{day.isoformat()} 00:00:00"):
        assert parse_date(text) == day


SPANS = {
    "3 s.d. 5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3 s/d 5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3 sd 5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3–5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3 - 5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3-5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3-5 Agt 2026": ("2026-08-03", "2026-08-05"),
    "30 Juli - 3 Agustus 2026": ("2026-07-30", "2026-08-03"),
    "30 Desember s.d. 2 Januari 2027": ("2026-12-30", "2027-01-02"),
    "30 Desember 2026 s.d. 2 Januari 2027": ("2026-12-30", "2027-01-02"),
    "2026-08-03..2026-08-05": ("2026-08-03", "2026-08-05"),
    "3/8/2026 - 5/8/2026": ("2026-08-03", "2026-08-05"),
    "Senin, 3 Agustus 2026 sampai dengan Rabu, 5 Agustus 2026": ("2026-08-03", "2026-08-05"),
    "3 August 2026 to 5 August 2026": ("2026-08-03", "2026-08-05"),
    "3 Agustus 2026": ("2026-08-03", None),
    "3-8-2026": ("2026-08-03", None),
    "2026-08-03": ("2026-08-03", None),
}


@pytest.mark.parametrize("text", SPANS)
def test_first_and_last_day_in_one_cell(text: str) -> None:
    """What the first day leaves out, its month or its year, is that of the last one."""
    first, last = parse_span(text)
    assert (first.isoformat(), last and last.isoformat()) == SPANS[text]


@pytest.mark.parametrize(
    "text", ["3 s.d. 31 Februari 2026", "8/13/2026 - 8/14/2026", "3 s.d.", "Selasa, 3 Agustus 2026 s.d. 5 Agustus 2026"]
)
def test_spans_that_are_none(text: str) -> None:
    """Days that the calendar does not have, the month first, no last day, another weekday: refused as single dates are."""
    with pytest.raises(TextError):
        parse_span(text)
