"""Random small instances that nobody can plan, and what is known about them by trying everything."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from giliran.audit import findings_of
from giliran.domain.place import Strength
from giliran.domain.schedule import schedule_of
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.program import HARD, Program
from giliran.solving import SolveOptions, solve

DAYS = ("2021-07-15", "2021-07-16", "2021-07-19")
MOST_CELLS = 7
MOST_TRIED = 1 << 14
"""Most values of all columns that are tried."""


def drawn(seed: int) -> Instance | None:
    """A small instance by a seed; None where it would be bad input or too large to try everything."""
    dice = random.Random(seed)
    last = DAYS[dice.randrange(len(DAYS))]
    people = [f"P{e}" for e in range(dice.randint(2, 4))]
    leaves = ["o", "b0", "b1"][: dice.randint(1, 3)]
    sections = {
        "horizon": {"start": DAYS[0], "end": last},
        "units": [{"id": "o", "level": "opd"}, *({"id": f"b{k}", "level": "bidang", "parent": "o"} for k in (0, 1))],
        "staff": [{"id": e, "unit": dice.choice(leaves), "home_only": dice.random() < 0.1, **_marks(dice)} for e in people],
        "absences": [{"staff_id": dice.choice(people), "from": DAYS[0], "reason": "cuti"}] if dice.random() < 0.3 else [],
        "pins": [{"staff_id": dice.choice(people), "date": DAYS[0], "place": dice.choice(["office", "home"])}],
        "rules": [{"id": f"r{k}", **_rule(dice, people)} for k in range(dice.randint(2, 5))],
    }
    try:
        instance = Instance.build(sections)
    except InputError:
        return None
    return instance if int(instance.facts.present.sum()) <= MOST_CELLS else None


def _marks(dice: random.Random) -> dict[str, Any]:
    return {"rank": dice.choice(["administrator", "pelaksana"]), "function": dice.choice(["admin", "service"])}


def _rule(dice: random.Random, people: list[str]) -> dict[str, Any]:
    per = {"per": dice.choice(["whole", "opd", "bidang", "leaf"])}
    share = {"share": dice.choice(["25%", "34%", "50%", "75%"])}
    leaders, service = {"applies_to": {"ranks": "administrator"}}, {"applies_to": {"functions": "service"}}
    kinds: list[dict[str, Any]] = [
        {"kind": "office_cap", **per, **share, "counts": dice.choice(["everyone", "forced_free"])},
        {"kind": "office_cap", "max": dice.randint(0, 2)},
        {"kind": "office_floor", **per, "min": dice.randint(1, 3)},
        {"kind": "office_floor", **per, **share},
        {"kind": "home_cap", **per, **share},
        {"kind": "office_share", **per, "share": "50%"},
        {"kind": "duty_officers", "per": dice.choice(["opd", "leaf"]), "count": dice.randint(1, 2)},
        {"kind": "fixed_days", "place": dice.choice(["office", "home"]), **leaders},
        {"kind": "full_service", "mode": "require", **service},
        {"kind": "days_per_person", "window": "week", "most": 1},
        {"kind": "days_per_person", "window": "horizon", "least": dice.randint(1, 2)},
        {"kind": "consecutive", "place": dice.choice(["office", "home"]), "max": 1},
        {"kind": "separation", "applies_to": {"ids": dice.sample(people, 2)}, "not_all": dice.choice(["office", "home"])},
        {"kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": DAYS[0]},
    ]
    return dice.choice(kinds)


def impossible(number: int, first: int = 0) -> Iterator[tuple[int, Instance]]:
    """So many instances that have no plan, with their seeds."""
    found, seed = 0, first
    while found < number:
        instance = drawn(seed)
        if instance is not None and solve(instance, SolveOptions(workers=1)).status is Status.INFEASIBLE:
            found += 1
            yield seed, instance
        seed += 1


def least_bend(instance: Instance) -> int | None:
    """The least that any schedule bends rules, by the audit alone; None where every one breaks a rule that cannot be bent."""
    view, cells = instance.view, np.argwhere(instance.facts.present)
    best: int | None = None
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = np.zeros(instance.facts.shape, dtype=bool)
        office[cells[:, 0], cells[:, 1]] = bits
        schedule = schedule_of(instance.facts, office)
        told = (finding for rule in view.rules for finding in findings_of(rule, view, schedule))
        broken = [finding for finding in told if finding.strength is Strength.MUST]
        if any(finding.rule in RIGID or view.by_id[finding.rule].model_dump().get("choose_teams") for finding in broken):
            continue
        bend = sum(finding.amount * view.by_id[finding.rule].authority.bend for finding in broken)
        best = bend if best is None else min(best, bend)
        if best == 0:
            return 0
    return best


RIGID = ("facts/home_only", "facts/office_only", "facts/unruled", "facts/absences", "facts/frozen")
"""What cannot be bent."""


def holds(program: Program) -> bool | None:
    """Whether any values of all columns keep every hard row, by trying all of them; None where they are too many."""
    lo, hi = program.column_bounds()
    standing = np.unique(np.concatenate([program.rows.col, np.flatnonzero(program.decision)]))
    if program.clash.any():
        return False
    choices = [range(int(lo[c]), int(hi[c]) + 1) for c in standing.tolist()]
    if np.prod([len(choice) for choice in choices], dtype=np.float64) > MOST_TRIED:
        return None
    values = np.array(list(itertools.product(*choices)), dtype=np.int64).reshape(-1, len(choices))
    kept = np.ones(len(values), dtype=np.bool_)
    place = {column: k for k, column in enumerate(standing.tolist())}
    rows = program.rows
    for r in np.flatnonzero(rows.tier == HARD).tolist():
        entries = slice(int(rows.start[r]), int(rows.start[r + 1]))
        activity = values[:, [place[c] for c in rows.col[entries].tolist()]] @ rows.coef[entries]
        kept &= (activity >= rows.lo[r]) & (activity <= rows.hi[r])
    return bool(kept.any())
