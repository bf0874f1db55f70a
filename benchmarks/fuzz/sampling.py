"""Random values of fields that several kinds have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.fuzz.drafting import Draft

SHARES = ("0%", "25%", "34%", "50%", "75%", "100%")
EXTRA = "extra"
"""A tier that only a list knows."""

SOFT_TIERS = ("relaxations", "staffed", "fair_share", "stability", "wishes", EXTRA)
BORN = ("1971-07-12", "1971-07-11", "1971-07-14", "1990-01-31", "-")
"""Birth dates around a fiftieth birthday on the first day, and one that nobody can read."""
RANKS = ("administrator", "pengawas", "pelaksana", "fungsional")
FUNCTIONS = ("admin", "service", "field")
STATUSES = ("pns", "pppk", "honorer")


def per(draft: Draft) -> Any:
    """Groups."""
    return draft.dice.pick(["whole", "whole", "leaf", "opd", "bidang", ["bidang", "opd"], ["seksi", "bidang", "opd"]])


def strength(draft: Draft) -> dict[str, Any]:
    """Mostly a rule that must hold, else one that should, in some tier."""
    if not draft.rarely(0.28):
        return {}
    fields: dict[str, Any] = {"strength": "should"}
    if draft.dice.chance(0.5):
        fields["weight"] = draft.dice.pick([2, 5])
    if draft.dice.chance(0.4):
        fields["tier"] = tier(draft, SOFT_TIERS)
    return fields


def tier(draft: Draft, names: Sequence[str]) -> str:
    """One of some tiers; `extra` is listed where it is used."""
    name = draft.dice.pick(names)
    if name == EXTRA and EXTRA not in draft.section("tiers", []):
        draft.document["tiers"].append(EXTRA)
    return name


def goal_fields(draft: Draft, *, narrow: float = 0.15) -> dict[str, Any]:
    """Now and then a weight, another tier, or some people and days only.

    Parameters
    ----------
    narrow
        How often only some are meant.
    """
    fields: dict[str, Any] = {"weight": draft.dice.pick([2, 3])} if draft.dice.chance(0.2) else {}
    if draft.dice.chance(0.08):
        fields["tier"] = tier(draft, (EXTRA, "fair_share", "wishes"))
    if draft.dice.chance(narrow):
        fields |= {"applies_to": selection(draft), "days": days(draft)}
    return fields


def selector(draft: Draft) -> dict[str, Any]:
    """One selector with one or two fields, of words that the instance has."""
    units = draft.document.get("units", [])
    person = draft.dice.pick(draft.staff)
    there = {
        "ids": draft.ids,
        "ranks": _words(draft.staff, "rank"),
        "functions": _words(draft.staff, "function"),
        "statuses": _words(draft.staff, "status"),
        "tags": _words(draft.staff, "tags"),
        "heads": ["opd", "bidang"] if units and _words(draft.staff, "head") else [],
        "levels": _words(units, "level"),
        "unit_tags": _words(units, "tags"),
        "sectors": _words(units, "sector"),
        "units": _words(units, "id"),
    }
    if "born" in person and draft.dice.chance(0.5):
        return {"older_than": draft.dice.pick([49, 50])}
    known = [name for name, words in there.items() if words]
    name = draft.dice.pick(known)
    fields = {name: draft.dice.some(there[name], 3 if name == "ids" else 2)}
    second = draft.dice.pick(["rank", "function", "status", "unit"])
    if name == "ids" and second in person and draft.dice.chance(0.4):
        plural = {"rank": "ranks", "function": "functions", "status": "statuses", "unit": "units"}
        fields = {name: sorted({person["id"], *fields[name]}), plural[second]: [person[second]]}
    return fields


def _words(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    """Words that stand in a column."""
    found = [row[column] for row in rows if column in row]
    return sorted({word for each in found for word in ([each] if isinstance(each, str) else each)})


def selection(draft: Draft, *, narrow: bool = False) -> Any:
    """A selector, a list of them, or everybody but a few.

    Parameters
    ----------
    narrow
        Mostly single people.
    """
    if narrow and draft.dice.chance(0.6):
        return {"ids": draft.dice.some(draft.ids, 2)}
    if draft.dice.chance(0.15):
        return [selector(draft), selector(draft)]
    if draft.dice.chance(0.3):
        return {"except": selector(draft)}
    return selector(draft)


def days(draft: Draft) -> dict[str, Any]:
    """All days, or some."""
    if draft.plain and not draft.rarely(0.7):
        return {}
    dates = draft.dates
    ways: list[dict[str, Any]] = [
        {},
        {},
        {"dates": [draft.dice.pick(dates)]},
        {"dates": [{"from": dates[0], "to": draft.dice.pick(dates)}]},
        {"weekdays": draft.dice.some(["mon", "tue", "thu", "fri", "sat"], 3)},
        {"except": {"dates": [draft.dice.pick(dates)]}},
        {"except": {"weekdays": [draft.dice.pick(["mon", "fri"])]}},
    ]
    if "zone" in draft.document.get("conditions", {}):
        ways.append({"conditions": {"zone": [draft.dice.pick(["low", "high"])]}})
    return draft.dice.pick(ways)


def share(draft: Draft) -> Any:
    """A share, or a table of them over a condition."""
    if "zone" in draft.document.get("conditions", {}) and draft.dice.chance(0.4):
        return {"zone": {"low": draft.dice.pick(SHARES), "high": draft.dice.pick(SHARES)}}
    return draft.dice.pick(SHARES)


def counting(draft: Draft, number: str | None) -> dict[str, Any]:
    """Fields of rules that count people against a number or a share."""
    fields: dict[str, Any] = {"per": per(draft)}
    if number is not None and draft.dice.chance(0.35):
        fields[number] = draft.dice.randint(0, 3)
    else:
        fields["share"] = share(draft)
        if draft.rarely(0.2):
            fields["base"] = selection(draft)
        if draft.dice.chance(0.35):
            fields["of"] = draft.dice.pick(["assigned", "present", "office_able", "home_able"])
        if draft.dice.chance(0.25):
            fields["rounding"] = draft.dice.pick(["down", "up", "half_up"])
        if draft.rarely(0.15):
            fields["min_result"] = draft.dice.pick([0, 1, 2])
    if draft.dice.chance(0.3):
        fields["counts"] = draft.dice.pick(["everyone", "unforced", "forced_free"])
    if draft.rarely(0.35):
        fields["applies_to"] = selection(draft)
    if draft.rarely(0.3):
        fields["days"] = days(draft)
    return fields
