"""Mutations of a document's tree of keys and values."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.grafts import grafts
from benchmarks.fuzz.files.hostile import DATES, NUMBERS, TEXTS, VALUES

Tree = Any
Path = tuple[Any, ...]

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST = 300
_GRAFTED = 0.35
"""How often a change takes what other instances have at such a place."""


def paths(tree: Tree, at: Path = ()) -> list[Path]:
    """Every place of a tree, its root first."""
    found = [at]
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inner:
        found += paths(value, (*at, step))
    return found


def mutate(tree: Tree, places: list[Path], dice: Dice) -> Tree:
    """A tree with one to three changes; what is not changed is shared with the one given.

    Parameters
    ----------
    places
        Of the tree, as `paths` gives them.
    """
    for _ in range(dice.randint(1, dice.pick((1, 1, 2, 3)))):
        path = dice.pick(places)
        if dice.chance(_GRAFTED):
            tree = changed(tree, path, lambda value, path=path: _graft(value, path, dice))  # type: ignore[misc]
            continue
        way = dice.pick(_WAYS)
        tree = changed(tree, path, lambda value, way=way, root=tree: way(value, root, places, dice))  # type: ignore[misc]
    return tree


def _graft(value: Tree, path: Path, dice: Dice) -> Tree:
    """What others have under the same key, or one more key; in a list one more item, as others have in such a list."""
    known = grafts()
    keys = [step for step in path if isinstance(step, str) and step in known]
    if isinstance(value, dict) and dice.chance(0.5):
        key = dice.pick(list(known))
        return {**value, key: dice.pick(known[key])}
    if not keys:
        return dice.pick(known[dice.pick(list(known))])
    other = dice.pick(known[keys[-1]])
    if isinstance(value, list) and isinstance(other, list) and other and dice.chance(0.7):
        return [*value, dice.pick(other)]
    if path and isinstance(path[-1], int) and isinstance(other, list) and other:
        return dice.pick(other)
    return other


def changed(tree: Tree, path: Path, change: Callable[[Tree], Tree]) -> Tree:
    """A tree with the value at a path changed; the tree itself where a change before took the path away."""
    if not path:
        return change(tree)
    step, rest = path[0], path[1:]
    if isinstance(tree, dict) and step in tree:
        return {key: changed(value, rest, change) if key == step else value for key, value in tree.items()}
    if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
        return [changed(value, rest, change) if k == step else value for k, value in enumerate(tree)]
    return tree


def at(tree: Tree, path: Path) -> Tree:
    """The value at a path, None where there is none."""
    for step in path:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _other(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    return dice.pick(VALUES)


def _text(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    return dice.pick(dice.pick((TEXTS, NUMBERS, DATES)))


def _number(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    return dice.pick((0, 1, -1, 2, 3, 100, 32768, 10**6, 10**9, 10**9 + 1, 2**63, -(2**63), 10**29, 0.5))


def _own(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    """What stands elsewhere in the document."""
    return at(root, dice.pick(places))


def _drop(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    """One item less."""
    if isinstance(value, dict) and value:
        gone = dice.pick(list(value))
        return {key: item for key, item in value.items() if key != gone}
    if isinstance(value, list) and value:
        gone = dice.randrange(len(value))
        return value[:gone] + value[gone + 1 :]
    return None


def _double(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    """One item more than once, or the value in a list."""
    if isinstance(value, list) and value:
        k = dice.randrange(len(value))
        return value[:k] + [value[k]] * dice.pick((2, 2, 30)) + value[k + 1 :]
    return [value] * dice.pick((1, 2))


def _rename(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    """A key that nobody knows, in place of one or beside it."""
    if not isinstance(value, dict) or not value:
        return {dice.pick(TEXTS): value}
    key = dice.pick(list(value))
    strange = dice.pick((dice.pick(TEXTS), f"{key}s", str(key)[:-1], str(key).upper(), dice.pick(list(value))))
    kept = value if dice.chance(0.3) else {name: item for name, item in value.items() if name != key}
    return {**kept, strange: value[key]}


def _shuffle(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    """Items in another order, or values under one another's keys."""
    if isinstance(value, dict):
        values = list(value.values())
        dice.shuffle(values)
        return dict(zip(value, values, strict=True))
    if isinstance(value, list):
        return dice.sample(value, len(value))
    return value


def _deep(value: Tree, root: Tree, places: list[Path], dice: Dice) -> Tree:
    for _ in range(dice.pick((1, 2, 40, _DEEPEST))):
        value = [value] if dice.chance(0.5) else {"x": value}
    return value


_WAYS = (_other, _other, _text, _text, _text, _number, _own, _own, _drop, _drop, _double, _rename, _rename, _shuffle, _deep)


def as_json(tree: Tree, dice: Dice) -> str:
    """A tree as JSON, in one of the ways in which programs write it."""
    return json.dumps(tree, ensure_ascii=dice.chance(0.3), indent=dice.pick((None, None, 1)))


def as_yaml(tree: Tree, dice: Dice) -> str:
    """A tree as YAML; mostly in flow style, which is much quicker to write."""
    if dice.chance(0.6):
        return json.dumps(tree, ensure_ascii=False)
    dumped: str = yaml.dump(tree, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, default_flow_style=dice.chance(0.3))
    return dumped
