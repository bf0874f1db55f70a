"""Packaged circulars with random choices, one or two at once."""

from __future__ import annotations

from typing import Any

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Draft
from giliran.circulars import load_circular, packaged

TYPED: dict[str, tuple[Any, ...]] = {
    "share": ("25%", "50%"),
    "share_or_none": ("none", "25%", "50%", "75%"),
    "count": (0, 1, 2),
    "levels": (["opd"], ["bidang"], ["bidang", "sekretariat"]),
    "ranks": (["administrator"], ["pengawas", "pelaksana"]),
    "tags": ([], ["loket"], ["service"]),
    "weekday": ("thu", "fri"),
    "weekdays": (["thu", "fri"], ["mon"]),
    "date_or_none": ("none", "2021-07-13"),
}
"""Values to try of parameters that give a type instead of values."""


def letters(draft: Draft) -> None:
    """One circular, or two of which the second may replace the first; mostly `umum`."""
    names = ["umum"] if draft.dice.chance(0.6) else []
    others = [name for name in packaged() if name not in names]
    names += draft.dice.some(others, 1) if not names or draft.dice.chance(0.3) else []
    for position, name in enumerate(names):
        record: dict[str, Any] = {"name": name, "choose": _choices(draft.dice, name)}
        if draft.dice.chance(0.25):
            record["from"] = draft.dice.pick(draft.dates)
        if position and draft.dice.chance(0.3):
            record["replaces"] = names[:position]
        draft.section("circulars", []).append(record)
        _mark(draft, name)
    if names and draft.dice.chance(0.15):
        _again(draft, names[0])


def _again(draft: Draft, name: str) -> None:
    """The first letter once more under another name: mostly from some day on, and with a few other choices."""
    first = draft.document["circulars"][0]
    other = draft.dice.pick(draft.dates)
    others = [*_choices(draft.dice, name).items()]
    choose = {**first["choose"], **dict(draft.dice.some(others, 2) if others else [])}
    draft.document["circulars"].append({"name": name, "as": "lagi", "choose": choose, "from": other})
    if draft.dice.chance(0.5):
        draft.document["circulars"][-1]["replaces"] = [name]
    elif other > draft.dates[0]:
        first["to"] = max(draft.dates[draft.dates.index(other) - 1], first.get("from", draft.dates[0]))


def _choices(dice: Dice, name: str) -> dict[str, Any]:
    """A value for some of the parameters."""
    found = {}
    for word, parameter in load_circular(name).parameters.items():
        if dice.chance(0.3):
            found[word] = dice.pick(parameter.values or TYPED[str(parameter.type)])
    return found


def _mark(draft: Draft, name: str) -> None:
    """Give some units the words that the circular's rules select by."""
    expects = load_circular(name).expects
    tags, sector = sorted(expects.units.tags), expects.units.sector
    for unit in draft.document.get("units", []):
        if tags and draft.dice.chance(0.5):
            unit["tags"] = sorted({*unit.get("tags", []), draft.dice.pick(tags)})
        if sector is not None and draft.dice.chance(0.5):
            unit["sector"] = [*unit.get("sector", []), draft.dice.pick(sector.values)]
