"""The text of a Word document, its paragraphs, lists and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from giliran.errors import Where
from giliran.messages import Sentence
from giliran.text.archives import ArchiveError, BombError, unpacking
from giliran.text.files import refuse
from giliran.text.missing import OR_PASTE, READ_WORD, not_installed

MAX_UNPACKED = 100_000_000
"""Bytes that a document may unpack to."""

MAX_XML = 20_000_000
"""Bytes of its text and of what says how that looks: parsed they are twenty times as many. A letter has some hundred thousand."""
_XML = (".xml", ".rels")

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = (f"{_MAIN}{name}" for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AROUND = frozenset(f"{_MAIN}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_APART = frozenset((*(f"{_MAIN}{name}" for name in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "txbxContent")), _FALLBACK))
_SIGNS = {f"{_MAIN}{name}": sign for name, sign in (("t", ""), ("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))}
"""What a run is made of, and what it prints; a text prints itself."""

_BROKEN = Sentence(
    en="this is no Word document (.docx), or a damaged or protected one",
    id="berkas ini bukan berkas Word (.docx), atau rusak atau dilindungi",
)
_BOMB = Sentence(en="unpacked the document would be larger than {limit} MB", id="setelah dibuka, berkas ini lebih besar dari {limit} MB")
_HEAVY = Sentence(
    en="unpacked its text would be larger than {limit} MB; that is no letter",
    id="setelah dibuka, teksnya lebih besar dari {limit} MB; ini bukan surat",
)
_SAVE = Sentence(
    en="Open it and save it anew as .docx, or paste the text: --letter -",
    id="Buka lalu simpan kembali sebagai .docx, atau tempelkan teksnya: --letter -",
)


def word_text(raw: bytes, name: str, most: int) -> str:
    """The text of a document, as far as a little more than `most` characters.

    Raises
    ------
    InputError
        If it is damaged, protected, unpacks without end, or python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise not_installed(READ_WORD, OR_PASTE, Where(name)) from None
    try:
        with unpacking(raw, MAX_UNPACKED) as archive:
            _check_text(archive, name)
            return "\n".join(_lines(docx.Document(io.BytesIO(raw)).element.body, most))
    except BombError:
        raise refuse(name, _BOMB(limit=MAX_UNPACKED // 1_000_000), _SAVE()) from None
    except (ArchiveError, TypeError, AttributeError):  # the latter of documents whose parts are not those that they should be
        raise refuse(name, _BROKEN(), _SAVE()) from None
    except Exception as error:  # lxml and python-docx raise errors of their own that derive from nothing common
        if not type(error).__module__.startswith(("docx", "lxml")):
            raise
        raise refuse(name, _BROKEN(), _SAVE()) from None


def _check_text(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse parts of XML that are no letter's; more than the directory says of a part is never read."""
    if sum(part.file_size for part in archive.infolist() if part.filename.endswith(_XML)) > MAX_XML:
        raise refuse(name, _HEAVY(limit=MAX_XML // 1_000_000), _SAVE())


def _lines(body: Any, most: int) -> Iterator[str]:
    """Paragraphs and rows of tables; automatic numbers of lists become dashes, since a document does not hold them."""
    length = 0
    for block in _within(body, _PARAGRAPH, _TABLE):
        for line in _of_table(block) if block.tag == _TABLE else _of_paragraph(block):
            yield line
            length += len(line) + 1
            if length > most:
                return


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """Elements of some names in an element, also in fields that are filled in and in what was inserted while changes were tracked."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND:
            yield from _within(child, *tags)


def _of_paragraph(paragraph: Any) -> Iterator[str]:
    """A paragraph, and text boxes that hang on it."""
    text = _text(paragraph)
    listed = paragraph.pPr is not None and paragraph.pPr.numPr is not None
    yield f"\n- {text}" if listed and text.strip() else f"\n{text}"
    for box in _boxes(paragraph):
        yield from (f"\n{_flat(block)}" for block in _within(box, _PARAGRAPH, _TABLE))


def _text(element: Any) -> str:
    """What stands in the runs of a paragraph, without what was deleted while changes were tracked."""
    return "".join(
        _SIGNS[child.tag] or child.text or "" if child.tag in _SIGNS else _text(child) for child in element if child.tag not in _APART
    )


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes in a paragraph; each stands there twice, the second time for old programs."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _of_table(table: Any) -> Iterator[str]:
    """Rows, each cell once however many columns it claims to span; one that is merged with the cell above has the text of that."""
    yield ""
    above: dict[int, str] = {}
    for row in _within(table, _ROW):
        texts: dict[int, str] = {}
        column = row.grid_before
        for cell in _within(row, _CELL):
            texts[column] = above.get(column, "") if cell.vMerge == "continue" else _flat(cell)
            column += max(1, cell.grid_span)
        yield "\t".join(texts.values())
        above = texts
    yield ""


def _flat(element: Any) -> str:
    """A cell or a paragraph on one line, with the tables in it."""
    if element.tag == _PARAGRAPH:
        return " ".join(_text(element).split())
    return " ".join(filter(None, map(_flat, _within(element, _PARAGRAPH, _TABLE, _ROW, _CELL))))
