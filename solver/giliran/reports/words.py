"""Small words and numbers that every report needs: days, periods, places, rows of a circular."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction

from giliran.domain.facts import THOUSANDTHS
from giliran.domain.place import Place
from giliran.messages import MONTHS, WEEKDAYS, Lang, Said, Sentence, bilingual, shown

OWN = "own"
"""Row of the packaged general circular: the letter is the planner's own, and its rows are not known."""
SILENT = "none"
"""Row of a rule that the letter does not have."""
MINUS = "−"
_DECIMALS = 2

_ROW = Sentence(en="row {row}", id="baris {row}")
_SILENT = Sentence(en="not in the letter", id="tidak ada dalam surat")
REPLACES = Sentence(en="Plan {version}, replaces plan {replaces}", id="Jadwal ke-{version}, menggantikan jadwal ke-{replaces}")
_ABSENT = Sentence(en="absent", id="tidak masuk")
_OFF = Sentence(en="off", id="libur")


def both(words: Callable[..., str], *values: object, **more: object) -> Said:
    """What a function makes of some values and a language, in each language."""
    return bilingual(en=words(*values, "en", **more), id=words(*values, "id", **more))


def joined(items: Iterable[Said], between: str = ", ") -> Said:
    """Several words as one, without an "and"."""
    found = list(items)
    return both(lambda lang: between.join(item.text(lang) for item in found))


def row_said(row: str | None) -> Said | None:
    """What stands in brackets after a rule: its row, that the letter has none, or nothing."""
    if not row or row == OWN:
        return None
    return _SILENT() if row == SILENT else _ROW(row=row)


def place_word(place: Place, lang: Lang, reason: str = "") -> str:
    """A place as a cell of a plan has it: the word of the letters, or why somebody is absent."""
    if place is Place.ABSENT:
        return shown(reason.replace("_", " ")) or _ABSENT().text(lang)
    return {Place.OFFICE: "WFO", Place.HOME: "WFH", Place.OFF: _OFF().text(lang), Place.NONE: "?"}[place]


def weekday_word(day: dt.date, lang: Lang) -> str:
    """The weekday in three letters: "Mon", "Sen"."""
    return WEEKDAYS[lang][day.weekday()][:3]


def month_word(day: dt.date, lang: Lang) -> str:
    """The month in three letters: "Jul"."""
    return MONTHS[lang][day.month - 1][:3]


def short_day(day: dt.date, lang: Lang) -> str:
    """A day of a known month: "Mon 12", "Sen 12"."""
    return f"{weekday_word(day, lang)} {day.day}"


def short_date(day: dt.date, lang: Lang) -> str:
    """A date without its year: "12 Jul"."""
    return f"{day.day} {month_word(day, lang)}"


def day_with_month(day: dt.date, lang: Lang) -> str:
    """A day of a known year: "Mon 12 Jul", "Sen 12 Jul"."""
    return f"{weekday_word(day, lang)} {short_date(day, lang)}"


def period(first: dt.date, last: dt.date, lang: Lang) -> str:
    """A period: "12–18 Jul 2021", "28 Jun – 9 Jul 2021"."""
    if first.year != last.year:
        return f"{short_date(first, lang)} {first.year} – {short_date(last, lang)} {last.year}"
    return f"{short_period(first, last, lang)} {last.year}"


def short_period(first: dt.date, last: dt.date, lang: Lang) -> str:
    """A period without its year: "12–18 Jul", "28 Jun – 9 Jul"."""
    if first == last:
        return short_date(last, lang)
    if first.month == last.month:
        return f"{first.day}–{short_date(last, lang)}"
    return f"{short_date(first, lang)} – {short_date(last, lang)}"


def days_text(thousandths: int, lang: Lang, *, signed: bool = False) -> str:
    """Thousandths of a day as days with at most two decimals: 1500 is "1.5", Indonesian "1,5"."""
    value = Fraction(round(Fraction(abs(thousandths) * 10**_DECIMALS, THOUSANDTHS)), 10**_DECIMALS)
    whole, rest = divmod(value.numerator * (10**_DECIMALS // value.denominator), 10**_DECIMALS)
    digits = f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    sign = MINUS if thousandths < 0 and value else "+" if signed and value else ""
    return sign + (digits.replace(".", ",") if lang == "id" else digits)
