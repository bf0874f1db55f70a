"""What a certificate says: for every part and tier, integers that prove that nothing is cheaper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from giliran.domain.sealing import Sealed
from giliran.program import Ints

FAMILY = "giliran-certificate/"
"""What the form of every certificate begins with, before its number."""

CERTIFICATE_SCHEMA: Literal["giliran-certificate/2"] = "giliran-certificate/2"


@dataclass(frozen=True, eq=False)
class Prices(Sealed):
    """Integer multipliers of some statements: positive ones speak for lower bounds, negative ones for upper bounds.

    Parameters
    ----------
    which : int64[n]
        Numbers of statements of one kind in the program, no number twice.
    y : int64[n]
    """

    which: Ints
    y: Ints


@dataclass(frozen=True, eq=False)
class Claim(Sealed):
    """Why no plan of a part costs less in a tier, if it costs no more than the plan in the tiers before.

    For every plan of the part, `scale · f_k + Σ held_j · f_j - Σ y · (sum - value of the sum)` is at least the sum of what each person,
    each priced statement and each column of nobody costs at the least. So `f_k` is at least that sum less `Σ held_j · v_j`, divided by
    `scale` and rounded up.

    Parameters
    ----------
    tier
        Index k of the tier.
    scale
        The common denominator S, at least 1.
    held : int64[k]
        The multiplier, at least 0, of each tier before.
    rows, switches, ladders
        Multipliers of statements over several people.
    """

    tier: int
    scale: int
    held: Ints
    rows: Prices
    switches: Prices
    ladders: Prices


@dataclass(frozen=True, eq=False)
class PartClaims(Sealed):
    """A part, what the plan costs in it, and what is claimed about it.

    Parameters
    ----------
    cells : int64[m]
        Its cells `e · D + d`.
    values : int64[T]
        What the plan costs in each tier by statements over cells of the part that are not fixed.
    claims
        At most one per tier. A tier without claim needs no multipliers, or nobody claims it.
    """

    cells: Ints
    values: Ints
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Certificate:
    """Claims about all planned parts of an instance.

    Parameters
    ----------
    digest
        Of the instance's program: SHA-256 in hexadecimal digits.
    seed
        Of the lottery, for whoever wants to solve again.
    tiers
        Names of the tiers, most important first.
    costs
        What the plan costs in each tier, as the audit counts it.
    unplanned
        Person-days that the plan leaves out.
    parts
        Parts that share nothing; together they hold every planned cell that a statement ties to another one.
    """

    digest: str
    seed: int
    tiers: tuple[str, ...]
    costs: tuple[int, ...]
    unplanned: int
    parts: tuple[PartClaims, ...]
