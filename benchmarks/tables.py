"""Tables of stored runs, in Markdown, for the terminal and the README."""

from __future__ import annotations

from statistics import median

from benchmarks.measure import Record
from benchmarks.suites import Span

NOTHING = "Nothing is stored yet."


def latest(records: list[Record]) -> list[Record]:
    """The runs of the newest measurement of every case, the peers' in it too."""
    newest = {record["case"]: record["when"] for record in records}
    return [record for record in records if record["when"] == newest[record["case"]]]


def table(records: list[Record]) -> str:
    """One row per case, without peers: sizes, status, seconds (median and range), memory."""
    records = [record for record in records if "peer" not in record]
    if not records:
        return NOTHING
    cases = list(dict.fromkeys(record["case"] for record in records))
    lines = [
        "| instance | staff × days | parts (largest) | proven | search, s | files to audited plan, s | aim, s | memory, MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(case, [record for record in records if record["case"] == case]) for case in cases]
    return "\n".join([*lines, "", about(records)])


def _row(case: str, runs: list[Record]) -> str:
    done = [run for run in runs if "seconds" in run]
    if not done:
        return f"| {case} | – | – | {runs[0]['status']} | – | – | {_aim(runs[0])} | – |"
    first = done[0]
    proven = sum(run["status"] == "optimal" for run in runs)
    return (
        f"| {case} | {first['staff']:,} × {first['days']} | {first['parts']:,} ({first['largest_part']:,}) | {proven} of {len(runs)} "
        f"| {_spread(done, 'solve')} | {_spread(done, 'total')} | {_aim(first)} | {max(run['peak_mb'] for run in done):,} |"
    )


def _aim(record: Record) -> str:
    """The aim, with what it is about where that is not from files to audited plan."""
    if record["aim_s"] is None:
        return "–"
    return f"{record['aim_s']:g}" + (" from loaded" if record.get("aim_of") == Span.LOADED else "")


def _spread(runs: list[Record], stage: str) -> str:
    return spread([run["seconds"][stage] for run in runs])


def spread(values: list[float]) -> str:
    """Median and range."""
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def about(records: list[Record]) -> str:
    """What a table was measured with."""
    first = records[0]
    machine, versions = first["machine"], {k: v for record in records for k, v in record.get("versions", {}).items()}
    runs, commits = max(record["run"] for record in records), ", ".join(sorted({record["commit"] for record in records}))
    beside = max((record["run"] for record in records if "peer" in record), default=runs)
    fewer = f", peers in the first {beside}" if beside < runs else ""
    packages = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"Median (smallest–largest) of {runs} runs, seeds 1 to {runs}{fewer}, each in a process of its own; "
        f"budget {first['budget_s']:.0f} s, {first.get('workers')} workers; "
        f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}; {packages}; "
        f"commit {commits}; {first['when'][:10]}."
    )
