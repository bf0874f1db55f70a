"""Words for people for what parameters of every circular may hold: weekdays, ranks, levels."""

from __future__ import annotations

from collections.abc import Mapping

from giliran.circulars.parameters import NONE, ParameterType
from giliran.domain.calendar import WEEKDAYS as DAYS
from giliran.messages import WEEKDAYS, Said, Sentence, bilingual, plain

_WEEKDAYS = {day: bilingual(en=WEEKDAYS["en"][at], id=WEEKDAYS["id"][at]) for at, day in enumerate(DAYS)}
_RANKS = {
    "jpt_utama": plain("JPT Utama"),
    "jpt_madya": plain("JPT Madya"),
    "jpt_pratama": plain("JPT Pratama"),
    "administrator": plain("Administrator"),
    "pengawas": plain("Pengawas"),
    "fungsional": plain("Fungsional"),
    "pelaksana": plain("Pelaksana"),
}
_LEVELS = {
    "whole": bilingual(en="everybody together", id="seluruhnya sekaligus"),
    "leaf": bilingual(en="smallest unit", id="unit kerja terkecil"),
    "opd": plain("OPD"),
    "sekretariat": plain("Sekretariat"),
    "bidang": plain("Bidang"),
    "bagian": plain("Bagian"),
    "irban": plain("Irban"),
    "biro": plain("Biro"),
    "subbagian": plain("Subbagian"),
    "seksi": plain("Seksi"),
    "uptd": plain("UPTD"),
    "puskesmas": plain("Puskesmas"),
    "instalasi": plain("Instalasi"),
    "kecamatan": plain("Kecamatan"),
    "kelurahan": plain("Kelurahan"),
}
NOTHING = Sentence(en="none", id="tidak ada")
EVERY_DAY = Sentence(en="every day", id="setiap hari")
_NONE = {NONE: NOTHING()}
COMMON: Mapping[ParameterType | None, Mapping[str, Said]] = {
    "share_or_none": _NONE,
    "date_or_none": _NONE,
    "weekday": _WEEKDAYS,
    "weekdays": {NONE: EVERY_DAY()} | _WEEKDAYS,
    "ranks": _NONE | _RANKS,
    "levels": _LEVELS,
    "tags": _NONE,
}
"""Words for people by type of parameter and word; a circular's own `labels` come first."""
