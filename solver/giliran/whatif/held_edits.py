"""Edits by hand that stay when a plan is made again: all of them, or as many as the rules let, earlier ones first.

Of edits that cannot all stay, whole halves are tried before single ones: where a group can stay, so can each of it after those before, so
this keeps what one after the other would keep, and solves less often where few are in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.messages import Said, Sentence
from giliran.preparing import compile_program
from giliran.program import FREE
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
_Edit = tuple[int, int, Pin]
"""Person, day, and the pin that holds the place."""


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
    fixed = compile_program(instance).fixed.reshape(plan.place.shape) if edits else plan.place
    hopeful = [edit for edit in edits if fixed[edit[:2]] in (FREE, plan.place[edit[:2]] == Place.OFFICE)]
    trial = _Trial(instance, solve)
    if not hopeful or not trial.keeps(hopeful):
        trial.result = solve(instance)
        if hopeful and _has_plan(trial.result):
            trial.keep_some(hopeful)
    if not _has_plan(trial.result):
        return trial.result, ()
    lost = (_said(instance, plan, edit, trial.ends.get(edit[:2], Status.INFEASIBLE)) for edit in edits if edit not in trial.kept)
    return trial.result, tuple(lost)


class _Trial:
    """Edits that are kept, and the plan that keeps them."""

    def __init__(self, instance: Instance, solve: Callable[[Instance], Result]) -> None:
        self._instance, self._solve = instance, solve
        self.kept: list[_Edit] = []
        self.ends: dict[tuple[int, int], Status] = {}
        self.result: Result

    def keeps(self, group: Sequence[_Edit]) -> bool:
        """Whether some edits can stay beside those that are kept; then they are."""
        tried = self._solve(self._instance.with_pins([pin for _, _, pin in (*self.kept, *group)]))
        if _has_plan(tried):
            self.kept, self.result = [*self.kept, *group], tried
            return True
        if len(group) == 1:
            self.ends[group[0][:2]] = tried.status
        return False

    def keep_some(self, group: Sequence[_Edit]) -> None:
        """Keep what can stay of edits that cannot all."""
        if len(group) > 1:
            half = len(group) // 2
            for part in (group[:half], group[half:]):
                if not self.keeps(part):
                    self.keep_some(part)


def _said(instance: Instance, plan: Schedule, edit: _Edit, status: Status) -> Said:
    e, d, _ = edit
    said = _LOST if status is Status.INFEASIBLE else _OPEN
    return said(place=place_text(int(plan.place[e, d])), person=name_of(instance.facts, e), day=instance.facts.dates[d])


def _has_plan(result: Result) -> bool:
    """Whether everybody is planned, and every rule that must hold is kept."""
    return result.status in (Status.OPTIMAL, Status.FEASIBLE)


def _edited(instance: Instance, plan: Schedule, before: Schedule, may_change: NDArray[np.bool_]) -> Iterator[_Edit]:
    """Person, day and pin of every edited place that an order can hold: people who are there, days that may change, nothing ordered yet."""
    facts = instance.facts
    placed = np.isin(plan.place, (Place.OFFICE, Place.HOME)) & np.isin(before.place, (Place.OFFICE, Place.HOME))
    pinned = facts.pinned != Place.NONE
    for e, d in np.argwhere(placed & (plan.place != before.place) & facts.present & may_change & ~pinned).tolist():
        pin = {"staff_id": facts.staff.ids[e], "date": facts.dates[d], "place": Place(int(plan.place[e, d])).word}
        yield e, d, pin
