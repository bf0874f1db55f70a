"""Long horizons: when every part had a plan, when the tiers before the last were proven, and what was left open at the limit."""

from __future__ import annotations

from statistics import median

from benchmarks.alone import BOUNDS
from benchmarks.comparison import NONE, OURS, PROVEN, who
from benchmarks.growth import Curve, said
from benchmarks.measure import Record
from benchmarks.tables import NOTHING, about, spread

HORIZONS = ("b7", "b8", "b9", "b10", "b11")
"""Suites of long horizons, and of one part that is too large to be proven at once."""

WEEKS = "weeks"
"""The suite of more and more weeks."""

CALENDAR_WEEK = 7
"""Days of a horizon count weekends, all but the last one."""
PER_CENT = 100
HARDLY = 0.01
"""Per cent below which a gap is told as less than this."""


def plan_s(run: Record) -> float | None:
    """Seconds of search until every part had a plan."""
    found: float | None = run.get("reached", {}).get("plan")
    return found


def before_last_s(run: Record) -> float | None:
    """Seconds of search until all tiers before the last were proven in every part."""
    times = list(run.get("reached", {}).get("tiers", {}).values())
    return times[-2] if len(times) > 1 else None


def gaps(run: Record) -> dict[str, float | None]:
    """What is open in each tier, as a share of its value; None without a bound."""
    return {name: None if bound is None else (value - bound) / max(value, 1) for name, (value, bound) in run.get("tiers", {}).items()}


def worst_gap(run: Record) -> float | None:
    """The largest of a plan of all parts; None without such a plan, or without a bound in some tier."""
    found = list(gaps(run).values())
    if not found or run.get("planned_parts", 0) < run["parts"] or None in found:
        return None
    return max(gap for gap in found if gap is not None)


def horizon_table(records: list[Record]) -> str:
    """One row per run."""
    if not records:
        return NOTHING
    lines = [
        "| instance | seed | who | first plan of every part, s | tiers before the last proven, s | value ≥ bound of each tier (gap) "
        "| parts proven | CPU, s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*lines, *map(_row, records), "", about(records)])


def _row(run: Record) -> str:
    cells = [run["case"], str(run["run"]), who(run)]
    if "seconds" not in run:
        why = " ".join(run.get("error", []))
        return f"| {' | '.join([*cells, run['status'] + (f': {why}' if why else ''), NONE, NONE, NONE, NONE])} |"
    parts = NONE if "proven_parts" not in run else f"{run['proven_parts']} of {run['parts']}"
    cpu = NONE if "cpu_s" not in run else f"{run['cpu_s']:.1f}"
    return f"| {' | '.join([*cells, _seconds(plan_s(run)), _seconds(before_last_s(run)), _tiers(run), parts, cpu])} |"


def _seconds(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def _tiers(run: Record) -> str:
    """Every tier with its value; bound and gap where it is open."""
    if run.get("planned_parts", run["parts"]) < run["parts"]:
        return f"no plan in {run['parts'] - run['planned_parts']} of {run['parts']} parts"
    shares = gaps(run)
    return "; ".join(_tier(name, value, bound, shares[name]) for name, (value, bound) in run["tiers"].items()) or NONE


def _tier(name: str, value: int, bound: int | None, gap: float | None) -> str:
    if bound is None or gap is None:
        return f"{name} {value:,}"
    if value == bound:
        return f"{name} {value:,}"
    return f"{name} {value:,} ≥ {bound:,} ({gap_text(gap) if value > 0 else f'{value - bound:,} open'})"


def gap_text(gap: float) -> str:
    """A gap in per cent; of more than the value it says nothing more."""
    if gap > 1:
        return f"> {PER_CENT} %"
    percent = PER_CENT * gap
    return f"< {HARDLY} %" if 0 < percent < HARDLY else f"{percent:.2f} %"


def by_weeks(records: list[Record]) -> dict[int, list[Record]]:
    """Runs that have seconds, by number of weeks, fewest first."""
    done = [record for record in records if "seconds" in record]
    found = sorted({_weeks(run) for run in done})
    return {weeks: [run for run in done if _weeks(run) == weeks] for weeks in found}


def _weeks(run: Record) -> int:
    return -(-int(run["days"]) // CALENDAR_WEEK)


def bounding(records: list[Record]) -> list[Record]:
    """Runs of the bounds alone."""
    return [record for record in records if who(record) == BOUNDS and "cpu_s" in record]


def weeks_curve(records: list[Record]) -> Curve:
    """CPU seconds to the bound over weeks."""
    return Curve(tuple((weeks, median(run["cpu_s"] for run in runs)) for weeks, runs in by_weeks(bounding(records)).items()))


def weeks_table(records: list[Record]) -> str:
    """One row per number of weeks, then the exponent."""
    found = by_weeks(records)
    if not found:
        return NOTHING
    lines = [
        "| instance | parts (largest) | CPU seconds to the bound | all bounded | first plan of every part, s | proven | largest gap |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_weeks_row(runs) for runs in found.values()),
    ]
    exponent = f"Exponent by least squares over the logarithms of the medians: CPU seconds to the bound {said(weeks_curve(records))}."
    return "\n".join([*lines, "", exponent, "", about(records)])


def _weeks_row(runs: list[Record]) -> str:
    """What bounds alone took, and what the solve within its limit came to."""
    bounds, solves = bounding(runs), [run for run in runs if who(run) == OURS]
    plans = [seconds for run in solves if (seconds := plan_s(run)) is not None]
    open_ = [gap for run in solves if (gap := worst_gap(run)) is not None]
    cells = (
        runs[0]["case"],
        f"{solves[0]['parts']:,} ({solves[0]['largest_part']:,})" if solves else NONE,
        spread([run["cpu_s"] for run in bounds]) if bounds else NONE,
        f"{sum(run['status'] == BOUNDS for run in bounds)} of {len(bounds)}",
        spread(plans) if plans and len(plans) == len(solves) else f"not in {len(solves) - len(plans)} of {len(solves)}",
        f"{sum(run['status'] == PROVEN for run in solves)} of {len(solves)}",
        gap_text(max(open_)) if open_ and len(open_) == len(solves) else NONE,
    )
    return f"| {' | '.join(cells)} |"
