"""Sections given as Python data: as a file would hold them, and where a value of them is."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from giliran.errors import Where
from giliran.text import number_text
from giliran.text.model_paths import Path


def as_in_files(value: Any, rows: str | None = None) -> Any:
    """A value with the text that a file would hold in place of every number with a fraction; tables, also under the key `rows`, read
    their own cells.
    """
    if isinstance(value, float) and isfinite(value):
        return number_text(value)
    if isinstance(value, Mapping):
        return {key: item if key == rows else as_in_files(item) for key, item in value.items()}
    return type(value)(map(as_in_files, value)) if type(value) in (list, tuple) else value


def unplaced(path: Path) -> Where:
    """The place of a value that stands in no file: its field."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return Where(field=text.removeprefix("."))
