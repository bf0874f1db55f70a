"""Values that other instances have under the same keys: mutations with them are often good input, and so reach further."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.fuzz.drawing import draw
from benchmarks.fuzz.files.samples import INSTANCE, LETTER

DRAWN = 60
"""Instances whose values are taken."""


@functools.cache
def grafts() -> Mapping[str, Sequence[Any]]:
    """Different values by key, from drawn instances and the samples."""
    found: dict[str, dict[str, Any]] = {}
    for tree in (INSTANCE, LETTER, *map(draw, range(DRAWN))):
        _gather(json.loads(json.dumps(tree, default=str)), found)
    return {key: tuple(values.values()) for key, values in sorted(found.items())}


def _gather(tree: Any, found: dict[str, dict[str, Any]]) -> None:
    entries = tree.items() if isinstance(tree, dict) else [("", item) for item in tree] if isinstance(tree, list) else ()
    for key, value in entries:
        if key:
            found.setdefault(key, {}).setdefault(json.dumps(value), value)
        _gather(value, found)
