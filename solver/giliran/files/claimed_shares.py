"""What a result says of burdens and fair shares, held against the audit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from giliran.domain.facts import Facts
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence, found_text, plain
from giliran.records.fairness import FairnessAccount
from giliran.records.json_lines import fields_of, pretty
from giliran.rules.answers import Fairness
from giliran.text import Value

_DIFFERS = Sentence(
    en="{goal}, {who}: the file says that {key} is {said}, it is {found}",
    id="{goal}, {who}: menurut berkas ini {key} adalah {said}, padahal {found}",
)
_MISSING = Sentence(en="{goal}: the file says nothing about {who}", id="{goal}: berkas ini tidak menyebut {who}")
_EXTRA = Sentence(
    en="{goal}: the file tells shares of {who}, who has none here", id="{goal}: berkas ini memuat jatah {who}, padahal tidak ada di sini"
)
_NO_GOAL = Sentence(
    en="the file tells fair shares of {goal}, which is no goal that compares people here",
    id="berkas ini memuat jatah menurut {goal}, padahal bukan sasaran yang membandingkan pegawai di sini",
)
_GOAL_GONE = Sentence(en="{goal}: the file does not tell its fair shares", id="{goal}: jatahnya tidak dimuat dalam berkas ini")
_NO_RECORDS = Sentence(
    en="{goal}: {key} is no list with one record each", id="{goal}: {key} bukan daftar dengan satu catatan masing-masing"
)
_NO_GOALS = Sentence(
    en="the file does not tell fair shares as a list with one record for each goal",
    id="berkas ini tidak memuat jatah sebagai daftar dengan satu catatan untuk setiap sasaran",
)
_EVERYBODY = Sentence(en="everybody", id="semua pegawai")

_Row = Mapping[str, Value]


def wrong_shares(claimed: Value, accounts: tuple[Fairness, ...], facts: Facts, schedule: Schedule) -> Iterator[Said]:
    """Everything in which a result's `fairness` is not that of its schedule; keys that it lacks are left to their readers."""
    said = _by(claimed, "goal")
    if said is None:
        yield _NO_GOALS()
        return
    found: dict[Value, _Row] = {a.goal: _account(a, facts, schedule) for a in accounts}
    for goal, account in found.items():
        if goal not in said:
            yield _GOAL_GONE(goal=goal)
            continue
        yield from _differing(plain(goal), _EVERYBODY(), said[goal], account, ("account",))
        yield from _groups(str(goal), said[goal].get("groups"), account["groups"])
        yield from _people(str(goal), said[goal].get("people"), account["people"], facts)
    yield from (_NO_GOAL(goal=found_text(goal)) for goal in said if goal not in found)


def _account(account: Fairness, facts: Facts, schedule: Schedule) -> _Row:
    """An account as a file has it."""
    data: _Row = json.loads(pretty(fields_of(FairnessAccount.of(account, facts, schedule))))
    return data


def _groups(goal: str, claimed: Value, expected: Value) -> Iterator[Said]:
    """Differences of the groups of one account; several may be of one unit, so that their order tells which is which."""
    assert isinstance(expected, list)
    if not isinstance(claimed, list) or len(claimed) != len(expected):
        yield _NO_RECORDS(goal=goal, key="groups")
        return
    for said, found in zip(claimed, expected, strict=True):
        assert isinstance(found, dict)
        who = _EVERYBODY() if found["unit"] is None else plain(found["unit_name"])
        if isinstance(said, dict):
            yield from _differing(plain(goal), who, said, found, tuple(found))
        else:
            yield _MISSING(goal=goal, who=who)


def _people(goal: str, claimed: Value, expected: Value, facts: Facts) -> Iterator[Said]:
    """Differences of the people of one account."""
    said, found = _by(claimed, "staff_id"), _by(expected, "staff_id") or {}
    if said is None:
        yield _NO_RECORDS(goal=goal, key="people")
        return
    for id_, row in found.items():
        if id_ in said:
            yield from _differing(plain(goal), _person(id_, facts), said[id_], row, tuple(row))
        else:
            yield _MISSING(goal=goal, who=_person(id_, facts))
    yield from (_EXTRA(goal=goal, who=_person(id_, facts)) for id_ in said if id_ not in found)


def _differing(goal: Said, who: Said, claimed: _Row, found: _Row, keys: tuple[str, ...]) -> Iterator[Said]:
    for key in keys:
        if key in claimed and (claimed[key] != found[key] or type(claimed[key]) is not type(found[key])):
            yield _DIFFERS(goal=goal, who=who, key=key, said=found_text(claimed[key]), found=found_text(found[key]))


def _person(id_: Value, facts: Facts) -> Said:
    """Somebody by the name that people know."""
    e = facts.staff.index.get(str(id_))
    return found_text(id_) if e is None else plain(facts.staff.label(e))


def _by(rows: Value, mark: str) -> dict[Value, _Row] | None:
    """Records by what marks them; None where that is no list of records with a mark of its own each."""
    if not isinstance(rows, list):
        return None
    found: dict[Value, _Row] = {mark_of: row for row in rows if isinstance(row, dict) and isinstance(mark_of := row.get(mark), str | None)}
    return found if len(found) == len(rows) else None
