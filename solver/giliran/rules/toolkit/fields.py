"""What the fields of kinds hold, read from their annotations: ids of other rules, and selectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BeforeValidator

from giliran.domain.selection import Selector
from giliran.errors import Problem, Where
from giliran.messages import Sentence, meant
from giliran.rules.registry import known

if TYPE_CHECKING:
    from giliran.rules.base import Statement
    from giliran.rules.view import View

OWN = "own/"
"""Begins the ids of an instance's own rules, which no choice can switch off."""

UNKNOWN_RULE = Sentence(en="there is no rule {rule}", id="tidak ada aturan {rule}")


@dataclass(frozen=True)
class Reference:
    """Marks a field that holds ids of other rules."""


RuleIds = Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value), Reference()]
"""Ids of other rules; one may be written without a list around it."""


@cache
def reference_fields() -> frozenset[str]:
    """Names, as files write them, of the fields of all kinds that hold ids of other rules."""
    return frozenset(name for name, _, metadata in _fields() if any(isinstance(mark, Reference) for mark in metadata))


@cache
def selector_fields() -> frozenset[str]:
    """Names of the fields of all kinds that hold a selector or a list of them."""
    return frozenset(name for name, annotation, _ in _fields() if any(_is_selection(each) for each in _options(annotation)))


@cache
def selector_list_fields() -> frozenset[str]:
    """Names of the fields of all kinds that hold several selections, each a selector or a list of them."""
    return frozenset(
        name for name, annotation, _ in _fields() for each in _options(annotation) if any(_is_selection(inner) for inner in _members(each))
    )


def unknown_references(rule: Statement, field: str, ids: tuple[str, ...], view: View) -> Iterator[Problem]:
    """One problem for each id of an own rule that does not exist; a circular's rule that is absent was switched off by a choice."""
    for id_ in ids:
        if id_ not in view.by_id and id_.startswith(OWN):
            yield Problem(Where(field=f"{rule.id}.{field}"), UNKNOWN_RULE(rule=id_), meant(id_, view.by_id))


def _fields() -> Iterator[tuple[str, Any, list[Any]]]:
    """Every field of every public kind: name in files, annotation, marks."""
    for kind in known().values():
        if kind.public:
            yield from ((field.alias or name, field.annotation, field.metadata) for name, field in kind.model_fields.items())


def _options(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of an annotation, without their marks."""
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    args = get_args(annotation)
    if args and get_origin(annotation) is not tuple:
        return tuple(option for arg in args for option in _options(arg))
    return (annotation,)


def _members(annotation: Any) -> tuple[Any, ...]:
    """What a tuple annotation holds."""
    if get_origin(annotation) is not tuple:
        return ()
    return tuple(option for arg in get_args(annotation) if arg is not Ellipsis for option in _options(arg))


def _is_selection(annotation: Any) -> bool:
    return bool(annotation == tuple[Selector, ...])
