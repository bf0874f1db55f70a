"""A month of many agencies added up: numbers of people alone, nobody's name and nobody's reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from giliran.domain.words import Kind, canonical, meant_words, reason_of_absence
from giliran.messages import Said


class Service(StrEnum):
    """Kinds of staff that reports upward tell apart."""

    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART = "pppk_pw"
    ASN = "asn"
    """A civil servant of no kind that is told."""
    OTHER = "non_asn"
    UNKNOWN = ""

    @classmethod
    def of(cls, status: str) -> Service:
        """The kind of a status as lists write it; a status that nobody knows tells nothing."""
        word = canonical(Kind.STATUS, status)
        if word in (*cls,):
            return cls(word)
        return cls.OTHER if word in meant_words(Kind.STATUS, cls.OTHER) else cls.UNKNOWN


class Away(StrEnum):
    """Why people are away, as reports upward tell it."""

    TRAVEL = "dinas_luar"
    LEAVE = "cuti"
    ILL = "sakit"
    PERMISSION = "izin"
    UNEXCUSED = "tanpa_keterangan"
    OTHER = ""

    @classmethod
    def of(cls, text: str) -> Away:
        """The kind of a reason."""
        word = reason_of_absence(text)
        return cls(word) if word in (*cls,) else cls.OTHER


@dataclass(frozen=True)
class Counts:
    """People of an agency on a day, or person-days of a month.

    Parameters
    ----------
    office, home
        In the office and at home.
    away
        Away, by reason.
    """

    office: int = 0
    home: int = 0
    away: Mapping[Away, int] = field(default_factory=dict)

    @property
    def present(self) -> int:
        """In the office or at home."""
        return self.office + self.home

    @property
    def absent(self) -> int:
        """Away for whatever reason."""
        return sum(self.away.values())

    @classmethod
    def total(cls, parts: Iterable[Counts]) -> Counts:
        """All of them together."""
        found, away = [*parts], Counter[Away]()
        for part in found:
            away.update(part.away)
        return cls(sum(part.office for part in found), sum(part.home for part in found), dict(away))


@dataclass(frozen=True)
class AgencyDay:
    """An agency on a day.

    Parameters
    ----------
    day
        The day.
    people, exempt
        People who work that day, and those of them who stay in the office on every day of the plan.
    planned
        Where the plan has them.
    actual
        Where they were, of those of whom an attendance list says it; None where no list says anything.
    told, same
        Of how many a list says it, and how many of these were where the plan had them.
    """

    day: dt.date
    people: int
    exempt: int
    planned: Counts
    actual: Counts | None = None
    told: int = 0
    same: int = 0


@dataclass(frozen=True)
class Missed:
    """A limit that a plan, or what happened, does not keep.

    Parameters
    ----------
    day, rule, group
        When, and of whom it speaks; the rule is empty for a limit that whoever adds up gave to all agencies.
    side
        `office` or `home`: what it counts.
    least, most
        The bounds; None for none.
    planned, actual
        How many there are; None where that cannot be counted.
    in_plan, in_fact
        Which of the two does not keep it.
    """

    day: dt.date
    rule: str
    group: str
    side: str
    least: int | None
    most: int | None
    planned: int | None
    actual: int | None
    in_plan: bool
    in_fact: bool


@dataclass(frozen=True)
class Agency:
    """An agency in a month.

    Parameters
    ----------
    name
        As its plan, or else the list of those expected, writes it.
    files
        The workbooks that its plan stands in.
    version
        The highest number of these plans.
    services
        People by kind.
    exempt
        People who stay in the office on every day of their plan, by reason, as workbooks write it.
    days
        Days of the month with a plan.
    missed
        Limits that are not kept.
    expected
        Whether a plan was expected; None where nobody said of whom.
    """

    name: str
    files: tuple[str, ...] = ()
    version: int = 1
    services: Mapping[Service, int] = field(default_factory=dict)
    exempt: Mapping[str, int] = field(default_factory=dict)
    days: Sequence[AgencyDay] = ()
    missed: Sequence[Missed] = ()
    expected: bool | None = None

    @property
    def people(self) -> int:
        """People of the plan."""
        return sum(self.services.values())

    @property
    def sent(self) -> bool:
        """Whether there is a plan for any day of the month."""
        return bool(self.days)

    @property
    def planned(self) -> Counts:
        """Person-days of the plan."""
        return Counts.total(day.planned for day in self.days)

    @property
    def actual(self) -> Counts | None:
        """Person-days as they were; None where no list says anything."""
        known = [day.actual for day in self.days if day.actual is not None]
        return Counts.total(known) if known else None

    def days_missed(self, *, in_fact: bool) -> int:
        """Days on which some limit is not kept, in the plan or in fact."""
        return len({one.day for one in self.missed if (one.in_fact if in_fact else one.in_plan)})


@dataclass(frozen=True)
class Note:
    """Something that whoever reads the recap must know.

    Parameters
    ----------
    file
        The file that it is about; empty for none in particular.
    said
        The sentence.
    grave
        Whether numbers lack something because of it.
    """

    file: str
    said: Said
    grave: bool = True


@dataclass(frozen=True)
class Recap:
    """A month.

    Parameters
    ----------
    month
        Its first day.
    workdays
        Its working days, national holidays and joint leave left out.
    agencies
        Those that were expected in the order of their list, then all others by name.
    notes
        What must be told.
    """

    month: dt.date
    workdays: Sequence[dt.date]
    agencies: Sequence[Agency]
    notes: Sequence[Note] = ()

    @property
    def lacking(self) -> list[Agency]:
        """Agencies that were expected and have no plan in the month."""
        return [agency for agency in self.agencies if agency.expected and not agency.sent]

    @property
    def clean(self) -> bool:
        """Whether everybody who was expected sent a plan, all limits are kept and nothing is missing in the numbers."""
        grave = any(note.grave for note in self.notes)
        return not (grave or self.lacking or any(agency.missed for agency in self.agencies))
