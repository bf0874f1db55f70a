"""Which duty unit everybody named serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.units import NO_UNIT
from giliran.rules.answers import Duty, Serving
from giliran.rules.groups import NO_GROUP
from giliran.rules.kinds.duty_officers.matching import Tangle, matched

Spot = tuple[int, int]
"""A person and a day."""


def serving(duty: Duty, tangled: Sequence[Tangle], named: CellSet) -> list[Serving]:
    """Names by duty group and day, earlier days first; who is in E of no group that needs anybody stands under none.

    Parameters
    ----------
    tangled
        The units that share people; whoever is named beyond what they need serves the first of his own.
    named
        The cells that the rule names.
    """
    people, days = (axis.tolist() for axis in named.spots())
    group_of = {**_alone(duty, named), **_apart(duty, tangled, set(zip(people, days, strict=True)))}
    found: dict[tuple[int, int], list[int]] = {}
    for spot in sorted(zip(people, days, strict=True)):
        found.setdefault((spot[1], group_of.get(spot, NO_GROUP)), []).append(spot[0])
    return [
        Serving(NO_UNIT if group == NO_GROUP else int(duty.groups_unit[group]), day, tuple(some))
        for (day, group), some in sorted(found.items())
    ]


def _alone(duty: Duty, named: CellSet) -> Mapping[Spot, int]:
    """The group of everybody who is in one; of several, any of them."""
    near = np.flatnonzero(np.isin(duty.person, named.who))
    asked = duty.need > 0 if duty.seats is None else duty.seats > 0
    row, day = np.nonzero(duty.open[near] & asked[duty.group[near]])
    member = near[row]
    return dict(zip(zip(duty.person[member].tolist(), day.tolist(), strict=True), duty.group[member].tolist(), strict=True))


def _apart(duty: Duty, tangled: Sequence[Tangle], named: set[Spot]) -> Mapping[Spot, int]:
    """The group of everybody who is named for units that share people."""
    found: dict[Spot, int] = {}
    for tangle in tangled:
        people = [person for person in tangle.member_of if (person, tangle.day) in named]
        asked = duty.need if duty.seats is None else duty.seats
        held = matched(tangle, people, {g: int(asked[g, tangle.day]) for g in tangle.groups})
        found |= {(person, tangle.day): held.get(person, tangle.member_of[person][0]) for person in people}
    return found
