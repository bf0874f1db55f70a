"""Which parameters fill what: where a circular's rules use the words that a planner chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from giliran.circulars.choosing import CHOOSE, WHEN
from giliran.circulars.model import Circular, RawRule
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
    uses = {use for node in nodes for use in _uses(circular, node, "", frozenset())}
    return {name: frozenset(field for field, used in uses if used == name) for _, name in uses}


def declared_words(circular: Circular, field: str) -> frozenset[str]:
    """Words that a circular itself lists for a field of selectors: what it expects, and the defaults of its parameters."""
    units, staff = circular.expects.units, circular.expects.staff
    listed = {
        "unit_tags": units.tags,
        "levels": units.levels,
        "heads": units.levels,
        "per": units.levels,
        "sectors": units.sector.values if units.sector else (),
        "functions": staff.function.values if staff.function else (),
        "tags": staff.tags,
    }
    fields = fields_of(circular)
    defaults = {name: parameter.read(parameter.default) for name, parameter in circular.parameters.items() if field in fields.get(name, ())}
    return frozenset(listed.get(field, ())).union(*(value for value in defaults.values() if isinstance(value, tuple)))


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
