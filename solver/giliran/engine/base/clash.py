"""Numbers of a program that cannot hold together, as arithmetic finds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClashKind(StrEnum):
    """How numbers clash."""

    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Clash:
    """Numbers that cannot hold together.

    Parameters
    ----------
    kind
        `TOO_MANY`: more must be in than `row` allows. `TOO_FEW`: fewer can be in than `row` asks for. `OPPOSITE`: two rules fix one
        cell in opposite ways.
    row
        The program's row that cannot hold; None for `OPPOSITE`.
    cell
        The program's column of the cell for `OPPOSITE`, else None.
    forced
        `TOO_MANY`: what fixed cells put into the row, less what auxiliary columns take out of it at most. `TOO_FEW`: what could be in at
        most, were it not for `others`.
    others
        `TOO_MANY`: other rows (their number in the program) and how much each needs inside this one, no column counted twice.
        `TOO_FEW`: other rows and how much each keeps out of this one.
    required, limit
        `TOO_MANY`: `forced` + needs, and the upper bound. `TOO_FEW`: what the row asks for, and `forced` - what the others keep out.
    """

    kind: ClashKind
    row: int | None
    cell: int | None
    forced: int
    others: tuple[tuple[int, int], ...]
    required: int
    limit: int
