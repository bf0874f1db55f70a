"""From arrays to a plan."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from giliran.arguments import check_arrays
from giliran.arrays.given import Arrays
from giliran.domain.facts import Cells
from giliran.domain.sealing import Sealed
from giliran.domain.status import Status
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import SolveOptions, solve

Numbers = int | NDArray[np.integer[Any]]
"""A number of people a day: the same every day, or an array."""


@dataclass(frozen=True, eq=False)
class ArrayPlan(Sealed):
    """A plan as arrays.

    Parameters
    ----------
    office
        Who is in the office : bool[E, D].
    planned
        Cells that have a plan : bool[E, D]; false where somebody is not available, or no plan was found.
    status
        Whether it is proven best.
    values, bounds
        What the plan costs in each tier, most important first, and what no plan can go below.
    result
        Everything about it.
    """

    office: Cells
    planned: Cells
    status: Status
    values: Mapping[str, int]
    bounds: Mapping[str, int]
    result: Result


def solve_arrays(
    available: NDArray[np.bool_],
    *,
    most: Numbers | None = None,
    least: Numbers | None = None,
    group: NDArray[np.integer[Any]] | None = None,
    group_most: Numbers | None = None,
    group_least: Numbers | None = None,
    wish: NDArray[np.integer[Any]] | None = None,
    fixed: NDArray[np.integer[Any]] | None = None,
    aim: str = "most_office",
    fair: bool = True,
    options: SolveOptions | None = None,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    **strange: Never,
) -> ArrayPlan:
    """Plan E people over D days that follow each other, given as arrays alone.

    Parameters
    ----------
    available
        bool[E, D], True = works that day, in the office or at home. Days are any: no weekday and no holiday is known.
    most, least
        People in the office a day, at most and at least: a number, or int[D]. Where fewer are available than at least, all of them.
    group
        The group of each person: int[E], any whole numbers.
    group_most, group_least
        The same in each group: a number, int[G] or int[G, D], with groups in the order of `numpy.unique(group)`.
    wish
        int[E, D]: above 0 a wish for the office, below 0 for home, with its weight; 0 for none. Those of unavailable days are not used.
    fixed
        int[E, D]: `Place` that is held: 0 for none, 1 for the office, 2 for home.
    aim
        "most_office" or "most_home"; it comes first.
    fair
        Whether days in the office are shared fairly, after the aim and before wishes.
    options, cancel, progress
        As for `solve`.
    **strange
        None: whatever else is given is told.

    Returns
    -------
    ArrayPlan
        With the plan that was found; `result.require()` demands one.

    Raises
    ------
    InputError
        With every array of another kind or shape and every number that cannot be, and as `solve`.
    """
    arrays = Arrays(available, group)
    data = arrays.sections()
    numbers = {"most": most, "least": least, "group_most": group_most, "group_least": group_least}
    others = {"cancel": cancel, "progress": progress}
    named = [*numbers, "group", "wish", "fixed", "aim", "fair"]
    arrays.problems += check_arrays(options, SolveOptions, others, named, strange)
    data["rules"] = [rule for name, given in numbers.items() for rule in arrays.limits(name, given)]
    wishes, pins = arrays.wishes(wish), arrays.pins(fixed)
    data["goals"] = arrays.goals(aim, fair=fair, wished=wishes is not None)
    if arrays.problems:
        raise InputError(arrays.problems)
    data |= {name: table for name, table in (("wishes", wishes), ("pins", pins)) if table is not None}
    result = solve(Instance.build(data), options, cancel=cancel, progress=progress)
    planned = result.schedule.planned(result.instance.facts)
    values = {tier.name: tier.value for tier in result.tiers}
    bounds = {tier.name: tier.bound for tier in result.tiers}
    return ArrayPlan(result.schedule.office, planned, result.status, values, bounds, result)
