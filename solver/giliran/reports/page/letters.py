"""A letter for every cell of a plan, and what each letter means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.messages import Lang
from giliran.reports.codes import (
    ALWAYS_HOME_WORD,
    CODES,
    FREE_WORD,
    HOLIDAY_WORD,
    REASON_CODES,
    place_code,
    place_meaning,
    reason_code,
    reason_word,
)
from giliran.reports.page.data import CodeRecord
from giliran.reports.report import Report

Letters = NDArray[np.str_]
"""A letter per person and day."""

PLACES: Mapping[Place, str] = {Place.NONE: "?", Place.OFFICE: "o", Place.HOME: "h", Place.ABSENT: "a", Place.OFF: "f"}
"""Letters of places."""
ALWAYS_HOME, FREE, HOLIDAY = "H", ".", "-"
"""At home on every such day; no day of work; a holiday instead of one."""
_REASONS = dict(zip(REASON_CODES.values(), "DCSITBK", strict=True))
"""Letters of the usual reasons of absence, by their codes."""
_LOOKS = {Place.NONE: "gap", Place.OFFICE: "office", Place.HOME: "home", Place.ABSENT: "away", Place.OFF: "off"}


def letters_of(report: Report, holidays: NDArray[np.bool_], *, reasons: bool) -> Letters:
    """The letters of a report's plan : one-letter strings [E, D].

    Parameters
    ----------
    holidays
        Days on which a calendar in use has a holiday : bool[D].
    reasons
        Whether letters say why people are away.
    """
    facts, place = report.facts, report.schedule.place
    table = np.array([PLACES[each] for each in Place])
    found = table[place]
    found[(place == Place.HOME) & facts.home_only] = ALWAYS_HOME
    if reasons:
        away = (place == Place.ABSENT) & (facts.reason >= 0)
        found[away] = _reason_letters(facts)[facts.reason[away]]
    without = ~facts.has_cell
    found[without] = FREE
    found[without & holidays[None, :]] = HOLIDAY
    return found


def _reason_letters(facts: Facts) -> NDArray[Any]:
    codes = [reason_code(reason) for reason in facts.absence_reasons]
    return np.array([_REASONS.get(code, PLACES[Place.ABSENT]) for code in codes] or [PLACES[Place.ABSENT]])


def codes_of(lang: Lang, *, reasons: bool) -> dict[str, CodeRecord]:
    """What the letters mean, in the order in which a key tells them."""
    found = {letter: CodeRecord(place_code(place, lang), place_meaning(place, lang), _LOOKS[place]) for place, letter in PLACES.items()}
    ordered = {letter: found[letter] for letter in _order()}
    ordered[ALWAYS_HOME] = CodeRecord(CODES[Place.HOME], ALWAYS_HOME_WORD().text(lang), "always")
    if reasons:
        ordered |= {letter: CodeRecord(code, reason_word(code, lang), "away") for code, letter in _REASONS.items()}
    return ordered | {HOLIDAY: CodeRecord("", HOLIDAY_WORD().text(lang), "holiday"), FREE: CodeRecord("", FREE_WORD().text(lang), "free")}


def _order() -> Sequence[str]:
    return [PLACES[place] for place in (Place.OFFICE, Place.HOME, Place.ABSENT, Place.OFF, Place.NONE)]
