"""Planning again: a published plan, what happened since, and the plan that changes least."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import numpy as np

from giliran.arguments import check_call, check_pair, instance_given
from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule, items_of
from giliran.domain.words import parse_place
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.instance.naming import day_named
from giliran.instance.offered import number_given, rows_listed
from giliran.messages import Said, Sentence, plain
from giliran.result import Result
from giliran.rules.toolkit.personal import days_text, name_of, place_text
from giliran.solving import SolveOptions, solve
from giliran.text import TextError, parse_date, parse_id
from giliran.whatif.causes import causes_of
from giliran.whatif.held_edits import held
from giliran.whatif.orders import orders_of
from giliran.whatif.replanned import Replanned

_NO_PLAN = Sentence(
    en="no published plan is given, and the instance names none",
    id="jadwal yang sudah ditetapkan tidak diberikan dan tidak disebut berkas masukannya",
)
_EMPTY = Sentence(
    en="the published plan says nothing about {first} to {last}",
    id="jadwal yang sudah ditetapkan tidak memuat apa pun tentang {first} sampai {last}",
)
_KEEP_OR_REFILL = Sentence(
    en="announced places cannot be kept at all costs while free seats are filled first; choose one",
    id="jadwal yang sudah ditetapkan tidak dapat dipertahankan sepenuhnya bila tempat kosong diisi lebih dahulu; pilih salah satu",
)
_FROZEN_LATER = Sentence(
    en="the instance says that nothing may change up to {last}, so changes cannot begin on {first}",
    id="menurut berkas masukannya jadwal tidak boleh berubah sampai {last}, jadi perubahan tidak dapat dimulai pada {first}",
)
_FROZEN = Sentence(
    en="{person} is {place} on {day} in the published plan, and that day may no longer change",
    id="{person} {place} pada {day} menurut jadwal yang sudah ditetapkan, dan hari itu tidak dapat diubah lagi",
)
_AWAY = Sentence(
    en="{person} is away on {day}, so no place can be ordered there",
    id="{person} tidak masuk pada {day}, jadi tempatnya tidak dapat ditetapkan",
)
_AWAY_ALREADY = Sentence(en="{person} was known to be away on {days}", id="{person} memang sudah diketahui tidak masuk pada {days}")
_PLACED_ALREADY = Sentence(
    en="{person} is {place} on {days} in the published plan already", id="{person} memang sudah {place} pada {days} menurut jadwal itu"
)
_NAMED_ALREADY = Sentence(
    en="{person} stands for {rule} on {days} in the published plan already",
    id="{person} memang sudah bertugas untuk {rule} pada {days} menurut jadwal itu",
)
_NOT_ANNOUNCED = Sentence(
    en="The published plan has no place for {people} {people:person|people} on {days}: planned now, and counted as no change",
    id="Jadwal yang sudah ditetapkan tidak memuat tempat {people} pegawai pada {days}: kini disusun, dan tidak dihitung sebagai perubahan",
)


def replan(
    instance: Instance,
    published: Schedule | None = None,
    *,
    before: Schedule | None = None,
    absences: Iterable[Mapping[str, Any]] = (),
    pins: Iterable[Mapping[str, Any]] = (),
    first_day: dt.date | str | None = None,
    keep: bool | None = None,
    refill: bool | None = None,
    replaces: int = 1,
    options: SolveOptions | None = None,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
) -> Replanned:
    """Plan again what was published: fewest changed days with proof, then fewest people, then fewest changed names for duty, then all else.

    Days before `first_day`, frozen and pinned ones stay; nobody is called in only to fill a seat. Changes up to `notice_to` of the
    instance's published plan count before all others.

    Parameters
    ----------
    instance
        The instance as it is today: a second circular, a new limit, absences and pins in it are orders as those given here are.
    published
        The plan that people know; the instance's own when None.
    before
        The same before somebody edited it by hand: edited places are then kept first of all, as far as rules that must hold let them.
    absences, pins
        Rows (or columns, or a frame) as the tables of the same names have them: who is away now, and places and duties that are fixed by
        order, with their reasons.
    first_day
        The first day that may change; as the instance says when None.
    keep
        Published places come before relaxations and other rules that should hold, too; as the instance says when None.
    refill
        Fill seats that became free before places are kept; as the instance says when None.
    replaces
        Number of the published plan.
    options, cancel, progress, executor
        As for `solve`.

    Raises
    ------
    InputError
        With everything that is wrong: no published plan or one of other days, unknown people and days with the nearest named, somebody who
        is away twice for other reasons, orders about people who are away or about days that may not change.
    """
    check_call(instance, options, SolveOptions, {"cancel": cancel, "progress": progress, "executor": executor}, {}, "replan")
    number_given(replaces, "replaces")
    absences, pins = rows_listed(absences, "absences"), rows_listed(pins, "pins")
    plan = _published(instance, published)
    first = None if first_day is None else instance.facts.dates[day_named(instance.facts, first_day, Where(field="first_day"))]
    _refuse(_contradictions(instance, first, keep, refill))
    last = _last_frozen(instance, first)
    away = [*_known_already(instance, absences)]
    changed = instance.with_absences(absences) if absences else instance
    changed = changed.with_pins(pins) if pins else changed
    _refuse(_hopeless(changed, plan, pins, last))
    notes = (*away, *_ordered_already(instance, plan, pins), *_not_announced(instance, plan))
    changed = changed.with_published(plan, frozen_to=last, refill=refill, few_changes=True, keep=keep)

    def solved(instance: Instance) -> Result:
        return replace(solve(instance, options, cancel=cancel, progress=progress, executor=executor), version=replaces + 1)

    if before is None:
        return _told(solved(changed), replaces, notes)
    check_pair(instance, before)
    may_change = np.array([last is None or day > last for day in instance.facts.dates], dtype=np.bool_)
    result, lost = held(changed, plan, before, may_change, solved)
    return _told(result, replaces, (*notes, *lost))


def _told(result: Result, replaces: int, notes: tuple[Said, ...]) -> Replanned:
    """The result with what changes and why."""
    orders = orders_of(result.instance.facts)
    causes = causes_of(result, orders)
    return Replanned(result, result.version, replaces, orders, causes.changes, causes.outdated, notes)


def _published(instance: Instance, published: Schedule | None) -> Schedule:
    """The plan that is planned again."""
    _refuse(instance_given(instance))
    facts = instance.facts
    if published is None:
        if not (facts.published != Place.NONE).any():
            raise InputError([Problem(Where(field="published"), _NO_PLAN())])
        return Schedule(facts.published, duty=dict(facts.published_duty), team=dict(facts.published_team))
    check_pair(instance, published)
    if not (published.place != Place.NONE).any():
        raise InputError([Problem(Where(field="published"), _EMPTY(first=facts.dates[0], last=facts.dates[-1]))])
    return published


def _last_frozen(instance: Instance, first_day: dt.date | None) -> dt.date | None:
    """The last day that may not change; None for no such day."""
    if first_day is not None:
        return first_day - dt.timedelta(days=1) if first_day > instance.facts.dates[0] else None
    return _frozen_to(instance)


def _frozen_to(instance: Instance) -> dt.date | None:
    """The same as the instance says it."""
    record = instance.written.record.published if instance.written else None
    return record.frozen_to if record else max(instance.facts.frozen_dates, default=None)


def _contradictions(instance: Instance, first_day: dt.date | None, keep: bool | None, refill: bool | None) -> Iterator[Problem]:
    """What cannot be asked for together, here or by the instance."""
    facts, last = instance.facts, _frozen_to(instance)
    if (facts.keep if keep is None else keep) and (facts.refill if refill is None else refill):
        yield Problem(Where(field="keep"), _KEEP_OR_REFILL())
    if first_day is not None and last is not None and last >= first_day:
        yield Problem(Where(field="first_day"), _FROZEN_LATER(first=first_day, last=last))


def _known_already(instance: Instance, absences: Sequence[Mapping[str, Any]]) -> Iterator[Said]:
    """Absences that the instance has already; rows that cannot be read are told by whoever takes them in."""
    facts = instance.facts
    for row in absences:
        e, first = _person(facts, row), _day(row.get("from"))
        last = _day(row.get("to")) or first
        if e is not None and first is not None and last is not None:
            known = [day for d, day in enumerate(facts.dates) if first <= day <= last and facts.absent[e, d]]
            if known:
                yield _AWAY_ALREADY(person=name_of(facts, e), days=known)


def _ordered_already(instance: Instance, plan: Schedule, pins: Sequence[Mapping[str, Any]]) -> Iterator[Said]:
    """Places and duties that the published plan has as they are ordered."""
    facts, known = instance.facts, dict[tuple[int, int, str], list[int]]()
    for row in pins:
        e, day = _person(facts, row), _day(row.get("date"))
        if e is not None and day in facts.dates:
            d = facts.dates.index(day)
            place = int(plan.place[e, d])
            if place in (Place.OFFICE, Place.HOME) and _stays(plan, row, e, d):
                known.setdefault((e, place, str(row.get("duty") or "")), []).append(d)
    for (e, place, duty), found in known.items():
        told = {"person": name_of(facts, e), "days": days_text(facts, sorted({*found}))}
        yield _NAMED_ALREADY(rule=plain(duty), **told) if duty else _PLACED_ALREADY(place=place_text(place), **told)


def _not_announced(instance: Instance, plan: Schedule) -> Iterator[Said]:
    """People who have to be planned and of whom the published plan says nothing."""
    facts = instance.facts
    without = facts.present & (plan.place == Place.NONE)
    if without.any():
        days = days_text(facts, np.flatnonzero(without.any(axis=0)).tolist())
        yield _NOT_ANNOUNCED(people=int(without.any(axis=1).sum()), days=days)


def _hopeless(instance: Instance, plan: Schedule, pins: Sequence[Mapping[str, Any]], last: dt.date | None) -> Iterator[Problem]:
    """Orders about people who are away, and about days that may not change any more."""
    facts = instance.facts
    for position, row in enumerate(pins):
        e, day = _person(facts, row), _day(row.get("date"))
        if e is None or day not in facts.dates:
            continue
        d, where = facts.dates.index(day), Where(field=f"pins[{position}]")
        told = {"person": name_of(facts, e), "day": day}
        if facts.absent[e, d]:
            yield Problem(where, _AWAY(**told))
        elif last is not None and day <= last and not _stays(plan, row, e, d):
            yield Problem(where, _FROZEN(place=place_text(int(plan.place[e, d])), **told))


def _stays(plan: Schedule, row: Mapping[str, Any], e: int, d: int) -> bool:
    """Whether an order says what the plan says already."""
    place = parse_place(str(row["place"])) if row.get("place") else Place.OFFICE
    named = all(rule in plan.duty and plan.duty[rule][e, d] for rule in items_of(str(row.get("duty") or "")))
    return (plan.place[e, d] == Place.OFFICE) == (place == Place.OFFICE) and named


def _person(facts: Facts, row: Mapping[str, Any]) -> int | None:
    """Row of the person of an order; None where there is no such person."""
    try:
        return facts.staff.index.get(parse_id(str(row.get("staff_id", ""))))
    except TextError:
        return None


def _day(value: object) -> dt.date | None:
    """The day of an order; None where it is none."""
    try:
        return value if isinstance(value, dt.date) else parse_date(str(value)) if value else None
    except TextError:
        return None


def _refuse(problems: Iterable[Problem]) -> None:
    found = [*problems]
    if found:
        raise InputError(found)
