"""What a file says about its schedule, held against the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giliran.audit import Audit
from giliran.domain.selection import Model
from giliran.files.opening import Claimed
from giliran.messages import Lang, Said, Sentence
from giliran.records.sentences import Sentences

_OTHER = Sentence(
    en="{tier}: the file says that its schedule costs {said}, it costs {found}",
    id="{tier}: menurut berkas ini jadwalnya bernilai {said}, padahal {found}",
)
_NO_TIER = Sentence(
    en="{tier}: the file says that its schedule costs {said}, nothing of that name is counted here",
    id="{tier}: menurut berkas ini jadwalnya bernilai {said}, padahal di sini tidak ada yang dihitung dengan nama itu",
)
_MADE_ELSEWHERE = Sentence(
    en="the file was made by giliran {made}, this is giliran {own}: what some rules mean may have changed in between, see CHANGELOG.md",
    id="berkas ini dibuat dengan giliran {made}, sedangkan ini giliran {own}: makna beberapa aturan mungkin berubah, lihat CHANGELOG.md",
)


def made_elsewhere(claimed: Claimed, own: str) -> Said | None:
    """What must be told about a result that another version of giliran made."""
    return None if claimed.made_by in (None, own) else _MADE_ELSEWHERE(made=claimed.made_by, own=own)


@dataclass(frozen=True)
class Disagreement:
    """A tier of which a file says something else than the audit; `found` is None where the instance has no such tier."""

    tier: str
    said: int
    found: int | None

    def told(self) -> Said:
        """The same in words."""
        if self.found is None:
            return _NO_TIER(tier=self.tier, said=self.said)
        return _OTHER(tier=self.tier, said=self.said, found=self.found)


class DisagreementRecord(Model):
    """A tier of which the file of a schedule says something else than the audit."""

    tier: str
    said: int
    found: int | None
    sentence: str
    sentences: Sentences

    @classmethod
    def of(cls, disagreement: Disagreement, lang: Lang) -> DisagreementRecord:
        """The record of a disagreement."""
        said = disagreement.told()
        text, sentences = said.text(lang), Sentences.of(said)
        return cls(tier=disagreement.tier, said=disagreement.said, found=disagreement.found, sentence=text, sentences=sentences)


def disagreements(claimed: Mapping[str, int], found: Audit) -> tuple[Disagreement, ...]:
    """Every tier of which a file says something else than the audit of its schedule."""
    return tuple(Disagreement(tier, said, found.tiers.get(tier)) for tier, said in claimed.items() if found.tiers.get(tier) != said)
