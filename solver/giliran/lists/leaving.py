"""Remarks by which somebody who still stands on a list may no longer come to work: told, never decided."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib import resources
from typing import cast

from giliran.lists.rows import Listed
from giliran.text import TextError, parse_date, parse_document

_DAY = r"[\s:.,(]*(\d{1,4}[-/. ]\w+[-/. ]\d{2,4}|[^\W\d_]+ \d{4}\b)"
_FROM = re.compile(rf"\b(?:tmt|terhitung mulai(?: tanggal)?|mulai|sejak|per)\b{_DAY}", re.IGNORECASE)
"""From when on a remark holds, a day or a month."""
_ON = re.compile(rf"[\s:.,(]*(?:pada|tgl|tanggal|bulan|\s)*{_DAY}", re.IGNORECASE)
"""The same right behind the word of the remark: "Pensiun 1-1-2027", "BUP Januari 2027"."""


def remark_of(person: Listed) -> str | None:
    """The first remark, in a column that nothing reads, which says that the person may not be there; None for none."""
    return next((remark for remark in person.notes.values() if _words().search(remark)), None)


def leaves_on(remark: str) -> dt.date | None:
    """The last day before a remark holds, by the date in it; None where it gives none that can be read."""
    word = _words().search(remark)
    found = _FROM.search(remark) or (_ON.match(remark, word.end()) if word is not None else None)
    if found is None:
        return None
    day = found[1] if found[1][0].isdigit() else f"1 {found[1]}"
    try:
        return parse_date(day) - dt.timedelta(days=1)
    except TextError:
        return None


@cache
def _words() -> re.Pattern[str]:
    text = resources.files(__package__).joinpath("away.yaml").read_text(encoding="utf-8")
    lines = cast("list[list[str]]", parse_document(text, "away.yaml").data)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for line in lines for word in line)})\b", re.IGNORECASE)
