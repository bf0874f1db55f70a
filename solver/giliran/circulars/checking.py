"""Does a circular file hold together whatever is chosen?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product
from typing import Any

from pydantic import ValidationError

from giliran.circulars.asking import is_asked
from giliran.circulars.choosing import Choices
from giliran.circulars.circular import Circular
from giliran.circulars.expecting import Selected, check_expects, selected_words
from giliran.circulars.parameters import Value, samples
from giliran.circulars.resolving import ResolvedCircular, Trace, resolve_with_trace
from giliran.circulars.words import Words
from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.rules.registry import known, parse_goal, parse_rule
from giliran.text.model_errors import problems_of, refused
from giliran.text.model_paths import Path

_NO_QUESTION = Sentence(
    en="{name} has no question (`ask`) that tells a planner what it means",
    id="{name} belum mempunyai pertanyaan (`ask`) yang menjelaskan artinya",
)
_ONE_LANGUAGE = Sentence(en="this text needs both languages: {{en: …, id: …}}", id="teks ini memerlukan dua bahasa: {{en: …, id: …}}")
_NO_SOURCE = Sentence(
    en="the rule {id} has no `source` with `row` and `via`", id="aturan {id} belum mempunyai `source` dengan `row` dan `via`"
)
_NO_LABEL = Sentence(
    en="the value {value} of {name} has no words for people (`labels`)", id="nilai {value} dari {name} belum mempunyai kata-kata (`labels`)"
)
_ASKED_EARLY = Sentence(
    en="{name} hangs on {other} (`asked_when`), which has to stand before it",
    id="{name} bergantung pada {other} (`asked_when`), yang harus ditulis sebelumnya",
)
_NO_DATE = Sentence(
    en="{name} names {other} under `not_before`; both have to hold dates (date_or_none)",
    id="{name} menyebut {other} pada `not_before`; keduanya harus berisi tanggal (date_or_none)",
)
_MATTERS_UNASKED = Sentence(
    en="{name} changes rules although `asked_when` says that nobody needs to ask",
    id="{name} mengubah aturan padahal menurut `asked_when` tidak perlu ditanyakan",
)
_UNUSED_PARAMETER = Sentence(en="nothing uses the parameter {name}", id="parameter {name} tidak dipakai")
_UNUSED_SET = Sentence(en="no rule uses the set {name}", id="himpunan {name} tidak dipakai")
_WITH = Sentence(en="{said} (with {choices})", id="{said} (dengan {choices})")


_PAIR = 2

Parse = Callable[[dict[str, Any]], object]
"""Reads a rule's or goal's fields as its kind; raises what is wrong with them."""


def check_circular(circular: Circular, *, rule: Parse = parse_rule, goal: Parse = parse_goal) -> list[Problem]:
    """Every problem of a circular under any choice, without a roster.

    Resolves the defaults, every value of every parameter and every pair of values of two parameters (types with many values: a few
    that stand for them), and reads every rule that comes out.

    Parameters
    ----------
    circular
        The circular.
    rule, goal
        Read a rule or a goal; the installed kinds by default.

    Returns
    -------
    list of Problem
        Empty if all is well.
    """
    found = _Found()
    _check_words(circular, found)
    _check_asked(circular, found)
    for position, written in enumerate(circular.rules):
        if written.source is None:
            found.add(Problem(circular.where(("rules", position)), _NO_SOURCE(id=written.id)))
    _check_choices(circular, _Reader(circular, {"rules": rule, "goals": goal}, found), found)
    return found.problems


class _Found:
    """Problems, each once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[tuple[Where, str]] = set()

    def add(self, problem: Problem, choices: Said | None = None) -> None:
        key = (problem.where, problem.said.text())
        if key not in self._seen:
            self._seen.add(key)
            said = problem.said if choices is None else _WITH(said=problem.said, choices=choices)
            self.problems.append(Problem(problem.where, said, problem.advice))


def _check_words(circular: Circular, found: _Found) -> None:
    """Every question is there, and in both languages in a packaged file."""
    for name, path, words in _questions(circular):
        if words is None:
            found.add(Problem(circular.where(path), _NO_QUESTION(name=name)))
    if circular.packaged:
        reasons = [(row, ("not_rules", row), words) for row, words in circular.not_rules.items()]
        for name, value, path, words in _labels(circular):
            if words is None:
                found.add(Problem(circular.where(path[:-1]), _NO_LABEL(name=name, value=value)))
        labels = [(value, path, words) for _, value, path, words in _labels(circular)]
        for _, path, words in (*_questions(circular), *labels, *reasons, ("title", ("title",), circular.title)):
            if words is not None and words.en == words.id:
                found.add(Problem(circular.where(path), _ONE_LANGUAGE()))


def _check_asked(circular: Circular, found: _Found) -> None:
    """What a question hangs on can be read, and stands before it."""
    choices = Choices(circular, {}, circular.where)
    names = list(circular.parameters)
    for at, (name, parameter) in enumerate(circular.parameters.items()):
        is_asked(circular, choices, name)
        first = circular.parameters.get(parameter.not_before or name)
        if parameter.not_before is not None and (first is None or {first.type, parameter.type} != {"date_or_none"}):
            found.add(Problem(circular.where(("parameters", name, "not_before")), _NO_DATE(name=name, other=parameter.not_before)))
        for other in parameter.asked_when or {}:
            if other in names[at:]:
                found.add(Problem(circular.where(("parameters", name, "asked_when")), _ASKED_EARLY(name=name, other=other)))
    for problem in choices.problems:
        found.add(problem)


def _labels(circular: Circular) -> Iterator[tuple[str, str, Path, Words | None]]:
    """Values with the words for people that the file gives them, None where it should."""
    for name, parameter in circular.parameters.items():
        for value in dict.fromkeys((*(parameter.values or ()), *parameter.labels)):
            yield name, value, ("parameters", name, "labels", value), parameter.labels.get(value)


def _questions(circular: Circular) -> Iterator[tuple[str, Path, Words | None]]:
    units, staff = circular.expects.units, circular.expects.staff
    for name, parameter in circular.parameters.items():
        yield name, ("parameters", name), parameter.ask
    for column, place, expected in (("sector", "units", units.sector), ("function", "staff", staff.function)):
        if expected is not None:
            yield column, ("expects", place, column), expected.ask
    for place, kind, marks in (("units", "tags", units.tags), ("units", "levels", units.levels), ("staff", "tags", staff.tags)):
        for mark, asked in marks.items():
            yield mark, ("expects", place, kind, mark), asked.ask
    for mark, asked in circular.expects.conditions.items():
        yield mark, ("expects", "conditions", mark), asked.ask
    if staff.head is not None:
        yield "head", ("expects", "staff", "head"), staff.head.ask


def _check_choices(circular: Circular, read: _Reader, found: _Found) -> None:
    parameters: set[str] = set()
    sets: set[str] = set()
    words: Selected = set()
    unasked = _Unasked(circular, found)
    for choose in _combinations(circular):
        resolved, trace = resolve_with_trace(circular, choose, lambda path: circular.where(("parameters", *path[1:])))
        choices = _said_choices(choose)
        for problem in trace.problems:
            found.add(problem, choices)
        parameters |= trace.parameters
        sets |= trace.sets
        unasked(choose, resolved, trace)
        if not trace.problems:
            for section, rules in (("rules", resolved.rules), ("goals", resolved.goals)):
                for rule in rules:
                    if read(section, rule, choices):
                        words |= selected_words(rule)
    for problem in check_expects(circular, words):
        found.add(problem)
    for name in circular.parameters.keys() - parameters:
        found.add(Problem(circular.where(("parameters", name)), _UNUSED_PARAMETER(name=name)))
    for name in circular.sets.keys() - sets:
        found.add(Problem(circular.where(("sets", name)), _UNUSED_SET(name=name)))


def _combinations(circular: Circular) -> Iterator[dict[str, Value]]:
    """The defaults, then each value, then each pair of values."""
    values = {name: samples(p.standard, p.type, p.values) for name, p in circular.parameters.items()}
    yield {}
    for name, each in values.items():
        for value in each:
            yield {name: value}
    for (name, each), (other, others) in combinations(values.items(), 2):
        for value, other_value in product(each, others):
            yield {name: value, other: other_value}


def _said_choices(choose: Mapping[str, Value]) -> Said | None:
    if not choose:
        return None
    return plain(", ".join(f"{name}: {list(value) if isinstance(value, tuple) else value}" for name, value in choose.items()))


class _Unasked:
    """Finds what changes rules although nobody needs to ask for it."""

    def __init__(self, circular: Circular, found: _Found) -> None:
        self._circular = circular
        self._found = found
        self._alone: dict[tuple[str, Value] | None, tuple[Any, Any]] = {}

    def __call__(self, choose: Mapping[str, Value], resolved: ResolvedCircular, trace: Trace) -> None:
        """Compare rules under some choices with those that the asked ones alone give; fewer choices come before more."""
        items = list(choose.items())
        if len(items) < _PAIR:
            self._alone[items[0] if items else None] = (resolved.rules, resolved.goals)
        for name, _ in items:
            if self._circular.parameters[name].asked_when is None or trace.problems:
                continue
            rest = [item for item in items if item[0] != name]
            if not is_asked(self._circular, Choices(self._circular, choose, self._circular.where), name):
                same = self._alone.get(rest[0] if rest else None)
                if same is not None and same != (resolved.rules, resolved.goals):
                    path = ("parameters", name, "asked_when")
                    self._found.add(Problem(self._circular.where(path), _MATTERS_UNASKED(name=name)), _said_choices(choose))


class _Reader:
    """Reads every different rule once."""

    def __init__(self, circular: Circular, parse: Mapping[str, Parse], found: _Found) -> None:
        self._where = circular.where
        self._parse = parse
        self._found = found
        self._read: set[str] = set()
        self._path: dict[str, Path] = {
            f"{circular.name}/{rule.id}": (section, position)
            for section, rules in (("rules", circular.rules), ("goals", circular.goals))
            for position, rule in enumerate(rules)
        }

    def __call__(self, section: str, rule: dict[str, Any], choices: Said | None) -> bool:
        """Whether the rule is a new one."""
        key = repr(rule)
        if key in self._read:
            return False
        self._read.add(key)
        for problem in self._problems(section, rule):
            self._found.add(problem, choices)
        return True

    def _problems(self, section: str, rule: dict[str, Any]) -> list[Problem]:
        path = self._path[rule["id"]]
        try:
            self._parse[section](rule)
        except ValidationError as error:
            return problems_of(error, self._where, known().get(rule["kind"]), rule, at=path)
        except InputError as error:
            return [Problem(self._where((*path, problem.where.field)), problem.said, problem.advice) for problem in error.problems]
        except ValueError as error:
            return [refused(self._where(path), error, rule)]
        return []
