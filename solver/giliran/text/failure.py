"""The error of a single text that means nothing, before anybody knows where it stood."""

from __future__ import annotations

from functools import cached_property

from giliran.errors import GiliranError, Problem, Where
from giliran.messages import Said


class TextError(GiliranError, ValueError):
    """A text that is not a date, id, share or number; the caller knows where it stood.

    Parameters
    ----------
    said
        What was found and what was expected.
    advice
        What to write instead, when we know.
    """

    def __init__(self, said: Said, advice: Said | None = None) -> None:
        self.said = said
        self.advice = advice
        super().__init__(said, advice)

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        """Made once: pydantic asks for it whenever it lists its findings, of which there may be many."""
        return self.said.text()

    def problem(self, where: Where) -> Problem:
        """The same as a problem at a place."""
        return Problem(where, self.said, self.advice)
