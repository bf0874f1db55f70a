"""Tables in files that end in .xls and are none: HTML, as web exports write it, and the XML of Excel 2003."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from xml.etree import ElementTree as Xml  # expat limits what entities may grow to

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_BREAKS = frozenset({"br", "p", "div", "li"})

Sheet = tuple[str, list[tuple[int, list[str]]]]
"""A name, and rows with their numbers."""

MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
"""Of a sheet."""


class _Tables(HTMLParser):
    """Collects the rows of all tables of a page, cells that span several columns or rows written once; end tags may be missing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[dict[int, str]] = []
        self._until: dict[int, int] = {}
        self._cell: list[str] | None = None
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, or a break inside one."""
        if tag in ("tr", "td", "th"):
            self._end_cell()
        if tag == "tr":
            self.rows.append({})
            self._column = 0
        elif tag in ("td", "th") and self.rows:
            here = len(self.rows) - 1
            while self._until.get(self._column, -1) >= here:
                self._column += 1
            span = {name: int(value) for name, value in attrs if name in ("colspan", "rowspan") and value and value.isdecimal()}
            wide = min(span.get("colspan", 1), max(MOST_COLUMNS - self._column, 1))
            last = here + min(span.get("rowspan", 1), MOST_ROWS) - 1
            if last > here:
                self._until |= dict.fromkeys(range(self._column, self._column + wide), last)
            self._cell, self._next = [], self._column + wide
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None and self._column < MOST_COLUMNS:
            self.rows[-1][self._column] = "".join(self._cell)
            self._column = self._next
        self._cell = None

    def handle_data(self, data: str) -> None:
        """Text inside a cell; line ends of the source are spaces."""
        if self._cell is not None:
            self._cell.append(" ".join(data.split()) if data.strip() else " ")


def html_sheets(text: str) -> list[Sheet]:
    """The tables of a page as one sheet."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [("", list(_filled(enumerate(reader.rows, start=1))))]


def xml_sheets(raw: bytes) -> list[Sheet]:
    """The sheets of a workbook in the XML of Excel 2003; raises `ParseError` where it is not well formed."""
    root = Xml.fromstring(raw)
    return [(sheet.get(f"{_SPACE}Name", ""), list(_filled(_xml_rows(sheet)))) for sheet in root.iter(f"{_SPACE}Worksheet")]


def _xml_rows(sheet: Xml.Element) -> Iterator[tuple[int, Mapping[int, str]]]:
    number = 0
    for row in sheet.iter(f"{_SPACE}Row"):
        number = int(row.get(f"{_SPACE}Index", number + 1))
        cells, column = {}, 0
        for cell in row.findall(f"{_SPACE}Cell"):
            column = int(cell.get(f"{_SPACE}Index", column + 1))
            data = cell.find(f"{_SPACE}Data")
            if data is not None:
                cells[column - 1] = "".join(data.itertext())
            column += int(cell.get(f"{_SPACE}MergeAcross", 0))
        yield number, cells


def _filled(rows: Iterator[tuple[int, Mapping[int, str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows as lists, empty texts where there is no cell."""
    for number, cells in rows:
        yield number, [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]
