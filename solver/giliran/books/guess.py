"""What was guessed when a workbook was drafted."""

from __future__ import annotations

from dataclasses import dataclass

from giliran.messages import Said


@dataclass(frozen=True)
class Guess:
    """A cell that was guessed: it is coloured, and its comment says why.

    Parameters
    ----------
    section
        Where it stands: a table such as `staff`, or `title`, `horizon`, `document`, `circulars`.
    row
        Its row in the table, or the number of its circular, from 0; 0 elsewhere.
    column
        Its column, or its key such as `start` or `choose.limit`; empty for `title`.
    why
        What the guess rests on.
    """

    section: str
    row: int
    column: str
    why: Said
