"""Periods in a ledger: which are closed already, and what takes one back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from giliran.domain.facts import Staff
from giliran.errors import Problem, Where
from giliran.files.ledger import LedgerFile
from giliran.instance.ledger import DEFAULT_ACCOUNT, LedgerEntry, LedgerKey
from giliran.messages import Said, Sentence, Whole, meant, plain
from giliran.text import period_days
from giliran.text.files import is_file, not_there
from giliran.text.trying import refuse_all

_NO_ACCOUNTS = Sentence(
    en="the ledger has no column account, so it cannot tell {account} from days in the office",
    id="buku giliran tidak memuat kolom account, jadi {account} tidak dapat dibedakan dari hari WFO",
)
_ADD_COLUMN = Sentence(
    en="Add a column account; rows that leave it empty are about days in the office.",
    id="Tambahkan kolom account; baris yang mengosongkannya berarti hari WFO.",
)
_CLOSED = Sentence(
    en="{period} is closed already: {person} stands in account {account} on line {line}, for {known}",
    id="{period} sudah ditutup: {person} sudah tercatat dalam akun {account} pada baris {line}, untuk {known}",
)
_TAKE_BACK = Sentence(
    en="To close it anew, take the old rows back with --undo {period}.",
    id="Untuk menutupnya kembali, batalkan dulu dengan --undo {period}.",
)
_NOT_THERE = Sentence(
    en="the ledger has no rows for {period} that still stand", id="buku giliran tidak memuat baris yang masih berlaku untuk {period}"
)
_KNOWN = Sentence(en="It has rows for {periods}.", id="Yang ada: {periods}.")
_OTHERS = Sentence(
    en="nobody in this ledger (people {count}) is in the staff table, so it belongs to another agency",
    id="tidak satu pun dari {count} pegawai dalam buku giliran ini ada dalam tabel pegawai, jadi ini buku giliran instansi lain",
)

_MOST_SHOWN = 8


def reversing(ledger: LedgerFile, period: str, staff: Staff | None = None) -> tuple[LedgerEntry, ...]:
    """Rows that take back all that still stands of a period, or what stands there of some people.

    Raises
    ------
    InputError
        If nothing of it stands, or there is no ledger.
    """
    if not is_file(ledger.path):
        raise not_there(ledger.path)
    days = period_days(period)
    rows = [entry for entry in _standing(ledger) if staff is None or entry.key.staff_id in staff.index]
    found = [entry for entry in rows if _is_named(entry.key.period, period, days)]
    if not found:
        refuse_all([Problem(Where(str(ledger.path)), _NOT_THERE(period=period), _periods(rows, period))])
    return tuple(
        LedgerEntry(
            entry.key,
            None if entry.burden is None else -entry.burden,
            None if entry.share is None else -entry.share,
            -entry.balance,
            entry.last_called,
            entry.unit,
        )
        for entry in found
    )


def left_standing(ledger: LedgerFile, period: str, staff: Staff) -> int:
    """Rows of a period about people who are not in a staff table, which others closed in the same ledger."""
    days = period_days(period)
    return sum(_is_named(entry.key.period, period, days) and entry.key.staff_id not in staff.index for entry in _standing(ledger))


def _standing(ledger: LedgerFile) -> list[LedgerEntry]:
    return [ledger.entries[row] for row in ledger.standing]


def _is_named(known: str, period: str, days: object) -> bool:
    """Whether two names mean one period, however they are written."""
    return known == period or (days is not None and period_days(known) == days)


def _periods(rows: Sequence[LedgerEntry], period: str) -> Said | None:
    known = sorted({entry.key.period for entry in rows} - {""})
    near = meant(period, known)
    if near is not None or not known:
        return near
    return _KNOWN(periods=Whole(", ".join(known[-_MOST_SHOWN:])))


def check_rows(ledger: LedgerFile, entries: Sequence[LedgerEntry], taken_back: Iterable[LedgerKey], staff: Staff) -> None:
    """See that rows can be appended.

    Raises
    ------
    InputError
        If the ledger is that of other people, cannot tell accounts apart, or has the days of somebody in an account already.
    """
    refuse_all([*_of_others(ledger, staff), *_untold(ledger, entries)])
    refuse_all(_closed(ledger, entries, frozenset(taken_back), staff))


def _of_others(ledger: LedgerFile, staff: Staff) -> Iterator[Problem]:
    people = {entry.key.staff_id for entry in ledger.entries} - {""}
    if people and people.isdisjoint(staff.index):
        yield Problem(Where(str(ledger.path)), _OTHERS(count=len(people)))


def _untold(ledger: LedgerFile, entries: Sequence[LedgerEntry]) -> Iterator[Problem]:
    others = sorted({entry.key.account for entry in entries} - {DEFAULT_ACCOUNT})
    if others and "account" not in ledger.columns:
        yield Problem(Where(str(ledger.path), 1), _NO_ACCOUNTS(account=others[0]), _ADD_COLUMN())


def _closed(ledger: LedgerFile, entries: Sequence[LedgerEntry], taken_back: frozenset[LedgerKey], staff: Staff) -> Iterator[Problem]:
    """The first row that is about some of the same days."""
    wanted = {(entry.key.staff_id, entry.key.account): entry.key.period for entry in entries}
    spans = {name: period_days(name) for name in {*wanted.values(), *(entry.key.period for entry in ledger.entries)}}
    for row in ledger.standing:
        key = ledger.entries[row].key
        period = wanted.get((key.staff_id, key.account))
        if period is None or key in taken_back:
            continue
        ours, theirs = spans[period], spans[key.period]
        if key.period == period or (ours and theirs and ours[0] <= theirs[1] and theirs[0] <= ours[1]):
            person = plain(staff.label(staff.index[key.staff_id]))
            said = _CLOSED(period=period, person=person, account=key.account, line=str(ledger.lines[row]), known=key.period)
            yield Problem(Where(str(ledger.path), ledger.lines[row]), said, _TAKE_BACK(period=key.period))
            return
