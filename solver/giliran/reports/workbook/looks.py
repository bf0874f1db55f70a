"""How the cells of a plan, and the lines of its key, look in a workbook."""

from __future__ import annotations

from typing import Any

from giliran.domain.place import Place
from giliran.reports.codes import BLUE, DUTY_SIGN, GREY, ORANGE, REASON_CODES, RED, WHITE, YELLOW, KeyLine
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


def line_look(line: KeyLine) -> dict[str, Any]:
    """How a line of the key looks: as the cells that it explains."""
    if line.code == DUTY_SIGN:
        return {**COUNT, "bold": True}
    mark = None if line.place is None else Mark(line.place)
    return look_of(mark, always_home=line.always_home, holiday=line.holiday, travel=line.code == REASON_CODES["dinas_luar"])
