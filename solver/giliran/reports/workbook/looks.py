"""How the cells of a plan look in a workbook, and the key of what a matrix shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giliran.domain.place import Place
from giliran.messages import Lang
from giliran.reports.codes import (
    ALWAYS_HOME,
    BLUE,
    CODES,
    FREE,
    GREY,
    HOLIDAY,
    NAMED,
    OFF,
    ORANGE,
    REASON_CODES,
    RED,
    WHITE,
    WORDS,
    YELLOW,
)
from giliran.reports.table import Mark
from giliran.reports.workbook.sheets import COUNT

_COLOURS = {Place.OFFICE: WHITE, Place.HOME: BLUE, Place.ABSENT: YELLOW, Place.OFF: GREY, Place.NONE: ORANGE}
_TRAVEL = "#BFBFBF"
_STRIPED = 14
"""Pattern of xlsxwriter: thin stripes upwards."""


def look_of(mark: Mark | None, *, always_home: bool = False, holiday: bool = False, travel: bool = False) -> dict[str, Any]:
    """How a cell looks."""
    if mark is None:
        return {**COUNT, "bg_color": RED if holiday else GREY}
    if always_home and mark.place is Place.HOME:
        return {**COUNT, "pattern": _STRIPED, "bg_color": BLUE, "fg_color": "#9DC3E6", "italic": True}
    return {**COUNT, "bg_color": _TRAVEL if travel else _COLOURS[mark.place], "bold": bool(mark.duty)}


def legend(seen: Mapping[tuple[str, bool], Mark], lang: Lang, *, holidays: bool, free: bool) -> list[tuple[str, dict[str, Any], str]]:
    """Code, look and meaning of whatever a matrix shows.

    Parameters
    ----------
    seen
        By code, and whether it is that of somebody who is always at home, a mark that has it.
    holidays, free
        Whether there are cells of holidays, and of other days that somebody does not work.
    """
    found = []
    for name, always in sorted(seen, key=_rank):
        mark = seen[name, always]
        word = ALWAYS_HOME if always else OFF if mark.place is Place.OFF else WORDS[name]
        look = look_of(Mark(mark.place), always_home=always, travel=name == REASON_CODES["dinas_luar"])
        found.append((name, look, word().text(lang)))
    if any(mark.duty for mark in seen.values()):
        found.append(("P", {**COUNT, "bold": True}, NAMED().text(lang)))
    found += [("", look_of(None, holiday=True), HOLIDAY().text(lang))] if holidays else []
    return [*found, *([("", look_of(None), FREE().text(lang))] if free else [])]


def _rank(shown: tuple[str, bool]) -> tuple[int, bool]:
    """Places in their order, then reasons, then words."""
    order = [*CODES.values(), *REASON_CODES.values()]
    code, always = shown
    return order.index(code) if code in order else len(order), always
