"""What compile and audit both look at: whose cells, in which windows, and what is known of them before anything is planned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.place import DayKind, Place
from giliran.domain.sealing import Sealed
from giliran.program import Ints
from giliran.rules.answers import Side
from giliran.rules.base import Statement
from giliran.rules.groups import Groups, group_cells
from giliran.rules.kinds.frequency.choices import Each, Fields, Happens, Pairs, windows
from giliran.rules.kinds.frequency.subjects import Subjects, named_sets, pairs_of_groups, pairs_of_sets, people_alone, whole_groups
from giliran.rules.toolkit.near import Near, near
from giliran.rules.toolkit.windows import Window, reached_before, reaches_beyond
from giliran.rules.view import View

NO_WINDOW = -1
"""Stands for the window of a day that lies in none."""


@dataclass(frozen=True, eq=False)
class Looked(Sealed):
    """Subjects, windows, and the cells that count.

    Parameters
    ----------
    here
        The people whom the rule means.
    subjects
        Whose places are looked at together; cells in no window, or in one that cannot be judged yet, are none of theirs.
    groups
        The groups of `per`, None where people or sets are meant.
    windows
        In their order.
    window_of
        The window of each day, days before the horizon first : int64[P + D].
    past
        Number of days before the horizon P.
    """

    here: Near
    subjects: Subjects
    groups: Groups | None
    windows: tuple[Window, ...]
    window_of: Ints
    past: int


def looked_at(rule: Statement, fields: Fields, view: View) -> Looked:
    """What a rule looks at."""
    here = near(rule, view)
    facts = here.facts
    before = reached_before(rule, here)
    past = before.shape[1]
    found = windows(facts, fields.window)
    window_of = np.full(past + facts.num_days, NO_WINDOW, dtype=np.int64)
    for w, window in enumerate(found):
        window_of[window.past] = w
        window_of[past + window.days] = w
    meant = np.hstack([before, here.cells]) & (window_of != NO_WINDOW)
    if fields.each is Each.PERSON and fields.happens is not Happens.ANY:
        for window in found:
            later = reaches_beyond(rule, here, window)
            meant[np.ix_(later, window.past)] = False
            meant[np.ix_(later, past + window.days)] = False
    subjects, groups = _subjects(fields, here, meant)
    if fields.pairs is Pairs.NEW:
        known = _known_pairs(fields, here, before)
        subjects = subjects.only(np.array([pair not in known for pair in subjects.people], dtype=np.bool_))
    return Looked(here, subjects, groups, found, window_of, past)


def _subjects(fields: Fields, here: Near, meant: Cells) -> tuple[Subjects, Groups | None]:
    if fields.each is Each.PERSON:
        return people_alone(here, meant), None
    if fields.sets is not None:
        return (pairs_of_sets if fields.each is Each.PAIR else named_sets)(here, meant, fields.sets), None
    groups = group_cells(here.facts, fields.per, CellSet.whole(here.cells))
    return (pairs_of_groups if fields.each is Each.PAIR else whole_groups)(here, meant, groups, fields.per), groups


def _known_pairs(fields: Fields, here: Near, before: Cells) -> set[tuple[int, ...]]:
    """Pairs to whom it has happened on a published day before the plan, in whatever window."""
    earlier, _ = _subjects(fields, here, np.hstack([before, np.zeros_like(here.cells)]))
    there = here.facts.past == (Place.HOME if fields.place is Side.HOME else Place.OFFICE)
    number = there[earlier.row, earlier.time].reshape(-1, 2).sum(axis=1)  # a pair has two cells a day, beside each other
    happened = {Happens.ANY: number > 0, Happens.ALL: number == 2, Happens.ONLY_ONE: number == 1}[fields.happens]
    return {earlier.people[s] for s in np.unique(earlier.subject[::2][happened]).tolist()}


def certain(looked: Looked, side: Side) -> tuple[Cells, Cells]:
    """Cells that are at the place whatever is planned, and those that are not : bool[N, P + D] each."""
    here, facts = looked.here, looked.here.facts
    at_home = side is Side.HOME
    kept_there = here.kept & ~here.kept_office if at_home else here.kept_office
    never = facts.absent | (here.kept & ~kept_there)
    if at_home:
        never = never | (facts.kind == DayKind.CALL)
    there = facts.past == (Place.HOME if at_home else Place.OFFICE)
    return np.hstack([there, kept_there & ~never]), np.hstack([~there, never])
