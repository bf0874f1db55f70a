"""Rules and goals: what they mean, what they compile to, how a schedule is held against them, and how they are said.

Every kind that a file may hold is here by the name of its class, loaded when it is asked for, and is built like a row of a file::

    from giliran import Instance, rules

    Instance.build(..., rules=[rules.OfficeCap(share="50%", per="bidang")], goals=[rules.FairShare()])
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if not name[:1].isupper():  # a module that is being loaded
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from giliran.rules.registry import goal_kinds, rule_kinds

    found = next((kind for kind in (*rule_kinds().values(), *goal_kinds().values()) if kind.__name__ == name), None)
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found


def __dir__() -> list[str]:
    from giliran.rules.registry import goal_kinds, rule_kinds

    return sorted(kind.__name__ for kind in (*rule_kinds().values(), *goal_kinds().values()))
