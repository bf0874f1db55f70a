"""A circular with its choices made: rules as the rule kinds read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from giliran.circulars.choosing import WHEN, Choices
from giliran.circulars.circular import Circular, Expects, RawRule
from giliran.circulars.parameters import Value
from giliran.circulars.selecting import Selecting
from giliran.circulars.words import Words
from giliran.domain.sealing import Sealed
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.rules.base import Authority
from giliran.rules.toolkit.fields import reference_fields, selector_fields, selector_list_fields
from giliran.text.model_errors import Locate, unknown
from giliran.text.model_paths import Path

RELAX_TO = "relax_to"
"""Besides rules, selectors and `base`, what may be left out by a `when`."""

_UNKNOWN_RULE = Sentence(en="the circular {circular} has no rule {id}", id="surat edaran {circular} tidak mempunyai aturan {id}")
_NOBODY = Sentence(
    en="with these choices nothing is left of `applies_to`; put the condition on the rule instead",
    id="dengan pilihan ini `applies_to` tidak berisi apa pun; letakkan syaratnya pada aturan",
)


@dataclass(frozen=True, eq=False)
class ResolvedCircular(Sealed):
    """Rules and goals of a circular under given choices.

    Parameters
    ----------
    name, issuer, title, authority, number
        As in the circular.
    in_force
        First and last day; None as the last day means open.
    known_to
        Last day on which an open letter is known to have been in force; None where nothing is said.
    choices
        The value of every parameter, chosen or default.
    rules, goals
        Fields as the kinds read them, ids as `circular/id`, each with `authority`.
    switched_off
        Ids of rules and goals that the choices switch off.
    expects
        What the rules select by.
    defaults
        `sector` of units and `function` of people that have none, inside this circular; already in its selectors.
    not_rules
        Rows of the letter that are no rules, and why.
    wheres
        Place of each rule and goal in the circular's file, by id.
    """

    name: str
    title: Words
    issuer: Words
    authority: Authority
    number: tuple[str, ...]
    in_force: tuple[dt.date, dt.date | None]
    known_to: dt.date | None
    choices: Mapping[str, Value]
    rules: tuple[dict[str, Any], ...]
    goals: tuple[dict[str, Any], ...]
    switched_off: tuple[str, ...]
    expects: Expects
    defaults: Mapping[str, str | None]
    not_rules: Mapping[str, Words]
    wheres: Mapping[str, Where] = field(default_factory=dict, compare=False, repr=False)


def resolve(circular: Circular, choose: Mapping[str, Any] | None = None, *, locate: Locate | None = None) -> ResolvedCircular:
    """The circular's rules under given choices.

    Parameters
    ----------
    circular
        The circular.
    choose
        Values by parameter; the rest keep their defaults.
    locate
        Where the choices are written: called with ("choose", name).

    Raises
    ------
    InputError
        With every problem: unknown parameters, values, sets and rules, with the nearest known one.
    """
    resolved, trace = resolve_with_trace(circular, choose or {}, locate or _unplaced)
    if trace.problems:
        raise InputError(trace.problems)
    return resolved


@dataclass(frozen=True)
class Trace:
    """What a resolution met on its way.

    Parameters
    ----------
    problems
        Everything that was wrong.
    parameters, sets
        Names that were used.
    """

    problems: tuple[Problem, ...]
    parameters: frozenset[str]
    sets: frozenset[str]


def resolve_with_trace(circular: Circular, choose: Mapping[str, Any], locate: Locate) -> tuple[ResolvedCircular, Trace]:
    """Like `resolve`, without raising: the result, and what was wrong and what was used."""
    choices = Choices(circular, choose, locate)
    resolver = _Resolver(circular, choices)
    rules = resolver.several("rules", circular.rules)
    goals = resolver.several("goals", circular.goals)
    units, staff = circular.expects.units, circular.expects.staff
    resolved = ResolvedCircular(
        name=circular.name,
        title=circular.title,
        issuer=circular.issuer,
        authority=circular.authority,
        number=circular.number,
        in_force=(circular.in_force.start, circular.in_force.to),
        known_to=circular.in_force.known_to,
        choices=dict(choices.values),
        rules=rules,
        goals=goals,
        switched_off=tuple(resolver.qualified(id_) for id_ in sorted(resolver.off)),
        expects=circular.expects,
        defaults={
            "sector": units.sector.default if units.sector else None,
            "function": staff.function.default if staff.function else None,
        },
        not_rules=dict(circular.not_rules),
        wheres=resolver.wheres,
    )
    return resolved, Trace(_distinct(choices.problems), frozenset(choices.used), frozenset(resolver.selecting.used_sets))


def _distinct(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each problem once; a set that several rules use would repeat its own."""
    return tuple({(problem.where, problem.said.text()): problem for problem in problems}.values())


def _unplaced(path: Path) -> Where:
    return Where(field=".".join(str(step) for step in path))


class _Resolver:
    """Resolves the rules of one circular under given choices."""

    def __init__(self, circular: Circular, choices: Choices) -> None:
        self.selecting = Selecting(circular, choices)
        self.wheres: dict[str, Where] = {}
        self._circular = circular
        self._choices = choices
        self._known = {rule.id for rule in (*circular.rules, *circular.goals)}
        self.off = self._switched_off("rules", circular.rules) | self._switched_off("goals", circular.goals)

    def _switched_off(self, section: str, rules: tuple[RawRule, ...]) -> set[str]:
        return {
            rule.id
            for position, rule in enumerate(rules)
            if rule.when is not None and not self._choices.holds(rule.when, (section, position, WHEN))
        }

    def qualified(self, id_: str) -> str:
        """An id of this circular as the rest of the world knows it; another's stays what it is."""
        return id_ if "/" in id_ else f"{self._circular.name}/{id_}"

    def several(self, section: str, rules: tuple[RawRule, ...]) -> tuple[dict[str, Any], ...]:
        """The rules or goals that are not switched off."""
        return tuple(self._rule(rule, (section, position)) for position, rule in enumerate(rules) if rule.id not in self.off)

    def _rule(self, rule: RawRule, path: Path) -> dict[str, Any]:
        id_ = self.qualified(rule.id)
        self.wheres[id_] = self._circular.where(path)
        resolved: dict[str, Any] = {"id": id_, "kind": rule.kind, "authority": self._circular.authority}
        if rule.source is not None:
            resolved["source"] = rule.source.model_dump()
        for name, node in rule.fields.items():
            self._field(resolved, name, node, (*path, name))
        return resolved

    def _field(self, resolved: dict[str, Any], name: str, node: Any, path: Path) -> None:
        if name in selector_fields():
            selectors = self.selecting.selection(node, path)
            if selectors is not None:
                if name != "applies_to" or selectors != [{}]:  # everybody, once nothing is left of an `except`
                    resolved[name] = selectors[0] if len(selectors) == 1 else selectors
            elif name == "applies_to":
                self._choices.problems.append(Problem(self._circular.where(path), _NOBODY()))
        elif name in selector_list_fields() and isinstance(node, (list, tuple)):
            each = [self.selecting.selection(item, (*path, position)) for position, item in enumerate(node)]
            resolved[name] = [selectors for selectors in each if selectors is not None]
        elif name == RELAX_TO and isinstance(node, Mapping) and WHEN in node:
            if self._choices.holds(node[WHEN], (*path, WHEN)):
                resolved[name] = self.selecting.fill({key: value for key, value in node.items() if key != WHEN}, path)
        elif name in reference_fields():
            resolved[name] = self._references(self.selecting.fill(node, path), path)
        else:
            resolved[name] = self.selecting.fill(node, path)

    def _references(self, ids: Any, path: Path) -> Any:
        """Ids of rules that are in force; those switched off are dropped."""
        if isinstance(ids, str):
            ids = [ids]
        if not isinstance(ids, list):
            return ids
        named = [str(id_) for id_ in ids]
        for id_ in named:
            if "/" not in id_ and id_ not in self._known:
                said = _UNKNOWN_RULE(circular=self._circular.name, id=id_)
                self._choices.problems.append(unknown(self._circular.where(path), said, id_, self._known))
        return [self.qualified(id_) for id_ in named if id_ not in self.off]
