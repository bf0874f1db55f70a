"""Results as JSON for programs: everything that a solve found.

Keys come in one order, lists are in the order of the staff table, of the calendar or of importance. Two runs that are `reproducible`
give the same bytes up to the keys named in `VARYING`, which stand last.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from giliran.certificate.file import CertificateFile
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.selection import Model
from giliran.domain.status import Status, Stopped
from giliran.instance.named_files import RESULT_SCHEMA as RESULT_SCHEMA  # whoever writes results looks for it here
from giliran.instance.ordered import OrderedRecord, ordered_of
from giliran.messages import Lang
from giliran.records.assignments import json_texts, schedule_json
from giliran.records.changes import ChangesRecord
from giliran.records.chosen import DutyRecord, MeetingRecord, TeamRecord
from giliran.records.fairness import FairnessAccount
from giliran.records.json_lines import Lines, fields_of, pretty, records
from giliran.records.sentences import Sentences

if TYPE_CHECKING:
    from giliran.bending import Bends
    from giliran.engine.base.outcome import PartResult, TierResult
    from giliran.result import Result

VARYING = ("workers", "seconds", "part_seconds")
"""Keys of a result that say how it was made, not what it is."""


class TierRecord(Model):
    """One tier: `bound` is what no plan can go below, given the tiers before; `conditional` if one of those is not proved."""

    name: str
    value: int
    bound: int
    conditional: bool
    proven: bool

    @classmethod
    def of(cls, tier: TierResult) -> TierRecord:
        """The record of a tier."""
        return cls(name=tier.name, value=tier.value, bound=tier.bound, conditional=tier.conditional, proven=tier.proven)


class BendsRecord(Model):
    """How far rules are bent: the sum of what each is missed by times 1 (own), 10 (agency), 100 (regency), 1000 (province) or 10000
    (national), and what no plan can go below.
    """

    total: int
    bound: int
    proven: bool

    @classmethod
    def of(cls, bends: Bends | None) -> BendsRecord | None:
        """The record of a bend, None of none."""
        return None if bends is None else cls(total=bends.total, bound=bends.bound, proven=bends.proven)


class Spot(Model):
    """Where a finding is: unit id and name, dates and staff ids, as far as it has any."""

    unit: str | None
    unit_name: str | None
    days: list[dt.date]
    people: list[str]


class FindingRecord(Model):
    """One rule touched at one place. `sentence` is in the language that was asked for, `row` is the circular's row.

    `told` says where reports tell it: in the list of findings alone, as a shortfall counted beside the status, or beside the status.
    """

    rule: str
    kind: str
    row: str | None
    strength: Strength
    where: Spot
    amount: int = Field(ge=0)
    tier: str | None
    cost: int
    told: Told
    sentence: str
    sentences: Sentences

    @classmethod
    def of(cls, finding: Finding, facts: Facts, lang: Lang) -> FindingRecord:
        """The record of a finding."""
        unit = facts.units[finding.unit] if finding.unit >= 0 else None
        spot = Spot(
            unit=unit.id if unit else None,
            unit_name=unit.name if unit else None,
            days=[facts.dates[d] for d in finding.days],
            people=[facts.staff.ids[e] for e in finding.people],
        )
        return cls(
            rule=finding.rule,
            kind=finding.kind,
            row=finding.row or None,
            strength=finding.strength,
            where=spot,
            amount=finding.amount,
            tier=finding.tier or None,
            cost=finding.cost,
            told=finding.told,
            sentence=finding.said.text(lang),
            sentences=Sentences.of(finding.said),
        )


class AssignmentRecord(Model):
    """Where one person is on one day; without `duty` the schedule names nobody for any duty."""

    staff_id: str
    date: dt.date
    place: Literal["office", "home", "absent", "off"]
    duty: list[str] | None = None
    team: list[str] | None = None


class CellRecord(Model):
    """One person and day."""

    staff_id: str
    date: dt.date


class PartRecord(Model):
    """Cells solved alone: how many people they are of, how it ended, and the tiers."""

    people: int
    status: Status
    tiers: list[TierRecord]

    @classmethod
    def of(cls, part: PartResult) -> PartRecord:
        """The record of a part."""
        return cls(people=len(part.people), status=part.status, tiers=[TierRecord.of(tier) for tier in part.tiers])


class JsonFile(Model):
    """A file for programs."""

    def text(self) -> str:
        """The file: JSON with one record per line."""
        return pretty(self._written()) + "\n"

    def _written(self) -> dict[str, Any]:
        """Its keys and values; lines of records are text already."""
        return fields_of(self)


class ResultFile(JsonFile):
    """Everything about a solve.

    Parameters
    ----------
    version
        Number of the plan: 1, and one more each time that it is planned again.
    status, stopped
        How it ended, and what ended it early.
    bends
        How far the plan bends what must hold, where `--anyway` asked for one and no plan keeps every rule; left out of the file elsewhere.
    changes
        What changes against the published plan; None where nothing inside the horizon was published.
    ordered
        What the plan was made with beside the files of its instance; left out of the file where that is nothing.
    findings
        Broken rules first, then costly ones, then notes.
    meetings, teams, duty
        Days of meetings, and teams and names for duty with their people, which stand by person in `assignments` as well.
    assignments
        Everybody's places, in the order of the staff table, then by date; cells that are not planned stand under `unplanned`.
    certificate
        The proof, as in a file of its own; None, and left out of the file, where nobody asked for it.
    reproducible
        The same files, seed, options and version give the same file, up to the last three keys.
    workers, seconds, part_seconds
        How it was made: threads, wall seconds per stage, and per part in the order of `parts`.
    """

    schema_: Literal["giliran-result/1"] = Field(default=RESULT_SCHEMA, alias="schema")
    title: str
    horizon: tuple[dt.date, dt.date]
    version: int = Field(default=1, ge=1)
    status: Status
    stopped: Stopped | None
    reproducible: bool
    seed: int
    versions: dict[str, str]
    bends: BendsRecord | None = None
    tiers: list[TierRecord]
    changes: ChangesRecord | None
    ordered: OrderedRecord | None = None
    findings: list[FindingRecord]
    fairness: list[FairnessAccount]
    meetings: list[MeetingRecord] = Field(default_factory=list)
    teams: list[TeamRecord] = Field(default_factory=list)
    duty: list[DutyRecord] = Field(default_factory=list)
    parts: list[PartRecord]
    assignments: Lines[AssignmentRecord]
    unplanned: Lines[CellRecord]
    certificate: CertificateFile | None = None
    workers: int
    seconds: dict[str, float]
    part_seconds: list[float]

    @classmethod
    def of(cls, result: Result, lang: Lang = "en", certificate: CertificateFile | None = None) -> ResultFile:
        """The file of a result, its sentences in `lang` (and in every language beside), with its certificate where one is given."""
        facts, chosen = result.instance.facts, result.chosen
        return cls(
            title=facts.title,
            horizon=(facts.dates[0], facts.dates[-1]),
            version=result.version,
            status=result.status,
            stopped=result.stopped,
            reproducible=result.reproducible,
            seed=result.seed,
            versions=dict(result.versions),
            bends=BendsRecord.of(result.bends),
            tiers=[TierRecord.of(tier) for tier in result.tiers],
            changes=ChangesRecord.of(facts, result.changes),
            ordered=ordered_of(result.instance, result.schedule),
            findings=[FindingRecord.of(finding, facts, lang) for finding in result.findings],
            fairness=[FairnessAccount.of(account, facts, result.schedule) for account in result.fairness],
            meetings=[MeetingRecord.of(meeting) for meeting in chosen.meetings],
            teams=[TeamRecord.of(team) for team in chosen.teams],
            duty=[DutyRecord.of(names) for names in chosen.duty],
            parts=[PartRecord.of(part) for part in result.parts],
            assignments=Lines(schedule_json(facts, result.schedule)),
            unplanned=cells_of(facts, result.schedule.unplanned),
            certificate=certificate,
            workers=result.workers,
            seconds=dict(result.seconds),
            part_seconds=[part.seconds for part in result.parts],
        )

    def _written(self) -> dict[str, Any]:
        data = super()._written()
        for key in ("certificate", "bends", "ordered"):
            if data[key] is None:
                del data[key]
        return data


def cells_of(facts: Facts, cells: Cells | None) -> Lines[CellRecord]:
    """A record of each cell, in the order of the staff table, then by date."""
    if cells is None:
        return Lines(())
    person, day = (axis.tolist() for axis in np.nonzero(cells))
    dates = json_texts([date.isoformat() for date in facts.dates])
    return Lines(records(CellRecord, (json_texts([facts.staff.ids[e] for e in person]), [dates[d] for d in day])))
