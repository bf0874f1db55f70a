"""One change of an instance: how it is told, how it is made, and what it means for files."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from giliran.instance import Instance
from giliran.messages import Said, Sentence, plain
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, Step
from giliran.rules.toolkit.fields import OWN

CHOSEN = Sentence(en="{circular}: `{name}: {value}` (now {now})", id="{circular}: `{name}: {value}` (sekarang {now})")
EDITED = Sentence(en="{rule}: `{field}: {value}` (now {now})", id="{rule}: `{field}: {value}` (sekarang {now})")
REMOVED = Sentence(en="without {rule}", id="tanpa {rule}")
UNPINNED = Sentence(en="without the pin of {person} on {day}", id="tanpa perintah pimpinan bagi {person} pada {day}")
AT_WORK = Sentence(en="{person} not away on {day} ({reason})", id="{person} masuk pada {day} ({reason})")
UNSET = Sentence(en="not set", id="tidak diisi")


@dataclass(frozen=True)
class Change(ABC):
    """One change.

    Parameters
    ----------
    said
        What changes.

    Attributes
    ----------
    first
        Whether it is made before others: choices write the rules of letters anew.
    """

    first: ClassVar[bool] = False

    @property
    @abstractmethod
    def about(self) -> object:
        """What it changes: of two changes of the same thing only one can be made."""

    said: Said

    @property
    def in_a_letter(self) -> bool:
        """Whether it changes the text of a letter, which no instance can."""
        return False

    @abstractmethod
    def made(self, instance: Instance) -> Instance:
        """The instance with it; `InputError` if that cannot be."""


@dataclass(frozen=True)
class Choice(Change):
    """A parameter of a circular chosen otherwise."""

    first: ClassVar[bool] = True
    circular: str
    name: str
    value: Any

    @property
    def about(self) -> object:
        """The parameter."""
        return self.circular, self.name

    def made(self, instance: Instance) -> Instance:
        """The instance with that value under `choose`."""
        return instance.with_choices(self.circular, {self.name: self.value})


@dataclass(frozen=True)
class RuleEdit(Change):
    """Fields of one rule with other values.

    Parameters
    ----------
    rule
        Its id.
    typed, written
        The fields that change, as a rule holds them and as a file writes them.
    """

    rule: str
    typed: Mapping[str, Any]
    written: Mapping[str, Any]

    @property
    def about(self) -> object:
        """The rule."""
        return self.rule

    @property
    def in_a_letter(self) -> bool:
        """Whether the rule is a letter's."""
        return not self.rule.startswith(OWN)

    def made(self, instance: Instance) -> Instance:
        """The instance with the rule so changed; as it is where other changes have switched the rule off."""
        rule = instance.view.by_id.get(self.rule)
        return instance.with_rules(rule.model_copy(update=self.typed)) if isinstance(rule, Rule) else instance


@dataclass(frozen=True)
class Removal(Change):
    """An own rule taken out."""

    rule: str

    @property
    def about(self) -> object:
        """The rule."""
        return self.rule

    def made(self, instance: Instance) -> Instance:
        """The instance without it; whatever names it goes on without it."""
        return instance.with_rules(without=[self.rule])


@dataclass(frozen=True)
class Unpin(Change):
    """Pins taken out: staff id and date of each."""

    cells: tuple[tuple[str, dt.date], ...]

    @property
    def about(self) -> object:
        """The cells."""
        return type(self).__name__, self.cells

    def made(self, instance: Instance) -> Instance:
        """The instance without them."""
        return instance.with_pins(without=self.cells)


@dataclass(frozen=True)
class Return(Change):
    """Days of leave moved elsewhere: staff id and date of each."""

    cells: tuple[tuple[str, dt.date], ...]

    @property
    def about(self) -> object:
        """The cells."""
        return type(self).__name__, self.cells

    def made(self, instance: Instance) -> Instance:
        """The instance with these people at work."""
        return instance.with_absences(without=self.cells)


def choice(circular: str, name: str, value: Any, now: Any) -> Choice:
    """A parameter chosen otherwise."""
    return Choice(CHOSEN(circular=circular, name=name, value=_written(value), now=_written(now)), circular, name, value)


def edited(rule: Rule, edit: Edit, step: Step) -> RuleEdit:
    """A rule with one step of an edit."""
    fields = {edit.field: step, **dict(edit.with_)}
    said = EDITED(rule=plain(rule.id), field=edit.field, value=_written(step.written), now=_now(rule, edit))
    typed, written = ({name: getattr(each, kind) for name, each in fields.items()} for kind in ("value", "written"))
    return RuleEdit(said, rule.id, typed, written)


def _now(rule: Rule, edit: Edit) -> Said:
    """What stands in a field, as a file writes it."""
    value = rule.model_dump(mode="json", by_alias=True).get(edit.field)
    if isinstance(value, Mapping):
        value = next((item for item in value.values() if item is not None), None)
    return UNSET() if value in (None, [], "") else _written(value)


def _written(value: Any) -> Said:
    """A value as a file writes it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return plain("[" + ", ".join(map(str, value)) + "]")
    return plain(str(value).lower() if isinstance(value, bool) else str(value))
