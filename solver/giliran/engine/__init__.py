"""The engine: a program in, the best places and their proof out. The only folder that imports ortools.

Import from its modules: `engine.run` (`optimise`) and `engine.naming` (`name_duty`) load ortools, `engine.outcome` does not.
"""
