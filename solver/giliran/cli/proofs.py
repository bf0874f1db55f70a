"""`--certificate` of `giliran solve`: without a value the proof goes into the JSON results, with one into a file of its own."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from giliran.cli.interrupts import Interrupts
from giliran.cli.options import option
from giliran.cli.output import talk
from giliran.cli.parsing import Read
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.certificate.records import CertificateFile
    from giliran.result import Result

_HELP = Sentence(
    en="Put the proof into the JSON results, or write it to FILE, a .json; `giliran check --certificate` verifies either without a solver.",
    id="Masukkan buktinya ke hasil JSON, atau tulis ke FILE, sebuah .json; keduanya dapat diperiksa `giliran check --certificate` tanpa "
    "pemecah.",
)
_GIVEN_UP = Sentence(
    en="Interrupted: the plan is kept, its certificate is not made.", id="Dihentikan: jadwalnya disimpan, sertifikatnya tidak dibuat."
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


def proof_of(result: Result, lang: Lang, stop: Interrupts) -> CertificateFile | None:
    """The certificate of a result; None if Ctrl-C ends the work on it, which costs no plan."""
    from giliran.certifying import certificate_file

    try:
        return certificate_file(result)
    except BaseException:
        if not stop.raised:
            raise
        stop.settle()
        talk(_GIVEN_UP().text(lang))
        return None


def _wanted(text: str) -> Wanted:
    return Path(text) if text else Inside.RESULT
