"""How every kind is read and drawn. Readings are found by looking into this package; there is no list of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from functools import cache

from benchmarks.fuzz.oracle.reading import Reading


@cache
def readings() -> Mapping[str, Reading]:
    """The reading of every kind by its word, in alphabetical order."""
    found: dict[str, Reading] = {}
    for module in pkgutil.iter_modules(__path__):
        for _, member in inspect.getmembers(importlib.import_module(f"{__name__}.{module.name}"), inspect.isclass):
            if issubclass(member, Reading) and not inspect.isabstract(member) and member.__module__ == f"{__name__}.{module.name}":
                found[member.kind] = member()
    return dict(sorted(found.items()))
