"""The text of a Word document, its paragraphs, lists and tables in their order, by python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from giliran.errors import Where
from giliran.messages import Sentence
from giliran.text.archives import ArchiveError, BombError, unpacking
from giliran.text.files import refuse
from giliran.text.missing import OR_PASTE, READ_WORD, not_installed

MAX_UNPACKED = 100_000_000
"""Bytes that a document may unpack to."""

_BROKEN = Sentence(
    en="this is no Word document (.docx), or a damaged or protected one",
    id="berkas ini bukan berkas Word (.docx), atau rusak atau dilindungi",
)
_BOMB = Sentence(en="unpacked the document would be larger than {limit} MB", id="setelah dibuka, berkas ini lebih besar dari {limit} MB")
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
        with unpacking(raw, MAX_UNPACKED):
            document = docx.Document(io.BytesIO(raw))
            return "\n".join(_lines(document, most))
    except BombError:
        raise refuse(name, _BOMB(limit=MAX_UNPACKED // 1_000_000), _SAVE()) from None
    except (ArchiveError, TypeError, AttributeError):  # the latter of documents whose parts are not those that they should be
        raise refuse(name, _BROKEN(), _SAVE()) from None
    except Exception as error:  # lxml and python-docx raise errors of their own that derive from nothing common
        if not type(error).__module__.startswith(("docx", "lxml")):
            raise
        raise refuse(name, _BROKEN(), _SAVE()) from None


def _lines(document: Any, most: int) -> Iterator[str]:
    """Paragraphs and rows of tables; automatic numbers of lists become dashes, since a document does not hold them."""
    length = 0
    for block in document.iter_inner_content():
        for line in _of_table(block) if hasattr(block, "rows") else [_of_paragraph(block)]:
            yield line
            length += len(line) + 1
            if length > most:
                return


def _of_paragraph(paragraph: Any) -> str:
    text = str(paragraph.text)
    listed = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return f"\n- {text}" if listed and text.strip() else f"\n{text}"


def _of_table(table: Any) -> Iterator[str]:
    """Rows, each cell once however many columns it claims to span; one that is merged with the cell above has the text of that."""
    yield ""
    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        texts: dict[int, str] = {}
        column = row.grid_before
        for cell in row.tc_lst:
            texts[column] = above.get(column, "") if cell.vMerge == "continue" else _of_cell(cell)
            column += max(1, cell.grid_span)
        yield "\t".join(texts.values())
        above = texts
    yield ""


def _of_cell(cell: Any) -> str:
    return " ".join(" ".join(paragraph.text for paragraph in cell.p_lst).split())
