"""Which figures hold, from stored runs; and that the READMEs say just that."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.holding import FIGURES, Figure, holds_table
from benchmarks.measure import stored
from benchmarks.protocols import PROTOCOLS
from benchmarks.readme import blocks, shown, write_readmes
from benchmarks.suites import ROOT, SUITES
from tests.benchmarks.records import Record, stored_run

BLOCKS = [(file, name) for file, found in blocks(lambda suite: []).items() for name in found]


def figure(suite: str, aim: str) -> Figure:
    """The figure of a suite whose aim contains some words."""
    [found] = [figure for figure in FIGURES if figure.suite == suite and aim in figure.aim]
    return found


def loaded(solve: float, **given: object) -> Record:
    """A run that takes so long in the solve stage and half a second besides."""
    return stored_run(seconds={"compile": 0.25, "solve": solve, "name_duty": 0.0, "audit": 0.25, "total": solve + 1.5}) | given


def test_seconds_hold() -> None:
    """The median of the runs is held against the aim."""
    runs = [loaded(1.0), loaded(4.5, run=2), loaded(9.0, run=3)]
    assert figure("b2", "from loaded").measure(runs) == ("5.00 (1.50–9.50) s, 3 of 3 proven", "yes")


def test_seconds_do_not_hold() -> None:
    """A median above the aim does not hold."""
    assert figure("b2", "from loaded").measure([loaded(4.6)])[1] == "**no**"


def test_unproven_does_not_hold() -> None:
    """Fast without proof is not what was aimed at."""
    assert figure("b2", "from loaded").measure([loaded(1.0, status="feasible")])[1] == "**no**"


@pytest.mark.parametrize(
    ("peer_s", "status", "holds"),
    [(6.0, "optimal", "**no**"), (10.0, "optimal", "yes"), (10.0, "feasible", "yes"), (6.0, "feasible", "open: a peer was stopped before")],
)
def test_ratio(peer_s: float, status: str, holds: str) -> None:
    """A stopped peer is at least as slow as it was: below the aim that leaves the answer open."""
    peer = stored_run("highs_mip", status=status, seconds={"split": 0.0, "solve": peer_s})
    assert figure("b1", "HiGHS").measure([stored_run(), peer])[1] == holds


@pytest.mark.parametrize(("peer_s", "holds"), [(6.0, "**no**"), (10.0, "open: giliran was stopped before")])
def test_ratio_to_a_run_that_was_stopped(peer_s: float, holds: str) -> None:
    """Where giliran was stopped the ratio may be smaller still: above the aim that leaves the answer open, and says whose fault it is."""
    peer = stored_run("highs_mip", seconds={"split": 0.0, "solve": peer_s})
    assert figure("b1", "HiGHS").measure([stored_run(status="feasible"), peer])[1] == holds


def test_slowest_to_beat_counts() -> None:
    """Of two peers in a figure the faster one decides."""
    fast, slow = (stored_run(name, seconds={"split": 0.0, "solve": s}) for name, s in (("highspy", 9.0), ("highs_mip", 60.0)))
    assert figure("b1", "HiGHS").measure([stored_run(), fast, slow]) == ("highs_mip 30 ×, highspy 4.5 ×", "**no**")


def test_older_records_have_no_written_plan() -> None:
    """What was not measured is not claimed."""
    assert figure("b5", "written").measure([stored_run()]) == ("not measured", "–")


@pytest.mark.parametrize(("status", "measured", "holds"), [("optimal", "people", "yes"), ("feasible", "people, 1 unproven", "**no**")])
def test_exponent_of_unproven_runs(status: str, measured: str, holds: str) -> None:
    """Seconds of a run that was stopped are those of its budget: they say nothing about growth."""
    runs = [loaded(1.0, case="1,000", staff=1_000), loaded(100.0, case="1,000,000", staff=1_000_000, status=status)]
    found = figure("growth", "exponent").measure(runs)
    assert found[0].endswith(measured) and found[1] == holds


def test_exponent_of_small_sizes_is_open() -> None:
    """Growth up to a size is only claimed when that size was measured."""
    runs = [loaded(0.001 * n, case=f"{n}", staff=n) for n in (1_000, 10_000)]
    assert figure("growth", "exponent").measure(runs)[1] == "open: smaller sizes only"


def test_trials_do_not_count() -> None:
    """Scaled cases have other names and say nothing about a figure."""
    table = holds_table(lambda suite: [stored_run(case="B2 500 × 5")])
    assert table.count("| not measured | – |") == len(FIGURES)


def test_every_suite_has_a_protocol() -> None:
    """Suites and protocols have the same names."""
    assert PROTOCOLS.keys() == SUITES.keys()


@pytest.mark.parametrize(("file", "name"), BLOCKS)
def test_readmes_are_what_is_stored(file: str, name: str) -> None:
    """The tables of the READMEs are those of the stored results; `python -m benchmarks report --readme` writes them."""
    assert shown((ROOT / file).read_text(encoding="utf-8"), name) == blocks(stored)[file][name]


def test_the_first_page_has_three_rows() -> None:
    """A page of its own has all figures; the first one has three of them, one row each."""
    assert len(blocks(stored)["README.md"]["front"].splitlines()) == 2 + 3


def marked(folder: Path) -> list[Path]:
    """READMEs with marks around something stale."""
    paths = []
    for file, found in blocks(lambda suite: []).items():
        text = "\n".join(f"before\n<!-- {name}: begin -->\nstale\n<!-- {name}: end -->" for name in found) + "\nafter\n"
        paths.append(folder / file)
        paths[-1].parent.mkdir(exist_ok=True)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_readmes_keep_the_rest(tmp_path: Path) -> None:
    """Only what stands between the marks is written."""
    paths = marked(tmp_path)
    write_readmes(tmp_path, lambda suite: [])
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert "stale" not in text and text.startswith("before\n") and text.endswith("\nafter\n")


def test_readmes_without_marks_are_refused(tmp_path: Path) -> None:
    """Where the marks of one README are gone, every README stays as it is."""
    *others, last = marked(tmp_path)
    last.write_text("no marks", encoding="utf-8")
    before = [path.read_text(encoding="utf-8") for path in others]
    with pytest.raises(ValueError, match="no marks for"):
        write_readmes(tmp_path, lambda suite: [])
    assert [path.read_text(encoding="utf-8") for path in others] == before
    assert last.read_text(encoding="utf-8") == "no marks"
