"""Giliran: who works in the office and who at home, under the rules of a circular letter, proven fairest.

``from giliran import load_instance, solve, check`` is where to start. Names are loaded when they are first used: importing the
package does nothing else, and the solver is loaded by `solve` alone. `giliran.reports` has the tables of a report, and prints them.

Every type that stands in a signature or an attribute of these names is here too. Of `View`, `Rule`, `Goal`, `ResolvedCircular`, `Units`,
`Postings`, `Named`, `Valued`, `CertificateFile`, `Verdict`, `Written` and `Memory` the names alone are promised: what they hold is the
package's own, and may change.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

_LINE = re.compile(r"^from giliran\.([\w.]+) import (\w+) as \2$", re.MULTILINE)

_HOME = {name: module for module, name in _LINE.findall(Path(__file__).with_suffix(".pyi").read_text("utf-8"))}
"""Module of each public name: `__init__.pyi`, which type checkers read, is the one list of them."""

__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "not installed"
