"""The registry of kinds: found by looking into the folders `kinds` and `implied`, and those of other packages; there is no list of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from types import ModuleType
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, meant, written
from giliran.rules import implied, kinds
from giliran.rules.base import Goal, Rule, Statement
from giliran.text.plugins import plugins

OF_OTHERS = "giliran.kinds"
"""Entry points of other packages: modules or packages that hold kinds."""

UNKNOWN_KIND = Sentence(en="unknown kind {kind}", id="jenis {kind} tidak dikenal")
KNOWN = Sentence(en="Known kinds: {kinds}.", id="Jenis yang ada: {kinds}.")


@cache
def known() -> Mapping[str, type[Statement]]:
    """Every rule and goal kind by its word, in alphabetical order.

    Raises
    ------
    InputError
        If kinds of another package cannot be loaded, or have a word that another kind has.
    """
    found = {_word(kind): kind for package in (kinds, implied) for kind in _kinds_in(package)}
    for plugin in plugins(OF_OTHERS):
        for kind in (kind for module in plugin.inner() for kind in _kinds_of(module)):
            if found.setdefault(_word(kind), kind) is not kind:
                raise plugin.taken(_word(kind))
    return dict(sorted(found.items()))


def _word(kind: type[Statement]) -> str:
    return str(kind.model_fields["kind"].default)


def _kinds_in(package: ModuleType) -> Iterator[type[Statement]]:
    """The kinds that modules of a package define, at any depth."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield from _kinds_of(importlib.import_module(module.name))


def _kinds_of(module: ModuleType) -> Iterator[type[Statement]]:
    for _, member in inspect.getmembers(module, inspect.isclass):
        if issubclass(member, Statement) and not inspect.isabstract(member) and member.__module__ == module.__name__:
            yield member


def rule_kinds() -> Mapping[str, type[Rule]]:
    """Rule kinds that may stand in a file."""
    return {word: kind for word, kind in known().items() if kind.public and issubclass(kind, Rule)}


def goal_kinds() -> Mapping[str, type[Goal]]:
    """Goal kinds that may stand in a file."""
    return {word: kind for word, kind in known().items() if kind.public and issubclass(kind, Goal)}


def example(word: str) -> dict[str, Any]:
    """The example of a public kind, as it stands in a file; a copy, which may be changed."""
    return {"id": word.replace("_", "-"), "kind": word, **deepcopy(dict(known()[word].example))}


def parse_rule(data: Mapping[str, Any]) -> Rule:
    """A typed rule from a mapping with `kind` and `id`.

    Raises
    ------
    InputError
        If the kind is unknown.
    pydantic.ValidationError
        If the fields are wrong.
    """
    return _kind_of(data, rule_kinds()).model_validate(dict(data))  # type: ignore[return-value]


def parse_goal(data: Mapping[str, Any]) -> Goal:
    """A typed goal from a mapping with `kind` and `id`; raises as `parse_rule`."""
    return _kind_of(data, goal_kinds()).model_validate(dict(data))  # type: ignore[return-value]


def _kind_of(data: Mapping[str, Any], among: Mapping[str, type[Statement]]) -> type[Statement]:
    word = data.get("kind", "")
    if not isinstance(word, str) or word not in among:
        advice = (meant(word, among) if isinstance(word, str) else None) or KNOWN(kinds=list(among))
        raise InputError([Problem(Where(field="kind"), UNKNOWN_KIND(kind=f"'{word}'" if isinstance(word, str) else written(word)), advice)])
    return among[word]
