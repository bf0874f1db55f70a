"""The arithmetic of fair shares: expected loads of cells, their sums, and what is compared. Integers and exact fractions only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import THOUSANDTHS, Cells
from giliran.program import INFINITE
from giliran.rules.answers import Counts, Limit, Sense
from giliran.rules.groups import NO_GROUP
from giliran.rules.view import View

_SHIFT = 40
"""Binary digits after the point in which loads are first added; what they leave undecided is added exactly."""

_BITS = 62
"""Binary digits of a number that fits a signed 64-bit integer with room for a sign and a carry."""


@dataclass(frozen=True)
class Loads:
    """Loads expected at some cells, as fractions `num / den` from 0 to 1.

    Parameters
    ----------
    person, day : int64[N]
        The cells, people in row order.
    num, den : int64[N]
    """

    person: Counts
    day: Counts
    num: Counts
    den: Counts

    def thousandths(self, shape: tuple[int, int]) -> Counts:
        """The loads by cell, rounded half up, 0 where there is none : int64[E, D]."""
        table = np.zeros(shape, dtype=np.int64)
        table[self.person, self.day] = (2 * THOUSANDTHS * self.num + self.den) // (2 * self.den)
        return table


@dataclass(frozen=True)
class FairShares:
    """What a fairness goal compares.

    Parameters
    ----------
    counted : bool[E, D]
        Cells that count.
    share, balance
        Fair share and earlier balance, thousandths of a day : int64[E].
    beta
        Balance less fair share, rounded half up to the goal's step : int64[E].
    """

    counted: Cells
    share: Counts
    balance: Counts
    beta: Counts


def fair_shares(view: View, counted: Cells, account: str, step: int, *, equal: bool = False) -> FairShares:
    """Fair shares of everybody over the counted cells, with the balances of an account.

    Parameters
    ----------
    equal
        Whether all who have a counted cell are asked for the same: the mean of what is expected of them.
    """
    share = sum_loads(expected_loads(view, counted), view.facts.num_people)
    if equal:
        share = evenly(share, np.asarray(counted.any(axis=1)))
    balance = view.facts.balance(account)
    return FairShares(counted, share, balance, round_half_up(balance - share, step))


def evenly(total: Counts, among: NDArray[np.bool_]) -> Counts:
    """What some numbers add up to in equal parts for some people, rounded half up, 0 for all others : int64[E]."""
    people = max(int(among.sum()), 1)
    return np.where(among, (2 * int(total.sum()) + people) // (2 * people), 0)


def round_half_up(value: Counts, step: int) -> Counts:
    """The nearest multiples of `step`, halves up."""
    return (2 * value + step) // (2 * step) * step


def expected_loads(view: View, counted: Cells) -> Loads:
    """The load expected at each counted cell.

    Where the office shall be as full as possible it is the smallest part of its free cells that a cap leaves room for, 1 without a cap,
    but never less than the largest part that a floor asks for; elsewhere floors count alone, and the load is 0 without a floor.
    """
    person, day = np.nonzero(counted)
    spot_of = np.full(counted.shape, NO_GROUP, dtype=np.int64)
    spot_of[person, day] = np.arange(len(person))
    cap_num, cap_den = np.ones_like(person), np.ones_like(person)
    floor_num, floor_den = np.zeros_like(person), np.ones_like(person)
    for limit in view.limits:
        at = _counted_at(limit, spot_of)
        where = limit.groups.at(person[at], day[at]), day[at]
        fixed, free = limit.groups.count(limit.counted & view.forced_office), limit.groups.count(limit.counted & view.free)
        for bound, sign in ((limit.most, -1), (limit.least, 1)):
            bounded = limit.active & (np.abs(bound) < INFINITE) & (free > 0)
            if not bounded.any():
                continue
            chosen = at[bounded[where]]
            spot = limit.groups.at(person[chosen], day[chosen]), day[chosen]
            new_num, new_den = np.clip(bound - fixed, 0, free)[spot], free[spot]
            old_num, old_den = (cap_num, cap_den) if sign < 0 else (floor_num, floor_den)
            better = sign * (new_num * old_den[chosen] - old_num[chosen] * new_den) > 0
            old_num[chosen[better]], old_den[chosen[better]] = new_num[better], new_den[better]
    full = view.aim.office[person, day] & (cap_num * floor_den > floor_num * cap_den)
    return Loads(person, day, np.where(full, cap_num, floor_num), np.where(full, cap_den, floor_den))


def _counted_at(limit: Limit, spot_of: Counts) -> Counts:
    """Which of the counted cells, numbered by `spot_of`, a limit counts in a group : int64[·] ascending."""
    found = spot_of[limit.counted.where(limit.groups.gid != NO_GROUP).spots()]
    return np.asarray(found[found != NO_GROUP])


def sum_loads(loads: Loads, people: int) -> Counts:
    """The loads of each person added, in thousandths, rounded half up once : int64[E].

    Notes
    -----
    Every load is first cut off after `_SHIFT` binary digits, so a sum of n cut loads is short of the true one by less than n units. Where
    both ends of that range round alike, that is the answer; the few others are added as fractions.
    """
    share = np.zeros(people, dtype=np.int64)
    if not len(loads.person):
        return share
    shift = min(_SHIFT, _BITS - int(loads.den.max()).bit_length())
    scaled, rest = np.divmod(loads.num << shift, loads.den)
    found, start = np.unique(loads.person, return_index=True)
    least = np.add.reduceat(scaled, start)
    most = least + np.add.reduceat((rest > 0).astype(np.int64), start)
    half = 1 << (shift - 1)
    low, high = (THOUSANDTHS * least + half) >> shift, (THOUSANDTHS * most + half) >> shift
    share[found] = low
    end = np.append(start[1:], len(loads.person))
    for k in np.flatnonzero(low != high).tolist():
        share[found[k]] = _exact(loads, slice(int(start[k]), int(end[k])))
    return share


def _exact(loads: Loads, part: slice) -> int:
    total = sum((Fraction(n, d) for n, d in zip(loads.num[part].tolist(), loads.den[part].tolist(), strict=True)), Fraction(0))
    return int((2 * THOUSANDTHS * total + 1) // 2)


def unreached(view: View, counted: Cells) -> Cells:
    """Counted cells of units that fairness alone would empty, though somebody could come : bool[E, D].

    Notes
    -----
    Looked at unit of assignment by unit of assignment: one is reached when an aim, a floor, an equality or a wish for office days of
    single people touches any of its counted cells, or would if the person were not absent. Cells under a cap without room are at home
    whatever fairness wants.
    """
    touched, closed = view.aim.office | view.aim.home, np.zeros_like(counted)
    for statement in view.statements:
        wanted = statement.needs_office(view)
        if wanted is not None:
            wanted.put(touched)
        for limit in view.limits_of(statement):
            asked, full = _asked_and_full(view, limit)
            asked.put(touched)
            full.put(closed)
    units = view.facts.unit
    reached = np.zeros(len(view.facts.units), dtype=np.bool_)
    away = view.facts.absent & view.facts.has_cell & ~view.forced_office & ~view.forced_home
    reached[units[(counted | away) & touched]] = True
    return np.asarray(counted & ~closed & ~reached[units])


def _asked_and_full(view: View, limit: Limit) -> tuple[CellSet, CellSet]:
    """Cells of which a limit asks for some, and cells for which it leaves no room."""
    inside = limit.counted.where(limit.groups.gid != NO_GROUP)
    if not inside.any():
        return inside, inside
    asked = limit.active & ((limit.least > 0) | (limit.sense is Sense.EXACT))
    fixed = limit.groups.count(limit.counted & view.forced_office)
    full = limit.active & (limit.relaxed <= fixed) & limit.must
    spread = limit.groups.spread
    return inside.where(spread(asked.astype(np.int64)) > 0), inside.where(spread(full.astype(np.int64)) > 0)
