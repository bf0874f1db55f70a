"""What stands in the cells of a list: several lines in one, an NIP in all its spellings, marks for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giliran.domain.words import simple
from giliran.text.ids import is_spoiled

NOTHING = frozenset({"", "-", "--", "—", "–", "…", "..."})
"""Cells that say that there is nothing to say."""

_VACANT = frozenset({"lowong", "kosong", "vacant", "formasi_kosong", "jabatan_kosong", "belum_terisi", "lowong_kosong"})
_LEFT_VACANT = re.compile(r"[-–(,:/]\s*(lowong|kosong)\s*\)?\s*$", re.IGNORECASE)
"""After the name of a post that nobody holds."""
_NIP_MARK = re.compile(r"^\s*(nip(pk|3k)?|ni\s*pppk|nik|nrp)\b\s*[.:]*\s*", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s.'’`-]{8,}$")
_DATE = re.compile(r"\s*(\d{1,2}[-. ]\d{1,2}[-. ]\d{4}|\d{4}-\d{1,2}-\d{1,2})\s*")
_ENDS = re.compile(r"^(pada|di|tmt|t\.m\.t|terhitung)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A name and an NIP that stand together, either of them empty."""

    name: str
    nip: str


def named(text: str) -> Named:
    """The name and the NIP in a cell of one line or several; further lines, such as a birthday, are left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    nip = next((line for line in lines if is_nip(line)), "")
    name = next((line for line in lines if line != nip and line not in NOTHING), "")
    return Named(" ".join(name.split()), nip_of(nip))


def is_nip(text: str) -> bool:
    """Whether a text is an NIP, an NI PPPK or an old NIP of nine digits, or was one, with or without the word before it."""
    rest = _NIP_MARK.sub("", text).strip()
    if is_spoiled(rest) and "E" in rest.upper():
        return True
    return bool(_DIGITS.fullmatch(rest)) and not _DATE.fullmatch(rest) and sum(map(str.isdigit, rest)) >= 8


def nip_of(text: str) -> str:
    """An NIP without the word before it and the signs between its digits; what is none, or was spoiled, is given back as it is."""
    rest = _NIP_MARK.sub("", text.strip()).strip("'’` ")
    if rest in NOTHING:
        return ""
    return re.sub(r"\D", "", rest) if is_nip(rest) and not is_spoiled(rest) else rest


def first_nip(text: str) -> str:
    """The NIP of a cell that may hold a card number below it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return nip_of(next((line for line in lines if is_nip(line)), lines[0] if lines else ""))


def position_of(text: str) -> str:
    """A position without the lines below it that say where and since when."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    kept: list[str] = []
    for line in lines:
        if kept and _ENDS.match(line):
            break
        kept.append(line)
    return one_line("\n".join(kept))


def one_line(text: str) -> str:
    """A cell in one line, empty where it says that there is nothing."""
    line = " ".join(text.split())
    return "" if line in NOTHING else line


def is_vacant(name: str) -> bool:
    """Whether the name of a person says that nobody holds the post."""
    return simple(name) in _VACANT or simple(name).startswith(("lowong", "kosong_")) or _LEFT_VACANT.search(name) is not None
