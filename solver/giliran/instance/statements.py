"""Rules and goals as written in the instance: ids, references and words made whole, then typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import Any

from pydantic import ValidationError

from giliran.domain.words import Kind, meant_words
from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.reading import unknown_word
from giliran.messages import Sentence, written
from giliran.rules.base import Statement
from giliran.rules.registry import goal_kinds, known, parse_goal, parse_rule, rule_kinds
from giliran.rules.toolkit.fields import OWN, reference_fields
from giliran.text import TextError, parse_key
from giliran.text.model_errors import UNKNOWN_KEY, Locate, problems_of, refused, unknown
from giliran.text.model_paths import Path

WORD_KINDS = {
    "ranks": Kind.RANK,
    "statuses": Kind.STATUS,
    "functions": Kind.FUNCTION,
    "default_function": Kind.FUNCTION,
    "levels": Kind.LEVEL,
    "heads": Kind.LEVEL,
    "per": Kind.LEVEL,
    "credit": Kind.REASON,
    "weekdays": Kind.WEEKDAY,
}
"""Fields whose words have usual spellings."""

INTERNAL = "yields_to"
"""A field of statements that is filled in when an instance is built, and that no file may have."""
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
"""An id: schedules join ids by `;` and write teams as `id=number`."""

_BAD_ID = Sentence(
    en="{found} cannot be an id; letters, digits, `-`, `_` and `.` can be used",
    id="{found} tidak dapat dipakai sebagai id; gunakan huruf, angka, `-`, `_`, dan `.`",
)
_NO_KIND = Sentence(en="the key kind is missing", id="kunci kind belum diisi")
_ELSEWHERE = Sentence(en="{kind} belongs under `{section}`", id="{kind} ditulis di bawah `{section}`")
_TWICE = Sentence(en="the id {id} is used more than once", id="id {id} dipakai lebih dari sekali")
_NO_RULE = Sentence(en="there is no rule {id}", id="tidak ada aturan {id}")


class Writing:
    """Collects typed statements with their places in the files.

    Parameters
    ----------
    problems
        Where problems go.
    """

    def __init__(self, problems: Problems) -> None:
        self.rules: list[Statement] = []
        self.goals: list[Statement] = []
        self.wheres: dict[str, Where] = {}
        self._problems = problems

    def own(self, section: str, records: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]], locate: Locate) -> None:
        """Take in own rules or goals.

        Parameters
        ----------
        section
            `rules` or `goals`.
        records
            What stands there.
        others
            Own rules, whose ids may be named without `own/`.
        locate
            Places in the file.
        """
        short = {str(record["id"]) for record in others if "id" in record}
        unnamed: set[str] = set()
        for position, record in enumerate(records):
            try:
                id_ = own_id(record, locate, (section, position))
            except InputError as error:
                self._problems.extend(error.problems)
                continue
            if id_ is None:
                id_ = free_id(record, unnamed)
                unnamed.add(id_)
            self.take(section, in_full({**record, "id": id_}, short), locate, (section, position))

    def put(self, section: str, statement: Statement, where: Where) -> None:
        """Keep a statement that is typed already."""
        if statement.id in self.wheres:
            self._problems.add(where, _TWICE(id=statement.id))
            return
        if (told := _misplaced(section, {"kind": statement.kind}, lambda _: where, ())) is not None:
            self._problems.extend([told])
            return
        self.wheres[statement.id] = where
        (self.rules if section == "rules" else self.goals).append(statement)

    def take(self, section: str, data: Mapping[str, Any], locate: Locate, path: Path) -> None:
        """Type one statement and keep it; whatever is wrong with it is told."""
        id_ = str(data["id"])
        where = locate(path)
        if id_ in self.wheres:
            self._problems.add(locate((*path, "id")), _TWICE(id=id_))
            return
        self.wheres[id_] = where
        if (told := _misplaced(section, data, locate, path)) is not None:
            self._problems.extend([told])
            return
        usual = _usual_words(data)
        try:
            parse = parse_rule if section == "rules" else parse_goal
            statement: Statement = parse(usual)
        except ValidationError as error:
            self._problems.extend(problems_of(error, locate, known().get(str(data.get("kind"))), usual, at=path))
        except InputError as error:
            self._problems.extend(Problem(locate((*path, p.where.field)), p.said, p.advice) for p in error.problems)
        except ValueError as error:
            self._problems.extend([refused(where, error, usual)])
        else:
            (self.rules if section == "rules" else self.goals).append(statement)

    def check_references(self, switched_off: Sequence[str]) -> None:
        """Rules that statements name exist; those that a circular's choices switch off are dropped."""
        known = {rule.id for rule in self.rules}
        off = frozenset(switched_off)
        self.rules = [self._referring(rule, known, off) for rule in self.rules]

    def _referring(self, rule: Statement, known: set[str], off: frozenset[str]) -> Statement:
        changed = {}
        for name, field in type(rule).model_fields.items():
            if (field.alias or name) not in reference_fields():
                continue
            ids = getattr(rule, name)
            for id_ in ids:
                if id_ not in known and id_ not in off and id_ not in self.wheres:
                    where = self.wheres[rule.id]
                    place = Where(where.file, where.line, f"{where.field}.{field.alias or name}")
                    self._problems.extend([unknown_word(place, _NO_RULE(id=id_), id_, known)])
            kept = tuple(id_ for id_ in ids if id_ in known)
            if kept != tuple(ids):
                changed[name] = kept
        return rule.model_copy(update=changed) if changed else rule


def in_full(data: Mapping[str, Any], short: Collection[str]) -> dict[str, Any]:
    """A rule's data with the whole ids of the own rules that it names; `short` are those that may be named without `own/`."""
    found = dict(data)
    for name in reference_fields():
        if isinstance(found.get(name), (str, list, tuple)):
            listed = [found[name]] if isinstance(found[name], str) else found[name]
            found[name] = [_reference(id_, short) for id_ in listed]
    return found


def own_id(record: Mapping[str, Any], locate: Locate, path: Path) -> str | None:
    """The whole id of an own statement as it is written; None where it has none.

    Raises
    ------
    InputError
        If what is written cannot be one, or there is a key that no file may have.
    """
    if INTERNAL in record:
        raise InputError([unknown(locate((*path, INTERNAL)), UNKNOWN_KEY(key=INTERNAL), INTERNAL, ())])
    if "id" not in record:
        return None
    try:
        return qualified(_parsed(record["id"]))
    except TextError as error:
        raise InputError([error.problem(locate((*path, "id")))]) from None


def free_id(record: Mapping[str, Any], taken: Collection[str]) -> str:
    """The id of an own statement without one: its kind, numbered from the second of them on."""
    kind = record["kind"] if isinstance(record.get("kind"), str) else "rule"
    names = chain([kind], (f"{kind}-{k}" for k in count(2)))
    return next(id_ for id_ in map(qualified, names) if id_ not in taken)


def qualified(id_: str) -> str:
    """The id of an own rule as the rest of the world knows it."""
    return id_ if id_.startswith(OWN) else OWN + id_


def _parsed(value: object) -> str:
    """The id of an own rule as written; raises `TextError`."""
    id_ = parse_key(str(value)) if _is_word(value) else ""
    if not _NAME.fullmatch(id_):
        raise TextError(_BAD_ID(found=written(value)))
    return id_


def _is_word(value: object) -> bool:
    """Whether an id was written: a number is one, too, a truth value is none."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _reference(id_: object, short: Collection[str]) -> object:
    """An id in full; what is none is left to be refused."""
    if not _is_word(id_):
        return id_
    return qualified(str(id_)) if str(id_) in short else str(id_)


def _misplaced(section: str, data: Mapping[str, Any], locate: Locate, path: Path) -> Problem | None:
    if "kind" not in data:
        return Problem(locate(path), _NO_KIND())
    other, elsewhere = ("goals", goal_kinds()) if section == "rules" else ("rules", rule_kinds())
    if (kind := str(data["kind"])) in elsewhere:
        return Problem(locate((*path, "kind")), _ELSEWHERE(kind=kind, section=other))
    return None


def _usual_words(node: Any, kind: Kind | None = None) -> Any:
    """A rule's data with ranks, statuses, functions and absence reasons in their usual spelling, words for several spelled out."""
    if isinstance(node, Mapping):
        return {key: _usual_words(value, WORD_KINDS.get(str(key))) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        each = [(item, _usual_words(item, kind)) for item in node]
        return [word for item, found in each for word in (found if isinstance(item, str) and isinstance(found, list) else [found])]
    if kind is None or not isinstance(node, str):
        return node
    meant = meant_words(kind, node)
    return meant[0] if len(meant) == 1 else list(meant)
