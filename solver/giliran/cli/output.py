"""Answers go to stdout, talk goes to stderr; neither passes on what a screen would obey or hide, except colours of our own."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from giliran.messages import Lang, Sentence, shown, shown_json, shown_lines

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from giliran.engine.run import Progress

NARROWEST = 20
"""Columns below which nothing is laid out any more, whatever a terminal or the variable COLUMNS says."""

_PARTS = Sentence(en="Groups planned", id="Kelompok terjadwal")
_SEARCHED = Sentence(en="{parts}, {tier}", id="{parts}, {tier}")
"""What the search is about, too."""


def answer(text: str) -> None:
    """Print an answer for people."""
    _say(sys.stdout, shown_lines(text))


def answer_json(text: str) -> None:
    """Print an answer for programs: the same values, hostile characters in the escapes of JSON."""
    _say(sys.stdout, shown_json(text))


def talk(text: str) -> None:
    """Say something beside the answer."""
    _say(sys.stderr, shown_lines(text))


def _say(stream: TextIO, text: str) -> None:
    stream.write(text if text.endswith("\n") else f"{text}\n")
    stream.flush()


def console(*, err: bool = False) -> Console:
    """A console that keeps to the terminal's width and writes no colours into files and pipes."""
    from rich.console import Console

    class Plain(Console):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            """The last guard: whatever a report forgot to show as what it is."""
            for segment in super().render(renderable, options):
                yield segment if segment.control else segment._replace(text=shown_lines(segment.text))

    screen = Plain(file=sys.stderr if err else sys.stdout, highlight=False, markup=False, emoji=False)
    if screen.width < NARROWEST:
        screen.width = NARROWEST
    return screen


@contextlib.contextmanager
def progress_bar(lang: Lang, what: Sentence = _PARTS) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr that follows the parts of a solve; None where stderr is no terminal."""
    with progress_bars(lang, None, what) as bars:
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
def progress_bars(lang: Lang, instances: int | None, what: Sentence = _PARTS) -> Iterator[Bars]:
    """Bars on stderr that follow the instances of a batch, and the parts of the one at hand; no bar of instances where None."""
    screen = console(err=True)
    if not screen.is_terminal:
        yield Bars()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from giliran.reports.summary import tiers_text

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=screen, transient=True) as bar:
        whole = None if instances is None else bar.add_task("", total=instances)
        parts = [bar.add_task(what().text(lang), total=None)]

        def begin(name: str) -> None:
            if whole is not None:
                bar.update(whole, description=shown(name))
            bar.remove_task(parts.pop())
            parts.append(bar.add_task(what().text(lang), total=None))

        def end() -> None:
            if whole is not None:
                bar.advance(whole)

        def follow(progress: Progress) -> None:
            said = _SEARCHED(parts=what(), tier=tiers_text([progress.tier], words=True)) if progress.tier else what()
            bar.update(parts[0], description=said.text(lang), completed=progress.done, total=progress.total)

        yield Bars(begin, end, follow)
