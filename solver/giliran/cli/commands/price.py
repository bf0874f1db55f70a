"""`giliran price`: what each rule costs, and plans over the values of one number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.called import called
from giliran.cli.exits import Exit
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import PATH, Format, format_option, lang_option, option, seconds, whole, word
from giliran.cli.output import answer_json, console, progress_bar, talk
from giliran.cli.parsing import Read, Speaking
from giliran.errors import Problem, Where
from giliran.messages import Lang, Said, Sentence, Whole

if TYPE_CHECKING:
    from giliran.instance import Instance
    from giliran.solving import SolveOptions
    from giliran.whatif.dials import Amount

_HELP = Sentence(
    en="Say what each rule costs: which limits bind, and what one person or day more or less would change, solved again from the plan. "
    "With --curve: plans over the values of one number (how many desks do we need?).",
    id="Sebutkan biaya setiap aturan: batas mana yang mengikat, dan akibat satu orang atau hari lebih atau kurang, disusun ulang dari "
    "jadwalnya. Dengan --curve: jadwal menurut nilai suatu angka (berapa meja yang diperlukan?).",
)
_INSTANCE = Sentence(
    en="The instance: a .xlsx, .yaml or .json file, or its folder.", id="Berkas masukan: .xlsx, .yaml, atau .json, atau foldernya."
)
_RULE = Sentence(en="Only this rule; may be repeated.", id="Hanya aturan ini; boleh diulang.")
_BY_UNIT = Sentence(
    en="Also each unit alone, where a rule counts several.", id="Juga setiap unit kerja tersendiri, bila aturan menghitung beberapa."
)
_CURVE = Sentence(
    en="The number that changes: a rule (own/cap), one of its numbers (own/days.most), or a choice of a circular (umum.limit).",
    id="Angka yang diubah: aturan (own/cap), salah satu angkanya (own/days.most), atau pilihan surat edaran (umum.limit).",
)
_FROM = Sentence(en="First value, such as 20% or 4.", id="Nilai pertama, misalnya 20% atau 4.")
_TO = Sentence(en="Last value.", id="Nilai terakhir.")
_STEP = Sentence(en="From one value to the next, such as 5% or 1.", id="Jarak antarnilai, misalnya 5% atau 1.")
_OUTPUT = Sentence(
    en="Write the prices to .json; a curve to .csv, .json or .svg (a picture); may be repeated.",
    id="Tulis biaya ke .json; kurva ke .csv, .json, atau .svg (gambar); boleh diulang.",
)
_TIME = Sentence(en="Seconds for each plan.", id="Detik untuk setiap jadwal.")
_WORKERS = Sentence(en="Processor cores that are used. Default: all.", id="Banyaknya inti prosesor yang dipakai. Bawaan: semuanya.")
_SEED = Sentence(en="Seed of the lottery. Default: the first day.", id="Kunci undian. Bawaan: hari pertama.")
_ENGINE = Sentence(en="auto or cpsat. Default: auto.", id="auto atau cpsat. Bawaan: auto.")
_ONLY_CURVE = Sentence(en="this belongs to --curve", id="ini untuk --curve")
_NOT_CURVE = Sentence(
    en="a curve is about one number: this does not go with --curve", id="kurva hanya untuk satu angka: ini tidak dapat bersama --curve"
)
_MISSING = Sentence(en="{name} is missing", id="{name} belum diisi")
_LIKE = Sentence(en="Write {words}.", id="Tulis {words}.")
_SOLVED = Sentence(en="Plans made", id="Jadwal tersusun")
_WRITTEN = Sentence(en="Written: {files}", id="Ditulis: {files}")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "price",
        lang=lang,
        help=_HELP().text(lang),
        callback=click.pass_obj(price),
        arguments=[("INSTANCE", _INSTANCE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            option(["--rule", "rules"], _RULE, lang, multiple=True, metavar="RULE"),
            option(["--by-unit"], _BY_UNIT, lang, is_flag=True),
            option(["--curve", "of"], _CURVE, lang, metavar="NUMBER"),
            option(["--from", "first"], _FROM, lang, type=Read("VALUE", _amount)),
            option(["--to", "last"], _TO, lang, type=Read("VALUE", _amount)),
            option(["--step"], _STEP, lang, type=Read("VALUE", _amount)),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            option(["--engine"], _ENGINE, lang, type=word("auto|cpsat", "auto", "cpsat"), default="auto"),
            format_option(lang),
            lang_option(lang),
        ],
    )


def _amount(text: str) -> Amount:
    from giliran.whatif.dials import parse_amount

    return parse_amount(text)


def price(
    stop: Interrupts,
    instance: Path,
    rules: tuple[str, ...],
    by_unit: bool,
    of: str | None,
    first: Amount | None,
    last: Amount | None,
    step: Amount | None,
    output: tuple[Path, ...],
    time_limit: float | None,
    workers: int | None,
    seed: int | None,
    engine: str,
    format_: Format,
    lang: Lang,
) -> Exit:
    """Load, solve again and again, write, print."""
    from giliran.files.loading import load_instance
    from giliran.solving import Engine, SolveOptions
    from giliran.text.trying import refuse_all

    refuse_all(_strange(of, {"--from": first, "--to": last, "--step": step}, {"--rule": rules, "--by-unit": by_unit}))
    options = SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed, engine=Engine(engine))
    loaded = load_instance(instance)
    if of is None or first is None or last is None or step is None:
        return _prices(options, loaded, rules, output, stop, format_, lang, by_unit=by_unit)
    from giliran.whatif.curves import amounts_between

    return _curve(options, loaded, of, amounts_between(first, last, step), output, stop, format_, lang)


def _strange(of: str | None, between: dict[str, Amount | None], others: dict[str, object]) -> Iterator[Problem]:
    """What does not go together."""
    words = Whole("--curve own/cap --from 20% --to 60% --step 5%")
    if of is None:
        yield from (Problem(Where(field=name), _ONLY_CURVE(), _LIKE(words=words)) for name, value in between.items() if value is not None)
        return
    yield from (
        Problem(Where(field="--curve"), _MISSING(name=name), _LIKE(words=words)) for name, value in between.items() if value is None
    )
    yield from (Problem(Where(field=name), _NOT_CURVE()) for name, value in others.items() if value)


def _prices(
    options: SolveOptions,
    loaded: Instance,
    rules: tuple[str, ...],
    output: tuple[Path, ...],
    stop: Interrupts,
    format_: Format,
    lang: Lang,
    *,
    by_unit: bool,
) -> Exit:
    from giliran.files.price_writing import PRICE_ENDINGS, check_answer, write_prices
    from giliran.files.prices import PricesFile
    from giliran.whatif.pricing import price
    from giliran.whatif.pricing_text import report_prices

    check_answer(loaded, output, PRICE_ENDINGS)
    with progress_bar(lang, _SOLVED) as progress, stop.patient(), called({"rules": "--rule"}):
        prices = price(loaded, options=options, rules=rules, by_unit=by_unit, cancel=stop.pressed, progress=progress)
        write_prices(prices, output)
    _told(output, lang)
    if format_ is Format.JSON:
        answer_json(PricesFile.of(prices).text())
    else:
        report_prices(console(), prices, lang)
    return Exit.DONE if prices.whole else Exit.INTERRUPTED


def _curve(
    options: SolveOptions,
    loaded: Instance,
    of: str,
    amounts: tuple[Amount, ...],
    output: tuple[Path, ...],
    stop: Interrupts,
    format_: Format,
    lang: Lang,
) -> Exit:
    from giliran.files.price_writing import CURVE_ENDINGS, check_answer, write_curve
    from giliran.files.prices import CurveFile
    from giliran.whatif.curve_text import report_curve
    from giliran.whatif.curves import curve

    check_answer(loaded, output, CURVE_ENDINGS)
    with progress_bar(lang, _SOLVED) as progress, stop.patient(), called({"of": "--curve"}):
        found = curve(loaded, of, amounts, options, cancel=stop.pressed, progress=progress)
        write_curve(loaded, found, output, lang)
    _told(output, lang)
    if format_ is Format.JSON:
        answer_json(CurveFile.made(loaded, found).text())
    else:
        report_curve(console(), found, lang)
    return Exit.DONE if found.whole else Exit.INTERRUPTED


def _told(output: tuple[Path, ...], lang: Lang) -> None:
    if output:
        said: Said = _WRITTEN(files=Whole(", ".join(map(str, output))))
        talk(said.text(lang))
