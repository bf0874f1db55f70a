"""Answers go to stdout, talk goes to stderr."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from rich.console import Console

    from giliran.engine.run import Progress

NARROWEST = 20
"""Columns below which nothing is laid out any more, whatever a terminal or the variable COLUMNS says."""

_PARTS = Sentence(en="Parts planned", id="Bagian terjadwal")


def answer(text: str) -> None:
    """Print an answer as it is."""
    click.echo(text, nl=not text.endswith("\n"))


def talk(text: str) -> None:
    """Say something beside the answer."""
    click.echo(text, err=True)


def console(*, err: bool = False) -> Console:
    """A console that keeps to the terminal's width and writes no colours into files and pipes."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to `main`: rich would end with code 1, which means a broken rule."""
            raise BrokenPipeError

    screen = Plain(file=sys.stderr if err else sys.stdout, highlight=False, markup=False, emoji=False)
    if screen.width < NARROWEST:
        screen.width = NARROWEST
    return screen


@contextlib.contextmanager
def progress_bar(lang: Lang) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr that follows the parts of a solve; None where stderr is no terminal."""
    with progress_bars(lang, None) as bars:
        yield bars.follow


@dataclass(frozen=True)
class Bars:
    """What follows a batch; by default nothing does.

    Parameters
    ----------
    begin, end
        Told the name of an instance that is begun, and that it is done.
    follow
        Told about the parts of the instance at hand.
    """

    begin: Callable[[str], None] = lambda name: None
    end: Callable[[], None] = lambda: None
    follow: Callable[[Progress], None] | None = None


@contextlib.contextmanager
def progress_bars(lang: Lang, instances: int | None) -> Iterator[Bars]:
    """Bars on stderr that follow the instances of a batch, and the parts of the one at hand; no bar of instances where None."""
    screen = console(err=True)
    if not screen.is_terminal:
        yield Bars()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=screen, transient=True) as bar:
        whole = None if instances is None else bar.add_task("", total=instances)
        parts = [bar.add_task(_PARTS().text(lang), total=None)]

        def begin(name: str) -> None:
            if whole is not None:
                bar.update(whole, description=name)
            bar.remove_task(parts.pop())
            parts.append(bar.add_task(_PARTS().text(lang), total=None))

        def end() -> None:
            if whole is not None:
                bar.advance(whole)

        def follow(progress: Progress) -> None:
            bar.update(parts[0], completed=progress.done, total=progress.total)

        yield Bars(begin, end, follow)
