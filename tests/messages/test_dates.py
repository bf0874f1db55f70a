"""Names of days and months, and rows of days."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import get_day_names, get_month_names

from giliran.messages import LANGUAGES, MONTHS, WEEKDAYS, Lang, is_span, render_period, render_span, render_weekdays


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_are_those_of_babel(lang: Lang) -> None:
    """Days and months, in full and in three letters, are called as the Unicode consortium has them."""
    for names, wide, short in (
        (WEEKDAYS[lang], get_day_names("wide", locale=lang), get_day_names("abbreviated", locale=lang)),
        (MONTHS[lang], get_month_names("wide", locale=lang), get_month_names("abbreviated", locale=lang)),
    ):
        assert list(names) == [wide[key] for key in sorted(wide)]
        assert [name[:3] for name in names] == [short[key] for key in sorted(short)]


@pytest.mark.parametrize(
    ("first", "last", "en", "id_"),
    [
        ("2026-08-03", "2026-08-07", "3–7 August 2026", "3–7 Agustus 2026"),
        ("2026-08-03", "2026-08-03", "3 August 2026", "3 Agustus 2026"),
        ("2021-06-28", "2021-07-09", "28 June – 9 July 2021", "28 Juni – 9 Juli 2021"),
        ("2025-12-29", "2026-01-02", "29 December 2025 – 2 January 2026", "29 Desember 2025 – 2 Januari 2026"),
    ],
)
def test_a_period_says_nothing_twice(first: str, last: str, en: str, id_: str) -> None:
    """Month and year stand once where both ends have them."""
    ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert (render_period(*ends, "en"), render_period(*ends, "id")) == (en, id_)


def days(*numbers: int) -> list[dt.date]:
    """Days of August 2026, whose third is a Monday."""
    return [dt.date(2026, 8, number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "row"),
    [
        ((3, 4, 5, 6, 7), True),
        ((3, 4, 5, 6, 7, 10, 11, 12, 13, 14), True),
        ((5, 6, 7), True),
        ((3, 4), False),
        ((3, 4, 6, 7), False),
        ((3, 4, 5, 6, 7, 10, 11), True),
        ((3, 10, 17), False),
    ],
)
def test_rows_of_days(numbers: tuple[int, ...], row: bool) -> None:
    """Only days without a gap but for weekends are told by their ends: nobody has to guess which days are meant."""
    assert is_span(days(*numbers)) is row


def test_a_row_of_days_in_words() -> None:
    """The weekdays, then first and last day."""
    assert render_span(days(3, 4, 5, 6, 7), "id") == "Senin–Jumat, 3–7 Agustus 2026"
    assert render_span(days(5), "en") == "Wednesday 5 August 2026"
    assert render_weekdays({0, 3}, "id") == "Senin dan Kamis" and render_weekdays({0, 1, 4}, "en") == "Monday, Tuesday and Friday"
