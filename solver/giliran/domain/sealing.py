"""Read-only arrays and mappings: what is frozen stays as it was made, whoever holds it, also after copies and pickling."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, cached_property, wraps
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, cast

import numpy as np

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


TRANSIENT = {"transient": True}
"""Metadata of a field with a default that is a help only: it is left out of comparisons and pickles."""

_PLAIN = frozenset({int, str, bool, float, slice, type(None)})
"""Types of values with nothing to seal; most fields are of them."""


class SealedDict(dict[K, V]):
    """A dict that refuses changes; arrays in it are read-only."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        for key in self if isinstance(next(iter(self.values()), None), np.ndarray) else ():
            super().__setitem__(key, seal(self[key]))

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping is read-only; dict(…) makes one that can be changed")

    if not TYPE_CHECKING:  # a dict to type checkers
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[SealedDict[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)


class Sealed:
    """Base of frozen dataclasses with arrays or mappings: these are read-only, and two with the same content are equal.

    Nothing is copied: a field holds a read-only view of the array that it was given, which whoever made it must leave alone. Derive with
    `@dataclass(frozen=True, eq=False)`. What is computed once from the fields is left out of pickles, and computed again; so are fields
    marked as `TRANSIENT`, by which nothing is compared either.
    """

    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __post_init__(self) -> None:
        _seal_all(self)

    def __getstate__(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in _lasting(cast("Hashable", type(self)))}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        _seal_all(self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or all(_same(getattr(self, name), getattr(other, name)) for name in _compared(cast("Hashable", type(self))))


def seal(value: T) -> T:
    """A value with all its arrays and mappings read-only; what it shares with others stays as it is for them.

    It looks into dataclasses and into tuples that begin with an array. Long tuples hold words, numbers or what is sealed already.
    """
    return cast("T", _sealed(value))


def _sealed(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _read_only(value) if value.flags.writeable else value
    if type(value) in _PLAIN:
        return value
    if type(value) is dict:
        return SealedDict(value)
    if type(value) is tuple and isinstance(next(iter(value), None), np.ndarray):
        return tuple(map(_sealed, value))
    if is_dataclass(value) and not isinstance(value, Sealed | type):
        _seal_all(value)
    return value


def sealed_once(function: Callable[[Any], T]) -> cached_property[T]:
    """A `cached_property` whose value is sealed."""

    @wraps(function)
    def sealed(self: Any) -> T:
        return seal(function(self))

    return cached_property(sealed)


def owned(array: T) -> T:
    """An array that nobody else can change: itself where it is read-only, a copy elsewhere."""
    return cast("T", _read_only(array.copy())) if isinstance(array, np.ndarray) and array.flags.writeable else array


def _read_only(array: Any) -> Any:
    view = array.view()
    view.flags.writeable = False
    return view


def _seal_all(record: Any) -> None:
    for name in _names(record):
        value = getattr(record, name)
        sealed = _sealed(value)
        if sealed is not value:
            object.__setattr__(record, name, sealed)


def _names(record: Any) -> tuple[str, ...]:
    return _names_of(cast("Hashable", type(record)))


@cache
def _compared(kind: Any) -> tuple[str, ...]:
    """Fields that make two equal: those that travel, but for what only says where something is written."""
    return tuple(field.name for field in fields(kind) if field.compare and field.name in _lasting(kind))


@cache
def _lasting(kind: Any) -> tuple[str, ...]:
    """Fields that travel."""
    return tuple(field.name for field in fields(kind) if not field.metadata.get("transient"))


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return type(one) is type(other) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, Mapping):
        return isinstance(other, Mapping) and one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)
