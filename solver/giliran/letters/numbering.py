"""The number of a letter, and the year in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from giliran.letters.findings import Finding, Topic
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
_BEFORE_QUOTED = 40
"""Letters of a heading that are quoted before its number."""
_TITLE, _TITLE_LINES = re.compile(r"(?:INSTRUKSI|KEPUTUSAN|PERATURAN|PENGUMUMAN|NOTA DINAS)\b"), 4
_HEAD, _HEAD_LINES = re.compile(r"(?:sifat|lampiran|hal|perihal)\s*:", re.IGNORECASE), 3


def number_in(passages: Sequence[Passage]) -> Finding | None:
    """The number of the letter itself: the first one behind "Surat Edaran … Nomor" that is not of a letter it refers to."""
    for k, passage in enumerate(passages[:_MOST_PASSAGES]):
        if _REVOKED.search(passage.text[:2000]):
            continue
        for found in _NUMBER.finditer(passage.text[:2000]):
            before = (passage.before if k and len(passage.before) < _BEFORE else "") + " " + passage.text[: found.start()]
            own = _OWN.search(before[-_BEFORE:]) or _is_head(passages, k, found.start())
            if not _is_titled(passage.text[: found.end()], k) and (_OTHER.search(before[-_BEFORE:]) or not own):
                continue
            code = _code(passage.text[found.end() : found.end() + _AHEAD])
            if code:
                return Finding(Topic.NUMBER, _around(passage, found.start(), found.end(), code), words=(code,))
    return None


def _around(passage: Passage, start: int, end: int, code: str) -> Passage:
    """A heading as far as the number, from the line in which that stands on: not the whole title of the letter."""
    last = passage.text.find(code, end) + len(code)
    first = passage.text.rfind(" ", 0, max(0, start - _BEFORE_QUOTED)) + 1 if start > _BEFORE_QUOTED else 0
    return replace(passage, text=passage.text[first:last] if last > end else passage.text)


def _is_head(passages: Sequence[Passage], k: int, start: int) -> bool:
    """Whether a number stands in the head of an official letter: above "Sifat", "Lampiran" or "Hal", perhaps behind place and date."""
    ahead = [passage.text for passage in passages[k + 1 : k + 1 + _HEAD_LINES]]
    return start <= _BEFORE and any(_HEAD.match(text) for text in (passages[k].text[start:], *ahead) if len(text) <= 2 * _BEFORE)


def _is_titled(text: str, k: int) -> bool:
    """Whether a letter begins with its title, in capitals: "INSTRUKSI BUPATI … NOMOR"."""
    return k < _TITLE_LINES and text == text.upper() and _TITLE.match(text) is not None


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
