"""Holding a certificate against a schedule: which parts are proved by arithmetic, and which claims do not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.bounds import Checker
from giliran.certificate.certificate import Certificate, Claim, PartClaims
from giliran.certificate.normal import Kind, normal_form
from giliran.certificate.parts import NO_PART, Parts, TornError, parts_of
from giliran.domain.sealing import Sealed
from giliran.program import Ints, Program


class Standing(Enum):
    """What a certificate is worth for a part."""

    PROVED = auto()
    """Every tier is proved by arithmetic."""
    OPEN = auto()
    """Some tier is claimed by nobody, or beyond what can be checked: the solver's word."""
    WRONG = auto()
    """Something that is claimed does not hold."""
    NO_PLAN = auto()
    """The schedule leaves cells of the part out."""


class Fault(Enum):
    """What can be wrong with a claim."""

    VALUE = auto()
    """The schedule does not cost what the certificate says."""
    BOUND = auto()
    """The multipliers prove less, or more, than the schedule costs."""
    LOOSE = auto()
    """A cell that no statement ties to others is not where it is cheapest."""
    AUDIT = auto()
    """The rules' own audit counts something else than the program."""
    COST = auto()
    """The plan of the certificate costs something else: it is about another plan."""
    LEFT_OUT = auto()
    """The plan of the certificate leaves more, or fewer, person-days out."""
    BROKEN = auto()
    """The schedule breaks rules that must hold, which makes every claim about it void."""


@dataclass(frozen=True)
class Wrong:
    """A claim that does not hold.

    Parameters
    ----------
    fault
    part
        Index of the part; None for cells of no part.
    tier
        Index of the tier; None where no tier is to blame.
    said, found
        What the certificate says, and what was computed.
    """

    fault: Fault
    part: int | None
    tier: int | None = None
    said: int = 0
    found: int = 0


@dataclass(frozen=True, eq=False)
class Verdict(Sealed):
    """What a certificate proves about a schedule.

    Parameters
    ----------
    standing
        Of every part.
    proven : bool[P, T]
        Tiers of parts that are proved, those before included.
    values : int64[T]
        What the schedule costs by the program, all parts and whatever no part decides.
    wrong
        Claims that do not hold, first tiers first.
    counted
        Whether `values` are to be relied on: every cell has a place, in parts or beside them, and auxiliary columns follow from that.
    """

    standing: tuple[Standing, ...]
    proven: NDArray[np.bool_]
    values: Ints
    wrong: tuple[Wrong, ...]
    counted: bool

    def count(self, standing: Standing) -> int:
        """Number of parts with a standing."""
        return self.standing.count(standing)

    @property
    def proven_tiers(self) -> tuple[int, ...]:
        """Tiers that are proved in every part, and in what no part decides."""
        if not self.holds or not self.counted:
            return ()
        return tuple(int(tier) for tier in np.flatnonzero(self.proven.all(axis=0)))

    def refuted(self, wrong: Iterable[Wrong]) -> Verdict:
        """The same where something concerns the whole schedule: nothing about it is proved."""
        standing = tuple(each if each is Standing.NO_PLAN else Standing.WRONG for each in self.standing)
        return replace(self, standing=standing, proven=np.zeros_like(self.proven), wrong=tuple(wrong))

    @property
    def holds(self) -> bool:
        """Whether nothing that is claimed is wrong."""
        return not self.wrong


class UnfitError(Exception):
    """A certificate that does not fit the program: parts that are torn, cells twice, multipliers of what nobody shares.

    Parameters
    ----------
    part
        Index of the part, None where it is not known.
    """

    def __init__(self, part: int | None) -> None:
        self.part = part
        super().__init__(part)

    def __str__(self) -> str:
        return f"part {self.part} does not fit"


def verify(program: Program, certificate: Certificate, office: NDArray[np.bool_], planned: NDArray[np.bool_]) -> Verdict:
    """Hold a certificate against a schedule.

    Parameters
    ----------
    program
        Compiled from the instance; the certificate's digest is its own.
    office, planned
        Cells in the office, and cells that have a place : bool[E, D] each.

    Raises
    ------
    UnfitError
        If the certificate cannot be about this program.
    """
    parts = parts_of_claims(program, certificate)
    checker = Checker(parts)
    for p, claims in enumerate(certificate.parts):
        if not all(_shared(checker, claim, p) for claim in claims.claims):
            raise UnfitError(p)
    return _Hearing(parts, checker, certificate, office, planned).verdict()


def parts_of_claims(program: Program, certificate: Certificate) -> Parts:
    """The parts that a certificate names.

    Raises
    ------
    UnfitError
        If a cell is in two parts, or a statement ties cells of different ones.
    """
    cells = np.full(program.num_cells, NO_PART, dtype=np.int64)
    for p, part in enumerate(certificate.parts):
        if (cells[part.cells] != NO_PART).any() or len(np.unique(part.cells)) < len(part.cells):
            raise UnfitError(p)
        cells[part.cells] = p
    try:
        return parts_of(program, normal_form(program), cells, len(certificate.parts))
    except TornError as torn:
        blamed = int(cells[torn.column]) if torn.column < len(cells) else NO_PART
        raise UnfitError(None if blamed == NO_PART else blamed) from torn


def _shared(checker: Checker, claim: Claim, part: int) -> bool:
    """Whether all multipliers are those of statements over several people of the part."""
    groups = ((Kind.ROW, claim.rows), (Kind.SWITCH, claim.switches), (Kind.LADDER, claim.ladders))
    return all(bool(checker.shared(kind, prices.which, part).all()) for kind, prices in groups)


class _Hearing:
    """A certificate, a schedule, and what has been found so far."""

    def __init__(
        self, parts: Parts, checker: Checker, certificate: Certificate, office: NDArray[np.bool_], planned: NDArray[np.bool_]
    ) -> None:
        self.parts, self.checker = parts, checker
        self.x, kept = parts.with_aux(office)
        self.values = parts.values(self.x)
        self.left_out = left_out = ~planned.reshape(-1) & parts.program.decision
        rest = [PartClaims(np.zeros(0, dtype=np.int64), values, ()) for values in self.values[len(certificate.parts) :]]
        self.claims = (*certificate.parts, *rest)
        self.complete = np.array([not left_out[part.cells].any() for part in self.claims], dtype=np.bool_)
        self.sound = self.complete & kept
        self.proven = np.zeros((parts.count, parts.num_tiers), dtype=np.bool_)
        self.wrong: list[Wrong] = []

    def verdict(self) -> Verdict:
        """Everything that is to be said."""
        claims = self.claims
        for p, part in enumerate(claims):
            off = np.flatnonzero(part.values != self.values[p])
            if self.sound[p] and len(off):
                tier = int(off[0])
                self.wrong.append(Wrong(Fault.VALUE, p, tier, int(part.values[tier]), int(self.values[p, tier])))
        if not self.parts.loose_best(self.x, self.left_out):
            self.wrong.append(Wrong(Fault.LOOSE, None))
        for tier in range(self.parts.num_tiers):
            self._hear(tier, [_claim(part, tier) for part in claims])
        blamed = {wrong.part for wrong in self.wrong}
        standing = tuple(self._standing(p, blamed) for p in range(len(claims)))
        return Verdict(standing, self.proven, self._totals(), tuple(self.wrong), bool(self.sound.all() and not self.left_out.any()))

    def _hear(self, tier: int, claims: list[Claim | None]) -> None:
        proof = self.checker.prove(tier, claims, self.values)
        met = proof.known & self.sound & (proof.bound == self.values[:, tier])
        before = self.proven[:, :tier].all(axis=1)
        self.proven[:, tier] = met & before
        for p in np.flatnonzero(proof.known & self.sound & ~met).tolist():
            bound, value = int(proof.bound[p]), int(self.values[p, tier])
            if claims[p] is not None or bound > value:
                self.wrong.append(Wrong(Fault.BOUND, p, tier, value, bound))

    def _standing(self, p: int, blamed: set[int | None]) -> Standing:
        if not self.complete[p]:
            return Standing.NO_PLAN
        if p in blamed:
            return Standing.WRONG
        return Standing.PROVED if self.proven[p].all() else Standing.OPEN

    def _totals(self) -> Ints:
        normal = self.parts.normal
        loose = self.parts.loose
        return np.asarray(normal.constant + self.values.sum(axis=0) + normal.cost[:, loose] @ self.x[loose])


def _claim(part: PartClaims, tier: int) -> Claim | None:
    return next((claim for claim in part.claims if claim.tier == tier), None)
