"""Giliran and its peers side by side, from stored runs; and whether one contradicts what another has proven."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from statistics import median

from benchmarks.measure import Record
from benchmarks.suites import Span
from benchmarks.tables import NOTHING, about, latest, spread

OURS = "giliran"
PROVEN, FAILED = "optimal", "failed"
SMALL_RATIO = 10
"""From here on a ratio is shown without decimals."""

_STAGES = ("compile", "solve", "name_duty", "audit")
_PLANNED = (PROVEN, "feasible")
_HEAD = (
    "| instance | who | proven | tiers proven | first open tier: gap | solve stage, s | ratio | loaded to audited, s | memory, MB |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


def comparison(records: list[Record]) -> str:
    """One row per case and solver.

    Ratio: the peer's seconds in the solve stage by ours, the median over the seeds in which at least one of the two proved its plan.
    `≥`: the peer did not in some of them, and counts with the time that it took; `≤`: giliran did not.
    """
    if not records:
        return NOTHING
    lines = list(_HEAD)
    for case in dict.fromkeys(record["case"] for record in records):
        runs = [record for record in records if record["case"] == case]
        ours = {record["run"]: record for record in runs if who(record) == OURS}
        for name in dict.fromkeys(who(record) for record in runs):
            lines.append(_row(case, name, [record for record in runs if who(record) == name], ours))
    bugs = [f"* **Bug:** {said}" for said in contradictions(records)]
    return "\n".join([*lines, "", *bugs, *([""] if bugs else []), about(records)])


def side_by_side(records: list[Record]) -> list[Record]:
    """The newest measurement of every case in which there were peers."""
    with_peers = {(record["case"], record["when"]) for record in records if "peer" in record}
    return latest([record for record in records if (record["case"], record["when"]) in with_peers])


def who(record: Record) -> str:
    """Who solved in a run."""
    return str(record.get("peer", OURS))


def _row(case: str, name: str, runs: list[Record], ours: dict[int, Record]) -> str:
    done = [run for run in runs if "seconds" in run]
    proven = sum(run["status"] == PROVEN for run in runs)
    if not done:
        return f"| {case} | {name} | {runs[0]['status']} | – | – | – | {_ratio(runs, ours)} | – | – |"
    tiers = f"{min(run['proven_tiers'] for run in done)} of {len(done[0]['tiers'])}"
    loaded = _loaded(done) if name == OURS else "–"
    return (
        f"| {case} | {name} | {proven} of {len(runs)} | {tiers} | {_open_tier(done)} | {spread([_solve_s(run) for run in done])} "
        f"| {_ratio(runs, ours)} | {loaded} | {max(run['peak_mb'] for run in done):,} |"
    )


def _loaded(runs: list[Record]) -> str:
    """Seconds from the loaded instance to the audited plan, with the aim where there is one."""
    aim = runs[0]["aim_s"] if runs[0].get("aim_of") == Span.LOADED else None
    return spread([sum(run["seconds"][stage] for stage in _STAGES) for run in runs]) + (f"; aim {aim:g}" if aim is not None else "")


def _solve_s(run: Record) -> float:
    """Seconds in the solve stage; the whole budget where a process had to be ended."""
    return float(run["seconds"]["solve"] if "seconds" in run else run["budget_s"])


def _ratio(runs: list[Record], ours: dict[int, Record]) -> str:
    if who(runs[0]) == OURS:
        return "1"
    pairs = [(run, ours[run["run"]]) for run in runs if run["run"] in ours]
    pairs = [pair for pair in pairs if FAILED not in _statuses(pair) and PROVEN in _statuses(pair)]
    late_peer = any(peer["status"] != PROVEN for peer, _ in pairs)
    late_ours = any(our["status"] != PROVEN for _, our in pairs)
    if not pairs or (late_peer and late_ours):
        return "–"
    ratio = median(_solve_s(peer) / _solve_s(our) for peer, our in pairs)
    sign = "≥ " if late_peer else "≤ " if late_ours else ""
    return f"{sign}{ratio:.2g}" if ratio < SMALL_RATIO else f"{sign}{ratio:,.0f}"


def _statuses(pair: tuple[Record, Record]) -> tuple[str, str]:
    return pair[0]["status"], pair[1]["status"]


def _open_tier(runs: list[Record]) -> str:
    """Of the runs that proved least: the first tier that is not proven, with the gap between value and bound."""
    worst = min(runs, key=lambda run: int(run["proven_tiers"]))
    tiers = list(worst["tiers"].items())
    if worst["proven_tiers"] >= len(tiers):
        return "none"
    if worst["status"] not in _PLANNED:
        return f"no plan in {worst['parts'] - worst['planned_parts']} of {worst['parts']} parts" if "planned_parts" in worst else "no plan"
    name, (value, bound) = tiers[worst["proven_tiers"]]
    return f"{name}: {value - bound:,} of {abs(value):,}"


def tier_rows(records: list[Record]) -> str:
    """Value and bound of every tier in every run."""
    lines = ["| instance | seed | who | tier | value | bound | proven | seconds |", "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for record in records:
        for k, (name, (value, bound)) in enumerate(record.get("tiers", {}).items()):
            proven = "yes" if k < record["proven_tiers"] else "no"
            seconds = record.get("tier_seconds", {}).get(name)
            took = "–" if seconds is None else f"{seconds:.2f}"
            lines.append(f"| {record['case']} | {record['run']} | {who(record)} | {name} | {value:,} | {bound:,} | {proven} | {took} |")
    return "\n".join(lines)


def contradictions(records: list[Record]) -> list[str]:
    """Where a run has what another run of the same instance has proven impossible. Every one is a bug of somebody."""
    found = []
    by_instance = sorted(records, key=lambda record: (record["when"], record["case"], record["run"]))
    for _, group in groupby(by_instance, key=lambda record: (record["when"], record["case"], record["run"])):
        runs = list(group)
        for prover in runs:
            found += [said for other in runs if other is not prover for said in _beaten(prover, other)]
    return found


def _beaten(prover: Record, other: Record) -> Iterator[str]:
    """What `other` has although `prover` has proven that nothing like it exists.

    Tiers are compared in order as long as both are equal and proven: the next bound then holds for the other plan too.
    """
    names = f"{prover['case']}, seed {prover['run']}: {who(other)}"
    if not _whole_plan(other):
        return
    if prover["status"] == "infeasible":
        yield f"{names} has a plan, {who(prover)} has proven that there is none"
    if not _whole_plan(prover):
        return
    for k, (name, (value, bound)) in enumerate(prover["tiers"].items()):
        reached = other["tiers"][name][0]
        if reached < bound:
            yield f"{names} reaches {reached} in {name}, {who(prover)} has proven at least {bound}"
        if k >= prover["proven_tiers"] or reached != value:
            return


def _whole_plan(run: Record) -> bool:
    return run["status"] in _PLANNED and "tiers" in run
