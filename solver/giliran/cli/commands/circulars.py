"""`giliran circulars`: list the circulars, show one, check a file."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.completing import circulars as names
from giliran.cli.completing import completed
from giliran.cli.exits import Exit
from giliran.cli.options import PATH, lang_option, option
from giliran.cli.output import answer, console
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="List the circulars that come along, show one, or check a circular file.",
    id="Daftar surat edaran yang tersedia, isi salah satunya, atau periksa berkas surat edaran.",
)
_NAME = Sentence(en="A circular of the list, or a file.", id="Surat edaran dalam daftar, atau sebuah berkas.")
_CHECK = Sentence(
    en="Resolve every choice of a circular file and report what is wrong with it.",
    id="Coba semua pilihan dalam berkas surat edaran dan laporkan kesalahannya.",
)
_WELL = Sentence(en="{file}: every choice works", id="{file}: semua pilihan dapat dipakai")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "circulars",
        lang=lang,
        help=_HELP().text(lang),
        callback=circulars,
        arguments=[("[NAME]", _NAME())],
        params=[
            click.Argument(["name"], required=False, metavar="[NAME]", shell_complete=completed(names)),
            option(["--check"], _CHECK, lang, type=PATH, metavar="FILE"),
            lang_option(lang),
        ],
    )


def circulars(name: str | None, check: Path | None, lang: Lang) -> Exit:
    """Check, show or list."""
    from giliran.circulars import check_circular, describe, load_circular, packaged
    from giliran.errors import InputError
    from giliran.reports import report_circular, report_circulars

    if check is not None:
        problems = check_circular(load_circular(check))
        if problems:
            raise InputError(problems)
        answer(_WELL(file=str(check)).text(lang))
    elif name is not None:
        report_circular(console(), describe(load_circular(name), lang), lang)
    else:
        report_circulars(console(), [describe(load_circular(each), lang) for each in packaged()], lang)
    return Exit.DONE
