"""What must hold of other instances too: rules stay where they are, a wider cap empties no office, and plans with gaps are counted."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document, Draft
from benchmarks.fuzz.oracle import World, readings
from benchmarks.fuzz.sampling import SHARES
from giliran.audit import audit
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve

VECTOR = ("relaxations", "office_target")


def built(document: Document) -> Instance | None:
    """The instance, if it is good input."""
    try:
        return Instance.build(document)
    except InputError:
        return None


# -- a rule about one unit -----------------------------------------------------------------------------------------------------------


def local(document: Document, instance: Instance, world: World, schedules: Sequence[Schedule], dice: Dice) -> Iterator[str]:
    """A rule about people of one unit changes no finding of rules that are about nobody of it.

    Everybody is under another rule too, or the added one would take people out of those under none.
    """
    people = range(world.facts.num_people)
    units = sorted({world.facts.units[world.above(e, d)[0]].id for e, d in world.all_cells})
    if len(units) < 2 or any("also" in row for row in [*document["staff"], *document.get("changes", [])]):
        return
    if any(world.unruled(e) for e in people):
        return
    unit = dice.pick(units)
    extra = _extra(document, dice, unit)
    other = built(extra) if extra is not None else None
    if extra is None or other is None:
        return
    inside = {
        e for e in people if any(unit in {world.facts.units[u].id for u in world.above(e, d)} for e_, d in world.all_cells if e_ == e)
    }
    apart = {rule.id for rule in world.rules if not _about(world, rule) & inside}
    for schedule in schedules:
        before, after = (_missed(each, schedule, apart) for each in (instance, other))
        if before != after:
            yield f"with {extra['rules'][-1]}: {sorted((before - after) | (after - before))} differ"
            return


def _extra(document: Document, dice: Dice, unit: str) -> Document | None:
    """The document with a random rule about one unit."""
    extra = copy.deepcopy(document)
    rules = len(extra.get("rules", []))
    readings()[dice.pick([kind for kind, reading in readings().items() if reading.local])].sample(Draft(dice, extra))
    if len(extra.get("rules", [])) != rules + 1:
        return None
    extra["rules"][-1] |= {"applies_to": {"units": [unit]}, "id": "extra"}
    extra["rules"][-1].pop("base", None)
    return {key: value for key, value in extra.items() if value not in ([], {})}


def _about(world: World, rule: Any) -> set[int]:
    """People whom a rule is about in any way."""
    selections = [getattr(rule, field, None) for field in ("base", "eligible")]
    chosen = {
        e
        for e, d in world.all_cells
        if world.means(rule, e, d) or any(each is not None and world.selected(each, e, d) for each in selections)
    }
    return chosen | {e for meeting in world.facts.meetings for e in meeting.required if rule.kind == "meeting"}


def _missed(instance: Instance, schedule: Schedule, rules: set[str]) -> Counter[str]:
    return Counter(f"{found.rule} {found.amount} {found.said.text()}" for found in audit(instance, schedule).broken if found.rule in rules)


# -- a wider cap -----------------------------------------------------------------------------------------------------------------------


def permissive(document: Document, dice: Dice) -> Iterator[str]:
    """A more permissive cap makes neither relaxations nor, they being equal, the full office worse.

    Duties that move caps are out, and so are frozen days: what they hold against a cap is a note, but a relaxation where there is one.
    """
    if document.get("published", {}).get("frozen_to"):
        return
    narrow = {key: value for key, value in document.items() if key not in ("circulars", "goals", "tiers")}
    narrow = copy.deepcopy({**narrow, "goals": [{"id": "full", "kind": "office_target", "aim": "most_office"}]})
    caps = [k for k, rule in enumerate(narrow.get("rules", [])) if rule["kind"] == "office_cap"]
    if not caps:
        return
    for rule in narrow["rules"]:
        rule.pop("against_caps", None)
        rule.pop("tier", None)
    wide = copy.deepcopy(narrow)
    _widen(wide, wide["rules"][dice.pick(caps)], dice)
    two = [built(each) for each in (narrow, wide)]
    if any(each is None for each in two):
        return
    before, after = (_vector(each) for each in two if each is not None)
    if before is not None and (after is None or after > before):
        yield f"{VECTOR} {before}, with a wider cap {wide['rules']}: {after}"


def _widen(document: Document, cap: dict[str, Any], dice: Dice) -> None:
    """A larger number or share, a second limit, or officers who are not counted."""
    duties = [f"own/{rule['id']}" for rule in document["rules"] if rule["kind"] == "duty_officers"]
    ways = ["relax"] if "relax_to" not in cap else []
    ways += ["exempt"] if duties and "exempt" not in cap else []
    ways += ["number"] if "max" in cap or cap.get("share") in SHARES[:-1] else []
    way = dice.pick(ways) if ways else ""
    if way == "relax":
        cap["relax_to"] = {"share": "100%", "reason": "optional"}
    elif way == "exempt":
        cap["exempt"] = duties
    elif "max" in cap:
        cap["max"] += 1
    elif way == "number":
        cap["share"] = SHARES[SHARES.index(cap["share"]) + 1]


def _vector(instance: Instance) -> tuple[int, ...] | None:
    result = solve(instance, SolveOptions(workers=1))
    if result.status is not Status.OPTIMAL:
        return None
    values = {tier.name: tier.value for tier in result.tiers}
    return tuple(values.get(name, 0) for name in VECTOR)


# -- parts without a plan --------------------------------------------------------------------------------------------------------------


def gaps(document: Document, dice: Dice) -> Iterator[str]:
    """Teams that frozen days may contradict leave some without a plan; planner and audit count the same of the others."""
    draft = Draft(dice, copy.deepcopy(document))
    draft.published()
    draft.document["published"].setdefault("frozen_to", dice.pick(draft.dates))
    rotation = {"kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": draft.dates[0], "turn": dice.pick(["week", "day"])}
    draft.rule({**rotation, "id": "gaps", "applies_to": {"ids": dice.sample(draft.ids, dice.randint(1, len(draft.ids)))}})
    instance = built(draft.document)
    if instance is not None:
        result = solve(instance, SolveOptions(workers=1))  # ends with an error where the two do not agree
        if result.status not in (Status.OPTIMAL, Status.INFEASIBLE):
            yield f"status {result.status.value} with {draft.document['rules'][-1]} and {draft.document['published']}"
