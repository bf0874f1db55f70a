"""What an instance file says, section by section, before anything is looked up.

Sections with few entries are read by pydantic. Tables (units, staff, absences …) may have a million rows and are read column by column
(`rows.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from giliran.circulars import Circular
from giliran.domain.selection import Date, DateRange, Key, Keys, Model, Number, Weekday, Word, listed
from giliran.domain.words import Kind, closed
from giliran.messages import Sentence
from giliran.rules.tiers import TierSpec
from giliran.text import TextError
from giliran.text.model_errors import NAME_PATTERN

SCHEMA: Literal["giliran/1"] = "giliran/1"
"""What the key `schema` of an instance file must say."""

MAX_DAYS = 800
"""Longest horizon."""

_ENDS_EARLY = Sentence(en="ends on {last}, before it starts on {first}", id="berakhir pada {last}, sebelum mulai pada {first}")
_TOO_LONG = Sentence(en="longer than {most} days", id="lebih panjang dari {most} hari")
_TWO_KINDS = Sentence(en="{day} is both a working day and a call day", id="{day} ditulis sebagai hari kerja dan juga hari piket")
_ONE_NAME = Sentence(en="give either `name` or `file`", id="isi salah satu: `name` atau `file`")
_NOT_A_NAME = Sentence(
    en="'{name}' cannot stand before the ids of rules; write letters, digits, `-` and `_`, as in umum-2",
    id="'{name}' tidak dapat dipakai di depan id aturan; tulis huruf, angka, `-`, dan `_`, misalnya umum-2",
)
_ONE_DATE = Sentence(en="give either `date` or `choose_from`", id="isi salah satu: `date` atau `choose_from`")
_KEEP_OR_REFILL = Sentence(
    en="`keep` holds announced places at all costs, `refill` fills free seats first; choose one",
    id="`keep` mempertahankan jadwal yang sudah ditetapkan, `refill` mengisi kembali tempat kosong lebih dahulu; pilih salah satu",
)
_INSTEAD_OF_NOBODY = Sentence(
    en="`instead_of` (u.b.) stands below `on_behalf_of` (a.n.), which is missing",
    id="`instead_of` (u.b.) ditulis di bawah `on_behalf_of` (a.n.), yang belum diisi",
)
_ROWS_OR_FILE = Sentence(
    en="rows, or the file that holds them, were expected: {{file: name.csv}}",
    id="diperlukan baris-baris, atau berkas yang memuatnya: {{file: nama.csv}}",
)


def _weekdays(value: Any) -> Any:
    return [closed(Kind.WEEKDAY, item) if isinstance(item, str) else item for item in listed(value)]


def _none(value: Any) -> Any:
    return None if value == "none" else {"extra": value} if isinstance(value, list) else value


def _no_country(value: Any) -> Any:
    return None if value == "none" else value


def _called(name: str | None) -> str | None:
    """A name that rules may begin with."""
    if name is not None and (not re.fullmatch(NAME_PATTERN, name) or name in Circular.RESERVED):
        raise TextError(_NOT_A_NAME(name=name))
    return name


Weekdays = Annotated[tuple[Weekday, ...], BeforeValidator(_weekdays)]
Dates = Annotated[tuple[Date, ...], BeforeValidator(listed)]
Names = Annotated[tuple[Word, ...], BeforeValidator(listed)]


class Horizon(Model):
    """First and last day of the plan, both included."""

    start: Date
    end: Date

    @model_validator(mode="after")
    def _ordered(self) -> Horizon:
        if self.end < self.start:
            raise TextError(_ENDS_EARLY(first=self.start, last=self.end))
        if (self.end - self.start).days >= MAX_DAYS:
            raise TextError(_TOO_LONG(most=MAX_DAYS))
        return self


class HolidayRecord(Model):
    """Holidays of a calendar: a country's, joint leave among them or not, further dates, and dates that are worked all the same.

    `country: none` leaves the dates under `extra` alone.
    """

    country: Annotated[Word | None, BeforeValidator(_no_country)] = "ID"
    joint_leave: bool = True
    extra: Dates = ()
    not_: Dates = Field(default=(), alias="not")


class CalendarRecord(Model):
    """Weekdays worked or on call, and holidays; `none` for those who work on holidays too."""

    workdays: Weekdays = ("mon", "tue", "wed", "thu", "fri")
    call_days: Weekdays = ()
    holidays: Annotated[HolidayRecord | None, BeforeValidator(_none)] = HolidayRecord()

    @model_validator(mode="after")
    def _disjoint(self) -> CalendarRecord:
        both = [day for day in self.call_days if day in self.workdays]
        if both:
            raise TextError(_TWO_KINDS(day=both[0]))
        return self


class CircularRecord(Model):
    """A circular that is in force: by name or file, with its open choices made.

    Parameters
    ----------
    name, file
        A packaged circular, or a file beside the instance.
    as_
        What it is called here (`as` in files): its rules are known as `as/id`; the same letter may be listed twice so.
    choose
        Values of its parameters.
    first, last
        Days on which it is in force here (`from` and `to` in files); the whole horizon when left out.
    replaces
        Names of circulars, or ids of their rules, that do not hold while this one is in force.
    """

    name: Word | None = None
    file: str | None = None
    as_: Annotated[Word | None, AfterValidator(_called)] = Field(default=None, alias="as")
    choose: dict[str, Any] = Field(default_factory=dict)
    first: Date | None = Field(default=None, alias="from")
    last: Date | None = Field(default=None, alias="to")
    replaces: Names = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _whole(self) -> CircularRecord:
        if (self.name is None) == (self.file is None):
            raise TextError(_ONE_NAME())
        if self.first and self.last and self.last < self.first:
            raise TextError(_ENDS_EARLY(first=self.first, last=self.last))
        return self


class ConditionRecord(Model):
    """A value that a condition has over some days, everywhere or in some units and all below them."""

    first: Date | None = Field(default=None, alias="from")
    last: Date | None = Field(default=None, alias="to")
    units: Keys | None = None
    value: Word = "true"

    @model_validator(mode="after")
    def _ordered(self) -> ConditionRecord:
        if self.first and self.last and self.last < self.first:
            raise TextError(_ENDS_EARLY(first=self.first, last=self.last))
        return self


class MeetingRecord(Model):
    """An event: its date, or the days to choose from; who must come, and who is asked."""

    id: Key
    name: Word = ""
    date: Date | None = None
    choose_from: Annotated[tuple[DateRange, ...], BeforeValidator(listed)] | None = None
    required: Names = ()
    invited: Names = ()
    capacity: Number | None = Field(default=None, ge=1)
    urgent: bool = False
    repeat: Literal["week"] | None = None
    same_weekday: bool = False

    @model_validator(mode="after")
    def _one_date(self) -> MeetingRecord:
        if (self.date is None) == (self.choose_from is None):
            raise TextError(_ONE_DATE())
        return self


class Signer(Model):
    """Who signs the document.

    Parameters
    ----------
    name, position, grade, nip
        As they stand below each other; `-` where somebody has none, such as a regent, whose line is then left out.
    on_behalf_of
        In whose name ("a.n."), such as `Bupati Contoh`.
    instead_of
        The officer whom that one had charged with it ("u.b."), where the signer stands in for this officer in turn.
    """

    name: Word = ""
    position: Word = ""
    grade: Word = ""
    nip: Word = ""
    on_behalf_of: Word = ""
    instead_of: Word = ""

    @model_validator(mode="after")
    def _in_turn(self) -> Signer:
        if self.instead_of and not self.on_behalf_of:
            raise TextError(_INSTEAD_OF_NOBODY())
        return self


class DocumentRecord(Model):
    """What stands around the table on paper.

    Parameters
    ----------
    letterhead
        Its lines, the agency first, then addresses.
    kind, about
        The letter that the plan is attached to ("Surat Tugas" where nothing is said), and what it is about (work in the office and at
        home).
    number, date, place
        Of the letter.
    signer
        Who signs it.
    basis, copies
        What it rests on, and who gets copies.
    duty_place, duty_hours
        Where and when duty officers sign in; for the sheet of a day.
    """

    letterhead: Names | None = None
    kind: Word | None = None
    number: Word | None = None
    about: Word | None = None
    place: Word | None = None
    date: Date | None = None
    signer: Signer = Signer()
    basis: Names | None = None
    copies: Names = ()
    duty_place: Word | None = None
    duty_hours: Word | None = None


def _table(value: Any) -> Any:
    is_file = isinstance(value, Mapping) and set(value) == {"file"} and isinstance(value["file"], str)
    cells = value.values() if isinstance(value, Mapping) else ()
    words = [isinstance(cell, str | Mapping) for cell in cells]
    # A column beside words says that the words were to be columns too, which is told of them
    are_columns = bool(cells) and (not any(words) or any(hasattr(cell, "__len__") for cell in cells if not isinstance(cell, str | Mapping)))
    if isinstance(value, str | int) or (isinstance(value, Mapping) and not is_file and not are_columns):
        raise TextError(_ROWS_OR_FILE())
    return value


def _rows(name: str) -> Any:
    """Schema of a table: rows, or the file that holds them."""
    file = {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"], "additionalProperties": False}
    return WithJsonSchema({"anyOf": [{"type": "array", "items": {"$ref": f"#/$defs/{name}"}}, file]})


class PublishedRecord(Model):
    """The plan that people already know, and how it is planned again.

    Parameters
    ----------
    file, rows
        The plan.
    frozen_to
        The last day on which it may not change any more.
    refill
        Where a goal keeps to the plan: seats that became free are filled again before places are kept.
    few_changes
        Fewest changed days, then fewest people who see one, then fewest changed names for duty come before all goals, written or not.
    keep
        The same before relaxations and other rules that should hold, too.
    notice_to
        The last day of which a change would be told at short notice: fewest changed days up to it come first.
    """

    file: str | None = None
    rows: Annotated[Any, _rows("PlanRow")] = None
    frozen_to: Date | None = None
    refill: bool = False
    few_changes: bool = False
    keep: bool = False
    notice_to: Date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> PublishedRecord:
        if self.keep and self.refill:
            raise TextError(_KEEP_OR_REFILL())
        return self

    @model_validator(mode="after")
    def _somewhere(self) -> PublishedRecord:
        if (self.file is None) == (self.rows is None):
            raise TextError(_ROWS_OR_FILE())
        return self


class BalancesRecord(Model):
    """Which rows of the ledger count.

    Parameters
    ----------
    reset
        `year`: those of periods that begin in the calendar year in which the horizon does, and those without a period; `never`: all.
    transfer
        `reset`: whoever works in another unit than before begins anew there; `keep`: balances go along.
    """

    reset: Literal["never", "year"] = "never"
    transfer: Literal["keep", "reset"] = "keep"


_TIERS = WithJsonSchema(
    {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}, "minProperties": 1},
                {"$ref": "#/$defs/TierSpec"},
            ]
        },
        "description": "names of tiers, most important first; names merged into one tier as a list, or with their weights",
    }
)

UnitTable = Annotated[Any, BeforeValidator(_table), _rows("UnitRow")]
StaffTable = Annotated[Any, BeforeValidator(_table), _rows("StaffRow")]
ChangeTable = Annotated[Any, BeforeValidator(_table), _rows("ChangeRow")]
AbsenceTable = Annotated[Any, BeforeValidator(_table), _rows("AbsenceRow")]
WishTable = Annotated[Any, BeforeValidator(_table), _rows("WishRow")]
LedgerTable = Annotated[Any, BeforeValidator(_table), _rows("LedgerRow")]
PinTable = Annotated[Any, BeforeValidator(_table), _rows("PinRow")]


class InstanceRecord(Model):
    """A whole instance file."""

    schema_: Literal["giliran/1"] = Field(default=SCHEMA, alias="schema")
    title: Word = ""
    horizon: Horizon | None = None
    calendars: dict[str, CalendarRecord] = Field(default_factory=dict)
    units: UnitTable = None
    staff: StaffTable = None
    changes: ChangeTable = None
    absences: AbsenceTable = None
    wishes: WishTable = None
    circulars: tuple[CircularRecord, ...] = ()
    conditions: dict[str, tuple[ConditionRecord, ...]] = Field(default_factory=dict)
    reasons: dict[str, Word] = Field(default_factory=dict)
    rules: tuple[dict[str, Any], ...] = ()
    goals: tuple[dict[str, Any], ...] = ()
    document: DocumentRecord = DocumentRecord()
    meetings: tuple[MeetingRecord, ...] = ()
    tiers: Annotated[tuple[TierSpec, ...], _TIERS] = ()
    ledger: LedgerTable = None
    balances: BalancesRecord = BalancesRecord()
    published: PublishedRecord | None = None
    pins: PinTable = None
