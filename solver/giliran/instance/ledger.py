"""The ledger: what everybody gave and was asked in earlier periods, and what of it still stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import THOUSANDTHS, Account, Staff
from giliran.domain.units import Units
from giliran.errors import Problem, Problems
from giliran.instance.reading import Rows
from giliran.instance.rows import LedgerRow
from giliran.messages import Said, Sentence, plain
from giliran.text import Table, TextError, parse_date, parse_decimal_thousandths, period_days
from giliran.text.cells import without_mark

MOST_DAYS = 100_000
"""Most days in a cell of the ledger."""

DEFAULT_ACCOUNT = "office"
"""Account of ledger rows that name none."""

_GONE = Sentence(
    en="rows of the ledger about people who are not in the staff table, left out: {count}",
    id="baris buku giliran tentang pegawai yang tidak ada dalam tabel pegawai, dilewati: {count}",
)
_NOBODY = Sentence(
    en="nobody in this ledger (people {count}) is in the staff table, so it seems to be that of another agency: everybody begins with 0",
    id="tidak satu pun dari {count} pegawai dalam buku giliran ini ada dalam tabel pegawai, jadi tampaknya milik instansi lain: saldo "
    "semua pegawai mulai dari 0",
)
_STRANGE_UNITS = Sentence(
    en="no unit in this ledger ({units}) is one of the instance, so it may be that of another agency with the same ids",
    id="tidak satu pun unit kerja dalam buku giliran ini ({units}) ada dalam berkas masukan, jadi mungkin milik instansi lain dengan id "
    "yang sama",
)
_NO_SUMS = Sentence(
    en="Write whose row it is; delete rows that add up others.", id="Tulis milik siapa barisnya; hapus baris yang menjumlahkan baris lain."
)
_NO_PERIOD = Sentence(
    en="ledger rows whose period is no day, week or month, such as '{text}': {count}; their balances count all the same, but "
    "nobody can tell which days they are about; write 2021-07-12, 2021-W28 or 2021-07",
    id="baris buku giliran yang periodenya bukan periode, misalnya '{text}': {count}; saldonya tetap dihitung, tetapi tidak jelas hari "
    "mana yang dimaksud; tulis hari, minggu atau bulan seperti 2021-07-12, 2021-W28 atau 2021-07",
)
_MOST_NAMED = 5
_SAME_PERIOD = Sentence(
    en="{person} stands twice in account {account}, period '{period}'",
    id="{person} tertulis dua kali dalam akun {account}, periode '{period}'",
)
_NEGATIVE = Sentence(
    en="a burden or share cannot be negative, except in a row that takes back another of the same person, account and period, number "
    "for number",
    id="giliran atau jatah tidak boleh negatif, kecuali pada baris yang membatalkan baris lain dengan pegawai, akun, periode, dan angka "
    "yang sama",
)
_TOO_MANY_DAYS = Sentence(en="'{text}' is more than {most} days", id="'{text}' lebih dari {most} hari")


class LedgerKey(NamedTuple):
    """What one row of the ledger is about."""

    staff_id: str
    account: str
    period: str


@dataclass(frozen=True)
class LedgerEntry:
    """A row of the ledger.

    Parameters
    ----------
    key
        Whose it is, in which account, and when.
    burden, share
        Days given and asked, in thousandths of a day; None where the row says neither.
    balance
        Days brought forward, in thousandths; counts where burden and share are None.
    last_called
        The last day that was asked.
    unit
        The person's unit of that time; empty where nobody wrote it down.
    """

    key: LedgerKey
    burden: int | None
    share: int | None
    balance: int = 0
    last_called: dt.date | None = None
    unit: str = ""

    @property
    def change(self) -> int:
        """What it adds to the balance, in thousandths of a day."""
        return self.balance if self.burden is None and self.share is None else (self.burden or 0) - (self.share or 0)

    @property
    def numbers(self) -> tuple[int, int, int]:
        """Burden, share and what is brought forward."""
        return (0, 0, self.balance) if self.burden is None and self.share is None else (self.burden or 0, self.share or 0, 0)

    @property
    def is_negative(self) -> bool:
        """Whether it says something that only a row that takes back another may say."""
        return (self.burden or 0) < 0 or (self.share or 0) < 0


def read_entries(rows: Rows) -> list[LedgerEntry]:
    """Every row of a ledger, whoever it is about."""
    nothing: int | None = None
    nowhere: dt.date | None = None
    columns = zip(
        rows.ids("staff_id", advice=_NO_SUMS()),
        map(without_mark, rows.text("account")),
        map(without_mark, rows.text("period")),
        rows.read("burden", _days, nothing),
        rows.read("share", _days, nothing),
        rows.read("balance", _days, 0),
        rows.read("last_called", parse_date, nowhere),
        map(without_mark, rows.text("unit")),
        strict=True,
    )
    return [
        LedgerEntry(LedgerKey(id_, account or DEFAULT_ACCOUNT, period), burden, share, balance, called, unit)
        for id_, account, period, burden, share, balance, called, unit in columns
    ]


def standing(entries: Sequence[LedgerEntry]) -> list[int]:
    """Rows that no other row takes back, ascending.

    One row takes back another of the same key that has the same numbers with the other sign, wherever the two stand.
    """
    times = Counter(entry.key for entry in entries)
    if len(times) == len(entries):
        return list(range(len(entries)))
    alone, shared = [], defaultdict(list)
    for row, entry in enumerate(entries):
        if times[entry.key] == 1:
            alone.append(row)
        else:
            shared[entry.key].append(row)
    return sorted([*alone, *(row for rows in shared.values() for row in _left(entries, rows))])


def _left(entries: Sequence[LedgerEntry], rows: Sequence[int]) -> Iterator[int]:
    """Rows of one key without the pairs that cancel each other."""
    open_: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in rows:
        numbers = entries[row].numbers
        burden, share, balance = numbers
        opposite = open_[-burden, -share, -balance]
        if opposite:
            opposite.pop()
        else:
            open_[numbers].append(row)
    for left in open_.values():
        yield from left


@dataclass(frozen=True)
class Counting:
    """Which rows of the ledger count.

    Parameters
    ----------
    year
        The year in which the period of a row must begin; None for any.
    units
        Unit of everybody now, by row of the staff table, where those of other units are past; None where they are not.
    """

    year: int | None = None
    units: Sequence[str] | None = None

    def __call__(self, people: Sequence[int], entries: Sequence[LedgerEntry]) -> list[bool]:
        """Whether each of some rows counts, whose people are known."""
        days = {name: period_days(name) for name in {entry.key.period for entry in entries}}
        spans = [days[entry.key.period] for entry in entries]
        current = [self.year is None or span is None or span[0].year == self.year for span in spans]
        if self.units is None:
            return current
        units = self.units
        away = [bool(entry.unit) and entry.unit != units[e] for e, entry in zip(people, entries, strict=True)]
        moved: dict[int, dt.date] = {}
        for e, span, elsewhere in zip(people, spans, away, strict=True):
            if elsewhere and span is not None:
                moved[e] = max(moved.get(e, span[1]), span[1])
        stays = (
            not elsewhere and (span is None or e not in moved or span[0] > moved[e])
            for e, span, elsewhere in zip(people, spans, away, strict=True)
        )
        return [now and here for now, here in zip(current, stays, strict=True)]


def strange_units(entries: Iterable[LedgerEntry], units: Units) -> Said | None:
    """What must be told about rows that name units, none of which there is; None where one is known, or none is named."""
    named = sorted({entry.unit for entry in entries} - {""})
    if not named or not set(units.ids).isdisjoint(named):
        return None
    shown = [plain(name) for name in named[:_MOST_NAMED]]
    return _STRANGE_UNITS(units=[*shown, *([plain("…")] if len(named) > _MOST_NAMED else [])])


class LedgerReader:
    """Adds up the accounts of the ledger for the people of a staff table; `notes` are what must be told."""

    def __init__(self, staff: Staff, units: Units, counting: Counting, problems: Problems) -> None:
        self._staff, self._units, self._counting, self._problems = staff, units, counting, problems
        self.notes: list[Said] = []

    def accounts(self, table: Table | None) -> dict[str, Account]:
        """Every account: the sum over periods of burden minus share asked.

        A row with neither burden nor share carries a `balance` that was brought forward.
        """
        rows = Rows(table, LedgerRow, self._problems, ("staff_id",))
        entries = read_entries(rows)
        self._tell(entries)
        names = sorted({entry.key.account for entry in entries})
        balance, last = ({name: _zeros(self._staff) for name in names} for _ in range(2))
        used: Counter[str] = Counter()
        for e, entry in self._counted(rows, entries):
            account = entry.key.account
            used[account] += 1
            balance[account][e] += entry.change
            last[account][e] = max(last[account][e], entry.last_called.toordinal() if entry.last_called else 0)
        return {name: Account(balance[name], last[name], used[name]) for name in names}

    def _counted(self, rows: Rows, entries: Sequence[LedgerEntry]) -> Iterator[tuple[int, LedgerEntry]]:
        """People, and rows of theirs that stand and count; rows that cannot stand are told."""
        index = self._staff.index
        known = [(row, e) for row in standing(entries) if (e := index.get(entries[row].key.staff_id, -1)) >= 0]
        seen: set[LedgerKey] = set()
        for row, e in known:
            entry = entries[row]
            if entry.is_negative:
                rows.each([row], lambda row: Problem(rows.where(row), _NEGATIVE()))
            if entry.key in seen:
                rows.each([row], partial(self._same_period, rows, e, entry.key))
            seen.add(entry.key)
        counts = self._counting([e for _, e in known], [entries[row] for row, _ in known])
        return ((e, entries[row]) for (row, e), is_counted in zip(known, counts, strict=True) if is_counted)

    def _tell(self, entries: Sequence[LedgerEntry]) -> None:
        """Rows about people who are gone, and periods that are none."""
        gone = sum(bool(entry.key.staff_id) and entry.key.staff_id not in self._staff.index for entry in entries)
        people = {entry.key.staff_id for entry in entries} - {""}
        if people and people.isdisjoint(self._staff.index):
            self.notes.append(_NOBODY(count=len(people)))
        elif gone:
            self.notes.append(_GONE(count=gone))
        said = strange_units(entries, self._units) if not people.isdisjoint(self._staff.index) else None
        self.notes += [said] if said else []
        times = Counter(entry.key.period for entry in entries)
        strange = {text: count for text, count in times.items() if text and period_days(text) is None}
        if strange:
            self.notes.append(_NO_PERIOD(text=min(strange), count=sum(strange.values())))

    def _same_period(self, rows: Rows, e: int, key: LedgerKey, row: int) -> Problem:
        said = _SAME_PERIOD(person=plain(self._staff.label(e)), account=key.account, period=key.period)
        return Problem(rows.where(row), said)


def _zeros(staff: Staff) -> NDArray[np.int64]:
    return np.zeros(len(staff), dtype=np.int64)


def _days(text: str) -> int:
    """Days in thousandths; raises `TextError`."""
    found = parse_decimal_thousandths(text)
    if abs(found) > MOST_DAYS * THOUSANDTHS:
        raise TextError(_TOO_MANY_DAYS(text=text, most=MOST_DAYS))
    return found
