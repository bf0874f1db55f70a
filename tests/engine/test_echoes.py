"""Echoes: choices said once more inside the blocks of those who hang on them leave the same plans, and the best one of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.part import Part
from giliran.engine.columns.echoes import with_echoes
from giliran.engine.columns.face import NO_BLOCK, OptimalFace
from giliran.engine.columns.patterns import Blocks, blocks_of
from giliran.engine.columns.statements import face_of
from giliran.program import HARD, INFINITE
from tests.engine.test_columns import CELLS, DAYS, PEOPLE, PERSON, SHARED, WEEKS, Row, best, every_plan, ints, make_part, run

CHOICES = [CELLS, CELLS + 1, CELLS + 2]
"""Columns of one choice of three."""


@st.composite
def choosing(draw: st.DrawFn) -> Part:
    """Parts in which people must be in, or must not, on days that are chosen, under quotas, floors and caps, with costs and squares."""
    rows: list[Row] = [(dict.fromkeys(CHOICES, 1), draw(st.integers(0, 1)), 1, HARD, 0)]
    for person in draw(st.sets(st.integers(0, PEOPLE - 1), min_size=1)):
        for k in CHOICES:
            for day in draw(st.lists(st.integers(0, DAYS - 1), max_size=2, unique=True)):
                present = draw(st.booleans())
                coefs = {person * DAYS + day: 1, k: -1 if present else 1}
                rows.append((coefs, 0, INFINITE, HARD, 0) if present else (coefs, -INFINITE, 1, HARD, 0))
        for days in draw(st.lists(st.sampled_from([[0, 1], [2, 3], [0, 1, 2, 3]]), max_size=2)):
            least = draw(st.integers(0, 1))
            rows.append(({person * DAYS + day: 1 for day in days}, least, draw(st.integers(least, len(days))), HARD, 0))
    for cells in draw(st.lists(st.sampled_from(SHARED), max_size=3)):
        rows.append((dict.fromkeys(cells, 1), draw(st.integers(0, 1)), draw(st.integers(1, len(cells))), HARD, 0))
    ladders = [(cells, [1, 3, 5][: len(cells)], draw(st.integers(0, 2))) for cells in draw(st.lists(st.sampled_from(SHARED), max_size=3))]
    width = CELLS + len(CHOICES)
    cost = ints(draw(st.lists(st.lists(st.integers(-2, 2), min_size=width, max_size=width), min_size=3, max_size=3)))
    return make_part(rows, ladders, None, cost, [1] * len(CHOICES))


@settings(deadline=None, max_examples=40)
@given(choosing())
def test_choices_equal_trying_everything(part: Part) -> None:
    """With choices, too, the plan is the lexicographically best one, and there is none exactly where no plan is allowed."""
    result = run(part)
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))


@settings(deadline=None, max_examples=40)
@given(choosing(), st.data())
def test_echoes_leave_the_same_plans(part: Part, data: st.DataObject) -> None:
    """Values keep the rows of a face exactly if they do with every echo at the value of its choice."""
    face = face_of(part)
    wide, blocks = with_echoes(face, blocks_of(face, part, PERSON, WEEKS[np.arange(CELLS) % DAYS]))
    x = ints(data.draw(st.lists(st.integers(0, 1), min_size=part.num_columns, max_size=part.num_columns)))
    z = _echoed(wide.place @ np.eye(wide.num_columns, dtype=np.int64), wide.rows.toarray(), x)
    assert np.array_equal(wide.values(z), x)
    kept = bool(((wide.row_lo <= wide.rows @ z) & (wide.rows @ z <= wide.row_hi)).all())
    assert kept == part.kept(x)
    assert_hanging_inside(wide, blocks)


def assert_hanging_inside(wide: OptimalFace, blocks: Blocks) -> None:
    """Every row of one block's cells and choices stands inside the block: only echoes are tied to choices outside."""
    for r, inside in enumerate(blocks.inside(wide.rows)):
        columns = wide.rows[[r]].indices
        if inside == NO_BLOCK and len(columns) == 2 and (blocks.of[columns] == NO_BLOCK).sum() == 1:
            assert wide.row_lo[r] == wide.row_hi[r] == 0


def _echoed(place: np.ndarray, rows: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Values of all columns: those of the part, and of echoes what the rows of two columns say of them."""
    z = np.zeros(place.shape[1], dtype=np.int64)
    known = place.any(axis=0)
    z[known] = x[place[:, known].argmax(axis=0)]
    for row in rows:
        first, *rest = np.flatnonzero(row)
        if len(rest) == 1 and known[first] != known[rest[0]] and row[first] == -row[rest[0]]:
            echo, choice = (rest[0], first) if known[first] else (first, rest[0])
            z[echo] = z[choice]
    return z
