"""Edits by hand that stay when a plan is made again: all of them, or as many as the rules let, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.messages import Said, Sentence
from giliran.result import Result
from giliran.rules.toolkit.personal import name_of, place_text

_LOST = Sentence(
    en="{person} was put {place} by hand on {day}, but no plan that keeps every rule has that",
    id="{person} ditulis {place} dengan tangan pada {day}, tetapi tidak ada jadwal yang memenuhi semua aturan dengan isian itu",
)
_OPEN = Sentence(
    en="{person} was put {place} by hand on {day}; whether a plan can keep that was not found out in the time given",
    id="{person} ditulis {place} dengan tangan pada {day}; dalam waktu yang diberikan belum diketahui apakah itu dapat dipertahankan",
)

Pin = Mapping[str, Any]


def held(
    instance: Instance, plan: Schedule, before: Schedule, may_change: NDArray[np.bool_], solve: Callable[[Instance], Result]
) -> tuple[Result, tuple[Said, ...]]:
    """The best plan in which edited places stay, and those that cannot, or of which that was not found out in the time of one solve.

    Parameters
    ----------
    instance
        With the edited plan as the published one.
    plan, before
        The plan as it was edited, and before that.
    may_change
        Days on which anything may change : bool[D].
    solve
        Plans an instance.
    """
    edits = [*_edited(instance, plan, before, may_change)]
    result = solve(instance.with_pins([pin for _, _, pin in edits]))
    if _has_plan(result) or not edits:
        return result, ()
    kept: list[Pin] = []
    lost: list[Said] = []
    result = solve(instance)
    for e, d, pin in edits if _has_plan(result) else ():
        tried = solve(instance.with_pins([*kept, pin]))
        if _has_plan(tried):
            kept, result = [*kept, pin], tried
        else:
            told = {"person": name_of(instance.facts, e), "day": instance.facts.dates[d]}
            said = _LOST if tried.status is Status.INFEASIBLE else _OPEN
            lost.append(said(place=place_text(int(plan.place[e, d])), **told))
    return result, tuple(lost)


def _has_plan(result: Result) -> bool:
    """Whether everybody is planned, and every rule that must hold is kept."""
    return result.status in (Status.OPTIMAL, Status.FEASIBLE)


def _edited(instance: Instance, plan: Schedule, before: Schedule, may_change: NDArray[np.bool_]) -> Iterator[tuple[int, int, Pin]]:
    """Person, day and pin of every edited place that an order can hold: people who are there, days that may change, nothing ordered yet."""
    facts = instance.facts
    placed = np.isin(plan.place, (Place.OFFICE, Place.HOME)) & np.isin(before.place, (Place.OFFICE, Place.HOME))
    pinned = facts.pinned != Place.NONE
    for e, d in np.argwhere(placed & (plan.place != before.place) & facts.present & may_change & ~pinned).tolist():
        pin = {"staff_id": facts.staff.ids[e], "date": facts.dates[d], "place": Place(int(plan.place[e, d])).word}
        yield e, d, pin
