"""What one plan costs more than another, tier by tier, in the units of the goals and rules that count there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from giliran.audit import Audit
from giliran.instance import Instance
from giliran.messages import Said, Sentence, bilingual
from giliran.result import Result
from giliran.rules.answers import CostUnit
from giliran.rules.tiers import tier_said

_DECIMALS = 3

_MORE = Sentence(en="{count} more of: {tier}", id="{tier} bertambah {count}")
_LESS = Sentence(en="less by {count} of: {tier}", id="{tier} berkurang {count}")
_EACH = Sentence(en="{changes}", id="{changes}")
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
    units, parts = _units(instance), _parts(instance, before, after)
    found = []
    for name in instance.view.tiers.names:
        was, is_ = old.get(name, 0), new.get(name, 0)
        unit, change = units.get(name), is_ - was
        said = _split(parts.get(name, {}), change) if unit is None else None
        found.append(TierCost(name, was, is_, said or _change(name, change, unit), name not in open_))
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


def _parts(instance: Instance, before: Costed, after: Costed) -> Mapping[str, Mapping[CostUnit | None, int]]:
    """By tier, how much more its statements cost in each unit; None for those of which nobody knows what they count."""
    view = instance.view
    units = {(each.id, name): unit for each in view.statements for name, unit in each.cost_units()}
    found: dict[str, dict[CostUnit | None, int]] = {}
    for sign, plan in ((-1, before), (1, after)):
        for each in plan.costs if isinstance(plan, Audit) else plan.costs():
            known = units.get((each.statement, each.name))
            unit = None if known is None else CostUnit(known.size * view.tiers.place[each.name][1], known.more, known.less)
            changes = found.setdefault(each.tier, {})
            changes[unit] = changes.get(unit, 0) + sign * each.cost
    return found


def _split(changes: Mapping[CostUnit | None, int], change: int) -> Said | None:
    """A change of a tier in which several things are counted, each in its own unit; None where one of them has none."""
    changed = {unit: count for unit, count in changes.items() if count}
    if None in changed or not change or sum(changed.values()) != change:
        return None
    return _EACH(changes=[_change("", count, unit) for unit, count in changed.items()])


def _change(tier: str, change: int, unit: CostUnit | None) -> Said:
    """A change of a tier in words, in its own number where several things are counted in it."""
    if not change:
        return _UNCHANGED()
    if unit is None:
        return (_LESS if change < 0 else _MORE)(tier=tier_said(tier), count=abs(change))
    return (unit.less if change < 0 else unit.more)(count=_number(Fraction(abs(change), unit.size)))


def _number(count: Fraction) -> int | Said:
    """A number of units; a broken one with the decimals that it has, three at the most."""
    if count.denominator == 1:
        return count.numerator
    whole, rest = divmod(round(count * 10**_DECIMALS), 10**_DECIMALS)
    text = f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    return bilingual(en=text, id=text.replace(".", ","))
