"""Texts as WhatsApp shows them: what is bold, and names that must not become bold, slanted or struck through.

The application has no sign that takes the meaning from the next one. What it would obey in a name is therefore written with a sign that
looks alike and means nothing; a backtick, which in names such as Ma`ruf is an apostrophe, becomes one.
"""

from __future__ import annotations

import re

from giliran.messages import cut, shown

_ALIKE = str.maketrans({"*": "\u2217", "_": "\uff3f", "~": "\u223c", "`": "\u2019"})
"""Signs of bold, slanted, struck through and typewriter text, each with one that only looks so."""
_QUOTED = re.compile("^>")
"""The sign of a quotation, which is one at the beginning of a line alone."""
_RULED = re.compile("={2,}")
_MOST = 100
"""Characters of a name; a code for a hostile character takes ten, so that no name fills a message."""
_TWO_UNITS = 0xFFFF


def named(text: str, most: int = _MOST) -> str:
    """A name, title or id on one line, with nothing that is obeyed, and nothing that looks like a line between messages."""
    return _QUOTED.sub("\u203a", _RULED.sub("=", shown(cut(" ".join(text.split()), most)).translate(_ALIKE)))


def bold(text: str) -> str:
    """A text that was made by `named`, in bold."""
    return f"*{text}*" if text else ""


def size(text: str) -> int:
    """Characters as telephones count them: one that lies beyond the first 65,536, such as an emoji, is two."""
    return len(text) + sum(ord(char) > _TWO_UNITS for char in text) if not text.isascii() else len(text)
