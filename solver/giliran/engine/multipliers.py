"""Certificates: multipliers on what several people share, read from flow potentials and from multipliers of linear programs.

Nothing that is found here is taken for a proof: every claim goes through the checker, which shares no code with the engine, and claims
that do not hold are left out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.bounds import Checker
from giliran.certificate.digest import digest_of
from giliran.certificate.model import Certificate, Claim, PartClaims, Prices
from giliran.certificate.normal import Kind
from giliran.certificate.parts import Parts
from giliran.certificate.verify import parts_of_claims
from giliran.engine.duals import Bundle, Duals, column_bundles, flow_duals, stacked
from giliran.engine.part import Part
from giliran.engine.split import split
from giliran.program import Ints, Program

MOST_SECONDS = 30.0
"""How long linear programs of one part may take."""

MOST_DOUBLINGS = 40
"""Beyond, sums leave 64 bits anyway."""


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
    claims = _Search(subject, parts, values, pieces, hopeful).claims()
    return replace(
        bare,
        parts=tuple(PartClaims(part.cells, value, tuple(found)) for part, value, found in zip(pieces, values, claims, strict=True)),
    )


class _Search:
    """Looks for claims that the checker accepts, tier after tier, all parts at once."""

    def __init__(self, subject: Subject, parts: Parts, values: Ints, pieces: Sequence[Part], hopeful: NDArray[np.bool_]) -> None:
        self.subject, self.parts, self.values, self.pieces = subject, parts, values, pieces
        self.checker = Checker(parts)
        self.names = _Names(parts)
        self.hopeful = hopeful
        self.proven = np.zeros((parts.count, parts.num_tiers), dtype=np.bool_)
        self.found: list[list[Claim]] = [[] for _ in pieces]

    def claims(self) -> list[list[Claim]]:
        """Claims about every part, first tiers first."""
        days = self.parts.program.shape[1]
        for tier in range(self.parts.num_tiers):
            self._accept(tier, [None] * self.parts.count)
        flows = {p: flow_duals(self.pieces[p], days) or [] for p in self._open()}
        for tier in range(self.parts.num_tiers):
            duals = {p: dual for p, found in flows.items() for dual in found if dual.tier == tier}
            self._accept(tier, [self._claim(p, duals.get(p)) for p in range(self.parts.count)])
        self._lift({p: column_bundles(self.pieces[p], days, self._weeks(), MOST_SECONDS) for p in self._open()})
        return [
            sorted((claim for claim in found if self.proven[p, : claim.tier + 1].all()), key=lambda claim: claim.tier)
            for p, found in enumerate(self.found)
        ]

    def _open(self) -> list[int]:
        return np.flatnonzero(self.hopeful & ~self.proven.all(axis=1)).tolist()

    def _weeks(self) -> Ints:
        """The week of every day, counted from 0 : int64[D]."""
        weeks = [day.isocalendar()[:2] for day in self.subject.dates]
        number = {week: k for k, week in enumerate(sorted(set(weeks)))}
        return np.array([number[week] for week in weeks], dtype=np.int64)

    def _claim(self, p: int, dual: Duals | None) -> Claim | None:
        return None if dual is None else self.names.claim(self.pieces[p], dual)

    def _accept(self, tier: int, claims: Sequence[Claim | None]) -> NDArray[np.bool_]:
        """Keep claims that prove what nobody has proved yet; whether each proves the tier : bool[P]."""
        proof = self.checker.prove(tier, claims, self.values)
        met = np.asarray(proof.known & (proof.bound == self.values[:, tier]))
        for p in np.flatnonzero(met & ~self.proven[:, tier]).tolist():
            claim = claims[p]
            if claim is not None:
                self.found[p].append(claim)
        self.proven[:, tier] |= met
        return met

    def _lift(self, bundles: Mapping[int, Sequence[Bundle]]) -> None:
        """Prove tiers by bundles, each on top of those before, weighed as heavily as it takes.

        A bundle speaks of the plans that earlier ones leave; those leave only plans of least weighted cost, so that enough weight on
        them keeps all other plans out.
        """
        below: dict[int, Bundle] = {}
        for tier in range(self.parts.num_tiers):
            now = {p: bundle for p, found in bundles.items() for bundle in found if bundle.weights[tier]}
            weight = self._weigh(tier, now, below)
            for p, bundle in now.items():
                if p in weight and not any(bundle.weights[tier + 1 :]):
                    below[p] = stacked(bundle, below.get(p), 2 * weight[p] + 1)

    def _weigh(self, tier: int, bundles: Mapping[int, Bundle], below: Mapping[int, Bundle]) -> dict[int, int]:
        """The first power of 2, or 0, by which what lies below each bundle must be weighed for it to prove a tier."""
        done: dict[int, int] = {}
        for weight in (0, *(1 << k for k in range(MOST_DOUBLINGS))):
            left = [p for p in bundles if p not in done]
            claims: list[Claim | None] = [None] * self.parts.count
            for p in left:
                if not weight or p in below:
                    claims[p] = self._claim(p, stacked(bundles[p], below.get(p), weight).duals(tier))
            if all(claim is None for claim in claims):
                break
            met = self._accept(tier, claims)
            done |= {p: weight for p in left if claims[p] is not None and met[p]}
        return done


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

    def claim(self, part: Part, dual: Duals) -> Claim:
        """The claim that duals of a part make; those of personal statements are left out."""
        rows, ladders = Counter[int | None](), Counter[int | None]()  # rows that say the same are one
        for r, y in dual.rows.items():
            rows[self._row(part, r)] += y
        for k, y in dual.ladders.items():
            ladders[self._ladder(part, k)] += y
        none = np.zeros(0, dtype=np.int64)
        return Claim(dual.tier, dual.scale, dual.held, self._prices(rows), Prices(none, none), self._prices(ladders))

    def _prices(self, named: Mapping[int | None, int]) -> Prices:
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
