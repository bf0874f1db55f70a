"""What stands in a cell of a plan for people: a code and a colour, each of which says it alone, in black and white too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giliran.domain.place import Place
from giliran.domain.words import Kind, canonical
from giliran.messages import Lang, Sentence
from giliran.reports.table import Mark

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
ALWAYS_HOME_WORD = Sentence(en="at home every such day", id="tetap di rumah, tidak bergiliran")
_NAMED = Sentence(en="named for duty", id="petugas piket")
HOLIDAY_WORD = Sentence(en="holiday", id="hari libur")
FREE_WORD = Sentence(en="not a working day", id="bukan hari kerja")
"""What cells without a place of this plan's own choice mean."""

WHITE, BLUE, YELLOW, GREY, RED, ORANGE = "#FFFFFF", "#DDEBF7", "#FFF2CC", "#D9D9D9", "#F4B6B6", "#F8CBAD"
DUTY_SIGN = "P"
"""Stands behind the code of whoever is named for duty."""


@dataclass(frozen=True)
class KeyLine:
    """A line of the key: a code, and what it means.

    Parameters
    ----------
    code, word
        What stands in cells, and its meaning.
    place
        The place that it is the code of; None for the sign of duty and for cells without a place.
    always_home, holiday
        Whether it is about those who are always at home, and about holidays.
    """

    code: str
    word: str
    place: Place | None = None
    always_home: bool = False
    holiday: bool = False


def code_of(mark: Mark, lang: Lang, *, reasons: bool) -> str:
    """The code of a place, without the sign for duty."""
    return reason_code(mark.reason) if reasons and mark.place is Place.ABSENT else place_code(mark.place, lang)


def reason_code(reason: str) -> str:
    """The code of a reason of absence."""
    return REASON_CODES.get(canonical(Kind.REASON, reason), CODES[Place.ABSENT])


def place_code(place: Place, lang: Lang) -> str:
    """The code of a place that says no reason."""
    return _OFF().text(lang) if place is Place.OFF else CODES[place]


def place_meaning(place: Place, lang: Lang) -> str:
    """What the code of a place means."""
    return _OFF().text(lang) if place is Place.OFF else reason_word(CODES[place], lang)


def reason_word(code: str, lang: Lang) -> str:
    """What a code of an absence means."""
    return _WORDS[code]().text(lang)


def text_of(mark: Mark | None, lang: Lang, *, reasons: bool) -> str:
    """What stands in a cell."""
    return "" if mark is None else code_of(mark, lang, reasons=reasons) + (f" {DUTY_SIGN}" if mark.duty else "")


def key_of(seen: Mapping[tuple[str, bool], Mark], lang: Lang, *, holidays: bool, free: bool) -> list[KeyLine]:
    """What codes mean, of whatever a matrix shows.

    Parameters
    ----------
    seen
        By code, and whether it is that of somebody who is always at home, a mark that has it.
    holidays, free
        Whether there are cells of holidays, and of other days that somebody does not work.
    """
    found = []
    for name, always in sorted(seen, key=_rank):
        place = seen[name, always].place
        word = ALWAYS_HOME_WORD if always else _OFF if place is Place.OFF else _WORDS[name]
        found.append(KeyLine(name, word().text(lang), place, always_home=always))
    if any(mark.duty for mark in seen.values()):
        found.append(KeyLine(DUTY_SIGN, _NAMED().text(lang)))
    found += [KeyLine("", HOLIDAY_WORD().text(lang), holiday=True)] if holidays else []
    return [*found, *([KeyLine("", FREE_WORD().text(lang))] if free else [])]


def _rank(shown: tuple[str, bool]) -> tuple[int, bool]:
    """Places in their order, then reasons, then words."""
    order = [*CODES.values(), *REASON_CODES.values()]
    code, always = shown
    return order.index(code) if code in order else len(order), always
