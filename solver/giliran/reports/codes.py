"""What stands in a cell of a plan for people: a code and a colour, each of which says it alone, in black and white too."""

from __future__ import annotations

from collections.abc import Mapping

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

OFF = Sentence(en="off", id="libur")
WORDS = {
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
ALWAYS_HOME = Sentence(en="at home every such day", id="tetap di rumah, tidak bergiliran")
NAMED = Sentence(en="named for duty", id="petugas piket")
HOLIDAY = Sentence(en="holiday", id="hari libur")
FREE = Sentence(en="not a working day", id="bukan hari kerja")

WHITE, BLUE, YELLOW, GREY, RED, ORANGE = "#FFFFFF", "#DDEBF7", "#FFF2CC", "#D9D9D9", "#F4B6B6", "#F8CBAD"
_DUTY = " P"


def code_of(mark: Mark, lang: Lang, *, reasons: bool) -> str:
    """The code of a place, without the sign for duty."""
    if mark.place is Place.OFF:
        return OFF().text(lang)
    return reason_code(mark.reason) if reasons and mark.place is Place.ABSENT else CODES[mark.place]


def reason_code(reason: str) -> str:
    """The code of a reason of absence."""
    return REASON_CODES.get(canonical(Kind.REASON, reason), CODES[Place.ABSENT])


def reason_word(code: str, lang: Lang) -> str:
    """What a code of an absence means."""
    return WORDS[code]().text(lang)


def text_of(mark: Mark | None, lang: Lang, *, reasons: bool) -> str:
    """What stands in a cell."""
    return "" if mark is None else code_of(mark, lang, reasons=reasons) + (_DUTY if mark.duty else "")
