"""Arrays of everybody for each rule that a table names: a multitude of names is refused before it fills the memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from giliran.errors import Problem
from giliran.instance.reading import Rows
from giliran.messages import Sentence

MOST_BYTES = 1 << 28
"""Most bytes of the arrays of one column."""
ALWAYS = 100
"""Rules that may be named however many people and days there are."""

_MANY = Sentence(
    en="more than {most} different rules are named in the column '{column}', too many for so many people and days",
    id="lebih dari {most} aturan berbeda disebut dalam kolom '{column}', terlalu banyak untuk pegawai dan hari sebanyak ini",
)


class ByRule:
    """An array for each rule that a column names.

    Parameters
    ----------
    rows, column
        Where rules are named.
    make
        Gives a new array.

    Attributes
    ----------
    arrays
        By rule.
    """

    def __init__(self, rows: Rows, column: str, make: Callable[[], NDArray[Any]]) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}
        self._rows, self._column, self._make = rows, column, make
        self._spare: NDArray[Any] | None = None

    def of(self, rule: str) -> NDArray[Any]:
        """The array of a rule; for those that are too many, which is told once, one that nobody keeps."""
        if (known := self.arrays.get(rule)) is not None:
            return known
        if self._spare is not None:
            return self._spare
        made = self._make()
        most = max(MOST_BYTES // max(made.nbytes, 1), ALWAYS)
        if len(self.arrays) < most:
            self.arrays[rule] = made
        else:
            self._spare = made
            called = self._rows.called(self._column)
            self._rows.each([0], lambda _: Problem(self._rows.where(None), _MANY(most=most, column=called)))
        return made
