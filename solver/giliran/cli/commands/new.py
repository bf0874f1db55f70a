"""`giliran new`: from the list of the personnel office and the letter to a workbook to look through."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.completing import circulars, completed
from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines, print_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json, console, talk
from giliran.cli.parsing import Speaking
from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.drafting.draft import Draft
    from giliran.drafting.letter_proposals import Proposals
    from giliran.drafting.listing import Listing

_STDIN = "-"
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
_LETTER = Sentence(
    en="The text of the letter: .pdf, .docx or .txt, or - for pasted text. What it says is proposed, each answer with its quote.",
    id="Bunyi suratnya: .pdf, .docx, atau .txt, atau - untuk teks yang ditempelkan. Isinya menjadi usulan jawaban, "
    "masing-masing dengan kutipannya.",
)
_PHRASES = Sentence(
    en="Phrases of your letters that giliran does not know, as YAML (`giliran guide new letter`).",
    id="Frasa dalam surat Anda yang belum dikenal giliran, dalam YAML (`giliran guide surat baru`).",
)
_YES = Sentence(en="Ask nothing, take all defaults.", id="Jangan bertanya, pakai semua jawaban bawaan.")
_OUTPUT = Sentence(en="The workbook, .xlsx; nothing is written over.", id="Berkas Excel, .xlsx; berkas yang ada tidak ditimpa.")
_BEGIN = Sentence(
    en="Enter takes the answer in brackets, ? explains, Ctrl-C ends without writing anything.",
    id="Enter memakai jawaban dalam kurung, ? menjelaskan, Ctrl-C mengakhiri tanpa menulis apa pun.",
)
_ONLY_ORDINARY = Sentence(
    en="a letter that is read fills the questions of umum, not of {name}", id="surat yang dibaca mengisi pertanyaan umum, bukan {name}"
)
_WITHOUT = Sentence(en="leave out --circular", id="hapus --circular")
_NO_LETTER = Sentence(en="phrases need the letter that they are for: --letter", id="frasa memerlukan suratnya: --letter")
_PASTE = Sentence(
    en="Paste the text of the letter; end with a line that holds only a full stop.",
    id="Tempelkan teks suratnya; akhiri dengan baris yang hanya berisi titik.",
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
            option(["--circular"], _CIRCULAR, lang, metavar="NAME", shell_complete=completed(circulars)),
            option(["--letter"], _LETTER, lang, type=PATH, metavar="FILE"),
            option(["--phrases"], _PHRASES, lang, type=PATH, metavar="FILE"),
            option(["--yes"], _YES, lang, is_flag=True),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, required=True, metavar="FILE"),
            format_option(lang),
            lang_option(lang),
        ],
    )


def new(
    staff: Path | None,
    absences: Path | None,
    circular: str | None,
    letter: Path | None,
    phrases: Path | None,
    yes: bool,
    output: Path,
    format_: Format,
    lang: Lang,
) -> Exit:
    """Read, ask, write, print."""
    from giliran.drafting.absences import drafted_absences
    from giliran.drafting.letter_telling import letter_lines
    from giliran.drafting.listing import read_listing
    from giliran.drafting.telling import draft_lines
    from giliran.files.drafted import DraftFile, refuse_target, write_draft
    from giliran.instance.named_files import read_rows
    from giliran.whatif.telling import Line

    if absences is not None and staff is None:
        raise InputError([Problem(Where(field="--absences"), _NOBODY())])
    _refuse_letter(letter, phrases, circular)
    refuse_target(output)
    read = None if letter is None else _read(letter, phrases, lang)
    listing = None if staff is None else read_listing(staff, str(staff))
    leave = None if absences is None else read_rows(absences, str(absences))
    if listing is not None and leave is not None:
        drafted_absences(leave, [person.cells for person in listing.people])  # refused before anybody has answered thirty questions
    draft = _draft(listing, "umum" if read is not None else circular, yes or format_ is Format.JSON, lang, read)
    if leave is not None:
        draft = draft.with_absences(leave)
    write_draft(draft, output, lang)
    if format_ is Format.JSON:
        answer_json(DraftFile.of(draft, output, str(letter or "")).text())
    else:
        told = [] if read is None else letter_lines(read, str(letter))
        answer_lines([Line(said, step) for said, step in (*told, *draft_lines(draft, str(output)))], lang)
    return Exit.DONE


def _refuse_letter(letter: Path | None, phrases: Path | None, circular: str | None) -> None:
    """Refuse what does not go with a letter that is read."""
    from giliran.drafting.letter import ORDINARY

    if letter is None and phrases is not None:
        raise InputError([Problem(Where(field="--phrases"), _NO_LETTER())])
    if letter is not None and circular not in (None, ORDINARY):
        raise InputError([Problem(Where(field="--circular"), _ONLY_ORDINARY(name=circular), _WITHOUT())])


def _read(letter: Path, phrases: Path | None, lang: Lang) -> Proposals:
    """What the text of a letter proposes."""
    from giliran.drafting.letter_proposals import proposals_of
    from giliran.letters import grammar_with, read_letter
    from giliran.letters.files import letter_text, pasted

    grammar = grammar_with(phrases)
    text = pasted(_pasted(lang), _STDIN) if str(letter) == _STDIN else letter_text(letter, str(letter))
    return proposals_of(read_letter(text, grammar, dt.date.today().year))


def _pasted(lang: Lang) -> str:
    """What is pasted: at a terminal up to a line with a full stop alone, else all of it."""
    from giliran.letters.files import MAX_LETTERS

    if not sys.stdin.isatty():
        return sys.stdin.read(MAX_LETTERS + 1)
    talk(_PASTE().text(lang))
    lines: list[str] = []
    length = 0
    while (line := sys.stdin.readline()) and line.strip() != "." and length <= MAX_LETTERS:
        lines.append(line)
        length += len(line)
    return "".join(lines)


def _draft(listing: Listing | None, circular: str | None, by_itself: bool, lang: Lang, read: Proposals | None) -> Draft:
    """The draft: asked for where somebody sits at a terminal, else by defaults."""
    from giliran.drafting.asking import ask, by_default
    from giliran.drafting.draft import interview
    from giliran.drafting.letter_telling import other_lines
    from giliran.whatif.telling import Line

    questions = interview(dt.date.today(), listing, circular, lang, read)  # the planner's own day
    if by_itself or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return by_default(questions)
    if read is not None:
        print_lines(console(err=True), [Line(said, step) for said, step in other_lines(read)], lang)
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
