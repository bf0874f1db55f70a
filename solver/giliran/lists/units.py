"""Where the people of a list stand: agency, division and smaller unit, from one column, from paths, from rows above them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from giliran.domain.words import Kind, beginning, simple
from giliran.lists.rows import Listed, depth_of

LEVELS = ("opd", "bidang", "seksi")
"""Columns of a staff table that name units, widest first."""

MINOR = frozenset({"kelurahan", "puskesmas", "rsud"})
"""Agencies that may stand below another one."""
FLAT = frozenset({"kecamatan", "kelurahan"})
"""Agencies in which a seksi is what a bidang is elsewhere."""
_LISTS = re.compile(
    r"^\s*(?:(?:daftar|data|nominatif|nama|urut|kepangkatan|rekap\w*|pegawai|negeri|sipil|asn|dan|non|pns|pppk|personil|aparatur|duk"
    r"|di|pada|lingkungan|lingkup|\([^)]*\))\b\s*|[/,&()-]\s*)+",
    re.IGNORECASE,
)
"""What titles say before the name of the agency."""
_SHORT = (
    ("bid", "bidang"),
    ("sub_bag(?:ian)?|subbag|subag", "subbagian"),
    ("sub_bid(?:ang)?|subbid", "subbidang"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
)
"""How names of units begin that are cut short: "Bid. Data" is "Bidang Data"."""
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


def filled_down(people: Sequence[Listed]) -> tuple[list[Listed], int]:
    """People with the unit of the row above where a list writes each unit once, beside the first of its people; and how many these are.

    Cells that were merged come so out of files that cannot hold it. Where every unit is written once, and several of them have empty
    cells below, nothing else is meant; in the order of ranks all empty cells stand below the last unit.
    """
    found = [*people]
    filled: set[int] = set()
    for column in ("unit", "bidang", "opd"):
        texts = [person.cells.get(column, "") for person in people]
        begins = [k for k, text in enumerate(texts) if text]
        spans = list(itertools.pairwise([*begins, len(texts)]))
        if len({texts[k] for k in begins}) < len(begins) or sum(end - begin > 1 for begin, end in spans) < 2:
            continue
        for begin, end in spans:
            for k in range(begin + 1, end):
                found[k] = replace(found[k], cells={**found[k].cells, column: texts[begin]}, down=(*found[k].down, column))
                filled.add(k)
    return found, len(filled)


def alike(unit: str) -> str:
    """What spellings of one unit share: its simple name, whose beginning is not cut short."""
    name = simple(unit)
    return next((f"{whole}{found[2]}" for short, whole in _SHORT if (found := re.fullmatch(rf"({short})(_.+)", name))), name)


def placed(people: Sequence[Listed], titles: Sequence[str]) -> Places:
    """The units of everybody.

    Parameters
    ----------
    titles
        What stands above the list; an agency that it names is everybody's where the list itself names none.
    """
    paths = _spelt([_path(person) for person in people], people)
    titled = [name for title in titles if depth_of(name := _LISTS.sub("", title).strip(" :")) == 0]
    paths = _subordinate(_titled(paths, titles) if not titled else paths, titled)
    agencies = list(dict.fromkeys(path[0] for path in paths if path[0])) or titled[:1]
    if len(agencies) == 1:
        paths = [(agencies[0], *path[1:]) for path in paths]
    paths = [(opd, small, "") if small and not mid and _is_flat(opd) else (opd, mid, small) for opd, mid, small in paths]
    parents, orphans = _parents(paths)
    whole = [(opd, mid or (parents.get(small, "") if small else ""), small) for opd, mid, small in paths]
    guessed = tuple((small, mid) for small, mid in parents.items() if mid)
    return Places(tuple(whole), orphans, guessed)


def _titled(paths: Sequence[tuple[str, str, str]], titles: Iterable[str]) -> list[tuple[str, str, str]]:
    """Paths in which a unit that the title names is the agency where no name tells of one, such as "DPMPTSP"."""
    names = {simple(_LISTS.sub("", title)) for title in titles} - {""}
    if any(path[0] for path in paths):
        return [*paths]
    return [(mid, small, "") if simple(mid) in names else (opd, mid, small) for opd, mid, small in paths]


def _subordinate(paths: Sequence[tuple[str, str, str]], titled: Sequence[str]) -> list[tuple[str, str, str]]:
    """Paths in which a kelurahan or puskesmas stands below the only agency that the list, or its title, names besides."""
    heads = dict.fromkeys(path[0] for path in paths if path[0] and not _is_minor(path[0]))
    heads = heads or dict.fromkeys(title for title in titled[:1] if not _is_minor(title))
    if len(heads) != 1:
        return [*paths]
    [head] = heads
    return [(head, opd, mid or small) if opd and _is_minor(opd) else (opd, mid, small) for opd, mid, small in paths]


def _is_flat(agency: str) -> bool:
    return beginning(Kind.AGENCY_NAME, agency) in FLAT


def _is_minor(agency: str) -> bool:
    return beginning(Kind.AGENCY_NAME, agency) in MINOR


def _path(person: Listed) -> tuple[str, str, str]:
    """What the row itself and the rows above say; a narrower word wins over a wider one of the same depth."""
    found = ["", "", ""]
    for group in person.groups:
        depth = depth_of(group)
        found[1 if depth is None else depth] = group
    for level, column in enumerate(LEVELS):
        if text := person.cells.get(column, ""):
            found[level:] = [text, *([""] * (2 - level))]
    parts = _parts(person.cells.get("unit", ""))
    below = bool(person.cells.get("opd"))
    depths = [1 if below and _is_minor(part) else depth_of(part) for part in parts]
    known_depths = [_unknown_depth(depths) if depth is None else depth for depth in depths]
    for part, known in sorted(zip(parts, known_depths, strict=True), key=lambda pair: pair[1]):
        if simple(part) not in map(simple, found):
            found[known:] = [part, *([""] * (2 - known))]
    return found[0], found[1], found[2]


def _parts(unit: str) -> list[str]:
    """The units of a path; a comma parts them only where both sides are units by their names."""
    found: list[str] = []
    for part in _PATH.split(unit):
        pieces = part.split(", ")
        known = len(pieces) > 1 and all(depth_of(piece) is not None for piece in pieces)
        found += pieces if known else [part]
    return [part.strip() for part in found if part.strip()]


def _spelt(paths: Sequence[tuple[str, str, str]], people: Sequence[Listed]) -> list[tuple[str, str, str]]:
    """Paths with one spelling for each unit; where a heading shouts in capitals, that of the column counts."""
    texts = [part for person in people for part in _parts(person.cells.get("unit", ""))]
    spelling: dict[str, str] = {}
    for text in [*texts, *(unit for path in paths for unit in path)]:
        held = spelling.get(alike(text), "")
        if text and (not held or held.isupper() or (simple(held) != alike(text) == simple(text))):
            spelling[alike(text)] = text
    spelling[""] = ""
    return [(spelling[alike(opd)], spelling[alike(mid)], spelling[alike(small)]) for opd, mid, small in paths]


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
