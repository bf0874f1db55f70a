"""The week grid: a row per person, a column per day, unit by unit, as far as the terminal takes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rich.text import Text

from giliran.domain.calendar import week_of
from giliran.domain.facts import Staff
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, Whole, plain, shown
from giliran.reports.lines import BAD, COSTLY, DIM, GOOD, shortened
from giliran.reports.page import INDENT, Page, month_word, period, short_day, short_period

MAX_ROWS = 12
"""Most people of a unit that are shown."""
MAX_LINES = 60
"""No further unit is begun after so many lines."""
MAX_LABEL = 28
_WIDE = 8
"""Columns of a day when there is room for words."""
_GAP = 2

_PLAN = Sentence(en="Plan", id="Jadwal")
_UNIT = Sentence(en="{unit} (people: {count})", id="{unit} (pegawai: {count})")
_HIDDEN_ROWS = Sentence(
    en="… {count} more {count:person|people} of this unit: see {where}", id="… {count} pegawai lain di unit ini: lihat {where}"
)
_HIDDEN_UNITS = Sentence(
    en="… {count} more {count:unit|units} with {people} {people:person|people}: see {where}",
    id="… {count} unit lain dengan {people} pegawai: lihat {where}",
)
_WRITE_IT = Sentence(en="the file that `-o plan.csv` writes", id="berkas yang ditulis oleh `-o jadwal.csv`")
_IN_OFFICE = Sentence(en="in the office", id="jumlah WFO")
_LEGEND = {
    "O": Sentence(en="O in the office", id="O di kantor"),
    "h": Sentence(en="h at home", id="h di rumah"),
    "WFO": Sentence(en="WFO in the office", id="WFO di kantor"),
    "WFH": Sentence(en="WFH at home", id="WFH di rumah"),
    "*": Sentence(en="* named for duty", id="* petugas piket"),
    "x": Sentence(en="x absent", id="x tidak masuk"),
    "-": Sentence(en="- off on a call day", id="- libur pada hari siaga"),
    "off": Sentence(en="off: rests on a call day", id="libur: tidak dipanggil pada hari siaga"),
    "?": Sentence(en="? not planned", id="? belum terjadwal"),
}
_ABSENT = Sentence(en="absent", id="absen")
_OFF = Sentence(en="off", id="libur")

_STYLE = {Place.OFFICE: GOOD, Place.HOME: "", Place.ABSENT: DIM, Place.OFF: DIM, Place.NONE: BAD}
_LETTER = {Place.OFFICE: "O", Place.HOME: "h", Place.ABSENT: "x", Place.OFF: "-", Place.NONE: "?"}


@dataclass(frozen=True)
class _Block:
    """Days that stand side by side, and how wide each is."""

    days: tuple[int, ...]
    width: int
    words: bool


def grid(page: Page) -> Iterator[Text]:
    """Grids of the first units, and where to see the others."""
    if not (page.facts.has_cell & (page.schedule.place != Place.NONE)).any():
        return
    yield from page.heading(_PLAN)
    members = _members(page)
    lines, units = 0, 0
    for unit, people in members:
        if lines >= MAX_LINES:
            break
        drawn = list(_unit(page, unit, people))
        yield from drawn
        lines += len(drawn)
        units += 1
    rest = members[units:]
    if rest:
        count = sum(len(people) for _, people in rest)
        yield from page.wrapped(page.say(_HIDDEN_UNITS, count=len(rest), people=count, where=_where(page)), style=DIM)
    yield from page.wrapped(_legend(page), style=DIM)


def _legend(page: Page) -> str:
    """What the marks mean that stand in the plan."""
    place, words = page.schedule.place[page.facts.has_cell], _with_words(page)
    marks = ["WFO", "WFH"] if words else ["O", "h"]
    marks += ["*"] if page.schedule.on_duty.any() else []
    marks += ["x"] if not words and (place == Place.ABSENT).any() else []
    marks += ["off" if words else "-"] if (place == Place.OFF).any() else []
    marks += ["?"] if (place == Place.NONE).any() else []
    return ", ".join(page.say(_LEGEND[mark]) for mark in marks)


def _where(page: Page) -> Said:
    return plain(page.see) if page.see else _WRITE_IT()


def _members(page: Page) -> list[tuple[int, list[int]]]:
    """People by the unit of their first day, units in their own order."""
    facts = page.facts
    first = facts.has_cell.argmax(axis=1)
    unit = facts.unit[np.arange(facts.num_people), first]
    working = facts.has_cell.any(axis=1)
    return [(int(u), np.flatnonzero(working & (unit == u)).tolist()) for u in np.unique(unit[working])]


def _with_words(page: Page) -> bool:
    """One week, and room for words in every column."""
    days = np.flatnonzero(page.facts.has_cell.any(axis=0))
    weeks = {week_of(page.facts.dates[d]) for d in days.tolist()}
    return len(weeks) == 1 and MAX_LABEL + _WIDE * len(days) + len(INDENT) <= page.width


def _unit(page: Page, unit: int, people: Sequence[int]) -> Iterator[Text]:
    yield Text(page.say(_UNIT, unit=Whole(page.unit_path(unit)), count=len(people)), style="underline")
    listed = people if len(people) <= MAX_ROWS + 1 else people[:MAX_ROWS]
    label = min(max(*(len(shown(page.facts.staff.label(e))) for e in listed), len(page.say(_IN_OFFICE))), MAX_LABEL)
    days = np.flatnonzero(page.facts.has_cell[people].any(axis=0)).tolist()
    for block in _blocks(page, days, label, len(people)):
        yield from _drawn(page, block, listed, people, label)
    if len(listed) < len(people):
        yield from page.wrapped(page.say(_HIDDEN_ROWS, count=len(people) - len(listed), where=_where(page)), style=DIM)


def _blocks(page: Page, days: Sequence[int], label: int, people: int) -> Iterator[_Block]:
    """The days, in blocks of whole weeks that fit the terminal."""
    if _with_words(page):
        yield _Block(tuple(days), _WIDE, True)
        return
    width = max(3, len(str(people)) + 1)
    weeks: dict[tuple[int, int], list[int]] = {}
    for d in days:
        weeks.setdefault(week_of(page.facts.dates[d]), []).append(d)
    room = page.width - len(INDENT) - label
    block: list[int] = []
    for week in weeks.values():
        if block and _columns(page, [*block, *week], width) > room:
            yield _Block(tuple(block), width, False)
            block = []
        block += week
    yield _Block(tuple(block), width, False)


def _columns(page: Page, days: Sequence[int], width: int) -> int:
    weeks = len({week_of(page.facts.dates[d]) for d in days})
    return width * len(days) + _GAP * weeks


def _drawn(page: Page, block: _Block, listed: Sequence[int], people: Sequence[int], label: int) -> Iterator[Text]:
    yield from _header(page, block, label)
    for e, name in zip(listed, _names(page.facts.staff, listed, label), strict=True):
        yield _line(page, block, f"{INDENT}{name:<{label}}", [_mark(page, block, e, d) for d in block.days])
    if len(people) == 1:
        return
    office = page.schedule.office[list(people)].sum(axis=0)
    counts = [(str(int(office[d])), DIM) for d in block.days]
    yield _line(page, block, f"{INDENT}{shortened(page.say(_IN_OFFICE), label):<{label}}", counts)


def _names(staff: Staff, people: Sequence[int], room: int) -> Iterator[str]:
    """Names cut to a width; people who would be called alike, in the whole list or when cut, keep their ids."""
    cut = [shortened(staff.called(e), room) for e in people]
    often = Counter(cut)
    for e, name in zip(people, cut, strict=True):
        mark = f" ({shown(staff.ids[e])})"
        left = room - len(mark)
        if staff.alone(e) and often[name] == 1:
            yield name
        else:
            yield shortened(staff.called(e), left) + mark if left > 1 else shortened(staff.ids[e], room)


def _header(page: Page, block: _Block, label: int) -> Iterator[Text]:
    dates = page.facts.dates
    start = f"{INDENT}{'':<{label}}"
    if block.words:
        yield _line(page, block, start, [(short_day(dates[d], page.lang), DIM) for d in block.days])
        return
    weeks: dict[tuple[int, int], list[int]] = {}
    for d in block.days:
        weeks.setdefault(week_of(dates[d]), []).append(d)
    line = Text(start, style=DIM)
    for days in weeks.values():
        room = len(days) * block.width
        first, last = dates[days[0]], dates[days[-1]]
        titles = (period(first, last, page.lang), short_period(first, last, page.lang), month_word(first, page.lang))
        title = next((title for title in titles if len(title) <= room), "")
        line.append(f"{'':<{_GAP}}{title:<{room}}")
    line.rstrip()
    yield line
    yield _line(page, block, start, [(str(dates[d].day), DIM) for d in block.days])


def _line(page: Page, block: _Block, start: str, cells: Sequence[tuple[str, str]]) -> Text:
    """One line of the grid, with a gap before each week."""
    line, last = Text(start), None
    for d, (text, style) in zip(block.days, cells, strict=True):
        week = week_of(page.facts.dates[d])
        line.append(" " * (_GAP if week != last else 0))
        line.append(f"{text:<{block.width}}", style=style)
        last = week
    line.rstrip()
    return line


def _mark(page: Page, block: _Block, e: int, d: int) -> tuple[str, str]:
    if not page.facts.has_cell[e, d]:
        return "", ""
    place = Place(int(page.schedule.place[e, d]))
    named = bool(page.schedule.on_duty[e, d])
    star = "*" if named else ""
    if not block.words:
        return _LETTER[place] + star, _STYLE[place]
    words = {
        Place.OFFICE: "WFO",
        Place.HOME: "WFH",
        Place.ABSENT: _reason(page, e, d),
        Place.OFF: page.say(_OFF),
        Place.NONE: "?",
    }
    return words[place] + star, COSTLY if named else _STYLE[place]


def _reason(page: Page, e: int, d: int) -> str:
    code = int(page.facts.reason[e, d])
    word = page.facts.absence_reasons[code] if code >= 0 else page.say(_ABSENT)
    return shortened(word.replace("_", " ") or page.say(_ABSENT), _WIDE - 1)
