"""Who is meant in lists of leave, which name people by NIP, or by name alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Staff
from giliran.domain.words import Kind, simple, spellings
from giliran.errors import Problem
from giliran.instance.reading import Rows, unknown_word
from giliran.messages import Sentence, plain

_NOBODY = Sentence(en="nobody is called '{name}'", id="tidak ada pegawai bernama '{name}'")
_SEVERAL = Sentence(en="'{name}' may be {people}", id="'{name}' dapat berarti {people}")
_WHO = Sentence(en="{name} ({id})", id="{name} ({id})")
_BY_ID = Sentence(en="Write the NIP or id in a column of its own.", id="Tulis NIP atau id dalam kolom tersendiri.")
_NOTHING = ("", "-", "–", "—")


def people_of_leave(rows: Rows, staff: Staff) -> NDArray[np.int64]:
    """Rows of the staff table of everybody on a list, -1 where nobody is meant, which is told : int64[rows].

    Whoever is given no id is looked for by name, with or without titles; a name that two people have is refused with both. In a list
    without names the column of ids may hold some.
    """
    names = _names(rows)
    if rows.has("staff_id") and (names is None or all(text not in _NOTHING for text in rows.text("staff_id"))):
        return _by_ids(rows, staff) if names is None else rows.people("staff_id", staff.index)
    if names is None:
        return np.full(len(rows), -1, dtype=np.int64)
    ids = rows.ids("staff_id", needed=False)
    known = _by_name(staff)
    found = np.full(len(rows), -1, dtype=np.int64)
    for row, (id_, name) in enumerate(zip(ids, names, strict=True)):
        if id_ in staff.index:
            found[row] = staff.index[id_]
        elif id_ not in _NOTHING:
            rows.each([row], lambda row: unknown_word(rows.where(row, "staff_id"), _NOBODY(name=ids[row]), ids[row], staff.index))
        else:
            meant = known.get(_key(name)) or known.get(_key(name.split(",")[0]), [])
            if len(meant) == 1:
                found[row] = meant[0]
            else:
                rows.each([row], partial(_unclear, rows, staff, name, meant))
    return found


def _by_ids(rows: Rows, staff: Staff) -> NDArray[np.int64]:
    """Everybody by the column of ids, in which a name that one person alone has may stand as well."""
    strange = [text for text in dict.fromkeys(rows.text("staff_id")) if text and text not in staff.index]
    known = _by_name(staff) if strange else {}
    named = {text: meant[0] for text in strange if len(meant := known.get(_key(text), [])) == 1}
    return rows.people("staff_id", {**staff.index, **named} if named else staff.index)


def _by_name(staff: Staff) -> dict[str, list[int]]:
    """People by their names, with and without titles."""
    known: dict[str, list[int]] = {}
    for e, name in enumerate(staff.names):
        for key in {_key(name), _key(name.split(",")[0])} - {""}:
            known.setdefault(key, []).append(e)
    return known


def _key(name: str) -> str:
    return simple(name)


def _names(rows: Rows) -> list[str] | None:
    """The column of names, if the list has one."""
    if rows.table is None:
        return None
    column = _called(rows.table.columns)
    return None if column is None else rows.table.column(column)


def _called(columns: Sequence[str]) -> str | None:
    """What the column of names is called, None without one."""
    words = {simple(word) for word in spellings(Kind.COLUMN, "name")}
    return next((column for column in columns if simple(column) in words), None)


def _unclear(rows: Rows, staff: Staff, name: str, meant: Sequence[int], row: int) -> Problem:
    where = rows.where(row, _called(rows.table.columns if rows.table is not None else ()) or "name")
    if not meant:
        return unknown_word(where, _NOBODY(name=plain(name)), name, staff.names)
    people = [_WHO(name=plain(staff.names[e]), id=plain(staff.ids[e])) for e in meant]
    return Problem(where, _SEVERAL(name=plain(name), people=plain(people)), _BY_ID())
