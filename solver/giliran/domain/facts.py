"""Facts of an instance as arrays over people and days; they know no rule and no solver."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.domain.ages import births
from giliran.domain.calendar import Calendar
from giliran.domain.condition import ConditionEntry, Valued, valued
from giliran.domain.place import DayKind, Place
from giliran.domain.sealing import Sealed, SealedDict, sealed_once
from giliran.domain.units import Units
from giliran.errors import Where

THOUSANDTHS = 1000
"""Fair shares, balances and burdens are counted in thousandths of a day."""

NO_TEAM = -1
"""Stands for the team of somebody who is in none."""

Cells = NDArray[np.bool_]
"""A set of cells : bool[E, D]."""


@dataclass(frozen=True, eq=False)
class Coded(Sealed):
    """A column of words: `code[r]` indexes `words`; -1 where the word is missing."""

    words: tuple[str, ...]
    code: NDArray[np.int32]

    def among(
        self, wanted: frozenset[str], default: str | None = None, rows: NDArray[np.integer] | slice = slice(None)
    ) -> NDArray[np.bool_]:
        """Which of some rows, all when left out, have a word (or `default`, where it is missing) that is wanted : bool in their shape."""
        table = np.array([*(word in wanted for word in self.words), default in wanted if default else False], dtype=np.bool_)
        return np.asarray(table[self.code[rows]])


@dataclass(frozen=True, eq=False)
class Postings(Sealed):
    """What is true of a person over a range of days; whoever is moved or promoted has several.

    Parameters
    ----------
    person, unit, also
        Indices : int32[R]. `unit` is the unit of assignment, `also` a second unit for eligibility only (`NO_UNIT` if none).
    rank, status, function, calendar, team
        Words.
    head
        Leads the unit of assignment : bool[R].
    tags
        Free words for selectors.
    workdays
        Weekdays worked by part-timers (bit w set: weekday w is worked), 127 for everybody else : int16[R].
    """

    person: NDArray[np.int32]
    unit: NDArray[np.int32]
    also: NDArray[np.int32]
    rank: Coded
    status: Coded
    function: Coded
    calendar: Coded
    team: Coded
    head: NDArray[np.bool_]
    tags: tuple[frozenset[str], ...]
    workdays: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, eq=False)
class Staff(Sealed):
    """Who people are; printed, not looked at by rules. Row order is print order.

    `born`, the birth dates as written, is the exception: it is never printed, and gives `Facts.births`.
    """

    ids: tuple[str, ...]
    nips: tuple[str, ...]
    names: tuple[str, ...]
    positions: tuple[str, ...]
    grades: tuple[str, ...]
    phones: tuple[str, ...]
    born: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each person by id."""
        return SealedDict(zip(self.ids, range(len(self)), strict=True))

    @cached_property
    def by_nip(self) -> dict[str, int]:
        """Row of each person by NIP, for those who have one that nobody else has."""
        times = Counter(self.nips)
        return SealedDict({nip: e for e, nip in enumerate(self.nips) if nip and times[nip] == 1})

    def forget_index(self) -> None:
        """Forget `index` until somebody asks again: that of a million people takes 66 MB."""
        self.__dict__.pop("index", None)

    def called(self, e: int) -> str:
        """What a person is called, alone or not; the id of somebody without a name."""
        return self.names[e] or self.ids[e]

    @cached_property
    def _often(self) -> frozenset[str]:
        """What more than one person is called."""
        counts = Counter(map(self.called, range(len(self))))
        return frozenset(name for name, count in counts.items() if count > 1)

    def alone(self, e: int) -> bool:
        """Whether nobody else is called so."""
        return self.called(e) not in self._often

    def label(self, e: int) -> str:
        """How a report names a person: the name, with the id where somebody else is called so."""
        return self.called(e) if self.alone(e) else f"{self.called(e)} ({self.ids[e]})"


@dataclass(frozen=True, eq=False)
class Wishes(Sealed):
    """Wished places, one row per person and day, weekday wishes spelled out.

    Parameters
    ----------
    person, day, place, weight
        Indices, `Place` and positive integer weight : int64[W] each.
    """

    person: NDArray[np.int64]
    day: NDArray[np.int64]
    place: NDArray[np.int64]
    weight: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, eq=False)
class Account(Sealed):
    """A ledger account: who gave more or less than was asked.

    Parameters
    ----------
    balance
        Burden minus share asked over earlier periods, thousandths of a day : int64[E].
    last_called
        Ordinal of the date of the last burden, 0 if never : int64[E].
    rows
        Number of rows of the ledger that it was added up from.
    """

    balance: NDArray[np.int64]
    last_called: NDArray[np.int64]
    rows: int = 0


@dataclass(frozen=True)
class Meeting:
    """An event that wants people in the office.

    Parameters
    ----------
    id, name
        Id and words for people.
    dates
        The possible days, or those on which it is held.
    given
        Held on every one of `dates`: nothing is left to choose.
    required, invited
        Rows of people who must come, and of all who are asked.
    capacity
        Seats of the room, if known.
    urgent
        Marked as important and urgent.
    repeat, same_weekday
        Held every week (and on the same weekday): a choice of the solver.
    """

    id: str
    name: str
    dates: tuple[dt.date, ...]
    required: tuple[int, ...]
    invited: tuple[int, ...]
    capacity: int | None
    urgent: bool
    repeat: bool = False
    same_weekday: bool = False
    given: bool = False


@dataclass(frozen=True, eq=False)
class Facts(Sealed):
    """Everything that is given, over `E` people and `D` days of the horizon.

    Parameters
    ----------
    dates
        The horizon, `D` consecutive dates.
    posting
        Row of `postings` in force : int32[E, D]; where nobody is employed it names the nearest one.
    kind
        `DayKind` of each cell : int8[E, D], `NONE` outside working and call days and outside employment.
    absent
        Leave, sickness, travel : bool[E, D], only where there is a cell.
    reason
        Index into `absence_reasons` where absent, -1 elsewhere : int16[E, D].
    home_only, office_only
        May only be at home, or only in the office : bool[E, D].
    published, pinned
        Place that a published plan, or a pin, gives, also to people who are absent : int8[E, D], `NONE` where it is silent.
    frozen
        Cells whose published place is fixed : bool[E, D].
    past_dates, past
        Dates before the horizon that the published plan reaches, and its places : int8[E, P].
    frozen_dates
        Dates of the horizon for which the published plan may no longer change and says anything.
    refill
        Seats that became free are filled again, even if places of the published plan change.
    few_changes
        Few changes against the published plan come before all goals, whether a goal for them is written or not.
    keep
        They come before relaxations, too.
    notice_to
        Last day on which a change is one at short notice, None for no such day.
    published_team
        For each rule that formed teams in the published plan, everybody's team, counted from 1 : int16[E], `NO_TEAM` for nobody's.
    published_duty
        For each duty rule that the published plan names somebody for inside the horizon, the people it names : bool[E, D].
    pinned_duty
        For each duty rule that a pin names somebody for, the people : bool[E, D]; these cells are pinned to the office,
        also where they are absent.
    pinned_duty_at
        Where the first pin for each of these rules is written.
    """

    title: str
    dates: tuple[dt.date, ...]
    calendars: Mapping[str, Calendar]
    units: Units
    staff: Staff
    postings: Postings
    posting: NDArray[np.int32]
    kind: NDArray[np.int8]
    absent: Cells
    reason: NDArray[np.int16]
    absence_reasons: tuple[str, ...]
    home_only: Cells
    office_only: Cells
    published: NDArray[np.int8]
    pinned: NDArray[np.int8]
    frozen: Cells
    past_dates: tuple[dt.date, ...]
    past: NDArray[np.int8]
    wishes: Wishes
    ledger: Mapping[str, Account]
    conditions: Mapping[str, tuple[ConditionEntry, ...]]
    meetings: tuple[Meeting, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    pin_reasons: Mapping[tuple[int, int], str] = field(default_factory=dict)
    published_team: Mapping[str, NDArray[np.int16]] = field(default_factory=dict)
    published_duty: Mapping[str, Cells] = field(default_factory=dict)
    frozen_dates: tuple[dt.date, ...] = ()
    refill: bool = False
    pinned_duty: Mapping[str, Cells] = field(default_factory=dict)
    pinned_duty_at: Mapping[str, Where] = field(default_factory=dict, compare=False)
    few_changes: bool = False
    keep: bool = False
    notice_to: dt.date | None = None

    @property
    def num_people(self) -> int:
        """Number of people `E`."""
        return len(self.staff)

    @property
    def num_days(self) -> int:
        """Number of days `D` of the horizon."""
        return len(self.dates)

    @property
    def shape(self) -> tuple[int, int]:
        """`(E, D)`."""
        return self.num_people, self.num_days

    @sealed_once
    def has_cell(self) -> Cells:
        """Working and call days of employed people : bool[E, D]."""
        return np.asarray(self.kind != DayKind.NONE)

    @sealed_once
    def present(self) -> Cells:
        """Cells of people who are not absent : bool[E, D]."""
        return self.has_cell & ~self.absent

    @sealed_once
    def frozen_days(self) -> NDArray[np.bool_]:
        """Days for which the published plan may no longer change : bool[D]."""
        past = np.array([day in self.frozen_dates for day in self.dates], dtype=np.bool_)
        return np.asarray(past | self.frozen.any(axis=0))

    @sealed_once
    def valued_conditions(self) -> Mapping[str, Valued]:
        """Every condition by unit and day."""
        return {name: valued(self.units, self.dates, entries) for name, entries in self.conditions.items()}

    @sealed_once
    def unit(self) -> NDArray[np.int32]:
        """Unit of assignment of each cell : int32[E, D]."""
        return np.asarray(self.postings.unit[self.posting])

    @sealed_once
    def births(self) -> NDArray[np.int64]:
        """Ordinals of birth dates, `ages.UNKNOWN` where nobody knows : int64[E]."""
        return births(self.staff)

    @sealed_once
    def _by_unit(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Postings in the order of `units.span`: place of the unit, and person : int64[R] each."""
        place = self.units.span[0][self.postings.unit]
        order = np.argsort(place, kind="stable")
        return place[order], self.postings.person[order].astype(np.int64)

    def posted_under(self, roots: Iterable[int]) -> NDArray[np.int64]:
        """People posted at or below any of these units at some time : int64[·]."""
        place, person = self._by_unit
        bounds = np.searchsorted(place, self.units.span[:, list(roots)])
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(person[first:last] for first, last in bounds.T.tolist())]))

    @sealed_once
    def resting_place(self) -> NDArray[np.int8]:
        """Place of a present cell that is not in the office, `HOME` or on call days `OFF` : int8[E, D]."""
        return np.where(self.kind == DayKind.CALL, Place.OFF, Place.HOME).astype(np.int8)

    def balance(self, account: str) -> NDArray[np.int64]:
        """Balance of everybody in an account, thousandths of a day, zero where there is no history : int64[E]."""
        found = self.ledger.get(account)
        return found.balance if found else self._no_balance

    @sealed_once
    def _no_balance(self) -> NDArray[np.int64]:
        """The same for all accounts without history."""
        return np.zeros(self.num_people, dtype=np.int64)
