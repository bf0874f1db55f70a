"""Remarks by which somebody who still stands on a list may no longer come to work: told, never decided."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib import resources
from typing import cast

from giliran.lists.rows import Listed
from giliran.text import TextError, parse_date, parse_document

_FROM = re.compile(r"\b(?:tmt|terhitung mulai(?: tanggal)?|mulai|sejak|per)\b[\s:.]*(\d{1,4}[-/. ]\w+[-/. ]\d{2,4})", re.IGNORECASE)
"""From when on a remark holds."""


def remark_of(person: Listed) -> str | None:
    """The first remark, in a column that nothing reads, which says that the person may not be there; None for none."""
    return next((remark for remark in person.notes.values() if _words().search(remark)), None)


def leaves_on(remark: str) -> dt.date | None:
    """The last day before a remark holds, by the date in it; None where it gives none that can be read."""
    found = _FROM.search(remark)
    try:
        return None if found is None else parse_date(found[1]) - dt.timedelta(days=1)
    except TextError:
        return None


@cache
def _words() -> re.Pattern[str]:
    text = resources.files(__package__).joinpath("away.yaml").read_text(encoding="utf-8")
    lines = cast("list[list[str]]", parse_document(text, "away.yaml").data)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for line in lines for word in line)})\b", re.IGNORECASE)
