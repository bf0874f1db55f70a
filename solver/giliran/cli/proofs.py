"""`--certificate` of `giliran solve`: without a value the proof goes into the JSON results, with one into a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from giliran.cli.interrupts import Interrupts
from giliran.cli.options import NO_NAME, option
from giliran.cli.output import talk
from giliran.cli.parsing import Read
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.certificate.file import CertificateFile
    from giliran.result import Result

_HELP = Sentence(
    en="Put the proof into the JSON results, or write it to FILE, a .json; `giliran check --certificate` verifies either without a solver.",
    id="Masukkan buktinya ke hasil JSON, atau tulis ke BERKAS, sebuah .json; keduanya dapat diperiksa `giliran check --certificate` tanpa "
    "program pencari solusi.",
)
_GIVEN_UP = Sentence(
    en="Interrupted: the plan is kept, its certificate is not made.", id="Dihentikan: jadwalnya disimpan, sertifikatnya tidak dibuat."
)


class Inside(Enum):
    """Where a proof goes that has no file of its own."""

    RESULT = "result"


_NOTHING_TO_PROVE = Sentence(en="There is no plan yet, so no certificate is made.", id="Belum ada jadwal, jadi sertifikat tidak dibuat.")


Wanted = Path | Inside | None
"""What `--certificate` asked for: a file, a place in the results, or nothing."""


def certificate_option(lang: Lang) -> click.Option:
    """`--certificate [FILE]`."""
    more: dict[str, Any] = {"is_flag": False, "flag_value": Inside.RESULT, "default": None}
    return option(["--certificate"], _HELP, lang, type=Read("[FILE]", _wanted), **more)


@dataclass(frozen=True)
class Proof:
    """A certificate, for a place in the result or as the text of a file of its own; None for what is not wanted, or cannot be.

    `given_up` says that Ctrl-C ended the work on it.
    """

    inside: CertificateFile | None = None
    text: str | None = None
    given_up: bool = False


def proof_of(result: Result, wanted: Wanted, lang: Lang, stop: Interrupts) -> Proof:
    """The certificate of a result as it is wanted; none if Ctrl-C ends the work on it, which costs no plan."""
    from giliran.certifying import make_certificate

    if wanted is None:
        return Proof()
    if result.unprepared:
        talk(_NOTHING_TO_PROVE().text(lang))
        return Proof()
    try:
        proof = make_certificate(result)
        return Proof(inside=proof) if wanted is Inside.RESULT else Proof(text=proof.text())
    except BaseException:
        if not stop.raised:
            raise
        stop.settle()
        talk(_GIVEN_UP().text(lang))
        return Proof(given_up=True)


def _wanted(text: str) -> Wanted:
    from giliran.text import TextError

    if not text:
        raise TextError(NO_NAME())
    return Path(text)
