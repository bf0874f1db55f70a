"""Do a circular's rules select by exactly what it says it expects of a roster?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from giliran.circulars.circular import Circular, Expected, Marks
from giliran.circulars.parameters import A_MARK
from giliran.errors import Problem
from giliran.messages import Sentence
from giliran.text.model_errors import unknown

_UNIT_TAG = Sentence(en="the unit tag {word}", id="tanda unit kerja {word}")
_SECTOR = Sentence(en="the sector {word}", id="sektor {word}")
_FUNCTION = Sentence(en="the function {word}", id="fungsi {word}")
_CONDITION = Sentence(en="the condition {word}", id="keadaan {word}")
_STAFF_TAG = Sentence(en="the staff tag {word}", id="tanda pegawai {word}")
_NOT_EXPECTED = Sentence(
    en="rules select by {mark}, which `expects` does not list", id="aturan memilih menurut {mark}, yang tidak ada di `expects`"
)
_NOT_SELECTED = Sentence(
    en="`expects` lists {mark}, but no rule selects by it", id="`expects` memuat {mark}, tetapi tidak ada aturan yang memakainya"
)

CONDITIONS = "conditions"
_FIELDS = {"unit_tags": _UNIT_TAG, "sectors": _SECTOR, "functions": _FUNCTION, "tags": _STAFF_TAG, CONDITIONS: _CONDITION}

Selected = set[tuple[str, str]]
"""Selector fields with a word: ("sectors", "essential")."""


def selected_words(node: Any) -> Selected:
    """The words that the selectors of a resolved rule name, at any depth."""
    return set(_selected(node))


def _selected(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _FIELDS:
                # `conditions` holds names with the values wanted
                yield from ((key, word) for item in (value if isinstance(value, (list, Mapping)) else [value]) for word in _word(item))
            elif key == "share" and isinstance(value, Mapping):
                yield from ((CONDITIONS, str(name)) for name in value)
            else:
                yield from _selected(value)
    elif isinstance(node, list):
        for item in node:
            yield from _selected(item)


def _word(value: object) -> tuple[str, ...]:
    """A word as selectors read it; none where it is something that they refuse."""
    if isinstance(value, bool):
        return (str(value).lower(),)
    return (str(value),) if isinstance(value, (str, int)) else ()


def check_expects(circular: Circular, used: Selected) -> Iterator[Problem]:
    """Selected that are selected by but not expected, and marks that are expected but not selected by.

    Parameters
    ----------
    circular
        The circular.
    used
        Every word that its rules select by under some choice.
    """
    units, staff = circular.expects.units, circular.expects.staff
    expected = {
        "unit_tags": set(units.tags),
        "sectors": _values(units.sector),
        "functions": _values(staff.function),
        "tags": set(staff.tags),
        CONDITIONS: set(circular.expects.conditions),
    }
    named_by_planner = {A_MARK} | {word for p in circular.parameters.values() if p.type == "tags" for word in _several(p.standard)}
    for field, word in sorted(used):
        if word not in expected[field] | named_by_planner:
            said = _NOT_EXPECTED(mark=_FIELDS[field](word=word))
            yield unknown(circular.where(("expects",)), said, word, expected[field])
    yield from _unused(circular, ("units", "tags"), "unit_tags", units.tags, used)
    yield from _unused(circular, ("staff", "tags"), "tags", staff.tags, used)
    yield from _unused(circular, (CONDITIONS,), CONDITIONS, circular.expects.conditions, used)


def _unused(circular: Circular, place: tuple[str, ...], field: str, marks: Marks, used: Selected) -> Iterator[Problem]:
    for mark in marks:
        if (field, mark) not in used:
            yield Problem(circular.where(("expects", *place, mark)), _NOT_SELECTED(mark=_FIELDS[field](word=mark)))


def _values(column: Expected | None) -> set[str]:
    return set(column.values) if column else set()


def _several(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
