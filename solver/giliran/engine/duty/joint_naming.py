"""Naming for all duty rules: each by itself, and together where people could be named under two rules on one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.named import Named
from giliran.domain.status import Status
from giliran.engine.base.arrays import components
from giliran.engine.base.outcome import EngineOptions, Outcome
from giliran.engine.duty import naming
from giliran.engine.duty.filling import DAY, PINNED, PUBLISHED
from giliran.engine.duty.pairs import Draw, Pairs, Request, by_account, drawn, pairs_of
from giliran.errors import InternalError
from giliran.program import INFINITE, Cost, Ints, Program, ProgramBuilder

TIERS = ("missing", "pinned", "twice", "published", "balances", "lottery")
LEAST = ("missing",)
"""What is asked for where there was no time for more: as many as needed, and nobody for two duties of which one is enough."""
KEEPING = ("missing", "pinned", "published", "twice", "balances", "lottery")
"""The same where announced names are kept before anybody is spared a second duty."""
Optimise = Callable[..., Outcome]
"""A program, the order of its columns and the options in, the best plan out."""
Costs = Mapping[str, Cost]
"""By the name of the tier."""


@dataclass(frozen=True)
class NamedOfficers:
    """Who is named.

    Parameters
    ----------
    duty
        For each duty rule the people named.
    unproven
        People whose names were looked for together, and not proven best before the time was over : int64[...].
    reproducible
        No limit ended that search.
    """

    duty: Named
    unproven: Ints
    reproducible: bool


def name_all(
    requests: Sequence[Request],
    office: Cells,
    draw: Draw,
    options: EngineOptions,
    each: Callable[..., Iterable[Ints]] = map,
    *,
    optimise: Optimise,
    tiers: Sequence[str] = TIERS,
) -> NamedOfficers:
    """Name officers for every duty.

    Each rule is named by itself (`naming.name_duty`). Where people who could be named under two rules on one day would be named twice
    that day, or where such rules share an account, everybody tied to them is named again, together: as many as needed, then most pinned
    names, fewest people named more than once a day, most published names (`KEEPING`: these two the other way round), least squares of the
    balances of all accounts, least sum of lottery ranks among those who are tied together. All others keep their names.

    Parameters
    ----------
    office
        Cells in the office : bool[E, D].
    options
        How the joint naming is searched.
    each
        As for `naming.name_duty`.
    optimise
        Searches it: `giliran.engine.run.optimise`, which stands above this module.
    tiers
        `TIERS`, or `KEEPING`.
    """
    requests = sorted(requests, key=lambda request: request.duty.rule)
    alone = [
        naming.name_duty(
            request.duty,
            request.serving(office),
            balance=request.balance,
            seed=draw.seed,
            first_day=draw.first_day,
            ids=draw.ids,
            promised=request.promised,
            each=each,
        )
        for request in requests
    ]
    names = {request.duty.rule: part for request, part in zip(requests, alone, strict=True)}
    pairs = _tied(requests, office, draw, alone) if len(requests) > 1 else None
    if pairs is None:
        return NamedOfficers(Named(names), np.zeros(0, dtype=np.int64), True)
    outcome = optimise(_program(requests, pairs, office.shape, tiers), order=np.arange(len(pairs)), options=options)
    if outcome.status is Status.INFEASIBLE:
        raise InternalError("naming duty officers together is impossible, though each rule was named by itself")
    rules = [request.duty.rule for request in requests]
    found = _renamed(names, rules, pairs, outcome)
    hurried = pairs.some(_short_of_names(outcome, alone_may_stand=not any(request.duty.one_each for request in requests)))
    if not len(hurried):
        return found
    in_time = replace(options, time_limit_s=None, cancel=None)  # matchings of single days, which are found at once
    outcome = optimise(_program(requests, hurried, office.shape, LEAST), order=np.arange(len(hurried)), options=in_time)
    return replace(found, duty=_renamed(dict(found.duty.parts), rules, hurried, outcome).duty)


def _short_of_names(outcome: Outcome, *, alone_may_stand: bool) -> Ints:
    """Pairs of parts that may have fewer names than they could, as the time was over before : int64[...].

    Parameters
    ----------
    alone_may_stand
        Whether parts without any plan keep what each rule has named by itself.
    """
    short = [part for part in outcome.parts if (not part.tiers[0].proven if part.tiers else not alone_may_stand)]
    return np.array(sorted(pair for part in short for pair in part.people), dtype=np.int64)


def _renamed(names: dict[str, CellSet], rules: Sequence[str], pairs: Pairs, outcome: Outcome) -> NamedOfficers:
    """The names with those of planned pairs in place of what they were."""
    planned, chosen = outcome.planned[:, 0], outcome.office[:, 0]
    ends = np.searchsorted(pairs.rule, np.arange(len(rules) + 1)).tolist()
    for rule, first, last in zip(rules, ends, ends[1:], strict=False):
        person, day = pairs.person[first:last], pairs.day[first:last]
        if first < last:
            cell, shape = person * names[rule].shape[1] + day, names[rule].shape
            others = np.setdiff1d(names[rule].columns, cell[planned[first:last]])
            names[rule] = CellSet.of_columns(shape, np.union1d(others, cell[chosen[first:last]]))
    late = [part.people for part in outcome.parts if part.status is not Status.OPTIMAL]
    unproven = np.unique(pairs.person[np.concatenate([np.zeros(0, dtype=np.int64), *late])])
    return NamedOfficers(Named(names), unproven, outcome.reproducible)


def _tied(requests: Sequence[Request], office: Cells, draw: Draw, alone: Sequence[CellSet]) -> Pairs | None:
    """Pairs tied to cells that must be named together; None if there are none.

    Pairs are tied by the group and day that they would fill, by person and account, and by cells of several rules.
    """
    joint, twice = _several(requests, office, alone)
    if not joint.any():
        return None
    pairs = pairs_of(requests, office)
    account = np.zeros(len(pairs), dtype=np.int64)
    for number, (_, mine) in enumerate(by_account(requests, pairs)):
        account[mine] = number
    node, label = _components(pairs, account * len(office) + pairs.person, joint)
    wanted = np.zeros(len(label), dtype=np.bool_)
    wanted[label[node[(joint & twice)[pairs.person, pairs.day]]]] = True
    reached = np.zeros(len(label), dtype=np.bool_)
    reached[label[node[joint[pairs.person, pairs.day]]]] = True
    several = np.unique(node * len(requests) + pairs.rule) // len(requests)
    wanted[label[several[1:][several[1:] == several[:-1]]]] = True
    which = (wanted & reached)[label[node]]
    return drawn(pairs.some(which), requests, draw, label[node][which]) if which.any() else None


def _several(requests: Sequence[Request], office: Cells, alone: Sequence[CellSet]) -> tuple[Cells, Cells]:
    """Cells of people who could be named and could stand twice, and cells named twice : bool[E, D] each."""
    could, standing, named = (np.zeros(office.shape, dtype=np.int64) for _ in range(3))
    for request, part in zip(requests, alone, strict=True):
        cells = _could(request, office)
        could[cells] += 1
        standing[cells] += 1
        if request.promised is not None:
            standing[request.promised.fixed] += 1
        named[part.spots()] += 1
    return (could > 0) & (standing > 1), named > 1


def _components(pairs: Pairs, key: Ints, joint: Cells) -> tuple[Ints, Ints]:
    """The node of every pair's person in its account, and the component of every node : int64[K], int64[...]; `key` tells them apart."""
    days = joint.shape[1]
    people, node = np.unique(key, return_inverse=True)
    nodes = len(people)
    _, slot = np.unique(pairs.slot(days), return_inverse=True)
    ends = np.stack([node, nodes + slot], axis=1).reshape(-1)
    meeting = np.flatnonzero(joint[pairs.person, pairs.day])
    cell = pairs.person[meeting] * days + pairs.day[meeting]
    order = np.argsort(cell, kind="stable")
    begins = np.append(np.flatnonzero(np.diff(cell[order], prepend=-1)), len(cell))
    ties = ((np.arange(0, len(ends) + 1, 2), ends), (begins, node[meeting][order]))
    return node, components(nodes + int(slot.max(initial=0)) + 1, *ties)


def _could(request: Request, office: Cells) -> tuple[Ints, Ints]:
    """Person and day of cells of people who could be named, each once : int64[·] each; none whose name is fixed."""
    member, day = naming.candidates(request.duty, request.serving(office), request.promised)
    return np.divmod(np.unique(request.duty.person[member] * office.shape[1] + day), office.shape[1])


@dataclass(frozen=True)
class _Owner:
    id: str


_ROWS = _Owner("naming")


def _program(requests: Sequence[Request], pairs: Pairs, shape: tuple[int, int], tiers: Sequence[str]) -> Program:
    """The naming as a program whose cells are the pairs: 1 = named."""
    out = ProgramBuilder((len(pairs), 1), tuple(tiers), np.ones((len(pairs), 1), dtype=np.bool_))
    cost = {name: Cost(tier) for tier, name in enumerate(tiers)}
    _fill_slots(requests, pairs, shape, out, cost)
    if tiers == LEAST:
        return out.build()
    _few_twice(requests, pairs, shape, out, cost)
    for worth, name in ((PINNED, "pinned"), (PUBLISHED, "published")):
        out.charge(np.flatnonzero(pairs.worth == worth), -1, cost[name], base=1)
    _balance(requests, pairs, shape[0], out, cost)
    out.charge(np.arange(len(pairs)), pairs.rank, cost["lottery"])
    return out.build()


def _fill_slots(requests: Sequence[Request], pairs: Pairs, shape: tuple[int, int], out: ProgramBuilder, cost: Costs) -> None:
    """Every group and day has its need, as nearly as can be where people could be named for several groups of a rule, or of rules that take
    different people, but not for two.
    """
    days, family = shape[1], _families(requests)
    visit = (family[pairs.rule] * shape[0] + pairs.person) * days + pairs.day
    size, col = _grouped(visit)
    first = col[np.cumsum(size) - size]
    most = np.maximum(1 - _standing(requests, family, pairs.some(first)), 0)
    tight = size > most
    out.rows(_ROWS, size[tight], col[np.repeat(tight, size)], hi=most[tight])
    either = np.zeros(len(pairs), dtype=np.bool_)
    either[col] = np.repeat(tight, size)
    size, col = _grouped(pairs.slot(days))
    first = col[np.cumsum(size) - size]
    asked = [int(requests[pairs.rule[k]].duty.need[pairs.group[k], pairs.day[k]]) for k in first.tolist()]
    need = np.minimum(np.array(asked, dtype=np.int64), size)
    loose = np.maximum.reduceat(either[col].astype(np.int64), np.cumsum(size) - size) > 0
    out.rows(_ROWS, size, col, lo=np.where(loose, -INFINITE, need), hi=need)
    out.rows(_ROWS, size[loose], col[np.repeat(loose, size)], lo=need[loose], cost=cost["missing"])


def _families(requests: Sequence[Request]) -> Ints:
    """A number for every request, the same for those of which nobody may stand for two : int64[R]."""
    names = [request.duty.one_each or (request.duty.rule,) for request in requests]
    return np.array([names.index(name) for name in names], dtype=np.int64)


def _standing(requests: Sequence[Request], family: Ints, pairs: Pairs) -> Ints:
    """How many fixed names the family of each pair's rule has for the person on the day : int64[K]."""
    found = np.zeros(len(pairs), dtype=np.int64)
    for number, request in zip(family.tolist(), requests, strict=True):
        if request.promised is not None and request.duty.one_each:
            mine = np.flatnonzero(family[pairs.rule] == number)
            found[mine] += request.promised.fixed[pairs.person[mine], pairs.day[mine]]
    return found


def _few_twice(requests: Sequence[Request], pairs: Pairs, shape: tuple[int, int], out: ProgramBuilder, cost: Costs) -> None:
    """Every name of a person and day but the first costs; names that are fixed are names."""
    fixed = np.zeros(shape, dtype=np.int64)
    for request in requests:
        fixed += 0 if request.promised is None else request.promised.fixed
    size, col = _grouped(pairs.person * shape[1] + pairs.day)
    first = col[np.cumsum(size) - size]
    most = np.maximum(1 - fixed[pairs.person[first], pairs.day[first]], 0)
    out.rows(_ROWS, size[size > most], col[np.repeat(size > most, size)], hi=most[size > most], cost=cost["twice"])


def _balance(requests: Sequence[Request], pairs: Pairs, people: int, out: ProgramBuilder, cost: Costs) -> None:
    """Squares of what everybody has given and was asked in each account, the k-th name costing what the square grows by."""
    members: dict[str, list[Request]] = {}
    for request in requests:
        members.setdefault(request.duty.account, []).append(request)
    for account, mine in by_account(requests, pairs):
        asked = np.zeros(people, dtype=np.int64)
        for who, share in (naming.shares(request.duty) for request in members[account]):
            asked[who] += share
        fixed = [request.promised.fixed.sum(axis=1) for request in members[account] if request.promised is not None]
        beta = naming.rounded(members[account][0].balance - asked) + DAY * sum(fixed, start=np.zeros(people, dtype=np.int64))
        size, col = _grouped(pairs.person[mine])
        col = mine[col]
        k = np.arange(len(col)) - np.repeat(np.cumsum(size) - size, size)
        out.ladder(size, col, 2 * k + 1 + 2 * beta[pairs.person[col]] // DAY, cost["balances"])


def _grouped(key: Ints) -> tuple[Ints, Ints]:
    """Sizes of the sets of items with one key, and the items set after set, each set in order : int64[...] each."""
    order = np.argsort(key, kind="stable")
    begins = np.flatnonzero(np.diff(key[order], prepend=-1))
    return np.diff(begins, append=len(key)).astype(np.int64), order.astype(np.int64)
