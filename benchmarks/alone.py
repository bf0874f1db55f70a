"""Giliran with one of its own methods alone, as if that were a peer: `auto` shall not lose to any of them."""

from __future__ import annotations

from giliran.engine.base.outcome import ALL_METHODS, Method

PREFIX = "only_"
"""What the names begin with, in records and tables."""


BOUNDS = "bounds"
"""Only the work for the bounds: no search for plans."""


def _needed(method: Method) -> frozenset[Method]:
    """A method, and linear programs where it only makes them easier."""
    return frozenset({method} if method is Method.FLOW else {method, Method.LP})


ALONE = {f"{PREFIX}cpsat": frozenset[Method](), **{f"{PREFIX}{method.value}": _needed(method) for method in Method}}
"""What is tried before CP-SAT, by name; CP-SAT finishes what is left."""


def left_out(name: str) -> frozenset[Method]:
    """What is left out where one method is alone."""
    return ALL_METHODS - ALONE[name]
