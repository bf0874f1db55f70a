"""One letter in force twice, with other choices from some day on: what both entries say alike is said once, over the days of both.

So one account of fairness, one aim, one duty with its account, and one number of days a week go on where the letter changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

from giliran.domain.calendar import date_range
from giliran.errors import Problems
from giliran.messages import Said, Sentence
from giliran.rules.base import Statement
from giliran.rules.toolkit.fields import reference_fields

if TYPE_CHECKING:
    from giliran.instance.letters import Letter, Replacing

_BOTH = Sentence(
    en="{other} and {name} are one letter and both hold from {first} to {last}, where the tighter of their limits counts; if {name} takes "
    "the place of {other}, end {other} before it (`to`) or write `replaces: [{other}]`",
    id="{other} dan {name} adalah surat yang sama dan sama-sama berlaku {first} sampai {last}, sehingga yang dipakai batas yang lebih "
    "ketat; bila {name} menggantikan {other}, akhiri {other} sebelumnya (`to`) atau tulis `replaces: [{other}]`",
)
_APART = Sentence(
    en="{name} wants something else than {other} on the same days, {first} to {last} ({goals})",
    id="{name} menghendaki hal lain daripada {other} pada hari yang sama, {first} sampai {last} ({goals})",
)
_END_IT = Sentence(
    en="End {other} before {name} begins (`to`), or write `replaces: [{other}]` under {name}.",
    id="Akhiri {other} sebelum {name} mulai (`to`), atau tulis `replaces: [{other}]` pada {name}.",
)
_TWO_ACCOUNTS = Sentence(
    en="{name} counts other people in the fair shares than {other}; one letter keeps one account",
    id="{name} menghitung pegawai lain dalam jatah daripada {other}; satu surat memakai satu buku giliran",
)
_CHOOSE_ALIKE = Sentence(
    en="Choose the same people who come first for home in both (always_home, home_marks, home_age).",
    id="Pilih pegawai yang didahulukan WFH dengan cara yang sama pada keduanya (always_home, home_marks, home_age).",
)


class Joining:
    """What entries of one letter say alike.

    Parameters
    ----------
    letters
        All circulars of the instance, in the order listed.
    replacing
        What replaces what.
    problems
        Entries that contradict each other are added.
    """

    def __init__(self, letters: Sequence[Letter], replacing: Replacing, problems: Problems) -> None:
        self.told: list[tuple[str, Said]] = []
        self._first: dict[str, str] = {}
        self._days: dict[str, set[dt.date]] = {}
        self._horizon = [day for letter in letters[:1] for day in date_range(letter.horizon.start, letter.horizon.end)]
        self._pairs = [(a, b) for a, b in combinations(letters, 2) if a.circular.origin == b.circular.origin and _in_use(a) and _in_use(b)]
        for earlier, later in self._pairs:
            self._join(earlier, later, replacing)
            self._overlap(earlier, later, problems)

    def _join(self, earlier: Letter, later: Letter, replacing: Replacing) -> None:
        for mine, other in _alike(earlier, later):
            first = self._first.get(mine, mine)
            if self._first.setdefault(other, first) == first:
                days = self._days.setdefault(first, set())
                days.update(*(replacing.days(letter, id_) for id_, letter in ((mine, earlier), (other, later))))

    def _overlap(self, earlier: Letter, later: Letter, problems: Problems) -> None:
        """Two entries on the same days, neither in the place of the other."""
        first, last = max(earlier.first, later.first), min(earlier.last, later.last)
        name, other = later.resolved.name, earlier.resolved.name
        if last < first or other in later.replaces or name in earlier.replaces:
            return
        alike = {id_ for _, id_ in _alike(earlier, later)}
        tails = {_tail(goal["id"]) for goal in earlier.resolved.goals}
        apart = [_tail(goal["id"]) for goal in later.resolved.goals if goal["id"] not in alike and _tail(goal["id"]) in tails]
        if apart:
            said = _APART(name=name, other=other, first=first, last=last, goals=apart)
            problems.add(later.entry, said, _END_IT(name=name, other=other))
        else:
            self.told.append((name, _BOTH(name=name, other=other, first=first, last=last)))

    def check_accounts(self, goals: Sequence[Statement], problems: Problems) -> None:
        """Entries of one letter keep one account together, which needs the same goal in both."""
        kept = {goal.id: account for goal in goals if (account := goal.keeps()) is not None}
        for earlier, later in self._pairs:
            name, other = later.resolved.name, earlier.resolved.name
            here = {kept[id_] for id_ in kept if id_.startswith(f"{name}/")}
            if here & {kept[id_] for id_ in kept if id_.startswith(f"{other}/")}:
                problems.add(later.entry, _TWO_ACCOUNTS(name=name, other=other), _CHOOSE_ALIKE())

    def said_before(self, id_: str) -> bool:
        """Whether an earlier entry says the same, so that this one is not needed."""
        return self._first.get(id_, id_) != id_

    def shared(self, id_: str) -> bool:
        """Whether later entries say the same."""
        return id_ in self._days

    def over_all_days(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A shared statement's data over the days of all entries."""
        runs = list(_runs(sorted(self._days[str(data["id"])])))
        if runs == [(self._horizon[0], self._horizon[-1])]:
            return dict(data)
        spans = [{"from": first, "to": last} for first, last in runs]
        if len(spans) == 1:
            return {**data, "in_force": spans[0]}
        days = dict(data.get("days") or {})
        before = days.get("except", [])
        others = {"except": {"dates": spans}}
        return {**data, "days": {**days, "except": [*(before if isinstance(before, (list, tuple)) else [before]), others]}}

    def referring(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A statement's data, with the ids that it names as they are known."""
        named = {name: [self._first.get(id_, id_) for id_ in data[name]] for name in reference_fields() if isinstance(data.get(name), list)}
        return {**data, **named}


def _alike(earlier: Letter, later: Letter) -> Iterator[tuple[str, str]]:
    """Ids of statements that two entries have alike: of all goals, and of rules that name no other rule."""
    for mine, others in ((earlier.resolved.rules, later.resolved.rules), (earlier.resolved.goals, later.resolved.goals)):
        by_tail = {_tail(data["id"]): data for data in mine}
        for data in others:
            same = by_tail.get(_tail(data["id"]))
            if same is not None and {**same, "id": ""} == {**data, "id": ""} and not any(data.get(name) for name in reference_fields()):
                yield str(same["id"]), str(data["id"])


def _tail(id_: str) -> str:
    return id_.split("/", 1)[1]


def _in_use(letter: Letter) -> bool:
    return letter.first <= letter.last


def _runs(days: Sequence[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last of days that follow each other."""
    for _, run in groupby(enumerate(days), lambda each: each[1].toordinal() - each[0]):
        found = [day for _, day in run]
        yield found[0], found[-1]
