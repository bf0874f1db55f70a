"""The table of units that a list names, with everything about it that was guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giliran.books import Guess
from giliran.domain.words import Kind, beginning, simple
from giliran.lists.units import LEVELS, Places, alike
from giliran.messages import Sentence, nearest, plain

UNITS = "units"
"""The section."""

Path = tuple[str, ...]
"""A unit by the names above it and its own."""

_OWN_LEVELS = frozenset({"kecamatan", "kelurahan", "puskesmas", "uptd"})
"""Levels of agencies that are no OPD."""
_ALIKE = 0.9
"""Likeness of two names of which one may be misspelt."""
_NUMERAL = re.compile(r"\b(?:[ivx]+|\d+|[a-z])\b")

AGENCY = Sentence(
    en="the list names no agency; this name comes from its title or from your answer",
    id="daftar tidak menyebut perangkat daerah; nama ini dari judul daftar atau dari jawaban Anda",
)
_PARENT = Sentence(
    en="the list does not say to which division this unit belongs; it stands below the people of this one",
    id="daftar tidak menyebut bidangnya; unit kerja ini berada di bawah pegawai bidang tersebut dalam daftar",
)
ORPHAN = Sentence(
    en="the list does not say to which division this unit belongs; write it here, or it stays in the agency itself",
    id="daftar tidak menyebut bidangnya; isi di sini, bila tidak unit kerja ini langsung di bawah perangkat daerah",
)
_LEVEL = Sentence(
    en="the name does not say the level; it was taken from the place in the list",
    id="namanya tidak menyebut tingkat; diduga dari letaknya dalam daftar",
)
ALIKE_NAMES = Sentence(
    en="nearly the same as '{other}': if they are one unit, give both the same name",
    id="hampir sama dengan '{other}': bila unit kerjanya satu, samakan namanya di lembar pegawai",
)
_TWO_SPELLINGS = Sentence(en="also written: {others}", id="juga ditulis: {others}")


@dataclass(frozen=True)
class DraftedUnits:
    """Units as rows of the section.

    Parameters
    ----------
    rows
        Parents before their units.
    ids
        The unit of each person, empty where the list tells nothing.
    guesses
        What was guessed.
    """

    rows: tuple[dict[str, str], ...]
    ids: tuple[str, ...]
    guesses: tuple[Guess, ...]


def drafted_units(places: Places, agency: str, spellings: Mapping[str, Sequence[str]], *, told: bool) -> DraftedUnits:
    """The units of everybody.

    Parameters
    ----------
    places
        Where everybody stands in the list.
    agency
        The agency of whoever has none there.
    spellings
        Other spellings of a unit in the list, by its simple name.
    told
        Whether the list itself names the agency.
    """
    columns: dict[Path, int] = {}
    paths = [_whole(path, agency, columns) for path in places.paths]
    ordered = _preorder(list(columns))
    ids = _ids(ordered)
    rows = tuple(_row(path, ids, columns[path]) for path in ordered)
    guesses: list[Guess] = []
    small = {**dict.fromkeys(places.orphans, ORPHAN), **dict.fromkeys((name for name, _ in places.guessed), _PARENT)}
    for k, path in enumerate(ordered):
        if len(path) == 1 and path[0] == agency and not told:
            guesses.append(Guess(UNITS, k, "id", AGENCY()))
        if path[-1] in small and len(path) > 1:
            guesses.append(Guess(UNITS, k, "parent", small[path[-1]]()))
        if _level_by_name(path[-1], columns[path]) is None:
            guesses.append(Guess(UNITS, k, "level", _LEVEL()))
        others = [text for text in spellings.get(alike(path[-1]), ()) if text != path[-1]]
        if others:
            guesses.append(Guess(UNITS, k, "id", _TWO_SPELLINGS(others=[plain(text) for text in others])))
    return DraftedUnits(rows, tuple(ids[path] for path in paths), (*guesses, *_alike(ordered)))


def _whole(path: tuple[str, str, str], agency: str, columns: dict[Path, int]) -> Path:
    """A path without empty steps; whoever has no agency has the given one. Notes the column of every unit on the way."""
    found: Path = ()
    for column, name in enumerate((path[0] or agency, *path[1:])):
        if name:
            found = (*found, name)
            columns.setdefault(found, column)
    return found


def _preorder(paths: Sequence[Path]) -> list[Path]:
    """Every unit behind its parent, those of one parent in the order of the list."""
    place = {path: k for k, path in enumerate(paths)}
    return sorted(paths, key=lambda path: [place[path[:depth]] for depth in range(1, len(path) + 1)])


def _ids(paths: Sequence[Path]) -> dict[Path, str]:
    """A mark for each unit: its name, and where several share it the names above too."""
    often: dict[str, int] = {}
    for path in paths:
        often[simple(path[-1])] = often.get(simple(path[-1]), 0) + 1
    found: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        name = path[-1]
        if often[simple(name)] > 1 and len(path) > 1:
            name = f"{path[-1]} ({path[-2]})"
        if name in taken:
            name = " / ".join(reversed(path))
        taken.add(name)
        found[path] = name
    return found


def _row(path: Path, ids: Mapping[Path, str], column: int) -> dict[str, str]:
    row = {"id": ids[path]}
    if ids[path] != path[-1]:
        row["name"] = path[-1]
    row["level"] = _level_by_name(path[-1], column) or LEVELS[column]
    return row | ({"parent": ids[path[:-1]]} if len(path) > 1 else {})


def _level_by_name(name: str, column: int) -> str | None:
    """The level that a name tells, by the column in which it stands; None where it tells none.

    Bagian, irban and the seksi of a kecamatan are what a bidang is elsewhere.
    """
    level, unit = beginning(Kind.LEVEL, name), beginning(Kind.UNIT_NAME, name)
    if level in _OWN_LEVELS:
        return level
    if column == 0:
        return "opd"
    if unit is not None and unit != "opd":
        return unit
    if beginning(Kind.AGENCY_NAME, name) is not None:
        return "uptd"
    if level is None:
        return None
    return LEVELS[1] if column == 1 else level


def _alike(paths: Sequence[Path]) -> list[Guess]:
    """Units of one parent whose names differ in a letter or two, so that one may be misspelt; the later one is told."""
    found: list[Guess] = []
    before: dict[Path, list[str]] = {}
    for k, path in enumerate(paths):
        others = before.setdefault(path[:-1], [])
        near = nearest(path[-1].casefold(), [name.casefold() for name in others], _ALIKE)
        if near is not None and _bare(near) != _bare(path[-1].casefold()):
            other = next(name for name in others if name.casefold() == near)
            found.append(Guess(UNITS, k, "id", ALIKE_NAMES(other=plain(other))))
        others.append(path[-1])
    return found


def _bare(name: str) -> str:
    """A name without the numbers and letters that tell units of a series apart."""
    return " ".join(_NUMERAL.sub("", name).split())
