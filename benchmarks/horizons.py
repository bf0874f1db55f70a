"""Long horizons: when every part had a plan, when the tiers before the last were proven, and what was left open at the limit."""

from __future__ import annotations

from statistics import median

from benchmarks.comparison import NONE, PROVEN, who
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
    """A gap in per cent."""
    percent = PER_CENT * gap
    return f"< {HARDLY} %" if 0 < percent < HARDLY else f"{percent:.2f} %"


def bound_cpu_s(run: Record) -> float:
    """CPU seconds until all tiers were proven; all that was used where the limit ended the run before."""
    times = list(run["reached_cpu"]["tiers"].values())
    return float(run["cpu_s"] if not times or times[-1] is None else times[-1])


def by_weeks(records: list[Record]) -> dict[int, list[Record]]:
    """Runs that have seconds, by number of weeks, fewest first."""
    done = [record for record in records if "peer" not in record and "seconds" in record]
    found = sorted({-(-run["days"] // CALENDAR_WEEK) for run in done})
    return {weeks: [run for run in done if -(-run["days"] // CALENDAR_WEEK) == weeks] for weeks in found}


def weeks_curve(records: list[Record]) -> Curve:
    """CPU seconds to the bound over weeks."""
    return Curve(tuple((weeks, median(map(bound_cpu_s, runs))) for weeks, runs in by_weeks(records).items()))


def weeks_table(records: list[Record]) -> str:
    """One row per number of weeks, then the exponent."""
    found = by_weeks(records)
    if not found:
        return NOTHING
    lines = [
        "| instance | parts (largest) | proven | first plan of every part, s | CPU seconds to the bound | largest gap | memory, MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for runs in found.values():
        plans = [seconds for run in runs if (seconds := plan_s(run)) is not None]
        open_ = [gap for run in runs if (gap := worst_gap(run)) is not None]
        cells = (
            runs[0]["case"],
            f"{runs[0]['parts']:,} ({runs[0]['largest_part']:,})",
            f"{sum(run['status'] == PROVEN for run in runs)} of {len(runs)}",
            spread(plans) if len(plans) == len(runs) else f"not in {len(runs) - len(plans)} of {len(runs)}",
            spread([bound_cpu_s(run) for run in runs]),
            gap_text(max(open_)) if len(open_) == len(runs) else NONE,
            f"{max(run['peak_mb'] for run in runs):,}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    exponent = f"Exponent by least squares over the logarithms of the medians: CPU seconds to the bound {said(weeks_curve(records))}."
    return "\n".join([*lines, "", exponent, "", about(records)])
