"""Meetings: on given days, and on days that the plan chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import WHOLE
from benchmarks.fuzz.oracle.kinds.fixed_days import placed
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, selection, strength

OF_FACTS = "facts/meetings"
NOBODY = "nobody"
"""Stands for the rule that stands for a meeting, where none does."""


class Meeting(Reading):
    """`meeting`: written, and for whomever no written rule reaches."""

    kind = "meeting"
    implied = True

    def sample(self, draft: Draft) -> None:
        """One meeting, now and then with a rule about it."""
        meetings = draft.section("meetings", [])
        meeting: dict[str, Any] = {"id": f"m{len(meetings)}", "required": draft.dice.some(draft.ids, 3), "urgent": draft.dice.chance(0.5)}
        if draft.dice.chance(0.5):
            meeting["date"] = draft.dice.pick(draft.dates)
        else:
            meeting["choose_from"] = sorted(draft.dice.some(draft.dates, 4))
            if draft.dice.chance(0.4):
                meeting["repeat"] = "week"
                if draft.dice.chance(0.4):
                    meeting["same_weekday"] = True
        meetings.append({**meeting, "capacity": draft.dice.pick([4, 8]), "invited": draft.ids})
        if draft.dice.chance(0.5):
            rule: dict[str, Any] = {"kind": self.kind, **strength(draft)}
            ways = {
                "meetings": [meeting["id"]],
                "in_person": "urgent",
                "attendance": draft.dice.pick(["25%", "50%"]),
                "applies_to": selection(draft),
                "days": days(draft),
            }
            rule |= {name: ways[name] for name in draft.dice.some(sorted(ways), 2)}
            if "attendance" in rule and draft.dice.chance(0.3):
                rule["of"] = "invited"
            draft.rule(rule)

    # -- which rule asks for whom --------------------------------------------------------------------------------------------------

    def _written(self, world: World) -> list[Any]:
        return [rule for rule in world.rules if rule.kind == self.kind]

    def _in_force(self, rule: Any, date: Any) -> bool:
        return rule.in_force is None or bool(rule.in_force.first <= date <= rule.in_force.last)

    def _reached(self, world: World, rule: Any, meeting: Any) -> set[Cell]:
        """Cells of required people that a written rule is about."""
        if rule.meetings is not None and meeting.id not in rule.meetings:
            return set()
        on = [d for d, date in enumerate(world.facts.dates) if date in meeting.dates and self._in_force(rule, date)]
        plain = all(getattr(rule.days, field) is None for field in ("dates", "weekdays", "conditions", "except_"))
        return {
            (e, d)
            for e in meeting.required
            for d in on
            if world.selected(rule.applies_to, e, d) and (world.has_cell(e, d) if plain else world.on_day(rule.days, e, d))
        }

    def _wanted(self, world: World, rule: Any, meeting: Any) -> set[Cell]:
        """Cells that a rule asks for in person; without a rule, those that no rule is about."""
        if rule is None:
            days = [d for d, date in enumerate(world.facts.dates) if date in meeting.dates]
            every = {(e, d) for e in meeting.required for d in days if world.has_cell(e, d)}
            return every.difference(*(self._reached(world, other, meeting) for other in self._written(world)))
        if rule.in_person == "urgent" and not meeting.urgent:
            return set()
        return self._reached(world, rule, meeting)

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """The people required to come, not everybody."""
        return any((e, d) in self._wanted(world, rule, meeting) for meeting in world.facts.meetings)

    # -- given days ----------------------------------------------------------------------------------------------------------------

    def _given(self, world: World, rule: Any) -> set[Cell]:
        return {cell for meeting in world.facts.meetings if not _open(meeting) for cell in self._wanted(world, rule, meeting)}

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """Required people on given days."""
        return OFFICE if (e, d) in self._given(world, rule) else None

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People missing on given days, people missing on the best of the days to choose from, and lists that are too long."""
        for cell in sorted(self._given(world, rule)):
            term = _required(world, cell) if rule is None else placed(world, rule, cell, OFFICE)
            if term is not None:
                yield term
        for meeting in world.facts.meetings:
            if _open(meeting) and self._owner(world, meeting) is rule and self._asked(world, meeting):
                yield from self._chosen(world, rule, meeting)
            over = self._crowded(world, rule, meeting)
            if over:
                yield world.charge(rule, [], lambda office, over=over: over)

    def _crowded(self, world: World, rule: Any, meeting: Any) -> int:
        """Required people above the limit of attendance."""
        if rule is None or rule.attendance is None or (rule.in_person == "urgent" and not meeting.urgent):
            return 0
        named = rule.meetings is None or meeting.id in rule.meetings
        plain = all(getattr(rule.days, field) is None for field in ("dates", "weekdays", "conditions", "except_"))
        if not named or not any(self._in_force(rule, date) for date in meeting.dates) or not (plain or self._reached(world, rule, meeting)):
            return 0
        size = meeting.capacity if rule.of == "capacity" else len(meeting.invited)
        return int(max(len(meeting.required) - rule.attendance * size // WHOLE, 0))

    # -- days to choose from -------------------------------------------------------------------------------------------------------

    def _owner(self, world: World, meeting: Any) -> Any:
        """The one rule that stands for a meeting: one that must hold before one that should, those of facts last."""
        asking = [rule for rule in [*self._written(world), None] if self._wanted(world, rule, meeting)]
        if not asking:
            return NOBODY
        return min(asking, key=lambda rule: (rule is not None and rule.strength != "must", rule is None, getattr(rule, "id", "")))

    def _asked(self, world: World, meeting: Any) -> set[Cell]:
        """Cells asked for by all rules as strong as the one that stands for the meeting."""
        owner = self._owner(world, meeting)
        soft = owner not in (None, NOBODY) and owner.strength != "must"
        alike = [rule for rule in [*self._written(world), None] if (rule is not None and rule.strength != "must") == soft]
        return set().union(*(self._wanted(world, rule, meeting) for rule in alike))

    def _chosen(self, world: World, rule: Any, meeting: Any) -> Iterator[Term]:
        asked = self._asked(world, meeting)
        possible = [d for d, date in enumerate(world.facts.dates) if date in meeting.dates]

        def comes(e: int, d: int) -> bool:
            return (e, d) in asked and not world.facts.home_only[e, d]

        def held_at_home(e: int, d: int) -> bool:
            return HOME in world.fixed(e, d) or world.stuck(e, d)

        def away(d: int) -> int:
            return sum(not world.present(e, d) or (comes(e, d) and held_at_home(e, d)) for e in meeting.required)

        def needed(d: int) -> list[Cell]:
            return [(e, d) for e in meeting.required if world.present(e, d) and comes(e, d) and not held_at_home(e, d)]

        weeks: dict[tuple[int, ...], list[int]] = {}
        for d in possible:
            weekly = meeting.repeat or meeting.same_weekday
            weeks.setdefault(world.facts.dates[d].isocalendar()[:2] if weekly else (), []).append(d)
        held = [days for days in weeks.values() if any(away(d) < len(set(meeting.required)) for d in days)]
        for options in _options(world, meeting, held):
            least = min(sum(away(d) for d in option) for option in options)
            kept = [[cell for d in option for cell in needed(d)] for option in options if sum(away(d) for d in option) == least]

            def missing(office: frozenset[Cell], kept: Sequence[Sequence[Cell]] = kept) -> int:
                return min(sum(cell not in office for cell in cells) for cells in kept)

            cells = {cell for each in kept for cell in each}
            if cells:
                yield Term(OF_FACTS, tuple(sorted(cells)), missing) if rule is None else world.charge(rule, cells, missing)


def _open(meeting: Any) -> bool:
    """Whether the day is left to the plan."""
    return not meeting.given


def _required(world: World, cell: Cell) -> Term | None:
    if not world.present(*cell) or world.facts.home_only[cell]:
        return None
    return Term(OF_FACTS, (cell,), lambda office: 1 - len(office))


def _options(world: World, meeting: Any, held: Sequence[Sequence[int]]) -> list[list[tuple[int, ...]]]:
    """What is to be chosen of the days of each span: one of them, or in all spans the same weekday."""
    if not meeting.same_weekday:
        return [[(d,) for d in days] for days in held]
    same = [way for way in product(*held) if len({world.facts.dates[d].weekday() for d in way}) == 1]
    return [same] if same else []
