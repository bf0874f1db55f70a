"""Drawing the order of people that settles ties."""

from __future__ import annotations

import datetime as dt
import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.domain import lottery
from giliran.domain.lottery import lottery_order

MONDAY = dt.date(2021, 7, 12)


class Coarse:
    """A digest of which the first bytes hardly tell anybody apart."""

    def __init__(self, data: bytes) -> None:
        self._digest = hashlib.sha256(data).digest()

    def digest(self) -> bytes:
        """Seven bytes of zeros and one of 0 to 2, then at most four different ends."""
        return bytes(7) + bytes([self._digest[0] % 3]) + bytes(23) + bytes([self._digest[1] % 4])


def naive(ids: list[str], digest: type[Coarse] | None = None) -> list[int]:
    """Rows sorted by whole digests, then by ids."""
    hashed = [(digest or hashlib.sha256)(f"7|2021-07-12|own/duty|{id_}".encode()).digest() for id_ in ids]
    return sorted(range(len(ids)), key=lambda e: (hashed[e], ids[e]))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=40))
def test_whole_digests_decide(ids: list[str]) -> None:
    """The order is that of whole digests, whatever the ids; people with one id keep their rows' order."""
    order = lottery_order(ids, 7, MONDAY, "own/duty")
    assert order.dtype == np.int64
    assert order.tolist() == naive(ids)


@given(st.lists(st.text("abc", max_size=4), max_size=40))
def test_equal_heads_are_settled_by_the_rest(ids: list[str]) -> None:
    """Where the first bytes agree the rest of the digest decides, then the id."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lottery, "sha256", Coarse)
        assert lottery_order(ids, 7, MONDAY, "own/duty").tolist() == naive(ids, Coarse)


def test_the_same_draw_for_ever() -> None:
    """Whoever ran it and whenever, a published lottery can be drawn again."""
    # SHA-256 of "20210712|2021-07-12||A" begins with 03cc, of B with bf82, of C with 1fdc, of D with 8c1e.
    assert lottery_order(["A", "B", "C", "D"], 20210712, MONDAY).tolist() == [0, 2, 3, 1]
