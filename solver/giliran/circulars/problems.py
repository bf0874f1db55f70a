"""What can be wrong with a circular file, in words: pydantic's findings never reach a user as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, nearest, plain
from giliran.text import TextError

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a document."""

Locate = Callable[[Path], Where]
"""Gives the place in a file of a path of keys."""

M = TypeVar("M", bound=BaseModel)

_UNKNOWN_KEY = Sentence(en="unknown key {key}", id="kunci {key} tidak dikenal")
_DID_YOU_MEAN = Sentence(en="Did you mean {near}?", id="Apakah maksudnya {near}?")
_KNOWN_ARE = Sentence(en="Known: {known}.", id="Yang dikenal: {known}.")
_MISSING = Sentence(en="the key {key} is missing", id="kunci {key} belum diisi")
_NOT_LISTED = Sentence(en="{found} is not expected here; expected {expected}", id="{found} tidak sesuai; yang diharapkan {expected}")
_WRONG_TYPE = Sentence(en="found {found}; expected {expected}", id="ditemukan {found}; yang diharapkan {expected}")
_EMPTY = Sentence(en="must not be empty", id="tidak boleh kosong")
_NOT_A_MAPPING = Sentence(en="the file is not a mapping of keys to values", id="isi berkas bukan pasangan kunci dan nilai")
_BAD_NAME = Sentence(
    en="{found} cannot be a name; letters, digits, `-`, `_` and `.` can be used",
    id="{found} tidak dapat dipakai sebagai nama; gunakan huruf, angka, `-`, `_`, dan `.`",
)
_OTHER = Sentence(en="{found} cannot be used here ({why})", id="{found} tidak dapat dipakai di sini ({why})")

_TEXT = Sentence(en="a text", id="teks")
_LIST = Sentence(en="a list", id="daftar")
_MAPPING = Sentence(en="keys with values", id="pasangan kunci dan nilai")
_NUMBER = Sentence(en="a whole number", id="bilangan bulat")
_TRUTH = Sentence(en="true or false", id="true atau false")
_DATE = Sentence(en="a date such as 2021-07-12", id="tanggal, misalnya 2021-07-12")
_OUT_OF_BOUNDS = Sentence(en="{found} cannot be; expected {bound}", id="tidak boleh {found}; yang diharapkan {bound}")
_AT_LEAST = Sentence(en="at least {limit}", id="paling sedikit {limit}")
_AT_MOST = Sentence(en="at most {limit}", id="paling banyak {limit}")
_MORE_THAN = Sentence(en="more than {limit}", id="lebih dari {limit}")
_LESS_THAN = Sentence(en="less than {limit}", id="kurang dari {limit}")
_NOTHING = Sentence(en="nothing", id="kosong")

_EXPECTED = {
    "string_type": _TEXT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
_BOUNDS = {"greater_than_equal": _AT_LEAST, "greater_than": _MORE_THAN, "less_than_equal": _AT_MOST, "less_than": _LESS_THAN}
_CLOSED = ("literal_error", "enum")
_QUOTED = re.compile(r"'([^']*)'")
_TOO_SHORT = {"string_too_short", "too_short"}
_SHOWN_ITEMS = 3
_MOST_KNOWN = 30
"""Known words are listed up to so many: all keys of a rule kind, never all countries."""
_SHOWN_LETTERS = 60


def unknown(where: Where, said: Said, word: str, known: Iterable[str], advice: Said | None = None) -> Problem:
    """A problem with a word that nobody knows, and the nearest one that is known; else all that are, or `advice` where they are many."""
    names = sorted(known)
    near = nearest(word, names)
    if near is not None:
        return Problem(where, said, _DID_YOU_MEAN(near=near))
    return Problem(where, said, _KNOWN_ARE(known=names) if 0 < len(names) <= _MOST_KNOWN else advice)


def refused(where: Where, error: ValueError) -> Problem:
    """What a reader's error says, at its place."""
    return error.problem(where) if isinstance(error, TextError) else Problem(where, plain(error))


def validated(model: type[M], data: object, where: Locate) -> M:
    """Data as a model.

    Raises
    ------
    InputError
        With every problem and its place.
    """
    if not isinstance(data, Mapping):
        raise InputError([Problem(where(()), _NOT_A_MAPPING())])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(problems_of(error, where, model)) from error


def problems_of(error: ValidationError, where: Locate, model: type[BaseModel] | None = None, at: Path = ()) -> list[Problem]:
    """Pydantic's findings as problems in both languages.

    Parameters
    ----------
    error
        What pydantic raised.
    where
        Places by path.
    model
        The model that was read, for the nearest known key.
    at
        Path of the data that was read, in front of every finding's own path.
    """
    problems = []
    for found in error.errors():
        path = _existing(at + tuple(found["loc"]))
        problems.append(_problem(found, where(path), _known_keys(model, found["loc"])))
    return problems


def _existing(path: Path) -> Path:
    """Without marks that no file holds: `[key]`, `[tag]` of a choice of types, names of validators."""
    return tuple(step for step in path if not str(step).startswith(("[", "function-")))


def _problem(found: Any, where: Where, known: list[str]) -> Problem:
    kind, key = found["type"], str(found["loc"][-1]) if found["loc"] else ""
    if kind == "extra_forbidden":
        return unknown(where, _UNKNOWN_KEY(key=key), key, known)
    if kind == "missing":
        return Problem(where, _MISSING(key=key))
    if kind == "value_error":
        return refused(where, found["ctx"]["error"])
    if kind in _CLOSED:
        return _not_listed(where, found)
    return Problem(where, _said(kind, found))


def _not_listed(where: Where, found: Any) -> Problem:
    """A word that is not one of a closed choice, and the nearest one that is."""
    known = _QUOTED.findall(found["ctx"]["expected"])
    value = shown(found["input"])
    near = nearest(str(value), known)
    return Problem(where, _NOT_LISTED(found=value, expected=", ".join(known)), _DID_YOU_MEAN(near=near) if near else None)


def _said(kind: str, found: Any) -> Said:
    value = shown(found["input"])
    if kind in _EXPECTED:
        return _WRONG_TYPE(found=value, expected=_EXPECTED[kind]())
    if kind in _BOUNDS:
        return _OUT_OF_BOUNDS(found=value, bound=_BOUNDS[kind](limit=str(*found["ctx"].values())))
    if kind in _TOO_SHORT:
        return _EMPTY()
    if kind == "string_pattern_mismatch":
        return _BAD_NAME(found=value)
    return _OTHER(found=value, why=found["msg"])


def shown(value: object) -> Said | str:
    """A value as a user wrote it, cut to what a sentence can carry."""
    if value is None:
        return _NOTHING()
    if isinstance(value, Mapping):
        return f"{{{_few(list(value))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{_few(value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _SHOWN_LETTERS else text[:_SHOWN_LETTERS] + "…"


def _few(items: Sequence[object]) -> str:
    return ", ".join(str(item) for item in items[:_SHOWN_ITEMS]) + ("…" if len(items) > _SHOWN_ITEMS else "")


def _known_keys(model: type[BaseModel] | None, loc: Path) -> list[str]:
    """The keys that the model knows at the place of an unknown key."""
    for step in loc[:-1]:
        if model is None:
            return []
        field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
        if field is not None:
            model = _model_in(field.annotation)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        model = _model_in(inner)
        if model is not None:
            return model
    return None
