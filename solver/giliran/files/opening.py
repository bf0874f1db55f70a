"""Opening schedules made anywhere: the rows of a tidy CSV, a result file, or a plain JSON list, before anything is looked up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from giliran.domain.words import Kind, spellings
from giliran.errors import InputError, Problem, Where
from giliran.instance.named_files import ASSIGNMENTS, RESULT_SCHEMA
from giliran.instance.rows import PRINTED
from giliran.messages import Said, Sentence
from giliran.text import Document, Numbered, Table, Value, read_document, read_table, refuse_foreign
from giliran.text.files import misnamed

MAX_PROBLEMS = 50
"""Most problems of a schedule that are told one by one."""

NEEDED = ("staff_id", "date", "place")
"""Columns without which a table is no schedule."""
OPTIONAL = ("duty", "team")

_ENDING = Sentence(
    en="a schedule ends in .csv, .json or .xlsx, not in '{ending}'", id="berkas jadwal berakhiran .csv, .json, atau .xlsx, bukan '{ending}'"
)
_NO_ROWS = Sentence(
    en="no schedule here: a list of rows was expected, or a result file with `assignments`",
    id="tidak ada jadwal di sini: diperlukan daftar baris, atau berkas hasil yang memuat `assignments`",
)
_NO_TIERS = Sentence(
    en="tiers of a result are records with a `name` and a whole number as `value`",
    id="tingkat dalam hasil adalah catatan dengan `name` dan bilangan bulat sebagai `value`",
)
_AND_MORE = Sentence(en="and {count} more {count:problem|problems}", id="dan {count} masalah lain")

Placing = Callable[[int, str], Where]
"""Where a row, or its cell in a column, stands."""


def open_rows(path: str | os.PathLike[str], shape: Shape | None = None) -> Rows:
    """The rows of a file; its ending says how they are written, `shape` what its tables are made of where they are no schedule's."""
    ending = Path(path).suffix.lower()
    if ending not in _OPENERS:
        raise InputError([misnamed(Path(path), ", ".join(_OPENERS), _ENDING(ending=ending))])
    return _OPENERS[ending](path, shape or Columns.of)


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


@dataclass(frozen=True)
class Claimed:
    """What a result says about its schedule; nothing in other files.

    Parameters
    ----------
    tiers
        Its cost by tier.
    made_by
        The version of giliran that made it.
    data
        Everything that it says beside the rows of the schedule, as it stands there.
    """

    tiers: Mapping[str, int] = field(default_factory=dict)
    made_by: str | None = None
    data: Mapping[str, Value] = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        """The number of the plan; None where the file does not say."""
        version = self.data.get("version")
        return version if type(version) is int and version > 0 else None


@dataclass(frozen=True)
class Rows:
    """The rows of a schedule, those of cells left out of it on purpose, and what the file says about it.

    Parameters
    ----------
    before
        The plan before somebody edited it, where the file holds that too.
    notes
        What must be told about the file.
    """

    main: Columns
    left_out: Columns | None = None
    claimed: Claimed = Claimed()
    before: Columns | None = None
    notes: tuple[Said, ...] = ()


def _open_csv(path: str | os.PathLike[str], shape: Shape) -> Rows:
    table = read_table(path)
    return Rows(shape(table, table.where, NEEDED))


def _open_json(path: str | os.PathLike[str], shape: Shape) -> Rows:
    document = read_document(path)
    data = document.data
    if isinstance(data, list):
        return Rows(_inner(document, (), data, NEEDED, shape))
    refuse_foreign(data, RESULT_SCHEMA, document.where)
    if not isinstance(data, dict) or ASSIGNMENTS not in data:
        raise InputError([Problem(document.where(), _NO_ROWS())])
    left_out = _inner(document, ("unplanned",), data["unplanned"], NEEDED[:2], Columns.of) if data.get("unplanned") else None
    beside = {key: value for key, value in data.items() if key != ASSIGNMENTS}
    claimed = Claimed(_claimed(document, data.get("tiers")), _made_by(data), beside)
    return Rows(_inner(document, (ASSIGNMENTS,), data[ASSIGNMENTS], NEEDED, shape), left_out, claimed)


def _made_by(data: Mapping[str, Value]) -> str | None:
    """The version of giliran that made a result, if it says so."""
    versions = data.get("versions")
    found = versions.get("giliran") if isinstance(versions, dict) else None
    return found if isinstance(found, str) else None


def _claimed(document: Document, tiers: Value) -> dict[str, int]:
    """What a result says that its schedule costs in each tier."""
    found: dict[str, int] = {}
    if tiers is not None and not isinstance(tiers, list):
        raise InputError([Problem(document.where(("tiers",)), _NO_TIERS())])
    for row, tier in enumerate(tiers or ()):
        name, value = (tier.get("name"), tier.get("value")) if isinstance(tier, dict) else (None, None)
        if not isinstance(name, str) or type(value) is not int:
            raise InputError([Problem(document.where(("tiers", row)), _NO_TIERS())])
        found[name] = value
    return found


_OPENERS: dict[str, Callable[[str | os.PathLike[str], Shape], Rows]] = {".csv": _open_csv, ".json": _open_json}


def _inner(document: Document, path: tuple[str, ...], rows: Value, needed: Sequence[str], shape: Shape) -> Columns:
    """A table inside a JSON document; where its cells stand is looked up only for problems."""
    if not isinstance(rows, list):
        raise InputError([Problem(document.where(path), _NO_ROWS())])

    def where(row: int, column: str) -> Where:
        return document.where((*path, row, column) if column else (*path, row))

    records = [row for row in rows if isinstance(row, dict)]
    if len(records) < len(rows):
        wrong = [index for index, row in enumerate(rows) if not isinstance(row, dict)]
        told = [Problem(where(index, ""), _NO_ROWS()) for index in wrong[:MAX_PROBLEMS]]
        raise InputError(shortened(told, len(wrong) - len(told)))
    if not records:
        return Columns(None, {}, where)
    return shape(Table.from_records(records, file=document.file, field=path[0] if path else "rows"), where, needed)


def shortened(problems: Sequence[Problem], more: int = 0) -> list[Problem]:
    """The problems, in the order of the file; the rest of a long list is counted, with `more` of them that nobody made."""
    told = sorted(problems, key=lambda problem: (problem.where.file, problem.where.line))
    more += max(len(told) - MAX_PROBLEMS, 0)
    return [*told[:MAX_PROBLEMS], *([Problem(Where(told[0].where.file), _AND_MORE(count=more), count=more)] if more > 0 else [])]
