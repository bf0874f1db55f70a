"""`giliran solve`: plan an instance and prove the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.exits import Exit
from giliran.cli.options import PATH, Format, format_option, lang_option, option, seconds, whole, word
from giliran.cli.output import answer, console, progress_bar, talk
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.result import Result

_HELP = Sentence(
    en="Plan an instance and prove that the plan is best. Ctrl-C keeps the best plan found so far.",
    id="Susun jadwal dan buktikan bahwa jadwal itu terbaik. Ctrl-C menyimpan jadwal terbaik yang sudah ditemukan.",
)
_INSTANCE = Sentence(en="The instance: a .yaml or .json file.", id="Berkas instans: .yaml atau .json.")
_OUTPUT = Sentence(
    en="Write the plan to .csv, or everything to .json; may be repeated.", id="Tulis jadwal ke .csv, atau semuanya ke .json; boleh diulang."
)
_TIME = Sentence(en="Stop the search after so many seconds.", id="Hentikan pencarian setelah sekian detik.")
_WORKERS = Sentence(en="Threads. Default: all cores.", id="Jumlah utas. Bawaan: semua inti prosesor.")
_SEED = Sentence(
    en="Seed of the lottery that breaks ties. Default: the first day, such as 20210712.",
    id="Kunci undian untuk hasil seri. Bawaan: hari pertama, misalnya 20210712.",
)
_ENGINE = Sentence(
    en="auto, or cpsat to let CP-SAT do everything. Default: auto.", id="auto, atau cpsat agar CP-SAT mengerjakan semuanya. Bawaan: auto."
)
_CERTIFICATE = Sentence(
    en="Write the proof to a .json file that `giliran check --certificate` verifies without a solver.",
    id="Tulis buktinya ke berkas .json yang dapat diperiksa `giliran check --certificate` tanpa pemecah.",
)
_VERBOSE = Sentence(en="Also print tiers, bounds, parts, seconds and versions.", id="Cetak pula tingkat, batas, bagian, detik, dan versi.")
_RUN = Sentence(
    en="seed {seed}, workers {workers}, time limit {limit}, {versions}",
    id="kunci undian {seed}, utas {workers}, batas waktu {limit}, {versions}",
)
_SECONDS = Sentence(en="{seconds} s", id="{seconds} detik")
_NO_LIMIT = Sentence(en="none", id="tidak ada")
_NOT_WRITTEN = Sentence(en="{file}: not written, because nothing is planned", id="{file}: tidak ditulis, karena belum ada yang terjadwal")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "solve",
        lang=lang,
        help=_HELP().text(lang),
        callback=solve,
        arguments=[("INSTANCE", _INSTANCE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            option(["--engine"], _ENGINE, lang, type=word("auto|cpsat", "auto", "cpsat"), default="auto"),
            option(["--certificate"], _CERTIFICATE, lang, type=PATH, metavar="FILE"),
            format_option(lang),
            lang_option(lang),
            option(["--verbose"], _VERBOSE, lang, is_flag=True),
        ],
    )


def solve(
    instance: Path,
    output: tuple[Path, ...],
    time_limit: float | None,
    workers: int | None,
    seed: int | None,
    engine: str,
    certificate: Path | None,
    format_: Format,
    lang: Lang,
    verbose: bool,
) -> Exit:
    """Load, solve, write, print."""
    from giliran import solving
    from giliran.certifying import check_ending, write_certificate
    from giliran.files.loading import load_instance
    from giliran.files.writing import check_targets, export_all

    proofs = [] if certificate is None else [certificate]
    check_ending(proofs)
    check_targets([*output, *proofs])
    options = solving.SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed, engine=solving.Engine(engine))
    loaded = load_instance(instance)
    with progress_bar(lang) as progress:
        result = solving.solve(loaded, options, progress=progress)
    written = export_all(result, output, lang)
    for path in proofs:
        write_certificate(result, path)
    _talk(result, time_limit, [path for path in output if path not in written], lang)
    _print(result, (*written, *proofs), format_, lang, verbose)
    return exit_of(result)


def exit_of(result: Result) -> Exit:
    """The exit code of a result."""
    from giliran.domain.place import Strength
    from giliran.domain.status import Status

    if result.status is Status.UNKNOWN:
        return Exit.UNDECIDED
    if result.status is Status.INFEASIBLE or any(finding.strength is Strength.MUST for finding in result.findings):
        return Exit.BROKEN
    return Exit.DONE


def _talk(result: Result, time_limit: float | None, missing: list[Path], lang: Lang) -> None:
    limit = _SECONDS(seconds=f"{time_limit:g}") if time_limit else _NO_LIMIT()
    versions = ", ".join(f"{name} {number}" for name, number in result.versions.items())
    talk(_RUN(seed=result.seed, workers=result.workers, limit=limit, versions=versions).text(lang))
    for path in missing:
        talk(_NOT_WRITTEN(file=str(path)).text(lang))


def _print(result: Result, written: tuple[Path, ...], format_: Format, lang: Lang, verbose: bool) -> None:
    if format_ is Format.JSON:
        from giliran.files.results import ResultFile

        answer(ResultFile.of(result, lang).text())
        return
    from giliran.reports import report_result

    report_result(console(), result, lang, files=[str(path) for path in written], verbose=verbose)
