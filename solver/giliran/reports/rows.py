"""Rows of a circular, as a reader should meet them."""

from __future__ import annotations

from giliran.messages import Lang, Sentence

OWN = "own"
"""Row of the packaged general circular: the letter is the planner's own, and its rows are not known."""
SILENT = "none"
"""Row of a rule that the letter does not have."""

_ROW = Sentence(en="row {row}", id="baris {row}")
_SILENT = Sentence(en="not in the letter", id="tidak ada dalam surat")


def row_text(row: str | None, lang: Lang) -> str:
    """What stands in brackets after a rule: its row, that the letter has none, or nothing."""
    if not row or row == OWN:
        return ""
    return (_SILENT() if row == SILENT else _ROW(row=row)).text(lang)
