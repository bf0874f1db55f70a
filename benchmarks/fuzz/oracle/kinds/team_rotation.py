"""Teams take turns: given ones, and ones that the plan forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.kinds.fixed_days import placed
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import per, strength
from giliran.domain.place import DayKind


class TeamRotation(Reading):
    """`team_rotation`."""

    kind = "team_rotation"

    def sample(self, draft: Draft) -> None:
        """Two teams: named, numbered, or to be formed, perhaps as an earlier plan had them."""
        anchor = draft.dice.pick(["2021-07-12", "2021-07-05", draft.dates[0]])
        turn: Any = draft.dice.pick(["day", "day", "week", "fortnight", {"working_days": draft.dice.pick([1, 2, 3])}])
        rule: dict[str, Any] = {"kind": self.kind, "turn": turn, "anchor": anchor}
        some = draft.dice.some(draft.ids, 4)
        if draft.dice.chance(0.5):
            rule |= {"teams": draft.dice.pick([2, 2, 3]), "choose_teams": True, "per": per(draft)}
            if draft.dice.chance(0.4):
                rule["applies_to"] = {"ids": some}
            rule = draft.rule(rule)
            if draft.dice.chance(0.4):
                draft.published()
                for row in draft.document["published"]["rows"]:
                    team = 1 + draft.ids.index(row["staff_id"]) % 2
                    row["team"] = f"own/{rule['id']}={team}"
            return
        for k, id_ in enumerate(some):
            draft.staff[draft.ids.index(id_)]["team"] = "AB"[k % 2]
        teams: Any = ["A", "B"] if draft.dice.chance(0.6) or len(some) < 2 else 2
        draft.rule({**rule, "teams": teams, "applies_to": {"ids": some}, **strength(draft)})

    # -- given teams ---------------------------------------------------------------------------------------------------------------

    def _turn(self, world: World, rule: Any, e: int, d: int) -> int:
        """Turns that have passed since the anchor."""
        date = world.facts.dates[d]
        length = getattr(rule.turn, "working_days", 1)
        if rule.turn in ("week", "fortnight"):
            monday = rule.anchor - dt.timedelta(days=rule.anchor.weekday())
            return int((date - monday).days // (7 if rule.turn == "week" else 14))
        first, last = sorted((rule.anchor, date))
        between = [first + dt.timedelta(days=k) for k in range((last - first).days)]
        worked = sum(world.calendar(e, d).kind(day) == DayKind.WORK for day in between)
        # Before the anchor the turn at hand is the last of those that end there, so a part of one counts as a whole one.
        return worked // length if date >= rule.anchor else -((worked + length - 1) // length)

    def _team(self, world: World, e: int, d: int) -> str | None:
        column = world.facts.postings.team
        code = column.code[world.facts.posting[e, d]]
        return column.words[code] if code >= 0 else None

    def _given(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """Place that the turn of a person's given team asks for."""
        unit, team = world.group(rule.per, e, d), self._team(world, e, d)
        if rule.choose_teams or unit is None or not world.means(rule, e, d):
            return None
        names = rule.teams
        if isinstance(names, int):
            there = [cell for cell in world.cells(rule) if world.group(rule.per, *cell) == unit]
            names = sorted({found for cell in there if (found := self._team(world, *cell)) is not None})
        if team not in names:
            return None
        return OFFICE if self._turn(world, rule, e, d) % len(names) == list(names).index(team) else HOME

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """Given teams fix their people."""
        return self._given(world, rule, e, d)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Everybody who is not where the turn of the team says; groups of which no teams could be formed."""
        if rule.choose_teams:
            yield from self._formed(world, rule)
            return
        for cell in world.cells(rule):
            place = self._given(world, rule, *cell)
            term = placed(world, rule, cell, place) if place is not None else None
            if term is not None:
                yield term

    # -- teams that are formed -----------------------------------------------------------------------------------------------------

    def _formed(self, world: World, rule: Any) -> Iterator[Term]:
        number = len(rule.teams) if isinstance(rule.teams, tuple) else rule.teams
        groups: dict[int, dict[int, list[Cell]]] = {}
        home_of: dict[int, int] = {}
        for e, d in world.cells(rule):
            unit = world.group(rule.per, e, d)
            if unit is not None and not world.facts.home_only[e, d]:
                mine = groups.setdefault(home_of.setdefault(e, unit), {}).setdefault(e, [])
                mine += [(e, d)] if world.present(e, d) else []
        given = world.facts.published_team.get(rule.id)
        for people in groups.values():
            kept = {e: int(given[e]) - 1 for e in people if given is not None and 1 <= given[e] <= number}
            turn = {cell: self._turn(world, rule, *cell) % number for cells in people.values() for cell in cells}

            def amount(office: frozenset[Cell], people: Any = people, kept: Any = kept, turn: Any = turn) -> int:
                fits = [[k for k in range(number) if _follows(office, cells, turn, k)] for cells in people.values()]
                ways = product(*([k for k in each if kept.get(e, k) == k] for e, each in zip(people, fits, strict=True)))
                return int(not any(_equal(way, [e not in kept for e in people], number) for way in ways))

            cells = [cell for cells in people.values() for cell in cells]
            yield Term(rule.id, tuple(sorted(cells)), amount, strict=True)


def _follows(office: frozenset[Cell], cells: Sequence[Cell], turn: dict[Cell, int], team: int) -> bool:
    return all((cell in office) == (turn[cell] == team) for cell in cells)


def _equal(way: Sequence[int], new: Sequence[bool], number: int) -> bool:
    """Whether no newcomer is in a team that is larger than the smallest by more than one."""
    sizes = [way.count(k) for k in range(number)]
    return all(sizes[team] <= min(sizes) + 1 for team, comes in zip(way, new, strict=True) if comes)
