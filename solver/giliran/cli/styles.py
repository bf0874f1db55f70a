"""Options that say how a plan is written for people."""

from __future__ import annotations

import click

from giliran.cli.options import option, word
from giliran.messages import Lang, Sentence

_CSV = Sentence(
    en="tidy: CSV for programs, or excel: CSV that opens in Excel, with names and units. Default: tidy.",
    id="tidy: CSV untuk program, atau excel: CSV yang dibuka di Excel, dengan nama dan unit kerja. Bawaan: tidy.",
)
_REASONS = Sentence(
    en="Also tell in sheets why people are away; without it nobody reads that somebody is ill.",
    id="Sebutkan pula alasan tidak masuk pada lembar; tanpa ini tidak terbaca siapa yang sakit.",
)
_PAPER = Sentence(en="Paper of printed sheets: a4 or f4. Default: a4.", id="Kertas untuk mencetak: a4 atau f4. Bawaan: a4.")
_PHONES = Sentence(
    en="Telephone numbers beside duty officers, for the inner copy.", id="Nomor telepon petugas piket, untuk salinan internal."
)


def style_options(lang: Lang) -> list[click.Option]:
    """`--csv`, `--show-reasons`, `--paper` and `--phones`; their values make a `Style`."""
    return [
        option(["--csv", "csv"], _CSV, lang, type=word("tidy|excel", "tidy", "excel"), default="tidy"),
        option(["--show-reasons", "reasons"], _REASONS, lang, is_flag=True),
        option(["--paper"], _PAPER, lang, type=word("a4|f4", "a4", "f4"), default="a4"),
        option(["--phones"], _PHONES, lang, is_flag=True),
    ]
