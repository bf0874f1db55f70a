"""Linear relaxations of a part over cells and week patterns: exact integer bounds, tier after tier, and often the plan itself.

Import `solve_columns` and `wants_columns` from `engine.columns.solving`; they load scipy.
"""
