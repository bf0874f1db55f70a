"""A circular for people: what it rules, what it leaves open, what it asks of a roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from giliran.circulars.circular import Circular, Expected, Marks, RawRule
from giliran.circulars.labels import NOTHING
from giliran.circulars.parameter import Grade, Parameter
from giliran.messages import Lang, Said, Sentence
from giliran.rules.base import Authority

_IS = Sentence(en="{name}: {value}", id="{name}: {value}")
_IS_NOT = Sentence(en="{name}: not {value}", id="{name}: bukan {value}")
_AT_LEAST = Sentence(en="{name}: at least {value}", id="{name}: paling sedikit {value}")
_CHOSEN = Sentence(en="{name} is chosen", id="{name} diisi")
_OPEN = Sentence(en="{name} is left open", id="{name} tidak diisi")


@dataclass(frozen=True)
class ParameterPage:
    """A choice: its question, what it takes, and what holds where nothing is chosen.

    Parameters
    ----------
    name, question
        What to write, and what is asked.
    values
        The closed words that it takes; none where any value of a type is taken.
    labels
        The values in words for people, one each.
    type
        What it takes where there is no list of values.
    default, default_label
        What holds where nothing is chosen, as written and in words for people.
    grade
        `ask`, or `advanced` outside the short interview.
    asked_when
        The choices that it hangs on; empty if it is always asked.
    """

    name: str
    question: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    type: str | None
    default: str
    default_label: str
    grade: Grade
    asked_when: str


@dataclass(frozen=True)
class RulePage:
    """A rule or goal: where it stands in the letter, and the letter's words; `when` names the choices that it hangs on."""

    id: str
    kind: str
    row: str
    via: str
    quote: str
    when: str


@dataclass(frozen=True)
class ExpectedPage:
    """Words that the rules select by.

    Parameters
    ----------
    place, column
        Where a roster says them: `units` or `staff`, and the column; or `conditions`.
    words
        The words; none for `head`, which is yes or empty.
    default
        What holds where the column is empty.
    question
        What the planner is asked.
    """

    place: str
    column: str
    words: tuple[str, ...]
    default: str | None
    question: str


@dataclass(frozen=True)
class CircularPage:
    """Everything that a reader of a circular wants to see, in one language."""

    name: str
    title: str
    issuer: str
    authority: Authority
    number: tuple[str, ...]
    date: dt.date | None
    in_force: tuple[dt.date, dt.date | None]
    parameters: tuple[ParameterPage, ...]
    expects: tuple[ExpectedPage, ...]
    rules: tuple[RulePage, ...]
    goals: tuple[RulePage, ...]
    not_rules: tuple[tuple[str, str], ...]


def describe(circular: Circular, lang: Lang) -> CircularPage:
    """A circular in one language, ready to be shown.

    Parameters
    ----------
    circular
        The circular.
    lang
        Language of questions and reasons; quotations stay in the letter's own.
    """
    return CircularPage(
        name=circular.name,
        title=circular.title.text(lang),
        issuer=circular.issuer.text(lang),
        authority=circular.authority,
        number=circular.number,
        date=circular.date,
        in_force=(circular.in_force.start, circular.in_force.to),
        parameters=_parameters(circular, lang),
        expects=_expects(circular, lang),
        rules=tuple(_rule(circular, rule, lang) for rule in circular.rules),
        goals=tuple(_rule(circular, rule, lang) for rule in circular.goals),
        not_rules=tuple((row, why.text(lang)) for row, why in circular.not_rules.items()),
    )


def _parameters(circular: Circular, lang: Lang) -> tuple[ParameterPage, ...]:
    return tuple(
        ParameterPage(
            name=name,
            question=parameter.ask.text(lang) if parameter.ask else "",
            values=parameter.closed_words,
            labels=tuple(parameter.label(value, lang) for value in parameter.closed_words),
            type=parameter.type,
            default=", ".join(_words(parameter.standard)) or "[]",
            default_label=parameter.label(parameter.standard, lang),
            grade=parameter.grade,
            asked_when=_conditions(circular, parameter.asked_when, lang),
        )
        for name, parameter in circular.parameters.items()
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, tuple) else (str(value),)


def _expects(circular: Circular, lang: Lang) -> tuple[ExpectedPage, ...]:
    units, staff = circular.expects.units, circular.expects.staff
    pages = [
        *_column("units", "sector", units.sector, lang),
        *_marks("units", "tags", units.tags, lang),
        *_marks("units", "level", units.levels, lang),
        *_column("staff", "function", staff.function, lang),
        *_marks("staff", "tags", staff.tags, lang),
    ]
    if staff.head is not None:
        pages.append(ExpectedPage("staff", "head", (), None, staff.head.ask.text(lang) if staff.head.ask else ""))
    pages += _marks("conditions", "", circular.expects.conditions, lang)
    return tuple(pages)


def _column(place: str, column: str, expected: Expected | None, lang: Lang) -> list[ExpectedPage]:
    if expected is None:
        return []
    return [ExpectedPage(place, column, expected.values, expected.default, expected.ask.text(lang) if expected.ask else "")]


def _marks(place: str, column: str, marks: Marks, lang: Lang) -> list[ExpectedPage]:
    return [ExpectedPage(place, column, (mark,), None, asked.ask.text(lang) if asked.ask else "") for mark, asked in marks.items()]


def _rule(circular: Circular, rule: RawRule, lang: Lang) -> RulePage:
    source = rule.source
    return RulePage(
        id=rule.id,
        kind=rule.kind,
        row=source.row if source else "",
        via=source.via if source else "",
        quote=source.quote if source else "",
        when=_conditions(circular, rule.when, lang),
    )


def _conditions(circular: Circular, when: Mapping[str, Any] | None, lang: Lang) -> str:
    return ", ".join(_condition(name, circular.parameters[name], wanted, lang).text(lang) for name, wanted in (when or {}).items())


def _condition(name: str, parameter: Parameter, wanted: object, lang: Lang) -> Said:
    """One choice that something hangs on, its value in words for people."""
    if not isinstance(wanted, Mapping):
        return _IS(name=name, value=parameter.label(wanted, lang))
    [(test, value)] = wanted.items()
    if test == "chosen":
        return (_CHOSEN if value else _OPEN)(name=name)
    label = parameter.label(value, lang)
    if test == "not":
        return _CHOSEN(name=name) if label == NOTHING().text(lang) else _IS_NOT(name=name, value=label)
    return _AT_LEAST(name=name, value=label)
