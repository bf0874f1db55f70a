"""The number of a letter, and the year in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giliran.letters.context import Context
from giliran.letters.findings import Finding, Topic
from giliran.letters.grammar import Grammar
from giliran.letters.passages import Passage

_AHEAD = 120
_MOST_PASSAGES = 60
_CODE = re.compile(r"\s*[.:]?\s*:?\s*(?P<code>[A-Z0-9][\w.\-]{0,30}(?:\s?/\s?[\w.\-]{1,40}(?: [\w.\-]{1,40}){0,2}){1,8})", re.IGNORECASE)
_PLAIN = re.compile(r"\s*[.:]?\s*:?\s*(?P<code>[0-9]{1,4}\s+tahun\s+20[0-9]{2})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})")
_NUMBER = re.compile(r"\b(?:nomor|number|no)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"menindaklanjuti|merujuk|mengacu|mencabut|dicabut|perubahan|instruksi|keputusan|peraturan|undang|menteri|mendagri|menpan",
    re.IGNORECASE,
)
_REVOKED = re.compile(r"\b(?:mencabut|dicabut|dinyatakan tidak berlaku|revoked|repealed)\b", re.IGNORECASE)
_OWN = re.compile(r"surat\s+edaran|\bse\b|circular", re.IGNORECASE)
_BEFORE = 90


def number_in(passages: Sequence[Passage], grammar: Grammar, year: int) -> Finding | None:
    """The number of the letter itself: the first one behind "Surat Edaran … Nomor" that is not of a letter it refers to."""
    for k, passage in enumerate(passages[:_MOST_PASSAGES]):
        if _REVOKED.search(passage.text[:2000]):
            continue
        for found in _NUMBER.finditer(passage.text[:2000]):
            before = (passage.before if k and len(passage.before) < _BEFORE else "") + " " + passage.text[: found.start()]
            if _OTHER.search(before[-_BEFORE:]) or not _OWN.search(before[-_BEFORE:]):
                continue
            code = _code(passage.text[found.end() : found.end() + _AHEAD])
            if code:
                context = Context.of(passage, grammar, year)
                return Finding(Topic.NUMBER, context.passage, words=(code,))
    return None


def year_of(text: str) -> int | None:
    """The year in a number such as "800/12/2026"."""
    found = _NUMBER.search(text[:2000])
    year = _YEAR.search(text, found.end(), found.end() + _AHEAD) if found else None
    return int(year[1]) if year else None


def _code(text: str) -> str:
    found = _PLAIN.match(text) or _CODE.match(text)
    if found is None:
        return ""
    code = found["code"]
    years = list(_YEAR.finditer(code))
    return (code[: years[-1].end()] if years else code.split(" ")[0]).strip(" .")
