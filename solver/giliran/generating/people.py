"""Who sits in the units: ranks, statuses, functions, marks. Synthetic people without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from giliran.generating.dice import Dice
from giliran.generating.shape import Shape, UnitRow

RANKS = ("", "jpt_madya", "jpt_pratama", "administrator", "pengawas", "fungsional", "pelaksana")
STATUSES = ("pns", "pppk", "pppk_pw", "honorer", "ptt", "kontrak")
FUNCTION_WORDS = ("admin", "service", "field")

LEADERS = ("jpt_madya", "jpt_pratama", "administrator")
"""The ranks that circulars keep in the office."""

FUNCTIONS: Mapping[str, tuple[int, int, int]] = {
    "office": (1000, 0, 0),
    "mixed": (850, 120, 30),
    "counter": (450, 550, 0),
    "ward": (40, 960, 0),
    "care": (150, 850, 0),
    "field": (200, 150, 650),
}
"""Per mille of admin, service and field work, by kind of work."""

KINDS = (
    ("fungsional", "pns"),
    ("fungsional", "pppk"),
    ("pelaksana", "pns"),
    ("pelaksana", "pppk"),
    ("pelaksana", "pppk_pw"),
    ("", "honorer"),
    ("", "ptt"),
    ("", "kontrak"),
)
"""Rank and status of people who lead nothing; contract staff have no rank."""

ERAS: Mapping[str, tuple[int, ...]] = {
    "pandemic": (230, 30, 440, 0, 0, 160, 60, 80),
    "reform": (260, 70, 330, 90, 170, 0, 0, 80),
}
"""Per mille of each of `KINDS`: 2020 to 2022, with honorer and few PPPK; since 2025, with part-time PPPK in their place."""


@dataclass(frozen=True)
class Roster:
    """Units and people as columns.

    Parameters
    ----------
    units
        Parents before children.
    unit
        Index of each person's unit : int32[E].
    rank, status, function
        Indices into `RANKS`, `STATUSES`, `FUNCTION_WORDS` : int8[E].
    head
        Leads that unit : bool[E].
    home_only
        May only work at home : bool[E].
    number
        Number in the synthetic id : int64[E].
    tags
        Who carries each tag : bool[E].
    digits
        Digits of an id at least.
    """

    units: tuple[UnitRow, ...]
    unit: NDArray[np.int32]
    rank: NDArray[np.int8]
    status: NDArray[np.int8]
    function: NDArray[np.int8]
    head: NDArray[np.bool_]
    home_only: NDArray[np.bool_]
    number: NDArray[np.int64]
    tags: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    digits: int = 5

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def leads(self) -> NDArray[np.bool_]:
        """Holds a rank that circulars keep in the office : bool[E]."""
        return np.isin(self.rank, [RANKS.index(rank) for rank in LEADERS])

    def ids(self) -> list[str]:
        """Synthetic ids, `P-` and a number."""
        width = max(self.digits, len(str(int(self.number.max(initial=0)))))
        return [f"P-{number:0{width}d}" for number in self.number.tolist()]

    def ancestor(self, levels: tuple[str, ...]) -> NDArray[np.int32]:
        """For each unit the nearest one at or above it with one of `levels` : int32[U], -1 where there is none."""
        index = {row.id: u for u, row in enumerate(self.units)}
        found = np.full(len(self.units), -1, dtype=np.int32)
        for u, row in enumerate(self.units):
            found[u] = u if row.level in levels else (found[index[row.parent]] if row.parent else -1)
        return found

    def under(self, tag: str) -> NDArray[np.bool_]:
        """Units that carry a tag, by themselves or from above : bool[U]."""
        index = {row.id: u for u, row in enumerate(self.units)}
        found = np.zeros(len(self.units), dtype=np.bool_)
        for u, row in enumerate(self.units):
            found[u] = tag in row.tags if row.tags or not row.parent else found[index[row.parent]]
        return found


def people(dice: Dice, shape: Shape, *, era: str, home_only: int, first: int = 1) -> Roster:
    """Fill the posts of a shape with people.

    Parameters
    ----------
    dice
        Chance of its own.
    shape
        Units and posts.
    era
        A key of `ERAS`.
    home_only
        Per mille of office workers who may only work at home; heads and people at counters, in wards or in the field never do.
    first
        Number of the first id.
    """
    index = {row.id: u for u, row in enumerate(shape.units)}
    sizes = np.array([post.size for post in shape.posts], dtype=np.int64)
    total = int(sizes.sum())
    post_of = np.repeat(np.arange(len(sizes)), sizes)
    head = np.zeros(total, dtype=np.bool_)
    starts = np.cumsum(sizes) - sizes
    lead = np.array([RANKS.index(post.lead) for post in shape.posts], dtype=np.int8)
    head[starts[lead > 0]] = True
    kind = dice.pick(ERAS[era], total)
    rank = np.array([RANKS.index(rank) for rank, _ in KINDS], dtype=np.int8)[kind]
    status = np.array([STATUSES.index(status) for _, status in KINDS], dtype=np.int8)[kind]
    shares = np.array([FUNCTIONS[post.work] for post in shape.posts], dtype=np.int64)[post_of]
    draw = dice.below(1000, total)
    function = ((draw >= shares[:, 0]).astype(np.int8) + (draw >= shares[:, 0] + shares[:, 1])).astype(np.int8)
    alone = dice.chance(home_only, total) & ~head & (function == FUNCTION_WORDS.index("admin"))
    return Roster(
        units=shape.units,
        unit=np.array([index[post.unit] for post in shape.posts], dtype=np.int32)[post_of],
        rank=np.where(head, lead[post_of], rank),
        status=np.where(head, np.int8(0), status),
        function=np.where(head, np.int8(0), function),
        head=head,
        home_only=alone,
        number=np.arange(first, first + total, dtype=np.int64),
    )


def tagged(roster: Roster, tag: str, rows: NDArray[np.int64]) -> Roster:
    """The roster with a tag on some more people, rows : int64[k]."""
    marks = roster.tags.get(tag, np.zeros(len(roster), dtype=np.bool_)).copy()
    marks[rows] = True
    return replace(roster, tags={**roster.tags, tag: marks})
