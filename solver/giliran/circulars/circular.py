"""What a circular file says, before anything is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema, field_validator, model_validator

from giliran.circulars.parameter import Parameter
from giliran.circulars.words import Part, Text, Word
from giliran.domain.selection import listed
from giliran.errors import Where
from giliran.messages import Sentence
from giliran.rules.base import Authority
from giliran.text import Document, TextError, parse_date, refuse_foreign
from giliran.text.model_errors import NAME_PATTERN, validated

SCHEMA: Literal["giliran-circular/1"] = "giliran-circular/1"
"""What the key `schema` of a circular file must say."""

_OPEN = "open"

_DEFAULT_NOT_LISTED = Sentence(en="the default {default} is not one of {values}", id="nilai bawaan {default} tidak termasuk {values}")
_ENDS_EARLY = Sentence(
    en="in force to {to}, before it begins on {start}",
    id="berlaku sampai {to}, sebelum mulai berlaku pada {start}",
)
_ENDS_TWICE = Sentence(
    en="`known_to` is for letters whose last day is `open`", id="`known_to` dipakai untuk surat yang hari terakhirnya `open`"
)
_RESERVED_NAME = Sentence(
    en="the name {name} is kept for rules that no circular gives", id="nama {name} dicadangkan untuk aturan yang bukan dari surat edaran"
)
_TWO_IDS = Sentence(en="the id {id} is used more than once", id="id {id} dipakai lebih dari sekali")


def _day(value: object) -> object:
    return parse_date(value) if isinstance(value, str) else value


def _last_day(value: object) -> object:
    return None if value == _OPEN else _day(value)


def _asked_each(value: object) -> object:
    """A plain list of tags is a mapping without questions."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(tag, (str, int)) for tag in value):
        return value
    return {str(tag): {} for tag in value}


def _asked(value: object) -> object:
    return {"ask": value} if isinstance(value, str) or (isinstance(value, Mapping) and "en" in value) else value


_DATE_SCHEMA = {"type": "string", "description": "a date, such as 2021-07-12"}
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema(_DATE_SCHEMA)]
LastDay = Annotated[dt.date | None, BeforeValidator(_last_day), WithJsonSchema(_DATE_SCHEMA)]


class Asked(Part):
    """A mark that the rules select by, with the question that tells a planner what it means."""

    ask: Text | None = None


Marks = Annotated[dict[str, Asked], BeforeValidator(_asked_each)]


class Expected(Part):
    """A column that the rules select by: its words, and the word that holds where a roster gives none."""

    values: tuple[Word, ...] = Field(min_length=1)
    default: Word | None = None
    ask: Text | None = None

    @model_validator(mode="after")
    def _default_is_listed(self) -> Expected:
        if self.default is not None and self.default not in self.values:
            raise TextError(_DEFAULT_NOT_LISTED(default=self.default, values=list(self.values)))
        return self


class ExpectedUnits(Part):
    """What the rules ask about units."""

    sector: Expected | None = None
    tags: Marks = Field(default_factory=dict)
    levels: Marks = Field(default_factory=dict)


class ExpectedStaff(Part):
    """What the rules ask about people."""

    function: Expected | None = None
    tags: Marks = Field(default_factory=dict)
    head: Annotated[Asked, BeforeValidator(_asked)] | None = None


class Expects(Part):
    """Everything that a circular's rules select by, and that a roster (for conditions: an instance) therefore has to say."""

    units: ExpectedUnits = Field(default_factory=ExpectedUnits)
    staff: ExpectedStaff = Field(default_factory=ExpectedStaff)
    conditions: Marks = Field(default_factory=dict)


class Source(Part):
    """Where a rule stands: the row of the letter, who printed it, and the words."""

    row: Word
    via: str = Field(min_length=1)
    quote: str = ""


class RawRule(BaseModel):
    """A rule or goal as written: what every kind has, and the rest as it stands."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", frozen=True)

    id: Annotated[str, Field(pattern=NAME_PATTERN)]
    kind: str
    when: dict[str, Any] | None = None
    source: Source | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The keys that belong to the kind."""
        return dict(self.model_extra or {})


class InForce(Part):
    """The days on which a circular is in force, both included."""

    start: Day = Field(alias="from")
    to: LastDay = Field(description="a date, or `open`")
    known_to: Day | None = Field(default=None, description="last day on which a letter that is `open` is known to have been in force")

    @model_validator(mode="after")
    def _in_order(self) -> InForce:
        for last in (self.to, self.known_to):
            if last is not None and last < self.start:
                raise TextError(_ENDS_EARLY(to=last, start=self.start))
        if self.to is not None and self.known_to is not None:
            raise TextError(_ENDS_TWICE())
        return self


class Circular(Part):
    """A circular letter: what its rules say, and what it leaves open.

    Read one with `load_circular`; `resolve` turns it into rules once the open choices are made.
    """

    RESERVED: ClassVar[frozenset[str]] = frozenset({"own", "facts"})

    schema_: Literal["giliran-circular/1"] = Field(alias="schema")
    name: str = Field(pattern=NAME_PATTERN)
    title: Text
    issuer: Text
    authority: Authority
    number: Annotated[tuple[Word, ...], BeforeValidator(listed)] = ()
    date: Day | None = None
    in_force: InForce
    own_reading: bool = Field(default=False, description="whether the choices are the letter, so that what they reach in vain is an error")
    expects: Expects = Field(default_factory=Expects)
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    sets: dict[str, Any] = Field(default_factory=dict)
    rules: tuple[RawRule, ...] = ()
    goals: tuple[RawRule, ...] = ()
    not_rules: dict[str, Text] = Field(default_factory=dict)

    _document: Document | None = PrivateAttr(default=None)
    _packaged: bool = PrivateAttr(default=False)
    _own_name: str = PrivateAttr(default="")

    @field_validator("name")
    @classmethod
    def _name_is_free(cls, name: str) -> str:
        if name in cls.RESERVED:
            raise TextError(_RESERVED_NAME(name=name))
        return name

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Circular:
        seen: set[str] = set()
        for rule in (*self.rules, *self.goals):
            if rule.id in seen:
                raise TextError(_TWO_IDS(id=rule.id))
            seen.add(rule.id)
        return self

    @classmethod
    def read(cls, document: Document, *, packaged: bool = False) -> Circular:
        """The circular in a document.

        Raises
        ------
        InputError
            With every problem of the file.
        """
        refuse_foreign(document.data, SCHEMA, document.where)
        circular = validated(cls, document.data, document.where)
        circular._document = document
        circular._packaged = packaged
        return circular

    def known_as(self, name: str | None) -> Circular:
        """The same letter under another name, or under its own for None."""
        if (name or self._own_name or self.name) == self.name:
            return self
        renamed = self.model_copy(update={"name": name or self._own_name})
        renamed._own_name = self._own_name or self.name
        return renamed

    @property
    def origin(self) -> tuple[str, str]:
        """What tells the letter from all others, whatever it is called: its own name, and its file."""
        return self._own_name or self.name, self.where(()).file

    @property
    def packaged(self) -> bool:
        """Whether it came with giliran (and so speaks both languages)."""
        return self._packaged

    @property
    def where(self) -> Callable[[tuple[str | int, ...]], Where]:
        """Places in the file that it was read from, by path of keys."""
        return self._document.where if self._document else self._field

    def _field(self, path: tuple[str | int, ...]) -> Where:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return Where(file=self.name, field=steps.removeprefix("."))
