"""Days of single people in a window: what is known before they are planned, and what a schedule has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.rules.kinds.days_per_person.quotas import QuotaModel
from giliran.text.numbers import WHOLE_SHARE

PerPerson = NDArray[np.int64]
"""A number for each of the people of the rule : int64[N]."""

Places = NDArray[np.int8]
"""Places of these people : int8[N, D]."""


@dataclass(frozen=True)
class Known:
    """What is known of a window before it is planned.

    Parameters
    ----------
    cells
        Present cells of the window that the rule reaches and that are not frozen : bool[N, len(window.days)].
    working
        Working days of the window, less absences that are not credited : int64[N].
    least, most
        Office days that are still asked for, and still allowed : int64[N].
    """

    cells: Cells
    working: PerPerson
    least: PerPerson
    most: PerPerson


@dataclass(frozen=True)
class Count:
    """The days of one window as a schedule has them.

    Parameters
    ----------
    chosen, done
        Days at the place in the schedule that are not frozen; those before it, frozen ones, and credited absences : int64[N].
    able, fixed, working
        Days on which the person may be there; days at home that are fixed there, where those are counted; working days less absences that
        are not credited : int64[N].
    planned
        People whose every cell of the window that is not frozen has a place : bool[N].
    """

    chosen: PerPerson
    done: PerPerson
    able: PerPerson
    fixed: PerPerson
    working: PerPerson
    planned: NDArray[np.bool_]

    @property
    def there(self) -> PerPerson:
        """Days at the place, those already behind the plan and credited absences included : int64[N]."""
        return self.chosen + self.done


def in_days(quota: QuotaModel, working: PerPerson, *, up: bool) -> PerPerson:
    """A quota in days for everybody at once."""
    if quota.share is None:
        return np.full_like(working, quota.days)
    product = working * quota.share
    return np.asarray(-(-product // WHOLE_SHARE) if up else product // WHOLE_SHARE)


def looked_up(of: Callable[[int], int], working: PerPerson) -> PerPerson:
    """A quota in days for everybody, asked once per number of working days."""
    found, place = np.unique(working, return_inverse=True)
    return np.array([of(days) for days in found.tolist()], dtype=np.int64)[place.reshape(-1)]
