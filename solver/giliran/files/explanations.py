"""Explanations as JSON for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from giliran.domain.facts import Facts
from giliran.domain.selection import Model
from giliran.domain.status import Status, Stopped
from giliran.messages import Lang
from giliran.records.results import BendsRecord, FindingRecord, JsonFile
from giliran.records.sentences import Sentences

if TYPE_CHECKING:
    from giliran.explaining import Clash, ClashMember, Explanation, Repair

EXPLANATION_SCHEMA: Literal["giliran-explanation/1"] = "giliran-explanation/1"


class MemberRecord(Model):
    """What one rule says in a clash: how many occurrences, in sentences, and about whom and when."""

    rule: str
    kind: str
    row: str | None
    occurrences: int
    people: list[str]
    days: list[dt.date]
    sentences: list[Sentences]

    @classmethod
    def of(cls, member: ClashMember, facts: Facts) -> MemberRecord:
        """The record of a member."""
        return cls(
            rule=member.rule,
            kind=member.kind,
            row=member.row or None,
            occurrences=member.occurrences,
            people=[facts.staff.ids[e] for e in member.people],
            days=[facts.dates[d] for d in member.days],
            sentences=[Sentences.of(said) for said in member.said],
        )


class ClashRecord(Model):
    """Rules, people and days that cannot go together.

    `proof` is `sum` where numbers do not add up, `irreducible` where searches proved that its members cannot hold together and that without
    any one occurrence of them the others can, `impossible` where time allowed to prove the former alone.
    """

    proof: Literal["sum", "irreducible", "impossible"]
    sums: list[Sentences]
    members: list[MemberRecord]

    @classmethod
    def of(cls, clash: Clash, facts: Facts) -> ClashRecord:
        """The record of a clash."""
        members = [MemberRecord.of(member, facts) for member in clash.members]
        return cls(proof=clash.proof.value, sums=[Sentences.of(said) for said in clash.sums], members=members)


class RepairRecord(Model):
    """Changes with which a search found a plan; `number` is what `--repair` takes, `decider` the highest one who has to agree."""

    number: int
    decider: Literal["choice", "own", "fact", "letter", "issuer"]
    changes: list[Sentences]
    then: Sentences | None

    @classmethod
    def of(cls, number: int, repair: Repair) -> RepairRecord:
        """The record of a repair."""
        then = None if repair.then is None else Sentences.of(repair.then)
        return cls(number=number, decider=repair.decider.value, changes=[Sentences.of(each.said) for each in repair.changes], then=then)


class ExplanationFile(JsonFile):
    """Why an instance cannot be planned, and what would make it possible.

    Parameters
    ----------
    status
        `feasible` where there is a plan, `infeasible` where there is none, `unknown` where time ran out before that was known.
    stopped
        What ended the search early, so that there may be more clashes and repairs.
    clashes, more
        One after another, disjoint; whether there are others that were not looked for.
    bends, bent
        The least total bend, and what a plan that bends so little misses.
    repairs
        In the order of who may decide.
    written
        Files that were written.
    """

    schema_: Literal["giliran-explanation/1"] = Field(default=EXPLANATION_SCHEMA, alias="schema")
    title: str
    horizon: tuple[dt.date, dt.date]
    status: Status
    stopped: Stopped | None
    clashes: list[ClashRecord]
    more: bool
    bends: BendsRecord | None
    bent: list[FindingRecord]
    repairs: list[RepairRecord]
    written: list[str]
    seconds: dict[str, float]

    @classmethod
    def of(cls, explanation: Explanation, lang: Lang = "en", written: Sequence[str] = ()) -> ExplanationFile:
        """The file of an explanation."""
        facts = explanation.instance.facts
        return cls(
            title=facts.title,
            horizon=(facts.dates[0], facts.dates[-1]),
            status=explanation.status,
            stopped=explanation.stopped,
            clashes=[ClashRecord.of(clash, facts) for clash in explanation.clashes],
            more=explanation.more,
            bends=BendsRecord.of(explanation.bends),
            bent=[FindingRecord.of(finding, facts, lang) for finding in explanation.bent],
            repairs=[RepairRecord.of(number, repair) for number, repair in enumerate(explanation.repairs, start=1)],
            written=list(written),
            seconds=dict(explanation.seconds),
        )
