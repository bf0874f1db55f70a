"""What can be wrong with a file, in words: pydantic's findings never reach a user as they are, nor do names of types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from giliran.errors import InputError, Problem, Where
from giliran.messages import LANGUAGES, Said, Sentence, Whole, did_you_mean, meant, nearest, written
from giliran.text.failure import TextError
from giliran.text.model_paths import Path, closed_words, known_keys, written_path

Called = Callable[[Path], Mapping[str, Said]]
"""The words of a language for keys at a path."""
NO_NAMES: Mapping[str, Said] = {}
Locate = Callable[[Path], Where]
"""Gives the place in a file of a path of keys."""

M = TypeVar("M", bound=BaseModel)

UNKNOWN_KEY = Sentence(en="unknown key {key}", id="kunci {key} tidak dikenal")
_KNOWN_ARE = Sentence(en="Known: {known}.", id="Yang dikenal: {known}.")
_MISSING = Sentence(en="the key {key} is missing", id="kunci {key} belum diisi")
_NOT_LISTED = Sentence(en="{found} is not expected here; expected {expected}", id="{found} tidak sesuai; yang diharapkan {expected}")
_WRONG_TYPE = Sentence(en="found {found}; expected {expected}", id="ditemukan {found}; yang diharapkan {expected}")
_EMPTY = Sentence(en="must not be empty", id="tidak boleh kosong")
_TOO_FEW = Sentence(
    en="{count} {count:item|items} {count:stands|stand} here; expected at least {least}",
    id="di sini ada {count} butir; yang diharapkan paling sedikit {least}",
)
_NOT_A_MAPPING = Sentence(en="the file is not a mapping of keys to values", id="isi berkas bukan pasangan kunci dan nilai")
_BAD_NAME = Sentence(
    en="{found} cannot be a name; letters, digits, `-`, `_` and `.` can be used",
    id="{found} tidak dapat dipakai sebagai nama; gunakan huruf, angka, `-`, `_`, dan `.`",
)
_UNUSABLE = Sentence(en="{found} cannot be used here", id="{found} tidak dapat dipakai di sini")
_HALF = Sentence(en="the text holds half of a character", id="teks ini memuat separuh karakter")
_LOOP = Sentence(en="this holds itself", id="isian ini memuat dirinya sendiri")
_AND_MORE = Sentence(en="and {count} more {count:problem|problems} like these", id="dan {count} masalah lain yang serupa")
_ALTERNATIVES = Sentence(en="{first} or {second}", id="{first} atau {second}")

_TEXT = Sentence(en="a text", id="teks")
_LIST = Sentence(en="a list", id="daftar")
_MAPPING = Sentence(en="keys with values", id="pasangan kunci dan nilai")
_NUMBER = Sentence(en="a whole number", id="bilangan bulat")
_AMOUNT = Sentence(en="a number", id="bilangan")
_TRUTH = Sentence(en="true or false", id="true atau false")
_DATE = Sentence(en="a date such as 2021-07-12", id="tanggal, misalnya 2021-07-12")
_WORD = Sentence(en="a word", id="kata")
_OUT_OF_BOUNDS = Sentence(en="{found} cannot be; expected {bound}", id="tidak boleh {found}; yang diharapkan {bound}")
_AT_LEAST = Sentence(en="at least {limit}", id="paling sedikit {limit}")
_AT_MOST = Sentence(en="at most {limit}", id="paling banyak {limit}")
_MORE_THAN = Sentence(en="more than {limit}", id="lebih dari {limit}")
_LESS_THAN = Sentence(en="less than {limit}", id="kurang dari {limit}")

NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
"""What names of circulars and ids of their rules are made of."""

_EXPECTED = {
    _TEXT: ("string_type",),
    _LIST: ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type", "iteration_error"),
    _MAPPING: ("dict_type", "mapping_type", "model_type", "model_attributes_type"),
    _NUMBER: ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    _AMOUNT: ("float_type", "float_parsing", "finite_number"),
    _TRUTH: ("bool_type", "bool_parsing"),
    _DATE: ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    _WORD: ("set_item_not_hashable", "invalid_key"),
}
_EXPECTED_BY_KIND = {kind: expected for expected, kinds in _EXPECTED.items() for kind in kinds}
_BOUNDS = {"greater_than_equal": _AT_LEAST, "greater_than": _MORE_THAN, "less_than_equal": _AT_MOST, "less_than": _LESS_THAN}
_PLAIN = {"too_short": _EMPTY, "string_too_short": _EMPTY, "string_unicode": _HALF, "recursion_loop": _LOOP}
_CLOSED = ("literal_error", "enum")
_MOST_FINDINGS = 100
"""Most findings of one model that are told; each may cost a look among all words that could stand there."""
_MOST_KNOWN = 30
"""Known words are listed up to so many: all keys of a rule kind, never all countries."""


def unknown(
    where: Where, said: Said, word: str, known: Collection[str], advice: Said | None = None, called: Mapping[str, Said] = NO_NAMES
) -> Problem:
    """A problem with a word that nobody knows, and the nearest one that is known; else all that are, or `advice` where they are many.

    Known words may be `called` otherwise in another language; whoever comes near to that word is told it.
    """
    near = nearest(word, [*known, *(each.text(lang) for each in called.values() for lang in LANGUAGES)])
    if near is not None:
        return Problem(where, said, did_you_mean(near))
    if not 0 < len(known) <= _MOST_KNOWN:
        return Problem(where, said, advice)
    return Problem(where, said, _KNOWN_ARE(known=[called.get(each, each) for each in sorted(known)]))


def refused(where: Where, error: ValueError, value: object) -> Problem:
    """What a reader's error says about a value, at its place; the words of an error that is not ours are no help to anybody."""
    return error.problem(where) if isinstance(error, TextError) else Problem(where, _UNUSABLE(found=written(value)))


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
        raise InputError(problems_of(error, where, model, data)) from error


def problems_of(
    error: ValidationError,
    where: Locate,
    model: type[BaseModel] | None,
    data: object,
    at: Path = (),
    called: Called = lambda _: NO_NAMES,
) -> list[Problem]:
    """Pydantic's findings as problems in both languages.

    Parameters
    ----------
    error
        What pydantic raised.
    where
        Places by path.
    model
        The model that was read, for the nearest known key.
    data
        What was read as this model, for the path as it was written.
    at
        Path of the data that was read, in front of every finding's own path.
    called
        What keys at a path are called in another language.
    """
    places: dict[Path, list[Any]] = {}
    for found in error.errors(include_url=False)[:_MOST_FINDINGS]:
        places.setdefault(written_path(found["loc"], data, model, missing=found["type"] == "missing"), []).append(found)
    above = {path[:length] for path in places for length in range(len(path))}
    told = [
        problem for path, here in places.items() for problem in _problems(here, where((*at, *path)), model, called, within=path in above)
    ]
    more = error.error_count() - _MOST_FINDINGS
    return [*told, Problem(where(at), _AND_MORE(count=more), count=more)] if more > 0 else told


def _problems(here: Sequence[Any], where: Where, model: type[BaseModel] | None, called: Called, *, within: bool) -> Iterator[Problem]:
    """What is wrong at one place. Types that could stand there are told together, and not at all where one of them fits but for what is
    wrong inside it. Nor is a list told to be short whose items were refused."""
    types = list(dict.fromkeys(_EXPECTED_BY_KIND[found["type"]] for found in here if found["type"] in _EXPECTED_BY_KIND))
    for found in here:
        if found["type"] == "too_short" and within:
            continue
        if found["type"] not in _EXPECTED_BY_KIND:
            yield _problem(found, where, model, called)
        elif types and not within:
            expected = types[0]() if len(types) == 1 else _ALTERNATIVES(first=types[0](), second=types[1]())
            yield Problem(where, _WRONG_TYPE(found=written(found["input"]), expected=expected))
            types = []


def _problem(found: Any, where: Where, model: type[BaseModel] | None, called: Called) -> Problem:
    kind, key = found["type"], str(found["loc"][-1]) if found["loc"] else ""
    if kind == "extra_forbidden":
        return unknown(where, UNKNOWN_KEY(key=key), key, known_keys(model, found["loc"]), called=called(found["loc"][:-1]))
    if kind == "missing":
        return Problem(where, _MISSING(key=key))
    if kind == "value_error":
        return refused(where, found["ctx"]["error"], found["input"])
    if kind in _CLOSED:
        return _not_listed(where, found, closed_words(model, found["loc"]))
    return Problem(where, _said(kind, found))


def _not_listed(where: Where, found: Any, known: Sequence[str]) -> Problem:
    """A word that is not one of a closed choice, and the nearest one that is."""
    value = written(found["input"])
    return Problem(where, _NOT_LISTED(found=value, expected=Whole(", ".join(known))), meant(value.text(), known))


def _said(kind: str, found: Any) -> Said:
    value = written(found["input"])
    if kind in _BOUNDS:
        [limit] = found["ctx"].values()
        return _OUT_OF_BOUNDS(found=value, bound=_BOUNDS[kind](limit=f"{limit:g}" if isinstance(limit, float) else limit))
    if kind == "too_short" and found["ctx"]["actual_length"]:
        return _TOO_FEW(count=found["ctx"]["actual_length"], least=found["ctx"]["min_length"])
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if kind == "string_pattern_mismatch" and found["ctx"]["pattern"] == NAME_PATTERN:
        return _BAD_NAME(found=value)
    return _UNUSABLE(found=value)
