"""What `--verbose` adds: tiers with bounds, parts, seconds and versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from giliran.engine.base.outcome import TierResult
from giliran.messages import Sentence, Whole
from giliran.reports.page import Page
from giliran.result import Result

_TITLE = Sentence(en="Details", id="Rincian")
_TIER = Sentence(en="tier {name}: value {value}, bound {bound}, {proof}", id="tingkat {name}: nilai {value}, batas {bound}, {proof}")
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


def details(page: Page, result: Result) -> Iterator[Text]:
    """Tiers, parts, seconds, workers and versions, a line each."""
    yield from page.heading(_TITLE)
    for tier in result.tiers:
        yield from page.wrapped(page.say(_TIER, name=tier.name, value=tier.value, bound=tier.bound, proof=_proof(tier)))
    if result.parts:
        counts = Counter(part.status.value for part in result.parts)
        statuses = ", ".join(f"{status} {count}" for status, count in sorted(counts.items()))
        largest = max(len(part.people) for part in result.parts)
        yield from page.wrapped(page.say(_PARTS, count=len(result.parts), statuses=statuses, people=largest))
    seconds = ", ".join(f"{stage} {spent:.2f}" for stage, spent in result.seconds.items())
    yield from page.wrapped(page.say(_SECONDS, seconds=Whole(seconds)))
    yield from page.wrapped(page.say(_RUN, workers=result.workers, answer=(_YES if result.reproducible else _NO)()))
    yield from page.wrapped(page.say(_VERSIONS, versions=Whole(", ".join(f"{name} {number}" for name, number in result.versions.items()))))


def _proof(tier: TierResult) -> object:
    if tier.conditional:
        return _CONDITIONAL()
    return _PROVEN() if tier.proven else _OPEN()
