"""Tiny facts, views and schedules for tests: people are letters, schedules are bit strings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from giliran.domain.calendar import Calendar, date_range
from giliran.domain.condition import ConditionEntry
from giliran.domain.facts import Account, Coded, Facts, Meeting, Postings, Staff, Wishes
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.units import NO_UNIT, Unit, Units
from giliran.rules.base import Goal, Rule
from giliran.rules.registry import known, parse_goal, parse_rule
from giliran.rules.tiers import TierSpec, resolve_tiers
from giliran.rules.view import View

MONDAY = dt.date(2021, 7, 12)
PLACES = {"1": Place.OFFICE, "0": Place.HOME, "a": Place.ABSENT, "-": Place.OFF, "?": Place.NONE, ".": Place.NONE}


def make_units(rows: Sequence[Mapping[str, Any]]) -> Units:
    """Units from rows with `id` and optionally `level`, `parent`, `sectors`, `tags`, `calendar`."""
    index = {row["id"]: u for u, row in enumerate(rows)}
    return Units.of(
        [
            Unit(
                id=row["id"],
                name=row.get("name", row["id"]),
                level=row.get("level", "bidang"),
                parent=index[row["parent"]] if row.get("parent") else NO_UNIT,
                sectors=frozenset(row.get("sectors", ())),
                tags=frozenset(row.get("tags", ())),
                calendar=row.get("calendar", "office"),
            )
            for row in rows
        ]
    )


def coded(words: Sequence[str]) -> Coded:
    """A column of words; "" is missing."""
    known = tuple(sorted({word for word in words if word}))
    return Coded(known, np.array([known.index(word) if word else -1 for word in words], dtype=np.int32))


def make_facts(
    people: str | Sequence[Mapping[str, Any]],
    *,
    days: int = 5,
    first: dt.date = MONDAY,
    units: Sequence[Mapping[str, Any]] = ({"id": "u"},),
    call_days: Sequence[int] = (),
    workdays: Sequence[int] = (0, 1, 2, 3, 4),
    holidays: Sequence[dt.date] = (),
    absent: Mapping[str, Sequence[int]] | None = None,
    home_only: Sequence[str] = (),
    office_only: Mapping[str, Sequence[int]] | None = None,
    wishes: Sequence[tuple[str, int, str, int]] = (),
    balance: Mapping[str, Mapping[str, int]] | None = None,
    published: Mapping[str, str] | None = None,
    frozen_days: Sequence[int] = (),
    pins: Mapping[tuple[str, int], str] | None = None,
    past: Mapping[str, str] | None = None,
    conditions: Mapping[str, Sequence[ConditionEntry]] | None = None,
    meetings: Sequence[Meeting] = (),
    reasons: Mapping[str, str] | None = None,
) -> Facts:
    """Facts over a few people; `people` is a string of ids ("ABC", one letter each) or rows with `id` and attributes.

    Attributes of a row: `unit`, `also`, `rank`, `status`, `function`, `team`, `tags`, `head`, `nip`, `born`. `published` and `past` are
    bit strings per person ("10a1?"); `past` ends on the day before the horizon.
    """
    rows = [{"id": letter} for letter in people] if isinstance(people, str) else list(people)
    ids = tuple(row["id"] for row in rows)
    nips = tuple(row.get("nip", row["id"]) for row in rows)
    tree = make_units(units)
    dates = date_range(first, first + dt.timedelta(days=days - 1))
    calendar = Calendar("office", frozenset(workdays), frozenset(call_days), frozenset(holidays))
    shape = (len(rows), days)
    kind = np.tile(calendar.kinds(dates), (len(rows), 1)).astype(np.int8)
    cell = kind != 0

    def marks(table: Mapping[str, Sequence[int]] | None) -> np.ndarray:
        out = np.zeros(shape, dtype=bool)
        for id_, which in (table or {}).items():
            out[ids.index(id_), list(which)] = True
        return out & cell

    def bits(table: Mapping[str, str] | None, width: int) -> np.ndarray:
        out = np.zeros((len(rows), width), dtype=np.int8)
        for id_, text in (table or {}).items():
            out[ids.index(id_)] = [PLACES[letter] for letter in text]
        return out

    away = marks(absent)
    past_days = max((len(text) for text in (past or {}).values()), default=0)
    fixed = bits(published, days)
    pinned = np.zeros(shape, dtype=np.int8)
    for (id_, day), word in (pins or {}).items():
        pinned[ids.index(id_), day] = Place[word.upper()]
    frozen = np.zeros(shape, dtype=bool)
    frozen[:, list(frozen_days)] = True
    return Facts(
        title="test",
        dates=dates,
        calendars={"office": calendar},
        units=tree,
        staff=Staff(ids, nips, ids, *(("",) * len(ids),) * 3, tuple(row.get("born", "") for row in rows)),
        postings=Postings(
            person=np.arange(len(rows), dtype=np.int32),
            unit=np.array([tree.index[row.get("unit", tree[0].id)] for row in rows], dtype=np.int32),
            also=np.array([tree.index[row["also"]] if row.get("also") else NO_UNIT for row in rows], dtype=np.int32),
            rank=coded([row.get("rank", "") for row in rows]),
            status=coded([row.get("status", "") for row in rows]),
            function=coded([row.get("function", "") for row in rows]),
            calendar=coded(["office" for _ in rows]),
            team=coded([row.get("team", "") for row in rows]),
            head=np.array([row.get("head", False) for row in rows], dtype=bool),
            tags=tuple(frozenset(row.get("tags", ())) for row in rows),
            workdays=np.full(len(rows), 127, dtype=np.int16),
        ),
        posting=np.repeat(np.arange(len(rows), dtype=np.int32)[:, None], days, axis=1),
        kind=kind,
        absent=away,
        reason=np.where(away, 0, -1).astype(np.int16),
        absence_reasons=("cuti",),
        home_only=marks({id_: range(days) for id_ in home_only}),
        office_only=marks(office_only),
        published=fixed,
        pinned=pinned,
        frozen=frozen & (fixed != 0),
        past_dates=date_range(first - dt.timedelta(days=past_days), first - dt.timedelta(days=1)) if past_days else (),
        past=bits(past, past_days),
        wishes=Wishes(
            *(np.array(column, dtype=np.int64) for column in zip(*_wish_rows(wishes, ids), strict=True))
            if wishes
            else (np.zeros(0, dtype=np.int64),) * 4
        ),
        ledger={name: _account(ids, table) for name, table in (balance or {}).items()},
        conditions={name: tuple(entries) for name, entries in (conditions or {}).items()},
        meetings=tuple(meetings),
        reasons=dict(reasons or {}),
    )


def _wish_rows(wishes: Sequence[tuple[str, int, str, int]], ids: Sequence[str]) -> list[tuple[int, int, int, int]]:
    return [(ids.index(id_), day, int(Place[place.upper()]), weight) for id_, day, place, weight in wishes]


def _account(ids: Sequence[str], table: Mapping[str, int]) -> Account:
    return Account(np.array([table.get(id_, 0) for id_ in ids], dtype=np.int64), np.zeros(len(ids), dtype=np.int64))


def make_view(
    facts: Facts,
    rules: Sequence[Mapping[str, Any]] = (),
    goals: Sequence[Mapping[str, Any]] = (),
    tiers: Sequence[Any] = (),
) -> View:
    """A view over rules and goals written as in a file, implied ones included; ids default to `own/<n>`."""
    written: list[Rule | Goal] = [parse_rule({"id": f"own/{k}", **rule}) for k, rule in enumerate(rules)]
    written += [parse_goal({"id": f"own/goal-{k}", **goal}) for k, goal in enumerate(goals)]
    implied = [statement for kind in known().values() for statement in kind.implied(facts, written)]
    statements = [*written, *implied]
    resolved = resolve_tiers([TierSpec.model_validate(spec) for spec in tiers], statements, facts)
    return View(facts, [s for s in statements if isinstance(s, Rule)], [s for s in statements if isinstance(s, Goal)], resolved)


def make_schedule(facts: Facts, rows: str | Sequence[str], **duty: Sequence[str]) -> Schedule:
    """A schedule from bit strings, one per person in row order ("11010"); absent and free days are filled in.

    `1` office, anything else not; `?` leaves a present cell without a plan. Duty: `make_schedule(f, rows, own_0=["10000", ...])`.
    """
    lines = rows.split() if isinstance(rows, str) else list(rows)
    office = np.array([[letter == "1" for letter in line] for line in lines])
    known = np.array([[letter != "?" for letter in line] for line in lines])
    plan = schedule_of(facts, office, known)
    named = {rule.replace("_", "/", 1): np.array([[c == "1" for c in line] for line in table]) for rule, table in duty.items()}
    return Schedule(plan.place, named)
