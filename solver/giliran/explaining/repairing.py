"""Repairs: changes with which a search finds a plan that keeps every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from giliran.bending import bends_alone, bent_program
from giliran.domain.status import Status
from giliran.engine.base.outcome import Outcome
from giliran.errors import InputError
from giliran.explaining.candidates import Concerned, Ladder, asked, candidates
from giliran.explaining.changing import Change
from giliran.explaining.explanation import Decider, Repair
from giliran.explaining.occurrences import demands
from giliran.explaining.searching import Clock, possible, searched
from giliran.instance import Instance

MOST_TOGETHER = 6
"""Changes that one repair has at the most."""


@dataclass(frozen=True)
class Found:
    """What the engine found about the instance as it is: everything that must hold, and bent.

    Parameters
    ----------
    must, bent
        The outcomes; None where they are not known.
    """

    must: Outcome | None = None
    bent: Outcome | None = None


def repairs(instance: Instance, clock: Clock, concerned: Concerned, found: Found) -> Iterator[Repair]:
    """Repairs of one change each; where only an issuer's leave helps by itself, or nothing does, also one of several changes.

    Parameters
    ----------
    concerned
        What stands in a clash.
    found
        What is known, so that parts which stay the same are not searched again.

    Raises
    ------
    OutOfTimeError
        When the time is over.
    """
    trying, order = _Trying(instance, clock, found), list(Decider)
    ladders = candidates(instance, concerned)
    lowest = len(order)
    for ladder in ladders:
        change = trying.mildest(ladder, ())
        if change is not None:
            repair = trying.repair(ladder.decider, (change,), concerned)
            lowest = min(lowest, order.index(repair.decider))
            yield repair
    if lowest < order.index(Decider.ISSUER):
        return
    several = list(_together(trying, ladders, order[:lowest], concerned))
    if not several and lowest == len(order):
        wider = replace(concerned, rules=frozenset(rule.id for rule in instance.rules))  # what gives way may press on others
        several = list(_together(trying, candidates(instance, wider), order, wider))
    yield from several


def _together(trying: _Trying, ladders: Sequence[Ladder], deciders: Sequence[Decider], concerned: Concerned) -> Iterator[Repair]:
    """Several changes at once, of as few deciders as suffice: of a later one alone, too."""
    for k, last in enumerate(deciders, start=1):
        own = [ladder for ladder in ladders if ladder.decider is last]
        if not own:
            continue
        allowed = [ladder for ladder in ladders if ladder.decider in deciders[:k]]
        found = [trying.together(each) for each in ([own] if len(own) == len(allowed) else [own, allowed])]
        several = [chosen for k, chosen in enumerate(found) if chosen is not None and chosen not in found[:k]]
        yield from (trying.repair(last, chosen, concerned) for chosen in several)
        if several:
            return


class _Trying:
    """Changed instances, and whether they have plans."""

    def __init__(self, instance: Instance, clock: Clock, found: Found) -> None:
        self._instance, self._clock, self._found = instance, clock, found
        self._known: dict[frozenset[int], int | None] = {}

    def mildest(self, ladder: Ladder, others: tuple[Change, ...]) -> Change | None:
        """The first step that makes a plan possible beside other changes; None where even the last does not."""
        steps = ladder.steps
        if not self._plans((*others, steps[-1])):
            return None
        low, high = 0, len(steps) - 1
        while low < high:
            middle = (low + high) // 2
            if self._plans((*others, steps[middle])):
                high = middle
            else:
                low = middle + 1
        return steps[high]

    def together(self, ladders: Sequence[Ladder]) -> tuple[Change, ...] | None:
        """Several changes with which there is a plan, none of them needless; None where there are none, or too many are needed."""
        return self.greedy(ladders) or self.fewest(ladders)

    def greedy(self, ladders: Sequence[Ladder]) -> tuple[Change, ...] | None:
        """Changes one after another, each the one that leaves the least to bend, until nothing is; None where that never comes."""
        chosen: list[Ladder] = []
        left = self._left(())
        while left and len(chosen) < MOST_TOGETHER:
            found = [(self._left(_last([*chosen, ladder])), ladder) for ladder in ladders if ladder not in chosen]
            least, best = min(((rest, k) for k, (rest, _) in enumerate(found) if rest is not None), default=(left, -1))
            if least >= left:
                return None
            chosen.append(found[best][1])
            left = least
        return self._eased(chosen) if left == 0 and chosen else None

    def fewest(self, ladders: Sequence[Ladder]) -> tuple[Change, ...] | None:
        """What is left of everything at once when whatever is not needed is dropped; None where not even everything helps.

        Choices are left out: several of one parameter exclude each other. Of one rule the last change counts.
        """
        chosen = list({ladder.steps[-1].about: ladder for ladder in ladders if not ladder.steps[-1].first}.values())
        if not chosen or self._left(_last(chosen)) != 0:
            return None
        for ladder in tuple(chosen):
            fewer = [other for other in chosen if other is not ladder]
            if fewer and self._left(_last(fewer)) == 0:
                chosen = fewer
        return self._eased(chosen)

    def repair(self, decider: Decider, changes: tuple[Change, ...], concerned: Concerned) -> Repair:
        """Changes that make a plan possible, with what becomes of the rules and limits of the clashes."""
        instance = self._changed(changes)
        assert instance is not None
        said = ((spot.told(self._instance.view), spot.told(instance.view)) for spot in concerned.limits)
        then = next((after for before, after in said if after and (before is None or before.text() != after.text())), None)
        drops = sum(rule not in instance.view.by_id for rule in concerned.rules)
        if drops:
            decider = max(decider, *(asked(self._instance, change) for change in changes), key=[*Decider].index)
        return Repair(decider, changes, then, drops)

    def _eased(self, chosen: list[Ladder]) -> tuple[Change, ...]:
        """Every change as mild as the others let it be."""
        for k, ladder in enumerate(chosen):
            others = _last([*chosen[:k], *chosen[k + 1 :]])
            change = self.mildest(ladder, others)
            chosen[k] = replace(ladder, steps=ladder.steps if change is None else (change,))
        return _last(chosen)

    def _changed(self, changes: tuple[Change, ...]) -> Instance | None:
        """The instance with changes; None where they cannot be made."""
        self._clock.go_on()
        instance = self._instance
        try:
            for change in sorted(changes, key=lambda change: not change.first):
                instance = change.made(instance)
        except InputError:
            return None
        return instance

    def _plans(self, changes: tuple[Change, ...]) -> bool:
        instance = self._changed(changes)
        return instance is not None and possible(demands(instance.view, self._clock.go_on).whole, self._clock, self._found.must)

    def _left(self, changes: tuple[Change, ...]) -> int | None:
        """The least that the changed instance must be bent; None where it cannot be made, or bending does not help."""
        key = frozenset(map(id, changes))  # every change lives as long as the ladders that hold it
        if key not in self._known:
            instance = self._changed(changes)
            self._known[key] = None if instance is None else self._bend(instance)
        return self._known[key]

    def _bend(self, instance: Instance) -> int | None:
        outcome = searched(bends_alone(bent_program(instance, self._clock.go_on)), self._clock, self._found.bent)
        return None if outcome.status is Status.INFEASIBLE else (outcome.tiers[0].value if outcome.tiers else 0)


def _last(ladders: Sequence[Ladder]) -> tuple[Change, ...]:
    return tuple(ladder.steps[-1] for ladder in ladders)
