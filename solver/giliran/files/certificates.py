"""What a certificate is worth, as records of a check file."""

from __future__ import annotations

from giliran.certificate.verify import Standing
from giliran.certificate.worth import said_of
from giliran.certifying import Checked
from giliran.domain.selection import Model
from giliran.messages import Lang
from giliran.records.sentences import Sentences


class WrongRecord(Model):
    """A claim of a certificate that does not hold: the part, counted from 1, and the tier, where they are to blame."""

    part: int | None
    tier: str | None
    sentence: str
    sentences: Sentences


class CertificateRecord(Model):
    """What a certificate is worth: `parts` that have a plan, those proved by arithmetic, tiers proved so in all of them, wrong claims."""

    holds: bool
    parts: int
    proved: int
    open: int
    unplanned: int
    tiers: list[str]
    wrong: list[WrongRecord]

    @classmethod
    def of(cls, checked: Checked, lang: Lang) -> CertificateRecord:
        """The record of a verdict."""
        verdict, tiers = checked.verdict, checked.tiers
        wrong = []
        for claim in verdict.wrong:
            said = said_of(claim, tiers)
            wrong.append(
                WrongRecord(
                    part=None if claim.part is None else claim.part + 1,
                    tier=None if claim.tier is None else tiers[claim.tier],
                    sentence=said.text(lang),
                    sentences=Sentences.of(said),
                )
            )
        missing = verdict.count(Standing.NO_PLAN)
        return cls(
            holds=verdict.holds,
            parts=len(verdict.standing) - missing,
            proved=verdict.count(Standing.PROVED),
            open=verdict.count(Standing.OPEN),
            unplanned=missing,
            tiers=[tiers[k] for k in verdict.proven_tiers],
            wrong=wrong,
        )
