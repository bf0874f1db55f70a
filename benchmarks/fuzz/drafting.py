"""A document while it is drawn: its sections, and what later draws need to know of earlier ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.fuzz.dice import Dice

Document = dict[str, Any]
SATURDAY = 5


class Draft:
    """An instance's sections in the making.

    Parameters
    ----------
    dice
        Random choices.
    document
        Sections drawn so far; horizon, units and staff at least.
    plain
        Rules mostly must hold, for everybody on all days, so that several of them meet.
    """

    def __init__(self, dice: Dice, document: Document, *, plain: bool = False) -> None:
        self.dice, self.document, self.plain = dice, document, plain
        self._left_out: list[str] = []

    @property
    def staff(self) -> list[dict[str, Any]]:
        """Rows of the staff table."""
        return list(self.document["staff"])

    @property
    def ids(self) -> list[str]:
        """Ids of the staff."""
        return [row["id"] for row in self.staff]

    @property
    def dates(self) -> list[str]:
        """Days of the horizon."""
        first, last = (dt.date.fromisoformat(self.document["horizon"][key]) for key in ("start", "end"))
        return [(first + dt.timedelta(days=k)).isoformat() for k in range((last - first).days + 1)]

    @property
    def weekdays(self) -> list[str]:
        """Days of the horizon from Monday to Friday."""
        return [day for day in self.dates if dt.date.fromisoformat(day).weekday() < SATURDAY]

    def rarely(self, probability: float) -> bool:
        """True with a probability, and still more seldom in a plain draft."""
        return self.dice.chance(probability / 5 if self.plain else probability)

    def section(self, name: str, empty: Any) -> Any:
        """A section, begun with `empty` where there is none."""
        return self.document.setdefault(name, empty)

    def rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Add a rule under an id of its own."""
        rules = self.section("rules", [])
        rules.append({"id": f"r{len(rules)}", **rule})
        added: dict[str, Any] = rules[-1]
        return added

    def goal(self, goal: dict[str, Any]) -> dict[str, Any]:
        """Add a goal under an id of its own."""
        goals = self.section("goals", [])
        goals.append({"id": f"g{len(goals)}", **goal})
        added: dict[str, Any] = goals[-1]
        return added

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Rules and goals drawn so far."""
        return [*self.section("rules", []), *self.section("goals", [])]

    def ids_of(self, *kinds: str) -> list[str]:
        """Ids, as others name them, of the rules of some kinds."""
        return [f"own/{rule['id']}" for rule in self.section("rules", []) if rule["kind"] in kinds]

    def leave_out(self, id_: str) -> None:
        """Keep a person out of every rule and goal that would mean everybody."""
        self._left_out.append(id_)

    def published(self) -> None:
        """Publish places of some people on some days, before the horizon too; once."""
        if "published" in self.document:
            return
        first = dt.date.fromisoformat(self.document["horizon"]["start"])
        before = [(first - dt.timedelta(days=k)).isoformat() for k in range(self.dice.pick([0, 0, 2, 4]), 0, -1)]
        rows = []
        for id_ in self.ids:
            for day in [*before, *self.dates] if self.dice.chance(0.8) else []:
                if self.dice.chance(0.85):
                    place = self.dice.pick(["office", "home", "office", "home", "absent", "off"])
                    rows.append({"staff_id": id_, "date": day, "place": place, "duty": self._duty(place)})
        self.document["published"] = {"rows": rows or [{"staff_id": self.ids[0], "date": self.dates[0], "place": "office"}]}

    def _duty(self, place: str) -> str:
        duties = self.ids_of("duty_officers")
        return self.dice.pick(duties) if duties and place == "office" and self.dice.chance(0.5) else ""

    def finish(self) -> Document:
        """The document; people who are left out are in no selection that means everybody."""
        if self._left_out:
            for statement in [*self.section("rules", []), *self.section("goals", [])]:
                statement.setdefault("applies_to", {"except": {"ids": sorted(set(self._left_out))}})
        return {key: value for key, value in self.document.items() if value not in ([], {})}
