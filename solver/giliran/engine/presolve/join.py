"""Parts beside each other as one, so that whole arrays do the work of many small ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from giliran.engine.base.part import Part, PartRows
from giliran.program import Ints, Ladders
from giliran.program.segments import owners_of, starts_of


def join(parts: Sequence[Part]) -> Part:
    """One part that holds several which share nothing and have no auxiliary columns; columns stand in the order of the parts.

    Parameters
    ----------
    parts
        At least one, with cells only.
    """
    first = starts_of(np.array([part.num_columns for part in parts], dtype=np.int64))[:-1]
    columns = np.concatenate([part.columns for part in parts])
    rows = [part.rows for part in parts]
    return Part(
        columns=columns,
        cells=columns,
        lo=np.concatenate([part.lo for part in parts]),
        hi=np.concatenate([part.hi for part in parts]),
        rows=PartRows(
            _chained([row.start for row in rows]),
            _shifted([row.col for row in rows], first),
            *(np.concatenate([getattr(row, name) for row in rows]) for name in ("coef", "lo", "hi", "tier", "weight")),
        ),
        ladders=_joined_ladders([part.ladders for part in parts], first),
        cost=np.concatenate([part.cost for part in parts], axis=1),
        broken=False,
    )


def part_of_columns(parts: Sequence[Part]) -> Ints:
    """Which of the joined parts each column came from : int64[n]."""
    return owners_of(starts_of(np.array([part.num_columns for part in parts], dtype=np.int64)))


def _joined_ladders(ladders: Sequence[Ladders], first: Ints) -> Ladders:
    start = _chained([ladder.start for ladder in ladders])
    col = _shifted([ladder.col for ladder in ladders], first)
    step, tier = (np.concatenate([getattr(ladder, name) for ladder in ladders]) for name in ("step", "tier"))
    return Ladders(start, col, step, tier)


def _chained(starts: Sequence[Ints]) -> Ints:
    """Starts of segments that stand behind each other."""
    return starts_of(np.concatenate([np.diff(start) for start in starts]))


def _shifted(columns: Sequence[Ints], first: Ints) -> Ints:
    """Column numbers moved behind the columns of the parts before."""
    sizes = np.array([len(column) for column in columns], dtype=np.int64)
    return np.concatenate(columns) + np.repeat(first, sizes)
