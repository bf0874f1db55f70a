"""Random values of fields that several kinds have."""

from __future__ import annotations

from typing import Any

from benchmarks.fuzz.drafting import Draft

SHARES = ("0%", "25%", "34%", "50%", "75%", "100%")
SOFT_TIERS = ("relaxations", "fair_share", "extra")
RANKS = ("administrator", "pengawas", "pelaksana", "fungsional")
FUNCTIONS = ("admin", "service", "field")
STATUSES = ("pns", "pppk", "honorer")


def per(draft: Draft) -> Any:
    """Groups."""
    return draft.dice.pick(["whole", "whole", "leaf", "opd", "bidang", ["bidang", "opd"], ["seksi", "bidang", "opd"]])


def strength(draft: Draft) -> dict[str, Any]:
    """Mostly a rule that must hold, else one that should, in some tier."""
    if draft.dice.chance(0.72):
        return {}
    fields: dict[str, Any] = {"strength": "should"}
    if draft.dice.chance(0.5):
        fields["weight"] = draft.dice.pick([2, 5])
    if draft.dice.chance(0.4):
        tier = draft.dice.pick(SOFT_TIERS)
        if tier == "extra" and "extra" not in draft.section("tiers", []):
            draft.document["tiers"].append("extra")
        fields["tier"] = tier
    return fields


def selector(draft: Draft) -> dict[str, Any]:
    """One selector with one or two fields, now and then with an exception."""
    units = [row["id"] for row in draft.document.get("units", [])]
    fields = {
        "ids": lambda: draft.dice.some(draft.ids, 3),
        "ranks": lambda: draft.dice.some(RANKS, 2),
        "functions": lambda: draft.dice.some(FUNCTIONS, 2),
        "statuses": lambda: draft.dice.some(STATUSES, 2),
        "tags": lambda: ["kunci"],
        "heads": lambda: draft.dice.some(["opd", "bidang"], 2),
        "levels": lambda: draft.dice.some(["opd", "bidang", "seksi"], 1),
        "unit_tags": lambda: ["loket"],
        "sectors": lambda: draft.dice.some(["esensial", "kritikal"], 2),
    }
    if units:
        fields["units"] = lambda: draft.dice.some(units, 2)
    names = draft.dice.some(sorted(fields), 2) if draft.dice.chance(0.3) else [draft.dice.pick(sorted(fields))]
    return {name: fields[name]() for name in names}


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
        if draft.dice.chance(0.2):
            fields["base"] = selection(draft)
        if draft.dice.chance(0.35):
            fields["of"] = draft.dice.pick(["assigned", "present", "office_able", "home_able"])
        if draft.dice.chance(0.25):
            fields["rounding"] = draft.dice.pick(["down", "up", "half_up"])
        if draft.dice.chance(0.15):
            fields["min_result"] = draft.dice.pick([0, 1, 2])
    if draft.dice.chance(0.3):
        fields["counts"] = draft.dice.pick(["everyone", "unforced", "forced_free"])
    if draft.dice.chance(0.35):
        fields["applies_to"] = selection(draft)
    if draft.dice.chance(0.3):
        fields["days"] = days(draft)
    return fields
