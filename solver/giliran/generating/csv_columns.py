"""Columns of people, absences, wishes and the ledger as CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from giliran.domain.calendar import WEEKDAYS
from giliran.generating.away import REASONS, Absences, History, Weeks, Wishes
from giliran.generating.people import FUNCTION_WORDS, RANKS, STATUSES, Roster
from giliran.generating.shape import UnitRow

_NIP_DIGITS = 18
_GRADES = {
    "jpt_madya": "IV/e",
    "jpt_pratama": "IV/c",
    "administrator": "IV/a",
    "pengawas": "III/d",
    "fungsional": "III/b",
    "pelaksana": "II/c",
}
_PPPK_GRADE = "IX"
_HEAD_TITLES = {"sekretariat": "Sekretaris", "kecamatan": "Camat", "kelurahan": "Lurah"}
_HEAD_TITLES_BY_NAME = {
    "Sekretariat Daerah": "Sekretaris Daerah",
    "Inspektorat": "Inspektur",
    "RSUD": "Direktur",
    "Rumah Sakit": "Direktur",
}
_TITLES = {"fungsional": "Pejabat Fungsional", "pelaksana": "Pelaksana", "honorer": "Tenaga Honorer", "ptt": "Pegawai Tidak Tetap"}
_CONTRACT_TITLE = "Tenaga Kontrak"


def table(header: Sequence[str], columns: Sequence[Sequence[str]]) -> str:
    """A CSV text with one header line; all columns are equally long."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def unit_table(roster: Roster) -> str:
    """The units of a roster; columns that nobody needs are left out."""
    columns = {
        "id": [row.id for row in roster.units],
        "name": [row.name for row in roster.units],
        "level": [row.level for row in roster.units],
        "parent": [row.parent for row in roster.units],
        "sector": [row.sector for row in roster.units],
        "tags": [";".join(row.tags) for row in roster.units],
        "calendar": [row.calendar for row in roster.units],
    }
    return _without_empty(columns, always=("id", "name", "level", "parent"))


def staff_table(roster: Roster, *, details: bool = False, phones: bool = False) -> str:
    """The people of a roster.

    Parameters
    ----------
    roster
        Units and people.
    details
        Also NIP (all zeros in front, so that nobody takes it for a real one), position and grade.
    phones
        Also telephone numbers, as synthetic as the NIP.
    """
    unit_ids = [row.id for row in roster.units]
    columns = {
        "id": roster.ids(),
        "nip": _nips(roster) if details else [],
        "name": [f"Pegawai {id_.removeprefix('P-')}" for id_ in roster.ids()],
        "unit": [unit_ids[u] for u in roster.unit.tolist()],
        "position": _positions(roster) if details else [],
        "grade": _grades(roster) if details else [],
        "rank": _words(RANKS, roster.rank),
        "status": _words(STATUSES, roster.status),
        "function": _words(FUNCTION_WORDS, roster.function),
        "head": _words(("", "yes"), roster.head),
        "home_only": _words(("", "yes"), roster.home_only),
        "tags": _tags(roster),
        "phone": [f"{number:012d}" for number in roster.number.tolist()] if phones else [],
    }
    return _without_empty(columns, always=("id", "name", "unit"))


def absence_table(ids: Sequence[str], away: Absences, weeks: Weeks) -> str:
    """Runs of days away, in the order of the staff table."""
    days = _dates(weeks)
    columns = [
        [ids[e] for e in away.person.tolist()],
        [days[w][d] for w, d in zip(away.week.tolist(), away.first.tolist(), strict=True)],
        [days[w][d] for w, d in zip(away.week.tolist(), away.last.tolist(), strict=True)],
        _words(REASONS, away.reason),
    ]
    return table(("staff_id", "from", "to", "reason"), columns)


def wish_table(ids: Sequence[str], wished: Wishes, weeks: Weeks) -> str:
    """Wishes for a date or for a weekday, in the order of the staff table."""
    days = [dict(zip([day.weekday() for day in week], dates, strict=True)) for week, dates in zip(weeks, _dates(weeks), strict=True)]
    spots = list(zip(wished.week.tolist(), wished.weekday.tolist(), strict=True))
    columns = [
        [ids[e] for e in wished.person.tolist()],
        [days[w].get(weekday, "") if w >= 0 else "" for w, weekday in spots],
        [WEEKDAYS[weekday] if w < 0 or weekday not in days[w] else "" for w, weekday in spots],
        _words(("home", "office"), wished.office),
        [str(weight) for weight in wished.weight.tolist()],
    ]
    return table(("staff_id", "date", "weekday", "place", "weight"), columns)


def ledger_table(ids: Sequence[str], past: History, period: str) -> str:
    """What everybody did in one past period, and what would have been fair."""
    columns = [
        list(ids),
        ["office"] * len(ids),
        [period] * len(ids),
        [str(days) for days in past.burden.tolist()],
        [f"{share // 1000}.{share % 1000:03d}" for share in past.share.tolist()],
    ]
    return table(("staff_id", "account", "period", "burden", "share"), columns)


def _dates(weeks: Weeks) -> list[list[str]]:
    return [[day.isoformat() for day in week] for week in weeks]


def _words(words: Sequence[str], codes: npt.NDArray[np.generic]) -> list[str]:
    return [words[code] for code in codes.astype(np.int64).tolist()]


def _without_empty(columns: dict[str, list[str]], always: Iterable[str]) -> str:
    used = {name: column for name, column in columns.items() if name in always or any(column)}
    return table(list(used), list(used.values()))


def _tags(roster: Roster) -> list[str]:
    words = [""] * len(roster)
    for tag in sorted(roster.tags):
        for e in np.flatnonzero(roster.tags[tag]).tolist():
            words[e] = f"{words[e]};{tag}" if words[e] else tag
    return words


def _nips(roster: Roster) -> list[str]:
    civil = np.isin(roster.status, [STATUSES.index("pns"), STATUSES.index("pppk")])
    return [f"{number:0{_NIP_DIGITS}d}" if has else "" for number, has in zip(roster.number.tolist(), civil.tolist(), strict=True)]


def _positions(roster: Roster) -> list[str]:
    ranks, statuses = _words(RANKS, roster.rank), _words(STATUSES, roster.status)
    titles = [_TITLES.get(rank or status, _CONTRACT_TITLE) for rank, status in zip(ranks, statuses, strict=True)]
    for e in np.flatnonzero(roster.head).tolist():
        titles[e] = _head_title(roster.units[roster.unit[e]])
    return titles


def _head_title(row: UnitRow) -> str:
    if row.level in _HEAD_TITLES:
        return _HEAD_TITLES[row.level]
    if row.name.startswith("Inspektur"):
        return row.name
    named = [title for start, title in _HEAD_TITLES_BY_NAME.items() if row.name.startswith(start)]
    return named[0] if named else f"Kepala {row.name}"


def _grades(roster: Roster) -> list[str]:
    ranks, statuses = _words(RANKS, roster.rank), _words(STATUSES, roster.status)
    civil = [_GRADES.get(rank, "") if status == "pns" else "" for rank, status in zip(ranks, statuses, strict=True)]
    return [_PPPK_GRADE if status == "pppk" else grade for grade, status in zip(civil, statuses, strict=True)]
