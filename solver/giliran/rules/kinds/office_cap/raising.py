"""How far caps rise for duty officers whom they leave no room for: in the group and on the day that need them, nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.rules.answers import Counts, Duty
from giliran.rules.groups import NO_GROUP, Groups


def raised(cap: Counts, wanted: Counts, fixed: Counts) -> Counts:
    """`cap + max(0, D − max(0, cap − F))` for every group and day : int64[G, D].

    Parameters
    ----------
    wanted
        Officers `D` who still have to come : int64[G, D].
    fixed
        People `F` who are fixed in the office and take a seat under the cap : int64[G, D].
    """
    return np.asarray(cap + np.maximum(wanted - np.maximum(cap - fixed, 0), 0))


def wanted_inside(duties: Sequence[Duty], groups: Groups, counted: CellSet, fixed: Cells) -> Counts:
    """Officers who still have to come, over all duty units inside one capped group that day : int64[G, D].

    A unit is inside where its people lie in that group or in none. It wants its need less those of its people who are fixed in the office,
    and less those whom the cap does not count anyway, because they are left out of it or stand in none of its groups.
    """
    days = fixed.shape[1]
    total = np.zeros(len(groups) * days, dtype=np.int64)
    for duty in duties:
        member, day = np.nonzero(duty.open & (duty.need > 0)[duty.group])
        person, spot = duty.person[member], duty.group[member] * days + day
        gid = groups.at(person, day)
        low, high = np.full(duty.need.size, len(groups), dtype=np.int64), np.full(duty.need.size, -1, dtype=np.int64)
        np.minimum.at(low, spot[gid >= 0], gid[gid >= 0])
        np.maximum.at(high, spot, gid)
        at_hand = fixed[person, day] | ~counted.at(person, day) | (gid == NO_GROUP)
        wanted = np.maximum(duty.need.reshape(-1) - np.bincount(spot[at_hand], minlength=duty.need.size), 0)
        inside = np.flatnonzero((low == high) & (high >= 0))
        np.add.at(total, high[inside] * days + inside % days, wanted[inside])
    return total.reshape(len(groups), days)
