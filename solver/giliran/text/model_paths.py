"""Where pydantic's findings stand in what a user wrote, and what a model expects there.

Pydantic names steps that no file holds (the branch of a choice of types, the key of a mapping as a value of its own) and steps that a
short form left out (one date written without a list around it). Steps are therefore followed through the data itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of a document."""


def written_path(loc: Path, data: object, model: type[BaseModel] | None, *, missing: bool = False) -> Path:
    """The steps of a finding that are there in the data, and its last one where a key is missing.

    Parameters
    ----------
    loc
        Steps by pydantic.
    data
        What was read.
    model
        The model that it was read as; programs may write the names of its fields.
    missing
        Whether the finding is that its last step is not there.
    """
    path: list[str | int] = []
    for position, step in enumerate(loc):
        field = _field(model, step)
        there = [key for key in (step, field and field[0]) if isinstance(data, Mapping) and key in data]
        if there:
            path.append(step)
            data = data[there[0]]  # type: ignore[index]  # only mappings have keys
        elif isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
            path.append(step)
            data = data[step]
        elif missing and position == len(loc) - 1:
            path.append(step)
        model = model if field is None else _model_in(field[1].annotation)
    return tuple(path)


def known_keys(model: type[BaseModel] | None, loc: Path) -> list[str]:
    """The keys that a model knows at the place of an unknown key."""
    for step in loc[:-1]:
        field = _field(model, step)
        model = model if field is None else _model_in(field[1].annotation)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def closed_words(model: type[BaseModel] | None, loc: Path) -> list[str]:
    """The words that may stand at a place where a model takes only some."""
    words: list[str] = []
    for step in loc:
        field = _field(model, step)
        if field is not None:
            words = list(dict.fromkeys(_words_in(field[1].annotation)))
            model = _model_in(field[1].annotation)
    return words


def _field(model: type[BaseModel] | None, step: str | int) -> tuple[str, FieldInfo] | None:
    fields = model.model_fields.items() if model else ()
    return next(((name, field) for name, field in fields if step in (name, field.alias)), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model of an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner)) is not None), None)


def _words_in(annotation: Any) -> Sequence[str]:
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(word.value) for word in annotation]
    return [word for inner in get_args(annotation) for word in _words_in(inner)]
