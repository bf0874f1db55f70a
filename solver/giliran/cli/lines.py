"""Answers of several lines, laid out for the width of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from giliran.cli.output import answer, console
from giliran.messages import Lang

if TYPE_CHECKING:
    from giliran.whatif.telling import Line

_STEP = "  "


def answer_lines(lines: Iterable[Line], lang: Lang) -> None:
    """Print lines, each so many steps to the right; what is too long goes on below it, a step further."""
    from giliran.reports.terminal.screen import Screen

    screen = Screen(console(), lang)
    texts = [screen.wrapped(line.said, indent=_STEP * (line.step + 1), first=_STEP * line.step) for line in lines]
    answer("\n".join(text.plain for wrapped in texts for text in wrapped))
