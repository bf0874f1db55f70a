"""Kinds of rules and goals as programs list them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from giliran.messages import Said
from giliran.rules.registry import example, goal_kinds, rule_kinds


@dataclass(frozen=True)
class ListedKind:
    """A kind of rule or goal.

    Parameters
    ----------
    kind
        Its word in files.
    is_goal
        Whether it stands under `goals`, not under `rules`.
    summary
        What it asks for, in one sentence.
    example
        A small one, as a file has it.
    """

    kind: str
    is_goal: bool
    summary: Said
    example: Mapping[str, Any]


def list_rules() -> tuple[ListedKind, ...]:
    """Every kind of rule, then every kind of goal, each in alphabetical order."""
    found = [(kinds, kinds is goals) for goals in [goal_kinds()] for kinds in (rule_kinds(), goals)]
    return tuple(ListedKind(word, is_goal, kind.summary(), example(word)) for kinds, is_goal in found for word, kind in kinds.items())
