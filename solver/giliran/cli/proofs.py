"""`--certificate` of `giliran solve`: without a value the proof goes into the JSON results, with one into a file of its own."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import click

from giliran.cli.options import option
from giliran.cli.parsing import Read
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Put the proof into the JSON results, or write it to FILE, a .json; `giliran check --certificate` verifies either without a solver.",
    id="Masukkan buktinya ke hasil JSON, atau tulis ke FILE, sebuah .json; keduanya dapat diperiksa `giliran check --certificate` tanpa "
    "pemecah.",
)


class Inside(Enum):
    """Where a proof goes that has no file of its own."""

    RESULT = "result"


Wanted = Path | Inside | None
"""What `--certificate` asked for: a file, a place in the results, or nothing."""


def certificate_option(lang: Lang) -> click.Option:
    """`--certificate [FILE]`."""
    more: dict[str, Any] = {"is_flag": False, "flag_value": "", "default": None}
    return option(["--certificate"], _HELP, lang, type=Read("[FILE]", _wanted), **more)


def _wanted(text: str) -> Wanted:
    return Path(text) if text else Inside.RESULT
