"""A schedule: a place for every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import NO_TEAM, Cells, Facts
from giliran.domain.named import Named
from giliran.domain.place import Place
from giliran.domain.sealing import Sealed, owned, seal, sealed_once
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, found_text
from giliran.text.frames import FrameKind, frame_of

SEPARATOR = ";"
"""Between the items of one cell of a schedule's table."""

UNPLANNED = "unplanned"
"""What stands for the place of a cell that is left out on purpose."""

TEAM_SIGN = "="
"""Between a rule and the team that it gives somebody: `own/teams=2`."""

MOST_TEAMS = np.iinfo(np.int16).max
"""Team numbers fit into int16."""

_NO_PLACES = Sentence(
    en="found {found}; expected an array of whole numbers with a row per person and a column per day, such as int8[4, 5]",
    id="ditemukan {found}; yang diharapkan larik bilangan bulat dengan satu baris per pegawai dan satu kolom per hari, misalnya int8[4, 5]",
)
_MASK = Sentence(
    en="Where this says who is in the office, write numpy.where(office, Place.OFFICE, Place.HOME).",
    id="Bila ini menyatakan siapa yang WFO, tulis numpy.where(office, Place.OFFICE, Place.HOME).",
)
_NO_INSTANCE = Sentence(en="found {found}; expected an instance", id="ditemukan {found}; yang diharapkan masukan yang sudah disusun")
_NO_MASK = Sentence(
    en="found {found}; expected an array of true and false with a row per person and a column per day of the instance, bool[{shape}]",
    id="ditemukan {found}; yang diharapkan larik benar/salah dengan satu baris per pegawai dan satu kolom per hari, bool[{shape}]",
)
_NO_PLACE = Sentence(
    en="found {found}; places are {least} to {most}, as `giliran.Place` names them",
    id="ditemukan {found}; tempat bernomor {least} sampai {most}, seperti pada `giliran.Place`",
)
_NO_RULES = Sentence(
    en="found {found}; expected an array for each rule, by the rule's id", id="ditemukan {found}; yang diharapkan satu larik per id aturan"
)
_NO_CELLS = Sentence(
    en="found {found}; expected an array of true and false with the shape of `place`, bool[{shape}]",
    id="ditemukan {found}; yang diharapkan larik benar/salah dengan bentuk seperti `place`, bool[{shape}]",
)
_NO_TEAMS = Sentence(
    en="found {found}; expected an array of whole numbers, one per person: int16[{people}]",
    id="ditemukan {found}; yang diharapkan larik bilangan bulat, satu per pegawai: int16[{people}]",
)
_NO_TEAM_NUMBER = Sentence(
    en="found {found}; teams are numbered 1 to {most}, and {none} is nobody's",
    id="ditemukan {found}; tim bernomor 1 sampai {most}, dan {none} berarti tanpa tim",
)

_OTHER_SHAPE = Sentence(
    en="the schedule has {people} {people:person|people} and {days} {days:day|days}, the instance has {staff} and {dates}",
    id="jadwal ini memuat {people} pegawai dan {days} hari, sedangkan berkas masukan {staff} dan {dates}",
)


class Schedulable(Protocol):
    """People and days that a schedule can be for: an `Instance`."""

    @property
    def facts(self) -> Facts:
        """Who works when."""
        ...

    def schedule_from(self, rows: object) -> Schedule:
        """The schedule that rows say, see `Schedule.from_rows`."""
        ...


@dataclass(frozen=True, eq=False)
class Schedule(Sealed):
    """Places of all cells, who is named for duty, and chosen teams; of arrays that could be changed elsewhere it keeps copies.

    Parameters
    ----------
    place
        `Place` of each cell : int8[E, D]; `NONE` where there is no cell or the cell is not planned.
    duty
        For each duty rule the people it names : bool[E, D]; `named` says it without a table for each rule. A rule that is missing
        here is not named, which is not an offence.
    team
        For each rule that forms teams, everybody's team, counted from 1 : int16[E], `NO_TEAM` for nobody's. A rule that is missing here
        has teams that nobody wrote down, which is not an offence.
    unplanned
        Present cells that are left out on purpose, because their part could not be planned : bool[E, D]; None for no cell, also where
        an array without any is given.

    Raises
    ------
    InputError
        If arrays are of other kinds or shapes, or hold a number that is no `Place` or no team.
    """

    place: NDArray[np.int8]
    duty: Mapping[str, Cells] = field(default_factory=dict)
    team: Mapping[str, NDArray[np.int16]] = field(default_factory=dict)
    unplanned: Cells | None = None

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InputError(problems)
        object.__setattr__(self, "place", owned(self.place.astype(np.int8, copy=False)))
        some = self.unplanned is not None and bool(self.unplanned.any())
        object.__setattr__(self, "unplanned", owned(self.unplanned) if some else None)
        object.__setattr__(self, "duty", Named.of(self.duty))
        object.__setattr__(self, "team", {rule: owned(array) for rule, array in self.team.items()})
        super().__post_init__()

    def _problems(self) -> Iterator[Problem]:
        """What is no schedule whatever the instance: a place that is none, or arrays of other kinds and shapes than they must have."""
        if not _is_array(self.place, np.integer, 2):
            advice = _MASK() if _is_array(self.place, np.bool_, 2) else None
            yield Problem(Where(field="place"), _NO_PLACES(found=found_text(self.place)), advice)
            return
        outside = self.place[(self.place < min(Place)) | (self.place > max(Place))]
        if len(outside):
            yield Problem(Where(field="place"), _NO_PLACE(found=int(outside[0]), least=int(min(Place)), most=int(max(Place))))
        for name in ("duty", "team"):
            if not isinstance(getattr(self, name), Mapping):
                yield Problem(Where(field=name), _NO_RULES(found=found_text(getattr(self, name))))
                return
        if isinstance(self.duty, Named):
            named = {rule: part.table for rule, part in self.duty.parts.items() if part.shape != self.place.shape}
        else:
            named = dict(self.duty)
        cells = {"unplanned": self.unplanned, **{f"duty[{rule}]": table for rule, table in named.items()}}
        shape = ", ".join(map(str, self.place.shape))
        for where, mask in cells.items():
            if not _is_array(mask, np.bool_, 2, self.place.shape) and not (mask is None and where == "unplanned"):
                yield Problem(Where(field=where), _NO_CELLS(found=found_text(mask), shape=shape))
        for rule, team in self.team.items():
            if not _is_array(team, np.integer, 1, self.place.shape[:1]):
                yield Problem(Where(field=f"team[{rule}]"), _NO_TEAMS(found=found_text(team), people=len(self.place)))
            elif len(strange := team[((team < 1) & (team != NO_TEAM)) | (team > MOST_TEAMS)]):
                said = _NO_TEAM_NUMBER(found=int(strange[0]), most=int(MOST_TEAMS), none=NO_TEAM)
                yield Problem(Where(field=f"team[{rule}]"), said)

    @classmethod
    def from_office(cls, instance: Schedulable, office: NDArray[np.bool_]) -> Schedule:
        """The schedule that has some cells in the office and everybody else where they are then.

        Parameters
        ----------
        instance
            The instance that it is for.
        office
            Who is in the office : bool[E, D], in the order of `instance.facts.staff.ids` and `instance.facts.dates`. All others are at
            home on working days, off on call days, and absent where they are away. Cells of people who do not work that day, or are away,
            are kept as they are given, for `giliran.check` to judge.

        Raises
        ------
        InputError
            If that is no such array.
        """
        facts = _facts_of(instance)
        if not _is_array(office, np.bool_, 2, facts.shape):
            shape = ", ".join(map(str, facts.shape))
            raise InputError([Problem(Where(field="office"), _NO_MASK(found=found_text(office), shape=shape))])
        return cls(np.where(office, np.int8(Place.OFFICE), schedule_of(facts, office).place).astype(np.int8))

    @classmethod
    def from_rows(cls, instance: Schedulable, rows: object) -> Schedule:
        """The schedule that rows say, wherever they come from.

        Parameters
        ----------
        instance
            The instance that it is for.
        rows
            A list of rows, a mapping of columns, or a frame, with `staff_id`, `date`, `place` and perhaps `duty` and `team`, by any of
            their usual names: what `to_rows` and `to_frame` give. Dates may be text, dates or timestamps; lists stand as such, or joined
            by ";".

        Returns
        -------
        Schedule
            Cells without a row have no place, those whose place is "unplanned" are left out on purpose; rows about days that a person
            does not work are kept, for `giliran.check` to judge. Where `duty` is there, a duty rule that nobody is named for names nobody:
            what `to_rows` and `to_frame` say of a plan that was solved comes back as an equal one.

        Raises
        ------
        InputError
            With all problems, as `giliran.read_schedule`.
        """
        _facts_of(instance)
        return instance.schedule_from(rows)

    def to_rows(self, instance: Schedulable) -> list[dict[str, Any]]:
        """A row for each person and day that has a place or is left out on purpose, in the order of the staff table, then by date.

        Returns
        -------
        list of dict
            `staff_id` (text), `date` (`datetime.date`), `place` ("office", "home", "absent", "off" or "unplanned"), `duty` (list of the
            duty rules that name the person; left out where the schedule has no duty rules) and `team` (list of `rule=number`; left out
            where it has none).

        Raises
        ------
        InputError
            If the schedule is for other people or days.
        """
        from giliran.domain.schedule_rows import rows_of_schedule  # rows are made of schedules

        return rows_of_schedule(_fitting(instance, self), self)

    def to_frame(self, instance: Schedulable, kind: FrameKind = "pandas") -> Any:
        """The same rows as a frame, for which `pip install 'giliran[frames]'` is needed.

        Parameters
        ----------
        kind
            The library: "pandas", "polars" or "pyarrow".

        Returns
        -------
        frame
            Columns `staff_id`, `date` (a date, of pandas a timestamp), `place`, and `duty` and `team` as text joined by ";".

        Raises
        ------
        InputError
            If the schedule is for other people or days, or the library is not installed.
        """
        from giliran.domain.schedule_rows import columns_of_schedule

        return frame_of(columns_of_schedule(_fitting(instance, self), self), kind)

    @sealed_once
    def office(self) -> Cells:
        """Cells in the office : bool[E, D]."""
        return np.asarray(self.place == Place.OFFICE)

    @sealed_once
    def home(self) -> Cells:
        """Cells at home : bool[E, D]; `off` on a call day is not home."""
        return np.asarray(self.place == Place.HOME)

    @property
    def named(self) -> Named:
        """What `duty` says, by the few people whom each rule names."""
        return Named.of(self.duty)

    @sealed_once
    def on_duty(self) -> Cells:
        """Cells of people who are named for any duty : bool[E, D]."""
        return self.named.any(self.place.shape)

    def planned(self, facts: Facts) -> Cells:
        """Present cells that have a place : bool[E, D]."""
        return seal(np.asarray(facts.present & (self.place != Place.NONE)))

    def unplaced(self, facts: Facts) -> Cells:
        """Present cells that have no place, left out on purpose or forgotten : bool[E, D]."""
        return seal(np.asarray(facts.present & (self.place == Place.NONE)))


def _is_array(value: object, kind: Any, axes: int, shape: tuple[int, ...] | None = None) -> bool:
    if not isinstance(value, np.ndarray) or not np.issubdtype(value.dtype, kind):
        return False
    return value.ndim == axes and (shape is None or value.shape == shape)


def other_shape(facts: Facts, schedule: Schedule) -> Iterator[Problem]:
    """A problem where a schedule is for other people or days than the facts."""
    (people, days), (staff, dates) = schedule.place.shape, facts.shape
    if (people, days) != (staff, dates):
        yield Problem(Where(field="schedule"), _OTHER_SHAPE(people=people, days=days, staff=staff, dates=dates))


def _facts_of(instance: Schedulable) -> Facts:
    """The facts of an instance; raises `InputError` for what is none."""
    facts = getattr(instance, "facts", None)
    if not isinstance(facts, Facts):
        raise InputError([Problem(Where(field="instance"), _NO_INSTANCE(found=found_text(instance)))])
    return facts


def _fitting(instance: Schedulable, schedule: Schedule) -> Facts:
    """The facts that a schedule is about; raises `InputError` where they are of others."""
    problems = list(other_shape(_facts_of(instance), schedule))
    if problems:
        raise InputError(problems)
    return instance.facts


def schedule_of(facts: Facts, office: Cells, planned: Cells | None = None) -> Schedule:
    """The schedule in which the present people of `office` are in the office and all others rest where their calendar says.

    Parameters
    ----------
    office
        bool[E, D].
    planned
        Cells that have a plan : bool[E, D]; all when None. The others are marked as left out on purpose.
    """
    place = np.where(office, np.int8(Place.OFFICE), facts.resting_place)
    place = np.where(facts.absent, np.int8(Place.ABSENT), place)
    place = np.where(facts.has_cell, place, np.int8(Place.NONE))
    unplanned = None if planned is None else facts.present & ~planned
    if unplanned is not None:
        place = np.where(unplanned, np.int8(Place.NONE), place)
    return Schedule(place.astype(np.int8), unplanned=unplanned)


def items_of(text: str) -> list[str]:
    """The items of one cell of a schedule's table."""
    return [item.strip() for item in text.split(SEPARATOR) if item.strip()]


def team_of(item: str) -> tuple[str, int] | None:
    """Rule and number of an item such as `own/teams=2`; None where it is nothing of the kind."""
    rule, _, number = item.rpartition(TEAM_SIGN)
    known = bool(rule) and number.isdecimal() and 0 < int(number) <= MOST_TEAMS
    return (rule, int(number)) if known else None
