"""Cells of CSV files that a spreadsheet would take for a formula.

What begins with `=`, `+`, `-` or `@` is worked out when a spreadsheet opens the file: a telephone number becomes a sum, `=A1` whatever
stands there, and what strangers wrote may do harm. Behind an apostrophe it stays text, in Excel as in LibreOffice, also when the file is
saved there again. The apostrophe belongs to the file: whoever reads the cell drops it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FORMULA_SIGNS = frozenset("=+-@")
"""Signs with which formulas begin."""

_MARK = "'"
_MARKED = re.compile(r"'+(?=[=+\-@])")
_QUOTED = frozenset(',;\t"\r\n')
"""Signs for which a cell needs quotes: separators in any country, quotes, line ends."""


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would work a text out; a lone sign is text."""
    return text[:1] in FORMULA_SIGNS and len(text) > 1


def without_mark(text: str) -> str:
    """A cell without the apostrophes that keep it text."""
    return _MARKED.sub("", text, count=1) if text[:1] == _MARK and _MARKED.match(text) else text


def csv_cells(texts: Sequence[str]) -> Sequence[str]:
    """Texts as cells of a CSV file: marked where a spreadsheet would work them out, quoted where they must be."""
    if FORMULA_SIGNS.isdisjoint([text[:1] for text in texts]) and _QUOTED.isdisjoint("".join(texts)):
        return texts
    marked = [_MARK + text if text[:1] in FORMULA_SIGNS else text for text in texts]
    return [text if _QUOTED.isdisjoint(text) else '"' + text.replace('"', '""') + '"' for text in marked]
