"""Versions that a result depends on."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

VERSIONED = ("giliran", "ortools", "highspy", "numpy")


def versions() -> dict[str, str]:
    """Python and the packages that decide what is found, by name."""
    return {"python": platform.python_version(), **{name: _installed(name) for name in VERSIONED}}


@cache
def _installed(name: str) -> str:
    """The version of a package; found once, since reading it takes longer than a small search."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
