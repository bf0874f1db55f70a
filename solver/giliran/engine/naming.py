"""Naming duty officers: who of those in the office stands for duty, by least squares of duty balances. Changes no place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from ortools.graph.python import min_cost_flow

from giliran.domain.facts import Cells
from giliran.domain.lottery import lottery_order
from giliran.engine.arrays import components, starts_of
from giliran.errors import InternalError
from giliran.program import Ints
from giliran.rules.answers import Duty

DAY = 1000
"""Thousandths in a day."""

STEP = 500
"""Balances are rounded to this many thousandths, half up, as in fair shares: smaller differences are left to the lottery."""


@dataclass(frozen=True)
class _Slots:
    """Duties to fill and who could: `(person, slot)` pairs, a slot being a duty group on a day.

    Parameters
    ----------
    person, slot : int64[K]
        Sorted by lottery rank of the person, then by slot.
    day : int64[S]
    need : int64[S]
        People to name, never more than could be.
    """

    person: Ints
    slot: Ints
    day: Ints
    need: Ints


def name_duty(duty: Duty, office: Cells, *, balance: Ints, seed: int, first_day: dt.date, ids: Sequence[str]) -> Cells:
    """Name exactly `need` of the open members in the office, per duty group and day.

    Minimises `Σ (1000·n + β)²`, `n` the days that a person is named and `β` the balance less the share of what is asked, then the sum of
    lottery ranks of the people named, in the lottery of the duty's account. A person is named at most once a day; where members of
    several groups leave too few people, as many as possible are named.

    Parameters
    ----------
    office
        Cells in the office : bool[E, D].
    balance
        Duty balance of everybody in thousandths of a day : int64[E].

    Returns
    -------
    bool[E, D]
        True = named.
    """
    order = lottery_order(ids, seed, first_day, duty.account)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    beta = rounded(balance - shares(duty, len(balance)))
    slots = _slots(duty, office, rank)
    named = np.zeros(office.shape, dtype=np.bool_)
    people = len(balance)
    # A person and all slots the person could fill are tied together; components are named apart.
    tie = np.stack([slots.person, people + slots.slot], axis=1).reshape(-1)
    label = components(people + len(slots.need), starts_of(np.full(len(slots.person), 2, dtype=np.int64)), tie)[slots.person]
    by_label = np.argsort(label, kind="stable")
    cuts = np.flatnonzero(np.diff(label[by_label])) + 1
    for pairs in np.split(by_label, cuts):
        if len(pairs):
            chosen = pairs[_fill(slots, pairs, beta, rank)]
            named[slots.person[chosen], slots.day[slots.slot[chosen]]] = True
    return named


def shares(duty: Duty, people: int) -> Ints:
    """What each is asked: `need` over the open members, summed over days, in thousandths of a day rounded half up : int64[people]."""
    size = np.zeros(duty.need.shape, dtype=np.int64)
    np.add.at(size, duty.group, duty.open.astype(np.int64))
    total: dict[int, Fraction] = {}
    known: dict[tuple[int, bytes], Fraction] = {}
    for person, group, days in zip(duty.person.tolist(), duty.group.tolist(), duty.open, strict=True):
        key = (group, days.tobytes())
        if key not in known:
            terms = (Fraction(int(duty.need[group, d]), int(size[group, d])) for d in np.flatnonzero(days))
            known[key] = sum(terms, Fraction(0))
        total[person] = total.get(person, Fraction(0)) + known[key]
    out = np.zeros(people, dtype=np.int64)
    for person, share in total.items():
        out[person] = (2 * DAY * share.numerator + share.denominator) // (2 * share.denominator)
    return out


def rounded(thousandths: Ints) -> Ints:
    """Multiples of `STEP`, half up : int64[n]."""
    return np.asarray((2 * thousandths + STEP) // (2 * STEP) * STEP)


def _slots(duty: Duty, office: Cells, rank: Ints) -> _Slots:
    days = office.shape[1]
    here = duty.open & office[duty.person] & (duty.need[duty.group] > 0)
    member, day = np.nonzero(here)
    person, slot = duty.person[member], duty.group[member] * days + day
    by_rank = np.lexsort((slot, rank[person]))
    person, slot = person[by_rank], slot[by_rank]
    present = np.bincount(slot, minlength=duty.need.size).astype(np.int64)
    return _Slots(person, slot, np.tile(np.arange(days), len(duty.need)), np.minimum(duty.need.reshape(-1), present))


def _fill(slots: _Slots, pairs: Ints, beta: Ints, rank: Ints) -> Ints:
    """Which of some pairs are named: a flow from people over their days to slots, at least cost : indices into `pairs`.

    The k-th day of a person costs `1000·(2k - 1) + 2β` (a thousandth of how the square grows), times more than all ranks together.
    """
    people, person = np.unique(rank[slots.person[pairs]], return_inverse=True)
    used, slot = np.unique(slots.slot[pairs], return_inverse=True)
    visits, visit = np.unique(person * len(slots.day) + slots.day[slots.slot[pairs]], return_inverse=True)
    owner = visits // len(slots.day)
    many = np.bincount(owner, minlength=len(people)).astype(np.int64)
    source, sink = len(people) + len(visits) + len(used), len(people) + len(visits) + len(used) + 1
    tier = 1 + len(people) * int(slots.need[used].sum())
    k = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    climber = np.repeat(np.arange(len(people)), many)
    lottery_row = np.empty(len(rank), dtype=np.int64)
    lottery_row[rank] = np.arange(len(rank))
    cost = (DAY * (2 * k + 1) + 2 * beta[lottery_row[people[climber]]]) * tier + climber
    nothing = np.zeros(1, dtype=np.int64)
    arcs = (
        (np.full(len(climber), source), climber, np.ones(len(climber), dtype=np.int64), cost),
        (owner, len(people) + np.arange(len(visits)), np.ones(len(visits), dtype=np.int64), nothing.repeat(len(visits))),
        (len(people) + visit, len(people) + len(visits) + slot, np.ones(len(slot), dtype=np.int64), nothing.repeat(len(slot))),
        (len(people) + len(visits) + np.arange(len(used)), np.full(len(used), sink), slots.need[used], nothing.repeat(len(used))),
    )
    tail, head, capacity, price = (np.concatenate([arc[c] for arc in arcs]) for c in range(4))
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), capacity, price)
    flow.set_node_supply(source, int(slots.need[used].sum()))
    flow.set_node_supply(sink, -int(slots.need[used].sum()))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise InternalError(f"naming duty officers ended with {status.name}")
    first = len(climber) + len(visits)
    return np.flatnonzero(flow.flows(np.arange(first, first + len(slot), dtype=np.int32)))
