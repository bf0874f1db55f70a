"""Tiers: the lexicographic order of costs, a later one never worsening an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from giliran.domain.facts import Facts
from giliran.domain.sealing import Sealed
from giliran.domain.selection import MOST_WEIGHT, Model
from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.rules.base import RELAXATIONS, RULE_TIER_WORDS, RULE_TIERS, Goal, Statement
from giliran.rules.registry import goal_kinds
from giliran.rules.toolkit.changing import Change, rank_of
from giliran.text import TextError

NOT_LISTED = Sentence(
    en="{rule} puts its cost in tier {tier}, which is not listed under `tiers`",
    id="{rule} menaruh biayanya di tingkat {tier}, yang tidak ada di `tiers`",
)
LIST_IT = Sentence(en="Tiers in use: {known}. Add {tier} to `tiers`.", id="Tingkat yang ada: {known}. Tambahkan {tier} pada `tiers`.")
TWICE = Sentence(en="tier {tier} is listed twice", id="tingkat {tier} ditulis dua kali")
NOT_NAMES = Sentence(
    en="a tier is a name, a list of names, or names with weights",
    id="sebuah tingkat berupa nama, daftar nama, atau nama-nama dengan bobot",
)
POSITIVE = Sentence(
    en="weights in a tier are positive integers, {most} at most",
    id="bobot dalam satu tingkat adalah bilangan bulat positif, paling besar {most}",
)

_MERGED = "+"
_TOGETHER = Sentence(en="{parts}", id="{parts}")


class TierSpec(Model):
    """One tier of an instance: a name, or several merged with weights.

    Parameters
    ----------
    name
        Name in the result.
    of
        Names that rules and goals use, each with a positive integer weight.
    """

    name: str
    of: dict[str, int] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """`fair_share`, `[fair_share, wishes]` and `{fair_share: 5, wishes: 1}` are short for the long form."""
        if isinstance(value, str):
            return {"name": value, "of": {value: 1}}
        if not isinstance(value, (list, tuple, Mapping)) or "of" in value:
            return value
        if not all(isinstance(name, str) for name in value):
            raise TextError(NOT_NAMES())
        return {"name": _MERGED.join(value), "of": dict(value) if isinstance(value, Mapping) else dict.fromkeys(value, 1)}

    @model_validator(mode="after")
    def _positive(self) -> TierSpec:
        if not all(1 <= weight <= MOST_WEIGHT for weight in self.of.values()):
            raise TextError(POSITIVE(most=MOST_WEIGHT))
        return self


@dataclass(frozen=True, eq=False)
class Tiers(Sealed):
    """Tiers in their order, and where each named cost goes.

    Parameters
    ----------
    names
        Names of the tiers, most important first.
    place
        Index and weight for every name that a rule or goal may give as its tier.
    """

    names: tuple[str, ...]
    place: Mapping[str, tuple[int, int]]


def tier_said(name: str) -> Said:
    """What the costs of a tier are called; of several in one all of them; a name of the planner's own is said as it is."""
    words = {**RULE_TIER_WORDS, **{key: said for kind in goal_kinds().values() for key, said in kind.tier_words.items()}}
    said = [words[part]() if part in words else plain(part) for part in name.split(_MERGED)]
    return said[0] if len(said) == 1 else _TOGETHER(parts=said)


def default_ranks(statements: Sequence[Statement], facts: Facts) -> dict[str, int]:
    """Every default tier with its rank, smaller first: those of rules, those of all goal kinds, and what goals in use say of theirs."""
    ranks = dict(RULE_TIERS)
    for kind in goal_kinds().values():
        ranks.update(kind.own_tiers)
    for statement in statements:
        ranks.update(statement.ranks(facts) if isinstance(statement, Goal) else {})
    return ranks


def resolve_tiers(specs: Sequence[TierSpec], statements: Sequence[Statement], facts: Facts) -> Tiers:
    """The tiers of an instance: its own list first, then whatever else is used in the default order.

    Tiers of rules that the list does not speak of stay before it, `staffed` right after `relaxations` wherever that is listed, and where
    few changes come first, so do those of changes. Any default tier may be named, also one of a goal that is not in use.

    Raises
    ------
    InputError
        If a statement uses a tier that is neither listed nor a default one, or a tier is listed twice.
    """
    used = {RELAXATIONS, *(name for statement in statements for name in statement.tier_names())}
    ranks = default_ranks(statements, facts)
    listed = [name for spec in specs for name in spec.of]
    rest = sorted((used & ranks.keys()) - {*listed}, key=lambda name: (ranks[name], name))
    all_specs = [*specs, *(TierSpec(name=name, of={name: 1}) for name in rest)]
    named = [spec.name for spec in all_specs]
    twice = {name for names in (listed, named) for name, count in Counter(names).items() if count > 1}
    problems = [Problem(Where(field="tiers"), TWICE(tier=name)) for name in sorted(twice)]
    leading = _leading(ranks, facts)
    all_specs = _moved(all_specs, leading, {name for name in leading if name in rest})
    place = {name: (index, weight) for index, spec in enumerate(all_specs) for name, weight in spec.of.items()}
    for statement in statements:
        for name in statement.tier_names():
            if name not in place:
                advice = LIST_IT(known=[spec.name for spec in all_specs], tier=name)
                problems.append(Problem(Where(field=statement.id), NOT_LISTED(rule=statement.id, tier=name), advice))
    if problems:
        raise InputError(problems)
    return Tiers(tuple(spec.name for spec in all_specs), place)


def _leading(ranks: Mapping[str, int], facts: Facts) -> list[str]:
    """Tiers that a list puts nothing before without naming them, in their order."""
    of_rules = {name for name, _ in RULE_TIERS}
    last = max(*(ranks[name] for name in of_rules), rank_of(Change.NAMES, facts))
    leading = {name for name, rank in ranks.items() if rank <= last} if facts.few_changes else of_rules
    return sorted(leading, key=lambda name: (ranks[name], name))


def _moved(specs: Sequence[TierSpec], leading: Sequence[str], unlisted: Collection[str]) -> list[TierSpec]:
    """Leading tiers that nobody listed moved to the front, each right after the leading tier before it where that is listed."""
    moved = {spec.name: spec for spec in specs if spec.name in unlisted}
    order = [spec for spec in specs if spec.name not in moved]
    at = 0
    for name in leading:
        if name in moved:
            order.insert(at, moved[name])
        at = next((k + 1 for k, spec in enumerate(order) if name in spec.of), at)
    return order
