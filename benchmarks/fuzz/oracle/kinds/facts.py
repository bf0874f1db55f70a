"""Facts that behave like rules: absences, pins, frozen days, people bound to the home or to the office, and those under no rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from giliran.domain.place import Place


def _at(rule: str, cell: Cell, place: str) -> Term:
    strict = rule in ("facts/frozen", "facts/home_only")
    return Term(rule, (cell,), lambda office: len(office) if place == HOME else 1 - len(office), strict=strict)


class Presence(Reading):
    """Absences: the cells of absent people are nobody's to plan."""

    kind = "presence"
    implied = True

    def sample(self, draft: Draft) -> None:
        """Somebody is away for a day or two."""
        days = sorted(draft.dice.some(draft.dates, 2))
        row = {"staff_id": draft.dice.pick(draft.ids), "from": days[0], "to": days[-1], "reason": draft.dice.pick(["cuti", "dinas_luar"])}
        draft.section("absences", []).append(row)


class Pins(Reading):
    """Pins."""

    kind = "pins"
    implied = True

    def sample(self, draft: Draft) -> None:
        """One cell, perhaps of somebody absent or bound elsewhere."""
        cell = {"staff_id": draft.dice.pick(draft.ids), "date": draft.dice.pick(draft.weekdays)}
        if all((row["staff_id"], row["date"]) != tuple(cell.values()) for row in draft.section("pins", [])):
            row = {**cell, "place": draft.dice.pick([OFFICE, HOME]), "reason": "janji"}
            duties = draft.ids_of("duty_officers")
            if duties and row["place"] == OFFICE and draft.dice.chance(0.5):
                row["duty"] = draft.dice.pick(duties)
            draft.section("pins", []).append(row)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """The pinned place, unless the person is absent or may only work at home."""
        for cell in world.open_cells:
            pinned = world.facts.pinned[cell]
            if pinned == Place.OFFICE and not world.facts.home_only[cell]:
                yield _at("facts/pins", cell, OFFICE)
            elif pinned in (Place.HOME, Place.OFF):
                yield _at("facts/pins", cell, HOME)


class Frozen(Reading):
    """Frozen days of the published plan."""

    kind = "frozen"
    implied = True

    def sample(self, draft: Draft) -> None:
        """A published plan of some people, frozen up to a day of the horizon."""
        draft.published()
        draft.section("published", {})["frozen_to"] = draft.dice.pick(draft.dates)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """The published place, unless somebody who may only work at home was published in the office."""
        for cell in world.open_cells:
            if world.kept(*cell):
                yield _at("facts/frozen", cell, OFFICE if world.kept_office(*cell) else HOME)


class HomeOnly(Reading):
    """People who may only work at home."""

    kind = "home_only"
    implied = True

    def sample(self, draft: Draft) -> None:
        """Somebody, always or on a day."""
        draft.dice.pick(draft.staff).setdefault("home_only", draft.dice.pick(["yes", "yes", draft.dice.pick(draft.dates)]))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """At home, on call days off."""
        return (_at("facts/home_only", cell, HOME) for cell in world.open_cells if world.facts.home_only[cell])


class OfficeOnly(Reading):
    """People who can only work in the office."""

    kind = "office_only"
    implied = True

    def sample(self, draft: Draft) -> None:
        """Somebody who is not bound to the home, always or on a day."""
        person = draft.dice.pick(draft.staff)
        if "home_only" not in person:
            person.setdefault("office_only", draft.dice.pick(["yes", draft.dice.pick(draft.dates)]))

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """In the office."""
        return OFFICE if world.facts.office_only[e, d] else None

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """In the office unless absent."""
        return (_at("facts/office_only", cell, OFFICE) for cell in world.open_cells if world.facts.office_only[cell])


class Unruled(Reading):
    """People under no rule and no aim."""

    kind = "unruled"
    implied = True

    def sample(self, draft: Draft) -> None:
        """A person in a unit of one's own whom rules about others leave out."""
        draft.leave_out(draft.dice.pick(draft.ids))

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """In the office on working days."""
        return OFFICE if not world.call(e, d) and world.unruled(e) else None

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """In the office, unless bound to the home."""
        for e, d in world.open_cells:
            if not world.call(e, d) and not world.facts.home_only[e, d] and world.unruled(e):
                yield _at("facts/unruled", (e, d), OFFICE)


class EmptyUnits(Reading):
    """Units that stand empty: told, nothing else."""

    kind = "empty_units"
    implied = True

    def sample(self, draft: Draft) -> None:
        """A goal that empties the office."""
        if all(goal["kind"] != "office_target" for goal in draft.section("goals", [])):
            draft.goal({"kind": "office_target", "aim": "most_home"})


class LoneDuty(Reading):
    """Whoever carries all the duty: told, nothing else."""

    kind = "lone_duty"
    implied = True

    def sample(self, draft: Draft) -> None:
        """A duty that one person can have."""
        draft.rule({"kind": "duty_officers", "count": 1, "eligible": {"ids": [draft.dice.pick(draft.ids)]}})


class Promised(Reading):
    """Published duty officers, where plans are alike."""

    kind = "promised_names"
    own_tiers: ClassVar[Mapping[str, int]] = {"promised_names": 90}
    implied = True

    def sample(self, draft: Draft) -> None:
        """A published plan that names somebody for a duty."""
        rule = draft.rule({"kind": "duty_officers", "count": 1})
        row = {"staff_id": draft.dice.pick(draft.ids), "date": draft.dice.pick(draft.dates), "place": OFFICE}
        draft.document["published"] = {"rows": [{**row, "duty": f"own/{rule['id']}"}]}

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Each name for a duty that needs it on a day that may still change, of whoever is not in the office."""
        named = world.facts.published_duty
        names = {
            (e, duty.day, other.id)
            for other in world.rules
            if other.id in named
            for duty in world.duties_of(other)
            if duty.need and not world.frozen_day(duty.day)
            for e in duty.able
            if named[other.id][e, duty.day]
        }
        for e, d, _ in sorted(names):
            yield Term("facts/promised_names", ((e, d),), lambda office: int(not office), "promised_names")
