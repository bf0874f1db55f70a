"""Sheets of workbooks as texts: .xlsx, .xls, .ods, and what only ends so. Reading them needs the extra `giliran[desk]`."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml  # expat limits what entities may grow to

from giliran.errors import Where
from giliran.lists.grid import Grid, Look, grid_of
from giliran.lists.looks import MAX_XML, MOST_CELLS, HeavyError, SpreadError, looks_in, names_in
from giliran.lists.markup import Sheet, html_sheets, xml_sheets
from giliran.messages import Said, Sentence
from giliran.text.archives import ArchiveError, BombError, LockedError, parts_in, unpacking, xml_in
from giliran.text.files import decode, read_raw, refuse
from giliran.text.missing import OR_SAVE_CSV, READ_WORKBOOKS, not_installed
from giliran.text.numbers import number_text

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""Endings of workbooks."""

MAX_BYTES = 100_000_000
MAX_UNPACKED = 500_000_000
"""Largest workbook, packed and unpacked: a million rows of a dozen columns."""
_MOST_OF_A_PART = 1_000_000
"""Bytes of a part that says what a file is: names of sheets, properties of a document."""

Span = tuple[tuple[int, int], tuple[int, int]]
"""First and last row and column of a merged cell, from 0."""

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"

_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_PART, _BASIC, _LINK_PARTS = "vbaproject.bin", "basic/", "xl/externallinks/"
_MACROS = Sentence(
    en="{file} holds macros; they are not run, and only what stands in the cells is read",
    id="{file} memuat makro; makro tidak dijalankan, hanya isi sel yang dibaca",
)
_LINKS = Sentence(
    en="{file} refers to other workbooks; they are not opened, and what the cells showed last is read",
    id="{file} merujuk ke berkas Excel lain; berkas itu tidak dibuka, yang dibaca nilai terakhir dalam selnya",
)
_BROKEN = Sentence(en="this is no workbook, or a damaged one", id="berkas ini bukan berkas Excel, atau rusak")
_PROTECTED = Sentence(en="the workbook is protected by a password", id="berkas Excel ini dilindungi kata sandi")
_BOMB = Sentence(
    en="unpacked the workbook would be larger than {limit} MB", id="setelah dibuka, berkas Excel ini lebih besar dari {limit} MB"
)
_HEAVY = Sentence(
    en="{part} in the workbook is larger than {limit} MB, no list of sheets or styles is",
    id="{part} dalam berkas Excel ini lebih besar dari {limit} MB, tidak wajar untuk daftar lembar atau gaya",
)
_SPREAD = Sentence(
    en="the sheet {sheet} spans more than {limit} million cells, nearly all of them empty",
    id="lembar {sheet} membentang lebih dari {limit} juta sel, hampir semuanya kosong",
)
_CLEAR = Sentence(
    en="Delete what stands far below or beside the list, or copy the list to a new sheet.",
    id="Hapus isi yang jauh di bawah atau di samping daftar, atau salin daftarnya ke lembar baru.",
)
_SAVE = Sentence(
    en="Open it in Excel or LibreOffice and save it anew as .xlsx.", id="Buka di Excel atau LibreOffice, lalu simpan kembali sebagai .xlsx."
)


def is_workbook(name: str) -> bool:
    """Whether a file is a workbook by its name."""
    return name.lower().endswith(WORKBOOKS)


def grids_in(path: Path, name: str, *, hidden: bool = False) -> tuple[Grid, ...]:
    """The sheets of a workbook that anybody sees, in their order; rows that nobody sees or that are struck through are marked.

    Parameters
    ----------
    path, name
        The file, and what messages call it.
    hidden
        Whether sheets that nobody sees are among them.

    Raises
    ------
    InputError
        If the file cannot be read, is protected or damaged, too large, or the package that reads workbooks is not installed.
    """
    return grids_of(workbook_bytes(path), name, hidden=hidden)


def workbook_bytes(path: Path) -> bytes:
    """The bytes of a workbook; raises `InputError` if it cannot be read or is too large."""
    return bytes(read_raw(path, MAX_BYTES))


def sheets_in(path: Path) -> frozenset[str]:
    """The names of the sheets of an .xlsx file, seen without its rows; none of what is something else."""
    listed = part_of(path, "xl/workbook.xml")
    return frozenset() if listed is None else frozenset(names_in(listed))


def part_of(path: Path, name: str) -> Xml.Element | None:
    """A small part of a workbook or of one of Word's documents; None where there is none, or none that can be read."""
    try:
        return xml_in(path, name, _MOST_OF_A_PART)
    except ArchiveError:
        return None


def grids_of(raw: bytes, name: str, *, hidden: bool = False, only: Collection[str] | None = None) -> tuple[Grid, ...]:
    """The same of the bytes of a workbook, with the sheets of some names alone where they are given."""
    if not raw.startswith((_OLE, _ZIP)):
        return tuple(grid_of(rows, sheet) for sheet, rows in _markup(raw, name))
    looks = _looks(raw, name, only) if raw.startswith(_ZIP) else {}
    found = []
    for sheet, rows, spans in _sheets(raw, name, hidden=hidden, only=only):
        look = looks.get(sheet, Look())
        found.append(grid_of(rows, sheet, replace(look, merged=_merged(rows, spans))))
    return tuple(found)


def unused_in(path: Path, name: str) -> tuple[Said, ...]:
    """What a workbook holds that nobody reads here: macros, which are never run, and links to other files, which are never followed."""
    return unused_of(workbook_bytes(path), name)


def unused_of(raw: bytes, name: str) -> tuple[Said, ...]:
    """The same of the bytes of a workbook."""
    if raw.startswith(_OLE):
        return (_MACROS(file=Path(name).name),) if _OLE_MACROS in raw else ()
    if not raw.startswith(_ZIP):
        return ()
    try:
        parts = [part.casefold() for part in parts_in(raw)]
    except ArchiveError:
        return ()  # whoever reads the sheets tells that
    told = [_MACROS(file=Path(name).name)] if any(part.endswith(_MACRO_PART) or part.startswith(_BASIC) for part in parts) else []
    return (*told, *([_LINKS(file=Path(name).name)] if any(part.startswith(_LINK_PARTS) for part in parts) else []))


def _looks(raw: bytes, name: str, only: Collection[str] | None) -> Mapping[str, Look]:
    """What each sheet shows besides texts, by its name; also sees that the file does not unpack without end."""
    try:
        with unpacking(raw, MAX_UNPACKED) as archive:
            return looks_in(archive, only)
    except BombError:
        raise refuse(name, _BOMB(limit=MAX_UNPACKED // 1_000_000), _SAVE()) from None
    except LockedError:
        raise refuse(name, _PROTECTED(), _SAVE()) from None
    except SpreadError as error:
        raise refuse(name, _SPREAD(limit=MOST_CELLS // 1_000_000, sheet=str(error)), _CLEAR()) from None
    except HeavyError as error:
        raise refuse(name, _HEAVY(limit=MAX_XML // 1_000_000, part=str(error)), _SAVE()) from None
    except ArchiveError:
        raise refuse(name, _BROKEN(), _SAVE()) from None


def _merged(rows: Sequence[tuple[int, list[str]]], spans: Sequence[Span]) -> dict[int, dict[int, str]]:
    """By line the texts of cells that begin above and span several rows."""
    texts = dict(rows)
    found: dict[int, dict[int, str]] = {}
    for (top, column), (bottom, _) in spans:
        cells = texts.get(top + 1, [])
        text = cells[column].strip() if column < len(cells) else ""
        for line in range(top + 2, bottom + 2) if text else ():
            if line in texts:
                found.setdefault(line, {})[column] = text
    return found


def _markup(raw: bytes, name: str) -> list[Sheet]:
    """Sheets of a text that ends in .xls."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = decode(bytearray(raw))[0].replace('encoding="UTF-16"', "").encode()
    head = raw[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    try:
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
            return xml_sheets(raw)
        if b"<table" in raw.lower() or b"<html" in head.lower():
            return html_sheets(decode(bytearray(raw))[0])
    except (Xml.ParseError, LookupError, ValueError):
        pass
    raise refuse(name, _BROKEN(), _SAVE())


def _sheets(
    raw: bytes, name: str, *, hidden: bool, only: Collection[str] | None
) -> Iterator[tuple[str, list[tuple[int, list[str]]], Sequence[Span]]]:
    try:
        import python_calamine as calamine
    except ImportError:
        raise not_installed(READ_WORKBOOKS, OR_SAVE_CSV, Where(name)) from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        seen = [sheet for sheet in book.sheets_metadata if hidden or sheet.visible == calamine.SheetVisibleEnum.Visible]
        worksheets = [sheet.name for sheet in seen if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        names = [sheet for sheet in worksheets if only is None or sheet in only]
        found = [(sheet, book.get_sheet_by_name(sheet)) for sheet in names]
    except calamine.PasswordError:
        raise refuse(name, _PROTECTED(), _SAVE()) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise refuse(name, _BROKEN(), _SAVE()) from None
    for sheet_name, sheet in found:
        first = sheet.start[0] + 1 if sheet.start else 1
        before = [""] * (sheet.start[1] if sheet.start else 0)
        rows = [(first + k, [*before, *map(_text, row)]) for k, row in enumerate(sheet.to_python(skip_empty_area=True))]
        yield sheet_name, rows, sheet.merged_cell_ranges or ()


def _text(value: Any) -> str:
    """A cell as somebody sees it; a long number that has become a fraction keeps the form that tells so."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else f"{value:.5E}" if abs(value) >= 1e15 else number_text(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return "" if value is None else str(value)
