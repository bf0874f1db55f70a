"""What the local page refuses, apart from input that cannot be: the answer says which, and the page knows what to do about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from giliran.errors import SaidError


class RefusalError(SaidError):
    """A request that is not carried out; nothing has changed. Each kind has the status of its answer."""

    status: ClassVar[HTTPStatus]


class StaleError(RefusalError):
    """It is about a plan that has changed since, in another tab for example."""

    status = HTTPStatus.CONFLICT


class BusyError(RefusalError):
    """Something else is being done just now."""

    status = HTTPStatus.CONFLICT


class UnknownJobError(RefusalError):
    """There is no such job."""

    status = HTTPStatus.NOT_FOUND


class EndingError(RefusalError):
    """The page is being ended, or its journal can no longer be written."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
