"""What a program gave where something else was expected, in words: never the name of a Python type."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from giliran.messages.sentence import Said, Sentence, plain

_SHOWN = 60
"""Letters of a text that are shown."""
_KEYS = 3
"""Keys of a mapping that are shown."""

_NOTHING = Sentence(en="nothing", id="kosong")
_TEXT = Sentence(en="the text '{text}'", id="teks '{text}'")
_MAPPING = Sentence(en="keys with values ({keys})", id="pasangan kunci dan nilai ({keys})")
_NO_KEYS = Sentence(en="keys with values, none of them", id="pasangan kunci dan nilai, tanpa isi")
_LIST = Sentence(en="a list", id="daftar")
_ARRAY = Sentence(en="an array {kind}[{shape}]", id="larik {kind}[{shape}]")
_OTHER = Sentence(en="something else", id="sesuatu yang lain")


def found_text(value: object) -> Said:
    """A value as a sentence names it."""
    if value is None:
        return _NOTHING()
    if isinstance(value, bool | int | float):
        return plain(str(value).lower())
    if isinstance(value, str | os.PathLike):
        text = str(os.fspath(value))
        return _TEXT(text=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
    if isinstance(value, Mapping):
        keys = ", ".join(map(str, [*value][:_KEYS])) + ("…" if len(value) > _KEYS else "")
        return _MAPPING(keys=keys) if keys else _NO_KEYS()
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return _ARRAY(kind=value.dtype, shape=", ".join(map(str, value.shape)))
    return _LIST() if isinstance(value, Iterable) else _OTHER()
