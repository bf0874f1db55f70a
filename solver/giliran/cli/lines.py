"""Answers of several lines, laid out for the width of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from giliran.cli.output import console
from giliran.messages import Lang

if TYPE_CHECKING:
    from rich.console import Console

    from giliran.whatif.telling import Line

_STEP = "  "


def answer_lines(lines: Iterable[Line], lang: Lang) -> None:
    """Print lines, each so many steps to the right; what is too long goes on below it, a step further."""
    print_lines(console(), lines, lang)


def print_lines(where: Console, lines: Iterable[Line], lang: Lang) -> None:
    """The same on a console, such as one that goes through a pager."""
    from giliran.reports.terminal.screen import Screen

    screen = Screen(where, lang)
    for line in lines:
        screen.print(screen.wrapped(line.said, indent=_STEP * (line.step + 1), first=_STEP * line.step))
