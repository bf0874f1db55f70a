"""Remarks by which somebody who still stands on a list may no longer come to work: told, never decided."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import cast

from giliran.lists.rows import Listed
from giliran.text import parse_document


def remark_of(person: Listed) -> str | None:
    """The first remark, in a column that nothing reads, which says that the person may not be there; None for none."""
    return next((remark for remark in person.notes.values() if _words().search(remark)), None)


@cache
def _words() -> re.Pattern[str]:
    text = resources.files(__package__).joinpath("away.yaml").read_text(encoding="utf-8")
    lines = cast("list[list[str]]", parse_document(text, "away.yaml").data)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for line in lines for word in line)})\b", re.IGNORECASE)
