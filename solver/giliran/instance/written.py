"""What an instance was written as, kept so that a changed one is made without reading anything again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.sealing import Sealed
from giliran.errors import Where
from giliran.instance.letters import Letter
from giliran.instance.records import InstanceRecord
from giliran.rules.base import Statement


@dataclass(frozen=True, eq=False)
class Written(Sealed):
    """The statements of an instance as they were written, and what was told while it was read.

    Parameters
    ----------
    record
        The sections, without their tables.
    rules, goals
        Typed, before goals give way to each other and before what nobody wrote is added.
    letters
        Circulars with their choices made.
    notes
        What reading facts and circulars had to tell.
    wheres
        Place of each statement in the files, of each meeting as `meetings.ID`, of the tiers, and of the whole as "".
    refill
        Whether seats that became free are filled before published places are kept, whatever the sections say.
    origin
        The facts as they were read, where absences, pins or the published plan were changed since; None where they were not.
    """

    record: InstanceRecord
    rules: tuple[Statement, ...]
    goals: tuple[Statement, ...]
    letters: tuple[Letter, ...]
    notes: tuple[Finding, ...]
    wheres: Mapping[str, Where]
    refill: bool
    origin: Facts | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Rules, then goals."""
        return (*self.rules, *self.goals)
