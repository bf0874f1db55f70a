"""`giliran new`: from the list of the personnel office and the letter to a workbook to look through."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json, talk
from giliran.cli.parsing import Speaking
from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.drafting.draft import Draft
    from giliran.drafting.listing import Listing

_HELP = Sentence(
    en="Make a workbook of an instance from the staff list as it is. In a terminal the questions of the letter are asked; else they are "
    "a sheet. Next: giliran solve FILE.",
    id="Buat berkas Excel untuk penyusunan jadwal dari daftar pegawai apa adanya. Di terminal, isi surat ditanyakan satu per satu; bila "
    "tidak, pertanyaannya menjadi lembar Surat. Berikutnya: giliran solve BERKAS.",
)
_STAFF = Sentence(
    en="The staff list: .xlsx, .xls, .ods or .csv, as the personnel office has it. Without one the workbook is empty.",
    id="Daftar pegawai: .xlsx, .xls, .ods, atau .csv, apa adanya dari kepegawaian. Tanpa daftar, berkasnya kosong untuk diisi.",
)
_ABSENCES = Sentence(en="A list of leave, by NIP or by name.", id="Daftar cuti, sakit, dan dinas luar, menurut NIP atau nama.")
_CIRCULAR = Sentence(
    en="The circular: a name of `giliran circulars`, or a file. Default: asked; without questions, umum.",
    id="Surat edarannya: nama dari `giliran circulars`, atau berkas. Bawaan: ditanyakan; tanpa pertanyaan, umum.",
)
_YES = Sentence(en="Ask nothing, take all defaults.", id="Jangan bertanya, pakai semua jawaban bawaan.")
_OUTPUT = Sentence(en="The workbook, .xlsx; nothing is written over.", id="Berkas Excel, .xlsx; berkas yang ada tidak ditimpa.")
_BEGIN = Sentence(
    en="Enter takes the answer in brackets, ? explains, Ctrl-C ends without writing anything.",
    id="Enter memakai jawaban dalam kurung, ? menjelaskan, Ctrl-C mengakhiri tanpa menulis apa pun.",
)
_NOBODY = Sentence(en="an absence list needs the staff list that it is about", id="daftar cuti memerlukan daftar pegawainya")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "new",
        lang=lang,
        help=_HELP().text(lang),
        callback=new,
        params=[
            option(["--staff"], _STAFF, lang, type=PATH, metavar="FILE"),
            option(["--absences"], _ABSENCES, lang, type=PATH, metavar="FILE"),
            option(["--circular"], _CIRCULAR, lang, metavar="NAME"),
            option(["--yes"], _YES, lang, is_flag=True),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, required=True, metavar="FILE"),
            format_option(lang),
            lang_option(lang),
        ],
    )


def new(staff: Path | None, absences: Path | None, circular: str | None, yes: bool, output: Path, format_: Format, lang: Lang) -> Exit:
    """Read, ask, write, print."""
    from giliran.drafting.absences import drafted_absences
    from giliran.drafting.listing import read_listing
    from giliran.drafting.telling import draft_lines
    from giliran.files.drafted import DraftFile, refuse_target, write_draft
    from giliran.instance.named_files import read_rows
    from giliran.whatif.telling import Line

    if absences is not None and staff is None:
        raise InputError([Problem(Where(field="--absences"), _NOBODY())])
    refuse_target(output)
    listing = None if staff is None else read_listing(staff, str(staff))
    leave = None if absences is None else read_rows(absences, str(absences))
    if listing is not None and leave is not None:
        drafted_absences(leave, [person.cells for person in listing.people])  # refused before anybody has answered thirty questions
    draft = _draft(listing, circular, yes or format_ is Format.JSON, lang)
    if leave is not None:
        draft = draft.with_absences(leave)
    write_draft(draft, output, lang)
    if format_ is Format.JSON:
        answer_json(DraftFile.of(draft, output).text())
    else:
        answer_lines([Line(said, step) for said, step in draft_lines(draft, str(output))], lang)
    return Exit.DONE


def _draft(listing: Listing | None, circular: str | None, by_itself: bool, lang: Lang) -> Draft:
    """The draft: asked for where somebody sits at a terminal, else by defaults."""
    from giliran.drafting.asking import ask, by_default
    from giliran.drafting.draft import interview

    questions = interview(dt.date.today(), listing, circular, lang)  # the planner's own day
    if by_itself or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return by_default(questions)
    talk(_BEGIN().text(lang))
    return ask(questions, _line, talk, lang)


def _line(prompt: str) -> str:
    """A line of the terminal; its end is as good as Ctrl-C."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        talk("")
        raise click.Abort
    return line
