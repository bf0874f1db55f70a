"""Lines of text that keep to a width, whatever the names in them hold."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from giliran.messages import shown, shown_lines

BOLD, DIM, GOOD, BAD, COSTLY = "bold", "dim", "green", "bold red", "yellow"

_TIED, _TIE = re.compile(r"(?<=\d) (?=%)"), "\N{NO-BREAK SPACE}"
"""A number stays on one line with its percent sign."""


def wrapped(text: str, width: int, *, indent: str = "  ", first: str | None = None, style: str = "") -> Iterator[Text]:
    """Lines no wider than `width`; `first` stands before the first one instead of the indent."""
    lead = indent if first is None else shown(first)
    tied = _TIED.sub(_TIE, shown_lines(text))
    lines = textwrap.wrap(tied, width, initial_indent=lead, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False)
    return (Text(line.replace(_TIE, " "), style=style) for line in lines or [lead.rstrip()])


def shortened(text: str, room: int) -> str:
    """A text as a screen may have it, cut to a width, with "…" where something is missing."""
    text = shown(text)
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"


def print_lines(console: Console, lines: Iterable[Text]) -> None:
    """Print lines as they are: they are already as wide as they may be."""
    for line in lines:
        console.print(line, soft_wrap=True)
