"""Files about the audit of a schedule, as JSON for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from giliran.domain.schedule import Schedule
from giliran.files.certificates import CertificateRecord
from giliran.files.claims import Disagreement, DisagreementRecord
from giliran.files.contradictions import Contradiction, ContradictionRecord
from giliran.files.edits import EditsRecord
from giliran.messages import Lang
from giliran.records.changes import ChangesRecord
from giliran.records.chosen import DutyRecord, MeetingRecord, TeamRecord
from giliran.records.fairness import FairnessAccount
from giliran.records.json_lines import Lines
from giliran.records.results import CellRecord, FindingRecord, JsonFile, cells_of
from giliran.whatif.edits import Edits

if TYPE_CHECKING:
    from giliran.audit import Audit
    from giliran.certifying import Checked
    from giliran.instance import Instance

CHECK_SCHEMA: Literal["giliran-check/1"] = "giliran-check/1"


class CheckFile(JsonFile):
    """Everything about the audit of a schedule: `kept` if no rule that must hold is broken, and what each tier costs.

    Parameters
    ----------
    changes
        What changes against the published plan; None where nothing inside the horizon was published.
    meetings, teams, duty
        Days of meetings, and teams and names for duty with their people.
    certificate
        What a certificate proves about the schedule, None if none was given.
    disagreements, contradictions
        Tiers of which the file of the schedule, a result, says something else, and whatever else it says that is not so.
    made_by
        The version of giliran that made the schedule, None where its file does not say.
    edits
        What was edited by hand since the plan was written, None where nothing is known to be.
    unplanned
        Days of work without a place, whether the file says that they are left out or not; a schedule that has any is not clean.
    """

    schema_: Literal["giliran-check/1"] = Field(default=CHECK_SCHEMA, alias="schema")
    title: str
    horizon: tuple[dt.date, dt.date]
    kept: bool
    tiers: dict[str, int]
    disagreements: list[DisagreementRecord] = Field(default_factory=list)
    contradictions: list[ContradictionRecord] = Field(default_factory=list)
    changes: ChangesRecord | None
    certificate: CertificateRecord | None = None
    findings: list[FindingRecord]
    fairness: list[FairnessAccount]
    meetings: list[MeetingRecord] = Field(default_factory=list)
    teams: list[TeamRecord] = Field(default_factory=list)
    duty: list[DutyRecord] = Field(default_factory=list)
    made_by: str | None = None
    edits: EditsRecord | None = None
    unplanned: Lines[CellRecord] = Field(default_factory=lambda: Lines(()))

    @classmethod
    def of(
        cls,
        instance: Instance,
        schedule: Schedule,
        audit: Audit,
        lang: Lang = "en",
        checked: Checked | None = None,
        differing: Iterable[Disagreement] = (),
        made_by: str | None = None,
        wrong: Iterable[Contradiction] = (),
        edits: Edits | None = None,
    ) -> CheckFile:
        """The file of the audit of a schedule."""
        facts, chosen = instance.facts, audit.chosen
        return cls(
            title=facts.title,
            horizon=(facts.dates[0], facts.dates[-1]),
            kept=not audit.broken,
            tiers=dict(audit.tiers),
            disagreements=[DisagreementRecord.of(disagreement, lang) for disagreement in differing],
            contradictions=[ContradictionRecord.of(contradiction, lang) for contradiction in wrong],
            changes=ChangesRecord.of(facts, audit.changes),
            certificate=None if checked is None else CertificateRecord.of(checked, lang),
            findings=[FindingRecord.of(finding, facts, lang) for finding in audit.findings],
            fairness=[FairnessAccount.of(account, facts, schedule) for account in audit.fairness],
            meetings=[MeetingRecord.of(meeting) for meeting in chosen.meetings],
            teams=[TeamRecord.of(team) for team in chosen.teams],
            duty=[DutyRecord.of(names) for names in chosen.duty],
            made_by=made_by,
            edits=None if edits is None else EditsRecord.of(facts, edits),
            unplanned=cells_of(facts, schedule.unplaced(facts)),
        )
