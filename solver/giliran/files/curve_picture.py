"""Curves as a picture: a panel for each number, all over the same values, in SVG of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from giliran.messages import Lang, plain, shown
from giliran.reports.terminal.screen import shortened
from giliran.whatif.curve_text import Shown, shown_of
from giliran.whatif.curves import Curve, Point

PICTURE = "<!-- giliran-curve/1 -->"
"""Stands in every picture of ours, so that none is written over anything else."""

_WIDTH, _HEIGHT = 720, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 24, 40, 34
_HEAD = 44
_LINE, _GREY, _BAD = "#1f6f8b", "#777777", "#b3261e"
_MOST_WORDS = 100
"""Characters of a line that fit."""
_MOST_LABELS = 16
"""Values that are written below an axis."""


@dataclass(frozen=True)
class _Panel:
    """Where one number is drawn.

    Parameters
    ----------
    top
        Its upper edge.
    most
        The largest number in it, above 0.
    count
        Values along it.
    """

    top: int
    most: int
    count: int

    def x(self, k: int) -> float:
        """Where a value stands."""
        room = _WIDTH - _LEFT - _RIGHT
        return _LEFT + room * (k + 0.5) / self.count

    def y(self, value: int) -> float:
        """Where a number stands, 0 on the axis."""
        return self.floor - (_HEIGHT - _TOP - _BOTTOM) * value / self.most

    @property
    def floor(self) -> int:
        """Where the axis stands."""
        return self.top + _HEIGHT - _BOTTOM


def curve_picture(curve: Curve, lang: Lang = "en") -> str:
    """A curve as SVG; values without a plan are marked on the axes, and where nothing is planned there is no panel."""
    panels = [each for each in shown_of(curve) if each.drawn]
    height = _HEAD + _HEIGHT * len(panels)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="12">',
        PICTURE,
        f"<title>{_text(curve.of)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
        _label(_LEFT, 20, curve.of, size=15),
        *([_label(_LEFT, 36, shortened(curve.said.text(lang), _MOST_WORDS), colour=_GREY)] if curve.said else []),
    ]
    for k, measure in enumerate(panels):
        lines += _panel(curve.points, measure, _HEAD + k * _HEIGHT, lang)
    return "\n".join([*lines, "</svg>", ""])


def _panel(points: Sequence[Point], measure: Shown, top: int, lang: Lang) -> Iterator[str]:
    values = [None if point.measures is None else measure.value(point.measures) for point in points]
    panel = _Panel(top, max(value or 0 for value in values) or 1, len(points))
    yield _label(_LEFT, top + 24, measure.title().text(lang))
    yield f'<line x1="{_LEFT}" y1="{panel.floor}" x2="{_WIDTH - _RIGHT}" y2="{panel.floor}" stroke="{_GREY}"/>'
    yield from _joined(panel, values)
    every = -(-len(points) // _MOST_LABELS)
    for k, (point, value) in enumerate(zip(points, values, strict=True)):
        if k % every == 0:
            yield _label(panel.x(k), panel.floor + 16, plain(point.amount).text(lang), anchor="middle", colour=_GREY)
        if value is None or point.measures is None:
            yield _label(panel.x(k), panel.floor - 4, "×", anchor="middle", colour=_BAD)
            continue
        x, y = _number(panel.x(k)), panel.y(value)
        yield f'<circle cx="{x}" cy="{_number(y)}" r="3.5" fill="{_LINE if point.proven else "white"}" stroke="{_LINE}"/>'
        if k % every == 0:
            yield _label(panel.x(k), y - 8, measure.said(point.measures).text(lang), anchor="middle")


def _joined(panel: _Panel, values: Sequence[int | None]) -> Iterator[str]:
    """Lines between neighbours that both have a plan."""
    spots = [None if value is None else (_number(panel.x(k)), _number(panel.y(value))) for k, value in enumerate(values)]
    for one, two in pairwise(spots):
        if one is not None and two is not None:
            yield f'<line x1="{one[0]}" y1="{one[1]}" x2="{two[0]}" y2="{two[1]}" stroke="{_LINE}" stroke-width="2"/>'


def _label(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "black", size: int = 12) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
    return f"<text {place}>{_text(text)}</text>"


def _text(text: str) -> str:
    return escape(shown(text))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
