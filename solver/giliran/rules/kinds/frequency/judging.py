"""The audit of the kind: what happened too often or too seldom, as places show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.rules.answers import Side
from giliran.rules.kinds.frequency.choices import Fields
from giliran.rules.kinds.frequency.looking import Looked, certain
from giliran.rules.kinds.frequency.seen import happening

Numbers = NDArray[np.int64]
ALL = -1
"""Stands for all subjects together."""


@dataclass(frozen=True)
class Tally:
    """How often it happened to one subject, or to all together.

    Parameters
    ----------
    subject
        Its number, `ALL` for all.
    done, possible
        How often it happens whatever is planned; and how often it may at most, without what is fixed otherwise.
    open, told, found
        In how many other windows it may happen, in how many of these that can be told, as cells have places, and in how many it did.
    happened
        The windows in which it did, or does whatever is planned : bool[W].
    """

    subject: int
    done: int
    possible: int
    open: int
    told: int
    found: int
    happened: NDArray[np.bool_]

    @property
    def whole(self) -> bool:
        """Whether every window can be told."""
        return self.told == self.open

    def above(self, most: int) -> int:
        """By how much it happened too often, where all can be told."""
        return max(self.found - max(most - self.done, 0), 0) if self.whole else 0

    def below(self, least: int) -> int:
        """By how much it happened too seldom, where all can be told."""
        return max(min(least, self.possible) - self.done - self.found, 0) if self.whole else 0


def tallies(looked: Looked, fields: Fields, schedule: Schedule) -> Iterator[Tally]:
    """Counts of every subject, or of all together."""
    here, side = looked.here, fields.place
    sure, never = certain(looked, side)
    open_ = ~sure & ~never
    place = here.part.of(schedule.place)
    now = _whole(looked, place == (Place.HOME if side is Side.HOME else Place.OFFICE))
    there = sure | (open_ & now)
    happened, _, _ = happening(looked, fields, there, np.zeros_like(there))
    done, maybe, untold = happening(looked, fields, sure, open_, open_ & _whole(looked, place == Place.NONE))
    live = maybe & ~done
    told = live & ~untold
    possible = done | _possible(looked, fields, sure, open_)
    numbers = np.stack([done, possible, live, told, told & happened]).sum(axis=2)
    happened = done | (told & happened)
    if fields.total:
        yield _tally(ALL, numbers.sum(axis=1), np.asarray(happened.any(axis=0)))
        return
    for s in np.unique(looked.subjects.subject).tolist():
        yield _tally(s, numbers[:, s], happened[s])


def _tally(subject: int, numbers: Numbers, happened: NDArray[np.bool_]) -> Tally:
    done, possible, live, told, found = (int(number) for number in numbers)
    return Tally(subject, done, possible, live, told, found, happened)


def _possible(looked: Looked, fields: Fields, sure: Cells, open_: Cells) -> NDArray[np.bool_]:
    """Where it may happen when nobody is where a rule about the person does not want him : bool[S, W]."""
    here = looked.here
    there, away = here.forced_office, here.forced_home
    if fields.place is Side.HOME:
        there, away = away, there
    fixed, elsewhere = _whole(looked, there) & open_, _whole(looked, away) & open_
    _, maybe, _ = happening(looked, fields, sure | (fixed & ~elsewhere), open_ & ~fixed & ~elsewhere)
    return maybe


def _whole(looked: Looked, table: Cells) -> Cells:
    """A table of the plan over all days : bool[N, P + D]."""
    return np.hstack([np.zeros((len(table), looked.past), dtype=np.bool_), table])


def where(looked: Looked, side: Side, tally: Tally) -> dict[str, Any]:
    """Where a finding about a tally is: unit, people, days, and the cells that decide it."""
    subjects, here, past = looked.subjects, looked.here, looked.past
    mine = slice(None) if tally.subject == ALL else subjects.of(tally.subject)
    row, time = subjects.row[mine], subjects.time[mine]
    inside = time >= past
    row, time = row[inside], time[inside]
    sure, never = certain(looked, side)
    open_ = ~sure[row, time] & ~never[row, time]
    told = tally.happened[looked.window_of[time]] if tally.happened.any() else np.ones(len(time), dtype=np.bool_)
    days = np.unique(time[told] if told.any() else time) - past
    cells = sorted({(int(here.index[r]), int(t) - past) for r, t in zip(row[open_], time[open_], strict=True)})
    people = () if tally.subject == ALL else tuple(int(here.index[r]) for r in subjects.people[tally.subject])
    found: dict[str, Any] = {"days": tuple(days.tolist()), "people": people, "cells": tuple(cells)}
    if tally.subject != ALL and len(days):
        found["unit"] = int(subjects.unit[tally.subject])
    return found
