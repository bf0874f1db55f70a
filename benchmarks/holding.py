"""Which figures hold and which do not, from the stored runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.alone import BOUNDS
from benchmarks.comparison import OURS, PROVEN, Ratio, loaded_s, ours_in, ratio, side_by_side, solve_s, who
from benchmarks.growth import said, solve_curve
from benchmarks.horizons import PER_CENT, before_last_s, bounding, gap_text, plan_s, weeks_curve, worst_gap
from benchmarks.measure import Record
from benchmarks.protocols import LONG
from benchmarks.shaping import by_case
from benchmarks.suites import SUITES
from benchmarks.tables import latest, spread

Stored = Callable[[str], list[Record]]
"""All stored runs of a suite."""

MB_PER_GB = 1000
UNMEASURED = ("not measured", "–")


@dataclass(frozen=True)
class Figure:
    """A figure to reach.

    Parameters
    ----------
    suite
        Where it is measured.
    case
        What the names of its cases begin with; all cases of the suite when empty.
    aim
        What is to be reached, in words.
    measure
        What the newest runs of the cases say, and whether the figure holds: yes, no, or why that is open.
    front
        Whether the first page of the project shows it.
    """

    suite: str
    case: str
    aim: str
    measure: Callable[[list[Record]], tuple[str, str]]
    front: bool = False


def holds_table(stored: Stored, figures: Sequence[Figure] | None = None) -> str:
    """One row per figure, of all of them or of some."""
    lines = ["| figure | aim | measured | holds |", "| --- | --- | --- | --- |"]
    for figure in FIGURES if figures is None else figures:
        cases = {case.name for case in SUITES[figure.suite](1.0) if case.name.startswith(figure.case)}
        records = [record for record in stored(figure.suite) if record["case"] in cases]
        measured, holds = figure.measure(records) if records else UNMEASURED
        label = min(cases) if len(cases) == 1 else figure.suite
        lines.append(f"| {label} | {figure.aim} | {measured} | {holds} |")
    return "\n".join(lines)


def _ours(records: list[Record]) -> list[Record]:
    return [record for record in latest(records) if who(record) == OURS]


def _yes(held: bool) -> str:
    return "yes" if held else "**no**"


def _within(seconds: Callable[[Record], float | None], most: float) -> Callable[[list[Record]], tuple[str, str]]:
    """Proven in every run, and the median of the seconds at most `most` in every case."""

    def measure(records: list[Record]) -> tuple[str, str]:
        runs = _ours(records)
        taken = {case: [seconds(run) for run in runs if run["case"] == case and "seconds" in run] for case in {run["case"] for run in runs}}
        known = {case: [value for value in values if value is not None] for case, values in taken.items()}
        if not all(known.values()):
            return UNMEASURED
        slowest = max(known.values(), key=median)
        proven = sum(run["status"] == PROVEN for run in runs)
        return f"{spread(slowest)} s, {proven} of {len(runs)} proven", _yes(median(slowest) <= most and proven == len(runs))

    return measure


def _times(peers: tuple[str, ...], least: float) -> Callable[[list[Record]], tuple[str, str]]:
    """Every one of the peers needs at least `least` times as long in the solve stage."""

    def measure(records: list[Record]) -> tuple[str, str]:
        beside = side_by_side(records)
        found = {name: ratio([run for run in beside if who(run) == name], ours_in(beside)) for name in peers}
        known = {name: value for name, value in found.items() if value is not None}
        if not known:
            return UNMEASURED
        text = ", ".join(f"{name} {value} ×" for name, value in known.items())
        return text, min((_reached(value, least) for value in known.values()), key=_ANSWERS.index)

    return measure


_OPEN_PEER, _OPEN_OURS = "open: a peer was stopped before", "open: giliran was stopped before"
_ANSWERS = (_yes(False), _OPEN_PEER, _OPEN_OURS, _yes(True))
"""Worst first."""


def _reached(value: Ratio, least: float) -> str:
    if value.value >= least:
        return _OPEN_OURS if value.sign == "≤" else _yes(True)
    return _OPEN_PEER if value.sign == "≥" else _yes(False)


def _memory(most_gb: float) -> Callable[[list[Record]], tuple[str, str]]:
    def measure(records: list[Record]) -> tuple[str, str]:
        peak = max((run["peak_mb"] for run in _ours(records) if "peak_mb" in run), default=None)
        return UNMEASURED if peak is None else (f"{peak / MB_PER_GB:.1f} GB", _yes(peak <= most_gb * MB_PER_GB))

    return measure


def _exponent(most: float, people: int) -> Callable[[list[Record]], tuple[str, str]]:
    """The exponent is at most `most` up to so many people, and every run is proven: seconds of others are those of the budget."""

    def measure(records: list[Record]) -> tuple[str, str]:
        curve = solve_curve(latest(records))
        if curve.exponent is None:
            return UNMEASURED
        sizes = f", {curve.points[0][0]:,} to {curve.points[-1][0]:,} people"
        unproven = sum(run["status"] != PROVEN for run in _ours(records))
        text = f"{said(curve)}{sizes}" + (f", {unproven} unproven" if unproven else "")
        small = curve.points[-1][0] < people
        return text, "open: smaller sizes only" if small else _yes(curve.exponent <= most and not unproven)

    return measure


def _reached_within(seconds: Callable[[Record], float | None], most: float) -> Callable[[list[Record]], tuple[str, str]]:
    """Reached in every run, in at most so many seconds."""

    def measure(records: list[Record]) -> tuple[str, str]:
        runs = _ours(records)
        taken = [value for run in runs if (value := seconds(run)) is not None]
        if not taken:
            return "in no run", _yes(False)
        return f"{spread(taken)} s, in {len(taken)} of {len(runs)}", _yes(len(taken) == len(runs) and max(taken) <= most)

    return measure


def _gap_within(most: float) -> Callable[[list[Record]], tuple[str, str]]:
    """No tier of any run is open by more than a share of its value when the limit ends."""

    def measure(records: list[Record]) -> tuple[str, str]:
        runs = _ours(records)
        found = [gap for run in runs if (gap := worst_gap(run)) is not None]
        if not found:
            return "no plan of all parts in any run", _yes(False)
        proven = sum(run["status"] == PROVEN for run in runs)
        text = f"{gap_text(median(found))} ({gap_text(min(found))}–{gap_text(max(found))}), {proven} of {len(runs)} proven"
        return text, _yes(len(found) == len(runs) and max(found) <= most)

    return measure


def _no_worse(peers: tuple[str, ...]) -> Callable[[list[Record]], tuple[str, str]]:
    """No plan of some peers is better than ours in the first tier in which they differ."""

    def measure(records: list[Record]) -> tuple[str, str]:
        beside = side_by_side(records)
        ours = ours_in(beside)
        runs = [(run, ours[run["run"]]) for run in beside if who(run) in peers and run["run"] in ours and "tiers" in run]
        if not runs:
            return UNMEASURED
        lost = sorted({who(run) for run, our in runs if _whole(run) and (not _whole(our) or _values(run) < _values(our))})
        return (f"better: {', '.join(lost)}" if lost else f"no better plan in {len(runs)} runs of peers"), _yes(not lost)

    return measure


def _whole(run: Record) -> bool:
    return bool(run.get("tiers")) and run.get("planned_parts", 0) == run["parts"]


def _values(run: Record) -> list[int]:
    return [value for value, _ in run["tiers"].values()]


def _weeks_exponent(most: float, weeks: int) -> Callable[[list[Record]], tuple[str, str]]:
    """The exponent of the CPU seconds to the bound is at most `most` up to so many weeks."""

    def measure(records: list[Record]) -> tuple[str, str]:
        beside = side_by_side(records)
        curve = weeks_curve(beside)
        if curve.exponent is None:
            return UNMEASURED
        stopped = sum(run["status"] != BOUNDS for run in bounding(beside))
        text = f"{said(curve)}, {curve.points[0][0]} to {curve.points[-1][0]} weeks" + (f", {stopped} stopped" if stopped else "")
        small = curve.points[-1][0] < weeks
        return text, "open: fewer weeks only" if small else _yes(curve.exponent <= most and not stopped)

    return measure


def _never_loses(records: list[Record]) -> tuple[str, str]:
    """`auto` is within what is allowed of the best of its methods alone, in every case and seed."""
    found = by_case(side_by_side(records))
    pairs = [pair for case in found.values() for pair in case]
    lost = [case for case, of_case in found.items() if any(pair.lost for pair in of_case)]
    if not pairs:
        return UNMEASURED
    return f"{len(found) - len(lost)} of {len(found)} instances" + (f", not {', '.join(lost)}" if lost else ""), _yes(not lost)


def _total_s(run: Record) -> float:
    return float(run["seconds"]["total"])


def _written_s(run: Record) -> float | None:
    """Seconds from the files to the written plan; None in runs that were stored before it was measured."""
    seconds: dict[str, float] = run["seconds"]
    return seconds.get("written")


def _horizon(suite: str, case: str, plan: float, before: float | None, gap: float) -> Iterator[Figure]:
    """First plans, tiers before the last, and the gap at the limit."""
    yield Figure(suite, case, f"first plan of every part ≤ {plan:g} s", _reached_within(plan_s, plan))
    if before is not None:
        yield Figure(suite, case, f"tiers before the last proven in ≤ {before:g} s", _reached_within(before_last_s, before))
    yield Figure(suite, case, f"gap ≤ {PER_CENT * gap:g} % at the limit", _gap_within(gap))


HIGHS = ("highs_mip", "highspy")
FIGURES = (
    Figure("quick", "generated 1,000 × 5", "≤ 5 s from files to audited plan", _within(_total_s, 5.0)),
    Figure("quick", "generated 10,000 × 5", "≤ 30 s from files to audited plan", _within(_total_s, 30.0), front=True),
    Figure("b1", "", "≤ 0.5 s from loaded instance to audited plan", _within(loaded_s, 0.5)),
    Figure("b1", "", "search ≥ 5 × faster than HiGHS MIP", _times(HIGHS, 5.0), front=True),
    Figure("b1", "", "search ≥ 20 × faster than plain CP-SAT", _times(("cpsat_plain",), 20.0)),
    Figure("b2", "", "≤ 5 s from loaded instance to audited plan", _within(loaded_s, 5.0)),
    Figure("b2", "", "search never slower than HiGHS MIP", _times(HIGHS, 1.0)),
    Figure("b3", "", "≤ 40 s from loaded instance to audited plan", _within(loaded_s, 40.0)),
    Figure("b3", "", "aim: ≤ 20 s", _within(loaded_s, 20.0)),
    Figure("b3", "", "search never slower than HiGHS MIP", _times(HIGHS, 1.0)),
    Figure("b4", "", "≤ 60 s from loaded instance to audited plan, all tiers proven", _within(loaded_s, 60.0)),
    Figure("b4", "", "search never slower than HiGHS MIP", _times(HIGHS, 1.0)),
    Figure("b5", "", "≤ 30 s of search", _within(solve_s, 30.0)),
    Figure("b5", "", "≤ 60 s from CSV to written plan", _within(_written_s, 60.0), front=True),
    Figure("b5", "", "≤ 4 GB", _memory(4.0)),
    Figure("growth", "", "exponent of the search ≤ 1.1, to 1,000,000 people", _exponent(1.1, 1_000_000)),
    Figure("coupled", "", "exponent of the search ≤ 1.3, to 100,000 people", _exponent(1.3, 100_000)),
    *_horizon("b7", "", 3.0, 10.0, 0.001),
    *_horizon("b8", "", 3.0, 10.0, 0.001),
    *_horizon("b9", "B9 1,000 × 65", 5.0, None, 0.02),
    *_horizon("b9", "B9 300 × 130", 5.0, None, 0.02),
    *_horizon("b9", "B9 100 × 260", 5.0, None, 0.06),
    Figure("b10", "", "first plan of every part ≤ 5 s", _reached_within(plan_s, 5.0)),
    Figure("b10", "", "no plan of HiGHS or CP-SAT is better at equal time", _no_worse(LONG)),
    Figure("b11", "", "gap ≤ 0.1 % at the limit", _gap_within(0.001)),
    Figure("shapes", "", "`auto` ≤ 1.5 × the best of its methods alone + 0.3 s", _never_loses),
    Figure("weeks", "", "exponent of the CPU seconds to the bound ≤ 1.3, to 26 weeks", _weeks_exponent(1.3, 26)),
)
"""The figures of the design that suites measure. `ASOCIO` and the workbook from the shell are measured elsewhere."""
