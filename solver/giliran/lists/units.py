"""Where the people of a list stand: agency, division and smaller unit, from one column, from paths, from rows above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from giliran.domain.words import Kind, beginning, simple
from giliran.lists.rows import Listed, depth_of

LEVELS = ("opd", "bidang", "seksi")
"""Columns of a staff table that name units, widest first."""

_PATH = re.compile(r"\s+[-–—]\s+|\s*[>›»|]\s*|\n")


@dataclass(frozen=True)
class Places:
    """Where everybody stands.

    Parameters
    ----------
    paths
        Agency, division and smaller unit of each person, empty where the list does not say.
    orphans
        Smaller units whose division the list does not tell.
    guessed
        Smaller units with the division under which they were put, because they stand below its people.
    """

    paths: tuple[tuple[str, str, str], ...]
    orphans: tuple[str, ...]
    guessed: tuple[tuple[str, str], ...]


def placed(people: Sequence[Listed], titles: Iterable[str]) -> Places:
    """The units of everybody.

    Parameters
    ----------
    titles
        What stands above the list; an agency that it names is everybody's where the list itself names none.
    """
    paths = _spelt([_path(person) for person in people], people)
    agencies = list(dict.fromkeys(path[0] for path in paths if path[0]))
    if not agencies:
        agencies = [title for title in titles if depth_of(title) == 0][:1]
    if len(agencies) == 1:
        paths = [(agencies[0], *path[1:]) for path in paths]
    parents, orphans = _parents(paths)
    whole = [(opd, mid or (parents.get(small, "") if small else ""), small) for opd, mid, small in paths]
    guessed = tuple((small, mid) for small, mid in parents.items() if mid)
    return Places(tuple(whole), orphans, guessed)


def _path(person: Listed) -> tuple[str, str, str]:
    """What the row itself and the rows above say; a narrower word wins over a wider one of the same depth."""
    found = ["", "", ""]
    for group in person.groups:
        found[depth_of(group) or 0] = group
    for level, column in enumerate(LEVELS):
        if text := person.cells.get(column, ""):
            found[level:] = [text, *([""] * (2 - level))]
    parts = [part.strip() for part in _PATH.split(person.cells.get("unit", "")) if part.strip()]
    depths = [depth_of(part) for part in parts]
    known_depths = [_unknown_depth(depths) if depth is None else depth for depth in depths]
    for part, known in sorted(zip(parts, known_depths, strict=True), key=lambda pair: pair[1]):
        if simple(found[known]) != simple(part):
            found[known:] = [part, *([""] * (2 - known))]
    return found[0], found[1], found[2]


def _spelt(paths: Sequence[tuple[str, str, str]], people: Sequence[Listed]) -> list[tuple[str, str, str]]:
    """Paths with one spelling for each unit; where a heading shouts in capitals, that of the column counts."""
    texts = [part.strip() for person in people for part in _PATH.split(person.cells.get("unit", ""))]
    spelling: dict[str, str] = {}
    for text in [*texts, *(unit for path in paths for unit in path)]:
        if text and (simple(text) not in spelling or spelling[simple(text)].isupper()):
            spelling[simple(text)] = text
    spelling[""] = ""
    return [(spelling[simple(opd)], spelling[simple(mid)], spelling[simple(small)]) for opd, mid, small in paths]


def _unknown_depth(depths: Sequence[int | None]) -> int:
    """The depth of a unit whose name tells nothing: beside a division it is smaller, alone it is one."""
    return 2 if 1 in depths else 1


def _parents(paths: Sequence[tuple[str, str, str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The division of each smaller unit that comes without one, and those for which the list does not tell.

    A list that goes on division by division has smaller units below the people of theirs. One in the order of ranks has not: then all of
    them stand below the last division, or one of them below several.
    """
    secretariats = {path[1] for path in paths if beginning(Kind.UNIT_NAME, path[1]) == "sekretariat"}
    below: dict[str, Counter[str]] = {}
    current, order = "", []
    for _, mid, small in paths:
        if mid and mid != current:
            current = mid
            order.append(mid)
        if small and not mid:
            below.setdefault(small, Counter())[current] += 1
    by_block = len(set(order)) == len(order) and all(len(found) == 1 for found in below.values())
    holders = {mid for found in below.values() for mid in found}
    by_block = by_block and (len(order) < 2 or len(holders) > 1 or order[-1] not in holders)
    parents: dict[str, str] = {}
    for small, found in below.items():
        subbag = beginning(Kind.LEVEL, small) == "subbagian" and len(secretariats) == 1
        parents[small] = next(iter(secretariats)) if subbag else next(iter(found)) if by_block else ""
    return parents, tuple(small for small, mid in parents.items() if not mid)
