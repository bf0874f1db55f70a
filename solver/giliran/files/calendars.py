"""A folder of calendars, one for each person: names of files that every system takes, and nothing of others in it is touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial as later
from itertools import groupby
from pathlib import Path

from giliran.domain.facts import Facts, Staff
from giliran.errors import Problem, Where
from giliran.files.formats import CALENDAR, FORMATS
from giliran.files.keeping import OVER_READ, head_of, is_strange
from giliran.instance import Instance
from giliran.instance.sources import over_sources
from giliran.messages import Said, Sentence
from giliran.reports.calendar import Event, Writer, begins_as_calendar, events_of
from giliran.reports.calendar.carrying import carried
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.text.files import file_word, is_folder
from giliran.text.opened import among, by_marks
from giliran.text.trying import CHOOSE_OTHER, make_folder, refuse_all, try_targets

_MOST_OF_A_NAME, _MOST_OF_AN_ID = 40, 40
"""Letters of a name and of an id in the name of a file."""
_DIGITS = 8
_MOST_OLD, _HEAD = 100_000_000, 4096
"""Bytes of a calendar in the place of the new one that are read, and of them those that tell that it is ours."""
_NOT_OURS = Sentence(
    en="this file is there already and is no calendar of giliran, so none is written over it",
    id="berkas ini sudah ada dan bukan kalender dari giliran, jadi tidak ditimpa",
)
_NOT_A_FOLDER = Sentence(en="this is a file, a folder was expected", id="ini berkas, padahal yang diperlukan folder")
_TWICE = Sentence(
    en="this file is named beside the folder that gets a calendar of this name", id="berkas ini juga disebut di luar folder yang memuatnya"
)
_WRITTEN = Sentence(
    en="{count} {count:calendar|calendars}, one for each person, in {folder}", id="{count} kalender, satu untuk setiap pegawai, di {folder}"
)

_KEPT = Sentence(
    en="calendars in {folder} stay as they are, and none is written, because this plan has gaps (--partial replaces such files too)",
    id="kalender di {folder} tidak diubah dan tidak ada yang ditulis karena jadwal ini belum lengkap (--partial juga menimpa berkas "
    "seperti itu)",
)

Marked = Mapping[object, Path]
"""Files by their marks."""
Contents = list[tuple[Path, Callable[[], bytes]]]


def calendar_files(facts: Facts, folder: Path) -> list[Path]:
    """The file of everybody, in the order of the staff table: the same for the same person, whoever else is there.

    It is called by name and NIP or id; where two would be called alike, upper and lower case alike, a code of the id stands behind.
    """
    staff = facts.staff
    names = [_name(staff, e) for e in range(len(staff))]
    often = Counter(map(str.casefold, names))
    return [folder / f"{name}{f'-{_code(staff.ids[e])}' if often[name.casefold()] > 1 else ''}{CALENDAR}" for e, name in enumerate(names)]


def check_calendars(folder: Path, instance: Instance, read: Iterable[Path] = (), others: Iterable[Path] = ()) -> None:
    """See that calendars of everybody can be written into a folder; where it is missing, that it can be made.

    Parameters
    ----------
    read
        Files that plans were read from; none is written over.
    others
        Files that are written beside them.

    Raises
    ------
    InputError
        If it is no folder or cannot be made, or with every file of it that is somebody else's or may not be written.
    """
    above = next((each for each in (folder, *folder.absolute().parents) if os.path.lexists(each)), folder)
    if not is_folder(above):
        refuse_all([Problem(Where(str(above)), _NOT_A_FOLDER())])
    files = calendar_files(instance.facts, folder) if above == folder else [above / CALENDAR]
    refuse_all(_kept(instance, files, by_marks(read), by_marks(others)))
    refuse_all(try_targets(files))


def _kept(instance: Instance, files: Sequence[Path], read: Marked, others: Marked) -> Iterator[Problem]:
    """Problems of files that nothing is written over."""
    yield from over_sources(instance, files)
    for path in files:
        if among(path, read) is not None:
            yield Problem(Where(str(path)), OVER_READ(), CHOOSE_OTHER())
        elif among(path, others) is not None:
            yield Problem(Where(str(path)), _TWICE(), CHOOSE_OTHER())
        elif is_strange(path, FORMATS[CALENDAR].ours):
            yield Problem(Where(str(path)), _NOT_OURS(), CHOOSE_OTHER())


def calendar_contents(report: Report, folder: Path, style: PlanStyle) -> Contents:
    """The calendar of everybody who has an event, and the file that it goes to; the folder is made for them where it is missing.

    Raises
    ------
    InputError
        If the package that writes calendars is not installed, or the folder cannot be made.
    """
    writer, files = Writer(report, style), calendar_files(report.facts, folder)
    by_person: list[tuple[int, list[Event]]] = [
        (e, [*events]) for e, events in groupby(events_of(report, style.lang), key=lambda event: event.person)
    ]
    if by_person:
        make_folder(folder)
    days = report.facts.dates
    return [(files[e], later(_person, writer, events, files[e], days)) for e, events in by_person]


def _person(writer: Writer, events: Sequence[Event], file: Path, days: Sequence[dt.date]) -> bytes:
    return with_cancelled(writer.person(events), file, days)


def with_cancelled(content: bytes, file: Path, days: Sequence[dt.date]) -> bytes:
    """A calendar with the days that the one in its place cancels already, so that whoever missed that one hears of them."""
    try:
        with file.open("rb") as stream:
            old = stream.read(_MOST_OLD + 1)
    except OSError:
        return content
    is_ours = len(old) <= _MOST_OLD and begins_as_calendar(old[:_HEAD].decode("utf-8", "replace"))
    return carried(content, old, days) if is_ours else content


def calendars_told(folder: Path, count: int) -> Said:
    """What is said of them."""
    return _WRITTEN(count=count, folder=str(folder))


def are_there(calendars: Contents) -> bool:
    """Whether some of them would take the place of others, which a plan with gaps leaves as they are: they may be of one without."""
    return any(head_of(path) for path, _ in calendars)


def calendars_kept(folder: Path) -> Said:
    """What is said where none is written for that."""
    return _KEPT(folder=str(folder))


def _name(staff: Staff, e: int) -> str:
    own = staff.nips[e] or staff.ids[e]
    parts = [file_word(staff.names[e], _MOST_OF_A_NAME), file_word(own, _MOST_OF_AN_ID)]
    return "-".join(part for part in parts if part) or _code(staff.ids[e])


def _code(id_: str) -> str:
    return hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
