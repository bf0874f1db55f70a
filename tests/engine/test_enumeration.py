"""Patterns of blocks are those that keep the rows inside, whatever is grown together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.part import Part
from giliran.engine.columns import enumeration
from giliran.engine.columns.enumeration import table_of
from giliran.engine.columns.patterns import MOST_TOGETHER, TooManyPatternsError, blocks_of, unhurried
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of
from tests.engine.test_columns import DAY, PERSON, WEEKS, parts


@settings(deadline=None, max_examples=60)
@given(parts(), st.booleans(), st.sampled_from([1, 5, enumeration.TOGETHER]))
def test_patterns_are_those_that_keep_every_row(part: Part, weekly: bool, together: int) -> None:
    """Each block has, in order, the choices of its cells that a look at row after row leaves; blocks with too many are named."""
    face = settle(face_of(part))
    blocks = blocks_of(face, part, PERSON, *([WEEKS[DAY]] if weekly else []))
    held = blocks.inside(face.rows)
    expected = []
    for block, size in enumerate(blocks.size.tolist()):
        columns = [np.flatnonzero((blocks.of == block) & (blocks.spot == spot)).item() for spot in range(size)]
        rows = np.flatnonzero(held == block)
        coef = face.rows[rows].toarray()[:, columns]
        choices = [choice[::-1] for choice in product((0, 1), repeat=size)]
        sums = [coef @ np.array(choice, dtype=np.int64) for choice in choices]
        expected.append([k for k, value in enumerate(sums) if ((face.row_lo[rows] <= value) & (value <= face.row_hi[rows])).all()])
    most = max(map(len, expected), default=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enumeration, "TOGETHER", together)
        table = table_of(face, blocks, held, MOST_TOGETHER, unhurried)
        assert [mask.tolist() for mask in np.split(table.mask, table.start[1:-1])][: len(expected)] == expected
        patch.setattr(enumeration, "MOST_PATTERNS", most - 1)
        if most > 1:
            with pytest.raises(TooManyPatternsError) as error:
                table_of(face, blocks, held, MOST_TOGETHER, unhurried)
            full = [block for block, masks in enumerate(expected) if len(masks) == most]
            assert set(full) <= set(blocks.of[error.value.columns].tolist())
