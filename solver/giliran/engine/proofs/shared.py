"""Which shared sums of a program's normal form the rows and ladders of a part are."""

from __future__ import annotations

from collections import Counter

import numpy as np

from giliran.certificate.certificate import Claim, Prices
from giliran.certificate.normal import Kind
from giliran.certificate.parts import Parts
from giliran.engine.base.part import Part
from giliran.engine.proofs.duals import Duals
from giliran.engine.proofs.optimal_plans import Bundle
from giliran.program import Ints

LARGEST = 1 << 60
"""Numbers of claims stay below, or nothing is claimed."""


class SharedSums:
    """The shared sums of a normal form, found by what they say, because a part does not know where its statements came from.

    Parameters
    ----------
    parts
        The parts of the normal form.
    """

    def __init__(self, parts: Parts) -> None:
        sums = parts.normal.sums
        self._sums = sums
        self._number: dict[bytes, int] = {}
        for k in np.flatnonzero(~parts.personal).tolist():
            entries = slice(sums.start[k], sums.start[k + 1])
            if sums.kind[k] == Kind.LADDER:
                key = _ladder_key(sums.col[entries], sums.step[entries], sums.tier[k])
            else:
                key = _row_key(sums.col[entries], sums.coef[entries], sums.lo[k], sums.hi[k], sums.tier[k], sums.weight[k])
            self._number[key] = k

    def bundle(self, part: Part, dual: Duals) -> Bundle:
        """Duals of a part as multipliers of sums; those of personal statements are left out."""
        y = Counter[int]()  # rows that say the same are one
        for r, value in dual.rows.items():
            k = self._row(part, r)
            if k is not None:
                y[k] += value
        for ladder, value in dual.ladders.items():
            k = self._ladder(part, ladder)
            if k is not None:
                y[k] += value
        return Bundle(dual.weights, dict(y))

    def claim(self, bundle: Bundle, tier: int) -> Claim | None:
        """What a bundle claims about a tier, later ones left out; None if numbers are too large."""
        if max(map(abs, (*bundle.weights, *bundle.y.values()))) > LARGEST:
            return None
        held = np.array(bundle.weights[:tier], dtype=np.int64)
        prices = (self._prices(bundle, kind) for kind in (Kind.ROW, Kind.SWITCH, Kind.LADDER))
        return Claim(tier, bundle.weights[tier], held, *prices)

    def _prices(self, bundle: Bundle, kind: Kind) -> Prices:
        known = sorted((int(self._sums.source[k]), y) for k, y in bundle.y.items() if y and self._sums.kind[k] == kind)
        return Prices(np.array([k for k, _ in known], dtype=np.int64), np.array([y for _, y in known], dtype=np.int64))

    def _row(self, part: Part, r: int) -> int | None:
        rows = part.rows
        entries = slice(rows.start[r], rows.start[r + 1])
        key = _row_key(part.columns[rows.col[entries]], rows.coef[entries], rows.lo[r], rows.hi[r], rows.tier[r], rows.weight[r])
        return self._number.get(key)

    def _ladder(self, part: Part, k: int) -> int | None:
        ladders = part.ladders
        entries = slice(ladders.start[k], ladders.start[k + 1])
        return self._number.get(_ladder_key(part.columns[ladders.col[entries]], ladders.step[entries], ladders.tier[k]))


def _row_key(col: Ints, coef: Ints, *head: np.int64) -> bytes:
    order = np.argsort(col, kind="stable")
    return b"row" + np.concatenate([np.array(head, dtype=np.int64), col[order], coef[order]]).tobytes()


def _ladder_key(col: Ints, step: Ints, tier: np.int64) -> bytes:
    return b"ladder" + np.concatenate([np.array([tier], dtype=np.int64), np.sort(col), step]).tobytes()
