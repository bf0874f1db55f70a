"""Rows of a list: people, groups, sums, vacant posts, and what stands below the last person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from giliran.domain.words import Kind, beginning, canonical, simple, words
from giliran.lists.cells import NOTHING, first_nip, is_nip, is_vacant, named, nip_of, one_line, position_of
from giliran.lists.grid import Grid, Row
from giliran.lists.headings import NUMBER, NUMBERS, Heading, heading_at, numbers_only


class Left(StrEnum):
    """Why a row is no person."""

    TITLE = "title"
    HEADING = "heading"
    GROUP = "group"
    SUM = "sum"
    VACANT = "vacant"
    FURTHER = "further"
    ACTING = "acting"
    BELOW = "below"
    HIDDEN = "hidden"
    STRUCK = "struck"


@dataclass(frozen=True)
class Skipped:
    """A row that is no person: its line, why, what it says, and its sheet."""

    line: int
    why: Left
    text: str
    sheet: str = ""


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
    status
        What a row above says that everybody below it is, empty for nothing.
    sheet
        The sheet where there are several.
    down
        Columns in which the cell of the row above was taken for an empty one.
    acting
        Acting posts that stood in rows of their own.
    """

    line: int
    cells: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    status: str = ""
    sheet: str = ""
    down: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Groups:
    """What rows above say: units, widest first, each with the way its heading is numbered; a status, perhaps of the last unit alone."""

    units: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    status: str = ""
    inner: bool = False


_SUMS = ("jumlah", "total", "sub_total", "subtotal", "rekap", "rekapitulasi", "grand_total")
_ORDER = re.compile(r"^\s*(?:(?P<roman>[IVX]+)|(?P<letter>[A-Z])|(?P<digit>\d+))(?:[.)]\s*|\s+)(?=\S\S)")
_LETTER = re.compile(r"[IVXLC]+|[A-Z]")
_COUNTED = re.compile(r"\s*\(\s*\d+\s*(?:orang|pegawai|org)?\s*\)\s*$", re.IGNORECASE)
_SPANNING = frozenset({"opd", "bidang", "seksi", "unit", "status"})
"""Columns in which one cell may stand for several people; elsewhere it is one person's, over several rows."""
_WHO = ("nip", "id")
"""Columns that say who a row is about."""
_STACKED = {"nip": first_nip, "name": lambda text: named(text).name, "position": position_of}


def _never(_: str) -> bool:
    return False


def listed(grid: Grid, heading: Heading, is_known: Callable[[str], bool] = _never) -> tuple[list[Listed], list[Skipped]]:
    """The people of a grid below its heading, and every row that is none; a further heading below counts from there on.

    Parameters
    ----------
    is_known
        Whether a text is somebody's id as it stands: alone, without a name, it says that a row is a person, as an NIP does, and nothing is
        taken off it.
    """
    skipped = [Skipped(row.line, Left.TITLE, _title(row)) for row in grid.rows[: heading.first]]
    found: list[Listed] = []
    groups, last_title = _Groups(), grid.rows[heading.first - 1 : heading.first] if heading.first else ()
    for row in last_title:
        groups = replace(groups, status=_grouped(groups, row).status)
    before: Row | None = None
    inner, read = False, heading.last
    for k, row in enumerate(grid.rows):
        if k <= read:
            continue
        why = _kind(row, heading, grid.rows, is_known)
        inner = _is_inner(row, heading, inner, why)
        why = Left.FURTHER if inner and why is None else why
        if why is not Left.HEADING and (further := heading_at(grid.rows, k)) is not None:
            heading, read, why = further, further.last, Left.HEADING
            skipped += [Skipped(line.line, why, _begin(line)) for line in grid.rows[k + 1 : read + 1]]
        if why is None:
            found.append(_person(row, heading, groups, is_known))
        elif found and why is Left.FURTHER and _adjacent(before, row) and (more := _nip_below(row, found[-1], heading)):
            found[-1] = more
        else:
            if why is Left.GROUP:
                groups = _grouped(groups, row)
            skipped.append(Skipped(row.line, why, _begin(row)))
        before = row if why is None else None
    first, last = (found[0].line, found[-1].line) if found else (0, 0)
    return found, [_placed(row, first, last) for row in skipped]


def _placed(row: Skipped, first: int, last: int) -> Skipped:
    """What a row is where it stands: below the last person nothing heads a group, and nothing adds to a person above the first."""
    if row.line > last and row.why in (Left.GROUP, Left.FURTHER):
        return replace(row, why=Left.BELOW)
    return replace(row, why=Left.HEADING) if row.line < first and row.why is Left.FURTHER else row


def _kind(row: Row, heading: Heading, rows: Sequence[Row], is_known: Callable[[str], bool]) -> Left | None:
    """Why a row is no person; None if it is one."""
    if row.hidden:
        return Left.HIDDEN
    if heading.columns.get("name", heading.columns.get("nip")) in row.struck and row.text(heading.columns.get("name")):
        return Left.STRUCK
    filled = row.filled()
    first = simple(row.cells[filled[0]])
    if numbers_only(row) or heading.repeated(row, rows):
        return Left.HEADING
    if any(simple(row.cells[k]).startswith(_SUMS) for k in filled[:2]):
        return Left.SUM
    texts = [k for k in filled if not _numbers(row, k, heading)]
    if len(texts) == 1 and row.cells[texts[0]] not in NOTHING and not is_nip(row.cells[texts[0]]):
        return Left.VACANT if is_vacant(row.cells[texts[0]]) else Left.GROUP
    name = _name(row, heading)
    if any(is_vacant(row.cells[k]) for k in filled) and not _nip(row, heading):
        return Left.VACANT
    number = row.text(heading.columns.get(NUMBER)).strip(".)")
    numbered = number.isdigit() if NUMBER in heading.columns else True
    nameless = "name" not in heading.columns and NUMBER in heading.columns
    if not name and not (numbered and (nameless or any(is_nip(who) or is_known(who) for who in _ids(row, heading)))):
        return Left.FURTHER
    columns = set(heading.columns.values())
    enough = sum(1 for column in columns if row.text(column)) >= min(2, len(columns))  # a matrix may name people in one column alone
    return None if (numbered or _nip(row, heading)) and enough and first else Left.FURTHER


def _is_inner(row: Row, heading: Heading, inner: bool, why: Left | None) -> bool:
    """Whether a row is of a table of its own below a person: from the heading of that table on, to the next row about an NIP."""
    nip, number = heading.columns.get("nip"), simple(row.text(heading.columns.get(NUMBER)))
    if nip is None or why is Left.HEADING:
        return False
    if number in NUMBERS:
        return True
    return inner and why is not Left.GROUP and not _nip(row, heading) and row.text(nip) not in NOTHING - {""}


def _numbers(row: Row, column: int, heading: Heading) -> bool:
    """Whether a cell only numbers a row, or a group, which may have a letter."""
    text = row.cells[column].strip(".)")
    return column == heading.columns.get(NUMBER) and (text.isdigit() or _LETTER.fullmatch(text) is not None)


def _name(row: Row, heading: Heading) -> str:
    column = heading.columns.get("name", heading.columns.get("nip"))
    return named(row.text(column)).name


def _nip(row: Row, heading: Heading) -> str:
    texts = (row.text(heading.columns.get("nip")), row.text(heading.columns.get("name")))
    return next((nip for text in texts for line in text.splitlines() if is_nip(line) and (nip := nip_of(line))), "")


def _ids(row: Row, heading: Heading) -> tuple[str, ...]:
    """What stands in the columns for an NIP and an id."""
    return tuple(row.text(heading.columns.get(who)) for who in _WHO)


def _person(row: Row, heading: Heading, groups: _Groups, is_known: Callable[[str], bool]) -> Listed:
    cells = {}
    for name, column in heading.columns.items():
        text = row.text(column) or (row.merged.get(column, "") if name in _SPANNING else "")
        if heading.columns.get("name") == heading.columns.get("nip") == column:
            text = named(text).nip if name == "nip" else named(text).name
        text = text.strip() if name in _WHO and is_known(text) else _STACKED.get(name, one_line)(text)
        if text and name != NUMBER:
            cells[name] = text
    notes = {title: one_line(text) for column, title in heading.others.items() if (text := row.text(column))}
    notes = {title: text for title, text in notes.items() if text and text != cells.get("name")}
    return Listed(row.line, cells, notes, groups.units, groups.status)


def _nip_below(row: Row, person: Listed, heading: Heading) -> Listed | None:
    """The person with the NIP that a row of its own gives below the name, if it does."""
    nip = _nip(row, heading)
    return replace(person, cells={**person.cells, "nip": nip}) if nip and "nip" not in person.cells else None


def _adjacent(before: Row | None, row: Row) -> bool:
    return before is not None and row.line - before.line <= 1 + max(text.count("\n") for text in before.cells)


def _grouped(groups: _Groups, row: Row) -> _Groups:
    """What rows so far say, with one more: a unit, a status, or another heading such as a group of positions.

    A status that is numbered as the units are stands beside them, and nobody below it in the last of them.
    """
    whole = " ".join(row.cells[k] for k in row.filled())
    numbered = _ORDER.match(whole)
    order = next((kind for kind, found in numbered.groupdict().items() if found), "") if numbered else ""
    text = _COUNTED.sub("", _ORDER.sub("", one_line(whole)))
    if (status := status_of(text)) is not None:
        kept = [k for k, of in enumerate(groups.orders) if not order or of != order]
        return _Groups(tuple(groups.units[k] for k in kept), tuple(groups.orders[k] for k in kept), status, inner=bool(kept))
    depth = depth_of(text)
    if depth is None:
        return groups
    beside = [bool(order) and of == order for of in groups.orders]
    kept = [k for k, unit in enumerate(groups.units) if (depth_of(unit) or 0) < depth and not beside[k]]
    units, orders = (*(groups.units[k] for k in kept), text), (*(groups.orders[k] for k in kept), order)
    return _Groups(units, orders, "" if groups.inner else groups.status)


def status_of(text: str) -> str | None:
    """The status that a heading gives everybody below it, the first of several that it names; None where it is about something else."""
    parts = [text, *(part.strip() for part in re.split(r"[/,&]", text))]
    known = [part for part in parts if canonical(Kind.STATUS, part) in words(Kind.STATUS)]
    return known[0] if known and (known[0] == text or len(known) == len(parts) - 1) else None


def depth_of(name: str) -> int | None:
    """How deep a unit stands by its name: 0 an agency, 1 a division, 2 a smaller unit; None where the name tells nothing."""
    if beginning(Kind.AGENCY_NAME, name) is not None or beginning(Kind.UNIT_NAME, name) == "opd":
        return 0
    level = beginning(Kind.UNIT_NAME, name) or beginning(Kind.LEVEL, name)
    if level is None:
        return None
    return 0 if level == "opd" else 2 if level in ("subbagian", "seksi") else 1


def _begin(row: Row) -> str:
    """What a row says, without the number in front."""
    texts = [text for text in map(one_line, row.cells) if text]
    said = [text for text in texts if not text.strip(".()").isdigit()] or texts
    return " · ".join(dict.fromkeys(said))


def _title(row: Row) -> str:
    return one_line(next(iter(text for text in row.cells if text), ""))
