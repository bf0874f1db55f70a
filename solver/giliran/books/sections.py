"""Which sheet each section of an instance goes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from giliran.books.columns import canonical_columns
from giliran.books.letter import CHOOSE, circular_fields, general_keys
from giliran.books.letter_out import circulars_of
from giliran.books.more import Entry, entries
from giliran.books.sheets import TABLES
from giliran.text import Table, column_name
from giliran.text.columns import TextColumn

SCHEMA_KEY = "schema"
PUBLISHED, ROWS, CIRCULARS = "published", "rows", "circulars"


@dataclass(frozen=True)
class Laid:
    """An instance laid out.

    Parameters
    ----------
    letter
        Sections, or parts of them, of which the sheet about the letter asks.
    tables
        Rows by section.
    titles
        Headings of columns that nobody knows, by section and name, as they were given.
    more
        Everything else.
    """

    letter: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    more: list[Entry] = field(default_factory=list)


def laid_out(data: Mapping[str, Any]) -> Laid:
    """The sections of an instance by the sheets that they go to; raises `InputError` for rows that are none."""
    laid = Laid()
    for section, value in data.items():
        if section == SCHEMA_KEY or value is None:
            continue
        rest = value
        if section in TABLES:
            rest = _table(laid, section, value)
        elif section == CIRCULARS:
            rest = _circulars(laid, value)
        else:
            rest = _letter(laid, section, value)
        laid.more.extend(entries(section, rest))
    return laid


def _table(laid: Laid, section: str, value: Any) -> Any:
    """Put the rows of a section into its sheet; what is left beside them."""
    rows, rest = value, None
    if section == PUBLISHED:
        if not isinstance(value, Mapping) or ROWS not in value:
            return value
        rows, rest = value[ROWS], {key: item for key, item in value.items() if key != ROWS}
    if not isinstance(rows, Table | list | tuple):
        return value
    if not isinstance(rows, Table):
        laid.titles.update({(section, column_name(str(key))): str(key) for row in rows if isinstance(row, Mapping) for key in row})
        rows = Table.from_records(rows, field=section)
    laid.tables[section] = _canonical(section, rows)
    return rest


def _canonical(section: str, table: Table) -> Table:
    """A table with the names of columns that rows have in files."""
    known = canonical_columns(section, table.columns)
    cells = {known.get(name, name): TextColumn(table.column(name)) for name in table.columns}
    return Table(table.file, tuple(cells), cells, [table.line(row) for row in range(len(table))])


def _circulars(laid: Laid, value: Any) -> Any:
    """Put circulars into the sheet about the letter; all of them are left where it cannot hold one."""
    given = circulars_of({CIRCULARS: value})
    fields = {*circular_fields(), CHOOSE}
    fit = all(isinstance(item, Mapping) and item.keys() <= fields and isinstance(item.get(CHOOSE) or {}, Mapping) for item in given)
    if not given or not fit:
        return value
    laid.letter[CIRCULARS] = given
    return None


def _letter(laid: Laid, section: str, value: Any) -> Any:
    """Put what the sheet about the letter asks for into it; the rest of the section."""
    if section in general_keys() and not isinstance(value, Mapping | list | tuple):
        laid.letter[section] = value
        return None
    if not isinstance(value, Mapping):
        return value
    taken = {key: item for key, item in value.items() if _asked(f"{section}.{key}", item)}
    if taken:
        laid.letter[section] = taken
    return {key: item for key, item in value.items() if key not in taken}


def _asked(key: str, value: Any) -> bool:
    """Whether the sheet asks for a value, for all of it."""
    if isinstance(value, Mapping):
        return bool(value) and all(_asked(f"{key}.{inner}", item) for inner, item in value.items())
    return key in general_keys()
