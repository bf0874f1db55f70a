"""The plan on a terminal: a row per person, a column per day, unit by unit, as far as the terminal takes it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from giliran.domain.calendar import week_of
from giliran.domain.facts import Staff
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, Whole, plain, shown
from giliran.reports.plan import PlanRow, plan_of, planned, units_with_people
from giliran.reports.report import UNDER, Report
from giliran.reports.table import Mark, Table
from giliran.reports.terminal.screen import BAD, COSTLY, DIM, GOOD, INDENT, Screen, shortened
from giliran.reports.words import month_word, period, place_word, short_day, short_period

MAX_ROWS = 12
"""Most people of a unit that are shown."""
MAX_LINES = 60
"""No further unit is begun after so many lines."""
MAX_LABEL, MIN_LABEL = 28, 8
"""Columns for names, and how few are left to them where the days need the room."""
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

_STYLE = {Place.OFFICE: GOOD, Place.HOME: "", Place.ABSENT: DIM, Place.OFF: DIM, Place.NONE: BAD}
_LETTER = {Place.OFFICE: "O", Place.HOME: "h", Place.ABSENT: "x", Place.OFF: "-", Place.NONE: "?"}


@dataclass(frozen=True)
class _Block:
    """Days that stand side by side, week by week, and how wide each is."""

    weeks: tuple[tuple[dt.date, ...], ...]
    width: int
    words: bool

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(day for week in self.weeks for day in week)

    @property
    def columns(self) -> int:
        return _columns(self.weeks, self.width)


def grid(screen: Screen, report: Report, see: str) -> Iterator[Text]:
    """Grids of the first units, and where to see the others: the file `see`, if there is one."""
    if not planned(report):
        return
    yield from screen.heading(_PLAN())
    where, words, lines = plain(see) if see else _WRITE_IT(), _with_words(screen, report), 0
    units = units_with_people(report)
    for k, (unit, people) in enumerate(units):
        if lines >= MAX_LINES:
            hidden = sum(len(others) for _, others in units[k:])
            yield from screen.wrapped(_HIDDEN_UNITS(count=len(units) - k, people=hidden, where=where), style=DIM)
            break
        drawn = list(_unit(screen, report, plan_of(report, unit, people), words, where))
        yield from drawn
        lines += len(drawn)
    yield from screen.wrapped(_legend(screen, report, words), style=DIM)


def _legend(screen: Screen, report: Report, words: bool) -> str:
    """What the marks mean that stand in the plan."""
    place = report.schedule.place[report.facts.has_cell]
    marks = ["WFO", "WFH"] if words else ["O", "h"]
    marks += ["*"] if report.schedule.on_duty.any() else []
    marks += ["x"] if not words and (place == Place.ABSENT).any() else []
    marks += ["off" if words else "-"] if (place == Place.OFF).any() else []
    marks += ["?"] if (place == Place.NONE).any() else []
    return ", ".join(screen.say(_LEGEND[mark]) for mark in marks)


def _with_words(screen: Screen, report: Report) -> bool:
    """One week, and room for words in every column."""
    facts = report.facts
    days = np.flatnonzero(facts.has_cell.any(axis=0)).tolist()
    weeks = {week_of(facts.dates[d]) for d in days}
    return len(weeks) == 1 and MAX_LABEL + _WIDE * len(days) + len(INDENT) <= screen.width


def _unit(screen: Screen, report: Report, table: Table[PlanRow], words: bool, where: Said) -> Iterator[Text]:
    title = _path(report.unit_path(table.rows[0].unit), screen.width - 16)
    yield Text(screen.say(_UNIT, unit=Whole(title), count=len(table)), style="underline")
    listed = table.rows if len(table) <= MAX_ROWS + 1 else table.rows[:MAX_ROWS]
    label = _label(screen, report.facts.staff, listed)
    for block in _blocks(screen, table, label, words):
        room = max(min(label, screen.width - len(INDENT) - block.columns), MIN_LABEL)
        yield from _drawn(screen, report, block, listed, table.rows, room)
    if len(listed) < len(table):
        yield from screen.wrapped(_HIDDEN_ROWS(count=len(table) - len(listed), where=where), style=DIM)


def _path(names: Sequence[str], room: int) -> str:
    """A unit under the names of those above it, as far as the line takes them."""
    text = UNDER.join(names)
    for start in range(1, len(names)):
        if cell_len(text) <= room:
            break
        text = UNDER.join(["…", *names[start:]])
    return shortened(text, room)


def _label(screen: Screen, staff: Staff, rows: Sequence[PlanRow]) -> int:
    """Columns for names."""
    longest = max(cell_len(shown(staff.label(row.person))) for row in rows)
    return min(max(longest, cell_len(screen.say(_IN_OFFICE))), MAX_LABEL)


def _blocks(screen: Screen, table: Table[PlanRow], label: int, words: bool) -> Iterator[_Block]:
    """The days, in blocks of whole weeks that fit the terminal."""
    weeks: dict[tuple[int, int], list[dt.date]] = {}
    for column in table.columns:
        if column.day is not None:
            weeks.setdefault(week_of(column.day), []).append(column.day)
    if words:
        yield _Block(tuple(map(tuple, weeks.values())), _WIDE, True)
        return
    width = max(3, len(str(len(table))) + 1)
    room = screen.width - len(INDENT) - label
    block: list[tuple[dt.date, ...]] = []
    for week in weeks.values():
        if block and _columns([*block, week], width) > room:
            yield _Block(tuple(block), width, False)
            block = []
        block.append(tuple(week))
    yield _Block(tuple(block), width, False)


def _columns(weeks: Sequence[Sequence[dt.date]], width: int) -> int:
    return sum(_GAP + width * len(week) for week in weeks)


def _drawn(screen: Screen, report: Report, block: _Block, listed: Sequence[PlanRow], rows: Sequence[PlanRow], label: int) -> Iterator[Text]:
    """One block: the days, a line for each person listed, and how many of all are in the office."""
    lang, drawn = screen.lang, Grid.grid(padding=0)
    drawn.add_column(width=len(INDENT) + label, no_wrap=True)
    for week in block.weeks:
        drawn.add_column(width=_GAP)
        for _ in week:
            drawn.add_column(width=block.width, no_wrap=True)
    if not block.words:
        yield _months(screen, block, label)
    _row(drawn, block, "", [Text(short_day(day, lang) if block.words else str(day.day), style=DIM) for day in block.days])
    for row, name in zip(listed, _names(report.facts.staff, listed, label), strict=True):
        _row(drawn, block, name, [_mark(screen, block, row.marks.get(day)) for day in block.days])
    if len(rows) > 1:
        counts = (sum(day in row.marks and row.marks[day].place is Place.OFFICE for row in rows) for day in block.days)
        _row(drawn, block, shortened(screen.say(_IN_OFFICE), label), [Text(str(count), style=DIM) for count in counts])
    yield from screen.drawn(drawn, len(INDENT) + label + block.columns)


def _row(drawn: Grid, block: _Block, name: str, cells: Sequence[Text]) -> None:
    """A row of the grid, with a gap before each week."""
    left, spread = iter(cells), list[Text]()
    for week in block.weeks:
        spread += [Text(), *(next(left) for _ in week)]
    drawn.add_row(Text(INDENT + name), *spread)


def _months(screen: Screen, block: _Block, label: int) -> Text:
    """Above each week its period, in as many words as there is room for."""
    line = Text(" " * (len(INDENT) + label), style=DIM)
    for week in block.weeks:
        room, first, last = len(week) * block.width, week[0], week[-1]
        titles = (period(first, last, screen.lang), short_period(first, last, screen.lang), month_word(first, screen.lang))
        title = next((title for title in titles if len(title) <= room), "")
        line.append(f"{'':<{_GAP}}{title:<{room}}")
    line.rstrip()
    return line


def _names(staff: Staff, rows: Sequence[PlanRow], room: int) -> Iterator[str]:
    """Names cut to a width; people who would be called alike, in the whole list or when cut, keep their ids."""
    cut = [shortened(staff.called(row.person), room) for row in rows]
    often = Counter(cut)
    for row, name in zip(rows, cut, strict=True):
        mark = f" ({shown(row.id)})"
        left = room - cell_len(mark)
        if staff.alone(row.person) and often[name] == 1:
            yield name
        else:
            yield shortened(staff.called(row.person), left) + mark if left > 1 else shortened(row.id, room)


def _mark(screen: Screen, block: _Block, mark: Mark | None) -> Text:
    if mark is None:
        return Text()
    star = "*" if mark.duty else ""
    if not block.words:
        return Text(_LETTER[mark.place] + star, style=_STYLE[mark.place])
    word = shortened(place_word(mark.place, screen.lang, mark.reason), _WIDE - 1)
    return Text(word + star, style=COSTLY if mark.duty else _STYLE[mark.place])
