"""Loading everything that a search may need before the first one."""

from __future__ import annotations

import importlib
import time

import numpy as np

from giliran.arrays import solve_arrays
from giliran.solving import Engine, SolveOptions

_LATE = ("columns.elastic", "columns.relaxation", "proofs.multipliers", "proofs.reasons")
"""Modules of the engine that are loaded where a plan needs them."""


def warm_up() -> float:
    """Load every solver now, so that the first `solve` takes no longer than later ones: for servers, before they take requests.

    Returns
    -------
    float
        Seconds that it took.
    """
    begin = time.perf_counter()
    for module in _LATE:
        importlib.import_module(f"giliran.engine.{module}")
    for engine in Engine:
        solve_arrays(np.ones((3, 2), dtype=np.bool_), most=2, least=1, options=SolveOptions(workers=1, engine=engine))
    return time.perf_counter() - begin
