"""What people do with a plan: whatever it is, it comes to an answer or to an input error, and says nothing else than the plan does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document
from benchmarks.fuzz.properties import built
from giliran import (
    InfeasibleError,
    InputError,
    Instance,
    Method,
    Result,
    SolveOptions,
    Status,
    check_certificate,
    explain,
    export,
    make_certificate,
    price,
    read_schedule,
    replan,
    solve,
    substitutes,
    swaps,
    why,
)

ONE = SolveOptions(workers=1)
LIMITS_S = (0.001, 0.02, 0.1, 0.4)
FORMATS = ("json", "csv", "xlsx", "html", "txt", "ics")
READ = ("json", "csv", "xlsx")
"""Formats from which a plan is read again."""

Use = Callable[[Document, Instance, Result, Dice], Iterator[str]]


def used(document: Document, instance: Instance, dice: Dice) -> Iterator[str]:
    """One random use of the plan of an instance."""
    use = dice.pick(USES)
    yield from (f"{use.__name__}: {said}" for said in use(document, instance, solve(instance, ONE), dice))


def _limited(_: Document, instance: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """Under a short limit nothing is claimed that is not so."""
    found = solve(instance, SolveOptions(workers=dice.pick([1, 2]), time_limit_s=dice.pick(LIMITS_S)))
    if found.status in (Status.OPTIMAL, Status.INFEASIBLE) and _vector(found) != _vector(result):
        yield f"{_vector(found)}, without a limit {_vector(result)}"
    for now, best in zip(found.tiers, result.tiers, strict=True) if found.status is Status.FEASIBLE else ():
        if now.bound > best.value:
            yield f"{now.name} is bounded by {now.bound}, at best {best.value}"
        if now.value != best.value:
            return


def _with_fewer_methods(_: Document, instance: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """Whatever methods are left out, the tiers are the same."""
    without = frozenset(method for method in Method if dice.chance(0.5))
    found = solve(instance, SolveOptions(workers=1, without=without))
    if _vector(found) != _vector(result):
        yield f"{_vector(found)} without {sorted(without)}, {_vector(result)} with all"


def _from_another(document: Document, _: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """A plan to begin with changes no tier of an instance that has a rule less."""
    rules = document.get("rules", [])
    other = built({**document, "rules": [rule for rule in rules if rule is not dice.pick(rules)]}) if rules else None
    if other is not None and _vector(begun := solve(other, ONE, start=result)) != _vector(anew := solve(other, ONE)):
        yield f"{_vector(begun)} from another plan, {_vector(anew)} anew"


def _planned_again(_: Document, instance: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """Orders on a plan: it is told what changes."""
    days = [day.isoformat() for day in instance.facts.dates]
    first, who = dice.pick(days), dice.pick(instance.facts.staff.ids)
    orders: dict[str, Any] = {}
    if dice.chance(0.7):
        orders["absences"] = [{"staff_id": who, "from": first, "to": dice.pick([day for day in days if day >= first]), "reason": "sakit"}]
    if dice.chance(0.4):
        place = dice.pick(["office", "home"])
        orders["pins"] = [{"staff_id": dice.pick(instance.facts.staff.ids), "date": dice.pick(days), "place": place, "reason": "tamu"}]
    orders |= {name: dice.chance(0.5) for name in ("keep", "refill") if dice.chance(0.4)}
    try:
        again = replan(instance, result.schedule, options=ONE, **orders)
    except InputError as error:  # orders that cannot be
        assert error.problems
        return
    if again.whole and again.days.bound is not None and again.days.bound > again.days.value:
        yield f"{again.days} changed days with {orders}"
    str(again)


def _asked(_: Document, instance: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """Questions about a plan, and about having none."""
    if result.status is Status.INFEASIBLE:
        str(explain(instance, ONE))
        return
    who, day = dice.pick(instance.facts.staff.ids), dice.pick(instance.facts.dates)
    for ask in (why, substitutes, swaps) if dice.chance(0.7) else ():
        try:
            str(ask(instance, result.schedule, who, day, options=ONE))
        except InputError as error:  # nobody stands in for who is at home
            assert error.problems
    if dice.chance(0.3):
        str(price(instance, result, ONE, by_unit=dice.chance(0.3)))
    yield from ()


def _proved(_: Document, instance: Instance, result: Result, __: Dice) -> Iterator[str]:
    """Its certificate claims nothing that does not hold."""
    checked = check_certificate(instance, result.schedule, make_certificate(result))
    if not checked.holds:
        yield " ".join(said.text() for said in checked.told())


def _written(_: Document, instance: Instance, result: Result, dice: Dice) -> Iterator[str]:
    """Written and read again it is the same."""
    left_out = result.schedule.unplanned
    known = instance.facts.present if left_out is None else instance.facts.present & ~left_out
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            path = Path(folder) / f"plan.{name}"
            try:
                export(result, path, lang=dice.pick(["en", "id"]), partial=True)
            except InfeasibleError:  # nobody has a plan
                return
            if name in READ and (wrong := (read_schedule(path, instance).place != result.schedule.place) & known).any():
                yield f"{name}: {np.argwhere(wrong).tolist()} are read otherwise"


USES: tuple[Use, ...] = (_limited, _with_fewer_methods, _from_another, _planned_again, _asked, _proved, _written)


def _vector(result: Result) -> tuple[str, tuple[int, ...]]:
    return result.status.value, tuple(tier.value for tier in result.tiers)
