"""Problems as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterable

from giliran.domain.selection import Model
from giliran.errors import Problem
from giliran.records.sentences import Sentences


class ProblemRecord(Model):
    """One thing that is wrong: where, in both languages, with advice where there is some."""

    where: str
    sentences: Sentences
    advice: Sentences | None


class Problems(Model):
    """Why a request is not carried out."""

    problems: list[ProblemRecord]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Problems:
        """The record of problems."""
        return cls(problems=records_of(problems))


def records_of(problems: Iterable[Problem]) -> list[ProblemRecord]:
    """The records of problems."""
    return [
        ProblemRecord(
            where=str(problem.where),
            sentences=Sentences.of(problem.said),
            advice=None if problem.advice is None else Sentences.of(problem.advice),
        )
        for problem in problems
    ]
