"""Words that stand in a usage line for what is to be written there, in the language of the help."""

from __future__ import annotations

import re

from giliran.messages import Lang, Said, Sentence, bilingual

_WORD = re.compile(r"[A-Z]{2,}|\bS\b")
"""Words in capitals stand for something; those in small letters, as in `csv|json`, are written as they are."""

WORDS = {
    "ADDRESS": Sentence(en="ADDRESS", id="ALAMAT"),
    "COMMAND": Sentence(en="COMMAND", id="PERINTAH"),
    "DATE": Sentence(en="DATE", id="TANGGAL"),
    "DATES": Sentence(en="DATES", id="TANGGAL"),
    "FILE": Sentence(en="FILE", id="BERKAS"),
    "FOLDER": Sentence(en="FOLDER", id="FOLDER"),
    "ID": Sentence(en="ID", id="ID"),
    "INSTANCE": Sentence(en="INSTANCE", id="MASUKAN"),
    "KIND": Sentence(en="KIND", id="JENIS"),
    "LEVEL": Sentence(en="LEVEL", id="TINGKAT"),
    "LIST": Sentence(en="LIST", id="DAFTAR"),
    "MONTH": Sentence(en="MONTH", id="BULAN"),
    "NAME": Sentence(en="NAME", id="NAMA"),
    "NUMBER": Sentence(en="NUMBER", id="ANGKA"),
    "PERIOD": Sentence(en="PERIOD", id="MASA"),
    "PLACE": Sentence(en="PLACE", id="TEMPAT"),
    "REASON": Sentence(en="REASON", id="ALASAN"),
    "RULE": Sentence(en="RULE", id="ATURAN"),
    "S": Sentence(en="S", id="DETIK"),
    "SCHEDULE": Sentence(en="SCHEDULE", id="JADWAL"),
    "TEXT": Sentence(en="TEXT", id="TEKS"),
    "TOPIC": Sentence(en="TOPIC", id="TOPIK"),
    "VALUE": Sentence(en="VALUE", id="NILAI"),
}


def blank(text: str, lang: Lang) -> str:
    """The words of a usage line in one language: "ID:DATE=PLACE", "ID:TANGGAL=TEMPAT"."""
    return _WORD.sub(lambda found: WORDS[found[0]]().text(lang) if found[0] in WORDS else found[0], text)


def blanks(text: str) -> Said:
    """The same of a command in a sentence."""
    return bilingual(en=blank(text, "en"), id=blank(text, "id"))
