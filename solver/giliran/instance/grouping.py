"""Statements that group people by units: whom no group takes, and statements that find no group at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from giliran.circulars.tracing import parameters_of
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.units import NO_UNIT
from giliran.errors import Problem, Where
from giliran.instance.letters import Letter
from giliran.instance.notes import letter_of, note
from giliran.messages import Said, Sentence, few, plain
from giliran.rules.base import Statement
from giliran.rules.groups import Grouping
from giliran.rules.toolkit.fields import OWN
from giliran.rules.toolkit.limiting import per_text
from giliran.rules.toolkit.personal import LISTED, MOST_LISTED, names_text
from giliran.rules.view import View

PER = "per"
"""The key of rules that says how people are grouped."""

_OUTSIDE = Sentence(
    en="{rule} counts {per}, but {count} {count:person|people} it means {count:stands|stand} under no such unit, "
    "so it does not reach them: {units} ({people}){cure}",
    id="{rule} dihitung {per}, tetapi {count} pegawai yang dimaksud tidak berada di bawah unit kerja seperti itu, jadi tidak dikenai: "
    "{units} ({people}){cure}",
)
_TAKE_IN = Sentence(en="; to take them in, write `per: [{levels}]`", id="; agar dikenai, tulis `per: [{levels}]`")
_NO_GROUP = Sentence(
    en="{rule} counts {per}, but nobody stands under such a unit, so it would not reach any of the {count} it means",
    id="{rule} dihitung {per}, tetapi tidak ada pegawai di bawah unit kerja seperti itu, jadi tidak satu pun dari {count} pegawai yang "
    "dimaksud "
    "dikenai",
)
_FILL_OR_WHOLE = Sentence(
    en="Fill the column opd of the staff table, or the level of the units, or say `{key}: whole`.",
    id="Isi kolom opd dalam tabel pegawai, atau tingkat unit kerjanya, atau tulis `{key}: whole`.",
)
_NOBODY_UNDER = Sentence(
    en="not applicable here: {rule}: nobody stands under a {levels}",
    id="tidak ada yang dikenai di sini: {rule}: tidak ada pegawai di bawah {levels}",
)


Groupings = Sequence[tuple[Statement, Grouping]]
"""Statements that group people, each with whom it means."""


def groupings(view: View, statements: Iterable[Statement]) -> Groupings:
    """The statements that group people by units."""
    return [(statement, found) for statement in statements if (found := statement.grouping(view)) is not None]


def ungrouped(facts: Facts, found: Groupings, letters: Sequence[Letter]) -> Iterator[Finding]:
    """Whom statements mean without having a group for them, one note each; letters that find no group are not applicable here."""
    for statement, grouping in found:
        people = tuple(grouping.outside.who.tolist())
        if grouping.in_vain:
            letter = letter_of(statement, letters)
            if letter is not None and not letter.circular.own_reading:
                name = statement.id.removeprefix(f"{letter.resolved.name}/")
                said = _NOBODY_UNDER(rule=plain(name), levels=list(_levels(statement)))
                yield note(letter.resolved.name, said, people=people, amount=len(people))
        elif people:
            yield note(statement.id, _outside(facts, statement, grouping, people), statement.kind, people, len(people))


def without_groups(found: Groupings, letters: Sequence[Letter], wheres: Mapping[str, Where]) -> Iterator[Problem]:
    """Statements of the planner's own, and choices that are the letter, that mean somebody and find no group."""
    for statement, grouping in found:
        letter = letter_of(statement, letters)
        if not grouping.in_vain or not (statement.id.startswith(OWN) or (letter is not None and letter.circular.own_reading)):
            continue
        count = len(grouping.meant.who)
        said = _NO_GROUP(rule=plain(statement.id), per=per_text(_per(statement)), count=count)
        where, key = _place(statement, letter, wheres)
        yield Problem(where, said, _FILL_OR_WHOLE(key=plain(key)))


def _place(statement: Statement, letter: Letter | None, wheres: Mapping[str, Where]) -> tuple[Where, str]:
    """Where the planner says how people are grouped, and under which key."""
    if letter is None:
        where = wheres.get(statement.id, Where(field=statement.id))
        return Where(where.file, where.line, f"{where.field}.{PER}"), PER
    raw = letter.raw(statement.id)
    keys = sorted(parameters_of(letter.circular, raw, PER)) if raw is not None else []
    return (letter.chosen.get(keys[0], letter.entry), keys[0]) if keys else (letter.entry, PER)


def _per(statement: Statement) -> str | tuple[str, ...]:
    found: str | tuple[str, ...] = getattr(statement, PER)
    return found


def _levels(statement: Statement) -> tuple[str, ...]:
    per = _per(statement)
    return (per,) if isinstance(per, str) else per


def _outside(facts: Facts, statement: Statement, grouping: Grouping, people: tuple[int, ...]) -> Said:
    units = _widest(facts, grouping)
    names = [plain(facts.units[u].name) for u in units]
    where = LISTED(items=few(names, MOST_LISTED))
    cure = plain("")
    if statement.id.startswith(OWN):
        # The unit of a head stands above groups; its level would take in whoever else stands there, so it is the last to be named.
        filled = _filled(facts, grouping)
        levels = dict.fromkeys(facts.units[u].level for u in units if not filled[u]) or dict.fromkeys(facts.units[u].level for u in units)
        cure = _TAKE_IN(levels=plain(", ".join((*_levels(statement), *levels))))
    return _OUTSIDE(
        rule=plain(statement.id),
        per=per_text(_per(statement)),
        count=len(people),
        units=where,
        people=names_text(facts, people),
        cure=cure,
    )


def _filled(facts: Facts, grouping: Grouping) -> np.ndarray:
    """Units at or below which a group takes somebody : bool[U]."""
    filled = np.zeros(len(facts.units), dtype=np.bool_)
    filled[facts.unit[grouping.taken.spots()]] = True
    for u in range(len(facts.units) - 1, -1, -1):  # children after their parents
        if filled[u] and facts.units.parent[u] != NO_UNIT:
            filled[facts.units.parent[u]] = True
    return filled


def _widest(facts: Facts, grouping: Grouping) -> list[int]:
    """For everybody outside the widest unit above that no group takes anybody of, else the person's own."""
    filled, parent = _filled(facts, grouping), facts.units.parent
    found = []
    for unit in np.unique(facts.unit[grouping.outside.spots()]).tolist():
        while parent[unit] != NO_UNIT and not filled[parent[unit]]:
            unit = int(parent[unit])
        found.append(unit)
    return sorted(set(found))
