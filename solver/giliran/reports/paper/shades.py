"""Shades of cells, as six hexadecimal digits; codes and bold letters say the same in black and white."""

from __future__ import annotations

from collections.abc import Mapping

from giliran.reports.codes import BLUE, GREY, ORANGE, RED, YELLOW
from giliran.reports.paper.model import Look

SHADES: Mapping[Look, str] = {
    Look.BAND: "E7E7E7",
    Look.HOME: BLUE.lstrip("#"),
    Look.AWAY: YELLOW.lstrip("#"),
    Look.REST: GREY.lstrip("#"),
    Look.HOLIDAY: RED.lstrip("#"),
    Look.OPEN: ORANGE.lstrip("#"),
}
"""By what a cell is; others are white."""
