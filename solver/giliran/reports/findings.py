"""Findings as a table: broken rules, then costly ones, then notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.messages import Said, Sentence
from giliran.reports.report import Report
from giliran.reports.table import Column, Kind, Row, Table

_TITLE = Sentence(en="Findings", id="Catatan dan ketidaksesuaian")
_STRENGTH = {
    Strength.MUST: Sentence(en="broken", id="ketidaksesuaian"),
    Strength.SHOULD: Sentence(en="cost", id="berbiaya"),
    Strength.NOTE: Sentence(en="note", id="catatan"),
}


@dataclass(frozen=True)
class FindingRow(Row):
    """One finding.

    Parameters
    ----------
    finding
        The finding, with the indices of units, days and people that it is about.
    """

    columns = (
        Column("strength", Sentence(en="Strength", id="Jenis")(), Kind.TEXT),
        Column("rule", Sentence(en="Rule", id="Aturan")(), Kind.TEXT),
        Column("row", Sentence(en="Row", id="Baris surat")(), Kind.TEXT),
        Column("said", Sentence(en="Finding", id="Uraian")(), Kind.TEXT),
        Column("amount", Sentence(en="Amount", id="Jumlah")(), Kind.COUNT),
        Column("cost", Sentence(en="Cost", id="Biaya")(), Kind.COUNT),
    )

    finding: Finding

    @property
    def strength(self) -> Said:
        """Broken, cost or note."""
        return _STRENGTH[self.finding.strength]()

    @property
    def rule(self) -> str:
        """Id of the rule; empty where no single rule is to blame."""
        return self.finding.rule

    @property
    def row(self) -> str:
        """The circular's row."""
        return self.finding.row

    @property
    def said(self) -> Said:
        """The sentence."""
        return self.finding.said

    @property
    def amount(self) -> int:
        """By how much the rule is missed."""
        return self.finding.amount

    @property
    def cost(self) -> int:
        """What it costs in its tier, 0 where it costs nothing."""
        return self.finding.cost


def finding_table(report: Report) -> Table[FindingRow]:
    """Every finding, those of broken rules first."""
    order = list(_STRENGTH)
    found = sorted(report.told, key=lambda finding: order.index(finding.strength))
    return Table("findings", _TITLE(), FindingRow.columns, tuple(FindingRow(finding) for finding in found))


def alike(found: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of the same rule that say the same of different places, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.rule, finding.said.sentence.en), []).append(finding)
    return list(groups.values())
