"""Certificates: multipliers on what several people share, read from flow potentials and from multipliers of linear programs.

Nothing that is found here is taken for a proof: every claim goes through the checker, which shares no code with the engine, and claims
that do not hold are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.bounds import Checker
from giliran.certificate.digest import digest_of
from giliran.certificate.model import Certificate, Claim, PartClaims, Prices
from giliran.certificate.normal import Kind
from giliran.certificate.parts import Parts
from giliran.certificate.verify import parts_of_claims
from giliran.engine.duals import Duals, flow_duals
from giliran.engine.part import Part
from giliran.engine.split import split
from giliran.program import Ints, Program


@dataclass(frozen=True)
class Subject:
    """What a certificate is about.

    Parameters
    ----------
    program
        The program.
    ids, dates
        Who and when its cells are.
    order
        People in lottery order : int64[E].
    seed
        Of the lottery.
    whole
        Whether everything was solved as one part.
    """

    program: Program
    ids: Sequence[str]
    dates: Sequence[dt.date]
    order: Ints
    seed: int
    whole: bool = False


def certify(subject: Subject, office: NDArray[np.bool_], planned: NDArray[np.bool_]) -> Certificate:
    """A certificate for a plan: for each part claims about every tier that flows or linear programs prove.

    Parameters
    ----------
    office, planned
        Cells in the office, and cells that have a plan : bool[E, D] each.
    """
    program = subject.program
    pieces = split(program, subject.order, whole=subject.whole).parts
    bare = Certificate(
        digest=digest_of(program, subject.ids, subject.dates),
        seed=subject.seed,
        tiers=program.tiers,
        parts=tuple(PartClaims(part.cells, np.zeros(len(program.tiers), dtype=np.int64), ()) for part in pieces),
    )
    parts = parts_of_claims(program, bare)
    x, kept = parts.with_aux(office)
    values = parts.values(x)
    left_out = ~planned.reshape(-1)
    hopeful = kept & np.array([not (part.broken or left_out[part.cells].any()) for part in pieces], dtype=np.bool_)
    claims = _Search(parts, values, pieces, hopeful).claims()
    return replace(
        bare,
        parts=tuple(PartClaims(part.cells, value, tuple(found)) for part, value, found in zip(pieces, values, claims, strict=True)),
    )


class _Search:
    """Looks for claims that the checker accepts, tier after tier, all parts at once."""

    def __init__(self, parts: Parts, values: Ints, pieces: Sequence[Part], hopeful: NDArray[np.bool_]) -> None:
        self.parts, self.values, self.pieces = parts, values, pieces
        self.checker = Checker(parts)
        self.names = _Names(parts)
        self.open = hopeful.copy()
        self.found: list[list[Claim]] = [[] for _ in pieces]

    def claims(self) -> list[list[Claim]]:
        """Claims about every part, first tiers first."""
        days = self.parts.program.shape[1]
        flows = [flow_duals(part, days) if open_ else None for part, open_ in zip(self.pieces, self.open, strict=True)]
        self._try(flows)
        return self.found

    def _try(self, duals: Sequence[Sequence[Duals] | None]) -> None:
        """Take whatever proves a tier, from the first tier that is open in a part on; the first that proves nothing ends the part."""
        for tier in range(self.parts.num_tiers):
            self._prove(tier, [next((d for d in found if d.tier == tier), None) if found else None for found in duals])

    def _prove(self, tier: int, duals: Sequence[Duals | None]) -> None:
        bare = self.checker.prove(tier, [None] * len(duals), self.values)
        met = bare.known & (bare.bound == self.values[:, tier])
        claims = [
            None if dual is None or met[p] or not self.open[p] else self.names.claim(p, self.pieces[p], dual)
            for p, dual in enumerate(duals)
        ]
        proof = self.checker.prove(tier, claims, self.values)
        held = proof.known & (proof.bound == self.values[:, tier])
        for p, claim in enumerate(claims):
            if claim is not None and held[p]:
                self.found[p].append(claim)
        self.open &= met | held


class _Names:
    """The program's statements by their content, because a part does not know where its statements came from."""

    def __init__(self, parts: Parts) -> None:
        sums = parts.normal.sums
        self._shared: dict[bytes, int] = {}
        self._source = sums.source
        for k in np.flatnonzero(~parts.personal).tolist():
            entries = slice(sums.start[k], sums.start[k + 1])
            if sums.kind[k] == Kind.ROW:
                key = _row_key(sums.col[entries], sums.coef[entries], sums.lo[k], sums.hi[k], sums.tier[k], sums.weight[k])
            elif sums.kind[k] == Kind.LADDER:
                key = _ladder_key(sums.col[entries], sums.step[entries], sums.tier[k])
            else:
                continue
            self._shared[key] = k

    def claim(self, p: int, part: Part, dual: Duals) -> Claim:
        """The claim that duals of a part make; those of personal statements are left out."""
        rows = {self._row(part, r): y for r, y in dual.rows.items()}
        ladders = {self._ladder(part, k): y for k, y in dual.ladders.items()}
        none = np.zeros(0, dtype=np.int64)
        return Claim(dual.tier, dual.scale, dual.held, self._prices(rows), Prices(none, none), self._prices(ladders))

    def _prices(self, named: dict[int | None, int]) -> Prices:
        known = sorted((int(self._source[k]), y) for k, y in named.items() if k is not None and y)
        return Prices(np.array([k for k, _ in known], dtype=np.int64), np.array([y for _, y in known], dtype=np.int64))

    def _row(self, part: Part, r: int) -> int | None:
        rows = part.rows
        entries = slice(rows.start[r], rows.start[r + 1])
        key = _row_key(part.columns[rows.col[entries]], rows.coef[entries], rows.lo[r], rows.hi[r], rows.tier[r], rows.weight[r])
        return self._shared.get(key)

    def _ladder(self, part: Part, k: int) -> int | None:
        ladders = part.ladders
        entries = slice(ladders.start[k], ladders.start[k + 1])
        return self._shared.get(_ladder_key(part.columns[ladders.col[entries]], ladders.step[entries], ladders.tier[k]))


def _row_key(col: Ints, coef: Ints, *head: np.int64) -> bytes:
    order = np.argsort(col, kind="stable")
    return b"row" + np.concatenate([np.array(head, dtype=np.int64), col[order], coef[order]]).tobytes()


def _ladder_key(col: Ints, step: Ints, tier: np.int64) -> bytes:
    return b"ladder" + np.concatenate([np.array([tier], dtype=np.int64), np.sort(col), step]).tobytes()
