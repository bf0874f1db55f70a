"""Pictures of stored runs; needs the extra `giliran[plots]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.comparison import OURS, Ratio, ours_in, ratio, side_by_side, who
from benchmarks.growth import GROWING, Curve, solve_curve, total_curve
from benchmarks.holding import Stored
from benchmarks.measure import Record
from benchmarks.showing import COMPARED
from benchmarks.tables import latest

GROWTH_FILE, RATIOS_FILE = "growth.png", "peers.png"
_NAMES = {"growth": "no limit over everybody", "coupled": "one binding limit over everybody"}
_COLOURS = {"growth": "#1b6ca8", "coupled": "#c8553d"}
_BAR, _OPEN_BAR = "#1b6ca8", "#a9c8de"
_DPI = 150


class NoPlotsError(Exception):
    """matplotlib is not installed."""


def draw(stored: Stored, folder: Path) -> list[Path]:
    """Draw what is stored into a folder; the files written.

    Raises
    ------
    NoPlotsError
        If matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ModuleNotFoundError as error:
        raise NoPlotsError("plots need matplotlib: pip install 'giliran[plots]'") from error
    mpl.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    grown = {suite: latest(stored(suite)) for suite in GROWING}
    beside = {suite: side_by_side(stored(suite)) for suite in COMPARED}
    written = []
    if any(grown.values()):
        written.append(_save(_growth({suite: records for suite, records in grown.items() if records}), folder / GROWTH_FILE))
    if any(beside.values()):
        cases = {case: [run for run in records if run["case"] == case] for records in beside.values() for case in _cases(records)}
        written.append(_save(_ratios(cases), folder / RATIOS_FILE))
    return written


def _cases(records: list[Record]) -> list[str]:
    return list(dict.fromkeys(record["case"] for record in records))


def _save(figure: Any, path: Path) -> Path:
    figure.savefig(path, dpi=_DPI)
    return path


def _growth(grown: dict[str, list[Record]]) -> Any:
    """Seconds over people, both logarithmic: dots are medians, full lines the search, broken ones all from files to audited plan."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 5), layout="constrained")
    axes = figure.subplots()
    for suite, records in grown.items():
        for curve, style, what in ((solve_curve(records), "-", "search"), (total_curve(records), "--", "files to audited plan")):
            label = f"{_NAMES[suite]}, {what}{_slope(curve)}"
            axes.plot(*zip(*curve.points, strict=True), style, marker="o", markersize=4, color=_COLOURS[suite], label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.minorticks_off()
    axes.set_xlabel("people (five days)")
    axes.set_ylabel("seconds, median")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.grid(True, which="major", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize="small")
    return figure


def _slope(curve: Curve) -> str:
    return "" if curve.exponent is None else f": exponent {curve.exponent:.2f}"


def _ratios(cases: dict[str, list[Record]]) -> Any:
    """A panel per case: how many times giliran's seconds each peer took."""
    from matplotlib.figure import Figure

    rows = {case: _bars(records) for case, records in cases.items()}
    rows = {case: bars for case, bars in rows.items() if bars}
    sizes = [len(bars) for bars in rows.values()]
    figure = Figure(figsize=(7.5, 0.8 * len(rows) + 0.26 * sum(sizes) + 0.7), layout="constrained")
    panels = figure.subplots(len(rows), 1, sharex=True, squeeze=False, height_ratios=[size + 0.8 for size in sizes])[:, 0]
    for axes, (case, bars) in zip(panels, rows.items(), strict=True):
        _panel(axes, case, bars)
    values = [value for bars in rows.values() for _, value, _ in bars]
    panels[0].set_xlim(min(0.9, *values), 4 * max(values))
    panels[-1].set_xlabel("solve stage, × giliran's seconds (pale: somebody was stopped without proof)")
    return figure


def _bars(records: list[Record]) -> list[tuple[str, float, str]]:
    """Name, ratio and sign of every peer that has one."""
    ours = ours_in(records)
    found = {name: ratio([run for run in records if who(run) == name], ours) for name in dict.fromkeys(map(who, records)) if name != OURS}
    return [(name, value.value, value.sign) for name, value in found.items() if value is not None]


def _panel(axes: Any, case: str, bars: list[tuple[str, float, str]]) -> None:
    names, values = [name for name, _, _ in bars], [value for _, value, _ in bars]
    colours = [_OPEN_BAR if sign else _BAR for _, _, sign in bars]
    axes.barh(names, [value - 1 for value in values], left=1, color=colours, height=0.65)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.grid(True, axis="x", color="#dddddd")
    axes.set_axisbelow(True)
    axes.axvline(1, color="#444444", linewidth=0.8)
    for k, (_, value, sign) in enumerate(bars):
        place = {"xytext": (4, 0), "textcoords": "offset points", "va": "center"}
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        axes.annotate(str(Ratio(value, sign)), (max(value, 1), k), **place, fontsize="small", bbox=box)
    axes.set_title(case, loc="left", fontsize="medium")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
