"""The summary of a batch: a table with a row and a few lines per instance, then the problems in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from giliran.domain.status import Stopped
from giliran.files.batches import BatchFile, BatchRow, Ending
from giliran.files.results import TierRecord
from giliran.files.sentences import Sentences
from giliran.messages import Lang, Sentence, Whole
from giliran.reports.headline import SHORTFALLS
from giliran.reports.lines import BAD, BOLD, COSTLY, DIM, GOOD, print_lines, shortened, wrapped

ENDING_WORDS = {
    Ending.OPTIMAL: Sentence(en="proven best", id="terbukti terbaik"),
    Ending.FEASIBLE: Sentence(en="a plan, not proven best", id="ada jadwal, belum terbukti terbaik"),
    Ending.INFEASIBLE: Sentence(en="impossible for some", id="mustahil bagi sebagian"),
    Ending.UNKNOWN: Sentence(en="no plan yet for some", id="sebagian belum terjadwal"),
    Ending.BAD_INPUT: Sentence(en="bad input", id="masukan salah"),
    Ending.INTERNAL_ERROR: Sentence(en="internal error", id="kesalahan program"),
    Ending.LOST: Sentence(en="lost", id="pekerjaan hilang"),
    Ending.OUT_OF_MEMORY: Sentence(en="out of memory", id="memori tidak cukup"),
    Ending.NOT_DONE: Sentence(en="not done", id="belum dikerjakan"),
}
_STYLES = {Ending.OPTIMAL: GOOD, Ending.FEASIBLE: COSTLY, Ending.NOT_DONE: DIM}
_HEADS = (
    Sentence(en="Instance", id="Instans"),
    Sentence(en="Status", id="Status"),
    Sentence(en="Staff", id="Pegawai"),
    Sentence(en="Seconds", id="Detik"),
)
_TIERS = Sentence(en="tiers: {tiers}", id="tingkat: {tiers}")
_WRITTEN = Sentence(en="written: {files}", id="ditulis: {files}")
_TIER = Sentence(en="{name} {value}", id="{name} {value}")
_OPEN_TIER = Sentence(en="{name} {value} (gap {gap})", id="{name} {value} (selisih {gap})")
_CONDITIONAL = Sentence(en="{name} {value} (not proven)", id="{name} {value} (belum terbukti)")
STOPPED_WORDS = {
    Stopped.CANCELLED: Sentence(en="interrupted", id="dihentikan"),
    Stopped.TIME_LIMIT: Sentence(en="time limit", id="batas waktu"),
    Stopped.CRASHED: Sentence(en="workers lost", id="pekerja hilang"),
}
_MORE = Sentence(en="… {count} more", id="… {count} lagi")
_AND_MORE = Sentence(en="{first} (and {count} more)", id="{first} (dan {count} lagi)")
_PROBLEMS = Sentence(en="Problems", id="Masalah")
_TOTAL = Sentence(
    en="Instances: {count}, with a plan for everybody: {done}. (exit code {code}, the largest of all)",
    id="Instans: {count}, semua pegawainya terjadwal: {done}. (kode keluar {code}, yang terbesar)",
)
_WITH_PLAN = frozenset({Ending.OPTIMAL, Ending.FEASIBLE})
_INDENT, _GAP, _NARROWEST = "    ", "  ", 8
MAX_TOLD = 20
"""Problems of one instance that are told in full; its own files and `giliran check` tell all."""


def report_batch(console: Console, batch: BatchFile, lang: Lang = "en") -> None:
    """Print a batch for people.

    Parameters
    ----------
    console
        Where to; its width is kept to.
    batch
        How every instance ended.
    lang
        Language of the reader.
    """
    print_lines(console, _table(batch, console.width, lang))
    print_lines(console, _problems(batch, console.width, lang))
    print_lines(console, _total(batch, console.width, lang))


def _table(batch: BatchFile, width: int, lang: Lang) -> Iterator[Text]:
    cells = [[head().text(lang) for head in _HEADS], *(_cells(row, lang) for row in batch.instances)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    widths[0] = min(widths[0], max(width - sum(widths[1:]) - len(_GAP) * len(widths[1:]), _NARROWEST))
    head, *rows = (shortened(_laid_out(row, widths), width) for row in cells)
    yield Text(head, style=BOLD)
    for row, line in zip(batch.instances, rows, strict=True):
        yield Text(line, style=_STYLES.get(row.ending, BAD))
        yield from _told(row, width, lang)


def _cells(row: BatchRow, lang: Lang) -> list[str]:
    people = "" if row.people is None else str(row.people)
    return [row.name, _status(row, lang), people, "" if row.seconds is None else _seconds(row.seconds, lang)]


def _laid_out(cells: list[str], widths: list[int]) -> str:
    name, status, *numbers = cells
    left = [f"{shortened(name, widths[0]):<{widths[0]}}", f"{status:<{widths[1]}}"]
    return _GAP.join([*left, *(f"{number:>{room}}" for number, room in zip(numbers, widths[2:], strict=True))]).rstrip()


def _status(row: BatchRow, lang: Lang) -> str:
    words = ENDING_WORDS[row.ending]().text(lang)
    return words if row.stopped is None else f"{words}, {STOPPED_WORDS[row.stopped]().text(lang)}"


def _seconds(seconds: float, lang: Lang) -> str:
    text = f"{seconds:.2f}"
    return text.replace(".", ",") if lang == "id" else text


def _told(row: BatchRow, width: int, lang: Lang) -> Iterator[Text]:
    """Tiers, the first problem and the headline on one line each, and files."""
    if row.tiers:
        tiers = ", ".join(_tier(tier, lang) for tier in row.tiers)
        yield from wrapped(_TIERS(tiers=tiers).text(lang), width, indent=_INDENT, style=DIM)
    yield from _first(row.problems, width, lang)
    if row.shortfalls:
        yield from wrapped(SHORTFALLS(count=row.shortfalls).text(lang), width, indent=_INDENT, style=COSTLY)
    yield from _first(row.told, width, lang, COSTLY)
    if row.files:
        yield from wrapped(_WRITTEN(files=Whole(", ".join(row.files))).text(lang), width, indent=_INDENT, style=DIM)


def _first(texts: Sequence[Sentences], width: int, lang: Lang, style: str = "") -> Iterator[Text]:
    """The first of some texts on one line, and how many more there are."""
    if not texts:
        return
    first = getattr(texts[0], lang).splitlines()[0]
    if len(texts) > 1:
        more = _AND_MORE(first="", count=len(texts) - 1).text(lang)
        first = _AND_MORE(first=shortened(first, width - len(_INDENT) - len(more)), count=len(texts) - 1).text(lang)
    yield Text(_INDENT + shortened(first, width - len(_INDENT)), style=style)


def _tier(tier: TierRecord, lang: Lang) -> str:
    if tier.proven:
        return _TIER(name=tier.name, value=tier.value).text(lang)
    if tier.value == tier.bound:
        return _CONDITIONAL(name=tier.name, value=tier.value).text(lang)
    return _OPEN_TIER(name=tier.name, value=tier.value, gap=tier.value - tier.bound).text(lang)


def _problems(batch: BatchFile, width: int, lang: Lang) -> Iterator[Text]:
    told = [row for row in batch.instances if row.problems]
    if told:
        yield Text()
        yield Text(_PROBLEMS().text(lang), style=BOLD)
    for row in told:
        yield from wrapped(row.name, width, indent="  ")
        for problem in row.problems[:MAX_TOLD]:
            for k, line in enumerate(getattr(problem, lang).splitlines()):
                yield from wrapped(line.strip(), width, indent="      ", first="    - " if k == 0 else "      ")
        if len(row.problems) > MAX_TOLD:
            yield from wrapped(_MORE(count=len(row.problems) - MAX_TOLD).text(lang), width, indent="      ", style=DIM)


def _total(batch: BatchFile, width: int, lang: Lang) -> Iterator[Text]:
    done = sum(row.ending in _WITH_PLAN for row in batch.instances)
    said = _TOTAL(count=len(batch.instances), done=done, code=batch.exit_code)
    yield Text()
    yield from wrapped(said.text(lang), width, indent="", style=BAD if batch.exit_code else GOOD)
