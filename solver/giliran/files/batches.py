"""Summaries of batches: how each of many instances ended, as JSON for programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from giliran.domain.place import Strength
from giliran.domain.selection import Model
from giliran.domain.status import Stopped
from giliran.records.results import JsonFile, TierRecord
from giliran.records.sentences import Sentences
from giliran.reports.summary import headline, status_lines
from giliran.result import Result

BATCH_SCHEMA: Literal["giliran-batch/1"] = "giliran-batch/1"


class Ending(StrEnum):
    """How one instance of a batch ended: a status of a solve, or why there was none."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    BAD_INPUT = "bad_input"
    """Its files cannot be used."""
    INTERNAL_ERROR = "internal_error"
    """Giliran contradicted itself."""
    LOST = "lost"
    """Where the work was sent, nobody works any more."""
    OUT_OF_MEMORY = "out_of_memory"
    """There was not enough memory."""
    NOT_DONE = "not_done"
    """The batch was interrupted before there was anything to keep."""


class BatchRow(Model):
    """One instance of a batch.

    Parameters
    ----------
    name, instance
        Name of its results, and the file that it stands in.
    ending, exit_code, stopped
        How it ended, what `giliran solve` would have ended with for it alone, and what ended the search early.
    people, seed, tiers
        Of the instance and its plan; None and empty without a plan.
    seconds
        From the file to the written plan; None where nothing was begun.
    files
        Files that were written.
    problems
        What is wrong, a text for each problem; every broken rule of a plan among them.
    shortfalls, told
        The headline of the plan: how many shortfalls it has, and what must not be overlooked, first of all that it bends rules.
    """

    name: str
    instance: str
    ending: Ending
    exit_code: int
    stopped: Stopped | None = None
    people: int | None = None
    seed: int | None = None
    seconds: float | None = None
    tiers: tuple[TierRecord, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Sentences, ...] = ()
    shortfalls: int = 0
    told: tuple[Sentences, ...] = ()

    @classmethod
    def of(cls, result: Result, *, name: str, instance: str, exit_code: int, seconds: float, files: tuple[str, ...]) -> BatchRow:
        """The row of an instance that was solved."""
        head = headline(result.instance.facts, result.findings)
        bent = () if result.bends is None else tuple(status_lines(result))[:1]
        return cls(
            name=name,
            instance=instance,
            ending=Ending(result.status.value),
            exit_code=exit_code,
            stopped=result.stopped,
            people=result.instance.facts.num_people,
            seed=result.seed,
            seconds=seconds,
            tiers=tuple(TierRecord.of(tier) for tier in result.tiers),
            files=files,
            problems=tuple(Sentences.of(finding.said) for finding in result.findings if finding.strength is Strength.MUST),
            shortfalls=head.shortfalls,
            told=tuple(Sentences.of(said) for said in (*bent, *head.told)),
        )


class BatchFile(JsonFile):
    """Everything about a batch, in the order in which its instances were named; `exit_code` is the largest of theirs."""

    schema_: Literal["giliran-batch/1"] = Field(default=BATCH_SCHEMA, alias="schema")
    exit_code: int
    instances: list[BatchRow]

    @classmethod
    def of(cls, rows: list[BatchRow]) -> BatchFile:
        """The summary of some rows, at least one."""
        return cls(exit_code=max(row.exit_code for row in rows), instances=rows)
