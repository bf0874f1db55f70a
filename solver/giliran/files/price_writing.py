"""Prices and curves written to files: a table for spreadsheets, a picture, everything for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from functools import partial as later
from pathlib import Path

from giliran.errors import Problem, Where
from giliran.files.curve_picture import PICTURE, curve_picture
from giliran.files.keeping import Ours, begins_as_document, by_head, is_strange
from giliran.files.prices import CURVE_SCHEMA, PRICES_SCHEMA, CurveFile, MeasuresRecord, PricesFile
from giliran.files.writing import check_targets
from giliran.instance import Instance
from giliran.instance.sources import over_sources
from giliran.messages import Lang, Sentence
from giliran.text.replacing import write_all_atomic
from giliran.text.trying import CHOOSE_OTHER, refuse_all
from giliran.whatif.curves import Curve
from giliran.whatif.dials import written
from giliran.whatif.pricing import Prices

_NOT_OURS = Sentence(
    en="this file is there already and is no such answer of giliran, so none is written over it",
    id="berkas ini sudah ada dan bukan jawaban seperti itu dari giliran, jadi tidak ditimpa",
)
_AMOUNT = "amount"
_COLUMNS = (_AMOUNT, "status", "proven", *MeasuresRecord.model_fields)
_TIER = "tier:"


def _begins_as_table(text: str) -> bool:
    """Whether a file begins with the columns of our curves."""
    return text.partition("\n")[0].startswith(",".join(_COLUMNS))


CURVE_ENDINGS: dict[str, Ours] = {
    ".csv": by_head(_begins_as_table),
    ".json": by_head(later(begins_as_document, schema=CURVE_SCHEMA)),
    ".svg": by_head(lambda text: PICTURE in text),
}
"""By ending, which files are curves that were written."""
PRICE_ENDINGS: dict[str, Ours] = {".json": by_head(later(begins_as_document, schema=PRICES_SCHEMA))}
"""The same of prices."""


def check_answer(instance: Instance, targets: Iterable[Path], endings: dict[str, Ours]) -> None:
    """See before a long run that an answer can be written to some files, none of which is anything else.

    Raises
    ------
    InputError
        With every file that cannot be written, that the instance was read from, or that holds something else.
    """
    paths = list(targets)
    check_targets(paths, endings)
    refuse_all(over_sources(instance, paths))
    strange = [path for path in paths if is_strange(path, endings[path.suffix.lower()])]
    refuse_all(Problem(Where(str(path)), _NOT_OURS(), CHOOSE_OTHER()) for path in strange)


def write_curve(instance: Instance, curve: Curve, targets: Iterable[Path], lang: Lang = "en") -> None:
    """Write a curve, all files or none: `.csv`, `.json` or `.svg`; `InputError` as `check_answer`."""
    paths = list(targets)
    check_answer(instance, paths, CURVE_ENDINGS)
    writers: dict[str, Callable[[], str]] = {
        ".csv": later(curve_csv, curve),
        ".json": lambda: CurveFile.made(instance, curve).text(),
        ".svg": later(curve_picture, curve, lang),
    }
    write_all_atomic([(path, writers[path.suffix.lower()]) for path in paths])


def write_prices(prices: Prices, targets: Iterable[Path]) -> None:
    """Write prices to `.json`; `InputError` as `check_answer`."""
    paths = list(targets)
    check_answer(prices.result.instance, paths, PRICE_ENDINGS)
    write_all_atomic([(path, PricesFile.of(prices).text) for path in paths])


def curve_csv(curve: Curve) -> str:
    """A row for each value: its status, the numbers of its plan, and the value of every tier; cells without a plan are empty."""
    names = list(dict.fromkeys(tier.name for point in curve.points for tier in point.tiers))
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\n")
    out.writerow([*_COLUMNS, *(_TIER + name for name in names)])
    for point in curve.points:
        measures = MeasuresRecord.of(point.measures)
        numbers = ["" for _ in MeasuresRecord.model_fields] if measures is None else [_cell(value) for _, value in measures]
        values = {tier.name: tier.value for tier in point.tiers}
        status = "" if point.status is None else point.status.value
        out.writerow([written(point.amount), status, "yes" if point.proven else "no", *numbers, *(_cell(values.get(n)) for n in names)])
    return stream.getvalue()


def _cell(value: object) -> str:
    return "" if value is None else str(value)
