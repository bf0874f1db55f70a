"""Rules that stand in the way, in words that tell nobody's secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from giliran.domain.finding import Finding
from giliran.messages import Said, Sentence
from giliran.reports.words import row_said
from giliran.rules.view import View

_NOT_TOLD = Sentence(
    en="rules clash, one of which is an arrangement between some people",
    id="beberapa aturan berbenturan, salah satunya pengaturan antara beberapa pegawai",
)

_BY = Sentence(en="{said} [{rule}]", id="{said} [{rule}]")
_BY_ROW = Sentence(en="{said} [{rule}, {row}]", id="{said} [{rule}, {row}]")


@dataclass(frozen=True)
class Reason:
    """A rule that stands in the way.

    Parameters
    ----------
    rule, row
        Id of the rule, and its row in the circular; "" where there is none, or the rule is secret.
    said
        What would be broken, by how much; of a secret rule nothing but that there is one.
    """

    rule: str
    row: str
    said: Said


def reasons_of(view: View, findings: Iterable[Finding]) -> Iterator[Reason]:
    """Findings as reasons; those of secret rules, or that name one, say that there is an arrangement and no more."""
    secret = {rule.id: rule for rule in view.rules if rule.secret}
    told = set()
    for finding in findings:
        reason = Reason(finding.rule, finding.row, finding.said)
        if finding.rule in secret:
            reason = Reason("", "", secret[finding.rule].describe(view))
        elif any(id_ in finding.said.text() for id_ in secret):
            reason = Reason("", "", _NOT_TOLD())
        text = (reason.rule, reason.said.text())
        if text not in told:
            told.add(text)
            yield reason


def reason_said(reason: Reason) -> Said:
    """A reason with the rule and its row behind it."""
    if not reason.rule:
        return reason.said
    row = row_said(reason.row)
    return _BY(said=reason.said, rule=reason.rule) if row is None else _BY_ROW(said=reason.said, rule=reason.rule, row=row)
