"""Answers of several lines, laid out for the width of the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from giliran.cli.output import answer, console
from giliran.messages import Lang

if TYPE_CHECKING:
    from giliran.whatif.telling import Line

_STEP = "  "


def answer_lines(lines: Iterable[Line], lang: Lang) -> None:
    """Print lines, each so many steps to the right; what is too long goes on below it, a step further."""
    width = console().width
    answer("\n".join(_laid_out(line.said.text(lang), _STEP * line.step, width) for line in lines))


def _laid_out(text: str, indent: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent + _STEP, break_on_hyphens=False)
