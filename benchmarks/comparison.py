"""Giliran and its peers side by side, from stored runs; and whether one contradicts what another has proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from benchmarks.measure import Record
from benchmarks.statuses import BROKEN, FAILED, NOT_INSTALLED
from benchmarks.suites import Span
from benchmarks.tables import NOTHING, about, latest, spread

OURS = "giliran"
PROVEN = "optimal"
UNCOUNTED = frozenset({FAILED, BROKEN, NOT_INSTALLED})
"""Runs that say nothing about seconds: the process failed, its plan breaks a rule, or the peer is not there."""
NONE = "–"
SMALL_RATIO = 10
"""From here on a ratio is shown without decimals."""

_STAGES = ("compile", "solve", "name_duty", "audit")
_PLANNED = (PROVEN, "feasible")
_HEAD = (
    "| instance | who | proven | tiers proven | first open tier: gap | solve stage, s | ratio | loaded to audited, s | memory, MB "
    "| above the optimum |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


@dataclass(frozen=True)
class Ratio:
    """A peer's seconds in the solve stage by giliran's.

    Parameters
    ----------
    value
        The median over seeds.
    sign
        `≥` when the peer had not proved its plan in some of them, `≤` when giliran had not, else empty.
    """

    value: float
    sign: str

    def __str__(self) -> str:
        number = f"{self.value:.2g}" if self.value < SMALL_RATIO else f"{self.value:,.0f}"
        return f"{self.sign} {number}" if self.sign else number


def comparison(records: list[Record]) -> str:
    """One row per case and solver.

    Ratio: the peer's seconds in the solve stage by ours, the median over the seeds in which at least one of the two proved its plan.
    `≥`: the peer did not in some of them, and counts with the time that it took, at most its budget; `≤`: giliran did not. A peer with a
    tier of its own counts as done when it has proven its own tiers. Above the optimum: the first tier in which a peer's plan costs more
    than what giliran has proven, in the seed where it is worst.
    """
    if not records:
        return NOTHING
    lines = list(_HEAD)
    for case in dict.fromkeys(record["case"] for record in records):
        runs = [record for record in records if record["case"] == case]
        ours = ours_in(runs)
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


def finished(record: Record) -> bool:
    """Whether all tiers are proven: ours, or those of a peer that has its own."""
    return bool(record["status"] == PROVEN or record.get("own", {}).get("proven", False))


def ours_in(records: list[Record]) -> dict[int, Record]:
    """Giliran's runs by seed."""
    return {record["run"]: record for record in records if who(record) == OURS}


def solve_s(run: Record) -> float:
    """Seconds in the solve stage; the whole budget where a process had to be ended."""
    return float(run["seconds"]["solve"] if "seconds" in run else run["budget_s"])


def loaded_s(run: Record) -> float:
    """Seconds from the loaded instance to the audited plan."""
    return float(sum(run["seconds"][stage] for stage in _STAGES))


def ratio(runs: list[Record], ours: dict[int, Record]) -> Ratio | None:
    """How much longer a peer needs in the solve stage; None where that cannot be said."""
    pairs = [(run, ours[run["run"]]) for run in runs if run["run"] in ours]
    pairs = [pair for pair in pairs if not _statuses(pair) & UNCOUNTED and any(finished(run) for run in pair)]
    late_peer = any(not finished(peer) for peer, _ in pairs)
    late_ours = any(not finished(our) for _, our in pairs)
    if not pairs or (late_peer and late_ours):
        return None
    value = median(_counted_s(peer) / _counted_s(our) for peer, our in pairs)
    return Ratio(value, "≥" if late_peer else "≤" if late_ours else "")


def _counted_s(run: Record) -> float:
    """Seconds in the solve stage, of an unfinished run no more than its budget: what it took beyond that proves nothing."""
    return solve_s(run) if finished(run) else min(solve_s(run), float(run["budget_s"]))


def _statuses(pair: tuple[Record, Record]) -> set[str]:
    return {run["status"] for run in pair}


def _row(case: str, name: str, runs: list[Record], ours: dict[int, Record]) -> str:
    done = [run for run in runs if "seconds" in run]
    against = "1" if name == OURS else str(ratio(runs, ours) or NONE)
    if not done:
        return f"| {case} | {name} | {runs[0]['status']} | – | – | – | {against} | – | – | – |"
    proven = f"{sum(run['status'] == PROVEN for run in runs)} of {len(runs)}"
    tiers = f"{min(run['proven_tiers'] for run in done)} of {len(done[0]['tiers'])}"
    own = [run["own"]["proven"] for run in done if "own" in run]
    proven += f" (its own: {sum(own)})" if own else ""
    broken = sum(run["status"] == BROKEN for run in runs)
    proven += f", {broken} {BROKEN}" if broken else ""
    loaded = _loaded(done) if name == OURS else NONE
    return (
        f"| {case} | {name} | {proven} | {tiers} | {_open_tier(done)} | {spread([solve_s(run) for run in done])} "
        f"| {against} | {loaded} | {max(run['peak_mb'] for run in done):,} | {NONE if name == OURS else _worst_above(done, ours)} |"
    )


def _loaded(runs: list[Record]) -> str:
    """Seconds from the loaded instance to the audited plan, with the aim where there is one."""
    aim = runs[0]["aim_s"] if runs[0].get("aim_of") == Span.LOADED else None
    return spread([loaded_s(run) for run in runs]) + (f"; aim {aim:g}" if aim is not None else "")


def _open_tier(runs: list[Record]) -> str:
    """Of the runs that proved least: the first tier that is not proven, with the gap between value and bound."""
    worst = min(runs, key=lambda run: int(run["proven_tiers"]))
    tiers = list(worst["tiers"].items())
    if worst["status"] not in _PLANNED:
        return f"no plan in {worst['parts'] - worst['planned_parts']} of {worst['parts']} parts" if "planned_parts" in worst else "no plan"
    if worst["proven_tiers"] >= len(tiers):
        return "none"
    name, (value, bound) = tiers[worst["proven_tiers"]]
    return f"{name}: no bound" if bound is None else f"{name}: {value - bound:,} of {abs(value):,}"


def above(run: Record, our: Record) -> list[tuple[str, int]]:
    """By how much each tier of a whole plan costs more than giliran's, up to the first that does, among tiers that giliran has proven."""
    found = []
    for name, (value, _) in list(our["tiers"].items())[: our["proven_tiers"]]:
        found.append((name, run["tiers"][name][0] - value))
        if found[-1][1]:
            break
    return found


def _worst_above(runs: list[Record], ours: dict[int, Record]) -> str:
    """The earliest tier in which any run is above the optimum, and the most by which one is."""
    pairs = [(run, ours[run["run"]]) for run in runs if run["run"] in ours and _whole_plan(run) and _whole_plan(ours[run["run"]])]
    if not pairs:
        return NONE
    names = list(pairs[0][1]["tiers"])
    ends = [(names.index(steps[-1][0]), *steps[-1]) for steps in (above(*pair) for pair in pairs) if steps and steps[-1][1]]
    if not ends:
        return "nothing"
    first = min(k for k, _, _ in ends)
    most = max(over for k, _, over in ends if k == first)
    return f"{names[first]}: {most:,}"


def tier_rows(records: list[Record]) -> str:
    """Value and bound of every tier in every run, and how far a peer's plan is above what giliran has proven."""
    lines = [
        "| instance | seed | who | tier | value | bound | proven | seconds | above the optimum |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for record in records:
        case = [run for run in records if (run["case"], run["when"]) == (record["case"], record["when"])]
        our = ours_in(case).get(record["run"])
        over = dict(above(record, our)) if our is not None and our is not record and _whole_plan(record) and _whole_plan(our) else {}
        own = record.get("own", {})
        given = [*_tiers_of(record), *(row for row in _tiers_of(own) if row[0] not in record.get("tiers", {}))]
        for name, value, bound, proven in given:
            seconds = record.get("tier_seconds", {}).get(name)
            cells = (
                f"{value:,}",
                NONE if bound is None else f"{bound:,}",
                "yes" if proven else "no",
                NONE if seconds is None else f"{seconds:.2f}",
                f"{over[name]:,}" if name in over else NONE,
            )
            lines.append(f"| {record['case']} | {record['run']} | {who(record)} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _tiers_of(record: Record) -> list[tuple[str, int, int | None, bool]]:
    return [(name, *pair, k < record["proven_tiers"]) for k, (name, pair) in enumerate(record.get("tiers", {}).items())]


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
        if bound is not None and reached < bound:
            yield f"{names} reaches {reached} in {name}, {who(prover)} has proven at least {bound}"
        if k >= prover["proven_tiers"] or reached != value:
            return


def _whole_plan(run: Record) -> bool:
    return run["status"] in _PLANNED and "tiers" in run
