"""The text of a letter in a file: PDF, Word or plain text. Reading PDF and Word needs the extra `giliran[desk]`."""

from __future__ import annotations

from pathlib import Path

from giliran.errors import InputError
from giliran.letters.pdf import pdf_text
from giliran.letters.word import word_text
from giliran.messages import Sentence, plain
from giliran.text.files import check_text, decode, misnamed, read_raw, refuse

MAX_BYTES = 50_000_000
"""Largest file; a letter of a hundred scanned pages."""
MAX_LETTERS = 300_000
"""Most letters of a text: a hundred pages. A letter has some thousand."""
TEXTS = (".txt", ".md", ".text")
_NO_TEXTS = (b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files begin that only end as texts do: PDF, RTF, .docx, .doc."""
_PDF, _WORD = ".pdf", ".docx"
_OLD = (".doc", ".rtf", ".odt", ".wps", ".pages")
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic")
ENDINGS = (_PDF, _WORD, *TEXTS)
"""Endings of letters that are read."""

PASTE = Sentence(
    en="Copy the text and paste it: giliran new --letter - …, or save it as .txt.",
    id="Salin teksnya lalu tempelkan: giliran new --letter - …, atau simpan sebagai .txt.",
)
_KIND = Sentence(en="a letter ends in {known}", id="berkas surat berakhiran {known}")
_IS_OLD = Sentence(
    en="{ending} is not read; save it as .docx or .pdf", id="berkas {ending} tidak terbaca; simpan dahulu sebagai .docx atau .pdf"
)
_PICTURE = Sentence(en="this is a picture; nothing reads the letters in it", id="ini gambar; tulisan di dalamnya tidak terbaca")
_SCANNED = Sentence(
    en="there is no text in it: most likely it was scanned or photographed",
    id="tidak ada teks di dalamnya: kemungkinan hasil pindai atau foto",
)
_NO_TEXT = Sentence(
    en="this is no text by its beginning, but a PDF or a document", id="dari awalnya, berkas ini PDF atau dokumen, bukan teks"
)
_RENAME = Sentence(
    en="Let its name end as it did: .pdf or .docx; save an .rtf as .docx.",
    id="Kembalikan akhirannya: .pdf atau .docx; simpan .rtf sebagai .docx.",
)
_TOO_LONG = Sentence(en="more than {limit} characters; that is no letter", id="lebih dari {limit} karakter; ini bukan surat")
_SHORTEN = Sentence(en="Give only the pages of the letter.", id="Berikan halaman suratnya saja.")
_LEAST_LETTERS = 40
"""Fewer letters than these on all pages of a PDF are stamps and page numbers, not a letter."""


def letter_text(path: Path, name: str) -> str:
    """The text of a letter.

    Parameters
    ----------
    path, name
        The file, and what messages call it.

    Raises
    ------
    InputError
        If it is of another kind, cannot be read, is protected, damaged, too long, holds no text, or the package that reads it is not
        installed.
    """
    ending = path.suffix.lower()
    if ending in _PICTURES:
        raise refuse(name, _PICTURE(), PASTE())
    if ending in _OLD:
        raise refuse(name, _IS_OLD(ending=ending), PASTE())
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise InputError([misnamed(path, known, _KIND(known=plain(known)))])
    raw = bytes(read_raw(path, MAX_BYTES))
    if ending in TEXTS and raw.startswith(_NO_TEXTS):
        raise refuse(name, _NO_TEXT(), _RENAME())
    if ending in TEXTS:
        return pasted(decode(raw)[0], name)
    text = pdf_text(raw, name, MAX_LETTERS) if ending == _PDF else word_text(raw, name, MAX_LETTERS)
    if sum(map(str.isalpha, text[:100_000])) < (_LEAST_LETTERS if ending == _PDF else 1):
        raise refuse(name, _SCANNED(), PASTE())
    return _not_too_long(text, name)


def pasted(text: str, name: str) -> str:
    """A text that was pasted, or stood in a text file, if it is one; raises `InputError` as `letter_text`."""
    check_text(text, name)
    return _not_too_long(text, name)


def _not_too_long(text: str, name: str) -> str:
    if len(text) > MAX_LETTERS:
        raise refuse(name, _TOO_LONG(limit=MAX_LETTERS), _SHORTEN())
    return text
