"""What the local page refuses, apart from input that cannot be: the answer says which, and the page knows what to do about it."""

from __future__ import annotations

from giliran.errors import GiliranError
from giliran.messages import Lang, Said


class RefusalError(GiliranError):
    """A request that is not carried out; nothing has changed.

    Parameters
    ----------
    said
        Why.
    """

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said)

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Lang = "en") -> str:
        """Why, in one language."""
        return self.said.text(lang)


class StaleError(RefusalError):
    """It is about a plan that has changed since, in another tab for example."""


class BusyError(RefusalError):
    """Something else is being done just now."""


class UnknownJobError(RefusalError):
    """There is no such job."""


class EndingError(RefusalError):
    """The page is being ended, or its journal can no longer be written."""
