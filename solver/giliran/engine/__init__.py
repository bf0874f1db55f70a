"""The engine: a program in, the best places and their proof out. The only folder that imports ortools.

Import from its modules: `engine.run` (`optimise`) and `engine.duty.joint_naming` (`name_all`) load ortools, `engine.base.outcome` does not.
"""
