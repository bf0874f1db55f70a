"""Plans for callers that have NumPy arrays and nothing else: no dates, no names, no files."""

from giliran.arrays.plan import ArrayPlan, solve_arrays

__all__ = ["ArrayPlan", "solve_arrays"]
