"""Random instances: a few people over a few days, under several rules of any kind at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document, Draft
from benchmarks.fuzz.letters import letters
from benchmarks.fuzz.oracle import readings
from benchmarks.fuzz.sampling import BORN, FUNCTIONS, RANKS, STATUSES
from giliran.rules.registry import example, goal_kinds

HORIZONS = (
    ("2021-07-15", "2021-07-15"),
    ("2021-07-15", "2021-07-16"),
    ("2021-07-15", "2021-07-17"),
    ("2021-07-12", "2021-07-15"),
    ("2021-07-15", "2021-07-20"),
    ("2021-07-30", "2021-08-03"),
    ("2021-07-12", "2021-07-16"),
)
"""Weeks, weekends and the end of a month; 20 July 2021 is a holiday."""

TOGETHER = (
    ("duty_officers", "office_cap", "fixed_days"),
    ("duty_officers", "office_cap", "fixed_days"),
    ("duty_officers", "office_cap"),
    ("duty_officers", "office_cap", "office_cap", "full_service"),
    ("duty_officers", "duty_officers", "office_floor"),
    ("duty_officers", "duty_officers", "pins", "presence"),
    ("duty_officers", "home_cap", "presence", "frozen"),
    ("office_share", "presence", "fixed_days", "office_only"),
    ("office_floor", "office_cap", "presence", "home_only"),
    ("team_rotation", "fixed_days", "presence"),
    ("team_rotation", "team_rotation", "office_cap"),
    ("meeting", "presence", "home_only", "office_cap"),
    ("meeting", "meeting", "fixed_days"),
    ("days_per_person", "consecutive", "frozen"),
    ("consecutive", "consecutive"),
    ("frequency", "frozen", "presence"),
    ("frequency", "frequency", "fixed_days"),
    ("separation", "unruled", "presence"),
    ("together", "separation", "office_cap"),
    ("together", "together", "presence", "home_only"),
    ("together", "frozen", "fixed_days", "office_cap"),
)
"""Kinds that meddle with each other; what went wrong most often stands here twice."""

OFTEN = {"office_target": 0.85, "fair_share": 0.7}
"""How often a goal is there; fairness alone would empty units, which is refused."""

EXAMPLES = 0.1
"""How often a rule or goal is the example of its kind."""

MOST_CELLS = 14
"""About so many working days of people in all."""


def draw(seed: int) -> Document:
    """The instance of a seed."""
    dice = Dice(seed)
    draft = Draft(dice, _facts(dice), plain=dice.chance(0.5))
    if dice.chance(0.4):
        draft.document["conditions"] = _zones(dice, draft)
    if draft.rarely(0.3):
        letters(draft)
    _statements(dice, draft)
    if dice.chance(0.15):
        draft.document["changes"] = _changes(dice, draft)
    _tiers(dice, draft)
    return draft.finish()


def _statements(dice: Dice, draft: Draft) -> None:
    """A few rules and facts of any kind, sometimes several of one, then goals."""
    goals = set(goal_kinds())
    rules = sorted(set(readings()) - goals)
    some = list(dice.pick(TOGETHER)) if dice.chance(0.5) else dice.sample(rules, dice.randint(1, 4))
    some += [dice.pick(some)] if dice.chance(0.2) else []
    # Facts come last, so that pins and published plans can name the rules.
    for kind in sorted(some, key=lambda kind: readings()[kind].implied):
        _draw_one(kind, draft)
    for kind in sorted(goals):
        there = any(goal["kind"] == kind for goal in draft.section("goals", []))
        if dice.chance(OFTEN.get(kind, 0.45)) and not there:
            _draw_one(kind, draft)


def _draw_one(kind: str, draft: Draft) -> None:
    """One of a kind, now and then with the fields of its example."""
    before = {statement["id"] for statement in draft.statements}
    readings()[kind].sample(draft)
    for statement in draft.statements:
        if statement["kind"] == kind and statement["id"] not in before and draft.dice.chance(EXAMPLES):
            shown = {**example(kind), "id": statement["id"]}
            statement.clear()
            statement.update(shown)


def _facts(dice: Dice) -> Document:
    start, end = dice.pick(HORIZONS)
    document: Document = {"title": "acak", "horizon": {"start": start, "end": end}, "calendars": _calendars(dice)}
    days = sum(_weekday(start, k) < 5 for k in range((dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1))
    people = max(2, min(dice.randint(2, 6), MOST_CELLS // max(days, 1)))
    by_columns = dice.chance(0.15)
    if not by_columns:
        document["units"] = _units(dice, document["calendars"])
    document["staff"] = [_person(dice, k, document, by_columns) for k in range(people)]
    return document


def _weekday(start: str, k: int) -> int:
    return (dt.date.fromisoformat(start) + dt.timedelta(days=k)).weekday()


def _calendars(dice: Dice) -> dict[str, Any]:
    office: dict[str, Any] = {"workdays": ["mon", "tue", "wed", "thu", "fri"]}
    if dice.chance(0.3):
        office["call_days"] = ["sat"]
    if dice.chance(0.5):
        office["holidays"] = "none"
    shift = {"workdays": ["mon", "tue", "thu", "fri", "sat"], "holidays": "none"}
    return {"office": office, **({"shift": shift} if dice.chance(0.3) else {})}


def _units(dice: Dice, calendars: dict[str, Any]) -> list[dict[str, Any]]:
    units: list[dict[str, Any]] = [{"id": "o", "name": "O", "level": "opd"}]
    for k in range(dice.randint(0, 2)):
        units.append({"id": f"b{k}", "name": f"B{k}", "level": dice.pick(["bidang", "bidang", "sekretariat"]), "parent": "o"})
    if len(units) > 1 and dice.chance(0.3):
        units.append({"id": "s", "name": "S", "level": "seksi", "parent": "b0"})
    if dice.chance(0.25):
        units.append({"id": "p", "name": "P", "level": dice.pick(["opd", "kecamatan"])})
    for unit in units:
        if dice.chance(0.2):
            unit["tags"] = ["loket"]
        if "shift" in calendars and dice.chance(0.25):
            unit["calendar"] = "shift"
        if dice.chance(0.2):
            unit["sector"] = [dice.pick(["esensial", "kritikal"])]
    return units


def _person(dice: Dice, k: int, document: Document, by_columns: bool) -> dict[str, Any]:
    person: dict[str, Any] = {"id": f"P{k}"}
    if by_columns:
        person |= {"opd": "Dinas"} if document.setdefault("staff", []) or dice.chance(0.8) else {}
        person |= {"bidang": dice.pick(["Satu", "Dua"])} if dice.chance(0.7) or "opd" not in person else {}
    else:
        units = [unit["id"] for unit in document["units"]]
        person["unit"] = dice.pick(units)
        if dice.chance(0.15):
            person["also"] = dice.pick(units)
    for name, known in (("rank", RANKS), ("function", FUNCTIONS), ("status", STATUSES)):
        if dice.chance(0.6):
            person[name] = dice.pick(known)
    if dice.chance(0.2):
        person["head"] = "yes"
    if dice.chance(0.25):
        person["tags"] = ["kunci"]
    if dice.chance(0.1):
        person["workdays"] = dice.sample(["mon", "tue", "wed", "thu", "fri"], 3)
    if "shift" in document["calendars"] and dice.chance(0.3):
        person["calendar"] = "shift"
    if dice.chance(0.06):
        start, end = document["horizon"]["start"], document["horizon"]["end"]
        away = [{"employed": f"..{start}; {end}.."}] * 2 if start < end else []
        person |= dice.pick([{"hired": start}, {"hired": end}, {"left": start}, {"left": end}, *away])
    if dice.chance(0.1):
        person["born"] = dice.pick(BORN)
    return person


def _zones(dice: Dice, draft: Draft) -> dict[str, Any]:
    zones: list[dict[str, Any]] = [{"value": dice.pick(["low", "high"])}]
    units = [row["id"] for row in draft.document.get("units", [])]
    if units and dice.chance(0.7):
        day = dice.pick(draft.dates)
        zones.append({"value": dice.pick(["low", "high"]), "units": [dice.pick(units)], "from": day, "to": draft.dates[-1]})
    return {"zone": zones}


def _changes(dice: Dice, draft: Draft) -> list[dict[str, Any]]:
    """A move, a promotion or other workdays from a day of the horizon on."""
    row: dict[str, Any] = {"staff_id": dice.pick(draft.ids), "from": dice.pick(draft.dates)}
    units = [unit["id"] for unit in draft.document.get("units", [])]
    ways: list[dict[str, Any]] = [{"rank": dice.pick(RANKS)}, {"function": dice.pick(FUNCTIONS)}, {"head": "yes"}]
    ways += [{"unit": dice.pick(units)}, {"also": dice.pick(units)}] if units else []
    return [{**row, **dice.pick(ways)}]


def _tiers(dice: Dice, draft: Draft) -> None:
    """Now and then the order is another, or two tiers are one."""
    used = ["office_target", "fair_share", "stability", "wishes", "smooth_weeks"]
    goals = {goal["kind"] for goal in draft.section("goals", [])}
    there = [name for name in used if name in goals]
    if len(there) > 1 and dice.chance(0.2):
        one, two = dice.sample(there, 2)
        merged = dice.pick([one, [one, two], {one: 3, two: 1}])
        draft.section("tiers", []).insert(0, merged)
