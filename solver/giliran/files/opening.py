"""Opening schedules made anywhere: the rows of a tidy CSV, a result file, or a plain JSON list, before anything is looked up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from giliran.domain.schedule_rows import NEEDED
from giliran.errors import InputError, Problem, Where
from giliran.instance.named_files import ASSIGNMENTS, RESULT_SCHEMA
from giliran.instance.ordered import OrderedRecord
from giliran.instance.schedule_columns import MAX_PROBLEMS, Columns, Shape, shortened
from giliran.messages import Said, Sentence
from giliran.text import Document, Table, Value, read_document, read_table, refuse_foreign
from giliran.text.files import misnamed
from giliran.text.model_errors import validated

_ORDERED = "ordered"
"""The key of a result under which stands what it was made with."""

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


def open_rows(path: str | os.PathLike[str], shape: Shape | None = None) -> Rows:
    """The rows of a file; its ending says how they are written, `shape` what its tables are made of where they are no schedule's."""
    ending = Path(path).suffix.lower()
    if ending not in _OPENERS:
        raise InputError([misnamed(Path(path), ", ".join(_OPENERS), _ENDING(ending=ending))])
    return _OPENERS[ending](path, shape or Columns.of)


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
    ordered
        What the plan was made with beside the files of its instance.
    notes
        What must be told about the file.
    """

    main: Columns
    left_out: Columns | None = None
    claimed: Claimed = Claimed()
    before: Columns | None = None
    ordered: OrderedRecord | None = None
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
    ordered = validated(OrderedRecord, data[_ORDERED], lambda at: document.where((_ORDERED, *at))) if data.get(_ORDERED) else None
    return Rows(_inner(document, (ASSIGNMENTS,), data[ASSIGNMENTS], NEEDED, shape), left_out, claimed, ordered=ordered)


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
