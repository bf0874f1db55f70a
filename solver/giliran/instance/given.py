"""Sections given as Python data: as a file would hold them, where a value of them is, and statements with their ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import Any

from giliran.errors import InputError, Problems, Where
from giliran.instance.statements import free_id, own_id, qualified
from giliran.rules.base import Statement
from giliran.rules.toolkit.fields import OWN
from giliran.text import number_text
from giliran.text.model_paths import Path
from giliran.text.values import plain_value


def as_in_files(value: Any, rows: str | None = None) -> Any:
    """A value with the text that a file would hold in place of every number with a fraction, and plain values in place of those of NumPy;
    tables, also under the key `rows`, read their own cells.
    """
    value = plain_value(value)
    if isinstance(value, float) and isfinite(value):
        return number_text(value)
    if isinstance(value, Mapping):
        return {key: item if key == rows else as_in_files(item) for key, item in value.items()}
    return type(value)(map(as_in_files, value)) if type(value) in (list, tuple) else value


def statement_data(statement: Statement) -> dict[str, Any]:
    """A rule or goal as a file has it."""
    hidden = {"yields_to", "in_force"}
    fields = statement.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=hidden)
    fields.pop("id", None)
    return {**({"id": statement.id.removeprefix(OWN)} if statement.id else {}), "kind": statement.kind, **fields}


def as_written(statements: Any) -> Any:
    """Rules or goals of a program with what a file would say in place of typed ones."""
    if not isinstance(statements, list | tuple):
        return statements
    return [statement_data(each) if isinstance(each, Statement) else each for each in statements]


def nameless_as_data(statements: Sequence[Item]) -> list[Item]:
    """Rules or goals of which typed ones without an id are what a file would say, so that they get a free one."""
    return [statement_data(each) if isinstance(each, Statement) and not each.id else each for each in statements]


def unplaced(path: Path) -> Where:
    """The place of a value that stands in no file: its field."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return Where(field=text.removeprefix("."))


Item = Statement | Mapping[str, Any]
"""A rule or goal as somebody gives it: typed, or as a file has it."""


def with_ids(given: Mapping[str, Sequence[Item]], known: Collection[str]) -> dict[str, list[Item]]:
    """Rules and goals by section, each with its whole id: one that is there, else an own one, where it has none one that is free.

    Raises
    ------
    InputError
        With every id that cannot be one.
    """
    problems, spots = Problems(), [(section, position) for section, items in given.items() for position in range(len(items))]
    ids = {spot: _whole_id(given[spot[0]][spot[1]], spot, known, problems) for spot in spots}
    if problems.all:
        raise InputError(problems.all)
    taken, found = {*known, *filter(None, ids.values())}, {section: list[Item]() for section in given}
    for (section, position), written in ids.items():
        item = given[section][position]
        if isinstance(item, Statement):
            found[section].append(item if item.id == written else item.model_copy(update={"id": written}))
            continue
        id_ = written or free_id(item, taken)
        taken.add(id_)
        found[section].append({**item, "id": id_})
    return found


def id_of(item: Item) -> str:
    """The id of a statement that has one."""
    return item.id if isinstance(item, Statement) else str(item["id"])


def _whole_id(item: Item, spot: tuple[str, int], known: Collection[str], problems: Problems) -> str | None:
    """The id of a statement that is there, or of an own one; None where it has none, or one that is told to be none."""
    try:
        id_ = qualified(item.id) if isinstance(item, Statement) else own_id(item, unplaced, spot)
    except InputError as error:
        problems.extend(error.problems)
        return None
    return None if id_ is None else next((each for each in (id_.removeprefix(OWN), id_) if each in known), id_)
