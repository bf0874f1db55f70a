"""What one plan costs more than another, tier by tier, in the units of the goals and rules that count there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from giliran.audit import Audit
from giliran.instance import Instance
from giliran.messages import Said, Sentence, bilingual, plain
from giliran.result import Result
from giliran.rules.answers import CostUnit

_DECIMALS = 3

_MORE = Sentence(en="{count} more in the tier {tier}", id="{count} lebih banyak pada tingkat {tier}")
_LESS = Sentence(en="less by {count} in the tier {tier}", id="{count} lebih sedikit pada tingkat {tier}")
_UNCHANGED = Sentence(en="no change", id="tidak berubah")
_NOTHING = Sentence(en="costs nothing", id="tanpa biaya")
_COSTS = Sentence(en="costs: {change}", id="biaya: {change}")
_GAINS = Sentence(en="is better: {change}", id="lebih baik: {change}")
_AND_THEN = Sentence(en="{first}; then {rest}", id="{first}; lalu {rest}")


@dataclass(frozen=True)
class TierCost:
    """What a tier costs in two plans.

    Parameters
    ----------
    tier
        Name of the tier.
    before, after
        Its values, whole numbers in the tier's own unit.
    said
        The change in words: "2 fewer person-days in the office".
    proven
        Neither value can be improved, the tiers before being as they are, or it is that of a plan that is given.
    """

    tier: str
    before: int
    after: int
    said: Said
    proven: bool = True

    @property
    def change(self) -> int:
        """How much more it costs after; less than 0 where it costs less."""
        return self.after - self.before


Costed = Result | Audit
"""What knows the values of tiers: a result, whose values may be unproven, or the audit of a plan that is given."""


def differences(instance: Instance, before: Costed, after: Costed) -> tuple[TierCost, ...]:
    """What `after` costs more or less than `before` in every tier, most important first.

    Parameters
    ----------
    instance
        Whose tiers are told; a tier that one of the two does not have costs 0 there.
    before, after
        Results or audits of this instance, or of one with something changed.

    Raises
    ------
    ValueError
        If a result has no tiers, because nobody has a plan in it.
    """
    old, new = _values(before), _values(after)
    open_ = _unproven(before) | _unproven(after)
    units = _units(instance)
    found = []
    for name in instance.view.tiers.names:
        was, is_ = old.get(name, 0), new.get(name, 0)
        found.append(TierCost(name, was, is_, _change(name, is_ - was, units.get(name)), name not in open_))
    return tuple(found)


def deciding(costs: Iterable[TierCost]) -> TierCost | None:
    """The first tier that differs, which alone decides which plan is better; None where none does."""
    return next((cost for cost in costs if cost.change), None)


def better(costs: Iterable[TierCost]) -> bool:
    """Whether `after` is better: it costs less in the first tier that differs."""
    first = deciding(costs)
    return first is not None and first.change < 0


def same(costs: Iterable[TierCost]) -> bool:
    """Whether no tier differs."""
    return deciding(costs) is None


def price_text(costs: Sequence[TierCost]) -> Said:
    """The differences in words: "costs nothing", "costs: 1 more person-day above the first limit; then …"."""
    first = deciding(costs)
    if first is None:
        return _NOTHING()
    return (_COSTS if first.change > 0 else _GAINS)(change=changes_text(costs))


def changes_text(costs: Iterable[TierCost]) -> Said:
    """The tiers that differ, the deciding one first: "1 more person-day in the office; then …"."""
    changed = [cost.said for cost in costs if cost.change]
    first, rest = changed[0] if changed else _UNCHANGED(), changed[1:]
    return _AND_THEN(first=first, rest=rest) if rest else first


def _values(found: Costed) -> Mapping[str, int]:
    if isinstance(found, Audit):
        return found.tiers
    if not found.tiers:
        raise ValueError("a result without a plan has no costs")
    return {tier.name: tier.value for tier in found.tiers}


def _unproven(found: Costed) -> set[str]:
    return set() if isinstance(found, Audit) else {tier.name for tier in found.tiers if not tier.proven}


def _units(instance: Instance) -> dict[str, CostUnit]:
    """The unit of every tier in which all costs have the same one."""
    view = instance.view
    found: dict[int, set[CostUnit]] = {}
    for statement in view.statements:
        for name, unit in statement.cost_units():
            index, multiplier = view.tiers.place[name]
            found.setdefault(index, set()).add(CostUnit(unit.size * multiplier, unit.more, unit.less))
    return {view.tiers.names[index]: unit for index, units in found.items() if len(units) == 1 for unit in units}


def _change(tier: str, change: int, unit: CostUnit | None) -> Said:
    """A change of a tier in words, in its own number where several things are counted in it."""
    if not change:
        return _UNCHANGED()
    if unit is None:
        return (_LESS if change < 0 else _MORE)(tier=plain(tier), count=abs(change))
    return (unit.less if change < 0 else unit.more)(count=_number(Fraction(abs(change), unit.size)))


def _number(count: Fraction) -> int | Said:
    """A number of units; a broken one with the decimals that it has, three at the most."""
    if count.denominator == 1:
        return count.numerator
    whole, rest = divmod(round(count * 10**_DECIMALS), 10**_DECIMALS)
    text = f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    return bilingual(en=text, id=text.replace(".", ","))
