"""Answers that are longer than the screen go through a pager, where somebody sits at it and there is one."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from giliran.cli.options import option
from giliran.cli.output import console
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from rich.console import Console

PAGER = "PAGER"
_USUAL = "more" if os.name == "nt" else "less"
_NO_SCREEN = ("dumb", "emacs")
"""Terminals on which nothing can be scrolled."""

_ALL = Sentence(
    en="Show everybody and every section: headcounts, fairness, changes, all notes.",
    id="Tampilkan semua pegawai dan semua uraian: jumlah pegawai, keadilan, perubahan, semua catatan.",
)
_NO_PAGER = Sentence(
    en="Print a long answer at once, not page by page with PAGER or less.",
    id="Cetak jawaban yang panjang sekaligus, tidak per halaman dengan PAGER atau less.",
)


def showing_options(lang: Lang) -> list[click.Option]:
    """`--all` and `--no-pager`."""
    return [option(["--all", "whole"], _ALL, lang, is_flag=True), option(["--no-pager"], _NO_PAGER, lang, is_flag=True)]


@contextlib.contextmanager
def paged(*, never: bool = False) -> Iterator[Console]:
    """A console; what is printed on it goes through a pager if it is longer than the terminal, else it is printed as it comes."""
    screen = console()
    if never or not _can_page():
        yield screen
        return
    with screen.capture() as captured:
        yield screen
    text = captured.get()
    if text.count("\n") < screen.height:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        click.echo_via_pager(text.removesuffix("\n"))


def _can_page() -> bool:
    """Whether somebody sits at a terminal on which a pager runs."""
    if not (sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty()):
        return False
    words = shlex.split(os.environ.get(PAGER, "")) or [_USUAL]
    return os.environ.get("TERM") not in _NO_SCREEN and shutil.which(words[0]) is not None
