"""Which table shows the runs of a suite."""

from __future__ import annotations

from benchmarks.comparison import comparison, side_by_side
from benchmarks.growth import GROWING, growth_table
from benchmarks.horizons import HORIZONS, WEEKS, horizon_table, weeks_table
from benchmarks.measure import Record
from benchmarks.protocols import PROTOCOLS
from benchmarks.shaping import SUITE as SHAPES
from benchmarks.shaping import shapes_table
from benchmarks.tables import latest, table

COMPARED = tuple(name for name, protocol in PROTOCOLS.items() if protocol.peers and name not in (*HORIZONS, WEEKS, SHAPES))
"""Suites whose peers stand beside giliran, a row for each case and solver."""


def suite_table(suite: str, records: list[Record]) -> str:
    """The runs of one measurement of a suite."""
    if suite in HORIZONS:
        return horizon_table(records)
    if suite == SHAPES:
        return shapes_table(records)
    if suite == WEEKS:
        return weeks_table(records)
    if suite in GROWING:
        return growth_table(records)
    return comparison(records) if any("peer" in record for record in records) else table(records)


def newest(suite: str, records: list[Record]) -> list[Record]:
    """What a suite's page shows of its stored runs: those with others beside giliran where the page is about that."""
    return side_by_side(records) if suite in (SHAPES, WEEKS) else latest(records)
