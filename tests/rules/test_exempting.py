"""People whom a cap does not count: chains of any length, and as many as can be."""

import itertools
import random

from giliran.rules.toolkit.exempting import _Seats


def seats(count, units_of, group_of):
    """Everybody standing."""
    found = _Seats(count=dict(count), units_of=dict(units_of), group_of=dict(group_of), taken={unit: [] for unit in count})
    for person, group in group_of.items():
        found.standing.setdefault(group, {})[person] = None
    return found


def test_a_chain_of_twenty_thousand_people() -> None:
    """Person k is a member of units k and k + 1, of one seat each; a last one only of unit 0: everybody moves on by one seat."""
    many = 20_000
    units = {k: [(0, k), (0, k + 1)] for k in range(many)} | {many: [(0, 0)]}
    found = seats({(0, k): 1 for k in range(many + 1)}, units, {k: 0 if k < many else 1 for k in range(many + 1)})
    assert all(found.give(0) for _ in range(many))
    assert found.give(1)
    assert not found.give(1)
    assert all(len(taken) == 1 for taken in found.taken.values())


def _possible(needs, count, units_of, group_of):
    """Whether so many of each group can be seated, by trying every assignment of a unit or none to everybody."""
    for chosen in itertools.product(*([None, *units] for units in units_of.values())):
        seated = dict(zip(units_of, chosen, strict=True))
        right = all(sum(seated[p] is not None for p, g in group_of.items() if g == group) >= need for group, need in needs.items())
        if right and all(sum(unit == u for u in seated.values()) <= limit for unit, limit in count.items()):
            return True
    return False


def test_as_many_as_can_be() -> None:
    """On random small cases a seat is given exactly when one more of that group can be seated beside those given before."""
    dice = random.Random(20210712)
    for _ in range(60):
        count = {(0, k): dice.randint(1, 2) for k in range(3)}
        units_of = {p: dice.sample(sorted(count), dice.randint(1, 2)) for p in range(6)}
        group_of = {p: dice.randrange(3) for p in units_of}
        found, needs = seats(count, units_of, group_of), dict.fromkeys(sorted(set(group_of.values())), 0)
        for group in dice.choices(list(needs), k=8):
            more = {**needs, group: needs[group] + 1}
            assert found.give(group) == _possible(more, count, units_of, group_of)
            if _possible(more, count, units_of, group_of):
                needs = more
