"""What rules compile to: statements over the cell grid, and how they are collected. Knows no rule kind and no solver."""

from giliran.program.builder import ProgramBuilder
from giliran.program.collecting import Cost
from giliran.program.program import FREE, HARD, INFINITE, LARGEST_COST, Costs, Ints, Ladders, Origin, Program, Rows, Switches

__all__ = [
    "FREE",
    "HARD",
    "INFINITE",
    "LARGEST_COST",
    "Cost",
    "Costs",
    "Ints",
    "Ladders",
    "Origin",
    "Program",
    "ProgramBuilder",
    "Rows",
    "Switches",
]
