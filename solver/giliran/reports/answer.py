"""An answer about a person that stands beside a plan: lines, as whoever asked had them told."""

from __future__ import annotations

from dataclasses import dataclass

from giliran.messages import Said


@dataclass(frozen=True)
class Answer:
    """What was asked about one person.

    Parameters
    ----------
    person
        Row of the person.
    lines
        How far each stands to the right, and what it says.
    """

    person: int
    lines: tuple[tuple[int, Said], ...]
