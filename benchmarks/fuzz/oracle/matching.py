"""Who can stand for what at the same time: the largest matching, by augmenting one person after the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def most_seated(seats: Sequence[tuple[Collection[int], int]], people: Collection[int]) -> int:
    """How many of some people can be given a seat, nobody two of them.

    Parameters
    ----------
    seats
        For each group its members and its number of seats.
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
