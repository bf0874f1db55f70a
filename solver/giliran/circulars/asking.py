"""Which questions of a circular matter once some of them are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giliran.circulars.choosing import Choices
from giliran.circulars.circular import Circular
from giliran.errors import InputError, Where
from giliran.text.model_errors import Locate
from giliran.text.model_paths import Path


def asked(
    circular: Circular, choose: Mapping[str, Any] | None = None, *, short: bool = False, locate: Locate | None = None
) -> tuple[str, ...]:
    """Names of the parameters whose answers change anything under the choices made so far, in the order of the file.

    What a parameter hangs on stands before it: an interview asks the first name that is not answered yet, and looks again.

    Parameters
    ----------
    circular
        The circular.
    choose
        Answers so far, by parameter; the rest stand at their defaults.
    short
        Leave out the questions of grade `advanced`.
    locate
        Places of the answers, as in `resolve`.

    Raises
    ------
    InputError
        If an answer is none of its question's values, or there is no such question.
    """
    choices = Choices(circular, choose or {}, locate or _unplaced)
    found = tuple(name for name in circular.parameters if is_asked(circular, choices, name))
    if choices.problems:
        raise InputError(choices.problems)
    return tuple(name for name in found if not short or circular.parameters[name].grade == "ask")


def is_asked(circular: Circular, choices: Choices, name: str) -> bool:
    """Whether a parameter changes anything under given choices."""
    conditions = circular.parameters[name].asked_when
    return conditions is None or choices.holds(conditions, ("parameters", name, "asked_when"))


def _unplaced(path: Path) -> Where:
    return Where(field=".".join(str(step) for step in path))
