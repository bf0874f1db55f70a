"""`giliran recap`: the plans of many agencies in one workbook. Never loads the solver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json
from giliran.cli.parsing import Read, Speaking
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    import datetime as dt

    from giliran.files.recap.recapping import OwnLimit

ALIAS = "rekap"
"""The same command by its Indonesian name."""
_HELP = Sentence(
    en="Add up a month of many agencies (or of one) from the workbooks of their plans: who sent one, who is above a limit, planned "
    "against realised. Also called `giliran rekap`.",
    id="Rekap satu bulan dari banyak OPD (atau satu) menurut berkas Excel jadwalnya: siapa yang mengirim, siapa yang melebihi batas, "
    "rencana dan kenyataan. Boleh juga diketik `giliran rekap`.",
)
_FILES = Sentence(
    en="Workbooks as giliran solve and export write them, or folders of them.",
    id="Berkas Excel seperti yang ditulis giliran solve dan export, atau foldernya.",
)
_MONTH = Sentence(en="The month, such as 2026-08.", id="Bulannya, misalnya 2026-08.")
_ACTUAL = Sentence(
    en="An attendance list (.xlsx, .csv or .json) of one agency or of many; may be repeated.",
    id="Daftar hadir (.xlsx, .csv, atau .json) satu atau banyak OPD; boleh diulang.",
)
_EXPECTED = Sentence(
    en="A list of the agencies of whom a plan is expected: a line for each, or a column OPD.",
    id="Daftar OPD yang wajib mengirim: satu per baris, atau kolom OPD.",
)
_LIMIT = Sentence(
    en="A limit for every agency and day beside those of their plans: wfh=50% or wfo=25% of all who work that day.",
    id="Batas untuk setiap OPD dan hari di samping batas dalam jadwalnya: wfh=50% atau wfo=25% dari semua yang bekerja hari itu.",
)
_OUTPUT = Sentence(en="Write the recap to this workbook (.xlsx).", id="Tulis rekap ke berkas Excel (.xlsx) ini.")
_WRITTEN = Sentence(en="written: {file}", id="ditulis: {file}")
_NO_LIMIT = Sentence(en="'{text}' is no limit, such as wfh=50% or wfo=25%", id="'{text}' bukan batas, misalnya wfh=50% atau wfo=25%")
_SIDES = {"wfo": "office", "wfh": "home"}


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "recap",
        lang=lang,
        help=_HELP().text(lang),
        callback=recap,
        arguments=[("FILE …", _FILES())],
        params=[
            click.Argument(["files"], type=PATH, nargs=-1, required=True, metavar="FILE …"),
            option(["--month", "--bulan", "month"], _MONTH, lang, type=Read("MONTH", _month), required=True),
            option(["--actual"], _ACTUAL, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--expected"], _EXPECTED, lang, type=PATH, metavar="LIST"),
            option(["--limit"], _LIMIT, lang, type=Read("wfh|wfo=NUMBER%", _limit)),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE", required=True),
            format_option(lang),
            lang_option(lang),
        ],
    )


def recap(
    files: tuple[Path, ...],
    month: dt.date,
    actual: tuple[Path, ...],
    expected: Path | None,
    limit: OwnLimit | None,
    output: tuple[Path, ...],
    format_: Format,
    lang: Lang,
) -> Exit:
    """Read, add up, write, print."""
    from giliran.files.recap.answer import RecapFile, check_recap, write_recap
    from giliran.files.recap.expected import read_expected
    from giliran.files.recap.recapping import named_files
    from giliran.files.recap.recapping import recap as add_up
    from giliran.reports.recap import recap_lines
    from giliran.reports.style import PlanStyle
    from giliran.whatif.telling import Line

    named = named_files(files, output)
    check_recap(output, [*named, *actual, *([expected] if expected else [])])
    names = read_expected(expected) if expected else None
    found = add_up(named, month, actual, names, limit)
    write_recap(found, output, PlanStyle(lang))
    if format_ is Format.JSON:
        answer_json(RecapFile.of(found, output).text())
    else:
        answer_lines([Line(said) for said in (*(_WRITTEN(file=path) for path in output), *recap_lines(found))], lang)
    return Exit.DONE if found.clean else Exit.BROKEN


def _month(text: str) -> dt.date:
    from giliran.files.recap.recapping import parse_month

    return parse_month(text)


def _limit(text: str) -> OwnLimit:
    from giliran.files.recap.recapping import OwnLimit
    from giliran.text import TextError
    from giliran.text.numbers import parse_share

    side, _, share = text.partition("=")
    if side.strip().casefold() not in _SIDES or not share:
        raise TextError(_NO_LIMIT(text=text))
    return OwnLimit(_SIDES[side.strip().casefold()], parse_share(share.strip()))
