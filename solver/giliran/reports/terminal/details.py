"""What `--verbose` adds to a report: costs, groups that were planned apart, seconds, workers, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from giliran.domain.status import Status
from giliran.messages import Said, Sentence, Whole, decimal, plain
from giliran.reports.terminal.screen import Screen
from giliran.reports.words import joined
from giliran.rules.tiers import tier_said

if TYPE_CHECKING:
    from giliran.engine.base.outcome import TierResult
    from giliran.result import Result

_DECIMALS = 3

_DETAILS = Sentence(en="Details", id="Rincian")
_TIER = Sentence(en="tier {name}: value {value}, bound {bound}, {proof}", id="tingkat {name}: nilai {value}, batas {bound}, {proof}")
_WITH_NAME = Sentence(en="{name} ({said})", id="{name} ({said})")
_PROVEN = Sentence(en="proven", id="terbukti")
_OPEN = Sentence(en="not proven", id="belum terbukti")
_CONDITIONAL = Sentence(en="given earlier tiers that are not proven", id="dengan syarat tingkat sebelumnya yang belum terbukti")
_PARTS = Sentence(
    en="parts: {count} ({statuses}); the largest has {people} {people:person|people}",
    id="bagian: {count} ({statuses}); yang terbesar {people} pegawai",
)
_SECONDS = Sentence(en="seconds: {seconds}", id="detik: {seconds}")
_RUN = Sentence(en="workers: {workers}; reproducible: {answer}", id="pekerja: {workers}; dapat diulang persis: {answer}")
_YES, _NO = Sentence(en="yes", id="ya"), Sentence(en="no", id="tidak")
_VERSIONS = Sentence(en="versions: {versions}", id="versi: {versions}")
_COUNTED = Sentence(en="{what} {number}", id="{what} {number}")
_STATUSES = {
    Status.OPTIMAL: Sentence(en="optimal", id="terbukti terbaik"),
    Status.FEASIBLE: Sentence(en="feasible", id="belum terbukti terbaik"),
    Status.INFEASIBLE: Sentence(en="infeasible", id="tidak dapat disusun"),
    Status.UNKNOWN: Sentence(en="unknown", id="belum diketahui"),
}
STAGES = {
    "load": Sentence(en="load", id="membaca"),
    "compile": Sentence(en="compile", id="menyiapkan"),
    "solve": Sentence(en="solve", id="mencari"),
    "name_duty": Sentence(en="name duty", id="menunjuk piket"),
    "audit": Sentence(en="audit", id="memeriksa"),
}
"""What each stage of a run does."""


def details_section(screen: Screen, result: Result) -> Iterator[Text]:
    """Tiers, parts, seconds, workers and versions, a line each."""
    yield from screen.heading(_DETAILS())
    for tier in result.tiers:
        yield from screen.wrapped(_TIER(name=_named(tier.name), value=tier.value, bound=tier.bound, proof=_proof(tier)))
    if result.parts:
        counts = Counter(part.status for part in result.parts)
        statuses = joined(_COUNTED(what=_STATUSES[status](), number=counts[status]) for status in Status if counts[status])
        largest = max(len(part.people) for part in result.parts)
        yield from screen.wrapped(_PARTS(count=len(result.parts), statuses=statuses, people=largest))
    seconds = joined(_COUNTED(what=_stage(name), number=decimal(round(spent, _DECIMALS))) for name, spent in result.seconds.items())
    yield from screen.wrapped(_SECONDS(seconds=seconds))
    yield from screen.wrapped(_RUN(workers=result.workers, answer=(_YES if result.reproducible else _NO)()))
    versions = ", ".join(f"{name} {number}" for name, number in result.versions.items())
    yield from screen.wrapped(_VERSIONS(versions=Whole(versions)))


def _stage(name: str) -> Said:
    return STAGES[name]() if name in STAGES else plain(name)


def _named(tier: str) -> Said:
    """A tier in words, with the name that files have for it."""
    said = tier_said(tier)
    return plain(tier) if said.text() == tier else _WITH_NAME(said=said, name=tier)


def _proof(tier: TierResult) -> Said:
    if tier.conditional:
        return _CONDITIONAL()
    return _PROVEN() if tier.proven else _OPEN()
