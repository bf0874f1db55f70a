"""Selection, the free/forced test, limits and fair shares a third time: plain Python, one cell at a time, written from the design alone.

Compile and audit share the vectorised version, so the contract tests cannot see its mistakes. Rules are mappings as in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from giliran.domain.facts import Facts
from giliran.domain.place import DayKind

Spec = Mapping[str, Any]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LIMITING = ("office_cap", "office_floor", "home_cap", "office_share")


@dataclass(frozen=True)
class Bound:
    """One occurrence of a limit: who is counted, and how many of them may be, or must be, in the office."""

    rule: str
    unit: str
    value: str
    day: int
    counted: frozenset[int]
    least: int
    most: int


def listed(value: Any) -> list[Any]:
    """One value or several."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def units_above(facts: Facts, e: int, d: int) -> list[int]:
    """Unit of assignment and all above it, nearest first."""
    at, path = int(facts.postings.unit[facts.posting[e, d]]), []
    while at >= 0:
        path.append(at)
        at = facts.units[at].parent
    return path


def selects(facts: Facts, e: int, d: int, selector: Spec) -> bool:
    """Whether one selector means a person on a day."""
    row = int(facts.posting[e, d])
    above = [facts.units[u] for u in units_above(facts, e, d)]
    words = {name: getattr(facts.postings, name) for name in ("rank", "status", "function")}
    word = {name: column.words[column.code[row]] if column.code[row] >= 0 else None for name, column in words.items()}
    head = bool(facts.postings.head[row])
    tests = {
        "units": lambda v: any(unit.id in v for unit in above),
        "levels": lambda v: any(unit.level in v for unit in above),
        "unit_tags": lambda v: bool(above[0].tags & set(v)),
        "sectors": lambda v: bool(above[0].sectors & set(v)),
        "ranks": lambda v: word["rank"] in v,
        "statuses": lambda v: word["status"] in v,
        "functions": lambda v: word["function"] in v,
        "tags": lambda v: bool(facts.postings.tags[row] & set(v)),
        "heads": lambda v: head and above[0].level in v,
        "ids": lambda v: facts.staff.ids[e] in v,
    }
    if not all(test(listed(selector[name])) for name, test in tests.items() if name in selector):
        return False
    return not any(selects(facts, e, d, out) for out in listed(selector.get("except", [])))


def selected(facts: Facts, e: int, d: int, selection: Any) -> bool:
    """Whether any selector of a list means a person on a day; everybody without one."""
    return selection is None or any(selects(facts, e, d, selector) for selector in listed(selection))


def has_cell(facts: Facts, e: int, d: int) -> bool:
    """Whether it is a working or call day of the person."""
    return facts.kind[e, d] != DayKind.NONE


def on_day(facts: Facts, e: int, d: int, rule: Spec) -> bool:
    """Whether a rule means this day of this person."""
    days = rule.get("days", {})
    if not has_cell(facts, e, d):
        return False
    if "weekdays" in days:
        return WEEKDAYS[facts.dates[d].weekday()] in listed(days["weekdays"])
    return facts.kind[e, d] == DayKind.WORK


def means(facts: Facts, e: int, d: int, rule: Spec) -> bool:
    """Whether a rule means a cell, absent or not."""
    return on_day(facts, e, d, rule) and selected(facts, e, d, rule.get("applies_to"))


def present(facts: Facts, e: int, d: int) -> bool:
    """Whether the person works that day."""
    return has_cell(facts, e, d) and not facts.absent[e, d]


def forced_office(facts: Facts, rules: Sequence[Spec], e: int, d: int) -> bool:
    """Whether a rule about the person puts the cell in the office; home-only people are left alone."""
    if not has_cell(facts, e, d) or facts.home_only[e, d]:
        return False
    return bool(facts.office_only[e, d]) or any(
        means(facts, e, d, rule) for rule in rules if rule.get("place") == "office" or rule.get("mode") == "require"
    )


def forced_home(facts: Facts, rules: Sequence[Spec], e: int, d: int) -> bool:
    """Whether the cell is at home by what is said of the person."""
    if not has_cell(facts, e, d):
        return False
    return bool(facts.home_only[e, d]) or any(means(facts, e, d, rule) for rule in rules if rule.get("place") == "home")


def free(facts: Facts, rules: Sequence[Spec], e: int, d: int) -> bool:
    """Whether nothing about the person decides the cell."""
    return present(facts, e, d) and not forced_office(facts, rules, e, d) and not forced_home(facts, rules, e, d)


def condition(facts: Facts, name: str, e: int, d: int) -> str | None:
    """Value of a condition at a cell: the narrowest unit that has one says it."""
    for unit in [*units_above(facts, e, d), None]:
        for entry in facts.conditions[name]:
            here = entry.units is None if unit is None else entry.units is not None and unit in entry.units
            if here and entry.first <= facts.dates[d] <= entry.last:
                return entry.value
    return None


def group_of(facts: Facts, rule: Spec, e: int, d: int) -> tuple[str, str] | None:
    """Unit id and condition value of the group that a rule counts a cell in; None outside all groups."""
    per, share = rule.get("per", "whole"), rule.get("share")
    value: str | None = condition(facts, next(iter(share)), e, d) if isinstance(share, Mapping) else ""
    above = [facts.units[u] for u in units_above(facts, e, d)]
    if per == "whole":
        unit = "*"
    elif per == "leaf":
        unit = above[0].id
    else:
        unit = next((u.id for u in above if u.level in listed(per)), "")
    return (unit, value) if unit and value is not None else None


def percent(text: str) -> Fraction:
    """ "25%" as a fraction."""
    return Fraction(text.rstrip("%")) / 100


def bounds(facts: Facts, rules: Sequence[Spec]) -> Iterator[Bound]:
    """Every occurrence of every limit."""
    for rule in rules:
        if rule["kind"] not in LIMITING:
            continue
        keys = {(group_of(facts, rule, e, d), d) for e in range(facts.num_people) for d in range(facts.num_days)}
        for key, d in sorted((key, d) for key, d in keys if key is not None):
            bound = _bound(facts, rules, rule, key, d)
            if bound is not None:
                yield bound


def _bound(facts: Facts, rules: Sequence[Spec], rule: Spec, key: tuple[str, str], d: int) -> Bound | None:
    lifted = [other for other in rules if rule["id"] in other.get("lifts", ())]
    here = [e for e in range(facts.num_people) if has_cell(facts, e, d) and group_of(facts, rule, e, d) == key]
    here = [e for e in here if not any(means(facts, e, d, other) for other in lifted)]
    chosen = [e for e in here if means(facts, e, d, rule)]
    if not chosen:
        return None
    side = forced_home if rule["kind"] == "home_cap" else forced_office
    counts, of = rule.get("counts", "everyone"), rule.get("of", "present" if rule["kind"] == "office_share" else "assigned")
    counted = [e for e in chosen if present(facts, e, d) and selected(facts, e, d, rule.get("eligible"))]
    if rule["kind"] == "home_cap":
        counted = [e for e in counted if facts.kind[e, d] == DayKind.WORK]
    if counts != "everyone":
        counted = [e for e in counted if not side(facts, rules, e, d)]
    able = {
        "assigned": lambda e: True,
        "present": lambda e: present(facts, e, d),
        "office_able": lambda e: not facts.home_only[e, d],
        "home_able": lambda e: not facts.office_only[e, d],
    }[of]
    base = [e for e in here if on_day(facts, e, d, rule) and selected(facts, e, d, rule.get("base", rule.get("applies_to"))) and able(e)]
    if counts == "unforced":
        base = [e for e in base if not side(facts, rules, e, d)]
    least, most = _numbers(facts, rules, rule, key, d, counted, len(base))
    return Bound(rule["id"], key[0], key[1], d, frozenset(counted), max(least, 0), min(most, len(counted)))


def _numbers(
    facts: Facts, rules: Sequence[Spec], rule: Spec, key: tuple[str, str], d: int, counted: Sequence[int], size: int
) -> tuple[int, int]:
    """Least and most of the counted people in the office."""
    share = rule.get("share")
    part = (percent(next(iter(share.values()))[key[1]]) if isinstance(share, Mapping) else percent(share)) * size if share else None
    many = len(counted)
    if rule["kind"] == "office_cap":
        return 0, rule["max"] if part is None else max(floor(part), 1 if part > 0 else 0)
    if rule["kind"] == "home_cap":
        return many - (rule["max"] if part is None else floor(part)), many
    available = sum(not forced_home(facts, rules, e, d) for e in counted)
    if rule["kind"] == "office_floor":
        return min(rule["min"] if part is None else ceil(part), available), many
    assert part is not None
    tolerance = rule.get("tolerance", 0)
    return min(floor(part) - tolerance, available), ceil(part) + tolerance


def fair_share(facts: Facts, rules: Sequence[Spec], target: Spec | None, e: int, all_bounds: Sequence[Bound]) -> int:
    """Fair share of a person in thousandths of a day, everything counted on all days."""
    total = Fraction(0)
    for d in range(facts.num_days):
        if free(facts, rules, e, d):
            total += _load(facts, rules, target, e, d, [b for b in all_bounds if b.day == d and e in b.counted])
    return floor(1000 * total + Fraction(1, 2))


def _load(facts: Facts, rules: Sequence[Spec], target: Spec | None, e: int, d: int, around: Sequence[Bound]) -> Fraction:
    kind_of = {rule["id"]: rule["kind"] for rule in rules}
    caps, floors = [Fraction(1)], [Fraction(0)]
    for bound in around:
        fixed = sum(forced_office(facts, rules, other, d) for other in bound.counted)
        open_ = sum(free(facts, rules, other, d) for other in bound.counted)
        kind = kind_of[bound.rule]
        if kind in ("office_cap", "office_share"):
            caps.append(max(Fraction(bound.most - fixed, open_), Fraction(0)))
        if kind != "office_cap":
            floors.append(min(Fraction(bound.least - fixed, open_), Fraction(1)))
    wanted = target is not None and target["aim"] == "most_office" and means(facts, e, d, target)
    least = max(floors)
    return max(min(caps), least) if wanted else least


def rounded(value: int, step: int) -> int:
    """The nearest multiple of `step`, halves up."""
    return floor(Fraction(value, step) + Fraction(1, 2)) * step
