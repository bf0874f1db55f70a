"""The columns of a schedule's table, wherever its rows stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from giliran.domain.schedule_rows import DUTY, NEEDED, TEAM
from giliran.domain.words import Kind, spellings
from giliran.errors import InputError, Problem, Where
from giliran.instance.rows import PRINTED
from giliran.messages import Sentence
from giliran.text import Numbered, Table

MAX_PROBLEMS = 50
"""Most problems of a schedule that are told one by one."""

OPTIONAL = (DUTY, TEAM)
"""Columns of a schedule beside those that are needed."""

_AND_MORE = Sentence(en="and {count} more {count:problem|problems}", id="dan {count} masalah lain")

Placing = Callable[[int, str], Where]
"""Where a row, or its cell in a column, stands."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table that matter here, by our names for them, and where their cells stand."""

    table: Table | None
    called: Mapping[str, str]
    where: Placing

    def picked(self, rows: Sequence[int]) -> Columns:
        """Some of the rows."""
        table = None if self.table is None else self.table.picked(rows)
        return Columns(table, self.called, lambda row, name: self.where(rows[row], name))

    @classmethod
    def of(cls, table: Table, where: Placing, needed: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
        """The columns by any of their usual names, or as `chosen`; raises `InputError` for those that are missing or unknown."""
        known = {name: spellings(Kind.COLUMN, name) for name in (*NEEDED, *OPTIONAL, *PRINTED)}
        found = {name: next((word for word in words if word in table.columns), None) for name, words in known.items()}
        found |= chosen or {}
        missing = [name for name in needed if found[name] is None]
        problems = table.missing(missing)
        if not table.is_other(missing):
            problems += table.unknown(known, also=[*(word for words in known.values() for word in words), *(chosen or {}).values()])
        if problems:
            raise InputError(problems)
        columns = {name: column for name in (*NEEDED, *OPTIONAL) if (column := found[name]) is not None}
        return cls(table, columns, lambda row, name: where(row, columns.get(name, name)))

    def __len__(self) -> int:
        return 0 if self.table is None else len(self.table)

    def runs(self, name: str) -> Numbered:
        """Runs of equal cells of a column, and the run of each row."""
        assert self.table is not None
        return self.table.runs(self.called[name])

    def numbered(self, name: str) -> Numbered:
        """The different cells of a column, and which each row has; none where it is missing."""
        if self.table is None or name not in self.called:
            return Numbered([], np.zeros(0, dtype=np.int32))
        return self.table.numbered(self.called[name])


Shape = Callable[[Table, Placing, Sequence[str]], Columns]
"""Makes columns of a table, of which some are needed."""


def shortened(problems: Sequence[Problem], more: int = 0) -> list[Problem]:
    """The problems, in the order of the file; the rest of a long list is counted, with `more` of them that nobody made."""
    told = sorted(problems, key=lambda problem: (problem.where.file, problem.where.line))
    more += max(len(told) - MAX_PROBLEMS, 0)
    return [*told[:MAX_PROBLEMS], *([Problem(Where(told[0].where.file), _AND_MORE(count=more), count=more)] if more > 0 else [])]
