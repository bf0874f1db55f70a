"""The text of a PDF, page by page, by pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from giliran.errors import Where
from giliran.messages import Sentence
from giliran.text.files import refuse
from giliran.text.missing import OR_PASTE, READ_PDF, not_installed

MOST_PAGES = 60
"""Pages that are looked at; a letter with its attachments has a dozen."""
_MOST_OF_A_PAGE = 5_000_000
"""Bytes that the content of a page of a letter unpacks to at most; text alone is some thousand."""

_WORK_OF_A_FORM = 2_000
"""What drawing a form costs beside its content, in bytes of content: its fonts are looked up each time."""
_DEEPEST = 12
"""Forms within forms; a letter has none, or a letterhead in a form."""
_HIGHEST = 1_000
"""Levels of pages among which the fonts and forms of a page are looked for."""

_BROKEN = Sentence(en="this is no PDF, or a damaged one", id="berkas ini bukan PDF, atau rusak")
_PROTECTED = Sentence(en="the PDF is protected by a password", id="PDF ini dilindungi kata sandi")
_CIPHER = Sentence(
    en="the PDF is encrypted in a way that is not read here", id="PDF ini terenkripsi dengan cara yang tidak dapat dibaca di sini"
)
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
        If it is protected, encrypted in a way that pypdf alone does not read, damaged, of too many pages, or pypdf is not installed.
    """
    try:
        import pypdf
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise not_installed(READ_PDF, OR_PASTE, Where(name)) from None
    try:
        with _silent():
            reader = pypdf.PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise refuse(name, _PROTECTED(), _SAVE())
            count = len(reader.pages)
            if count > MOST_PAGES:
                raise refuse(name, _MANY(count=count, most=MOST_PAGES), _SAVE())
            return _pages(reader, name, most)
    # What pypdf raises for files that are damaged in one way or another.
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError, NotImplementedError, ArithmeticError):
        raise refuse(name, _BROKEN(), _SAVE()) from None
    except DependencyError:  # ciphers and filters that need a package of their own; it derives from no error of pypdf
        raise refuse(name, _CIPHER(), _SAVE()) from None


@contextmanager
def _silent() -> Iterator[None]:
    """Without what pypdf logs: every blemish of a file that can be read all the same."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _pages(reader: Any, name: str, most: int) -> str:
    found: list[str] = []
    length = 0
    forms = _Forms(reader)
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and forms.work(page, contents) > _MOST_OF_A_PAGE:
            raise refuse(name, _HEAVY(), _SAVE())
        text = page.extract_text() or ""
        found.append(text)
        length += len(text)
        if length > most:
            break
    return "\n\n".join(found)


class _Forms:
    """What the text of a page costs with the forms that it draws, and those that they draw: nested ones grow without end."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._known: dict[int, tuple[Any, int]] = {}

    def work(self, drawing: Any, content: Any, deep: int = 0) -> int:
        """Bytes of content that are gone through for a page or form, more than `_MOST_OF_A_PAGE` where there is no end.

        Each form is looked at once, however often it is drawn; one that draws itself is counted as too deep.
        """
        found = len(content.get_data())
        forms = self._named(drawing)
        if deep > _DEEPEST:
            return _MOST_OF_A_PAGE + 1
        if found > _MOST_OF_A_PAGE or not forms:
            return found
        for operands, operator in _operations(content):
            if operator == b"Do" and operands and (form := forms.get(str(operands[0]))) is not None:
                found += _WORK_OF_A_FORM + self._of_form(form, deep + 1)
                if found > _MOST_OF_A_PAGE:
                    break
        return found

    def _of_form(self, form: Any, deep: int) -> int:
        from pypdf.generic import ContentStream

        if id(form) not in self._known:
            self._known[id(form)] = form, _MOST_OF_A_PAGE + 1  # while it is looked at: it would be within itself
            self._known[id(form)] = form, self.work(form, ContentStream(form, self._reader), deep)
        return self._known[id(form)][1]

    def _named(self, drawing: Any) -> dict[str, Any]:
        """The forms that a page or form may draw, by their names."""
        from pypdf.generic import DictionaryObject, StreamObject

        holder = drawing
        for _ in range(_HIGHEST):
            if "/Resources" in holder or "/Parent" not in holder:
                break
            holder = holder["/Parent"]
        resources = holder.get("/Resources", {})
        resources = resources.get_object() if hasattr(resources, "get_object") else resources
        objects = resources.get("/XObject", {}) if isinstance(resources, DictionaryObject) else {}
        objects = objects.get_object() if hasattr(objects, "get_object") else objects
        named = {str(name): objects[name] for name in objects} if isinstance(objects, DictionaryObject) else {}
        return {name: form for name, form in named.items() if isinstance(form, StreamObject) and form.get("/Subtype") != "/Image"}


def _operations(content: Any) -> list[Any]:
    """What a content draws; nothing where it is damaged, since nothing is read of it then."""
    from pypdf.errors import PyPdfError

    try:
        return list(content.operations)
    # What pypdf raises for files that are damaged in one way or another.
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError):
        return []
