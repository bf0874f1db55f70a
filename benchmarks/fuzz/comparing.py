"""What is compared between the planner and the oracle."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document
from benchmarks.fuzz.names import wrong_names
from benchmarks.fuzz.oracle import read
from benchmarks.fuzz.oracle.trying import Bits, TooLargeError, Trying
from benchmarks.fuzz.properties import gaps, local, permissive
from benchmarks.fuzz.repeating import hashed
from benchmarks.fuzz.using import used
from giliran.audit import audit
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import Engine, SolveOptions, solve

SCHEDULES = 12
"""Random schedules that are audited per instance."""


@dataclass(frozen=True)
class Disagreement:
    """What was compared, and what was found."""

    check: str
    said: str


@dataclass(frozen=True)
class Compared:
    """One instance: what disagrees, or why it was not compared; and the kinds and circulars in it."""

    disagreements: tuple[Disagreement, ...] = ()
    kinds: frozenset[str] = frozenset()
    refused: bool = False
    too_large: bool = False


def compare(document: Document, seed: int) -> Compared:
    """Plan an instance in several ways and hold everything against the oracle; bad input is no disagreement."""
    try:
        instance = Instance.build(document)
    except InputError:
        return Compared(refused=True)
    except Exception as error:
        return Compared((_raised("build", error),))
    try:
        trying = Trying(read(instance, document))
        trying.best  # noqa: B018 - computed here, so that whatever is too large is not solved
    except TooLargeError:
        return Compared(too_large=True)
    except Exception as error:
        return Compared((_raised("oracle", error),))
    return Compared(tuple(_disagreements(document, instance, trying, Dice(seed))), kinds_in(instance))


def kinds_in(instance: Instance) -> frozenset[str]:
    """Kinds of rules and goals, written or not, and names of circulars."""
    kinds = (statement.kind for statement in (*instance.rules, *instance.goals))
    return frozenset(kinds) | {letter.name for letter in instance.circulars}


def _raised(check: str, error: Exception) -> Disagreement:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Disagreement(check, f"{type(error).__name__}: {error} ({last.name})")


def _disagreements(document: Document, instance: Instance, trying: Trying, dice: Dice) -> Iterator[Disagreement]:
    checks: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("audit", lambda: _audits(instance, trying, dice)),
        ("auto", lambda: _solved(instance, trying, SolveOptions(workers=1))),
    ]
    if dice.chance(0.5):
        checks.append(("cpsat", lambda: _solved(instance, trying, SolveOptions(workers=1, engine=Engine.CPSAT))))
    if dice.chance(0.2):
        checks.append(("workers", lambda: _solved(instance, trying, SolveOptions(workers=2))))
    if dice.chance(0.2):
        checks.append(("row order", lambda: _shuffled(document, trying, dice)))
    if dice.chance(0.25):
        checks.append(("a rule about one unit", lambda: _local(document, instance, trying, dice)))
    if dice.chance(0.25):
        checks.append(("a wider cap", lambda: permissive(document, dice)))
    if dice.chance(0.25):
        checks.append(("parts without a plan", lambda: gaps(document, dice)))
    if dice.chance(0.25):
        checks.append(("what is done with a plan", lambda: used(document, instance, dice)))
    if dice.chance(0.01):
        checks.append(("hash seeds", lambda: hashed(document)))
    if instance.tiers.names != trying.order.names:
        yield Disagreement("tier order", f"tiers {instance.tiers.names}, oracle {trying.order.names}")
        checks = checks[:1]
    for name, check in checks:
        try:
            yield from (Disagreement(name, said) for said in check())
        except Exception as error:
            yield _raised(name, error)


# -- audits ------------------------------------------------------------------------------------------------------------------------


def _audits(instance: Instance, trying: Trying, dice: Dice) -> Iterator[str]:
    """Random schedules: broken exactly where the oracle says so, with the same costs."""
    office = np.array([[dice.chance(0.5) for _ in trying.cells] for _ in range(SCHEDULES // 2)], dtype=np.bool_)
    if len(trying.every):
        office = np.vstack([office, trying.every[[dice.randrange(len(trying.every)) for _ in range(SCHEDULES // 2)]]])
    broken, costs = trying.judge(office)
    for row, wrong, cost in zip(office, broken.tolist(), costs.tolist(), strict=True):
        found = audit(instance, schedule(instance, trying, row))
        missed = sorted({finding.rule for finding in found.broken})
        if bool(missed) != wrong:
            yield f"{_text(trying, row)}: the audit finds {missed or 'nothing'} broken, the oracle {trying.why(row) or 'nothing'}"
            return
        expected = dict(zip(trying.order.names, cost, strict=True))
        if dict(found.tiers) != expected:
            yield f"{_text(trying, row)}: the audit counts {dict(found.tiers)}, the oracle {expected}"
            return


def schedule(instance: Instance, trying: Trying, row: Bits) -> Schedule:
    """A schedule from the bits of present cells."""
    office = np.zeros(instance.facts.shape, dtype=np.bool_)
    for cell, there in zip(trying.cells, row.tolist(), strict=True):
        office[cell] = there
    return schedule_of(instance.facts, office)


def _local(document: Document, instance: Instance, trying: Trying, dice: Dice) -> Iterator[str]:
    rows = np.array([[dice.chance(0.5) for _ in trying.cells] for _ in range(SCHEDULES // 2)], dtype=np.bool_)
    yield from local(document, instance, trying.world, [schedule(instance, trying, row) for row in rows], dice)


def _text(trying: Trying, row: Bits) -> str:
    facts = trying.world.facts
    place = {cell: "1" if there else "0" for cell, there in zip(trying.cells, row.tolist(), strict=True)}
    lines = ("".join(place.get((e, d), "-") for d in range(facts.num_days)) for e in range(facts.num_people))
    return " ".join(lines)


# -- solving -----------------------------------------------------------------------------------------------------------------------


def _solved(instance: Instance, trying: Trying, options: SolveOptions) -> Iterator[str]:
    """Status, tiers, the plan itself, and the names in it."""
    result = solve(instance, options)
    if (result.status is Status.INFEASIBLE) != (trying.best is None) or result.status not in (Status.OPTIMAL, Status.INFEASIBLE):
        yield f"status {result.status.value}, the oracle's best is {trying.best}"
        return
    if trying.best is None:
        return
    found = {tier.name: tier.value for tier in result.tiers}
    expected = dict(zip(trying.order.names, trying.best, strict=True))
    if found != expected and (found or any(expected.values())):
        yield f"tiers {found}, oracle {expected}"
        return
    yield from _planned(result, trying)


def _planned(result: Result, trying: Trying) -> Iterator[str]:
    row = np.array([result.schedule.office[cell] for cell in trying.cells], dtype=np.bool_)
    if trying.why(row):
        yield f"{_text(trying, row)}: planned, but the oracle finds {trying.why(row)} broken"
    yield from wrong_names(trying.world, result.schedule)


def _shuffled(document: Document, trying: Trying, dice: Dice) -> Iterator[str]:
    """The order of rows changes no tier."""
    staff: list[Any] = dice.sample(document["staff"], len(document["staff"]))
    result = solve(Instance.build({**document, "staff": staff}), SolveOptions(workers=1))
    found = tuple(tier.value for tier in result.tiers)
    if result.status is Status.OPTIMAL and found and found != trying.best:
        yield f"rows {[row['id'] for row in staff]}: tiers {found}, oracle {trying.best}"
