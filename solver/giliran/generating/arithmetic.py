"""Sums that make a generated instance feasible by construction.

Who counts under a cap and who is asked for by a floor is added up here, in the plain way of somebody with a pencil, not by the rules'
own code. A plan then exists: in every duty unit and week four people are there all week, and in every office two holders of each skill.
They take every other day, two against two and one against one, so that nobody is in the office three days in a row, and the floors use
no more seats than were added up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.generating.people import FUNCTION_WORDS, RANKS, STATUSES, Roster
from giliran.generating.province import CRITICAL, SKILLS
from giliran.text.numbers import WHOLE_SHARE

DUTY_COUNT = 2
DUTY_LEVELS = ("sekretariat", "bidang")
CAP_LEVELS = ("uptd", "opd")
DUTY_RANKS = ("pengawas", "fungsional", "pelaksana")
DUTY_STATUSES = ("kontrak",)
SPARE = 2
"""People who can take turns for one who is needed."""

_LEAST_SHARE = 2_500
_STEP = 500
_AGENCY_SHARE = 9_000


@dataclass(frozen=True)
class Seats:
    """Limits that leave room for everything that is needed.

    Parameters
    ----------
    share
        Share of the cap, basis points: 25 %, or the next step of 5 % at which every group can keep its floors.
    agency
        Seats under one limit for the whole agency: nine tenths of the seats under the caps, so that it binds on every full working
        day, but never fewer than the floors need.
    """

    share: int
    agency: int


def seats(roster: Roster, *, duty: bool, skills: bool) -> Seats:
    """Limits for the whole instance."""
    counted, needed = _groups(roster, duty=duty, skills=skills)
    share = _LEAST_SHARE
    while share < WHOLE_SHARE and np.any(_limit(counted, share) < np.minimum(needed, counted)):
        share += _STEP
    total = int(_limit(counted, share).sum())
    return Seats(share, max(total * _AGENCY_SHARE // WHOLE_SHARE, int(needed.sum()), 1))


def _limit(counted: NDArray[np.int64], share: int) -> NDArray[np.int64]:
    """Seats of each group, never none: an office cap above 0 % allows at least one."""
    return np.maximum(counted * share // WHOLE_SHARE, 1)


def _groups(roster: Roster, *, duty: bool, skills: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """People counted and people needed in every cap group : int64[G] each."""
    num_units = len(roster.units)
    cap = roster.ancestor(CAP_LEVELS)
    counted = np.bincount(cap[roster.unit[~roster.leads & ~lifted(roster)]], minlength=num_units).astype(np.int64)
    needed = np.zeros(num_units, dtype=np.int64)
    if duty:
        group = duty_groups(roster)
        eligible = np.bincount(group[group >= 0], minlength=num_units)
        np.add.at(needed, cap[np.arange(num_units)], np.minimum(eligible, DUTY_COUNT))
    for skill in SKILLS if skills else ():
        needed[np.unique(cap[roster.unit[roster.tags[skill]]])] += 1
    groups = counted > 0
    return counted[groups], needed[groups]


def lifted(roster: Roster) -> NDArray[np.bool_]:
    """People outside the caps, because their service runs in full or may : bool[E]."""
    service = roster.function == FUNCTION_WORDS.index("service")
    return np.asarray((roster.under(CRITICAL)[roster.unit] & service) | (roster.function == FUNCTION_WORDS.index("field")))


def duty_groups(roster: Roster) -> NDArray[np.int32]:
    """Duty unit of everybody who may be on duty there and can come, -1 for others : int32[E]."""
    rank = np.isin(roster.rank, [RANKS.index(word) for word in DUTY_RANKS])
    status = np.isin(roster.status, [STATUSES.index(word) for word in DUTY_STATUSES])
    unit = roster.ancestor(DUTY_LEVELS)[roster.unit]
    return np.where((rank | status) & ~roster.home_only, unit, -1).astype(np.int32)


def skill_groups(roster: Roster, skill: str) -> NDArray[np.int32]:
    """Office of every holder of a skill, -1 for others : int32[E]."""
    return np.where(roster.tags[skill], roster.ancestor(("opd",))[roster.unit], -1).astype(np.int32)
