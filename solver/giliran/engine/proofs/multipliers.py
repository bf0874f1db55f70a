"""Certificates: multipliers on what several people share, read from flow potentials and from linear programs.

Nothing that is found here is taken for a proof: every claim goes through the checker, which shares no code with the engine, and claims
that do not hold are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.bounds import Checker
from giliran.certificate.certificate import Certificate, Claim, PartClaims
from giliran.certificate.digest import digest_of
from giliran.certificate.parts import Parts
from giliran.certificate.verify import parts_of_claims
from giliran.domain.calendar import week_of
from giliran.domain.status import Status
from giliran.engine.base.memory import Memory
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.engine.presolve.split import split
from giliran.engine.proofs.duals import column_duals, duals_of
from giliran.engine.proofs.optimal_plans import Bundle, Leftover, stacked
from giliran.engine.proofs.potentials import flow_duals
from giliran.engine.proofs.shared import SharedSums
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
    """

    program: Program
    ids: Sequence[str]
    dates: Sequence[dt.date]
    order: Ints
    seed: int


def certify(
    subject: Subject, office: NDArray[np.bool_], planned: NDArray[np.bool_], costs: Sequence[int], memory: Memory | None = None
) -> Certificate:
    """A certificate for a plan: for each part claims about every tier that flows or linear programs prove.

    Parameters
    ----------
    office, planned
        Cells in the office, and cells that have a plan : bool[E, D] each.
    costs
        What the plan costs in each tier, as the audit counts it.
    memory
        What the search has kept. Linear programs are solved where there is nothing, or not all was proven.
    """
    program = subject.program
    pieces = [part for part in split(program, subject.order).parts if len(part.cells)]
    left_out = ~planned.reshape(-1)
    bare = Certificate(
        digest=digest_of(program, subject.ids, subject.dates),
        seed=subject.seed,
        tiers=program.tiers,
        costs=tuple(costs),
        unplanned=int((left_out & program.decision).sum()),
        parts=tuple(PartClaims(part.cells, np.zeros(len(program.tiers), dtype=np.int64), ()) for part in pieces),
    )
    parts = parts_of_claims(program, bare)
    x, kept = parts.with_aux(office)
    hopeful = kept[: len(pieces)] & np.array([not (part.broken or left_out[part.cells].any()) for part in pieces], dtype=np.bool_)
    claims = _Search(subject, parts, x, pieces, hopeful, memory).claims()
    return replace(
        bare,
        parts=tuple(
            PartClaims(part.cells, value, tuple(found)) for part, value, found in zip(pieces, parts.values(x), claims, strict=False)
        ),
    )


class _Search:
    """Looks for claims that the checker accepts, tier after tier, all parts at once.

    What proves a tier without rounding joins what proves those before: added up, they speak of the plans that are best in all of them.
    """

    def __init__(
        self, subject: Subject, parts: Parts, x: Ints, pieces: Sequence[Part], hopeful: NDArray[np.bool_], memory: Memory | None
    ) -> None:
        self.subject, self.parts, self.x, self.pieces, self.memory = subject, parts, x, pieces, memory
        self.values = parts.values(x)
        self.checker = Checker(parts)
        self.names = SharedSums(parts)
        self.open = np.flatnonzero(hopeful).tolist()
        self.found: list[list[Claim]] = [[] for _ in pieces]
        self.below = [_only(None, parts.num_tiers) for _ in pieces]
        self.rounded: list[list[int]] = [[] for _ in pieces]
        self._kept: dict[int, list[Bundle]] = {}
        self._columns: dict[int, list[Bundle]] = {}

    def claims(self) -> list[list[Claim]]:
        """Claims about every part, first tiers first; the first tier that nothing proves ends a part."""
        num_tiers = self.parts.num_tiers
        flows: dict[int, list[Bundle]] = {}
        asked: set[int] = set()
        for tier in range(num_tiers):
            left = self._accept(tier, {p: _only(tier, num_tiers) for p in self.open})
            flows |= self._of_flows([p for p in left if p not in asked])
            asked |= set(left)
            left = self._accept(tier, {p: flows[p][tier] for p in left if tier < len(flows.get(p, ()))}, among=left)
            self._recall(left)
            for columns in (lambda p: self._kept[p], self._of_columns):
                left = self._lift(tier, {p: bundle.until(tier) for p in left for bundle in columns(p) if bundle.weights[tier]}, left)
            left = self._lift(tier, {p: bundle for p in left if (bundle := self._of_leftover(p, tier)) is not None}, left)
            self.open = [p for p in self.open if p not in left]
        return self.found

    def _of_flows(self, some: list[int]) -> dict[int, list[Bundle]]:
        """What the plans of some parts prove as flows."""
        found = flow_duals(self.pieces, [self.x[part.columns] for part in self.pieces], some, self.parts.program.shape[1])
        return {p: [self.names.bundle(self.pieces[p], dual) for dual in duals] for p, duals in found.items()}

    def _recall(self, some: list[int]) -> None:
        """Look up what the search had for some parts; where all is proven and no tier is without, linear programs have no more to say."""
        fresh = [p for p in some if p not in self._kept]
        known = {} if self.memory is None else self.memory.relaxed(self.pieces, fresh)
        self._kept |= {p: [] for p in fresh}
        for p, found in known.items():
            part = self.pieces[p]
            self._kept[p] = [self.names.bundle(part, dual) for dual in duals_of(part, found.multipliers)]
            told = {tier for multipliers in found.multipliers for tier, _ in multipliers.weights}
            if found.status is Status.OPTIMAL and told.issuperset(spans_of(part).active()):
                self._columns[p] = []

    def _of_columns(self, p: int) -> list[Bundle]:
        if p not in self._columns:
            part, days = self.pieces[p], self.parts.program.shape[1]
            duals = column_duals(part, self.x[part.columns], days, self._weeks(), MOST_SECONDS)
            self._columns[p] = [self.names.bundle(part, dual) for dual in duals]
        return self._columns[p]

    def _of_leftover(self, p: int, tier: int) -> Bundle | None:
        left = Leftover(self.parts, self.checker.classes, p, self.below[p], self.rounded[p])
        return left.bundle(tier, self.values[p], self.x)

    def _weeks(self) -> Ints:
        """The week of every day, counted from 0 : int64[D]."""
        weeks = [week_of(day) for day in self.subject.dates]
        number = {week: k for k, week in enumerate(sorted(set(weeks)))}
        return np.array([number[week] for week in weeks], dtype=np.int64)

    def _accept(self, tier: int, bundles: Mapping[int, Bundle], among: Sequence[int] | None = None) -> list[int]:
        """Keep what proves a tier; those of the parts `among` (all with bundles if None) that are left."""
        claims: list[Claim | None] = [None] * self.parts.count
        for p, bundle in bundles.items():
            claims[p] = self.names.claim(bundle, tier)
        proof = self.checker.prove(tier, claims, self.values)
        met = {p for p in bundles if claims[p] is not None and proof.known[p] and proof.bound[p] == self.values[p, tier]}
        for p in sorted(met):
            claim = claims[p]
            if claim is not None and not _bare(claim):
                self.found[p].append(claim)
            if proof.tight[p]:
                self.below[p] = stacked(bundles[p], self.below[p], 1)
            else:
                self.rounded[p].append(tier)
        return [p for p in (bundles if among is None else among) if p not in met]

    def _lift(self, tier: int, bundles: Mapping[int, Bundle], left: list[int]) -> list[int]:
        """Keep what proves a tier on top of what proves those before, weighed by the first power of 2 that suffices; parts left.

        A bundle speaks of plans that are best in the tiers before. Enough weight on the proofs of those keeps all other plans out.
        """
        for weight in (0, *(1 << k for k in range(MOST_DOUBLINGS))):
            here = [p for p in left if p in bundles and (not weight or any(self.below[p].weights))]
            if not here:
                break
            left = self._accept(tier, {p: stacked(bundles[p], self.below[p], weight) for p in here}, among=left)
        return left


def _only(tier: int | None, num_tiers: int) -> Bundle:
    """One tier without multipliers, or nothing at all."""
    return Bundle(tuple(int(k == tier) for k in range(num_tiers)), {})


def _bare(claim: Claim) -> bool:
    """Whether a claim says only what is clear without it."""
    return not (claim.held.any() or len(claim.rows.which) or len(claim.switches.which) or len(claim.ladders.which))
