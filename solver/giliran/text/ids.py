"""Ids are text: an employee number keeps its zeros, what a spreadsheet has spoiled is refused, and no two ids look the same.

Two ids that a reader cannot tell apart are one id or none. Spaces of every kind are the plain one, and letters with accents are written
in one way (form C of Unicode), so that a list from one program and a list from another agree. A sign that nobody sees, as web pages and
telephones leave it behind, is refused wherever it stands: whoever wrote it does not know of it.

Where an id begins as a formula does, CSV files hold it behind an apostrophe (`cells.py`), which is no part of the id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from giliran.messages import Said, Sentence, plain, unseen
from giliran.text.cells import without_mark
from giliran.text.failure import TextError

_MANGLED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+|[0-9]E\+[0-9]+|[0-9]+[.,]0+", re.ASCII | re.IGNORECASE)
_FAILED = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|NUM!|NULL!|DIV/0!)", re.IGNORECASE)
_SPACED_DIGITS = re.compile(r"[0-9\s]+", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_EMPTY = Sentence(en="the id is empty", id="id kosong")
_NOT_TEXT = Sentence(en="'{text}' is not an id", id="'{text}' bukan id")
_SPOILED = Sentence(
    en="'{text}' is not an id: a spreadsheet turned a number into this, and its last digits may be lost",
    id="'{text}' bukan id: pengolah lembar kerja (Excel) mengubah nomor menjadi bentuk ini, dan angka akhirnya mungkin hilang",
)
_NOT_WORKED_OUT = Sentence(
    en="'{text}' is not an id: a spreadsheet took what stood here for a formula, and could not work it out",
    id="'{text}' bukan id: pengolah lembar kerja (Excel) menganggap isi semula rumus, dan gagal menghitungnya",
)
_AS_TEXT = Sentence(
    en="Format the column as Text, enter the numbers again from their source, and save once more.",
    id="Format kolom sebagai Teks (Text), isikan lagi nomor dari sumbernya, lalu simpan kembali.",
)
_HIDDEN = Sentence(
    en="'{text}' holds a line break or another control character", id="'{text}' memuat ganti baris atau karakter kendali lain"
)
_UNSEEN = Sentence(
    en="'{text}' looks like '{like}' but is not the same: it holds what nobody sees, {signs}",
    id="'{text}' tampak seperti '{like}' tetapi tidak sama: di dalamnya ada tanda yang tidak terlihat, {signs}",
)
_NOTHING_SEEN = Sentence(
    en="'{text}' holds nothing that anybody sees: {signs}", id="'{text}' hanya memuat tanda yang tidak terlihat: {signs}"
)
_TYPE_AGAIN = Sentence(
    en="Type it again: such signs come along when text is copied from a web page, a PDF or a telephone.",
    id="Ketik ulang: tanda seperti itu ikut tersalin dari halaman web, PDF, atau ponsel.",
)
_ALIKE = Sentence(
    en="'{text}' and '{other}' on line {line} look the same and count as one id; they differ in {signs}",
    id="'{text}' dan '{other}' pada baris {line} tampak sama dan dianggap satu id; bedanya {signs}",
)
_LINE_ENDS = "\t\n\v\f\r"
"""Signs that a cell with several lines holds; whoever reads an id decides about them."""
_MOST_SIGNS = 5


def parse_key(text: str) -> str:
    """An id or a name that something is looked up by, in the one way in which it is written.

    Raises
    ------
    TextError
        If it holds a sign that nobody sees, or that turns the direction of writing.
    """
    if text.isascii() and text.isprintable():
        return without_mark(text.strip())
    if signs := [sign for sign in unseen(text) if sign not in _LINE_ENDS]:
        like = parse_key("".join(char for char in text if char not in signs))
        said = _UNSEEN(text=text, like=like, signs=_named(signs)) if like else None
        raise TextError(said or _NOTHING_SEEN(text=text, signs=_named(signs)), _TYPE_AGAIN())
    spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)
    return without_mark(unicodedata.normalize("NFC", spaced).strip())


def alike(text: str, other: str, line: int) -> Said | None:
    """What to say of two texts that are one id although they are written differently; None where a reader sees how."""
    signs = sorted({char for char in {*text} ^ {*other} if not char.isascii()})
    return _ALIKE(text=text, other=other, line=str(line), signs=_named(signs)) if signs else None


def _named(signs: Sequence[str]) -> list[Said]:
    """Signs by code point and name, the first few of many."""
    told = [f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip() for sign in dict.fromkeys(signs)]
    return [plain(text) for text in [*told[:_MOST_SIGNS], *(["…"] if len(told) > _MOST_SIGNS else [])]]


def is_spoiled(text: str) -> bool:
    """Whether a spreadsheet has turned a number into this, the likes of 1.98E+17 or 198001012005011000.0."""
    return _MANGLED.fullmatch(text) is not None


def parse_id(text: str | int) -> str:
    """An id as text: written in one way (`parse_key`), trimmed, and without the spaces inside a number of digits only.

    A NIP written "19800101 200501 1 001" becomes its 18 digits; 000000000000000142 stays as it is.

    Raises
    ------
    TextError
        If nothing is there, if there is something that nobody sees, or if a spreadsheet has turned it into the likes of 1.98E+17,
        198001012005011000.0 or #NAME?.
    """
    if isinstance(text, bool):
        raise TextError(_NOT_TEXT(text=str(text).lower()))
    found = str(text).strip()
    if not found:
        raise TextError(_EMPTY())
    if _CONTROL.search(found):
        raise TextError(_HIDDEN(text=" ".join(found.split())))
    found = parse_key(found)
    if is_spoiled(found):
        raise TextError(_SPOILED(text=found), _AS_TEXT())
    if _FAILED.fullmatch(found):
        raise TextError(_NOT_WORKED_OUT(text=found), _AS_TEXT())
    return found.replace(" ", "") if _SPACED_DIGITS.fullmatch(found) else found
