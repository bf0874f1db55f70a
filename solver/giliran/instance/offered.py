"""What a program gives to change an instance: rows, ids, cells, days; one clear error where it gave something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any

from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, found_text
from giliran.rules.base import Statement
from giliran.text import Table
from giliran.text.frames import is_frame
from giliran.text.values import plain_value

_EXPECTED = Sentence(en="found {found}; expected {what}", id="ditemukan {found}; yang diharapkan {what}")
_ROWS = Sentence(en="a list of rows, each with its columns", id="daftar baris, masing-masing dengan kolomnya")
_STATEMENT = Sentence(en="a rule or goal, or its keys with values", id="aturan atau tujuan, atau pasangan kunci dan nilainya")
_STATEMENTS = Sentence(en="a list of rules or goals", id="daftar aturan atau tujuan")
_IDS = Sentence(en="a list of ids", id="daftar id")
_CELLS = Sentence(en="a list of pairs, each of a person and a date", id="daftar pasangan, masing-masing pegawai dan tanggal")
_CHOICES = Sentence(en="parameters with their values", id="parameter dengan nilainya")
_SCHEDULE = Sentence(en="a schedule", id="jadwal")
_DATE = Sentence(en="a date", id="tanggal")
_FLAG = Sentence(en="true or false", id="true atau false")
_COUNT = Sentence(en="a whole number above 0", id="bilangan bulat di atas 0")
_TEXT = Sentence(en="a text", id="teks")

_PAIR = 2


def rows_given(value: object, field: str) -> Table:
    """Rows of a table, a mapping of columns or a frame; what stands in them their reader judges."""
    if isinstance(value, Mapping) and all(isinstance(cell, str | Mapping) for cell in value.values()):
        raise _refused(value, field, _ROWS())  # a single row
    given = Table.given(value, field)
    return Table.from_records(_listed(value, field, _ROWS()), field=field) if given is None else given


def rows_listed(value: Iterable[Mapping[str, Any]], field: str) -> list[Mapping[str, Any]]:
    """The same as a list of rows, which is left as it is where it is one."""
    return [*rows_given(value, field).rows()] if isinstance(value, Mapping) or is_frame(value) else _listed(value, field, _ROWS())


def statements_given(value: object, field: str) -> list[Any]:
    """Rules or goals, typed or as a file has them."""
    items = _listed(value, field, _STATEMENTS())
    wrong = [
        _problem(item, f"{field}[{position}]", _STATEMENT())
        for position, item in enumerate(items)
        if not isinstance(item, Statement | Mapping)
    ]
    if wrong:
        raise InputError(wrong)
    return items


def ids_given(value: object, field: str) -> list[str]:
    """Ids, not one of them as a list of its letters."""
    items = _listed(value, field, _IDS())
    if not all(isinstance(item, str) for item in items):
        raise _refused(value, field, _IDS())
    return items


def cells_given(value: object, field: str) -> list[tuple[Any, Any]]:
    """Cells as pairs of a person and a date."""
    items = _listed(value, field, _CELLS())
    if not all(isinstance(item, tuple | list) and len(item) == _PAIR for item in items):
        raise _refused(value, field, _CELLS())
    return [(person, day) for person, day in items]


def choices_given(value: object) -> Mapping[str, Any]:
    """Values by parameter."""
    if not isinstance(value, Mapping):
        raise _refused(value, "choices", _CHOICES())
    return value


def schedule_given(value: object) -> Schedule:
    """A schedule."""
    if not isinstance(value, Schedule):
        raise _refused(value, "schedule", _SCHEDULE())
    return value


def day_given(value: object, field: str) -> dt.date:
    """A date; of a moment its day."""
    value = plain_value(value)
    if not isinstance(value, dt.date):
        raise _refused(value, field, _DATE())
    return value.date() if isinstance(value, dt.datetime) else value


def flags_given(**values: object) -> None:
    """Arguments that are true, false or left out."""
    strange = {field: value for field, value in values.items() if not isinstance(plain_value(value), bool | NoneType)}
    wrong = [_problem(value, field, _FLAG()) for field, value in strange.items()]
    if wrong:
        raise InputError(wrong)


def number_given(value: object, field: str) -> int:
    """A whole number above 0."""
    number = plain_value(value)
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise _refused(value, field, _COUNT())
    return number


def text_given(value: object, where: Where) -> str:
    """A text, such as a name or an id."""
    if not isinstance(value, str):
        raise InputError([Problem(where, _EXPECTED(found=found_text(value), what=_TEXT()))])
    return value


def _listed(value: object, field: str, what: Said) -> list[Any]:
    """The items of a list; a text, keys with values and a typed statement are none."""
    if isinstance(value, str | bytes | Mapping | Statement) or not isinstance(value, Iterable):
        raise _refused(value, field, what)
    return list(value)


def _refused(value: object, field: str, what: Said) -> InputError:
    return InputError([_problem(value, field, what)])


def _problem(value: object, field: str, what: Said) -> Problem:
    return Problem(Where(field=field), _EXPECTED(found=found_text(value), what=what))
