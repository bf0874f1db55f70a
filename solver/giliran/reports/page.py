"""What is shown, and the small words and numbers that every part of a report needs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rich.text import Text

from giliran.domain.changes import Changes
from giliran.domain.facts import THOUSANDTHS, Facts
from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.messages import MONTHS, Lang, Said, Sentence, shown
from giliran.reports.lines import BOLD, shortened, wrapped
from giliran.reports.rows import row_text
from giliran.rules.answers import Fairness
from giliran.rules.view import View

INDENT = "  "
MINUS = "−"
_DECIMALS = 2

_WEEKDAYS: dict[Lang, str] = {"en": "Mon Tue Wed Thu Fri Sat Sun", "id": "Sen Sel Rab Kam Jum Sab Min"}


@dataclass(frozen=True)
class Page:
    """Everything that a report shows.

    Parameters
    ----------
    view
        Facts and rules.
    schedule
        The plan.
    findings, fairness
        From its audit.
    lang
        Language of the reader.
    width
        Columns of the terminal.
    see
        The file that shows the whole plan, if there is one.
    changes
        What the plan changes against the published one; None where nothing was published.
    """

    view: View
    schedule: Schedule
    findings: Sequence[Finding]
    fairness: Sequence[Fairness]
    lang: Lang
    width: int
    see: str = ""
    changes: Changes | None = None

    @property
    def facts(self) -> Facts:
        """The facts."""
        return self.view.facts

    def say(self, sentence: Sentence, **values: object) -> str:
        """A sentence in the reader's language."""
        return sentence(**values).text(self.lang)

    def heading(self, sentence: Sentence, **values: object) -> Iterator[Text]:
        """A blank line and the title of a section."""
        yield Text()
        yield Text(self.say(sentence, **values), style=BOLD)

    def wrapped(self, text: str | Said, *, indent: str = INDENT, first: str | None = None, style: str = "") -> Iterator[Text]:
        """Lines no wider than the terminal; `first` stands before the first one instead of the indent."""
        words = text.text(self.lang) if isinstance(text, Said) else text
        return wrapped(words, self.width, indent=indent, first=first, style=style)

    def rule_name(self, rule: str, row: str | None) -> str:
        """A rule's id with the circular's row."""
        text = row_text(row, self.lang)
        return f"{rule} ({text})" if text else rule

    @cached_property
    def _names(self) -> Counter[tuple[str, ...]]:
        """How many units are called so, by the names of a unit and of some units above it."""
        chains = [self._upward(unit) for unit in range(len(self.facts.units))]
        return Counter(chain[:length] for chain in chains for length in range(1, len(chain) + 1))

    def _upward(self, unit: int) -> tuple[str, ...]:
        return tuple(self.facts.units[u].name for u in self.facts.units.path(unit))

    def unit_name(self, unit: int) -> str:
        """A unit's name, after those of so many units above it that no other unit is called so."""
        chain = self._upward(unit)
        length = next((n for n in range(1, len(chain)) if self._names[chain[:n]] == 1), len(chain))
        return " › ".join(shown(name) for name in reversed(chain[:length]))

    def unit_path(self, unit: int) -> str:
        """A unit under the names of those above it, as far as the line takes them."""
        if unit == NO_UNIT:
            return ""
        names = [shown(self.facts.units[u].name) for u in reversed(self.facts.units.path(unit))]
        room, text = self.width - 16, " › ".join(names)
        for start in range(1, len(names)):
            if len(text) <= room:
                break
            text = " › ".join(["…", *names[start:]])
        return shortened(text, room)


def weekday_word(day: dt.date, lang: Lang) -> str:
    """The weekday in three letters: "Mon", "Sen"."""
    return _WEEKDAYS[lang].split()[day.weekday()]


def short_day(day: dt.date, lang: Lang) -> str:
    """A day of a known month: "Mon 12", "Sen 12"."""
    return f"{weekday_word(day, lang)} {day.day}"


def short_date(day: dt.date, lang: Lang) -> str:
    """A date without its year: "12 Jul"."""
    return f"{day.day} {month_word(day, lang)}"


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


def month_word(day: dt.date, lang: Lang) -> str:
    """The month in three letters: "Jul"."""
    return MONTHS[lang][day.month - 1][:3]


def days_text(thousandths: int, lang: Lang, *, signed: bool = False) -> str:
    """Thousandths of a day as days with at most two decimals: 1500 is "1.5", Indonesian "1,5"."""
    value = Fraction(round(Fraction(abs(thousandths) * 10**_DECIMALS, THOUSANDTHS)), 10**_DECIMALS)
    whole, rest = divmod(value.numerator * (10**_DECIMALS // value.denominator), 10**_DECIMALS)
    digits = f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    sign = MINUS if thousandths < 0 and value else "+" if signed and value else ""
    return sign + (digits.replace(".", ",") if lang == "id" else digits)
