"""Groups of a limit, who is counted in them, and what a share of them comes to: one person at a time, in fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from benchmarks.fuzz.oracle.reading import Bound, Cell, Term
from benchmarks.fuzz.oracle.world import World

WHOLE = 10_000


@dataclass(frozen=True)
class Count:
    """One group and day of a limit.

    Parameters
    ----------
    members
        Everybody in the group.
    chosen
        Whom the rule means, absent or not.
    counted
        Present people of the numerator.
    size
        People that a share is taken of.
    share
        The share in basis points, None where a number is given.
    """

    unit: str
    value: str
    day: int
    members: frozenset[int]
    chosen: frozenset[int]
    counted: frozenset[int]
    size: int
    share: int | None


def counts(
    world: World, rule: Any, forced: Callable[[int, int], bool], able: Callable[[int, int], bool] = lambda e, d: True
) -> Iterator[Count]:
    """Every group and day in which a rule means somebody."""
    groups: dict[tuple[int, int, str], list[int]] = {}
    for e, d in world.all_cells:
        if world.lifted(rule.id, e, d) or not (world.means(rule, e, d) or _in_base(world, rule, e, d)):
            continue
        unit, value = world.group(rule.per, e, d), _value(world, rule, e, d)
        if unit is not None and value is not None:
            groups.setdefault((d, unit, value), []).append(e)
    for (d, unit, value), members in sorted(groups.items()):
        chosen = [e for e in members if world.means(rule, e, d)]
        if not chosen:
            continue
        counted = [e for e in chosen if world.present(e, d) and able(e, d)]
        base = [e for e in members if _in_base(world, rule, e, d) and _able(world, rule.of, e, d)]
        if rule.counts != "everyone":
            counted = [e for e in counted if not forced(e, d)]
        if rule.counts == "unforced":
            base = [e for e in base if not forced(e, d)]
        name = world.facts.units[unit].id if unit >= 0 else "*"
        share = rule.share.rows[value] if hasattr(rule.share, "rows") else rule.share
        yield Count(name, value, d, frozenset(members), frozenset(chosen), frozenset(counted), len(base), share)


def _in_base(world: World, rule: Any, e: int, d: int) -> bool:
    """Whether a share is taken of a person."""
    if rule.base is None:
        return world.means(rule, e, d)
    force = rule.in_force
    if force is not None and not force.first <= world.facts.dates[d] <= force.last:
        return False
    return world.on_day(rule.days, e, d) and world.selected(rule.base, e, d)


def _able(world: World, of: str, e: int, d: int) -> bool:
    able: Mapping[str, bool] = {
        "assigned": True,
        "present": world.present(e, d),
        "office_able": not world.facts.home_only[e, d],
        "home_able": not world.facts.office_only[e, d],
    }
    return able[of]


def _value(world: World, rule: Any, e: int, d: int) -> str | None:
    """The value of the condition that splits groups, "" for a rule without a table."""
    if not hasattr(rule.share, "rows"):
        return ""
    return world.condition(rule.share.condition, world.above(e, d), world.facts.dates[d])


def number(size: int, share: int, rounding: str, least: int) -> int:
    """What a share of some people comes to."""
    exact = Fraction(size * share, WHOLE)
    found = {"down": floor(exact), "up": ceil(exact), "half_up": floor(exact + Fraction(1, 2))}[rounding]
    return max(found, least) if share > 0 and size > 0 else found


def inside(people: Iterable[int], day: int) -> tuple[Cell, ...]:
    """The cells of some people on a day."""
    return tuple((e, day) for e in sorted(people))


def bound_terms(world: World, rule: Any, bounds: Sequence[Bound]) -> Iterator[Term]:
    """A term per bound: by how much its people in the office are too many or too few.

    What must hold is over on a frozen day on which it counts nobody.
    """
    for bound in bounds:
        if rule.strength == "must" and not bound.counted and world.frozen_day(bound.day):
            continue
        least = bound.least if bound.least is not None else 0
        most = bound.most if bound.most is not None else len(bound.counted)

        def amount(office: frozenset[Cell], least: int = least, most: int = most) -> int:
            return max(least - len(office), len(office) - most, 0)

        yield world.charge(rule, inside(bound.counted, bound.day), amount)
