"""Selectors: who a rule means, and on which days."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from giliran.domain.ages import OLDEST, UNKNOWN, born_before
from giliran.domain.calendar import WEEKDAYS
from giliran.domain.cell_set import EVERYBODY, People, small
from giliran.domain.condition import condition_values
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import DayKind
from giliran.domain.units import NO_UNIT
from giliran.messages import Sentence
from giliran.text import TextError, parse_date, parse_id, parse_key

BACKWARDS = Sentence(
    en="the range ends on {last}, before it starts on {first}",
    id="rentang berakhir pada {last}, sebelum mulai pada {first}",
)

_NO_NUMBER = Sentence(en="found {found}; expected a whole number", id="ditemukan {found}; yang diharapkan bilangan bulat")
_NAMELESS = Sentence(en="the name is empty", id="namanya kosong")


def listed(value: Any) -> Any:
    """One value may be written without a list around it."""
    return value if isinstance(value, (list, tuple)) else [value]


def _date(value: Any) -> Any:
    """A date as written; a number is refused as the text that it is (20210712, or what a spreadsheet makes of a date)."""
    return parse_date(str(value)) if isinstance(value, str) or type(value) is int else value


def _word(value: Any) -> Any:
    """YAML words that look like a truth value or a number are words here."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _no_truth(value: Any) -> Any:
    """A number; true is none, though Python counts with it."""
    if isinstance(value, bool):
        raise TextError(_NO_NUMBER(found="true" if value else "false"))
    return value


def _filled(name: str) -> str:
    """A name that says something."""
    if not name:
        raise TextError(_NAMELESS())
    return name


Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[tuple[Word, ...], BeforeValidator(listed)]
Key = Annotated[Word, AfterValidator(parse_key)]
"""An id of a unit or a meeting, or another name that is looked up, in the one way of writing it."""
Name = Annotated[Key, AfterValidator(_filled)]
"""The same where it may not be empty."""
Keys = Annotated[tuple[Key, ...], BeforeValidator(listed)]
Person = Annotated[Word, AfterValidator(parse_id)]
"""An id of the staff table."""
Date = Annotated[dt.date, BeforeValidator(_date)]
MOST_NUMBER = 1_000_000_000
"""Largest number in a file: far above every head or day that can be counted, far below what arrays of integers hold."""
MOST_WEIGHT = 1_000_000
"""Largest weight."""
Rows = NDArray[np.int32] | slice
"""Some postings: their numbers in any shape, or a slice."""
ALL_ROWS = slice(None)
WholeNumber = Annotated[int, BeforeValidator(_no_truth)]
"""A whole number, of which each use has its own bounds."""
Number = Annotated[WholeNumber, Field(le=MOST_NUMBER)]
Weight = Annotated[WholeNumber, Field(ge=1, le=MOST_WEIGHT)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Model(BaseModel):
    """Base of everything read from files: frozen, unknown keys refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class Selector(Model):
    """Fields are and-ed, values within a field are or-ed; units and levels include their subtrees.

    Parameters
    ----------
    units
        Unit ids.
    levels
        Levels of units: everybody in or below a unit of that level.
    unit_tags, sectors
        Words of the unit of assignment, inherited from above.
    functions, ranks, statuses, tags, ids
        Words of the person.
    heads
        Heads of units of these levels.
    older_than
        Years of age, on the first day of the horizon: whoever had that birthday before. Nobody of whom no birth date is known.
    within
        Further selections that must hold too (named sets of a circular).
    except_
        Taken out (`except` in files).
    default_sector, default_function
        What a unit without sector, or a person without function, counts as; set by the circular that selects.
    """

    units: Keys | None = None
    levels: Words | None = None
    unit_tags: Words | None = None
    sectors: Words | None = None
    functions: Words | None = None
    ranks: Words | None = None
    statuses: Words | None = None
    tags: Words | None = None
    heads: Words | None = None
    older_than: Annotated[WholeNumber, Field(ge=1, le=OLDEST)] | None = None
    ids: Annotated[tuple[Person, ...], BeforeValidator(listed)] | None = None
    within: Annotated[tuple[Selector, ...], BeforeValidator(listed)] | None = None
    except_: Annotated[tuple[Selector, ...], BeforeValidator(listed)] | None = Field(default=None, alias="except")
    default_sector: str | None = None
    default_function: str | None = None

    def mask(self, facts: Facts, rows: Rows = ALL_ROWS) -> NDArray[np.bool_]:
        """Which of some postings, all when left out, are meant : bool in their shape."""
        chosen = self._by_unit(facts, facts.postings.unit[rows]) & self._by_person(facts, rows)
        for inner in self.within or ():
            chosen &= inner.mask(facts, rows)
        for out in self.except_ or ():
            chosen &= ~out.mask(facts, rows)
        return chosen

    def people(self, facts: Facts) -> NDArray[np.int64] | None:
        """Some people among whom all are who are meant : int64[·]; None where that may be anybody."""
        if self.ids is not None:
            return np.unique(np.array([facts.staff.index[id_] for id_ in self.ids], dtype=np.int64))
        if self.units is not None:
            return facts.posted_under(facts.units.index[name] for name in self.units)
        return next((found for inner in self.within or () if (found := inner.people(facts)) is not None), None)

    def _by_unit(self, facts: Facts, unit: NDArray[np.int32]) -> NDArray[np.bool_]:
        units = facts.units
        if unit.size > len(units):  # each unit once
            return self._by_unit(facts, np.arange(len(units), dtype=np.int32))[unit]
        chosen = np.ones(unit.shape, dtype=np.bool_)
        if self.units is not None:
            chosen &= units.under((units.index[name] for name in self.units), unit)
        if self.levels is not None:
            chosen &= units.nearest_to(unit, self.levels) != NO_UNIT
        if self.unit_tags is not None:
            wanted = frozenset(self.unit_tags)
            chosen &= units.tags.where(lambda tags: bool(tags & wanted), unit)
        if self.sectors is not None:
            wanted = frozenset(self.sectors)
            default = {self.default_sector} if self.default_sector else set()
            chosen &= units.sectors.where(lambda sectors: bool((sectors or default) & wanted), unit)
        return chosen

    def _by_person(self, facts: Facts, rows: Rows) -> NDArray[np.bool_]:
        posted = facts.postings
        person = posted.person[rows]
        chosen = np.ones(person.shape, dtype=np.bool_)
        if self.functions is not None:
            chosen &= posted.function.among(frozenset(self.functions), self.default_function, rows)
        if self.ranks is not None:
            chosen &= posted.rank.among(frozenset(self.ranks), rows=rows)
        if self.statuses is not None:
            chosen &= posted.status.among(frozenset(self.statuses), rows=rows)
        if self.tags is not None:
            wanted = frozenset(self.tags)
            tags = posted.tags if isinstance(rows, slice) else map(posted.tags.__getitem__, rows.reshape(-1).tolist())
            chosen &= np.fromiter((bool(some & wanted) for some in tags), dtype=np.bool_, count=person.size).reshape(person.shape)
        if self.heads is not None:
            heads = frozenset(self.heads)
            chosen &= posted.head[rows] & facts.units.level.where(heads.__contains__, posted.unit[rows])
        if self.older_than is not None:
            born = facts.births[person]
            chosen &= (born != UNKNOWN) & (born < born_before(self.older_than, facts.dates[0]))
        if self.ids is not None:
            chosen &= _named(facts, self.ids, person)
        return chosen


def _named(facts: Facts, ids: Words, person: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which of some people have one of these ids : bool in their shape."""
    rows = [facts.staff.index[id_] for id_ in ids]
    if person.size * len(rows) < facts.num_people:
        return np.asarray((person[..., None] == np.array(rows, dtype=np.int32)).any(axis=-1))
    named = np.zeros(facts.num_people, dtype=np.bool_)
    named[rows] = True
    return named[person]


Selection = Annotated[tuple[Selector, ...], BeforeValidator(listed)]
"""A list of selectors is their union."""


def select(facts: Facts, selection: tuple[Selector, ...] | None, rows: Rows = ALL_ROWS) -> NDArray[np.bool_]:
    """Which of some postings, all when left out, are meant by any of the selectors, everybody for None : bool in their shape."""
    shape = facts.postings.unit[rows].shape
    if selection is None:
        return np.ones(shape, dtype=np.bool_)
    chosen = np.zeros(shape, dtype=np.bool_)
    for selector in selection:
        chosen |= selector.mask(facts, rows)
    return chosen


def select_cells(facts: Facts, selection: tuple[Selector, ...] | None, posting: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whose postings are meant, of a table of postings : bool in its shape. Each posting is looked at once."""
    return select(facts, selection, posting) if posting.size < len(facts.postings) else select(facts, selection)[posting]


def people_of(facts: Facts, selection: tuple[Selector, ...] | None) -> People:
    """Some people among whom all are who are meant, by lists of people and units where there are any."""
    if selection is None:
        return EVERYBODY
    found = [selector.people(facts) for selector in selection]
    few = [people for people in found if people is not None]
    if len(few) < len(found):
        return EVERYBODY
    rows = few[0] if len(few) == 1 else np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *few]))
    return small(rows, facts.num_people)


class DateRange(Model):
    """Dates from `first` to `last`, both included (`from` and `to` in files)."""

    first: Date = Field(alias="from")
    last: Date = Field(alias="to")

    @model_validator(mode="before")
    @classmethod
    def _single(cls, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (str, int, dt.date)):
            return value
        day = _date(value)
        return {"from": day, "to": day}

    @model_validator(mode="after")
    def _ordered(self) -> DateRange:
        if self.last < self.first:
            raise TextError(BACKWARDS(first=self.first, last=self.last))
        return self


class Days(Model):
    """Days that a rule means; fields are and-ed, values within a field are or-ed.

    Parameters
    ----------
    dates
        Dates, or ranges `{from, to}`.
    weekdays
        `mon` to `sun`.
    conditions
        Named conditions and the value that they must have in the unit.
    except_
        Taken out (`except` in files).

    Notes
    -----
    Call days are meant only if `dates` or `weekdays` name them (design, section 4).
    """

    dates: Annotated[tuple[DateRange, ...], BeforeValidator(listed)] | None = None
    weekdays: Annotated[tuple[Weekday, ...], BeforeValidator(listed)] | None = None
    conditions: dict[str, Words] | None = None
    except_: Annotated[tuple[Days, ...], BeforeValidator(listed)] | None = Field(default=None, alias="except")

    def mask(self, facts: Facts, people: People = EVERYBODY) -> Cells:
        """Cells of some people, all when left out, on the days that are meant : bool[len(people), D]."""
        chosen = self._matches(facts, people)
        if self.dates is None and self.weekdays is None:
            chosen = chosen & (facts.kind[people] != DayKind.CALL)
        return np.asarray(chosen & facts.has_cell[people])

    def _matches(self, facts: Facts, people: People) -> Cells:
        days = np.ones(facts.num_days, dtype=np.bool_)
        if self.dates is not None:
            days &= np.array([any(r.first <= day <= r.last for r in self.dates) for day in facts.dates], dtype=np.bool_)
        if self.weekdays is not None:
            days &= np.array([WEEKDAYS[day.weekday()] in self.weekdays for day in facts.dates], dtype=np.bool_)
        chosen: Cells = np.broadcast_to(days, facts.kind[people].shape)
        for name, wanted in (self.conditions or {}).items():
            words, codes = condition_values(facts, name)
            table = np.array([*(word in wanted for word in words), False], dtype=np.bool_)
            day_index = np.arange(facts.num_days)
            chosen = chosen & table[codes[facts.unit[people], day_index]]
        for out in self.except_ or ():
            chosen = chosen & ~out._matches(facts, people)
        return chosen


ALL_DAYS = Days()
"""Every working day; call days only where a rule names them."""
