"""Runs one command and turns whatever happens into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from giliran.cli.app import build
from giliran.cli.exits import Exit
from giliran.cli.failing import failure_of
from giliran.cli.interrupts import Interrupts, interrupts
from giliran.cli.language import DEFAULT, language_of, unknown_language
from giliran.cli.output import talk
from giliran.cli.parsing import explained
from giliran.cli.streams import Stream, guarded
from giliran.errors import InputError
from giliran.messages import Lang, Sentence
from giliran.waiting import while_waiting

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

_UNPRINTABLE = Sentence(
    en="The answer cannot be printed: {reason}. This concerns the printing alone, not the files that were asked for.",
    id="Jawaban tidak dapat dicetak: {reason}. Hanya pencetakannya yang gagal; berkas yang diminta tidak terpengaruh.",
)
_WAITING = Sentence(
    en="Waiting for what is written into {file} … (Ctrl-C ends)", id="Menunggu apa yang ditulis ke {file} … (Ctrl-C mengakhiri)"
)
_INTERRUPTED = Sentence(en="Interrupted. No file was left half written.", id="Dihentikan. Tidak ada berkas yang tertulis sebagian.")


def run(argv: Sequence[str] | None) -> int:
    """Run a command; arguments and answer are those of `giliran.cli.main`."""
    words = list(sys.argv[1:] if argv is None else argv)
    with guarded() as printed, interrupts() as stop:
        lang = language_of(words, os.environ, book=_of_workbook(words), terminal=printed.isatty())
        if unknown := unknown_language(os.environ, lang):
            talk(unknown.text(lang))
        code = _run(words, lang, stop)
        stop.deafen()
        code = _printed(printed, code, lang)
        return stop.code if code == Exit.INTERRUPTED else code


def _of_workbook(words: Sequence[str]) -> Lang | None:
    """The language of the workbook that a command plans from; None where its instance is none, or the words cannot be understood."""
    if not any(word.lower().endswith(_WORKBOOKS) for word in words):
        return None
    from giliran.books import language_of as of_book

    commands = build(DEFAULT).commands
    at = next((k for k, word in enumerate(words) if word in commands), len(words))
    try:
        asked = commands[words[at]].make_context(words[at], list(words[at + 1 :]), resilient_parsing=True).params
    except (IndexError, InputError, click.UsageError):  # told when the words are read for good
        return None
    instance = asked.get("instance") or next(iter(asked.get("instances") or ()), None)
    return None if instance is None else of_book(instance)


def _run(words: list[str], lang: Lang, stop: Interrupts) -> int:
    try:
        return _answered(words, lang, stop)
    except (KeyboardInterrupt, click.Abort):
        return _interrupted(lang, stop)
    except Exception as error:  # whatever it is, the user gets one message and a code, not a traceback
        if stop.raised:
            return _interrupted(lang, stop)
        failure = failure_of(error)
        talk(failure.text(lang))
        return failure.code


def _answered(words: list[str], lang: Lang, stop: Interrupts) -> int:
    """Run the command; what the parser says against the words becomes ours to say."""
    try:
        with while_waiting(lambda file: talk(_WAITING(file=file).text(lang))):
            code = build(lang).main(words, prog_name="giliran", standalone_mode=False, obj=stop)
        return int(code or Exit.DONE)
    except click.UsageError as error:
        raise explained(error) from None


def _printed(stream: Stream, code: int, lang: Lang) -> int:
    """The code, unless the answer that it belongs to was wanted and could not be printed."""
    stream.flush()
    if stream.trouble is None:
        return code
    talk(_UNPRINTABLE(reason=stream.trouble).text(lang))
    return Exit.BAD_INPUT if code in (Exit.DONE, Exit.BROKEN, Exit.UNDECIDED) else code


def _interrupted(lang: Lang, stop: Interrupts) -> int:
    stop.deafen()
    talk(_INTERRUPTED().text(lang))
    return Exit.INTERRUPTED
