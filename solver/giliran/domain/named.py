"""Who is named for which duty: thousands of rules name a few people each, so a table of everybody for each would be mostly empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.sealing import SealedDict, seal


class Named(Mapping[str, Cells]):
    """For each duty rule the people it names : bool[E, D]; the table of a rule is made whenever it is asked for.

    Parameters
    ----------
    parts
        The cells that each rule names.
    """

    def __init__(self, parts: Mapping[str, CellSet]) -> None:
        self._parts: Mapping[str, CellSet] = SealedDict(parts)

    @classmethod
    def of(cls, duty: Mapping[str, Cells]) -> Named:
        """The same of a table of everybody for each rule."""
        return duty if isinstance(duty, Named) else cls({rule: _part(cells) for rule, cells in duty.items()})

    def __getitem__(self, rule: str) -> Cells:
        return seal(self._parts[rule].dense)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __contains__(self, rule: object) -> bool:
        return rule in self._parts

    def __len__(self) -> int:
        return len(self._parts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        if self.keys() != other.keys() or not (isinstance(other, Named) or all(isinstance(cells, np.ndarray) for cells in other.values())):
            return False
        mine, theirs = self._parts, Named.of(other).parts
        return all(mine[rule].shape == theirs[rule].shape and np.array_equal(mine[rule].columns, theirs[rule].columns) for rule in mine)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Named({dict(self.items())!r})"

    def part(self, rule: str) -> CellSet:
        """The cells that a rule names, without a table of everybody."""
        return self._parts[rule]

    @property
    def parts(self) -> Mapping[str, CellSet]:
        """The cells that each rule names."""
        return self._parts

    def any(self, shape: tuple[int, int]) -> Cells:
        """Cells that any rule names : bool[E, D]."""
        cells = np.zeros(shape, dtype=np.bool_)
        for part in self._parts.values():
            part.put(cells)
        return cells


def _part(cells: Cells) -> CellSet:
    return CellSet.of_columns(cells.shape, np.flatnonzero(cells))
