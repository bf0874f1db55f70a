"""What the READMEs say from the stored runs, between their marks: all tables in that of the benchmarks, a few rows in the first one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.comparison import comparison, side_by_side
from benchmarks.growth import GROWING, growth_table
from benchmarks.holding import FIGURES, Stored, holds_table
from benchmarks.horizons import HORIZONS, WEEKS
from benchmarks.measure import Record
from benchmarks.shaping import SUITE as SHAPES
from benchmarks.showing import COMPARED, newest, suite_table
from benchmarks.tables import latest, table

FRONT = tuple(figure for figure in FIGURES if figure.front)
"""Figures of the first page."""


def blocks(stored: Stored) -> dict[str, dict[str, str]]:
    """Text of every block by the name in its marks, by the file that it stands in."""
    beside = [side_by_side(stored(suite)) for suite in COMPARED]
    grown = [latest(stored(suite)) for suite in GROWING]
    return {
        "README.md": {"front": holds_table(stored, FRONT)},
        "benchmarks/README.md": {
            "holds": holds_table(stored),
            "peers": "\n\n".join(comparison(records) for records in beside if records),
            "growth": "\n\n".join(growth_table(records) for records in grown if records),
            "horizons": "\n\n".join(suite_table(suite, found) for suite in HORIZONS for found in long_runs(stored(suite))),
            "shapes": suite_table(SHAPES, newest(SHAPES, stored(SHAPES))),
            "weeks": suite_table(WEEKS, newest(WEEKS, stored(WEEKS))),
            "figures": table(latest(stored("quick"))),
        },
    }


def long_runs(records: list[Record]) -> list[list[Record]]:
    """The newest runs of a suite, and where nobody stands beside giliran in them the newest in which somebody does."""
    alone, beside = latest(records), side_by_side(records)
    return [found for found in ([alone] if alone == beside else [alone, beside]) if found]


def marks(name: str) -> tuple[str, str]:
    """What stands before and after a block."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def shown(text: str, name: str) -> str:
    """What a README has between the marks of a block.

    Raises
    ------
    ValueError
        If the marks are not there.
    """
    begin, end = marks(name)
    if begin not in text or end not in text:
        raise ValueError(f"no marks for {name}")
    return text.split(begin, 1)[1].split(end, 1)[0].strip()


def write_readmes(root: Path, stored: Stored) -> None:
    """Put every block between the marks of its file below `root`; all else stays, and nothing is written where marks are missing."""
    for path, text in list(_written(root, stored)):
        path.write_text(text, encoding="utf-8")


def _written(root: Path, stored: Stored) -> Iterator[tuple[Path, str]]:
    for file, found in blocks(stored).items():
        text = (root / file).read_text(encoding="utf-8")
        for name, block in found.items():
            begin, end = marks(name)
            shown(text, name)
            head, rest = text.split(begin, 1)
            text = f"{head}{begin}\n{block}\n{end}{rest.split(end, 1)[1]}"
        yield root / file, text
