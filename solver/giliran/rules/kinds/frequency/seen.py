"""What happens to each subject in each window, counted from places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.program import Ints
from giliran.rules.kinds.frequency.choices import Each, Fields, Happens
from giliran.rules.kinds.frequency.looking import Looked

Bits = NDArray[np.bool_]


def happening(looked: Looked, fields: Fields, there: Cells, open_: Cells, silent: Cells | None = None) -> tuple[Bits, Bits, Bits]:
    """Whether it happens whatever becomes of cells that are open, whether it may, and whether silent cells are needed to tell.

    Parameters
    ----------
    there, open_
        Cells at the place, and those of which that is not known : bool[N, P + D] each, no cell in both.
    silent
        Open cells that have no place : bool[N, P + D].

    Returns
    -------
    surely, maybe, untold : bool[S, W]
    """
    subjects, many = looked.subjects, len(looked.windows)
    by_window = fields.each is Each.PERSON
    slot = looked.window_of[subjects.time] if by_window else subjects.time
    slots = many if by_window else len(looked.window_of)

    def count(chosen: Bits) -> Ints:
        flat = (subjects.subject * slots + slot)[chosen]
        return np.bincount(flat, minlength=len(subjects) * slots).reshape(len(subjects), slots).astype(np.int64)

    size = count(np.ones(len(slot), dtype=np.bool_))
    at, left = count(there[subjects.row, subjects.time]), count(open_[subjects.row, subjects.time])
    whole = (size > 0) & ((subjects.asked == 0)[:, None] | (size == subjects.asked[:, None]))
    if fields.happens is Happens.ANY:
        surely, maybe = at > 0, at + left > 0
    elif fields.happens is Happens.ALL:
        surely, maybe = whole & (at == size), whole & (at + left == size)
    else:
        surely, maybe = (at == 1) & (left == 0), (at == 1) | ((at == 0) & (left > 0))
    untold = np.zeros_like(maybe) if silent is None else maybe & (count(silent[subjects.row, subjects.time]) > 0)
    tables = (surely, maybe, untold)
    return tables if by_window else (_on_some_day(looked, surely), _on_some_day(looked, maybe), _on_some_day(looked, untold))


def _on_some_day(looked: Looked, days: Bits) -> Bits:
    """Windows with such a day : bool[S, W] from bool[S, P + D]."""
    out = np.zeros((len(days), len(looked.windows)), dtype=np.bool_)
    for w in range(len(looked.windows)):
        out[:, w] = days[:, looked.window_of == w].any(axis=1)
    return out
