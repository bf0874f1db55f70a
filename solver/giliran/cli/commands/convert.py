"""`giliran convert`: an instance as another kind of file."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.exits import Exit
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer, answer_json
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Write an instance as another kind of file, without loss: a workbook to fill in as YAML or JSON, or these as a workbook. Tables "
    "that the instance names (CSV, .xlsx) are taken in as rows.",
    id="Tulis berkas masukan sebagai berkas jenis lain tanpa ada yang hilang: berkas Excel menjadi YAML atau JSON, atau sebaliknya. "
    "Tabel yang "
    "disebut berkas masukan (CSV, .xlsx) ikut dimasukkan sebagai baris.",
)
_INSTANCE = Sentence(
    en="The instance: a .xlsx, .ods, .yaml or .json file, or the folder of one.",
    id="Berkas masukan: .xlsx, .ods, .yaml, atau .json, atau foldernya.",
)
_OUTPUT = Sentence(
    en="The new file: .xlsx, .yaml or .json. No file is written over.",
    id="Berkas baru: .xlsx, .yaml, atau .json. Tidak ada berkas yang ditimpa.",
)
_DONE = Sentence(
    en="{written}: the same instance as {source} ({people} {people:person|people}, {days} {days:day|days})",
    id="{written}: berkas masukan yang sama dengan {source} ({people} pegawai, {days} hari)",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "convert",
        lang=lang,
        help=_HELP().text(lang),
        callback=convert,
        arguments=[("INSTANCE", _INSTANCE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, required=True, metavar="FILE"),
            format_option(lang),
            lang_option(lang),
        ],
    )


def convert(instance: Path, output: Path, format_: Format, lang: Lang) -> Exit:
    """Read, write, read again, say so."""
    from giliran.files.converting import convert as convert_file

    done = convert_file(instance, output, lang)
    if format_ is Format.JSON:
        answer_json(done.text())
    else:
        said = _DONE(written=Path(done.written), source=Path(done.source), people=done.people, days=done.days)
        answer(said.text(lang))
    return Exit.DONE
