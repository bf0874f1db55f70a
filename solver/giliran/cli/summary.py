"""The summary of a batch: a table with a row and a few lines per instance, then the problems in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from giliran.domain.status import Stopped
from giliran.files.batches import BatchFile, BatchRow, Ending
from giliran.messages import Lang, Sentence, Whole
from giliran.records.sentences import Sentences
from giliran.reports.summary import SHORTFALLS, tiers_text
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, DIM, GOOD, Screen, shortened

ENDING_WORDS = {
    Ending.OPTIMAL: Sentence(en="proven best", id="terbukti terbaik"),
    Ending.FEASIBLE: Sentence(en="a plan, not proven best", id="ada jadwal, belum terbukti terbaik"),
    Ending.INFEASIBLE: Sentence(en="impossible for some", id="sebagian tidak dapat disusun"),
    Ending.UNKNOWN: Sentence(en="no plan yet for some", id="sebagian belum terjadwal"),
    Ending.BAD_INPUT: Sentence(en="bad input", id="masukan salah"),
    Ending.INTERNAL_ERROR: Sentence(en="internal error", id="kesalahan program"),
    Ending.LOST: Sentence(en="lost", id="pekerjaan hilang"),
    Ending.OUT_OF_MEMORY: Sentence(en="out of memory", id="memori tidak cukup"),
    Ending.NOT_DONE: Sentence(en="not done", id="belum dikerjakan"),
}
STOPPED_WORDS = {
    Stopped.CANCELLED: Sentence(en="interrupted", id="dihentikan"),
    Stopped.TIME_LIMIT: Sentence(en="time limit", id="batas waktu"),
    Stopped.CRASHED: Sentence(en="workers lost", id="pekerja hilang"),
}
MAX_TOLD = 20
"""Problems of one instance that are told in full; its own files and `giliran check` tell all."""

_STYLES = {Ending.OPTIMAL: GOOD, Ending.FEASIBLE: COSTLY, Ending.NOT_DONE: DIM}
_HEADS = (
    Sentence(en="Instance", id="Berkas masukan"),
    Sentence(en="Status", id="Status"),
    Sentence(en="Staff", id="Pegawai"),
    Sentence(en="Seconds", id="Detik"),
)
_WORDS = 2
"""Columns of words; numbers, which stand to the right, follow."""
_TIERS = Sentence(en="costs: {tiers}", id="biaya: {tiers}")
_WRITTEN = Sentence(en="written: {files}", id="ditulis: {files}")
_MORE = Sentence(en="… {count} more", id="… {count} lagi")
_AND_MORE = Sentence(en="{first} (and {count} more)", id="{first} (dan {count} lagi)")
_PROBLEMS = Sentence(en="Problems", id="Masalah")
_TOTAL = Sentence(
    en="Instances: {count}, with a plan for everybody: {done}. (exit code {code}, the largest of all)",
    id="Berkas masukan: {count}, semua pegawainya terjadwal: {done}. (kode keluar {code}, yang terbesar)",
)
_WITH_PLAN = frozenset({Ending.OPTIMAL, Ending.FEASIBLE})
_INDENT, _GAP, _NARROWEST = "    ", 2, 12


def report_batch(console: Console, batch: BatchFile, lang: Lang = "en", *, verbose: bool = False) -> None:
    """Print a batch for people.

    Parameters
    ----------
    console
        Where to; its width is kept to.
    batch
        How every instance ended.
    lang
        Language of the reader.
    verbose
        Also what each plan costs.
    """
    screen = Screen(console, lang)
    screen.print(_table(screen, batch, verbose=verbose))
    screen.print(_problems(screen, batch))
    screen.print(_total(screen, batch))


def _table(screen: Screen, batch: BatchFile, *, verbose: bool) -> Iterator[Text]:
    """A line for each instance, or two where they do not fit on one, and what is told of it below."""
    cells = [_cells(screen, row) for row in batch.instances]
    styles = [_STYLES.get(row.ending, BAD) for row in batch.instances]
    heads = [screen.say(head) for head in _HEADS]
    widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    left = screen.width - sum(widths[1:]) - _GAP * len(widths[1:])
    if left < min(widths[0], _NARROWEST):
        lines = [list(_stacked(screen, heads, row, style)) for row, style in zip(cells, styles, strict=True)]
    else:
        head, *rows = screen.drawn(_grid([heads, *cells], [BOLD, *styles], [min(widths[0], left), *widths[1:]]))
        lines = [[row] for row in rows]
        yield head
    for told, line in zip(batch.instances, lines, strict=True):
        yield from line
        yield from _told(screen, told, verbose=verbose)


def _grid(cells: Sequence[Sequence[str]], styles: Sequence[str], widths: Sequence[int]) -> Grid:
    """The heading and a row for each instance; names are cut where the others need the room."""
    grid = Grid.grid(padding=0)
    for k, width in enumerate(widths):
        space = _GAP if k else 0
        grid.add_column(width=space + width, justify="left" if k < _WORDS else "right", no_wrap=True, overflow="ellipsis")
    for (name, status, *numbers), style in zip(cells, styles, strict=True):
        grid.add_row(Text(shortened(name, widths[0])), Text(" " * _GAP + status), *map(Text, numbers), style=style)
    return grid


def _stacked(screen: Screen, heads: Sequence[str], cells: Sequence[str], style: str) -> Iterator[Text]:
    """The name, and below it the rest with its headings."""
    name, status, *numbers = cells
    yield from screen.wrapped(name, indent="", style=style)
    rest = [f"{head} {number}" for head, number in zip(heads[_WORDS:], numbers, strict=True) if number]
    yield from screen.wrapped(" · ".join([status, *rest]), indent=_INDENT, style=style)


def _cells(screen: Screen, row: BatchRow) -> list[str]:
    status = screen.say(ENDING_WORDS[row.ending])
    status = status if row.stopped is None else f"{status}, {screen.say(STOPPED_WORDS[row.stopped])}"
    people = "" if row.people is None else str(row.people)
    seconds = "" if row.seconds is None else f"{row.seconds:.2f}"
    return [row.name, status, people, seconds.replace(".", ",") if screen.lang == "id" else seconds]


def _told(screen: Screen, row: BatchRow, *, verbose: bool) -> Iterator[Text]:
    """On request tiers, then the first problem and the headline on one line each, and files."""
    if row.tiers and verbose:
        yield from screen.wrapped(_TIERS(tiers=tiers_text(row.tiers, words=True)), indent=_INDENT, style=DIM)
    yield from _first(screen, row.problems)
    if row.shortfalls:
        yield from screen.wrapped(SHORTFALLS(count=row.shortfalls), indent=_INDENT, style=COSTLY)
    yield from _first(screen, row.told, COSTLY)
    if row.files:
        yield from screen.wrapped(_WRITTEN(files=Whole(", ".join(row.files))), indent=_INDENT, style=DIM)


def _first(screen: Screen, texts: Sequence[Sentences], style: str = "") -> Iterator[Text]:
    """The first of some texts on one line, and how many more there are."""
    if not texts:
        return
    first, room = getattr(texts[0], screen.lang).splitlines()[0], screen.width - len(_INDENT)
    if len(texts) > 1:
        more = screen.say(_AND_MORE, first="", count=len(texts) - 1)
        first = screen.say(_AND_MORE, first=shortened(first, room - len(more)), count=len(texts) - 1)
    yield Text(_INDENT + shortened(first, room), style=style)


def _problems(screen: Screen, batch: BatchFile) -> Iterator[Text]:
    told = [row for row in batch.instances if row.problems]
    if told:
        yield from screen.heading(_PROBLEMS())
    for row in told:
        yield from screen.wrapped(row.name)
        for problem in row.problems[:MAX_TOLD]:
            for k, line in enumerate(getattr(problem, screen.lang).splitlines()):
                yield from screen.wrapped(line.strip(), indent="      ", first="    - " if k == 0 else "      ")
        if len(row.problems) > MAX_TOLD:
            yield from screen.wrapped(_MORE(count=len(row.problems) - MAX_TOLD), indent="      ", style=DIM)


def _total(screen: Screen, batch: BatchFile) -> Iterator[Text]:
    done = sum(row.ending in _WITH_PLAN for row in batch.instances)
    said = _TOTAL(count=len(batch.instances), done=done, code=batch.exit_code)
    yield Text()
    yield from screen.wrapped(said, indent="", style=BAD if batch.exit_code else GOOD)
