"""What stands in a cell of a plan for people: a code and a colour, each of which says it alone, in black and white too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giliran.domain.place import Place
from giliran.domain.words import Kind, canonical
from giliran.messages import Lang, Sentence
from giliran.reports.table import Mark
from giliran.reports.workbook.sheets import COUNT

CODES = {Place.OFFICE: "WFO", Place.HOME: "WFH", Place.ABSENT: "TB", Place.NONE: "?"}
"""Codes of places; reasons of absence are nobody's business on a sheet that is handed round."""

REASON_CODES: Mapping[str, str] = {
    "dinas_luar": "DL",
    "cuti": "C",
    "sakit": "S",
    "izin": "I",
    "diklat": "DIKLAT",
    "tugas_belajar": "TUBEL",
    "tanpa_keterangan": "TK",
}
"""Codes of usual reasons; others are told as away."""

_OFF = Sentence(en="off", id="libur")
_WORDS = {
    "WFO": Sentence(en="in the office", id="di kantor"),
    "WFH": Sentence(en="at home", id="di rumah"),
    "TB": Sentence(en="away", id="tidak bertugas"),
    "DL": Sentence(en="official travel", id="dinas luar"),
    "C": Sentence(en="leave", id="cuti"),
    "S": Sentence(en="ill", id="sakit"),
    "I": Sentence(en="permission", id="izin"),
    "DIKLAT": Sentence(en="training", id="diklat"),
    "TUBEL": Sentence(en="study leave", id="tugas belajar"),
    "TK": Sentence(en="no reason given", id="tanpa keterangan"),
    "?": Sentence(en="not planned", id="belum terjadwal"),
}
_ALWAYS_HOME = Sentence(en="at home every such day", id="tetap di rumah, tidak bergiliran")
_NAMED = Sentence(en="named for duty", id="petugas piket")
_HOLIDAY = Sentence(en="holiday", id="hari libur")
_FREE = Sentence(en="not a working day", id="bukan hari kerja")

WHITE, BLUE, YELLOW, GREY, RED, ORANGE = "#FFFFFF", "#DDEBF7", "#FFF2CC", "#D9D9D9", "#F4B6B6", "#F8CBAD"
_COLOURS = {Place.OFFICE: WHITE, Place.HOME: BLUE, Place.ABSENT: YELLOW, Place.OFF: GREY, Place.NONE: ORANGE}
_TRAVEL = "#BFBFBF"
_STRIPED = 14
"""Pattern of xlsxwriter: thin stripes upwards."""
_DUTY = " P"


def code_of(mark: Mark, lang: Lang, *, reasons: bool) -> str:
    """The code of a place, without the sign for duty."""
    if mark.place is Place.OFF:
        return _OFF().text(lang)
    return reason_code(mark.reason) if reasons and mark.place is Place.ABSENT else CODES[mark.place]


def reason_code(reason: str) -> str:
    """The code of a reason of absence."""
    return REASON_CODES.get(canonical(Kind.REASON, reason), CODES[Place.ABSENT])


def reason_word(code: str, lang: Lang) -> str:
    """What a code of an absence means."""
    return _WORDS[code]().text(lang)


def text_of(mark: Mark | None, lang: Lang, *, reasons: bool) -> str:
    """What stands in a cell."""
    return "" if mark is None else code_of(mark, lang, reasons=reasons) + (_DUTY if mark.duty else "")


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
        word = _ALWAYS_HOME if always else _OFF if mark.place is Place.OFF else _WORDS[name]
        look = look_of(Mark(mark.place), always_home=always, travel=name == REASON_CODES["dinas_luar"])
        found.append((name, look, word().text(lang)))
    if any(mark.duty for mark in seen.values()):
        found.append(("P", {**COUNT, "bold": True}, _NAMED().text(lang)))
    found += [("", look_of(None, holiday=True), _HOLIDAY().text(lang))] if holidays else []
    return [*found, *([("", look_of(None), _FREE().text(lang))] if free else [])]


def _rank(shown: tuple[str, bool]) -> tuple[int, bool]:
    """Places in their order, then reasons, then words."""
    order = [*CODES.values(), *REASON_CODES.values()]
    code, always = shown
    return order.index(code) if code in order else len(order), always
