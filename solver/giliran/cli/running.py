"""Runs one command and turns whatever happens into an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import IO

import click

from giliran.cli.app import build
from giliran.cli.exits import Exit
from giliran.cli.failing import failure_of
from giliran.cli.interrupts import Interrupts, interrupts
from giliran.cli.language import language_of
from giliran.cli.output import talk
from giliran.cli.parsing import explained
from giliran.messages import Lang, Sentence, reason_of

_UNPRINTABLE = Sentence(en="The answer cannot be printed: {reason}.", id="Jawaban tidak dapat dicetak: {reason}.")
_INTERRUPTED = Sentence(en="Interrupted. No file was left half written.", id="Dihentikan. Tidak ada berkas yang tertulis sebagian.")


def run(argv: Sequence[str] | None) -> int:
    """Run a command; arguments and answer are those of `giliran.cli.main`."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language_of(words, os.environ)
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    try:
        with interrupts() as stop:
            return _run(words, lang, stop)
    except BrokenPipeError:
        # The reader has left (`giliran … | head`): Python must not complain again when it flushes at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE


def _run(words: list[str], lang: Lang, stop: Interrupts) -> int:
    try:
        return _answered(words, lang, stop)
    except (KeyboardInterrupt, click.Abort):
        return _interrupted(lang)
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever it is, the user gets one message and a code, not a traceback
        if stop.raised:
            return _interrupted(lang)
        failure = failure_of(error)
        talk(failure.text(lang))
        return failure.code


def _answered(words: list[str], lang: Lang, stop: Interrupts) -> int:
    """Run the command; what the parser says against the words becomes ours to say."""
    try:
        code = build(lang).main(words, prog_name="giliran", standalone_mode=False, obj=stop)
        sys.stdout.flush()
        return int(code or Exit.DONE)
    except click.UsageError as error:
        raise explained(error) from None
    except BrokenPipeError:
        raise
    except OSError as error:  # files are read and written elsewhere, with words of their own: this is the answer itself
        talk(_UNPRINTABLE(reason=reason_of(error)).text(lang))
        return Exit.BAD_INPUT


def _interrupted(lang: Lang) -> int:
    talk(_INTERRUPTED().text(lang))
    return Exit.INTERRUPTED


def _speak_utf8(stream: IO[str]) -> None:
    """Pipes and files get UTF-8 whatever the system's code page; a sign that cannot be shown, as in some file names, is replaced."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="backslashreplace")
