"""Headings of a list: in one line or several, below titles, above a row of column numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from giliran.domain.words import Kind, simple, spellings
from giliran.lists.cells import is_nip
from giliran.lists.grid import Grid, Row
from giliran.text import parse_document

LISTED = (
    *("id", "nip", "name", "unit", "opd", "bidang", "seksi", "position", "grade", "echelon", "rank", "status", "function", "head", "phone"),
    "born",
    *("also", "team", "tags", "workdays", "home_only", "office_only", "hired", "left", "calendar"),
)
"""Columns that a list may have, by the names that the staff table gives them; echelons, in which `IV.a` is no grade, beside other ranks."""

NUMBER = "number"
"""The column that only numbers the rows."""

NUMBERS = frozenset({"no", "nomor", "no_urut", "nomor_urut", "urut", "nr"})
"""Headings of that column."""
_OF_POSTS = frozenset({"tmt"})
"""Headings that mean the first day of employment in tables, and that of a post or grade in lists."""
MOST_TITLES = 30
"""Rows among which a heading is looked for, and how deep it may be."""
MOST_DEEP = 3
_PARTED = re.compile(r"[/\n,]|\bdan\b|&", re.IGNORECASE)
_BESIDE = re.compile(r"\b(lahir|ttl|umur|usia|kelamin|karpeg)\b|^\W*(tempat|tgl|tanggal)\W*$", re.IGNORECASE)
"""What a heading names besides the name in one cell: further lines of that cell, which the name is not."""
_SPREAD = re.compile(r"[^\W\d_](?:\s+[^\W\d_])+")
"""A heading in spread letters, "N A M A"."""


@dataclass(frozen=True)
class Heading:
    """The heading of a list.

    Parameters
    ----------
    first, last
        Indices of its rows in the grid, both included.
    columns
        Where each known column is; `name` and `nip` may be the same one.
    others
        Headings of columns that nobody knows, by column.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    others: Mapping[int, str]

    def repeated(self, row: Row, rows: Sequence[Row]) -> bool:
        """Whether a row repeats one of the heading's, as printed pages do."""
        found = {simple(text) for text in row.cells if text}
        return any(found <= {simple(text) for text in rows[k].cells if text} for k in range(self.first, self.last + 1)) and len(found) > 1


def heading_of(grid: Grid, least: int = 2) -> Heading | None:
    """The heading of a grid: the rows that name most known columns, a name or an NIP among them; None if nothing looks like one.

    Parameters
    ----------
    least
        So many known columns it must name.
    """
    return _best(grid.rows, range(min(len(grid.rows), MOST_TITLES)), least)


def heading_at(rows: Sequence[Row], first: int) -> Heading | None:
    """The heading of a further block, which begins in a row below the first heading; None if it is none."""
    if not any(_name(text) in ("name", "nip") for text in rows[first].cells if text):
        return None
    return _best(rows, [first], 2)


def _best(rows: Sequence[Row], begins: Iterable[int], least: int) -> Heading | None:
    best: Heading | None = None
    for first in begins:
        for last in range(first, min(first + MOST_DEEP, len(rows))):
            found = _read(rows, first, last, least)
            if found is not None and (best is None or _worth(found) > _worth(best)):
                best = found
    return best


def _worth(heading: Heading) -> tuple[int, int]:
    """Which of two readings is the heading: the one that names more columns, then the one in fewer rows, without the titles above."""
    return len(heading.columns), heading.first - heading.last


def numbers_only(row: Row) -> bool:
    """Whether a row only numbers the columns, 1 2 3 …, as below the headings of forms."""
    texts = [text.strip("().") for text in row.cells if text]
    return len(texts) > 1 and texts == [str(k) for k in range(1, len(texts) + 1)]


def _read(rows: Sequence[Row], first: int, last: int, least: int) -> Heading | None:
    """The heading in some rows, if they are one: each names something that is known, and none of them is a person."""
    block = rows[first : last + 1]
    if any(numbers_only(row) or any(is_nip(line) for text in row.cells for line in text.splitlines()) for row in block):
        return None
    columns: dict[str, int] = {}
    others: dict[int, str] = {}
    for column in range(max(len(row.cells) for row in block)):
        texts = list(dict.fromkeys(text for row in block if (text := row.text(column))))
        read, known = next(((text, names) for text in _readings(texts) if (names := _names(text, columns))), ("", ()))
        columns |= dict.fromkeys(known, column)
        if texts and (not known or (_name(read) is None and _says_more(read))):
            others[column] = " ".join(" ".join(texts).split())
    if any(row.text(columns.get(NUMBER)).strip(".)").isdigit() for row in block):
        return None
    used = {column for name, column in columns.items()}
    each = all(any(row.text(column) for column in used) for row in block)
    enough = len(columns.keys() - {NUMBER}) >= least and columns.keys() & {"name", "nip"}
    return Heading(first, last, columns, others) if each and enough else None


def _readings(texts: Sequence[str]) -> Iterator[str]:
    """What a heading of several lines may say: all of them, the lowest, the highest."""
    if texts:
        yield " ".join(texts)
        yield texts[-1]
        yield texts[0]


def _names(text: str, taken: Mapping[str, int]) -> tuple[str, ...]:
    """The columns that a heading names: one, or the name and the NIP in one cell."""
    whole = _name(text)
    if whole is not None:
        return () if whole in taken else (whole,)
    parts = [_name(part) for part in _PARTED.split(text) if not _BESIDE.search(part)]
    both = {part for part in parts if part is not None} - taken.keys()
    both -= {"id"} if "nip" in both else set()  # "NIP / id": a mark of one's own where there is no NIP
    if len(parts) > 1 or _says_more(text):
        return tuple(sorted(both)) if both and both <= {"name", "nip"} else ()
    return ()


def _says_more(text: str) -> bool:
    """Whether a heading names what stands below a name in its cell, such as a birthday."""
    return any(_BESIDE.search(part) for part in _PARTED.split(text))


def _name(text: str) -> str | None:
    word = simple(text)
    if _SPREAD.fullmatch(text.strip()):
        word = word.replace("_", "")
        return NUMBER if word in NUMBERS else _unspaced().get(word)
    return NUMBER if word in NUMBERS else _known().get(word)


@cache
def _unspaced() -> Mapping[str, str]:
    """The column that each heading means, without spaces between its words."""
    found: dict[str, str] = {}
    for word, name in _known().items():
        found.setdefault(word.replace("_", ""), name)
    return found


@cache
def _known() -> Mapping[str, str]:
    """The column that each heading means; where two share a spelling, the one that stands first in `LISTED`."""
    text = resources.files(__package__).joinpath("headings.yaml").read_text(encoding="utf-8")
    further = cast("dict[str, list[list[str]]]", parse_document(text, "headings.yaml").data)
    found: dict[str, str] = {}
    for name in LISTED:
        for word in (*spellings(Kind.COLUMN, name), *(word for line in further.get(name, ()) for word in line)):
            found.setdefault(simple(word), name)
    return {word: name for word, name in found.items() if word not in _OF_POSTS}
