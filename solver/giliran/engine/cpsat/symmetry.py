"""People who can change places with each other: of plans that differ by that alone one is searched for.

Where columns stand for several people together, such as pairs who meet, CP-SAT proves next to nothing about people who are alike: it tries
the same plan with each of them in turn. Ten people, five of them on each of five days, as few pairs who meet as can be: 0.1 s where people
who are alike stand in lexicographic order (Flener et al., CP 2002), not proven in 40 s where they do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from giliran.engine.base.part import Part
from giliran.program import HARD, Ints
from giliran.program.segments import owners_of

MOST_WORK = 4_000_000
"""No exchanges are looked for where rows have more entries in all, each counted with the size of its row: a second of work."""

LONGEST = 30
"""So many first days put plans in order: powers of two stay small."""

Key = tuple[object, ...]

Look = Callable[[], None]
"""Called again and again during long work; it may raise."""


def _unhurried() -> None:
    """Nobody ends the work."""


@dataclass(frozen=True)
class Exchange:
    """Two people who can change places.

    Parameters
    ----------
    first, second : int64[k]
        Their free cells, by day.
    image : int64[n]
        The column in whose place each column comes.
    """

    first: Ints
    second: Ints
    image: Ints

    def in_order(self, x: Ints) -> bool:
        """Whether the first of them has the greater plan, or the same : int64[n]."""
        return tuple(x[self.first[:LONGEST]]) >= tuple(x[self.second[:LONGEST]])


class Exchanges:
    """The exchanges of a part, looked for once, when somebody first asks: several searches of a part follow each other.

    Parameters
    ----------
    part
        The part.
    found
        What is known of them, None where nobody has looked.
    """

    def __init__(self, part: Part, found: tuple[Exchange, ...] | None = None) -> None:
        self._part = part
        self._found = found

    def found(self, look: Look) -> tuple[Exchange, ...]:
        """As `exchanges` says; what `look` raises leaves it open."""
        if self._found is None:
            self._found = exchanges(self._part, look)
        return self._found


def exchanges(part: Part, look: Look = _unhurried) -> tuple[Exchange, ...]:
    """Neighbours among people who are alike, so that all of these can stand in order; none where no column stands for several people.

    Parameters
    ----------
    look
        Called all the time: some thousand pairs of eighty people take seconds. It may raise.
    """
    if part.days is None or part.num_columns == len(part.cells) or not np.array_equal(part.columns[: len(part.cells)], part.cells):
        return ()
    size = np.diff(part.rows.start)
    if int((size**2).sum()) > MOST_WORK or not _shared(part):
        return ()
    people = [alike for alike in _candidates(part) if len(alike) > 1]
    if not people:
        return ()
    keyed = _Keyed(part, look)
    found = (_exchange(part, keyed, one, other) for alike in people for one, other in pairwise(alike))
    return tuple(each for each in found if each is not None)


def in_order(part_exchanges: Sequence[Exchange], x: Ints) -> Ints:
    """A plan that costs the same, with people who are alike in order : int64[n]."""
    sorted_ = x
    while (wrong := next((each for each in part_exchanges if not each.in_order(sorted_)), None)) is not None:
        sorted_ = sorted_[wrong.image]
    return sorted_


def _shared(part: Part) -> bool:
    """Whether a hard row ties one auxiliary column to cells of several people."""
    assert part.days is not None
    rows, cells = part.rows, len(part.cells)
    here = np.flatnonzero(rows.col < cells)
    owner, person = owners_of(rows.start)[here], part.cells[rows.col[here]] // part.days
    low, high = np.full(len(rows), np.iinfo(np.int64).max), np.full(len(rows), -1, dtype=np.int64)
    np.minimum.at(low, owner, person)
    np.maximum.at(high, owner, person)
    one = np.bincount(owner, minlength=len(rows)) == np.diff(rows.start) - 1
    return bool((one & (low < high) & (rows.tier == HARD)).any())


def _candidates(part: Part) -> Iterator[list[Ints]]:
    """Columns of people whose own columns look alike, by day, class by class; without those of whom all is fixed."""
    assert part.days is not None
    person, day = np.divmod(part.cells, part.days)
    classes: dict[Key, list[Ints]] = {}
    for who in dict.fromkeys(person.tolist()):
        mine = np.flatnonzero(person == who)
        if (part.lo[mine] == part.hi[mine]).all():
            continue
        mine = mine[np.argsort(day[mine], kind="stable")]
        looks = (day[mine].tobytes(), part.lo[mine].tobytes(), part.hi[mine].tobytes(), part.cost[:, mine].tobytes())
        classes.setdefault(looks, []).append(mine)
    yield from classes.values()


class _Keyed:
    """Rows and ladders of a part as keys that name columns."""

    def __init__(self, part: Part, look: Look) -> None:
        self.part = part
        self.pause = look
        rows, ladders = part.rows, part.ladders
        self.rows = [
            ((int(rows.lo[r]), int(rows.hi[r]), int(rows.tier[r]), int(rows.weight[r])), slice(rows.start[r], rows.start[r + 1]))
            for r in range(len(rows))
        ]
        self.ladders = [
            ((int(ladders.tier[k]), *ladders.step[ladders.start[k] : ladders.start[k + 1]].tolist()), slice(*ladders.start[k : k + 2]))
            for k in range(len(ladders))
        ]
        self.of_column: list[list[int]] = [[] for _ in range(part.num_columns)]
        for r, (_, where) in enumerate(self.rows):
            for col in rows.col[where].tolist():
                self.of_column[col].append(r)
        self.aux = range(len(part.cells), part.num_columns)
        self.looks = {column: self.look(column) for column in self.aux}
        self.by_look: dict[Key, list[int]] = {}
        for column, look_of in self.looks.items():
            self.by_look.setdefault(look_of, []).append(column)

    def row(self, number: int, image: Ints | None = None) -> Key:
        """A row, with other columns in place of its own."""
        self.pause()
        head, where = self.rows[number]
        col = self.part.rows.col[where] if image is None else image[self.part.rows.col[where]]
        return (*head, *sorted(zip(col.tolist(), self.part.rows.coef[where].tolist(), strict=True)))

    def ladder(self, number: int, image: Ints) -> Key:
        """A ladder, with other columns in place of its own."""
        self.pause()
        head, where = self.ladders[number]
        return (head, *sorted(image[self.part.ladders.col[where]].tolist()))

    def look(self, column: int, image: Ints | None = None) -> Key:
        """How the rows that tie an auxiliary column to cells alone look, with other cells in place of theirs."""
        self.pause()
        first = len(self.part.cells)
        found = []
        for r in self.of_column[column]:
            head, where = self.rows[r]
            col, coef = self.part.rows.col[where], self.part.rows.coef[where]
            if (col[col != column] < first).all():
                cells = col if image is None else image[col]
                entries = sorted(
                    (-1 if c == column else now, k) for c, now, k in zip(col.tolist(), cells.tolist(), coef.tolist(), strict=True)
                )
                found.append((*head, *entries))
        return tuple(sorted(found))

    def touched(self, moved: Ints) -> set[int]:
        """Rows in which one of some columns stands."""
        return {r for column in moved.tolist() for r in self.of_column[column]}


def _exchange(part: Part, keyed: _Keyed, one: Ints, other: Ints) -> Exchange | None:
    """Two people changing places, if every statement stays what it is then; None if not."""
    image = np.arange(part.num_columns, dtype=np.int64)
    image[one], image[other] = other, one
    near = {c for r in keyed.touched(np.concatenate([one, other])) for c in part.rows.col[keyed.rows[r][1]].tolist()}
    for column in sorted(near & set(keyed.aux)):
        alike = keyed.by_look.get(keyed.look(column, image), [])
        same = keyed.by_look[keyed.looks[column]]
        if len(alike) != len(same):
            return None
        image[column] = alike[same.index(column)]
    moved = np.flatnonzero(image != np.arange(len(image)))
    if len(np.unique(image)) < len(image) or not _fits(part, keyed, image, moved):
        return None
    free = part.lo[one] < part.hi[one]
    return Exchange(one[free], other[free], image)


def _fits(part: Part, keyed: _Keyed, image: Ints, moved: Ints) -> bool:
    """Whether bounds, costs, rows and ladders are the same with the columns exchanged."""
    if not (np.array_equal(part.lo[image], part.lo) and np.array_equal(part.hi[image], part.hi)):
        return False
    if not np.array_equal(part.cost[:, image], part.cost):
        return False
    rows = keyed.touched(moved)
    if Counter(map(keyed.row, rows)) != Counter(keyed.row(r, image) for r in rows):
        return False
    same, every = np.arange(len(image)), range(len(part.ladders))
    return Counter(keyed.ladder(k, same) for k in every) == Counter(keyed.ladder(k, image) for k in every)
