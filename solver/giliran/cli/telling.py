"""What every solve tells beside its answer, and what its result means for the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from giliran.cli.exits import Exit
from giliran.messages import Said, Sentence, Whole, decimal

if TYPE_CHECKING:
    from giliran.cli.searching import Search
    from giliran.result import Result

_RUN = Sentence(en="seed {seed}, time limit {limit}, giliran {version}", id="kunci undian {seed}, batas waktu {limit}, giliran {version}")
_RUN_IN_FULL = Sentence(
    en="seed {seed}, workers {workers}, time limit {limit}, {versions}",
    id="kunci undian {seed}, utas {workers}, batas waktu {limit}, {versions}",
)
_SECONDS = Sentence(en="{seconds} s", id="{seconds} detik")
_NO_LIMIT = Sentence(en="none", id="tidak ada")
_FIRST_DAYS = Sentence(en="the first day of each", id="hari pertama masing-masing")
_ALL_CORES = Sentence(en="all cores", id="semua inti prosesor")


def run_line(search: Search, result: Result | None = None, *, verbose: bool = False) -> Said:
    """Seed, time limit and version, on request workers and all versions too: of a result, or of every instance to come."""
    from giliran.versions import versions as present

    seed: object = search.seed if search.seed is not None else _FIRST_DAYS()
    workers: object = search.workers if search.workers is not None else _ALL_CORES()
    versions = present() if result is None else result.versions
    if result is not None:
        seed, workers = result.seed, result.workers
    limit = _SECONDS(seconds=decimal(search.time_limit_s)) if search.time_limit_s else _NO_LIMIT()
    if not verbose:
        return _RUN(seed=seed, limit=limit, version=versions["giliran"])
    return _RUN_IN_FULL(
        seed=seed, workers=workers, limit=limit, versions=Whole(", ".join(f"{name} {number}" for name, number in versions.items()))
    )


def exit_of(result: Result) -> Exit:
    """The exit code of a result."""
    from giliran.domain.place import Strength
    from giliran.domain.status import Status

    if result.status is Status.UNKNOWN:
        return Exit.UNDECIDED
    if result.status is Status.INFEASIBLE or any(finding.strength is Strength.MUST for finding in result.findings):
        return Exit.BROKEN
    return Exit.DONE


def interrupted_with_nothing(result: Result) -> bool:
    """Whether Ctrl-C ended the search before there was anything to keep: no plan for anybody, and nothing proved."""
    from giliran.domain.status import Status, Stopped

    nothing = result.status is Status.UNKNOWN and not result.schedule.planned(result.instance.facts).any()
    return nothing and result.stopped is Stopped.CANCELLED
