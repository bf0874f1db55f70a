r"""Characters that a screen obeys, or does not show, written as what they are.

A name may hold an escape sequence, an override of the writing direction or a line break. On a screen, in a report or in a message
each stands as its code, as Python and many other languages write it: ``\x1b``, ``\u202e``, ``\n``. Files that programs read (CSV, JSON)
keep the characters.

Written so are the control characters (C0 with tab and line ends, DEL, C1), the separators of lines and paragraphs, halves of surrogate
pairs, and whatever is there without being seen: marks of the writing direction, spaces and joiners of no width, soft hyphens, tags,
fillers, U+FFFE and U+FFFF, which are no characters. A letter that is seen is never touched, whatever its script; nor are spaces of other
widths, accents, the two selectors by which telephones write emoji, and signs that Unicode calls formats but that are seen, as that of an
Arabic year. A backslash stays one: doubling it would spoil every path of Windows, and harmless letters that look like a code do no harm.
"""

from __future__ import annotations

import re

_OBEYED = (
    r"\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line and paragraph ends, the writing direction
    r"\ud800-\udfff"  # halves of pairs, which no encoding takes
)
_UNSEEN = (
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HOSTILE = re.compile(f"[{_OBEYED}{_UNSEEN}]")
_NOT_THERE = re.compile(rf"[{_OBEYED}{_UNSEEN}\ufe0e\ufe0f\u2800]")
_WITHIN_LINES = re.compile(f"(?!\n)[{_OBEYED}{_UNSEEN}]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
MOST_SHOWN = 200
"""Characters of a text that stand in a sentence; what follows is told by "…"."""
MOST_OF_A_PATH = 4096
"""The same of the name of a file, longer than any that a system takes."""
_BYTE, _TWO_BYTES = 0xFF, 0xFFFF


def cut(text: str, most: int = MOST_SHOWN) -> str:
    """A text as far as a sentence can carry it; cut before anything in it is written as a code, so that no code is parted."""
    return text if len(text) <= most else f"{text[:most]}…"


def shown(text: str) -> str:
    """A name, id, key or quotation as a screen may have it: on one line, with nothing to obey and nothing unseen."""
    return text if text.isascii() and text.isprintable() else _HOSTILE.sub(_code, text)


def unseen(text: str) -> list[str]:
    """Every character of a text that a screen would obey, or not show at all: the selectors of telephones and a blank of Braille too."""
    return [] if text.isascii() and text.isprintable() else _NOT_THERE.findall(text)


def shown_lines(text: str) -> str:
    """Lines of a report or message as a screen may have them; only their ends are kept, which are ours."""
    return _WITHIN_LINES.sub(_code, text)


def shown_json(text: str) -> str:
    """JSON in which strings hold the same characters as before, in the escapes of JSON where a screen would obey or hide them."""
    return _WITHIN_LINES.sub(_json_code, text)


def _code(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code <= _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _TWO_BYTES else f"\\U{code:08x}"


def _json_code(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
