"""`giliran solve`: plan an instance and prove the plan."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.clusters import cluster_options, named_cluster
from giliran.cli.completing import completed, samples
from giliran.cli.endings import ENDINGS, with_endings
from giliran.cli.executors import connected
from giliran.cli.exits import Exit
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import PATH, Format, engine_option, format_option, lang_option, option, seconds, whole, word
from giliran.cli.output import answer_json, progress_bar, talk
from giliran.cli.paging import paged, showing_options
from giliran.cli.parsing import Speaking
from giliran.cli.proofs import Wanted, certificate_option, proof_of
from giliran.cli.requests import Request, check_single, over_others
from giliran.cli.searching import Search
from giliran.cli.styles import style_options
from giliran.cli.telling import exit_of, interrupted_with_nothing, run_line
from giliran.messages import Lang, Sentence, Whole

if TYPE_CHECKING:
    from giliran.certificate.file import CertificateFile
    from giliran.result import Result

_HELP = Sentence(
    en="Plan an instance and prove that the plan is best. Ctrl-C keeps the best plan found so far.",
    id="Susun jadwal dan buktikan bahwa jadwal itu terbaik. Ctrl-C menyimpan jadwal terbaik yang sudah ditemukan.",
)
_INSTANCE = Sentence(
    en="The instance: a .xlsx, .yaml or .json file, or the folder of one. With --out-dir several, or folders of them.",
    id="Berkas masukan: .xlsx, .yaml, atau .json, atau foldernya. Dengan --out-dir boleh beberapa, atau folder yang memuatnya.",
)
_SAMPLE = Sentence(en="Solve an instance that comes along, such as umum.", id="Susun jadwal untuk contoh yang tersedia, misalnya umum.")
_OUTPUT = with_endings(Sentence(en="Write the plan to {endings}; may be repeated.", id="Tulis jadwal ke {endings}; boleh diulang."))
_ICS_DIR = Sentence(
    en="Write a calendar (.ics) for each person into this folder.", id="Tulis kalender (.ics) setiap pegawai ke folder ini."
)
_TIME = Sentence(
    en="Stop the search of an instance so many seconds after its files are read.",
    id="Hentikan pencarian untuk satu berkas masukan sekian detik setelah berkasnya dibaca.",
)
_WORKERS = Sentence(en="Processor cores that are used. Default: all.", id="Banyaknya inti prosesor yang dipakai. Bawaan: semuanya.")
_SEED = Sentence(
    en="Seed of the lottery that breaks ties. Default: the first day, such as 20210712.",
    id="Kunci undian untuk hasil seri. Bawaan: hari pertama, misalnya 20210712.",
)
_OUT_DIR = Sentence(
    en="Solve every instance and write its results into this folder, named after it; a table sums up. The exit code is the largest of all.",
    id="Susun jadwal semua berkas masukan dan tulis hasilnya ke folder ini dengan nama berkas masukannya; ringkasannya berupa tabel. Kode "
    "keluarnya yang terbesar dari semuanya.",
)
_KIND = Sentence(
    en="What --out-dir gets for each instance, by the ending of its files; may be repeated. Default: csv and json.",
    id="Yang ditulis --out-dir untuk setiap berkas masukan, menurut akhiran berkasnya; boleh diulang. Bawaan: csv dan json.",
)
_REFILL = Sentence(
    en="Fill seats that became free, even if places of the published plan change: as `refill: true` under `published`.",
    id="Isi kembali tempat WFO yang kosong meskipun jadwal yang sudah ditetapkan berubah: sama dengan `refill: true` pada `published`.",
)
_ANYWAY = Sentence(
    en="Where no plan keeps every rule, plan with the least total bend and list what is broken: exit code 1.",
    id="Bila tidak ada jadwal yang memenuhi semua aturan, susun yang paling sedikit menyimpang dan sebutkan yang tidak dipenuhi: kode "
    "keluar 1.",
)
_EXPLAIN = Sentence(en="What would make a plan possible: {words}", id="Yang memungkinkan jadwal: {words}")
_VERBOSE = Sentence(
    en="Also print the technical details: costs, bounds, seconds, versions.", id="Cetak pula rincian teknis: biaya, batas, detik, versi."
)
_PARTIAL = Sentence(
    en="Let a plan with gaps replace one without; otherwise it goes beside it, to NAME.partial with the same ending.",
    id="Jadwal yang belum lengkap boleh menimpa jadwal yang lengkap; tanpa ini ditulis di sampingnya, ke NAMA.partial dengan "
    "akhiran yang sama.",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "solve",
        lang=lang,
        help=_HELP().text(lang),
        callback=click.pass_obj(solve),
        arguments=[("INSTANCE …", _INSTANCE())],
        params=[
            click.Argument(["instances"], type=PATH, nargs=-1, metavar="INSTANCE …"),
            option(["--sample"], _SAMPLE, lang, metavar="NAME", shell_complete=completed(samples)),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--ics-dir"], _ICS_DIR, lang, type=PATH, metavar="FOLDER"),
            option(["--out-dir"], _OUT_DIR, lang, type=PATH, metavar="FOLDER"),
            option(["--kind", "kinds"], _KIND, lang, type=word("|".join(ENDINGS), *ENDINGS), multiple=True),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            *cluster_options(lang),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            engine_option(lang),
            option(["--refill"], _REFILL, lang, is_flag=True),
            option(["--anyway"], _ANYWAY, lang, is_flag=True),
            option(["--partial"], _PARTIAL, lang, is_flag=True),
            certificate_option(lang),
            *style_options(lang),
            format_option(lang),
            lang_option(lang),
            *showing_options(lang),
            option(["--verbose"], _VERBOSE, lang, is_flag=True),
        ],
    )


def solve(
    stop: Interrupts,
    instances: tuple[Path, ...],
    sample: str | None,
    output: tuple[Path, ...],
    ics_dir: Path | None,
    out_dir: Path | None,
    kinds: tuple[str, ...],
    time_limit: float | None,
    workers: int | None,
    dask: str | None,
    dask_ca: Path | None,
    dask_cert: Path | None,
    dask_key: Path | None,
    seed: int | None,
    engine: str,
    refill: bool,
    anyway: bool,
    partial: bool,
    certificate: Wanted,
    csv: str,
    reasons: bool,
    paper: str,
    phones: bool,
    format_: Format,
    lang: Lang,
    whole: bool,
    no_pager: bool,
    verbose: bool,
) -> Exit:
    """Load, solve, write, print: one instance, or a batch."""
    from giliran.reports.style import CsvShape, Paper, PlanStyle

    if sample is not None:
        from giliran.files.samples import sample_folder

        instances = (*instances, sample_folder(sample))
    with connected(named_cluster(dask, dask_ca, dask_cert, dask_key), workers) as place:
        search = Search(time_limit, workers, seed, engine, place, anyway)
        request = Request(instances, output, out_dir, kinds, certificate, search, format_, lang, verbose, refill, partial, whole, no_pager)
        style = PlanStyle(lang, reasons=reasons, phones=phones, paper=Paper(paper), csv=CsvShape(csv))
        request = replace(request, style=style, calendars=ics_dir)
        if out_dir is not None:
            from giliran.cli.batch import solve_batch

            return solve_batch(request, out_dir, stop)
        check_single(request)
        return _solve_one(request, instances[0], stop)


def _solve_one(request: Request, instance: Path, stop: Interrupts) -> Exit:
    from giliran.domain.status import Status
    from giliran.files.beside import plan_beside
    from giliran.files.calendars import check_calendars
    from giliran.files.loading import load_instance
    from giliran.files.writing import Targets, export_all
    from giliran.instance.sources import over_sources
    from giliran.text.trying import refuse_all

    begin = time.perf_counter()
    loaded = load_instance(instance, refill=request.refill)
    load_s = time.perf_counter() - begin
    targets = Targets(request.output, next(iter(request.proof_files), None), request.partial, style=request.style)
    targets = replace(targets, calendars=request.calendars)
    refuse_all([*over_sources(loaded, targets.named)] or over_others(request.output))
    if request.calendars is not None:
        check_calendars(request.calendars, loaded, others=targets.named)
    beside = plan_beside(loaded) if not request.output and request.format_ is Format.TEXT else None
    with progress_bar(request.lang) as progress, stop.patient():
        result = request.search.solve(loaded, progress, stop.pressed)
    result = replace(result, seconds={"load": load_s, **result.seconds})
    if interrupted_with_nothing(result):
        raise KeyboardInterrupt
    proof = proof_of(result, request.certificate, request.lang, stop)
    if beside is not None and beside.path is not None and result.schedule.planned(loaded.facts).any():
        targets = replace(targets, plans=[beside.path])
    with stop.patient():  # a plan that was found is not lost to a Ctrl-C that comes a moment late
        written = export_all(result, targets, request.lang, proof.inside, proof.text)
    talk(run_line(request.search, result, verbose=request.verbose).text(request.lang))
    for said in (*written.told(), *([beside.told] if beside is not None and beside.told is not None else [])):
        talk(said.text(request.lang))
    if result.status is Status.INFEASIBLE and result.bends is None:
        talk(_EXPLAIN(words=Whole(f"giliran explain {instance}")).text(request.lang))
    _print(result, written.files, request, proof.inside)
    return Exit.INTERRUPTED if proof.given_up else exit_of(result)


def _print(result: Result, written: tuple[Path, ...], request: Request, inside: CertificateFile | None) -> None:
    if request.format_ is Format.JSON:
        from giliran.records.results import ResultFile

        answer_json(ResultFile.of(result, request.lang, inside).text())
        return
    from giliran.reports import report_result

    files = [str(path) for path in written]
    with paged(never=request.no_pager) as screen:
        report_result(screen, result, request.lang, files=files, verbose=request.verbose, whole=request.whole, today=dt.date.today())
