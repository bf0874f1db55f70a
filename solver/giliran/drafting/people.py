"""Rows of the staff table from the people of a list, and everything about them that was guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from giliran.books import Guess
from giliran.books.columns import heading
from giliran.domain.words import NON_ASN, Kind, canonical, parse_answer, rank_of_echelon, simple
from giliran.drafting import reasons
from giliran.drafting.proposals import kept, kept_word, mark_word, remark_tags, remark_word, staff_tags, staff_word
from giliran.instance.days import parse_days, parse_workdays
from giliran.lists.leaving import leaves_on, remark_of
from giliran.lists.positions import Read, given_rank, is_asn, read_position
from giliran.lists.rows import Listed
from giliran.lists.units import LEVELS
from giliran.messages import Said, plain
from giliran.text import TextError, parse_date

STAFF = "staff"
"""The section."""

COLUMNS = ("nip", "id", "name", "unit", "position", "grade", "rank", "status", "function", "head", "tags")
"""Columns that a planner wants to see, in this order, and then whatever else the list has."""

_READERS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("hired", "left"), parse_date),
    **dict.fromkeys(("home_only", "office_only"), parse_days),
    "workdays": parse_workdays,
    "head": parse_answer,
}
"""Columns whose cells the instance refuses where they cannot be read; a list may mean something else by their headings."""
_ELSEWHERE = ("calendar", "also")
"""Columns that name what no list declares."""

_PPPK = "21"
"""What stands in an NI PPPK where an NIP has the month of the first appointment."""
_READ = (*LEVELS, "unit", "echelon", "rank", "tags")
"""Columns of the list that make other ones here."""
_PPPK_GRADE = re.compile(r"[IVX]+")


@dataclass(frozen=True)
class Told:
    """What was answered about the people of a list.

    Parameters
    ----------
    first
        First day of the plan.
    with_heads
        Whether coordinators stay with the heads.
    ranks
        Ranks of positions that custom or the class of the agency decides, by the phrase that they begin with.
    tags
        By tag the ids of the people who have it.
    lone
        Ids of people who would be the only ones with any of these marks in their agency, and so in the office every day.
    doubts
        What is doubtful about somebody's mark, by mark.
    filled
        Marks of people whose agency is that of the row above.
    keeps
        How guards, cleaners and drivers stay in the office: by their function, or by `office_only`; empty for not at all.
    marks
        Marks of staff who work in full by the letter.
    """

    first: dt.date
    with_heads: bool = False
    ranks: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lone: Collection[str] = ()
    keeps: str = ""
    marks: Sequence[str] = ()
    doubts: Mapping[str, Said] = field(default_factory=dict)
    filled: Collection[str] = ()


@dataclass(frozen=True)
class DraftedStaff:
    """People as rows of the section, what was guessed, and per row what stands in columns that nobody knows."""

    rows: tuple[dict[str, str], ...]
    guesses: tuple[Guess, ...]
    notes: tuple[Mapping[str, str], ...]


def drafted_staff(people: Sequence[Listed], units: Sequence[str], told: Told) -> DraftedStaff:
    """The staff table.

    Parameters
    ----------
    people
        Of the list.
    units
        The unit of each.
    told
        What was answered about them.
    """
    numbered = any(person.cells.get("nip") for person in people)
    own_ids = any(_has_own_id(person) for person in people)
    rows, guesses, notes = [], [], []
    makers = [_Maker(person, unit, told, numbered=numbered) for person, unit in zip(people, units, strict=True)]
    made = [maker.row() for maker in makers]
    led = {row["unit"] for row, maker in zip(made, makers, strict=True) if row.get("head") and not maker.leads_part}
    for k, (person, row, maker) in enumerate(zip(people, made, makers, strict=True)):
        if maker.leads_part and row["unit"] in led:
            row.pop("head", None)
        if not own_ids:
            row["nip"] = row.pop("id")
        rows.append(_ordered(row))
        guesses += [Guess(STAFF, k, "nip" if column == "id" and not own_ids else column, why) for column, why in maker.guesses.items()]
        notes.append({**person.notes, **maker.notes})
    return DraftedStaff(tuple(rows), tuple(guesses), tuple(notes))


def asked_of(person: Listed) -> Read | None:
    """What the position of somebody without a rank tells where somebody should be asked about it; None where not."""
    read = None if given_rank(person.cells) else _read(person, numbered=True)
    return read if read is not None and read.ask is not None else None


def stays(person: Listed) -> str | None:
    """The word for which somebody who is no civil servant is likely kept in the office; None for nobody."""
    status = person.cells.get("status", "")
    servant = is_asn(status, person.cells.get("nip", ""))
    return None if servant else kept_word(person.cells.get("position", ""))


def _has_own_id(person: Listed) -> bool:
    nip = person.cells.get("nip")
    return bool(nip) and person.cells["id"] != nip


def _is_made(mark: str, person: Listed) -> bool:
    """Whether a mark was made of the name, and does not stand in the list."""
    made = simple(re.split(r"[,(]", person.cells.get("name", ""))[0]).replace("_", "-")
    return mark.startswith((made, "baris-"))


def _ordered(row: Mapping[str, str]) -> dict[str, str]:
    known = [name for name in COLUMNS if name in row]
    return {name: row[name] for name in (*known, *(name for name in row if name not in known)) if row[name]}


def _read(person: Listed, *, numbered: bool) -> Read | None:
    """What the position of a civil servant tells; of everybody who has no status where the list has no NIP at all."""
    position, status = person.cells.get("position", ""), person.cells.get("status", "")
    servant = is_asn(status, person.cells.get("nip", "")) or (not numbered and not status)
    return read_position(position) if position and servant else None


class _Maker:
    """Makes the row of one person, and notes what it guesses."""

    def __init__(self, person: Listed, unit: str, told: Told, *, numbered: bool) -> None:
        self._person, self._unit, self._told, self._numbered = person, unit, told, numbered
        self.guesses: dict[str, Said] = {}
        self.notes: dict[str, str] = {}
        self.leads_part = False

    def row(self) -> dict[str, str]:
        """The row."""
        cells = {name: text for name, text in self._person.cells.items() if name not in _READ and self._readable(name, text)}
        cells |= {"unit": self._unit, "status": self._status(), "rank": self._rank(), "tags": ";".join(self._tags())}
        self._mark()
        self._place()
        cells |= self._headship() | self._gone() | self._kept()
        return self._in_order(cells)

    def _in_order(self, cells: dict[str, str]) -> dict[str, str]:
        """The row without a first day that comes after the last, which becomes a note."""
        first, last = cells.get("hired", ""), cells.get("left", "")
        if not first or not last or parse_date(last) >= parse_date(first):
            return cells
        self.guesses["hired"] = reasons.UNREAD(text=plain(first))
        self.notes[heading("hired", "id")] = first
        return {name: text for name, text in cells.items() if name != "hired"}

    def _readable(self, name: str, text: str) -> bool:
        """Whether a cell may stand where its heading says; it becomes a note where not."""
        try:
            if name not in _ELSEWHERE:
                _READERS.get(name, str)(text)
                return True
        except TextError:
            self.guesses[name] = reasons.UNREAD(text=plain(text))
        self.notes[heading(name, "id")] = text
        return False

    def _mark(self) -> None:
        mark = self._person.cells["id"]
        if mark in self._told.doubts:
            self.guesses["id"] = self._told.doubts[mark]
        elif not self._person.cells.get("nip") and _is_made(mark, self._person):
            self.guesses["id"] = reasons.MARK()

    def _place(self) -> None:
        if self._person.down or self._person.cells["id"] in self._told.filled:
            self.guesses["unit"] = reasons.DOWN()
        elif not self._person.groups and not self._person.cells.keys() & {"unit", *LEVELS}:
            self.guesses["unit"] = reasons.NO_UNIT()
        elif self._person.status and not self._person.cells.keys() & {"unit", *LEVELS}:
            self.guesses["unit"] = reasons.ABOVE(status=plain(self._person.status))

    def _status(self) -> str:
        person = self._person
        text, nip, grade = (person.cells.get(name, "") for name in ("status", "nip", "grade"))
        if text:
            if person.status and person.status == text:
                self.guesses["status"] = reasons.FROM_HEADING(status=plain(text))
            return text
        if len(nip) == 18 and nip.isdigit():
            by_grade = _PPPK_GRADE.fullmatch(grade.strip()) is not None
            self.guesses["status"] = reasons.FROM_GRADE(grade=plain(grade)) if by_grade and nip[12:14] != _PPPK else reasons.FROM_NIP()
            return "PPPK" if by_grade or nip[12:14] == _PPPK else "PNS"
        if len(nip) == 9 and nip.isdigit():
            self.guesses["status"] = reasons.FROM_NIP()
            return "PNS"
        if self._numbered:
            self.guesses["status"] = reasons.FROM_NIP() if nip.isdigit() and len(nip) == 16 else reasons.WITHOUT_NIP()
            return NON_ASN
        return ""

    def _rank(self) -> str:
        cells = self._person.cells
        read = _read(self._person, numbered=self._numbered)
        given = given_rank(cells)
        if given:
            return rank_of_echelon(given) if cells.get("echelon") else canonical(Kind.RANK, given)
        if read is None:
            return ""
        if read.tag and read.ask is not None:
            self.guesses["tags"] = reasons.ASK(phrase=plain(read.phrase), why=read.ask)
            if self._told.with_heads:
                self.guesses["rank"] = reasons.WITH_HEADS(phrase=plain(read.phrase))
                return "pengawas"
        if read.ask is not None and self._told.ranks.get(read.phrase, read.rank) != read.rank:
            self.guesses["rank"] = reasons.ANSWERED(phrase=plain(read.phrase))
            return self._told.ranks[read.phrase]
        if not read.phrase:
            self.guesses["rank"] = reasons.NO_RANK()
        else:
            phrase = plain(read.phrase)
            self.guesses.setdefault("rank", reasons.RANK(phrase=phrase) if read.ask is None else reasons.ASK(phrase=phrase, why=read.ask))
        return read.rank

    def _tags(self) -> Iterator[str]:
        cells = self._person.cells
        given = [tag.strip() for tag in re.split(r"[;,|]", cells.get("tags", "")) if tag.strip()]
        yield from given
        read = _read(self._person, numbered=self._numbered)
        if read is not None and read.tag and read.tag not in given:
            yield read.tag
        for tag, ids in self._told.tags.items():
            word = staff_word(tag, cells.get("position", "")) if tag in staff_tags() else None
            noted = remark_word(tag, self._person.notes) if tag in remark_tags() else None
            if cells["id"] in ids and tag not in given:
                if noted is not None:
                    self.guesses.setdefault("tags", reasons.NOTED(remark=plain(noted)))
                if word is not None:
                    self.guesses.setdefault("tags", reasons.TAG(word=plain(word)))
                yield tag
            elif cells["id"] in self._told.lone and word is not None:
                self.guesses.setdefault("tags", reasons.LONE(tag=plain(tag)))
        yield from self._full(given)

    def _full(self, given: Collection[str]) -> Iterator[str]:
        """Marks by which the letter keeps whoever holds such a position in the office."""
        cells = self._person.cells
        servant = is_asn(cells.get("status", ""), cells.get("nip", ""))
        for mark in self._told.marks:
            word = mark_word(mark, cells.get("position", ""), servant=servant)
            if word is not None and mark not in given:
                self.guesses.setdefault("tags", reasons.MARKED(word=plain(word), mark=plain(mark)))
                yield mark

    def _headship(self) -> dict[str, str]:
        read = _read(self._person, numbered=self._numbered)
        if self._person.acting:
            self.guesses["head"] = reasons.ACTING(posts=[plain(post) for post in self._person.acting])
        if read is None or not read.head or ("head" in self._person.cells and "head" not in self.guesses):
            return {}
        self.leads_part = read.part and not self._person.acting
        return {"head": "ya"}

    def _gone(self) -> dict[str, str]:
        remark = remark_of(self._person)
        if remark is None or (self._person.cells.get("left") and "left" not in self.guesses):
            return {}
        last = leaves_on(remark)
        if last is not None and last >= self._told.first:
            self.guesses["left"] = reasons.LEAVES(remark=plain(remark))
            return {"left": last.isoformat()}
        self.guesses["left"] = reasons.GONE(remark=plain(remark))
        return {"left": (self._told.first - dt.timedelta(days=1)).isoformat()}

    def _kept(self) -> dict[str, str]:
        word = stays(self._person)
        if word is None or not self._told.keeps or self._told.keeps in self._person.cells:
            return {}
        self.guesses[self._told.keeps] = reasons.KEPT(word=plain(word))
        return {self._told.keeps: kept().function if self._told.keeps == "function" else "ya"}
