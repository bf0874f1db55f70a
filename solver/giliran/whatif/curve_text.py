"""Curves on a terminal: a table, and a bar for every value below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from giliran.domain.facts import THOUSANDTHS
from giliran.domain.status import Status
from giliran.messages import Lang, Said, Sentence, plain
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, DIM, INDENT, Screen, shortened
from giliran.reports.words import both, days_text, joined
from giliran.whatif.curves import Curve, Point
from giliran.whatif.measures import Measures

_TITLE = Sentence(en="{of} from {first} to {last}", id="{of} dari {first} sampai {last}")
_AS_IT_IS = Sentence(en="In the instance: {said}", id="Dalam berkas masukan: {said}")
_NO_PLAN = {
    Status.INFEASIBLE: Sentence(en="no plan: {why}", id="tidak ada jadwal: {why}"),
    Status.UNKNOWN: Sentence(
        en="no plan in the time given, nothing is proved", id="waktu habis, belum ada jadwal, belum ada yang terbukti"
    ),
    None: Sentence(en="cannot be planned: {why}", id="tidak dapat disusun: {why}"),
}
_NOT_PROVEN = Sentence(en="* not proven best", id="* belum terbukti terbaik")
_CUT = Sentence(
    en="Interrupted: further values were not tried. (exit code 130)", id="Dihentikan: nilai lain belum dicoba. (kode keluar 130)"
)
_VALUE = Sentence(en="Value", id="Nilai")
_OF_ALL = Sentence(en="{unmet} of {all}", id="{unmet} dari {all}")
_PAIR = Sentence(en="{title} {value}", id="{title} {value}")
_FULL, _PARTS, _EIGHTHS = "█", " ▏▎▍▌▋▊▉", 8
_GAP = 2
_WIDEST = 40
"""Columns of the longest bar."""


@dataclass(frozen=True)
class Shown:
    """A measure as curves show it.

    Parameters
    ----------
    key
        Its name in files.
    title, short
        What it is called, and in the head of a table.
    value
        Its number; None where there is none.
    said
        The number in words.
    drawn
        Whether it has bars and a picture of its own.
    """

    key: str
    title: Sentence
    short: Sentence
    value: Callable[[Measures], int | None]
    said: Callable[[Measures], Said]
    drawn: bool = True


def _thousandths(millionths: int) -> int:
    """Rounded half up."""
    return (2 * millionths + THOUSANDTHS) // (2 * THOUSANDTHS)


def _days(value: int | None) -> Said:
    return plain("–") if value is None else both(days_text, value)


MEASURES = (
    Shown(
        "fullest_day",
        Sentence(en="People in the office on the fullest day (desks)", id="Pegawai WFO pada hari terpadat (meja)"),
        Sentence(en="Desks", id="Meja"),
        lambda found: found.fullest_day,
        lambda found: plain(found.fullest_day),
    ),
    Shown(
        "office_days",
        Sentence(en="Person-days in the office", id="Orang-hari WFO"),
        Sentence(en="Days", id="Hari"),
        lambda found: found.office_days,
        lambda found: plain(found.office_days),
        drawn=False,
    ),
    Shown(
        "largest_difference",
        Sentence(en="Largest difference from the fair share, days", id="Selisih terbesar dari jatah, hari"),
        Sentence(en="Difference", id="Selisih"),
        lambda found: found.largest_difference,
        lambda found: _days(found.largest_difference),
    ),
    Shown(
        "squares",
        Sentence(en="Squared differences from the fair share, days²", id="Kuadrat selisih dari jatah, hari²"),
        Sentence(en="Squares", id="Kuadrat"),
        lambda found: found.squares,
        lambda found: plain("–") if found.squares is None else both(days_text, _thousandths(found.squares)),
        drawn=False,
    ),
    Shown(
        "unmet",
        Sentence(en="Wishes not met", id="Keinginan yang tidak terpenuhi"),
        Sentence(en="Unmet", id="Tak terpenuhi"),
        lambda found: found.unmet if found.wishes else None,
        lambda found: _OF_ALL(unmet=found.unmet, all=found.wishes) if found.wishes else plain("–"),
    ),
    Shown(
        "relaxations",
        Sentence(
            en="Person-days above first limits, and rules that should hold missed",
            id="Orang-hari di atas batas pertama, dan aturan yang terlewat",
        ),
        Sentence(en="Relaxed", id="Longgar"),
        lambda found: found.relaxations,
        lambda found: plain(found.relaxations),
    ),
    Shown(
        "missing_officers",
        Sentence(en="Duty officers missing", id="Petugas piket yang kurang"),
        Sentence(en="No officer", id="Piket"),
        lambda found: found.missing_officers,
        lambda found: plain(found.missing_officers),
    ),
)
"""What curves tell, the number that is asked for most first."""


def shown_of(curve: Curve) -> list[Shown]:
    """Measures that say something: those that are above 0 somewhere."""
    found = [point.measures for point in curve.points if point.measures is not None]
    return [each for each in MEASURES if any(each.value(measures) for measures in found)]


def report_curve(console: Console, curve: Curve, lang: Lang = "en") -> None:
    """Print a curve for people.

    Parameters
    ----------
    console
        Where to; its width is kept to.
    curve
        From `curve`.
    lang
        Language of the reader.
    """
    screen = Screen(console, lang)
    screen.print(_head(screen, curve))
    screen.print(_table(screen, curve))
    for shown in shown_of(curve):
        if shown.drawn and len({shown.value(point.measures) for point in curve.points if point.measures is not None}) > 1:
            screen.print(_bars(screen, curve, shown))
    if not curve.whole:
        screen.print([Text(), *screen.wrapped(_CUT(), indent="", style=BAD)])


def _head(screen: Screen, curve: Curve) -> Iterator[Text]:
    if curve.points:
        said = _TITLE(of=curve.of, first=curve.points[0].amount, last=curve.points[-1].amount)
        yield from screen.wrapped(said, indent="", style=BOLD)
    if curve.said is not None:
        yield from screen.wrapped(_AS_IT_IS(said=curve.said), indent="")


def _table(screen: Screen, curve: Curve) -> Iterator[Text]:
    """A line for each value, or several where they do not fit on one; where there is no plan, why."""
    measures = shown_of(curve)
    head = [screen.say(_VALUE), *(screen.say(each.short) for each in measures)]
    rows = [_cells(screen, point, measures) for point in curve.points]
    widths = [max(cell_len(row[k]) for row in [head, *rows] if k < len(row)) for k in range(len(head))]
    fits = len(INDENT) + sum(widths) + _GAP * len(widths) <= screen.width
    yield Text()
    if fits:
        yield Text(INDENT + _line(head, widths), style=BOLD)
    for point, row in zip(curve.points, rows, strict=True):
        mark = "" if point.proven else " *"
        if point.measures is None:
            yield from _without_plan(screen, point, row[0], widths[0])
        elif fits:
            yield Text(INDENT + _line(row, widths) + mark, style="" if point.proven else COSTLY)
        else:
            pairs = (_PAIR(title=title, value=value) for title, value in zip(head[1:], row[1:], strict=True))
            yield from screen.wrapped(joined([plain(row[0] + mark), *pairs], " · "), indent=INDENT * 2, first=INDENT)
    if any(point.measures is not None and not point.proven for point in curve.points):
        yield from screen.wrapped(_NOT_PROVEN(), style=DIM)


def _without_plan(screen: Screen, point: Point, amount: str, width: int) -> Iterator[Text]:
    said = _NO_PLAN[point.status if point.status in _NO_PLAN else None](why=point.why or plain("–"))
    first = INDENT + " " * (width - cell_len(amount)) + amount + " " * _GAP
    yield from screen.wrapped(said, indent=" " * cell_len(first), first=first, style=BAD)


def _cells(screen: Screen, point: Point, measures: Sequence[Shown]) -> list[str]:
    amount = plain(point.amount).text(screen.lang)
    found = point.measures
    return [amount] if found is None else [amount, *(each.said(found).text(screen.lang) for each in measures)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * _GAP).join(" " * (width - cell_len(cell)) + cell for cell, width in zip(cells, widths, strict=False))


def _bars(screen: Screen, curve: Curve, shown: Shown) -> Iterator[Text]:
    """A bar for every value that has a plan, as long as its number."""
    yield from screen.heading(shown.title())
    found = [(point, point.measures) for point in curve.points if point.measures is not None]
    amounts = [plain(point.amount).text(screen.lang) for point, _ in found]
    said = [shown.said(measures).text(screen.lang) for _, measures in found]
    values = [shown.value(measures) or 0 for _, measures in found]
    left, right = max(map(cell_len, amounts)), max(map(cell_len, said))
    room, most = min(max(screen.width - len(INDENT) - left - right - 2 * _GAP, 1), _WIDEST), max(values)
    for amount, text, value in zip(amounts, said, values, strict=True):
        bar = _bar(value, most, room)
        yield Text(shortened(f"{INDENT}{amount:>{left}}{' ' * _GAP}{bar}{' ' * _GAP}{text}", screen.width))


def _bar(value: int, most: int, room: int) -> str:
    """A bar of eighths of a column."""
    whole, rest = divmod(value * room * _EIGHTHS // max(most, 1), _EIGHTHS)
    return _FULL * whole + (_PARTS[rest] if rest else "")
