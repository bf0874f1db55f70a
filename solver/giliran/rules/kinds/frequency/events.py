"""From what is looked at to what may happen: cases of every subject and window, with what is known of their cells."""

from __future__ import annotations

import numpy as np

from giliran.program import Ints
from giliran.program.segments import starts_of
from giliran.rules.answers import Side
from giliran.rules.kinds.frequency.choices import Each, Fields
from giliran.rules.kinds.frequency.happening import ELSEWHERE, OPEN, THERE, Cases
from giliran.rules.kinds.frequency.looking import Looked, certain
from giliran.rules.kinds.frequency.program import Events


def events_of(looked: Looked, fields: Fields) -> Events:
    """An event per subject and window with cells: of a person one case, her days; of others one case per day, its members."""
    subjects = looked.subjects
    window = looked.window_of[subjects.time]
    slot = window if fields.each is Each.PERSON else subjects.time
    slots = len(looked.windows) if fields.each is Each.PERSON else len(looked.window_of)
    _, first, case = np.unique(subjects.subject * slots + slot, return_index=True, return_inverse=True)
    size = np.bincount(case.reshape(-1), minlength=len(first)).astype(np.int64)
    key = (subjects.subject * len(looked.windows) + window)[first]
    found, event = np.unique(key, return_inverse=True)
    asked = subjects.asked[subjects.subject[first]]
    known = _known(looked, fields.place)
    wanted = _wanted(looked, fields.place, known)
    row, time = subjects.row, subjects.time
    col = looked.here.index[row] * looked.here.facts.num_days + np.maximum(time - looked.past, 0)
    cases = Cases(
        event=event.reshape(-1).astype(np.int64),
        start=starts_of(size),
        col=np.asarray(col, dtype=np.int64),
        known=known[row, time],
        wanted=wanted[row, time],
        missing=np.asarray((asked > 0) & (size < asked)),
    )
    return Events(np.asarray(found // max(len(looked.windows), 1), dtype=np.int64), fields, cases)


def _known(looked: Looked, side: Side) -> Ints:
    sure, never = certain(looked, side)
    return np.where(sure, THERE, np.where(never, ELSEWHERE, OPEN)).astype(np.int64)


def _wanted(looked: Looked, side: Side, known: Ints) -> Ints:
    """The same, with cells that rules about the person fix where they fix them."""
    here = looked.here
    there, away = (here.forced_office, here.forced_home) if side is Side.OFFICE else (here.forced_home, here.forced_office)
    fixed = np.where(away, ELSEWHERE, np.where(there, THERE, OPEN))
    before = np.full((len(fixed), looked.past), OPEN)
    return np.where(known == OPEN, np.hstack([before, fixed]), known).astype(np.int64)
