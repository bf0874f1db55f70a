"""Where a report for people is printed: lines that keep to a width, whatever the names in them hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text

from giliran.messages import Lang, Said, Sentence, shown, shown_lines

BOLD, DIM, GOOD, BAD, COSTLY = "bold", "dim", "green", "bold red", "yellow"
INDENT = "  "
NARROW = 12
"""Columns that a text needs beside what stands before it; with fewer it begins below."""

_NAMES, _ROOMY = 24, 60
"""Columns of the names of a list, and how wide a screen must be to have them."""
_TIE = "\ufdd0"
"""Stands for a space at which no line may end, as wide as one: a code that is no character and never will be. rich breaks lines at
no-break spaces too."""
_TIED = re.compile(r"(?<=\d) (?=%)")
"""A number stays on one line with its percent sign."""


@dataclass(frozen=True)
class Screen:
    """A console and its reader.

    Parameters
    ----------
    console
        Its width is kept to.
    lang
        Language of the reader.
    """

    console: Console
    lang: Lang = "en"

    @property
    def width(self) -> int:
        """Columns."""
        return self.console.width

    def say(self, sentence: Sentence, **values: object) -> str:
        """A sentence in the reader's language."""
        return sentence(**values).text(self.lang)

    def heading(self, title: Said) -> Iterator[Text]:
        """A blank line and the title of a section."""
        yield Text()
        yield from self.wrapped(title, indent="", style=BOLD)

    def wrapped(self, text: str | Said, *, indent: str = INDENT, first: str | None = None, style: str = "") -> Iterator[Text]:
        """Lines no wider than the screen; `first` stands before the first one instead of the indent."""
        words = text.text(self.lang) if isinstance(text, Said) else text
        return self.folded(Text(tied(shown_lines(words)), style=style), indent=indent, first=first)

    def item(self, name: str, text: str | Said) -> Iterator[Text]:
        """An entry of a list: its name, and beside it what it is; on a narrow screen, or where the name is long, below it."""
        if self.width < _ROOMY or cell_len(name) > _NAMES - len(INDENT) - 1:
            yield from self.wrapped(name)
            yield from self.wrapped(text, indent=self.beside)
        else:
            yield from self.wrapped(text, indent=self.beside, first=f"{INDENT}{name:<{_NAMES - len(INDENT) - 1}} ")

    @property
    def beside(self) -> str:
        """The indent of what stands beside the names of a list."""
        return " " * (_NAMES if self.width >= _ROOMY else 2 * len(INDENT))

    def folded(self, text: Text, *, indent: str = INDENT, first: str | None = None) -> Iterator[Text]:
        """The same of a text with its styles, in which spaces that stay are tied."""
        lead = indent if first is None else shown(first)
        if cell_len(lead) > cell_len(indent) and self.width - cell_len(lead) < min(NARROW, cell_len(text.plain)):
            yield from (Text(line.plain, style=text.style) for line in self._lines(Text(lead.rstrip()), self.width))
            lead = indent
        if not text.plain.strip():
            yield Text(lead.rstrip(), style=text.style)
            return
        head = self._lines(text, self.width - cell_len(lead))[0]
        yield _line(lead, head)
        rest = text[len(head) :]
        rest = rest[len(rest) - len(rest.plain.lstrip()) :]
        if rest.plain:
            yield from (_line(indent, line) for line in self._lines(rest, self.width - cell_len(indent)))

    def _lines(self, text: Text, room: int) -> list[Text]:
        lines = list(text.wrap(self.console, max(room, 1), overflow="fold"))
        for line in lines:
            line.rstrip()
        return lines

    def drawn(self, grid: Grid, width: int | None = None) -> Iterator[Text]:
        """The lines of a table, which is laid out for so many columns, without blanks at their ends."""
        options = self.console.options.update(width=self.width if width is None else width, overflow="ellipsis", no_wrap=True)
        for segments in self.console.render_lines(grid, options, pad=False):
            line = Text.assemble(*((segment.text, segment.style or "") for segment in Segment.simplify(segments)))
            line.rstrip()
            yield line

    def print(self, lines: Iterable[Text]) -> None:
        """Print lines as they are: they are already as wide as they may be."""
        for line in lines:
            self.console.print(line, soft_wrap=True)


def tied(text: str, every: bool = False) -> str:
    """A text on one line whose spaces between number and percent sign, or all, are no place to break."""
    flat = text.replace("\n", " ").replace(_TIE, "\N{REPLACEMENT CHARACTER}")
    return flat.replace(" ", _TIE) if every else _TIED.sub(_TIE, flat)


def shortened(text: str, room: int) -> str:
    """A text as a screen may have it, cut to a width, with "…" where something is missing."""
    text = shown(text)
    return text if cell_len(text) <= room else set_cell_size(text, max(room - 1, 0)) + "…"


def _line(lead: str, text: Text) -> Text:
    line = Text(lead + text.plain.replace(_TIE, " "), style=text.style)
    for span in text.spans:
        line.stylize(span.style, span.start + len(lead), span.end + len(lead))
    return line
