"""State graphs: the plans of one person as paths from cell to cell, each state holding the last few cells.

What bites inside a few cells that follow each other becomes an arc that is missing or costs; where whole horizons have millions of
patterns their graph has some thousand arcs.

Sources: Ahuja, Magnanti, Orlin, *Network Flows* (1993), chapter 9 (node potentials); Irnich, Desaulniers, *Shortest Path Problems with
Resource Constraints* (2005), for what a state holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.part import Part
from giliran.engine.columns.arcs import StateGraph
from giliran.engine.columns.face import NO_BLOCK, NO_ORIGIN, Matrix, OptimalFace, with_rows
from giliran.engine.columns.patterns import Blocks, blocks_of, exchanged, opened_across
from giliran.engine.columns.statements import Statements
from giliran.program import Ints
from giliran.program.segments import starts_of

MOST_WIDTH = 6
"""Cells of a window that states hold at the most."""

MOST_ARCS = 600_000
"""Arcs of a face; states hold fewer cells where there would be more."""

END = -1
"""Stands for what comes after the last cell."""


@dataclass(frozen=True)
class _Ways:
    """Every cell after every few cells before it.

    Parameters
    ----------
    open : bool[C, 2^W]
        Whether the cell and those before it may be so: bit 0 is the cell, bit `k` the `k`-th before it.
    cost : int64[T, C, 2^W]
        Besides what the cell itself costs.
    """

    open: NDArray[np.bool_]
    cost: Ints


@dataclass(frozen=True)
class _Windows:
    """Sums over a few cells of one person that follow each other.

    Parameters
    ----------
    which : int64[R]
        Their rows in the matrix that they come from.
    last : int64[R]
        The last cell of each, counted over all cells.
    value : int64[R, 2^W]
        What each sum is, by the last cell and those before it.
    """

    which: Ints
    last: Ints
    value: Ints


def with_graphs(face: OptimalFace, part: Part, people: Ints, statements: Sequence[Statements]) -> OptimalFace:
    """The same plans over arcs of state graphs, with statements over the face's columns opened.

    Whom nothing ties within a few cells keeps single cells.

    Parameters
    ----------
    face
        Over single cells.
    people
        Of each cell column of the part : int64[m].
    statements
        What the tiers to come cost, over the columns of the face.
    """
    every = blocks_of(face, part, people)
    width = _width(face, every, statements)
    held = _within(face.rows, every, width)
    inner = [_within(group.sums, every, width) for group in statements]
    busy = np.zeros(len(every.size), dtype=np.bool_)
    for inside in (held, *inner):
        busy[inside[inside != NO_BLOCK]] = True
    if not busy.any():
        same = sparse.eye_array(face.num_columns, dtype=np.int64, format="csr")
        return opened_across(replace(face, constant=face.constant.copy()), part, list(zip(statements, inner, strict=True)), same)
    number, blocks = every.renumber(busy), every.only(busy)
    held, inner = number[held], [number[inside] for inside in inner]
    ways = _ways(face, part, blocks, held, list(zip(statements, inner, strict=True)), width)
    return _over_arcs(face, part, blocks, ways, np.flatnonzero(held == NO_BLOCK), list(zip(statements, inner, strict=True)))


def _spans(sums: Matrix, blocks: Blocks) -> tuple[Ints, Ints]:
    """The block that holds all columns of each row, `NO_BLOCK` where there is none, and how many cells lie from the first to the last."""
    inside = blocks.inside(sums)
    span = np.zeros(len(inside), dtype=np.int64)
    filled = np.flatnonzero(np.diff(sums.indptr))
    if len(filled):
        spot, begins = blocks.spot[sums.indices], sums.indptr[filled]
        span[filled] = np.maximum.reduceat(spot, begins) - np.minimum.reduceat(spot, begins) + 1
    return inside, span


def _within(sums: Matrix, blocks: Blocks, width: int) -> Ints:
    """The block that holds all columns of each row within so many cells, `NO_BLOCK` where there is none : int64[K]."""
    inside, span = _spans(sums, blocks)
    return np.where(span <= width, inside, NO_BLOCK)


def _width(face: OptimalFace, blocks: Blocks, statements: Sequence[Statements]) -> int:
    """How many cells the states look at: what most windows need, as far as there are not too many arcs; at least 2."""
    every = [_spans(sums, blocks) for sums in (face.rows, *(group.sums for group in statements))]
    spans = [span[inside != NO_BLOCK] for inside, span in every]
    asked: set[int] = {2, *np.concatenate(spans).tolist()}
    return max(2, 2, *(span for span in asked if span <= MOST_WIDTH and int(blocks.size.sum()) << span <= MOST_ARCS))


def _windows(sums: Matrix, chosen: Ints, blocks: Blocks, first: Ints, inside: Ints, width: int) -> _Windows:
    """Some rows of a matrix as windows."""
    rows = sums[chosen]
    size = np.diff(rows.indptr)
    owner = np.repeat(np.arange(len(chosen)), size)
    spot = blocks.spot[rows.indices]
    last = np.zeros(len(chosen), dtype=np.int64)
    np.maximum.at(last, owner, spot)
    bits = np.arange(1 << width, dtype=np.int64)[None, :] >> np.arange(width, dtype=np.int64)[:, None] & 1
    back = sparse.csr_array((rows.data, (owner, last[owner] - spot)), shape=(len(chosen), width))
    return _Windows(chosen, first[inside[chosen]] + last, np.asarray(back @ bits))


def _ways(face: OptimalFace, part: Part, blocks: Blocks, held: Ints, statements: Sequence[tuple[Statements, Ints]], width: int) -> _Ways:
    """What rows forbid and statements cost, way after way."""
    first = starts_of(blocks.size)[:-1]
    shape = (int(blocks.size.sum()), 1 << width)
    rows = _windows(face.rows, np.flatnonzero(held != NO_BLOCK), blocks, first, held, width)
    broken = (rows.value < face.row_lo[rows.which, None]) | (rows.value > face.row_hi[rows.which, None])
    closed = np.zeros(shape, dtype=np.bool_)
    np.logical_or.at(closed, rows.last, broken)
    cost = np.zeros((len(face.cost), *shape), dtype=np.int64)
    for group, inside in statements:
        some = _windows(group.sums, np.flatnonzero(inside != NO_BLOCK), blocks, first, inside, width)
        row = np.repeat(some.which, shape[1])
        tier, amount = group.amounts(part, row, some.value.reshape(-1) + group.offset[row])
        np.add.at(cost, (tier, np.repeat(some.last, shape[1]), np.tile(np.arange(shape[1]), len(some.last))), amount)
    return _Ways(_reached(~closed, blocks), cost)


def _reached(open_: NDArray[np.bool_], blocks: Blocks) -> NDArray[np.bool_]:
    """The ways that lie on a path through all cells of their block : bool[C, 2^W]."""
    first, states = starts_of(blocks.size)[:-1], open_.shape[1] // 2
    alive = open_.copy()
    here = np.zeros((len(first), states), dtype=np.bool_)
    here[:, 0] = True
    for spot in range(int(blocks.size.max(initial=0))):
        mine = np.flatnonzero(blocks.size > spot)
        cells = first[mine] + spot
        alive[cells] &= np.repeat(here[mine], 2, axis=1)
        here[mine] = alive[cells, :states] | alive[cells, states:]
    ahead = np.ones_like(here)
    for spot in range(int(blocks.size.max(initial=0)) - 1, -1, -1):
        mine = np.flatnonzero(blocks.size > spot)
        cells = first[mine] + spot
        alive[cells] &= np.tile(ahead[mine], 2)
        ahead[mine] = alive[cells].reshape(len(mine), states, 2).any(axis=2)
    return alive


def _over_arcs(
    face: OptimalFace, part: Part, blocks: Blocks, ways: _Ways, rows: Ints, statements: Sequence[tuple[Statements, Ints]]
) -> OptimalFace:
    """The face with the free cells of the blocks exchanged for arcs."""
    stay, cells = np.flatnonzero(blocks.of == NO_BLOCK), np.flatnonzero(blocks.of != NO_BLOCK)
    graph, cell, way = _graph(blocks, ways, len(stay))
    office = way & 1 == 1
    arcs = len(stay) + np.arange(len(cell), dtype=np.int64)
    where = (np.concatenate([stay, cells[cell[office]]]), np.concatenate([np.arange(len(stay)), arcs[office]]))
    change = sparse.csr_array((np.ones(len(where[0]), dtype=np.int64), where), shape=(face.num_columns, len(stay) + len(cell)))
    out = exchanged(face, change, stay, rows, np.full(len(cell), NO_BLOCK, dtype=np.int64), ways.cost[:, cell, way])
    out = replace(_with_nodes(out, graph, starts_of(blocks.size)[:-1]), graph=graph)
    return opened_across(out, part, statements, change)


def _graph(blocks: Blocks, ways: _Ways, first: int) -> tuple[StateGraph, Ints, Ints]:
    """The graph of the ways that are open, and the cell and the way of every arc : int64[A] each."""
    states = ways.open.shape[1] // 2
    same = _merged(blocks, ways)
    lead = same == np.arange(states)
    cell, way = (index.astype(np.int64) for index in np.nonzero(ways.open & np.repeat(lead, 2, axis=1)))
    spot, size = blocks.spot[blocks.of != NO_BLOCK], np.repeat(blocks.size, blocks.size)
    onward = spot[cell] + 1 < size[cell]
    after = np.minimum(cell + 1, len(spot) - 1)
    head = np.where(onward, after * states + same[after, way & (states - 1)], END)
    return StateGraph(first, cell * states + (way >> 1), head, spot[cell], states), cell, way


def _merged(blocks: Blocks, ways: _Ways) -> Ints:
    """For every cell and state before it the first state from which the same ways lead on at the same costs : int64[C, 2^(W - 1)]."""
    first, states = starts_of(blocks.size)[:-1], ways.open.shape[1] // 2
    charged = np.flatnonzero(ways.cost.any(axis=(1, 2)))
    same = np.zeros((len(ways.open), states), dtype=np.int64)
    ahead = np.zeros((len(first), states), dtype=np.int64)
    for spot in range(int(blocks.size.max(initial=0)) - 1, -1, -1):
        mine = np.flatnonzero(blocks.size > spot)
        cells = first[mine] + spot
        open_ = ways.open[cells]
        told = [open_, np.tile(ahead[mine], 2) * open_, *(ways.cost[tier, cells] * open_ for tier in charged)]
        keys = np.stack([column.reshape(len(mine) * states, 2) for column in told], axis=2).reshape(len(mine) * states, -1)
        who = np.repeat(np.arange(len(mine)), states)
        order = np.lexsort((*keys.T, who))
        new = np.concatenate([[True], (np.diff(who[order]) != 0) | (np.diff(keys[order], axis=0) != 0).any(axis=1)])
        lead = np.empty(len(order), dtype=np.int64)
        lead[order] = order[np.flatnonzero(new)][np.cumsum(new) - 1] % states
        ahead[mine] = same[cells] = lead.reshape(len(mine), states)
    return same


def _with_nodes(face: OptimalFace, graph: StateGraph, first: Ints) -> OptimalFace:
    """The face with one row per state: as many paths leave it as come, and one begins at the first cell of everybody."""
    arcs = graph.first + np.arange(len(graph.tail), dtype=np.int64)
    begins = first * graph.states
    nodes = np.union1d(np.unique(graph.tail), begins)
    onward = graph.head != END
    entry = (
        np.concatenate([np.ones(len(arcs), dtype=np.int64), np.full(int(onward.sum()), -1, dtype=np.int64)]),
        (np.searchsorted(nodes, np.concatenate([graph.tail, graph.head[onward]])), np.concatenate([arcs, arcs[onward]])),
    )
    out = with_rows(face, sparse.csr_array(entry, shape=(len(nodes), face.num_columns)), 0, 0)
    many = face.rows.shape[0]
    out.row_lo[many:] = out.row_hi[many:] = np.isin(nodes, begins)
    out.origin[many:] = NO_ORIGIN - 1 - nodes
    return out
