"""Rows of a list: people, groups, sums, vacant posts, and what stands below the last person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from giliran.domain.words import Kind, beginning, simple
from giliran.lists.cells import first_nip, is_nip, is_vacant, named, nip_of, one_line, position_of
from giliran.lists.grid import Grid, Row
from giliran.lists.headings import NUMBER, Heading, numbers_only


class Left(StrEnum):
    """Why a row is no person."""

    TITLE = "title"
    HEADING = "heading"
    GROUP = "group"
    SUM = "sum"
    VACANT = "vacant"
    FURTHER = "further"
    BELOW = "below"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Skipped:
    """A row that is no person: its line, why, and how it begins."""

    line: int
    why: Left
    text: str


@dataclass(frozen=True)
class Listed:
    """A person of a list.

    Parameters
    ----------
    line
        Where the row begins.
    cells
        Texts by the names of the staff table's columns, empty ones left out.
    notes
        Texts of columns that nobody knows, by their headings.
    groups
        Units that rows above name, widest first.
    """

    line: int
    cells: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()


_SUMS = ("jumlah", "total", "sub_total", "subtotal", "rekap", "rekapitulasi", "grand_total")
_ORDER = re.compile(r"^\s*(?:[IVXLC]+|[A-Z]|\d+)[.)]\s+")
_COUNTED = re.compile(r"\s*\(\s*\d+\s*(?:orang|pegawai|org)?\s*\)\s*$", re.IGNORECASE)
_STACKED = {"nip": first_nip, "name": lambda text: named(text).name, "position": position_of}


def listed(grid: Grid, heading: Heading) -> tuple[list[Listed], list[Skipped]]:
    """The people of a grid below its heading, and every row that is none."""
    skipped = [Skipped(row.line, Left.TITLE, _begin(row)) for row in grid.rows[: heading.first]]
    found: list[Listed] = []
    groups: tuple[str, ...] = ()
    before: Row | None = None
    for row in grid.rows[heading.last + 1 :]:
        why = _kind(row, heading, grid.rows)
        if why is None:
            found.append(_person(row, heading, groups))
        elif found and why is Left.FURTHER and _adjacent(before, row) and (more := _nip_below(row, found[-1], heading)):
            found[-1] = more
        else:
            if why is Left.GROUP:
                groups, why = _grouped(groups, row)
            skipped.append(Skipped(row.line, why, _begin(row)))
        before = row if why is None else None
    last = max((person.line for person in found), default=0)
    below = (Left.GROUP, Left.FURTHER)
    return found, [replace(row, why=Left.BELOW) if row.line > last and row.why in below else row for row in skipped]


def _kind(row: Row, heading: Heading, rows: Sequence[Row]) -> Left | None:
    """Why a row is no person; None if it is one."""
    if row.hidden:
        return Left.HIDDEN
    filled = row.filled()
    first = simple(row.cells[filled[0]])
    if numbers_only(row) or heading.repeated(row, rows):
        return Left.HEADING
    if any(simple(row.cells[k]).startswith(_SUMS) for k in filled[:2]):
        return Left.SUM
    texts = [k for k in filled if k != heading.columns.get(NUMBER) or not row.cells[k].strip(".)").isdigit()]
    if len(texts) == 1 and not is_nip(row.cells[texts[0]]):
        return Left.VACANT if is_vacant(row.cells[texts[0]]) else Left.GROUP
    name = _name(row, heading)
    if any(is_vacant(row.cells[k]) for k in filled) and not _nip(row, heading):
        return Left.VACANT
    if not name:
        return Left.FURTHER
    number = row.text(heading.columns.get(NUMBER)).strip(".)")
    numbered = number.isdigit() if NUMBER in heading.columns else True
    known = sum(1 for column in set(heading.columns.values()) if row.text(column))
    return None if (numbered or _nip(row, heading)) and known > 1 and first else Left.FURTHER


def _name(row: Row, heading: Heading) -> str:
    column = heading.columns.get("name", heading.columns.get("nip"))
    return named(row.text(column)).name


def _nip(row: Row, heading: Heading) -> str:
    texts = (row.text(heading.columns.get("nip")), row.text(heading.columns.get("name")))
    return next((nip for text in texts for line in text.splitlines() if is_nip(line) and (nip := nip_of(line))), "")


def _person(row: Row, heading: Heading, groups: tuple[str, ...]) -> Listed:
    cells = {}
    for name, column in heading.columns.items():
        text = row.text(column)
        if heading.columns.get("name") == heading.columns.get("nip") == column:
            text = named(text).nip if name == "nip" else named(text).name
        text = _STACKED.get(name, one_line)(text)
        if text and name != NUMBER:
            cells[name] = text
    notes = {title: one_line(text) for column, title in heading.others.items() if (text := row.text(column))}
    return Listed(row.line, cells, {title: text for title, text in notes.items() if text}, groups)


def _nip_below(row: Row, person: Listed, heading: Heading) -> Listed | None:
    """The person with the NIP that a row of its own gives below the name, if it does."""
    nip = _nip(row, heading)
    return replace(person, cells={**person.cells, "nip": nip}) if nip and "nip" not in person.cells else None


def _adjacent(before: Row | None, row: Row) -> bool:
    return before is not None and row.line - before.line <= 1 + max(text.count("\n") for text in before.cells)


def _grouped(groups: tuple[str, ...], row: Row) -> tuple[tuple[str, ...], Left]:
    """The units that rows so far name, and what the row is: a unit, or another heading such as a group of positions."""
    text = _COUNTED.sub("", _ORDER.sub("", one_line(row.cells[row.filled()[-1]])))
    depth = depth_of(text)
    if depth is None:
        return groups, Left.GROUP
    return (*(group for group in groups if (depth_of(group) or 0) < depth), text), Left.GROUP


def depth_of(name: str) -> int | None:
    """How deep a unit stands by its name: 0 an agency, 1 a division, 2 a smaller unit; None where the name tells nothing."""
    if beginning(Kind.AGENCY_NAME, name) is not None or beginning(Kind.UNIT_NAME, name) == "opd":
        return 0
    level = beginning(Kind.UNIT_NAME, name) or beginning(Kind.LEVEL, name)
    if level is None:
        return None
    return 0 if level == "opd" else 2 if level in ("subbagian", "seksi") else 1


def _begin(row: Row) -> str:
    return one_line(next(iter(text for text in row.cells if text), ""))[:60]
