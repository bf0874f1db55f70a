"""What cannot stand beside what, in a rule about duty officers and in several of one name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.errors import Problem, Where
from giliran.messages import Said, plain
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.words import ASKS_NOBODY, MIXED, NO_REST, NOT_BESIDE, OTHERWISE, UNPAIRED


def clashes(keys: Set[str], *, rests: bool) -> Iterator[Said]:
    """Words that exclude each other.

    Parameters
    ----------
    keys
        What a rule says, besides `rest`.
    """
    others = sorted(keys - {"one_each", "everybody"})
    for key in others:
        if "everybody" in keys:
            yield ASKS_NOBODY(key=key)
        elif "one_each" in keys and key != "account":
            yield NOT_BESIDE(key=key)
    for key in sorted(keys) if rests else ():
        if key != "account":
            yield NO_REST(key=key)


def differing(name: str, rules: Sequence[Rule], everybody: Collection[str]) -> Iterator[Problem]:
    """Rules of one name of which some only are for everybody, or that should hold at different costs.

    Parameters
    ----------
    everybody
        Ids of those that are for everybody.
    """
    where = Where(field=f"{rules[0].id}.one_each")
    if 0 < len(everybody) < len(rules):
        yield Problem(where, MIXED(name=name, rules=[plain(id_) for id_ in sorted(everybody)]))
    soft = [rule for rule in rules if rule.strength is Strength.SHOULD]
    if len({(*rule.tier_names(), rule.weight) for rule in soft}) > 1:
        yield Problem(where, OTHERWISE(name=name, rules=[plain(rule.id) for rule in soft]))


def unpaired(rule: Rule, name: str | None, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A note about a name that only one rule has."""
    if name is not None and len(rules) == 1:
        yield rule.finding(Strength.NOTE, 1, UNPAIRED(name=plain(name)))
