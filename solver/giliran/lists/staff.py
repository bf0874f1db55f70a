"""A staff table from a list as a personnel office exports it, and everything that was left out or guessed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from giliran.domain.words import Kind, canonical, simple
from giliran.lists.grid import Grid
from giliran.lists.headings import Heading, heading_of
from giliran.lists.positions import ACTING
from giliran.lists.rows import Left, Listed, Skipped, depth_of, listed, status_of
from giliran.lists.units import LEVELS, Places, filled_down, placed

_NO_NAME = re.compile(r"(sheet|lembar|lembar_kerja|data|daftar|pegawai|data_pegawai|daftar_pegawai|nominatif|table|tabel)?_?\d*")
"""Names of sheets that say nothing about who stands there."""
_LEAVE = re.compile(r"\b(cuti|i[zj]in|sakit|dinas luar|ketidakhadiran|tidak (masuk|hadir)|leave|absences?)\b", re.IGNORECASE)
"""What lists of leave are called, which name people too."""
_OF_LEAVE = re.compile(r"(jenis|alasan|lama|lamanya|tanggal|tgl)_(cuti|izin|ijin|ketidakhadiran)")
"""Headings that only they have."""


@dataclass(frozen=True)
class StaffList:
    """The people of a list.

    Parameters
    ----------
    people
        One per person, with an `id` each.
    skipped
        Rows that are no people.
    unknown
        Headings of columns that nobody knows.
    marked
        Marks of people without an NIP, made of their names.
    merged
        People whose acting post stood in a row of its own: name, and the acting post.
    places
        Where they stand; None where units are declared elsewhere.
    given
        Statuses that headings, and not a column, give, and to how many people.
    unread
        Sheets that hold no list.
    down
        People whose unit, left empty, is that of the row above.
    """

    people: tuple[Listed, ...]
    skipped: tuple[Skipped, ...]
    unknown: tuple[str, ...]
    marked: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]
    places: Places | None
    given: tuple[tuple[str, int], ...]
    unread: tuple[str, ...]
    down: int


def staff_of(grids: Sequence[Grid], *, declared: bool) -> StaffList | None:
    """The staff in some sheets; None where none of them has a heading that names people.

    Parameters
    ----------
    declared
        Whether units are declared elsewhere, so that the column of units names these.
    """
    people: list[Listed] = []
    skipped: list[Skipped] = []
    unknown: dict[str, None] = {}
    unread: list[str] = []
    read, down = False, 0
    headings = [heading_of(grid) for grid in grids]
    leave = [heading is not None and _is_of_leave(grid, heading) for grid, heading in zip(grids, headings, strict=True)]
    beside = any(heading is not None and not of_leave for heading, of_leave in zip(headings, leave, strict=True))
    for grid, heading, of_leave in zip(grids, headings, leave, strict=True):
        if heading is None or (beside and of_leave):
            unread += [grid.name] if grid.rows else []
            continue
        read = True
        found, left = listed(grid, heading)
        found, more = filled_down(found)
        down += more
        people += [replace(person, sheet=grid.name) for person in _of_sheet(grid.name, found)] if len(grids) > 1 else found
        skipped += [replace(row, sheet=grid.name) for row in left]
        names = heading.columns.get("name")
        unknown |= dict.fromkeys(title for k, title in heading.others.items() if k != names or any(title in one.notes for one in found))
    if not read:
        return None
    people, given = _statuses(people)
    people, merged, again = _merged(people)
    skipped += again
    people, marked = _identified(people)
    titles = [row.text for row in skipped if row.why is Left.TITLE]
    places = None if declared else placed(people, titles)
    return StaffList(tuple(people), tuple(skipped), tuple(unknown), marked, tuple(merged), places, given, tuple(unread), down)


def _is_of_leave(grid: Grid, heading: Heading) -> bool:
    """Whether a sheet lists leave: its name, its title or a heading says so, and it has columns of days."""
    others = [simple(title) for title in heading.others.values()]
    days = {"from", "to"} & {canonical(Kind.COLUMN, title) for title in others}
    above = [grid.name, *(text for row in grid.rows[: heading.first] for text in row.cells)]
    return bool(days) and (any(map(_LEAVE.search, above)) or any(map(_OF_LEAVE.fullmatch, others)))


def _of_sheet(name: str, people: Sequence[Listed]) -> list[Listed]:
    """People of one of several sheets: where the rows tell nothing, its name is their status or their unit."""
    if status_of(name) is not None:
        return [person if person.status else replace(person, status=name) for person in people]
    wider = depth_of(name)
    told = {*LEVELS, "unit"} - ({LEVELS[-1]} if wider is not None and wider < len(LEVELS) - 1 else set())
    if not name or _NO_NAME.fullmatch(simple(name)) or any(person.groups or person.cells.keys() & told for person in people):
        return [*people]
    return [replace(person, groups=(name,)) for person in people]


def _statuses(people: Sequence[Listed]) -> tuple[list[Listed], tuple[tuple[str, int], ...]]:
    """People with the status that headings give them where they have none of their own, and how many these are."""
    found: list[Listed] = []
    given: Counter[str] = Counter()
    for person in people:
        if person.status and "status" not in person.cells:
            person = replace(person, cells={**person.cells, "status": person.status})
            given[person.status] += 1
        found.append(person)
    return found, tuple(given.items())


def _merged(people: Sequence[Listed]) -> tuple[list[Listed], list[tuple[str, str]], list[Skipped]]:
    """One row per NIP where all others of the same are acting posts or only say the same again, as in lists with a row per course.

    Others stay, to be told as standing twice. Also the acting posts, and the rows that say the same again.
    """
    rows: dict[str, list[Listed]] = {}
    for k, person in enumerate(people):
        rows.setdefault(person.cells.get("nip", f"\0{k}"), []).append(person)
    kept: list[Listed] = []
    merged: list[tuple[str, str]] = []
    again: list[Skipped] = []
    for same in rows.values():
        first = next((person for person in same if not _is_acting(person)), same[0])
        others = [person for person in same if person is not first]
        repeated = [person for person in others if _says_the_same(person, first)]
        acting = [person for person in others if person not in repeated and _is_acting(person)]
        again += [Skipped(person.line, Left.FURTHER, person.cells.get("name", ""), person.sheet) for person in repeated]
        if len(others) > len(repeated) + len(acting):
            kept += [person for person in same if person not in repeated]
            continue
        posts = tuple(person.cells.get("position", "") for person in acting if not _stands_elsewhere(person, first))
        kept.append(replace(first, cells={**first.cells, "head": "ya"}, acting=posts) if posts else first)
        held = [(first.cells.get("name", ""), person.cells.get("position", "")) for person in acting]
        again += [Skipped(person.line, Left.ACTING, " · ".join(of), person.sheet) for person, of in zip(acting, held, strict=True)]
        merged += held
    return kept, merged, again


def _is_acting(person: Listed) -> bool:
    return ACTING.match(person.cells.get("position", "")) is not None


def _stands_elsewhere(acting: Listed, person: Listed) -> bool:
    """Whether an acting post is of a division that is not the person's own, so that it makes nobody the head of that one."""
    places = [[one.cells.get(name, "") for name in ("unit", *LEVELS)] + [*one.groups] for one in (acting, person)]
    divisions = [{simple(place) for place in each if (depth_of(place) or 0) > 0} for each in places]
    return all(divisions) and not divisions[0] & divisions[1]


def _says_the_same(person: Listed, other: Listed) -> bool:
    """Whether a further row of an NIP has the same name, and the same position or none."""
    names, posts = ([each.cells.get(name, "") for each in (person, other)] for name in ("name", "position"))
    return simple(names[0]) == simple(names[1]) and simple(posts[0]) in ("", simple(posts[1]))


def _identified(people: Sequence[Listed]) -> tuple[list[Listed], tuple[str, ...]]:
    """People with an id each: one that is given, else the NIP, else a mark made of the name; and these marks."""
    taken = {person.cells.get("id") or person.cells.get("nip", "") for person in people}
    found: list[Listed] = []
    marks: list[str] = []
    for person in people:
        mark = person.cells.get("id") or person.cells.get("nip")
        if not mark:
            mark = _mark(person, taken)
            taken.add(mark)
            marks.append(mark)
        found.append(replace(person, cells={"id": mark, **person.cells}))
    return found, tuple(marks)


def _mark(person: Listed, taken: Collection[str]) -> str:
    """A mark that nobody has, made of the name without titles, so that it is the same next week."""
    base = simple(re.split(r"[,(]", person.cells.get("name", ""))[0]).replace("_", "-") or f"baris-{person.line}"
    return base if base not in taken else next(name for k in itertools.count(2) if (name := f"{base}-{k}") not in taken)
