"""What the local page refuses, apart from input that cannot be: the answer says which, and the page knows what to do about it."""

from __future__ import annotations

from giliran.errors import SaidError


class RefusalError(SaidError):
    """A request that is not carried out; nothing has changed."""


class StaleError(RefusalError):
    """It is about a plan that has changed since, in another tab for example."""


class BusyError(RefusalError):
    """Something else is being done just now."""


class UnknownJobError(RefusalError):
    """There is no such job."""


class EndingError(RefusalError):
    """The page is being ended, or its journal can no longer be written."""
