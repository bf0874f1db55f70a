"""People who could be named under several duty rules, as columns of pairs of a person and a duty group on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.lottery import lottery_order
from giliran.engine.duty import naming
from giliran.program import Ints
from giliran.rules.answers import Duty, Promised


@dataclass(frozen=True)
class Request:
    """A duty that needs names.

    Parameters
    ----------
    duty
        Who may be named, and how many are needed.
    balance
        Balance of everybody in the duty's account, thousandths of a day : int64[E].
    promised
        Names that are promised already; None for none.
    """

    duty: Duty
    balance: Ints
    promised: Promised | None = None

    def serving(self, office: Cells) -> Cells:
        """Cells in the office of people who can have had the duty, resting afterwards : bool[E, D]."""
        rest = self.duty.rest
        return office if rest is None else office & ~rest.missed(office)


@dataclass(frozen=True)
class Draw:
    """The key of the lottery: seed, first day of the horizon, and staff ids."""

    seed: int
    first_day: dt.date
    ids: Sequence[str]


@dataclass(frozen=True)
class Pairs:
    """Everybody who could be named, under every rule, on every day and for every group.

    Parameters
    ----------
    rule, person, group, day : int64[K]
        Index of the request, person, group and day; sorted by rule, lottery rank of the rule's account, day and group.
    rank : int64[K]
        Lottery rank of the person among those tied to it.
    worth : int64[K]
        As in `naming.worth`.
    """

    rule: Ints
    person: Ints
    group: Ints
    day: Ints
    rank: Ints
    worth: Ints

    def __len__(self) -> int:
        return len(self.rule)

    def slot(self, days: int) -> Ints:
        """A number for the rule, group and day of each : int64[K]."""
        return np.asarray((self.rule * (1 + int(self.group.max(initial=0))) + self.group) * days + self.day)

    def some(self, which: NDArray[np.bool_] | Ints) -> Pairs:
        """Only those marked, or those listed."""
        return Pairs(*(values[which] for values in (self.rule, self.person, self.group, self.day, self.rank, self.worth)))


def pairs_of(requests: Sequence[Request], office: Cells) -> Pairs:
    """Everybody who could be named, rule after rule, without a rank yet."""
    parts = []
    for index, request in enumerate(requests):
        duty = request.duty
        member, day = naming.candidates(duty, request.serving(office), request.promised)
        person = duty.person[member]
        none = np.zeros(len(member), dtype=np.int64)
        parts.append((none + index, person, duty.group[member], day, none, naming.worth(request.promised, person, day)))
    return Pairs(*(np.concatenate(columns).astype(np.int64) for columns in zip(*parts, strict=True)))


def drawn(pairs: Pairs, requests: Sequence[Request], draw: Draw, component: Ints) -> Pairs:
    """Pairs with their ranks, in their order; everybody is drawn once for each account that is left.

    Parameters
    ----------
    component
        Of every pair : int64[K]. Ranks count people of the same component and account, so that others change none of them.
    """
    place, rank = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.int64)
    for account, mine in by_account(requests, pairs):
        place[mine] = np.argsort(lottery_order(draw.ids, draw.seed, draw.first_day, account))[pairs.person[mine]]
        among = np.unique(np.stack([component[mine], place[mine]]), axis=1)
        first = np.searchsorted(among[0], component[mine])
        width = len(draw.ids)
        rank[mine] = np.searchsorted(among[0] * width + among[1], component[mine] * width + place[mine]) - first
    return replace(pairs, rank=rank).some(np.lexsort((pairs.group, pairs.day, place, pairs.rule)))


def by_account(requests: Sequence[Request], pairs: Pairs) -> Iterator[tuple[str, Ints]]:
    """Accounts, and the pairs of each : int64[...]; accounts without any are left out."""
    names = sorted({request.duty.account for request in requests})
    number = {name: index for index, name in enumerate(names)}
    account = np.array([number[request.duty.account] for request in requests], dtype=np.int64)[pairs.rule]
    order = np.argsort(account, kind="stable")
    ends = np.searchsorted(account[order], np.arange(len(names) + 1)).tolist()
    return ((name, order[first:last]) for name, first, last in zip(names, ends, ends[1:], strict=False) if last > first)
