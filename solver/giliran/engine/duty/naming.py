"""Naming duty officers: who of those in the office stands for duty, by least squares of duty balances. Changes no place."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.lottery import lottery_order
from giliran.engine.base.alike import packed
from giliran.engine.base.arrays import components
from giliran.engine.duty.filling import DAY, PINNED, PUBLISHED, Batch, fill
from giliran.program import Ints
from giliran.rules.answers import Duty, Promised

STEP = 500
"""Balances are rounded to this many thousandths, half up, as in fair shares: smaller differences are left to the lottery."""

LARGEST = 1 << 62
"""Sums that reach this are counted in Python's own integers."""

BATCH = 1_500
"""Pairs of people and slots that are made into arrays together; components are never cut."""


FEW = 4
"""Fewer than one in so many of the staff are few."""


@dataclass(frozen=True)
class _Slots:
    """Duties to fill and who could: `(person, slot)` pairs, a slot being a duty group on a day.

    Parameters
    ----------
    person, slot : int64[K]
        Lottery rank of the person, and the slot; sorted by component, then by rank and slot.
    component : int64[K]
        Smallest rank of all people who are tied to this one by slots that they could fill.
    worth : int64[K]
        `PINNED` or `PUBLISHED` for names that are promised, else 0.
    day : int64[S]
    need : int64[S]
        People to name, never more than could be.
    """

    person: Ints
    slot: Ints
    component: Ints
    worth: Ints
    day: Ints
    need: Ints


def name_duty(
    duty: Duty,
    office: Cells,
    *,
    balance: Ints,
    seed: int,
    first_day: dt.date,
    ids: Sequence[str],
    promised: Promised | None = None,
    each: Callable[..., Iterable[Ints]] = map,
) -> CellSet:
    """Name exactly `need` of the open members in the office, per duty group and day.

    Names that are fixed stand, and count. Of the others as many pinned ones as can be are kept, then as many published ones. Then it
    minimises `Σ (1000·n + β)²`, `n` the days that a person is named and `β` the balance less the share of what is asked, then the sum of
    lottery ranks of the people named, in the lottery of the duty's account. A person is named at most once a day; where members of
    several groups leave too few people, as many as possible are named.

    Parameters
    ----------
    office
        Cells in the office : bool[E, D].
    balance
        Duty balance of everybody in thousandths of a day : int64[E].
    promised
        Names that are promised already; None for none.
    each
        Calls a function with every one of some arguments, results in their order: `map`, or the `map` of an executor. Both can be
        pickled. The same people are named whatever it is.

    Returns
    -------
    CellSet
        The cells of those who are named.
    """
    member, day = candidates(duty, office, promised)
    days = office.shape[1]
    fixed = np.zeros(0, dtype=np.int64) if promised is None else np.flatnonzero(promised.fixed)
    if not len(member):
        return CellSet.of_columns(office.shape, fixed)
    people = np.unique(duty.person[member])
    order = _drawn(people, ids, seed, first_day, duty.account)
    who, asked = shares(duty)
    beta = rounded(balance[order] - asked[np.searchsorted(who, order)]) + DAY * _days_of(order, fixed // days)
    slots, named = _slots(duty, member, day, order, promised), [fixed]
    batches = list(_batches(slots.component))
    for some, chosen in zip(batches, each(fill, (_batch(slots, some, beta) for some in batches)), strict=True):
        pairs = some.start + chosen
        named.append(order[slots.person[pairs]] * days + slots.day[slots.slot[pairs]])
    return CellSet.of_columns(office.shape, np.concatenate(named))


def shares(duty: Duty) -> tuple[Ints, Ints]:
    """Members of any group, ascending, and what each is asked: `need` over the open members, summed over days, in thousandths of a day
    rounded half up : int64[N] each.
    """
    size = np.zeros(duty.need.shape, dtype=np.int64)
    np.add.at(size, duty.group, duty.open.astype(np.int64))
    asked = (size > 0) & (duty.need > 0)
    common = [math.lcm(*sizes[used].tolist()) for sizes, used in zip(size, asked, strict=True)]
    largest = 2 * DAY * max(common, default=1) * int(duty.need.sum(axis=1).max(initial=0) + 1)
    whole = np.array(common, dtype=np.int64 if largest < LARGEST else object)
    weight = np.where(asked, duty.need * (whole[:, None] // np.maximum(size, 1)), 0)
    part, over = (duty.open * weight[duty.group]).sum(axis=1), whole[duty.group]
    who, place, times = np.unique(duty.person, return_inverse=True, return_counts=True)
    out = np.zeros(len(who), dtype=np.int64)
    alone = times[place] == 1
    out[place[alone]] = ((2 * DAY * part + over) // (2 * over))[alone].astype(np.int64)
    total: dict[int, Fraction] = {}
    for k in np.flatnonzero(~alone).tolist():
        row = int(place[k])
        total[row] = total.get(row, Fraction(0)) + Fraction(int(part[k]), int(over[k]))
    for row, share in total.items():
        out[row] = (2 * DAY * share.numerator + share.denominator) // (2 * share.denominator)
    return who, out


def _drawn(people: Ints, ids: Sequence[str], seed: int, first_day: dt.date, account: str) -> Ints:
    """Some people in lottery order.

    Only the order among them decides: hashing everybody for each of many rules would be most of the work. Where they are many, the order
    of everybody is remembered for the next instance, in which others are there.
    """
    if FEW * len(people) < len(ids):
        return people[lottery_order([ids[e] for e in people.tolist()], seed, first_day, account)]
    order = lottery_order(ids, seed, first_day, account)
    among = np.zeros(len(ids), dtype=np.bool_)
    among[people] = True
    return np.asarray(order[among[order]])


def _days_of(people: Ints, person: Ints) -> Ints:
    """How often each of some people stands among others : int64[len(people)]."""
    found = np.sort(person)
    return np.asarray(np.searchsorted(found, people, side="right") - np.searchsorted(found, people))


def rounded(thousandths: Ints) -> Ints:
    """Multiples of `STEP`, half up : int64[n]."""
    return np.asarray((2 * thousandths + STEP) // (2 * STEP) * STEP)


def candidates(duty: Duty, office: Cells, promised: Promised | None) -> tuple[Ints, Ints]:
    """Members who could be named, and the day : int64[K] each."""
    wanted = duty.need > 0 if promised is None else (duty.need > 0) & ~promised.closed
    here = duty.open & office[duty.person] & wanted[duty.group]
    member, day = np.nonzero(here if promised is None else here & ~promised.fixed[duty.person])
    return member, day


def worth(promised: Promised | None, person: Ints, day: Ints) -> Ints:
    """What naming people on days is worth : int64[K]."""
    if promised is None:
        return np.zeros(len(person), dtype=np.int64)
    return np.where(promised.pinned[person, day], PINNED, np.where(promised.published[person, day], PUBLISHED, 0)).astype(np.int64)


def _slots(duty: Duty, member: Ints, day: Ints, order: Ints, promised: Promised | None) -> _Slots:
    people, days = len(order), duty.need.shape[1]
    by_row = np.argsort(order)
    prized = worth(promised, duty.person[member], day)
    person, slot = by_row[np.searchsorted(order[by_row], duty.person[member])], duty.group[member] * days + day
    present = np.bincount(slot, minlength=duty.need.size).astype(np.int64)
    tie = np.stack([person, people + slot], axis=1).reshape(-1)
    component = components(people + duty.need.size, (np.arange(0, len(tie) + 1, 2), tie))[person]
    sorted_ = np.argsort(packed(component, person, slot))
    need = np.minimum(duty.need.reshape(-1), present)
    return _Slots(person[sorted_], slot[sorted_], component[sorted_], prized[sorted_], np.tile(np.arange(days), len(duty.need)), need)


def _batches(component: Ints) -> Iterator[slice]:
    """Consecutive pairs of whole components, `BATCH` of them or a little more."""
    begins = np.flatnonzero(np.diff(component, prepend=-1))
    first = 0
    for begin in [*begins[1:].tolist(), len(component)]:
        if begin - first >= BATCH or (begin == len(component) and begin > first):
            yield slice(first, begin)
            first = begin


def _batch(slots: _Slots, some: slice, beta: Ints) -> Batch:
    person, slot = slots.person[some], slots.slot[some]
    return slots.component[some], person, beta[person], slot, slots.day[slot], slots.need[slot], slots.worth[some]
