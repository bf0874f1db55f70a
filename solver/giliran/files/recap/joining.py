"""Plans of one agency made one: weeks behind each other, units beside each other, the newer of two plans of the same day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import Place
from giliran.files.recap.books import BookLimit, BookPerson, PlanBook, agency_key
from giliran.messages import Sentence, plain
from giliran.reports.recap.model import Note

_NONE_HERE = Sentence(
    en="this plan is about {first} to {last}, and says nothing of {month}",
    id="jadwal ini tentang {first} sampai {last}, tidak memuat {month}",
)
_EMPTY = Sentence(en="this plan holds no day", id="jadwal ini tidak memuat satu hari pun")
_SAME = Sentence(
    en="the same as in {other} for {days} {days:day|days} of {agency}, counted once",
    id="sama dengan {other} untuk {days} hari {agency}, dihitung satu kali",
)
_REPLACED = Sentence(
    en="replaced by plan {version} in {other} for {days} {days:day|days} of {agency}",
    id="digantikan jadwal ke-{version} dalam {other} untuk {days} hari {agency}",
)
_CONFLICT = Sentence(
    en="two plans of {agency} disagree and neither says that it is the newer one: {count} {count:place|places} on {days} {days:day|days}, "
    "counted in neither; the other is {other}",
    id="dua jadwal {agency} bertentangan dan tidak ada yang menyatakan diri lebih baru: {count} tempat pada {days} hari, tidak dihitung; "
    "yang lain {other}",
)
_BOTH = Sentence(
    en="planned by {agency} and by {other} on the same days ({days}): {people}; they count in both",
    id="dijadwalkan oleh {agency} dan {other} pada hari yang sama ({days} hari): {people}; dihitung di keduanya",
)
_MORE = Sentence(en="{count} more", id="{count} lainnya")
_MOST_NAMED = 5
NOBODY = -1
"""Stands for no plan."""

Places = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class AgencyPlan:
    """The plan of an agency for a month.

    Parameters
    ----------
    name
        As its first workbook writes it.
    people
        Everybody of it.
    place, source
        Where they are, and number of the workbook that says so : int8[E, D] and int16[E, D], `NOBODY` for none.
    reason
        Why somebody is absent, by person and day.
    books
        The workbooks, each with the row of `people` of each of its people : int64[·], `NOBODY` for those of other agencies.
    """

    name: str
    people: tuple[BookPerson, ...]
    place: Places
    source: NDArray[np.int16]
    reason: Mapping[tuple[int, int], str]
    books: tuple[tuple[PlanBook, NDArray[np.int64]], ...]

    def limits(self, dates: Sequence[dt.date]) -> Iterator[tuple[BookLimit, int, NDArray[np.int64]]]:
        """Limits of the month that still stand, with the day and the people whom they count : int64[·]."""
        days = {day: d for d, day in enumerate(dates)}
        for number, (book, rows) in enumerate(self.books):
            for limit in book.limits:
                d = days.get(limit.day)
                people = rows[list(limit.people)] if limit.people else rows[rows != NOBODY]
                if d is None or not len(people) or people[0] == NOBODY:
                    continue
                inside = people[people != NOBODY]
                if limit.people and (self.source[inside, d] != number).any():
                    continue  # a newer plan, or another one that says otherwise, has some of them
                if limit.people or (self.source[inside, d] == number).any():
                    yield limit, d, people if limit.people else people[:0]


def join(books: Sequence[PlanBook], dates: Sequence[dt.date]) -> tuple[list[AgencyPlan], list[Note]]:
    """The agencies of some workbooks, in the order in which they come, and what must be told."""
    used, notes = [], []
    for book in books:
        if {*book.dates} & {*dates}:
            used.append(book)
        else:
            said = _NONE_HERE(first=book.dates[0], last=book.dates[-1], month=plain(f"{dates[0]:%Y-%m}")) if book.dates else _EMPTY()
            notes.append(Note(str(book.path), said))
    of_agency: dict[str, list[PlanBook]] = defaultdict(list)
    for book in used:
        for agency in dict.fromkeys(agency_key(person.agency) for person in book.people):
            of_agency[agency].append(book)
    plans = []
    for key, own in of_agency.items():
        plan, told = _joined(key, own, dates)
        plans.append(plan)
        notes += told
    return plans, [*notes, *_in_both(plans)]


def _joined(agency: str, books: Sequence[PlanBook], dates: Sequence[dt.date]) -> tuple[AgencyPlan, list[Note]]:
    people: dict[str, BookPerson] = {}
    for book in books:
        people |= {person.key: person for person in book.people if agency_key(person.agency) == agency}
    index = {key: e for e, key in enumerate(people)}
    rows = [np.array([index[p.key] if agency_key(p.agency) == agency else NOBODY for p in book.people], dtype=np.int64) for book in books]
    found = [_in_month(book, row, (len(people), len(dates)), dates) for book, row in zip(books, rows, strict=True)]
    stack = np.stack([place for place, _ in found])
    place, source = _laid(stack, np.array([book.version for book in books], dtype=np.int64))
    reason = {cell: text for number, (_, why) in enumerate(found) for cell, text in why.items() if source[cell] == number}
    name = next(iter(people.values())).agency
    plan = AgencyPlan(name, tuple(people.values()), place, source, reason, tuple(zip(books, rows, strict=True)))
    return plan, [*_disagreements(name, books, stack)]


def _laid(stack: Places, version: NDArray[np.int64]) -> tuple[Places, NDArray[np.int16]]:
    """Of plans above each other : int8[B, E, D] those with the highest number, as far as they agree, and which of them says it."""
    number = np.where(stack != Place.NONE, version[:, None, None], 0)
    newest = (number == number.max(axis=0)) & (stack != Place.NONE)
    source = np.where(newest.any(axis=0), newest.argmax(axis=0), NOBODY).astype(np.int16)
    place = np.take_along_axis(stack, np.maximum(source, 0)[None].astype(np.int64), axis=0)[0]
    wrong = (newest & (stack != place)).any(axis=0)
    return np.where(wrong, np.int8(Place.NONE), place).astype(np.int8), np.where(wrong, np.int16(NOBODY), source).astype(np.int16)


def _disagreements(name: str, books: Sequence[PlanBook], stack: Places) -> Iterator[Note]:
    """What must be told of every two plans that speak of the same days of the same people."""
    agency = plain(name)
    for k, book in enumerate(books):
        for j, other in enumerate(books[:k]):
            both = (stack[k] != Place.NONE) & (stack[j] != Place.NONE)
            if not both.any():
                continue
            differ = both & (stack[k] != stack[j])
            days = int((both if book.version != other.version or not differ.any() else differ).any(axis=0).sum())
            if book.version != other.version:
                newer, older = (book, other) if book.version > other.version else (other, book)
                said = _REPLACED(version=newer.version, other=str(newer.path), days=days, agency=agency)
                yield Note(str(older.path), said, grave=False)
            elif differ.any():
                yield Note(str(book.path), _CONFLICT(agency=agency, count=int(differ.sum()), days=days, other=str(other.path)))
            else:
                yield Note(str(book.path), _SAME(other=str(other.path), days=days, agency=agency), grave=False)


def _in_month(
    book: PlanBook, row: NDArray[np.int64], shape: tuple[int, ...], dates: Sequence[dt.date]
) -> tuple[Places, dict[tuple[int, int], str]]:
    """Places of a workbook as cells of the agency and the month, and reasons."""
    days = {day: d for d, day in enumerate(dates)}
    columns = [(k, days[day]) for k, day in enumerate(book.dates) if day in days]
    theirs, ours = np.array(columns, dtype=np.int64).reshape(-1, 2).T
    known = np.flatnonzero(row != NOBODY)
    found = np.zeros(shape, dtype=np.int8)
    if len(known) and columns:
        found[np.ix_(row[known], ours)] = book.place[np.ix_(known, theirs)]
    of = dict(columns)
    return found, {(int(row[e]), of[k]): text for (e, k), text in book.reason.items() if row[e] != NOBODY and k in of}


def _in_both(plans: Sequence[AgencyPlan]) -> Iterator[Note]:
    """People by NIP whom two agencies plan on the same day."""
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for k, plan in enumerate(plans):
        for e, person in enumerate(plan.people):
            if person.nip:
                where[person.nip].append((k, e))
    found: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for (k, e), *others in where.values():
        for j, other in others:
            days = int(((plans[k].place[e] != Place.NONE) & (plans[j].place[other] != Place.NONE)).sum())
            if days:
                found[k, j].append((plans[k].people[e].name or plans[k].people[e].id, days))
    for (k, j), people in found.items():
        names = [plain(name) for name, _ in people[:_MOST_NAMED]]
        told = names if len(people) <= _MOST_NAMED else [*names, _MORE(count=len(people) - _MOST_NAMED)]
        said = _BOTH(agency=plain(plans[k].name), other=plain(plans[j].name), days=max(days for _, days in people), people=told)
        yield Note("", said)
