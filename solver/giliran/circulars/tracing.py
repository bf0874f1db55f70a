"""Which parameters fill what: where a circular's rules use the words that a planner chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from giliran.circulars.choosing import CHOOSE, WHEN
from giliran.circulars.circular import Circular, RawRule
from giliran.circulars.selecting import IN

Use = tuple[str, str]
"""The key that a parameter fills, and the parameter: ("ranks", "leader_ranks")."""


def parameters_of(circular: Circular, rule: RawRule, field: str | None = None) -> frozenset[str]:
    """Every parameter that a rule or goal hangs on, by itself or by its sets; on wish those alone that fill one of its fields."""
    node = {WHEN: rule.when or {}, **rule.fields} if field is None else {field: rule.fields.get(field)}
    return frozenset(name for _, name in _uses(circular, node, "", frozenset()))


def fields_of(circular: Circular) -> Mapping[str, frozenset[str]]:
    """The keys that each parameter fills in rules, goals and sets."""
    nodes = [*(rule.fields for rule in (*circular.rules, *circular.goals)), *circular.sets.values()]
    found: dict[str, set[str]] = {}
    for node in nodes:
        for field, name in _uses(circular, node, "", frozenset()):
            found.setdefault(name, set()).add(field)
    return {name: frozenset(fields) for name, fields in found.items()}


def declared_words(circular: Circular, fields: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Words that a circular itself lists, by field of selectors: what it expects, and the defaults of its parameters.

    Parameters
    ----------
    fields
        As in `fields_of`.
    """
    units, staff = circular.expects.units, circular.expects.staff
    listed: dict[str, Iterable[str]] = {
        "unit_tags": units.tags,
        "levels": units.levels,
        "heads": units.levels,
        "per": units.levels,
        "sectors": units.sector.values if units.sector else (),
        "functions": staff.function.values if staff.function else (),
        "tags": staff.tags,
    }
    found = {field: set(words) for field, words in listed.items()}
    for name, parameter in circular.parameters.items():
        value = parameter.standard if name in fields else None
        if isinstance(value, tuple):
            for field in fields[name]:
                found.setdefault(field, set()).update(value)
    return {field: frozenset(words) for field, words in found.items()}


def _uses(circular: Circular, node: Any, field: str, inside: frozenset[str]) -> Iterator[Use]:
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from _uses(circular, item, field, inside)
        return
    if not isinstance(node, Mapping):
        return
    if CHOOSE in node:
        yield field, str(node[CHOOSE])
    for key, value in node.items():
        if key == WHEN and isinstance(value, Mapping):
            yield from ((WHEN, str(name)) for name in value)
        elif key == IN:
            for name in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(name, str) and name in circular.sets and name not in inside:
                    yield from _uses(circular, circular.sets[name], "", inside | {name})
        elif key != CHOOSE:
            yield from _uses(circular, value, field if CHOOSE in node else str(key), inside)
