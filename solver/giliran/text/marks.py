"""Where each value of a document stands: a tree of line numbers beside the tree of values."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Step: TypeAlias = str | int
"""A key of a mapping or an index of a list."""
Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"
"""What a document is made of."""
Marks: TypeAlias = "int | Branch"
"""The line of a scalar (1-based), or that of a mapping or list and of everything in it."""


class Branch(NamedTuple):
    """Lines of a mapping or list: that of its key, or where it begins, and those of what it holds."""

    line: int
    children: dict[str, Marks] | list[Marks]


def line_of(marks: Marks) -> int:
    """The line at which a value stands (1-based)."""
    return marks if isinstance(marks, int) else marks.line


def line_at(marks: Marks, path: tuple[Step, ...]) -> int:
    """The line of the value at a path, or of its nearest ancestor that exists."""
    for step in path:
        child = _child(marks, step)
        if child is None:
            break
        marks = child
    return line_of(marks)


def _child(marks: Marks, step: Step) -> Marks | None:
    if isinstance(marks, int):
        return None
    if isinstance(marks.children, dict):
        return marks.children.get(str(step))
    return marks.children[step] if isinstance(step, int) and 0 <= step < len(marks.children) else None


def render_path(path: tuple[Step, ...]) -> str:
    """A path as people write it: `("rules", 3, "share")` is "rules[3].share"."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
