"""The plan on a terminal: a row per person, a column per day, unit by unit; a large one only where it is asked for."""

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
from giliran.messages import Sentence, Whole, grouped, plain, shown
from giliran.reports.plan import PlanRow, plan_of, planned, units_with_people
from giliran.reports.report import UNDER, Report
from giliran.reports.table import Mark, Table
from giliran.reports.terminal.screen import BAD, COSTLY, DIM, GOOD, INDENT, Screen, shortened
from giliran.reports.words import month_word, period, place_word, short_day, short_period

MOST_PEOPLE = 64
"""People of the largest plan that is shown without being asked for."""
_LINES_OF_DAYS = 20
"""The days are written again above the first unit that begins so many lines further down, or has other days."""
MAX_LABEL, MIN_LABEL = 28, 8
"""Columns for names, and how few are left to them where the days need the room."""
_WIDE = 8
"""Columns of a day when there is room for words."""
_GAP = 2

_PLAN = Sentence(en="Plan", id="Jadwal")
_UNIT = Sentence(en="{unit} (people: {count})", id="{unit} (pegawai: {count})")
_LARGE = Sentence(en="Plan of {people} {people:person|people}: --all, or {where}", id="Jadwal {people} pegawai: --all, atau {where}")
_WRITE_IT = Sentence(en="-o plan.xlsx", id="-o jadwal.xlsx")
_IN_OFFICE = Sentence(en="in the office", id="jumlah WFO")
_LEGEND = {
    "O": Sentence(en="O in the office", id="O di kantor"),
    "h": Sentence(en="h at home", id="h di rumah"),
    "WFO": Sentence(en="WFO in the office", id="WFO di kantor"),
    "WFH": Sentence(en="WFH at home", id="WFH di rumah"),
    "*": Sentence(en="* named for duty", id="* petugas piket"),
    "x": Sentence(en="x absent", id="x tidak masuk"),
    "-": Sentence(en="- off on a call day", id="- libur pada hari piket di luar hari kerja"),
    "off": Sentence(en="off: rests on a call day", id="libur: tidak bertugas pada hari piket di luar hari kerja"),
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


def grid(screen: Screen, report: Report, see: str, *, whole: bool) -> Iterator[Text]:
    """Grids of all units; of a large plan only how to get it, unless the `whole` is wanted: the file `see`, if there is one."""
    if not planned(report):
        return
    units = units_with_people(report)
    people = sum(len(members) for _, members in units)
    if people > MOST_PEOPLE and not whole:
        yield Text()
        yield from screen.wrapped(_LARGE(people=grouped(people), where=plain(see) if see else _WRITE_IT()), indent="")
        return
    yield from screen.heading(_PLAN())
    words, label = _with_words(screen, report), _label(screen, report.facts.staff, [e for _, members in units for e in members.tolist()])
    days: list[_Block] = []
    lines = 0
    for unit, members in units:
        table = plan_of(report, unit, members)
        blocks = list(_blocks(screen, table, label, words))
        titled = len(blocks) > 1 or blocks != days or lines > _LINES_OF_DAYS
        drawn = list(_unit(screen, report, table, blocks, label, titled))
        yield from drawn
        days, lines = blocks, len(drawn) if titled else lines + len(drawn)
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


def _unit(screen: Screen, report: Report, table: Table[PlanRow], blocks: Sequence[_Block], label: int, titled: bool) -> Iterator[Text]:
    title = _path(report.unit_path(table.rows[0].unit), screen.width - 16)
    yield Text(screen.say(_UNIT, unit=Whole(title), count=len(table)), style="underline")
    for block in blocks:
        room = max(min(label, screen.width - len(INDENT) - block.columns), MIN_LABEL)
        yield from _drawn(screen, report, block, table.rows, room, titled)


def _path(names: Sequence[str], room: int) -> str:
    """A unit under the names of those above it, as far as the line takes them."""
    text = UNDER.join(names)
    for start in range(1, len(names)):
        if cell_len(text) <= room:
            break
        text = UNDER.join(["…", *names[start:]])
    return shortened(text, room)


def _label(screen: Screen, staff: Staff, people: Sequence[int]) -> int:
    """Columns for names."""
    longest = max(cell_len(shown(staff.label(e))) for e in people)
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


def _drawn(screen: Screen, report: Report, block: _Block, rows: Sequence[PlanRow], label: int, titled: bool) -> Iterator[Text]:
    """One block: the days where they are to stand there, a line for each person, and how many are in the office."""
    lang, drawn = screen.lang, Grid.grid(padding=0)
    drawn.add_column(width=len(INDENT) + label, no_wrap=True)
    for week in block.weeks:
        drawn.add_column(width=_GAP)
        for _ in week:
            drawn.add_column(width=block.width, no_wrap=True)
    if not block.words and titled:
        yield _months(screen, block, label)
    if titled:
        _row(drawn, block, "", [Text(short_day(day, lang) if block.words else str(day.day), style=DIM) for day in block.days])
    for row, name in zip(rows, _names(report.facts.staff, rows, label), strict=True):
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
