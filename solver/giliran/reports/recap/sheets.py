"""The workbook of a recap: a line for every agency, the report upward, every day, limits that are not kept, who sent what, and notes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from giliran.messages import MONTHS, WEEKDAYS, Sentence, shown_lines
from giliran.reports.recap.lines import EXEMPT, kept_words, limit_words, rule_words, state_words
from giliran.reports.recap.model import Agency, AgencyDay, Away, Counts, Missed, Recap, Service
from giliran.reports.style import PlanStyle
from giliran.reports.workbook.sheets import COUNT, FONT, HEAD, LINE, LONG, TITLE, WARNING, Book, lines_in
from giliran.text.missing import WRITE_WORKBOOKS, not_installed

RECAP, REPORT = Sentence(en="Recap", id="Rekap"), Sentence(en="Monthly report", id="Laporan bulanan")
_DAYS, _MISSED = Sentence(en="Days", id="Per hari"), Sentence(en="Limits not kept", id="Batas tidak dipenuhi")
SENT, _NOTES = Sentence(en="Who sent what", id="Pengiriman"), Sentence(en="Notes", id="Catatan")
_TITLES = {
    RECAP: Sentence(en="WFO and WFH recap, {month}", id="Rekapitulasi WFO dan WFH, {month}"),
    REPORT: Sentence(en="Monthly report on WFO and WFH, {month}", id="Laporan bulanan pelaksanaan WFO dan WFH, {month}"),
    _DAYS: Sentence(en="Planned and realised day by day, {month}", id="Rencana dan kenyataan per hari, {month}"),
    _MISSED: Sentence(en="Limits that are not kept, {month}", id="Batas yang tidak dipenuhi, {month}"),
    SENT: Sentence(en="Plans that were sent, {month}", id="Pengiriman jadwal, {month}"),
    _NOTES: Sentence(en="Notes on these numbers, {month}", id="Catatan tentang angka-angka ini, {month}"),
}
_UNDER = Sentence(
    en="Working days: {days}. Agencies with a plan: {sent} of {all}. WFO and WFH are person-days.",
    id="Hari kerja: {days}. OPD yang mengirim jadwal: {sent} dari {all}. WFO dan WFH dihitung dalam hari-orang.",
)
_SUM = Sentence(en="Total", id="Jumlah")
_NO, _AGENCY, _STATE = Sentence(en="No", id="No"), Sentence(en="Agency", id="OPD"), Sentence(en="State", id="Keadaan")
_PEOPLE = Sentence(en="People", id="Jumlah\npegawai")
_EXEMPT = Sentence(en="Exempt", id="Dikecuali-\nkan")
_SERVICES = {
    Service.PNS: Sentence(en="PNS", id="PNS"),
    Service.CPNS: Sentence(en="CPNS", id="CPNS"),
    Service.PPPK: Sentence(en="PPPK", id="PPPK"),
    Service.PPPK_PART: Sentence(en="PPPK\npart-time", id="PPPK\nPW"),
    Service.ASN: Sentence(en="Other\nASN", id="ASN\nlain"),
    Service.OTHER: Sentence(en="Non-ASN", id="Non-\nASN"),
    Service.UNKNOWN: Sentence(en="Status\nunknown", id="Status\ntidak\ndisebut"),
}
_AWAY = {
    Away.TRAVEL: Sentence(en="DL", id="DL"),
    Away.LEAVE: Sentence(en="Leave", id="Cuti"),
    Away.ILL: Sentence(en="Ill", id="Sakit"),
    Away.PERMISSION: Sentence(en="Permis-\nsion", id="Izin"),
    Away.UNEXCUSED: Sentence(en="No\nreason", id="TK"),
    Away.OTHER: Sentence(en="Other", id="Lain"),
}
_PLANNED = (
    Sentence(en="Planned\nWFO", id="Rencana\nWFO"),
    Sentence(en="Planned\nWFH", id="Rencana\nWFH"),
    Sentence(en="Planned\nWFH %", id="Rencana\n% WFH"),
    Sentence(en="Planned\naway", id="Rencana\ntidak\nbertugas"),
)
_ACTUAL = (
    Sentence(en="Realised\nWFO", id="Kenyataan\nWFO"),
    Sentence(en="Realised\nWFH", id="Kenyataan\nWFH"),
    Sentence(en="Realised\nWFH %", id="Kenyataan\n% WFH"),
)
_TOLD, _SAME = Sentence(en="Attendance\nknown", id="Kehadiran\ndiketahui"), Sentence(en="As\nplanned", id="Sesuai\nrencana")
_OVER = (
    Sentence(en="Days off\nlimit:\nplan", id="Hari di luar\nbatas:\nrencana"),
    Sentence(en="Days off\nlimit:\nreality", id="Hari di luar\nbatas:\nkenyataan"),
)
_BLANK = (
    Sentence(en="Electricity\n(kWh)", id="Listrik\n(kWh)"),
    Sentence(en="Fuel\n(litres)", id="BBM\n(liter)"),
    Sentence(en="Official\ntravel", id="Perjalanan\ndinas"),
    Sentence(en="Obstacles", id="Kendala"),
)
_IN_OFFICE, _AT_HOME = Sentence(en="WFO", id="WFO"), Sentence(en="WFH", id="WFH")
_HOME_SHARE, _FROM = Sentence(en="WFH %", id="% WFH"), Sentence(en="Counted\nfrom", id="Dihitung\ndari")
_OF_LISTS, _OF_PLAN = Sentence(en="attendance", id="daftar hadir"), Sentence(en="plan", id="rencana")
_WEEKDAY, _DATE = Sentence(en="Day", id="Hari"), Sentence(en="Date", id="Tanggal")
_RULE, _GROUP, _LIMIT = Sentence(en="Rule", id="Aturan"), Sentence(en="Group", id="Kelompok"), Sentence(en="Limit", id="Batas")
_IN_PLAN, _IN_FACT = Sentence(en="Planned", id="Rencana"), Sentence(en="Realised", id="Kenyataan")
_WHERE = Sentence(en="Not kept in", id="Tidak dipenuhi dalam")
_FILES, _VERSION = Sentence(en="Files", id="Berkas"), Sentence(en="Plan\nno.", id="Jadwal\nke-")
_PLAN_DAYS = Sentence(en="Days\nwith plan", id="Hari\nterjadwal")
_NOTE = Sentence(en="Note", id="Catatan")
_SHARE, _DAY_FORMAT = {**COUNT, "num_format": "0%"}, {**COUNT, "num_format": "dd/mm/yyyy"}
_BOLD = {"bold": True, "bg_color": "#EFEFEF"}
_TOP = 3
"""Rows above a table: title, what it counts, heading."""
_SHEET = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")

Value = str | int | float | dt.date | None


@dataclass(frozen=True)
class _Column:
    """A column of a sheet: its heading, its width, and how its cells look."""

    head: Sentence
    width: float = 9
    look: Any = None


def recap_workbook(recap: Recap, style: PlanStyle) -> bytes:
    """A recap as an .xlsx file; the same recap gives the same bytes.

    Raises
    ------
    InputError
        If the package that writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise not_installed(WRITE_WORKBOOKS) from None
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": dict(FONT), **dict.fromkeys(_SHEET, False)})
    month = f"{MONTHS[style.lang][recap.month.month - 1]} {recap.month.year}"
    made.set_properties({"title": _TITLES[RECAP](month=month).text(style.lang), "created": dt.datetime.combine(recap.month, dt.time())})
    sheets = _Sheets(Book(made, style), recap, month)
    for write in (sheets.recap, sheets.report, sheets.days, sheets.missed, sheets.sent, sheets.notes):
        write()
    made.close()
    return buffer.getvalue()


class _Sheets:
    """The sheets of a recap, written one after the other."""

    def __init__(self, book: Book, recap: Recap, month: str) -> None:
        self.book, self.data, self.month, self.lang = book, recap, month, book.style.lang
        self._lacking = {k for k, agency in enumerate(recap.agencies) if not agency.sent}
        self.services = [kind for kind in Service if any(agency.services.get(kind) for agency in recap.agencies)]
        self.reasons = [reason for reason in EXEMPT if any(agency.exempt.get(reason) for agency in recap.agencies)]

    def recap(self) -> None:
        """A line for every agency."""
        services = [_Column(_SERVICES[kind], 7) for kind in self.services]
        counts = [*_counted(_PLANNED, 9.5), *_counted(_ACTUAL, 11.5)]
        shares = [_Column(_SAME, 9, _SHARE), *(_Column(head, 10) for head in _OVER), _Column(_STATE, 32, LONG)]
        columns = [_Column(_NO, 4), _Column(_AGENCY, 36, LONG), *services, _Column(_PEOPLE), _Column(_EXEMPT), *counts, *shares]
        rows: list[list[Value]] = [[k, *self._line(agency)] for k, agency in enumerate(self.data.agencies, start=1)]
        total = [None, _SUM().text(self.lang), *self._total()]
        self._table(RECAP, columns, [*rows, total], bold=[len(rows)], warned=self._lacking)

    def _line(self, agency: Agency) -> list[Value]:
        if not agency.sent:
            return [agency.name, *[None] * (len(self.services) + 12), state_words(agency, self.data.workdays, self.lang)]
        told, same = sum(day.told for day in agency.days), sum(day.same for day in agency.days)
        off = [agency.days_missed(in_fact=False), agency.days_missed(in_fact=True) if agency.actual else None]
        state = state_words(agency, self.data.workdays, self.lang)
        people = [agency.people, sum(agency.exempt.values())]
        services = [agency.services.get(kind, 0) for kind in self.services]
        shared = same / told if told else None
        return [agency.name, *services, *people, *_numbers(agency.planned, away=True), *_numbers(agency.actual), shared, *off, state]

    def _total(self) -> list[Value]:
        sent = [agency for agency in self.data.agencies if agency.sent]
        services = [sum(agency.services.get(kind, 0) for agency in sent) for kind in self.services]
        people = [sum(agency.people for agency in sent), sum(sum(agency.exempt.values()) for agency in sent)]
        actual = [agency.actual for agency in sent if agency.actual is not None]
        days = [day for agency in sent for day in agency.days]
        told, same = sum(day.told for day in days), sum(day.same for day in days)
        planned = _numbers(Counts.total(agency.planned for agency in sent), away=True)
        known = _numbers(Counts.total(actual) if actual else None)
        return [*services, *people, *planned, *known, same / told if told else None, None, None, None]

    def report(self) -> None:
        """What is reported upward: people by kind and reason, days, and cells that the agency fills in by hand."""
        services = [_Column(_SERVICES[kind], 7) for kind in self.services]
        reasons = [_Column(EXEMPT[reason], 11) for reason in self.reasons]
        counts = [_Column(_IN_OFFICE), _Column(_AT_HOME), _Column(_HOME_SHARE, 8, _SHARE), *(_Column(_AWAY[kind], 7) for kind in Away)]
        blanks = [*(_Column(head, 11) for head in _BLANK[:-1]), _Column(_BLANK[-1], 30, LONG)]
        columns = [_Column(_NO, 4), _Column(_AGENCY, 36, LONG), *services, _Column(_PEOPLE), *reasons, *counts, _Column(_FROM, 14), *blanks]
        rows: list[list[Value]] = [[k, *self._upward(agency)] for k, agency in enumerate(self.data.agencies, start=1)]
        rows.append([None, _SUM().text(self.lang), *self._upward_total()])
        self._table(
            REPORT, columns, rows, bold=[len(rows) - 1], warned={k for k, agency in enumerate(self.data.agencies) if not agency.sent}
        )

    def _upward(self, agency: Agency) -> list[Value]:
        if not agency.sent:
            return [agency.name, *[None] * (len(self.services) + len(self.reasons) + 15)]
        counts = agency.actual or agency.planned
        source = (_OF_LISTS if agency.actual else _OF_PLAN)().text(self.lang)
        services = [agency.services.get(kind, 0) for kind in self.services]
        reasons = [agency.exempt.get(reason, 0) for reason in self.reasons]
        away = [counts.away.get(kind, 0) for kind in Away]
        return [agency.name, *services, agency.people, *reasons, *_numbers(counts), *away, source, *[None] * len(_BLANK)]

    def _upward_total(self) -> list[Value]:
        sent = [agency for agency in self.data.agencies if agency.sent]
        counts = Counts.total(agency.actual or agency.planned for agency in sent)
        services = [sum(agency.services.get(kind, 0) for agency in sent) for kind in self.services]
        reasons = [sum(agency.exempt.get(reason, 0) for agency in sent) for reason in self.reasons]
        away = [counts.away.get(kind, 0) for kind in Away]
        people = sum(agency.people for agency in sent)
        return [*services, people, *reasons, *_numbers(counts), *away, None, *[None] * len(_BLANK)]

    def days(self) -> None:
        """A row for every agency and day, to be filtered."""
        counts, known = _counted(_PLANNED, 9.5), [_Column(_TOLD, 10.5), *_counted(_ACTUAL, 11.5)]
        away = [_Column(_AWAY[kind], 7) for kind in Away]
        when = [_Column(_WEEKDAY, 9, LONG), _Column(_DATE, 11, _DAY_FORMAT)]
        columns = [_Column(_AGENCY, 36, LONG), *when, _Column(_PEOPLE), _Column(_EXEMPT), *counts, *known, *away, _Column(_SAME, 8)]
        rows = [[agency.name, *self._day(day)] for agency in self.data.agencies for day in agency.days]
        self._table(_DAYS, columns, rows, filtered=True)

    def _day(self, day: AgencyDay) -> list[Value]:
        actual = day.actual
        numbers = [*self._when(day.day), day.people, day.exempt, *_numbers(day.planned, away=True)]
        if actual is None:
            return [*numbers, *[None] * (5 + len(Away))]
        return [*numbers, day.told, *_numbers(actual), *(actual.away.get(kind, 0) for kind in Away), day.same]

    def missed(self) -> None:
        """A row for every limit that is not kept."""
        texts = [_Column(_RULE, 18, LONG), _Column(_GROUP, 34, LONG), _Column(_LIMIT, 30, LONG)]
        when = [_Column(_WEEKDAY, 9, LONG), _Column(_DATE, 11, _DAY_FORMAT)]
        columns = [_Column(_AGENCY, 36, LONG), *when, *texts, _Column(_IN_PLAN, 10), _Column(_IN_FACT, 11), _Column(_WHERE, 22, LONG)]
        rows = [[agency.name, *self._miss(one)] for agency in self.data.agencies for one in agency.missed]
        if rows:
            self._table(_MISSED, columns, rows, filtered=True)

    def _miss(self, one: Missed) -> list[Value]:
        texts = [rule_words(one, self.lang), one.group, limit_words(one, self.lang)]
        return [*self._when(one.day), *texts, one.planned, one.actual, kept_words(one, self.lang)]

    def _when(self, day: dt.date) -> list[Value]:
        return [WEEKDAYS[self.lang][day.weekday()], day]

    def sent(self) -> None:
        """Who sent a plan, in which files, and who did not."""
        columns = [
            *(_Column(_NO, 4), _Column(_AGENCY, 40, LONG), _Column(_FILES, 60, LONG)),
            *(_Column(_VERSION, 8), _Column(_PLAN_DAYS, 10), _Column(_STATE, 34, LONG)),
        ]
        rows: list[list[Value]] = []
        for k, agency in enumerate(self.data.agencies, start=1):
            state = state_words(agency, self.data.workdays, self.lang)
            rows.append([k, agency.name, "\n".join(agency.files), agency.version if agency.sent else None, len(agency.days), state])
        self._table(SENT, columns, rows, warned=self._lacking)

    def notes(self) -> None:
        """What must be known about the numbers."""
        if self.data.notes:
            rows = [[note.file, note.said.text(self.lang)] for note in self.data.notes]
            grave = {k for k, note in enumerate(self.data.notes) if note.grave}
            self._table(_NOTES, [_Column(_FILES, 50, LONG), _Column(_NOTE, 100, LONG)], rows, warned=grave)

    def _table(
        self,
        name: Sentence,
        columns: Sequence[_Column],
        rows: Sequence[Sequence[Value]],
        *,
        bold: Iterable[int] = (),
        warned: Iterable[int] = (),
        filtered: bool = False,
    ) -> None:
        """A sheet with its title, its heading and its rows, some of them bold or in the colour of a warning."""
        book, sheet = self.book, self.book.sheet(name().text(self.lang))
        sheet.write_string(0, 0, _TITLES[name](month=self.month).text(self.lang), book.format(TITLE))
        agencies = self.data.agencies
        sent = sum(agency.sent for agency in agencies)
        sheet.write_string(1, 0, _UNDER(days=len(self.data.workdays), sent=sent, all=len(agencies)).text(self.lang))
        for c, column in enumerate(columns):
            sheet.write_string(_TOP - 1, c, column.head().text(self.lang), book.format(HEAD))
            sheet.set_column(c, c, column.width)
        depth = max(lines_in(column.head().text(self.lang), column.width) for column in columns)
        sheet.set_row(_TOP - 1, depth * LINE)
        strong, red = {*bold}, {*warned}
        for r, row in enumerate(rows):
            more = {**(_BOLD if r in strong else {}), **({"font_color": WARNING["font_color"]} if r in red else {})}
            for c, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, _TOP + r, c, value, {**(column.look or COUNT), **more})
            texts = [(str(value), column.width) for column, value in zip(columns, row, strict=True) if isinstance(value, str)]
            book.deepen(sheet, _TOP + r, [text for text, _ in texts], [width for _, width in texts])
        sheet.freeze_panes(_TOP, 2 if columns[0].head is _NO else 1)
        sheet.repeat_rows(_TOP - 1)
        if filtered and rows:
            sheet.autofilter(_TOP - 1, 0, _TOP + len(rows) - 1, len(columns) - 1)

    def _cell(self, sheet: Any, row: int, column: int, value: Value, look: dict[str, Any]) -> None:
        made = self.book.format(look)
        if value is None:
            sheet.write_blank(row, column, None, made)
        elif isinstance(value, str):
            sheet.write_string(row, column, shown_lines(value), made)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), made)
        else:
            sheet.write_number(row, column, value, made)


def _counted(heads: Sequence[Sentence], width: float) -> list[_Column]:
    """Columns of the numbers that `_numbers` gives."""
    return [_Column(head, width, _SHARE if k == 2 else None) for k, head in enumerate(heads)]


def _numbers(counts: Counts | None, *, away: bool = False) -> list[Value]:
    """Days in the office and at home, the share at home of those present, and days away where they are wanted."""
    if counts is None:
        return [None] * (4 if away else 3)
    share = counts.home / counts.present if counts.present else None
    return [counts.office, counts.home, share, *([counts.absent] if away else [])]
