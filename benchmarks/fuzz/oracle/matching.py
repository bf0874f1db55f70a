"""Who can stand for what at the same time: the largest matching, by augmenting one person after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

T = TypeVar("T")

Seats = Sequence[tuple[Collection[int], int]]
"""For each group its members and its number of seats."""


def joined(items: Sequence[T], tied: Callable[[T, T], bool]) -> list[list[T]]:
    """Items in parts: those tied to each other, directly or through others, together."""
    parts: list[list[T]] = []
    for item in items:
        near = [part for part in parts if any(tied(item, other) for other in part)]
        parts = [part for part in parts if part not in near] + [[each for part in near for each in part] + [item]]
    return parts


def most_seated(seats: Seats, people: Collection[int]) -> int:
    """How many of some people can be given a seat, nobody two of them.

    A group has so many seats for its members.
    """
    taken: dict[tuple[int, int], int] = {}

    def seat(person: int, tried: set[tuple[int, int]]) -> bool:
        for g, (members, number) in enumerate(seats):
            for k in range(number) if person in members else ():
                if (g, k) in tried:
                    continue
                tried.add((g, k))
                if (g, k) not in taken or seat(taken[g, k], tried):
                    taken[g, k] = person
                    return True
        return False

    return sum(seat(person, set()) for person in sorted(people))


def shared_out(seats: Seats) -> list[int]:
    """How many seats of each group are filled when as many as possible are: one in every group first, then a second, and so on."""
    people = {person for members, _ in seats for person in members}
    filled = [0] * len(seats)
    for turn in range(max((number for _, number in seats), default=0)):
        for g, (_, number) in enumerate(seats):
            more = [(members, many + (k == g)) for k, ((members, _), many) in enumerate(zip(seats, filled, strict=True))]
            if turn < number and filled[g] == turn and most_seated(more, people) == sum(filled) + 1:
                filled[g] += 1
    return filled
