"""Where a plan with gaps goes, so that no plan without any is lost to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.schedule import UNPLANNED
from giliran.domain.schedule_rows import NEEDED
from giliran.errors import InputError
from giliran.files.opening import open_rows
from giliran.instance.schedule_columns import OPTIONAL, Columns
from giliran.lists.workbooks import part_of, sheets_in
from giliran.messages import LANGUAGES, Sentence
from giliran.reports.paper.model import MARK
from giliran.reports.workbook.sheets import DATA, MATRIX
from giliran.result import Result
from giliran.text import TextError, parse_date, parse_id
from giliran.text.files import decode, is_file

PARTIAL = ".partial"
"""In the name of a plan with gaps: `plan.partial.csv`."""

_CLAIMING = ".json"
"""Ending of files that say themselves what is left out of them."""
_HEAD_BYTES = 4096
ZIP, _PDF = "PK", "%PDF-"
"""How workbooks and Word's documents begin, and how documents that are only printed do."""
_PROPERTIES = "docProps/core.xml"
_SIGNED = b"/ByteRange"
"""What every electronic signature of a .pdf has (ISO 32000-1, 12.8.1)."""
_BETWEEN = re.compile(r"[,;\t]")
_SCHEMA = re.compile(r'"schema"\s*:\s*"(?P<name>[^"]*)"')

OVER_READ = Sentence(
    en="this would replace a file that is read here, which stays as it is", id="ini akan menimpa berkas yang dibaca di sini"
)

Begins = Callable[[str], bool]
"""Whether a text that begins so is one of a kind that we write."""

Ours = Callable[[Path], bool]
"""Whether a file that is there is one of a kind that we write, so that another may take its place."""

Free = Callable[[Path], bool]
"""Whether a file that nobody named may be written, or written over."""


def has_gaps(result: Result) -> bool:
    """Whether the plan leaves somebody without a place on a day of work."""
    return bool(result.schedule.unplaced(result.instance.facts).any())


def partial_name(path: Path) -> Path:
    """`plan.partial.csv` for `plan.csv`."""
    return path.with_name(f"{path.stem}{PARTIAL}{path.suffix}")


def place_for_gaps(path: Path, facts: Facts, free: Free) -> Path:
    """Where a plan with gaps goes that was to go to a file: there, unless the file may hold a plan without any.

    Else beside it, to the first of `plan.partial.csv`, `plan.partial.partial.csv` and so on that is free and holds no such plan either.
    """
    place = path
    while may_be_whole(place, facts) or (place != path and not free(place)):
        place = partial_name(place)
    return place


def proof_for_gaps(path: Path, free: Free) -> Path:
    """Where the certificate of such a plan goes: beside the one that is there, as the plan does."""
    place = path
    while (place == path and is_file(place)) or (place != path and not free(place)):
        place = partial_name(place)
    return place


def may_be_whole(path: Path, facts: Facts) -> bool:
    """Whether a file may hold a plan without gaps: there is something in it, and it is not seen to be a plan that has some.

    A result says what is left out of it. A schedule in CSV has gaps if it has rows about days and people of this instance, and none about
    others of them.
    """
    try:
        if not path.is_file() or not path.stat().st_size:
            return False
        rows = open_rows(path)
        if rows.left_out is not None:
            return False
        return path.suffix.lower() == _CLAIMING or not _has_some_only(rows.main, facts)
    except (OSError, InputError):
        return is_file(path)


def is_strange(path: Path, ours: Ours) -> bool:
    """Whether a file is there that is not empty and is none of ours."""
    return bool(head_of(path)) and not ours(path)


def by_head(begins: Begins) -> Ours:
    """Files that are ours by how their text begins."""
    return lambda path: begins(head_of(path))


def holds_plan(path: Path) -> bool:
    """Whether a workbook has the sheets of a plan that we wrote, whatever else somebody has put beside them."""
    names = sheets_in(path)
    return any({sheet().text(lang) for sheet in (MATRIX, DATA)} <= names for lang in LANGUAGES)


def holds_paper(path: Path) -> bool:
    """Whether a .docx file is one that we wrote, whatever was changed in it since."""
    properties = part_of(path, _PROPERTIES)
    return properties is not None and MARK in "".join(properties.itertext())


def holds_pages(path: Path) -> bool:
    """Whether a .pdf file is one that we wrote and nobody has signed: a signed one is nobody's to replace."""
    if not head_of(path).startswith(_PDF):
        return False
    try:
        raw = path.read_bytes()
    except OSError:
        return False
    return MARK.encode() in raw and _SIGNED not in raw


def head_of(path: Path) -> str:
    """How the text of a file begins; empty where there is none, or none that may be read: that is seen by whoever needs it."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return ""
    return decode(head)[0].strip("\ufeff\0 \t\r\n")


def begins_as_schedule(text: str) -> bool:
    """Whether the first line of a file has the columns of our schedules and no others, also where a spreadsheet saved it again."""
    line = text.partition("\n")[0]
    columns = {cell.strip().strip('"') for cell in _BETWEEN.split(line)}
    return columns.issuperset(NEEDED) and columns.issubset((*NEEDED, *OPTIONAL))


def begins_as_document(text: str, schema: str) -> bool:
    """Whether the first `schema` of a JSON file is one of ours, of whatever version where none is named."""
    found = _SCHEMA.search(text)
    return found is not None and found["name"].startswith(schema)


def _has_some_only(rows: Columns, facts: Facts) -> bool:
    """Whether a schedule is about some cells of an instance and leaves out others."""
    if not len(rows):
        return True
    people, person = rows.numbered("staff_id")
    dates, date = rows.numbered("date")
    places, place = rows.numbered("place")
    day_of = {day: d for d, day in enumerate(facts.dates)}
    e = np.array([_person(text, facts.staff.index) for text in people])[person]
    d = np.array([_day(text, day_of) for text in dates])[date]
    known = (e >= 0) & (d >= 0) & np.array([text not in ("", UNPLANNED) for text in places])[place]
    seen = np.zeros(facts.shape, dtype=np.bool_)
    seen[e[known], d[known]] = True
    inside = seen & facts.has_cell
    return bool(inside.any()) and bool((facts.has_cell & ~seen).any())


def _person(text: str, index: Mapping[str, int]) -> int:
    try:
        return index[text] if text in index else index.get(parse_id(text), -1)
    except TextError:
        return -1


def _day(text: str, day_of: Mapping[dt.date, int]) -> int:
    try:
        return day_of.get(parse_date(text), -1)
    except TextError:
        return -1
