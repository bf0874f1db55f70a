"""Giliran: who works in the office and who at home, under the rules of a circular letter, proven fairest.

``from giliran import load_instance, solve, check`` is where to start. Names are loaded when they are first used: importing the
package does nothing else, and the solver is loaded by `solve` alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from giliran.audit import Audit
    from giliran.audit import audit as check
    from giliran.domain.changes import Changes
    from giliran.domain.finding import Finding
    from giliran.domain.place import Place, Strength
    from giliran.domain.schedule import Schedule
    from giliran.domain.status import Status, Stopped
    from giliran.engine.base.outcome import Method, PartResult, TierResult
    from giliran.engine.dispatch.processes import process_pool
    from giliran.errors import (
        ExecutorError,
        GiliranError,
        InfeasibleError,
        InputError,
        InternalError,
        NoPlanError,
        UndecidedError,
        WorkersLostError,
    )
    from giliran.files.loading import load_instance
    from giliran.files.schedules import read_schedule
    from giliran.files.writing import export
    from giliran.instance import Instance
    from giliran.result import Result
    from giliran.solving import Engine, SolveOptions, solve

    __version__: str

_HOME = {
    "Audit": "audit",
    "Changes": "domain.changes",
    "Engine": "solving",
    "ExecutorError": "errors",
    "Finding": "domain.finding",
    "GiliranError": "errors",
    "InfeasibleError": "errors",
    "InputError": "errors",
    "Instance": "instance",
    "InternalError": "errors",
    "Method": "engine.base.outcome",
    "NoPlanError": "errors",
    "PartResult": "engine.base.outcome",
    "Place": "domain.place",
    "Result": "result",
    "Schedule": "domain.schedule",
    "SolveOptions": "solving",
    "Status": "domain.status",
    "Stopped": "domain.status",
    "Strength": "domain.place",
    "TierResult": "engine.base.outcome",
    "UndecidedError": "errors",
    "WorkersLostError": "errors",
    "check": "audit:audit",
    "export": "files.writing",
    "load_instance": "files.loading",
    "process_pool": "engine.dispatch.processes",
    "read_schedule": "files.schedules",
    "solve": "solving",
}
"""Module of each public name, with its name there where that is another."""

__all__ = [
    "Audit",
    "Changes",
    "Engine",
    "ExecutorError",
    "Finding",
    "GiliranError",
    "InfeasibleError",
    "InputError",
    "Instance",
    "InternalError",
    "Method",
    "NoPlanError",
    "PartResult",
    "Place",
    "Result",
    "Schedule",
    "SolveOptions",
    "Status",
    "Stopped",
    "Strength",
    "TierResult",
    "UndecidedError",
    "WorkersLostError",
    "__version__",
    "check",
    "export",
    "load_instance",
    "process_pool",
    "read_schedule",
    "solve",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(importlib.import_module(f"{__name__}.{module}"), attribute or name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "not installed"
