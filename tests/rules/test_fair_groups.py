"""Comparison groups: rows of numbers compared by those above 0 alone, against whole rows."""

from __future__ import annotations

import numpy as np
import pytest

from giliran.rules.kinds.fair_share.peers import combined


@pytest.mark.parametrize("seed", range(20))
def test_rows_are_numbered_as_whole_rows_are(seed: int) -> None:
    """People have the place that their whole row, zeros and all, has among the different rows."""
    draw = np.random.default_rng(seed)
    everybody, many = 12, int(draw.integers(0, 6))
    table = draw.integers(0, 3, size=(everybody, many))
    people = np.flatnonzero(draw.random(everybody) < 0.8)
    columns = [(np.flatnonzero(column), column[column > 0]) for column in table.T]
    rows = [tuple(row) for row in table[people].tolist()]
    places = {row: k for k, row in enumerate(sorted(set(rows)))}
    assert combined(columns, people, everybody).tolist() == [places[row] for row in rows]
