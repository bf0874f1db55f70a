"""A brute-force reading of every rule and goal, cell by cell, from the words of the documentation alone.

It reads the arrays of `Facts` and the fields of typed rules. It shares no code with what compiles or audits them, nor with what both ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.fuzz.oracle.kinds import readings
from benchmarks.fuzz.oracle.world import World
from giliran.instance import Instance

__all__ = ["World", "read", "readings"]


def read(instance: Instance, document: Mapping[str, Any]) -> World:
    """An instance as the oracle reads it, with the sections that it was built from."""
    letters = [letter.name for letter in instance.circulars]
    return World(instance.facts, (*instance.rules, *instance.goals), readings(), document, letters)
