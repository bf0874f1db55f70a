"""`python -m benchmarks paper`: a planned agency as .docx and .pdf, timed from the call of the writer, then read by other libraries."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

import click

from benchmarks.measure import Record, append, commit, environment, machine, stored
from benchmarks.tables import NOTHING, spread
from giliran import PlanStyle, SolveOptions, load_instance, solve
from giliran.reports import Report
from giliran.reports.paper import docx_of, pdf_of
from giliran.versions import versions

SUITE = "paper"
STAFF, WEEKS, RUNS = 500, 4, 3
AIM_S = 5.0
"""Wall seconds of each file."""
_PERSON = re.compile(r"Pegawai \d{5}")
_PACKAGES = ("python-docx", "typst")


def measure(staff: int, weeks: int, seed: int) -> Record:
    """Both files of a plan: seconds, bytes, and how often each of them names everybody in its tables of weeks."""
    with tempfile.TemporaryDirectory() as name:
        words = ["generate", "--staff", str(staff), "--weeks", str(weeks), "--seed", str(seed), "-o", name]
        subprocess.run([sys.executable, "-m", "giliran", *words], env=environment(), capture_output=True, check=True)
        report = Report.of(solve(load_instance(Path(name)), SolveOptions(workers=1)))
    style = PlanStyle("id")
    docx_s, docx_cpu_s, docx = _timed(docx_of, report, style)
    pdf_s, pdf_cpu_s, pdf = _timed(pdf_of, report, style)
    return {
        "staff": staff,
        "weeks": weeks,
        "seed": seed,
        "docx_s": docx_s,
        "docx_cpu_s": docx_cpu_s,
        "pdf_s": pdf_s,
        "pdf_cpu_s": pdf_cpu_s,
        "bytes": [len(docx), len(pdf)],
        "least_named": [_least(_docx_text(docx), staff), _least(_pdf_text(pdf), staff)],
        "versions": versions() | {name: version(name) for name in _PACKAGES},
    }


def _timed(write: Callable[[Report, PlanStyle], bytes], report: Report, style: PlanStyle) -> tuple[float, float, bytes]:
    """Wall and CPU seconds of a call, and what it gives."""
    begin, used = time.perf_counter(), time.process_time()
    raw = write(report, style)
    return time.perf_counter() - begin, time.process_time() - used, raw


def _docx_text(raw: bytes) -> str:
    import docx

    return "\n".join(str(element.text) for element in docx.Document(io.BytesIO(raw)).element.body.iter() if element.tag.endswith("}t"))


def _pdf_text(raw: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)


def _least(text: str, staff: int) -> int:
    """How often whoever is named least is named; none where somebody is missing."""
    found = _PERSON.findall(text)
    names = set(found)
    return min(map(found.count, names)) if len(names) == staff else 0


def records(staff: int, weeks: int, runs: int) -> Iterator[Record]:
    """A record for every seed, each with another agency."""
    about = {"suite": SUITE, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for seed in range(1, runs + 1):
        yield {**about, "case": f"{staff} × {weeks} weeks", "run": seed, "aim_s": AIM_S, **measure(staff, weeks, seed)}


def paper_table(found: Sequence[Record]) -> str:
    """What each file takes, and whether the figure is reached in the median run."""
    if not found:
        return NOTHING
    found = [record for record in found if record["when"] == found[-1]["when"]]
    first = found[0]
    whole = sum(_is_whole(record) for record in found)
    times = [[record[name] for record in found] for name in ("docx_s", "docx_cpu_s", "pdf_s", "pdf_cpu_s")]
    held = whole == len(found) and max(median(times[0]), median(times[2])) <= first["aim_s"]
    cells = [first["case"], f"{whole} of {len(found)}", *map(spread, times), f"≤ {first['aim_s']:g}", "yes" if held else "**no**"]
    head = [
        "| what | everybody in every table | `.docx`, seconds | CPU seconds | `.pdf`, seconds | CPU seconds | aim | holds |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    about = f"Median (smallest–largest) of {len(found)} seeds; {first['machine']['cpu']}, {first['machine']['cores']} cores; "
    about += f"{', '.join(f'{name} {number}' for name, number in first['versions'].items())}; commit {first['commit']}."
    return "\n".join([*head, f"| {' | '.join(cells)} |", "", about])


def _is_whole(record: Record) -> bool:
    """Whether both files name everybody in the table of every week."""
    return all(least >= record["weeks"] for least in record["least_named"])


@click.command()
@click.option("--staff", default=STAFF, show_default=True, type=click.IntRange(1), help="People of the agency.")
@click.option("--weeks", default=WEEKS, show_default=True, type=click.IntRange(3), help="Weeks, each a table of its own.")
@click.option("--runs", default=RUNS, show_default=True, type=click.IntRange(1), help="Seeds 1, 2, …: another agency for each.")
@click.option("--no-store", is_flag=True, help="Print only.")
@click.option("--report", is_flag=True, help="Print the newest stored figures instead.")
def paper(staff: int, weeks: int, runs: int, no_store: bool, report: bool) -> None:
    """Measure how long the paper of a plan takes; ends with 1 where somebody is missing on it."""
    if report:
        click.echo(paper_table(stored(SUITE)))
        return
    found = []
    for record in records(staff, weeks, runs):
        found.append(record)
        click.echo(f"seed {record['run']}: docx {record['docx_s']:.2f} s, pdf {record['pdf_s']:.2f} s", err=True)
        if not no_store:
            append(record, SUITE)
    click.echo(paper_table(found))
    if not all(map(_is_whole, found)):
        sys.exit(1)
