"""Days in the office as close as possible to everybody's fair share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields

THOUSAND = 1000


class FairShare(Reading):
    """`fair_share`."""

    kind = "fair_share"
    own_tiers: ClassVar[Mapping[str, int]] = {"fair_share": 20}
    call_days = True

    def sample(self, draft: Draft) -> None:
        """An account of everybody's, mostly with a history."""
        goal: dict[str, Any] = {"kind": self.kind, "step": draft.dice.pick([1, 500, 500, 1000]), **goal_fields(draft)}
        if draft.dice.chance(0.25):
            goal["count_days"] = {"weekdays": draft.dice.some(["mon", "thu", "fri", "sat"], 2)}
        if draft.dice.chance(0.3):
            goal["groups"] = draft.dice.pick(["auto", "duty_unit", "leaf"])
        if draft.dice.chance(0.25):
            goal["share"] = "equal"
        account = draft.dice.pick(["office", "office", "lain"])
        if account != "office":
            goal["account"] = account
        draft.goal(goal)
        for id_ in draft.dice.some(draft.ids, 2) if draft.dice.chance(0.5) else []:
            row = {"staff_id": id_, "account": account, "period": "2021-W20", "burden": draft.dice.randint(0, 3), "share": "1.250"}
            draft.section("ledger", []).append(row)

    def counted(self, world: World, rule: Any) -> dict[int, list[Cell]]:
        """Free cells on the days that count, by person."""
        found: dict[int, list[Cell]] = {}
        for e, d in world.cells(rule):
            if world.free(e, d) and (rule.count_days is None or world.on_day(rule.count_days, e, d)):
                found.setdefault(e, []).append((e, d))
        return found

    def share(self, world: World, cells: list[Cell]) -> int:
        """The loads expected at some cells, in thousandths, rounded half up once."""
        return floor(THOUSAND * sum((self._load(world, *cell) for cell in cells), Fraction(0)) + Fraction(1, 2))

    def _load(self, world: World, e: int, d: int) -> Fraction:
        caps, floors = [Fraction(1)], [Fraction(0)]
        for bound in world.bounds:
            if bound.day != d or e not in bound.counted:
                continue
            fixed = sum(world.fixed_office(other, d) for other in bound.counted)
            free = sum(world.free(other, d) for other in bound.counted)
            if bound.most is not None:
                caps.append(max(Fraction(bound.most - fixed, free), Fraction(0)))
            if bound.least is not None:
                floors.append(min(Fraction(bound.least - fixed, free), Fraction(1)))
        return max(min(caps), *floors) if world.aimed(OFFICE, e, d) else max(floors)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """A ladder per person around the share, the same for all where it is equal, less the balance."""
        history = world.facts.ledger.get(rule.account)
        counted = self.counted(world, rule)
        share = {e: self.share(world, cells) for e, cells in counted.items()}
        if rule.share == "equal" and share:
            share = dict.fromkeys(share, floor(Fraction(sum(share.values()), len(share)) + Fraction(1, 2)))
        for e, cells in counted.items():
            balance = int(history.balance[e]) if history is not None else 0
            off = Fraction(balance - share[e], rule.step)
            beta = floor(off + Fraction(1, 2)) * rule.step

            def cost(office: frozenset[Cell], beta: int = beta) -> int:
                return THOUSAND * len(office) ** 2 + 2 * beta * len(office)

            yield Term(rule.id, tuple(cells), cost, rule.tier or "fair_share", rule.weight)
