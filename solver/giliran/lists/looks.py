"""What sheets show besides texts: rows that are hidden, and cells that are struck through."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree as Xml  # expat limits what entities may grow to

from giliran.lists.grid import Look

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE, _FORMULA = f"{_MAIN}v", f"{_MAIN}f"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_YES = ("1", "true")
MOST_CELLS = 30_000_000
"""Cells between the first and the last of a sheet: a hundred thousand rows of three hundred columns."""


MAX_XML = 20_000_000
"""Bytes of a part that is held whole, as a list of sheets or of styles: trees take a multiple of it."""


class SpreadError(Exception):
    """A sheet whose cells stand so far apart that nobody can hold what lies between; its text is the name of the sheet."""


class HeavyError(Exception):
    """A part that lists sheets or styles and is larger than such lists are; its text is the name of the part."""


def looks_in(archive: zipfile.ZipFile, only: Collection[str] | None = None) -> Mapping[str, Look]:
    """What the sheets of an .xlsx or .ods file show, by their names, of .xlsx files those of some names alone where they are given;
    raises `ParseError`, `LookupError` and `ValueError` for damaged ones.

    Raises
    ------
    SpreadError
        If the cells of a sheet stand too far apart.
    HeavyError
        If its list of sheets or styles is larger than `MAX_XML`.
    """
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        struck = _struck_styles(archive) if "xl/styles.xml" in names else frozenset()
        parts = [(sheet, part) for sheet, part in _parts(archive) if part in names and (only is None or sheet in only)]
        return {sheet: _look_of(archive, sheet, part, struck) for sheet, part in parts}
    return dict(_ods_looks(archive)) if "content.xml" in names else {}


def names_in(part: Xml.Element) -> list[str]:
    """The names of sheets in the part of an .xlsx file that lists them."""
    return [sheet.get("name", "") for sheet in part.iter(f"{_MAIN}sheet")]


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of the sheets of an .xlsx file, and the parts that hold them."""
    links = _whole(archive, "xl/_rels/workbook.xml.rels")
    target = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in _whole(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        id_ = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        part = target.get(id_, "").lstrip("/")
        yield sheet.get("name", ""), part if part.startswith("xl/") else f"xl/{part}"


def _whole(archive: zipfile.ZipFile, part: str) -> Xml.Element:
    """A part that is held whole; nobody reads more of one than its entry says, which is why that is looked at."""
    if archive.getinfo(part).file_size > MAX_XML:
        raise HeavyError(part)
    return Xml.fromstring(archive.read(part))


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Numbers of the styles whose letters are struck through."""
    styles = _whole(archive, "xl/styles.xml")
    fonts = [font.find(f"{_MAIN}strike") for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    struck = {str(k) for k, strike in enumerate(fonts) if strike is not None and strike.get("val", "1") in _YES}
    return frozenset(str(k) for k, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")) if style.get("fontId") in struck)


def _look_of(archive: zipfile.ZipFile, sheet: str, part: str, styles: Collection[str]) -> Look:
    """Hidden rows of a sheet, and cells that are struck through."""
    hidden, struck, errors = set[int](), dict[int, frozenset[int]](), dict[tuple[int, int], str]()
    line, widest = 0, 0
    with archive.open(part) as stream:
        for _, element in Xml.iterparse(stream):
            if element.tag != f"{_MAIN}row":
                continue
            line = int(element.get("r", line + 1))
            widest = max(widest, len(element), _column(element[-1].get("r", "")) + 1 if len(element) else 0)
            if line * widest > MOST_CELLS:
                raise SpreadError(sheet)
            if element.get("hidden") in _YES:
                hidden.add(line)
            cells = frozenset(_column(cell.get("r", "")) for cell in element if cell.get("s") in styles) if styles else frozenset()
            if cells:
                struck[line] = cells
            for cell in element:
                if cell.get("t") == "e" or (cell.find(_VALUE) is None and cell.find(_FORMULA) is not None):
                    errors[line, _column(cell.get("r", ""))] = cell.findtext(_VALUE, "")
            element.clear()
    return Look(hidden, struck, errors=errors)


def _column(cell: str) -> int:
    """The column of a cell such as `AB12`, from 0; -1 where it does not say."""
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


def _ods_looks(archive: zipfile.ZipFile) -> Iterator[tuple[str, Look]]:
    """Hidden rows of each sheet of an .ods file."""
    line, filled, widest, hidden, name = 0, 0, 0, set[int](), ""
    errors: dict[tuple[int, int], str] = {}
    with archive.open("content.xml") as stream:
        for event, element in Xml.iterparse(stream, ("start", "end")):
            if element.tag == f"{_TABLE}table":
                if event == "end":
                    yield name, Look(hidden, errors=errors)
                errors = {}
                line, filled, widest, hidden, name = 0, 0, 0, set(), element.get(f"{_TABLE}name", "")
            elif element.tag == f"{_TABLE}table-row" and event == "end":
                times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                wide = _ods_width(element)
                if wide and element.get(f"{_TABLE}visibility", "visible") != "visible":
                    hidden.update(range(line + 1, min(line + times, MOST_CELLS) + 1))
                errors |= {(line + 1, column): text for column, text in _ods_errors(element)}
                line += times
                filled, widest = line if wide else filled, max(widest, wide)
                if filled * widest > MOST_CELLS:
                    raise SpreadError(name)
                element.clear()


def _ods_errors(row: Xml.Element) -> Iterator[tuple[int, str]]:
    """Columns of a row whose formulas have failed, and what they give."""
    column = 0
    for cell in row:
        if cell.get(_CALC_TYPE) == "error":
            yield column, "".join(cell.itertext()) or "#"
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))


def _ods_width(row: Xml.Element) -> int:
    """Columns of a row up to the last cell that says something."""
    column = width = 0
    for cell in row:
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        width = column if len(cell) else width
    return width
