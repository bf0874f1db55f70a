"""The circulars of an instance: found, resolved, and fitted to the days on which they are in force here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from giliran.circulars import Circular, ResolvedCircular
from giliran.circulars import resolve as resolve_circular
from giliran.circulars.circular import RawRule
from giliran.circulars.tracing import declared_words, fields_of
from giliran.domain.calendar import date_range
from giliran.domain.sealing import Sealed, sealed_once
from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.joining import Joining
from giliran.instance.reading import unknown_word
from giliran.instance.records import CircularRecord, Horizon
from giliran.instance.statements import Writing
from giliran.messages import Said, Sentence
from giliran.text.model_errors import Locate
from giliran.text.model_paths import Path

_TWICE = Sentence(
    en="the circular {name} is listed twice; its rules would have the same ids",
    id="surat edaran {name} tertulis dua kali; id aturannya akan sama",
)
_CALL_IT = Sentence(
    en="Give the second entry a name of its own: {{name: {name}, as: {name}-2, from: …}}.",
    id="Beri entri kedua nama sendiri: {{name: {name}, as: {name}-2, from: …}}.",
)
_CALL_OTHERWISE = Sentence(en="Give one of them another name with `as`.", id="Beri salah satunya nama lain dengan `as`.")
_OUT_OF_PERIOD = Sentence(
    en="the circular {name} is in force from {first} to {last}; here it is used from {start} to {end}",
    id="surat edaran {name} berlaku {first} sampai {last}; di sini dipakai {start} sampai {end}",
)
_TOO_EARLY = Sentence(
    en="the circular {name} is in force from {first} on; here it is used from {start}",
    id="surat edaran {name} mulai berlaku {first}; di sini dipakai mulai {start}",
)
_PERHAPS_OLD = Sentence(
    en="the circular {name} is known to be in force up to {known}, but here it is used to {end}; look for the newest letter",
    id="surat edaran {name} diketahui berlaku sampai {known}, tetapi di sini dipakai sampai {end}; periksa surat terbaru",
)
_NOT_IN_HORIZON = Sentence(
    en="the circular {name} is in force on no day of the horizon: no rule of it counts here; look at the days from and to which it is used",
    id="surat edaran {name} tidak berlaku pada satu hari pun dalam periode ini, jadi tidak satu pun aturannya dipakai; "
    "periksa mulai dan sampai kapan surat itu berlaku di sini",
)
_NOTHING_TO_REPLACE = Sentence(
    en="{id} is neither a circular of this instance nor one of their rules",
    id="{id} bukan surat edaran dalam berkas ini dan bukan salah satu aturannya",
)
_ITSELF = Sentence(
    en="the circular {name} replaces itself, so none of its rules would hold",
    id="surat edaran {name} menggantikan dirinya sendiri, sehingga tidak ada aturannya yang berlaku",
)
_REPLACED = Sentence(
    en="{ids} do not hold from {start} to {end}: the circular {name} replaces them",
    id="{ids} tidak berlaku {start} sampai {end}: digantikan oleh surat edaran {name}",
)


@dataclass(frozen=True, eq=False)
class Letter(Sealed):
    """A circular in use.

    Parameters
    ----------
    circular, resolved
        As read, and with its choices made.
    horizon
        All days of the instance.
    first, last
        Days of the horizon on which it is in force here.
    narrowed
        Whether the instance says so (`from` or `to`).
    replaces
        Circulars and rules that do not hold meanwhile.
    entry, chosen
        Place of the circular in the instance, and of each value that is chosen there.
    """

    circular: Circular
    resolved: ResolvedCircular
    horizon: Horizon
    first: dt.date
    last: dt.date
    narrowed: bool
    replaces: tuple[str, ...]
    entry: Where
    chosen: Mapping[str, Where]

    @sealed_once
    def fields(self) -> Mapping[str, frozenset[str]]:
        """The keys that each parameter fills."""
        return fields_of(self.circular)

    def declared(self, field: str) -> frozenset[str]:
        """Words that the circular itself lists for a field of selectors."""
        return self._declared.get(field, frozenset())

    def raw(self, id_: str) -> RawRule | None:
        """A rule or goal as its circular writes it, by its whole id; None if it is another's."""
        found = self._written.get(id_)
        return None if found is None else found[1]

    def place(self, id_: str) -> Path:
        """Path of a rule or goal in its circular's file, by its whole id; empty if it is another's."""
        found = self._written.get(id_)
        return () if found is None else found[0]

    @sealed_once
    def _declared(self) -> Mapping[str, frozenset[str]]:
        return declared_words(self.circular, self.fields)

    @sealed_once
    def _written(self) -> Mapping[str, tuple[Path, RawRule]]:
        """Every rule and goal with its path, by whole id."""
        sections = (("rules", self.circular.rules), ("goals", self.circular.goals))
        each = ((section, position, rule) for section, rules in sections for position, rule in enumerate(rules))
        return {f"{self.resolved.name}/{rule.id}": ((section, position), rule) for section, position, rule in each}


class Circulars(Protocol):
    """Where circulars come from."""

    def circular(self, name: str, where: Where) -> Circular:
        """The circular that an instance names at a place; raises `InputError`."""


@dataclass(frozen=True)
class Told:
    """Something to be told about a circular or rule, beside the status where the plan is hardly one without it."""

    rule: str
    said: Said
    first: bool = False


def write_letters(
    records: Sequence[CircularRecord], horizon: Horizon, files: Circulars, writing: Writing, locate: Locate, problems: Problems
) -> tuple[Sequence[Letter], Sequence[Told]]:
    """Every circular of an instance, in the order listed, its statements written, and what must be told about their days."""
    letters, told = read_letters(records, horizon, files, locate, problems)
    replacing = Replacing(letters, locate, problems)
    joining = Joining(letters, replacing, problems)
    for letter in letters:
        if letter.last < letter.first:
            continue
        for section, statements in (("rules", letter.resolved.rules), ("goals", letter.resolved.goals)):
            for data in statements:
                if not joining.said_before(data["id"]):
                    dated = joining.over_all_days(data) if joining.shared(data["id"]) else rule_data(letter, replacing.cut(data))
                    writing.take(section, joining.referring(dated), letter.circular.where, letter.place(data["id"]))
    joining.check_accounts(writing.goals, problems)
    return letters, [*told, *replacing.notes, *(Told(name, said) for name, said in joining.told)]


def read_letters(
    records: Sequence[CircularRecord], horizon: Horizon, files: Circulars, locate: Locate, problems: Problems
) -> tuple[list[Letter], list[Told]]:
    """Every circular of an instance, in the order listed, and what must be told about their dates."""
    letters: dict[str, Letter] = {}
    notes: list[Told] = []
    for position, record in enumerate(records):
        letter = _read(record, position, horizon, files, locate, problems)
        if letter is None:
            continue
        name = letter.resolved.name
        if name in letters:
            advice = _CALL_IT(name=name) if record.as_ is None else _CALL_OTHERWISE()
            problems.add(locate(("circulars", position)), _TWICE(name=name), advice)
            continue
        letters[name] = letter
        notes += [Told(name, said, first=letter.last < letter.first) for said in _dated(letter)]
    return list(letters.values()), notes


def _read(record: CircularRecord, position: int, horizon: Horizon, files: Circulars, locate: Locate, problems: Problems) -> Letter | None:
    here = ("circulars", position)
    named = locate((*here, "name" if record.name else "file"))
    try:
        circular = files.circular(record.file or str(record.name), named).known_as(record.as_)
        resolved = resolve_circular(circular, record.choose, locate=lambda path: locate((*here, *path)))
    except InputError as error:
        problems.extend(p if p.where.file or p.where.field else Problem(named, p.said, p.advice) for p in error.problems)
        return None
    first, last = max(record.first or horizon.start, horizon.start), min(record.last or horizon.end, horizon.end)
    chosen = {name: locate((*here, "choose", name)) for name in record.choose}
    narrowed = bool(record.first or record.last)
    return Letter(circular, resolved, horizon, first, last, narrowed, record.replaces, locate(here), chosen)


def _dated(letter: Letter) -> list[Said]:
    """A circular that is used outside the days for which it was issued is told."""
    first, last = letter.resolved.in_force
    name, start, end = letter.resolved.name, letter.first, letter.last
    if end < start:
        return [_NOT_IN_HORIZON(name=name)]
    if last is not None and (start < first or end > last):
        return [_OUT_OF_PERIOD(name=name, first=first, last=last, start=start, end=end)]
    early = [_TOO_EARLY(name=name, first=first, start=start)] if start < first else []
    known = letter.resolved.known_to
    return early if known is None or end <= known else [*early, _PERHAPS_OLD(name=name, known=known, end=end)]


class Replacing:
    """Cuts out of rules the days on which another circular replaces them.

    Parameters
    ----------
    letters
        All circulars of the instance.
    records, locate
        As written, and where.
    """

    def __init__(self, letters: Sequence[Letter], locate: Locate, problems: Problems) -> None:
        self.notes: list[Told] = []
        self._cuts: dict[str, list[tuple[dt.date, dt.date]]] = {}
        rules = {letter.resolved.name: [str(r["id"]) for r in (*letter.resolved.rules, *letter.resolved.goals)] for letter in letters}
        known = {*rules, *(id_ for ids in rules.values() for id_ in ids)}
        known |= {id_ for letter in letters for id_ in letter.resolved.switched_off}
        for position, letter in enumerate(letters):
            for id_ in letter.replaces:
                if id_ not in known:
                    where = locate(("circulars", position, "replaces"))
                    problems.extend([unknown_word(where, _NOTHING_TO_REPLACE(id=id_), id_, known)])
                elif id_ == letter.resolved.name:
                    problems.add(locate(("circulars", position, "replaces")), _ITSELF(name=id_))
                elif letter.first <= letter.last:
                    self._cut(letter, rules.get(id_, [id_]), id_)

    def _cut(self, letter: Letter, ids: Sequence[str], named: str) -> None:
        for id_ in ids:
            self._cuts.setdefault(id_, []).append((letter.first, letter.last))
        said = _REPLACED(ids=named, start=letter.first, end=letter.last, name=letter.resolved.name)
        self.notes.append(Told(letter.resolved.name, said))

    def days(self, letter: Letter, id_: str) -> list[dt.date]:
        """Days on which a statement of a circular holds, once those are taken out on which another replaces it."""
        gone = {day for first, last in self._cuts.get(id_, ()) for day in date_range(first, last)}
        return [day for day in date_range(letter.first, letter.last) if day not in gone]

    def cut(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A rule's data without the days on which it is replaced."""
        cuts = self._cuts.get(str(data["id"]))
        if not cuts:
            return dict(data)
        days = dict(data.get("days") or {})
        before = days.get("except", [])
        out = {"dates": [{"from": first, "to": last} for first, last in cuts]}
        return {**data, "days": {**days, "except": [*(before if isinstance(before, (list, tuple)) else [before]), out]}}


def rule_data(letter: Letter, data: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's data with the days on which its circular is in force here."""
    if not letter.narrowed:
        return dict(data)
    return {**data, "in_force": {"from": letter.first, "to": letter.last}}
