"""The text of a PDF, page by page, by pypdf."""

from __future__ import annotations

import io
import logging
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, Whole
from giliran.text.files import refuse

MOST_PAGES = 60
"""Pages that are looked at; a letter with its attachments has a dozen."""
_MOST_OF_A_PAGE = 5_000_000
"""Bytes that the content of a page of a letter unpacks to at most; text alone is some thousand."""

_NEEDED = Sentence(
    en="PDF is read with the help of another package, which is not installed",
    id="untuk membaca PDF diperlukan paket tambahan yang belum terpasang",
)
_INSTALL = Sentence(
    en="Install it by {command}, or paste the text: --letter -", id="Pasang dengan {command}, atau tempelkan teksnya: --letter -"
)
_BROKEN = Sentence(en="this is no PDF, or a damaged one", id="berkas ini bukan PDF, atau rusak")
_PROTECTED = Sentence(en="the PDF is protected by a password", id="PDF ini dilindungi kata sandi")
_MANY = Sentence(
    en="{count} {count:page|pages}; of a letter at most {most} are read",
    id="{count} halaman; dari sebuah surat paling banyak {most} yang dibaca",
)
_HEAVY = Sentence(en="a page is far too large for one of a letter", id="salah satu halamannya terlalu besar untuk sebuah surat")
_SAVE = Sentence(
    en="Open it, print the pages of the letter to a new PDF, or paste the text: --letter -",
    id="Buka, cetak halaman suratnya ke PDF baru, atau tempelkan teksnya: --letter -",
)


def pdf_text(raw: bytes, name: str, most: int) -> str:
    """The text of a PDF, as far as a little more than `most` characters.

    Raises
    ------
    InputError
        If it is protected, damaged, of too many pages, or pypdf is not installed.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise InputError([Problem(Where(name), _NEEDED(), _INSTALL(command=Whole("pip install 'giliran[desk]'")))]) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every blemish of a file that can be read all the same
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse(name, _PROTECTED(), _SAVE())
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise refuse(name, _MANY(count=count, most=MOST_PAGES), _SAVE())
        return _pages(reader, name, most)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError, NotImplementedError, ArithmeticError):
        raise refuse(name, _BROKEN(), _SAVE()) from None
    except ImportError:  # ciphers that need a package of their own
        raise refuse(name, _PROTECTED(), _SAVE()) from None


def _pages(reader: Any, name: str, most: int) -> str:
    found: list[str] = []
    length = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _MOST_OF_A_PAGE:
            raise refuse(name, _HEAVY(), _SAVE())
        text = page.extract_text() or ""
        found.append(text)
        length += len(text)
        if length > most:
            break
    return "\n\n".join(found)
