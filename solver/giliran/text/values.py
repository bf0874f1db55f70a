"""Values of documents and of programs as the text of cells: what a table holds whatever it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from enum import Enum
from math import isfinite, isnan
from types import NoneType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.messages import Said, Sentence
from giliran.text.numbers import number_text

_SEPARATOR = ";"
"""Between the items of a list in one cell."""

_EXACT = 1e15
"""From here on a float does not hold every whole number: an NIP in such a column is spoiled, and is to look so."""

_LARGEST = 10**4000
"""Python writes no whole number of more digits than these and some."""

_MISSING = ("NAType", "NaTType")
"""Types of pandas that stand for nothing; pandas itself is not loaded for them."""

_NOT_CELL = Sentence(
    en="a cell takes a text, a number, yes or no as true or false, or a list of these",
    id="sel hanya dapat berisi teks, bilangan, true atau false, atau daftar dari itu",
)
_SEPARATOR_INSIDE = Sentence(
    en="the item '{text}' holds a ';', which parts items", id="butir '{text}' memuat ';', padahal itu pemisah butir"
)

_ALIKE = (str, int, float, dt.date, NoneType)
"""Types of which equal values make equal cells."""

Cell = Callable[[object], "str | Said"]
"""The text of a value, or what is wrong with it."""


def cell(value: object) -> str | Said:
    """The cell that a value of a document makes: text, finite numbers, truth values, nothing, dates, or a list of these."""
    return _joined(value, _scalar) if isinstance(value, list | tuple) else _scalar(value)


def given_cell(value: object) -> str | Said:
    """The cell that a value of a program makes: as in documents, with arrays for lists, what stands for nothing in frames (NaN, NaT), and
    members of an enumeration by their word or value."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return _joined(value, _given) if isinstance(value, list | tuple) else _given(value)


def _joined(items: Sequence[object], scalar: Cell) -> str | Said:
    texts = []
    for item in items:
        text = scalar(item)
        if isinstance(text, Said):
            return text
        if _SEPARATOR in text:
            return _SEPARATOR_INSIDE(text=text)
        texts.append(text)
    return _SEPARATOR.join(texts)


def _scalar(value: object) -> str | Said:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and isfinite(value):
        return number_text(value)
    if isinstance(value, float | Mapping | list | tuple | Set) or (isinstance(value, int) and abs(value) >= _LARGEST):
        return _NOT_CELL()
    if type(value).__str__ is object.__str__ and not isinstance(value, int):  # its text is for programmers
        return _NOT_CELL()
    return str(value).strip()


def _given(value: object) -> str | Said:
    value = plain_value(value)
    if type(value).__name__ in _MISSING or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return _NOT_CELL() if isinstance(value, bytes | bytearray | np.ndarray) else _scalar(value)


def plain_value(value: object) -> object:
    """A scalar of NumPy or a member of an enumeration as Python has its value: moments as dates where they are at midnight."""
    if isinstance(value, Enum):
        value = getattr(value, "word", value.value)
    if isinstance(value, np.datetime64):
        moment = value.astype("datetime64[us]").item()
        return moment.date() if isinstance(moment, dt.datetime) and moment.time() == dt.time() else moment
    return value.item() if isinstance(value, np.generic) else value


def texts_of(values: Sequence[Any], read: Cell) -> list[str] | None:
    """The cells of a column, equal values looked at once; None where one of them is no cell."""
    kinds = set(map(type, values))
    if kinds <= {str}:
        return [*map(str.strip, values)]
    if kinds <= {int} and max(map(abs, values), default=0) < _LARGEST:
        return [*map(str, values)]
    known: dict[tuple[type, object], str] = {}
    texts = []
    for value in values:
        text = known.get((type(value), value)) if isinstance(value, _ALIKE) else None
        if text is None:
            said = read(value)
            if isinstance(said, Said):
                return None
            text = said
            if isinstance(value, _ALIKE):
                known[type(value), value] = text
        texts.append(text)
    return texts


def values_of(column: NDArray[Any] | Sequence[Any]) -> Sequence[Any]:
    """The values of a column as Python has them.

    Moments of an array are dates where they are at midnight, and whole numbers beside gaps are whole numbers, though frames keep them as
    floats.
    """
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        moments, number = np.unique(column.astype("datetime64[us]"), return_inverse=True)
        known = [*map(given_cell, moments.tolist())]
        return [known[n] for n in number.tolist()]
    values: Sequence[Any] = column.tolist() if isinstance(column, np.ndarray) else column
    floats = {value for value in values if isinstance(value, float)} if float in map(type, values) else set()
    if any(map(isnan, floats)) and all(isnan(value) or (value.is_integer() and abs(value) < _EXACT) for value in floats):
        return [(None if isnan(value) else int(value)) if isinstance(value, float) else value for value in values]
    return values
