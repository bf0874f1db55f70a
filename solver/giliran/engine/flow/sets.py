"""The sets of columns that a part counts: rows, ladders, and the links of columns that need not be counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import pick
from giliran.engine.base.part import Part
from giliran.program import HARD, INFINITE, Ints
from giliran.program.segments import owners_of, segment_sums, starts_of

LADDER, PLAIN, SPARING, LINK = 0, 1, 2, 3
"""What a set came from, and the order of equal sets from the outermost in."""


@dataclass(frozen=True)
class CountedSets:
    """Sets of cell columns with bounds and costs of how many of them are in the office.

    Parameters
    ----------
    start, col
        CSR over the part's cell columns.
    origin : int64[S]
        `LADDER`, `PLAIN` row, `SPARING` row (some need not be counted), or `LINK` (those who need not).
    source : int64[S]
        The ladder or row that the set is.
    lo, hi : int64[S]
        Bounds of the count; ± `INFINITE` for none.
    spare : int64[S]
        For a link, how many of its people a sparing row need not count; 0 elsewhere.
    group, link_group : int64[S]
        Sparing rows that spare the same people have the same `group`, and those people's links name it in `link_group`; -1 elsewhere.
    """

    start: Ints
    col: Ints
    origin: Ints
    source: Ints
    lo: Ints
    hi: Ints
    spare: Ints
    group: Ints
    link_group: Ints


def counted_sets(part: Part, *, check: bool = True) -> CountedSets | None:
    """The sets of a part, None where a statement is not a count of cells (and `check` is not off because others look at that)."""
    num_cells = len(part.cells)
    rows = part.rows
    owner = owners_of(rows.start)
    is_cell = rows.col < num_cells
    counts = (rows.coef == np.where(is_cell, 1, -1)).all() and not (part.ladders.col >= num_cells).any()
    binary = not part.lo[:num_cells].any() and (part.hi[:num_cells] == 1).all()
    if check and (not (counts and binary) or part.cost[:, num_cells:].any()):
        return None
    links = _links(part, owner, is_cell)
    return None if links is None else _assemble(part, owner, is_cell, *links)


def _links(part: Part, owner: Ints, is_cell: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Ints, Ints, Ints] | None:
    """Which rows are links; per row `spare` and `link_group`, `group`, and what its bound rises by whatever is chosen.

    A column `z` with `0 ≤ z ≤ c` may stand in rows `Σ x - Σ z ≤ K` over the same cells, and in one row `Σ_E x - z ≥ -a`.
    """
    num_cells, rows = len(part.cells), part.rows
    aux_count = segment_sums((~is_cell).astype(np.int64), rows.start)
    link = (aux_count == 1) & (rows.lo > -INFINITE)
    sparing = (aux_count > 0) & ~link
    bad = (link & ((rows.hi < INFINITE) | (rows.tier != HARD) | (rows.lo > 0))) | (sparing & (rows.lo > -INFINITE))
    if bad.any() or (part.lo[num_cells:] < 0).any():
        return None
    aux = rows.col[~is_cell] - num_cells
    aux_row = owner[~is_cell]
    num_aux = part.num_columns - num_cells
    link_of = np.full(num_aux, -1, dtype=np.int64)
    if (np.bincount(aux[link[aux_row]], minlength=num_aux) > 1).any():
        return None
    link_of[aux[link[aux_row]]] = aux_row[link[aux_row]]
    group = np.full(len(rows), -1, dtype=np.int64)
    first_cap = np.full(num_aux, len(rows), dtype=np.int64)
    np.minimum.at(first_cap, aux[sparing[aux_row]], aux_row[sparing[aux_row]])
    np.maximum.at(group, aux_row[sparing[aux_row]], first_cap[aux[sparing[aux_row]]])
    spared = np.bincount(first_cap, minlength=len(rows) + 1)
    if (group[aux_row[sparing[aux_row]]] != first_cap[aux[sparing[aux_row]]]).any() or (aux_count != spared[group])[sparing].any():
        return None
    spare = np.zeros(len(rows), dtype=np.int64)
    link_group = np.full(len(rows), -1, dtype=np.int64)
    raised = np.zeros(len(rows), dtype=np.int64)
    high = part.hi[num_cells:]
    tied = link_of >= 0
    given = high.copy()
    given[tied] = np.minimum(high[tied], -rows.lo[link_of[tied]])
    spare[link_of[tied]] = (high - given)[tied]
    link_group[link_of[tied]] = np.where(first_cap < len(rows), first_cap, -1)[tied]
    np.add.at(raised, aux_row[sparing[aux_row]], given[aux[sparing[aux_row]]])
    return link, np.stack([spare, link_group]), group, raised


def _assemble(
    part: Part, owner: Ints, is_cell: NDArray[np.bool_], link: NDArray[np.bool_], links: Ints, group: Ints, raised: Ints
) -> CountedSets:
    rows, ladders = part.rows, part.ladders
    keep = np.flatnonzero(~link | ((links[0] > 0) & (links[1] >= 0)))
    start, entries = pick(rows.start, keep)
    cell = is_cell[entries]
    sizes = segment_sums(cell.astype(np.int64), start)
    num_ladders = len(ladders)
    none = np.full(num_ladders, -1, dtype=np.int64)
    free = np.full(num_ladders, INFINITE, dtype=np.int64)
    origin = np.where(link[keep], LINK, np.where(group[keep] >= 0, SPARING, PLAIN))
    hi = np.where(rows.hi[keep] < INFINITE, rows.hi[keep] + raised[keep], INFINITE)
    return CountedSets(
        start=starts_of(np.concatenate([sizes, np.diff(ladders.start)])),
        col=np.concatenate([rows.col[entries][cell], ladders.col]),
        origin=np.concatenate([origin, np.full(num_ladders, LADDER, dtype=np.int64)]),
        source=np.concatenate([keep, np.arange(num_ladders, dtype=np.int64)]),
        lo=np.concatenate([np.where(link[keep], -INFINITE, rows.lo[keep]), -free]),
        hi=np.concatenate([np.where(link[keep], INFINITE, hi), free]),
        spare=np.concatenate([np.where(link[keep], links[0][keep], 0), np.zeros(num_ladders, dtype=np.int64)]),
        link_group=np.concatenate([np.where(link[keep], links[1][keep], -1), none]),
        group=np.concatenate([group[keep], none]),
    )
