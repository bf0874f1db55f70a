"""The lottery that settles ties: a seeded order of people that depends on nobody's row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from giliran.domain.sealing import seal

HEAD = 8
"""Bytes of a digest that are compared at once: of a million people two agree in them once in 37 million draws."""


MOST_DRAWN = 4
"""Orders that are remembered: of a million people each takes 16 MB."""


def default_seed(first_day: dt.date) -> int:
    """The first day of the horizon as a number, 20210712; a constant would let the same names win every tie."""
    return int(first_day.strftime("%Y%m%d"))


def lottery_order(ids: Sequence[str], seed: int, first_day: dt.date, account: str = "") -> NDArray[np.int64]:
    """Rows of people in the order that the lottery drew.

    Parameters
    ----------
    ids
        Staff ids, in any order.
    seed, first_day, account
        The key of the draw; accounts (goal or duty rule) are drawn apart.

    Returns
    -------
    int64[E]
        `order[0]` is the row of the person drawn first. Permuting `ids` permutes rows, never people.
    """
    return _drawn(tuple(ids), seed, first_day, account)


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(ids: tuple[str, ...], seed: int, first_day: dt.date, account: str) -> NDArray[np.int64]:
    """The order; drawn once for instances that are changed and solved again."""
    key = f"{seed}|{first_day.isoformat()}|{account}|".encode()
    digests = [sha256(key + id_.encode()).digest() for id_ in ids]
    heads = np.frombuffer(b"".join([digest[:HEAD] for digest in digests]), dtype=">u8").astype(np.uint64)
    order = np.argsort(heads)
    drawn = heads[order]
    if (drawn[1:] > drawn[:-1]).all():
        return seal(order)
    return seal(np.array(sorted(range(len(ids)), key=lambda e: (digests[e], ids[e])), dtype=np.int64))
