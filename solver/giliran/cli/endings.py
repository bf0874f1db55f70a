"""The files that plans are written to, in words: one list for the help of every command that writes them.

`giliran.files.formats` has what writes them; it is not loaded for a page of help, and a test sees that both know the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from giliran.messages import Sentence

ENDINGS: Mapping[str, Sentence] = {
    "xlsx": Sentence(en="workbook", id="berkas Excel"),
    "docx": Sentence(en="attachment to sign", id="lampiran surat"),
    "pdf": Sentence(en="the same, to print", id="sama, untuk dicetak"),
    "html": Sentence(en="page for a browser", id="halaman untuk peramban"),
    "txt": Sentence(en="messages to copy", id="pesan untuk disalin"),
    "ics": Sentence(en="calendar", id="kalender"),
    "csv": Sentence(en="table", id="tabel"),
    "json": Sentence(en="for programs", id="untuk program"),
}
"""What a file of each ending is."""

_TOLD = Sentence(
    en=", ".join(f".{ending} ({what.en})" for ending, what in ENDINGS.items()),
    id=", ".join(f".{ending} ({what.id})" for ending, what in ENDINGS.items()),
)


def with_endings(sentence: Sentence) -> Sentence:
    """A sentence with every ending in the place of `{endings}`."""
    return Sentence(en=sentence.en.replace("{endings}", _TOLD.en), id=sentence.id.replace("{endings}", _TOLD.id))
