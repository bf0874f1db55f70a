"""A second checker, written to be read: every plan of every person is tried, every number is a Python integer."""

from __future__ import annotations

import itertools

import numpy as np

from giliran.certificate.certificate import Claim
from giliran.certificate.normal import Kind
from giliran.certificate.parts import Parts
from giliran.program import HARD


def naive_sum(parts: Parts, p: int, claim: Claim) -> int:
    """The least of `scale · f_k + Σ held · f_j` that multipliers prove in a part, before values are taken off."""
    weight = [0] * parts.num_tiers
    weight[: claim.tier] = claim.held.tolist()
    weight[claim.tier] = claim.scale
    y = _multipliers(parts, claim)
    mine = [k for k in range(len(parts.normal.sums)) if parts.of_sum[k] == p]
    owners: dict[int, list[int]] = {}
    for column in np.flatnonzero(parts.of_column == p).tolist():
        owners.setdefault(int(parts.owner[column]), []).append(column)
    total = sum(_least_shared(parts, k, weight, y.get(k, 0)) for k in mine if not parts.personal[k])
    for owner, columns in owners.items():
        own = [k for k in mine if parts.personal[k] and int(parts.owner[_entries(parts, k)[0][0]]) == owner]
        shared = [k for k in mine if not parts.personal[k]]
        total += _least_plan(parts, columns, own, shared, weight, y)
    return total


def naive_bound(parts: Parts, p: int, claim: Claim, values: np.ndarray) -> int:
    """The bound that a claim proves in a part, rounded up to what costs there are multiples of."""
    rest = naive_sum(parts, p, claim) - sum(int(h) * int(v) for h, v in zip(claim.held, values[p], strict=False))
    unit = int(parts.unit[p, claim.tier])
    return -(-rest // (claim.scale * unit)) * unit


def _multipliers(parts: Parts, claim: Claim) -> dict[int, int]:
    out = {}
    for kind, prices in ((Kind.ROW, claim.rows), (Kind.SWITCH, claim.switches), (Kind.LADDER, claim.ladders)):
        for which, y in zip(prices.which.tolist(), prices.y.tolist(), strict=True):
            [k] = [k for k in range(len(parts.normal.sums)) if (parts.normal.sums.kind[k], parts.normal.sums.source[k]) == (kind, which)]
            out[k] = y
    return out


def _entries(parts: Parts, k: int) -> list[tuple[int, int]]:
    sums = parts.normal.sums
    entries = slice(sums.start[k], sums.start[k + 1])
    return list(zip(sums.col[entries].tolist(), sums.coef[entries].tolist(), strict=True))


def _cost(parts: Parts, k: int, value: int, weight: list[int]) -> int | None:
    """What a sum of this value costs; None if it may not be."""
    sums = parts.normal.sums
    if sums.kind[k] == Kind.LADDER:
        first = int(sums.start[k])
        return weight[sums.tier[k]] * sum(sums.step[first : first + value].tolist())
    miss = max(0, int(sums.lo[k]) - value, value - int(sums.hi[k]))
    if sums.tier[k] == HARD:
        return None if miss else 0
    return weight[sums.tier[k]] * int(sums.weight[k]) * miss


def _least_shared(parts: Parts, k: int, weight: list[int], y: int) -> int:
    ranges = [(coef * int(parts.normal.lo[col]), coef * int(parts.normal.hi[col])) for col, coef in _entries(parts, k)]
    least, most = sum(min(r) for r in ranges), sum(max(r) for r in ranges)
    costs = [(_cost(parts, k, value, weight), value) for value in range(least, most + 1)]
    return min(cost + y * value for cost, value in costs if cost is not None)


def _least_plan(parts: Parts, columns: list[int], own: list[int], shared: list[int], weight: list[int], y: dict[int, int]) -> int:
    normal = parts.normal
    best = None
    for plan in itertools.product(*(range(int(normal.lo[c]), int(normal.hi[c]) + 1) for c in columns)):
        x = dict(zip(columns, plan, strict=True))
        costs = [_cost(parts, k, sum(coef * x[col] for col, coef in _entries(parts, k)), weight) for k in own]
        if any(cost is None for cost in costs):
            continue
        total = sum(cost for cost in costs if cost is not None)
        total += sum(weight[t] * int(normal.cost[t, c]) * x[c] for t in range(parts.num_tiers) for c in columns)
        total -= sum(y.get(k, 0) * coef * x[col] for k in shared for col, coef in _entries(parts, k) if col in x)
        best = total if best is None else min(best, total)
    assert best is not None
    return best
