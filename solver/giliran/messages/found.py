"""What somebody gave where something else was expected, in words: no name of a Python type, and no value as Python writes it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from numbers import Number

from giliran.messages.sentence import Said, Sentence, plain

_SHOWN = 60
"""Letters of a text that are shown."""
_ITEMS = 3
"""Keys of a mapping, and items of a list, that are shown."""
_LARGEST = 10**60
"""From here on a number is told by what it is; Python refuses to write the longest."""

_NOTHING = Sentence(en="nothing", id="kosong")
_TEXT = Sentence(en="the text '{text}'", id="teks '{text}'")
_MAPPING = Sentence(en="keys with values ({keys})", id="pasangan kunci dan nilai ({keys})")
_NO_KEYS = Sentence(en="keys with values, none of them", id="pasangan kunci dan nilai, tanpa isi")
_LIST = Sentence(en="a list", id="daftar")
_BYTES = Sentence(en="bytes", id="bita")
_ARRAY = Sentence(en="an array {kind}[{shape}]", id="larik {kind}[{shape}]")
_HUGE = Sentence(en="a number of more than sixty digits", id="bilangan dengan lebih dari enam puluh angka")
_OTHER = Sentence(en="something else", id="sesuatu yang lain")


def found_text(value: object) -> Said:
    """A value as a sentence for programmers names it: by what it is."""
    if isinstance(value, str | os.PathLike):
        return _TEXT(text=_cut(str(os.fspath(value))))
    if isinstance(value, Mapping):
        return _MAPPING(keys=_few(value)) if value else _NO_KEYS()
    if isinstance(value, bytes | bytearray):
        return _BYTES()
    if hasattr(value, "dtype") and hasattr(value, "shape") and value.shape:
        return _ARRAY(kind=value.dtype, shape=", ".join(map(str, value.shape)))
    if isinstance(value, Iterable) and not isinstance(value, dt.date) and getattr(value, "shape", None) != ():
        return _LIST()
    return written(value.item() if hasattr(value, "dtype") and hasattr(value, "item") else value)


def written(value: object) -> Said:
    """A value as a user wrote it in a file, cut to what a sentence can carry."""
    if value is None:
        return _NOTHING()
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return _HUGE()
    text = _literal(value)
    return _OTHER() if text is None else plain(text)


def _literal(value: object) -> str | None:
    """The value as YAML or JSON have it on one line; None for what no file can hold."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str | os.PathLike):
        text = str(os.fspath(value))
        return _cut(text) if text.strip() else f"'{_cut(text)}'"
    if isinstance(value, Mapping):
        return f"{{{_few(value)}}}"
    if isinstance(value, list | tuple | set | frozenset):
        return f"[{_few(value)}]"
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return "…"
    return str(value) if isinstance(value, Number | dt.date | dt.time) else None


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _few(values: Iterable[object]) -> str:
    items = [*values]
    return ", ".join(_literal(item) or "…" for item in items[:_ITEMS]) + ("…" if len(items) > _ITEMS else "")
