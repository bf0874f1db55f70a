"""Ids are text: an employee number keeps its zeros, and what a spreadsheet has spoiled is refused."""

from __future__ import annotations

import re

from giliran.messages import Sentence
from giliran.text.cells import without_mark
from giliran.text.failure import TextError

_MANGLED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+|[0-9]E\+[0-9]+|[0-9]+[.,]0+", re.ASCII | re.IGNORECASE)
_SPACED_DIGITS = re.compile(r"[0-9\s]+", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_EMPTY = Sentence(en="the id is empty", id="id kosong")
_NOT_TEXT = Sentence(en="'{text}' is not an id", id="'{text}' bukan id")
_SPOILED = Sentence(
    en="'{text}' is not an id: a spreadsheet turned a number into this, and its last digits may be lost",
    id="'{text}' bukan id: pengolah lembar kerja (Excel) mengubah nomor menjadi bentuk ini, dan angka akhirnya mungkin hilang",
)
_AS_TEXT = Sentence(
    en="Format the column as Text, enter the numbers again from their source, and save once more.",
    id="Format kolom sebagai Teks (Text), isikan lagi nomor dari sumbernya, lalu simpan kembali.",
)
_HIDDEN = Sentence(
    en="'{text}' holds a line break or another control character", id="'{text}' memuat ganti baris atau karakter kendali lain"
)


def parse_id(text: str | int) -> str:
    """An id as text: trimmed, and without the spaces inside a number of digits only.

    A NIP written "19800101 200501 1 001" becomes its 18 digits; 000000000000000142 stays as it is.

    Raises
    ------
    TextError
        If nothing is there, or a spreadsheet has turned the number into the likes of 1.98E+17 or 198001012005011000.0.
    """
    if isinstance(text, bool):
        raise TextError(_NOT_TEXT(text=str(text).lower()))
    found = str(text).replace("\xa0", " ").strip()
    if not found:
        raise TextError(_EMPTY())
    if _CONTROL.search(found):
        raise TextError(_HIDDEN(text=" ".join(found.split())))
    found = without_mark(found)
    if _MANGLED.fullmatch(found):
        raise TextError(_SPOILED(text=found), _AS_TEXT())
    return found.replace(" ", "") if _SPACED_DIGITS.fullmatch(found) else found
