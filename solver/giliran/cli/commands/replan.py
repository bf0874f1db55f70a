"""`giliran replan`: plan again what was published, with the fewest changes."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.called import called
from giliran.cli.endings import with_endings
from giliran.cli.exits import Exit
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import PATH, Format, format_option, lang_option, option, seconds, whole
from giliran.cli.output import answer_json, progress_bar, talk
from giliran.cli.paging import paged, showing_options
from giliran.cli.parsing import Speaking
from giliran.cli.requests import over_instances, over_others
from giliran.cli.searching import Search
from giliran.cli.styles import style_options
from giliran.cli.telling import exit_of, interrupted_with_nothing, run_line
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.instance import Instance
    from giliran.whatif.replanned import Replanned

_HELP = Sentence(
    en="Plan again what was published: somebody fell ill, a place is ordered, a letter came. Fewest changed days, with proof, then fewest "
    "people, then fewest changed duty officers; nobody is called in only to fill a seat.",
    id="Susun ulang jadwal yang sudah ditetapkan: ada yang sakit, ada perintah, ada surat edaran baru. Perubahan hari sesedikit mungkin "
    "dengan bukti, lalu pegawai, lalu petugas piket; tidak ada yang dipanggil hanya untuk mengisi tempat.",
)
_INSTANCE = Sentence(
    en="The instance as it is today: a .xlsx, .yaml or .json file, or the folder of one.",
    id="Berkas masukan menurut keadaan hari ini: .xlsx, .yaml, atau .json, atau foldernya.",
)
_PUBLISHED = Sentence(
    en="The plan that was announced: .csv, .json or .xlsx. Default: that of the instance.",
    id="Jadwal yang sudah ditetapkan: .csv, .json, atau .xlsx. Bawaan: yang disebut berkas masukannya.",
)
_ABSENT = Sentence(
    en="Who is away, when, and why if you like: H-01:2026-08-05..2026-08-07=sakit; by id, NIP or part of a name; may be repeated.",
    id="Siapa yang tidak masuk, kapan, dan bila perlu alasannya: H-01:2026-08-05..2026-08-07=sakit; dengan id, NIP, atau bagian nama; "
    "boleh diulang.",
)
_BACK = Sentence(
    en="Who is back earlier than the published plan knows: H-01:2026-08-07; may be repeated.",
    id="Siapa yang masuk kembali lebih awal daripada yang tercatat: H-01:2026-08-07; boleh diulang.",
)
_FIX = Sentence(
    en="A place by order: H-01:2026-08-05=home; may be repeated, so that two swap.",
    id="Tempat yang ditetapkan: H-01:2026-08-05=home; boleh diulang, misalnya untuk bertukar.",
)
_DUTY = Sentence(
    en="A duty by order: H-01:2026-08-05=RULE; may be repeated.", id="Piket yang ditetapkan: H-01:2026-08-05=ATURAN; boleh diulang."
)
_REASON = Sentence(
    en="Why places and duties are ordered; it stands in the list.", id="Alasan penetapan itu; dimuat dalam daftar perubahan."
)
_FROM = Sentence(
    en="The first day that may change. Default: as the instance says under `published`.",
    id="Hari pertama yang boleh berubah. Bawaan: menurut `published` dalam berkas masukannya.",
)
_KEEP = Sentence(
    en="Keep announced places wherever a rule that must hold allows it, even where a limit is then relaxed or a rule that only should hold "
    "is missed: as `keep: true` under `published`.",
    id="Pertahankan jadwal yang sudah ditetapkan selama aturan wajib mengizinkan, meskipun ada pelonggaran atau aturan tidak wajib yang "
    "tidak terpenuhi: sama dengan `keep: true` pada `published`.",
)
_REFILL = Sentence(
    en="Fill seats that became free before places are kept: as `refill: true` under `published`.",
    id="Isi kembali tempat WFO yang kosong lebih dahulu: sama dengan `refill: true` pada `published`.",
)
_REPLACES = Sentence(
    en="Number of the published plan. Default: that of its .json, else 1.",
    id="Nomor jadwal yang sudah ditetapkan. Bawaan: menurut .json-nya, selain itu 1.",
)
_OUTPUT = with_endings(
    Sentence(
        en="Write the new plan to {endings}; .txt has what changes; may be repeated.",
        id="Tulis jadwal baru ke {endings}; .txt memuat perubahannya; boleh diulang.",
    )
)
_ICS_DIR = Sentence(
    en="Write a calendar (.ics) for each person into this folder; days that are no more are cancelled in it.",
    id="Tulis kalender (.ics) setiap pegawai ke folder ini; hari yang tidak jadi dibatalkan di dalamnya.",
)
_CHANGES = Sentence(
    en="Write the list of changes to send to .txt, .csv or .json; may be repeated.",
    id="Tulis daftar perubahan ke .txt, .csv, atau .json; boleh diulang.",
)
_TIME = Sentence(en="Stop the search after so many seconds.", id="Hentikan pencarian setelah sekian detik.")
_WORKERS = Sentence(en="Processor cores that are used. Default: all.", id="Banyaknya inti prosesor yang dipakai. Bawaan: semuanya.")
_SEED = Sentence(
    en="Seed of the lottery that breaks ties. Default: the first day.", id="Kunci undian untuk hasil seri. Bawaan: hari pertama."
)
_PARTIAL = Sentence(
    en="Let a plan with gaps replace one without; otherwise it goes to a file beside it.",
    id="Jadwal yang belum lengkap boleh menimpa jadwal yang lengkap; tanpa ini ditulis ke berkas di sampingnya.",
)
_VERBOSE = Sentence(
    en="Also print the technical details: costs, bounds, seconds, versions.", id="Cetak pula rincian teknis: biaya, batas, detik, versi."
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "replan",
        lang=lang,
        help=_HELP().text(lang),
        callback=click.pass_obj(replan),
        arguments=[("INSTANCE", _INSTANCE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            option(["--published"], _PUBLISHED, lang, type=PATH, metavar="FILE"),
            option(["--absent"], _ABSENT, lang, multiple=True, metavar="ID:DATES"),
            option(["--back"], _BACK, lang, multiple=True, metavar="ID:DATES"),
            option(["--fix"], _FIX, lang, multiple=True, metavar="ID:DATE=PLACE"),
            option(["--duty"], _DUTY, lang, multiple=True, metavar="ID:DATE=RULE"),
            option(["--reason"], _REASON, lang, default="", metavar="TEXT"),
            option(["--from", "first_day"], _FROM, lang, metavar="DATE"),
            option(["--keep"], _KEEP, lang, is_flag=True),
            option(["--refill"], _REFILL, lang, is_flag=True),
            option(["--replaces"], _REPLACES, lang, type=whole("N", 1)),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--ics-dir"], _ICS_DIR, lang, type=PATH, metavar="FOLDER"),
            option(["--changes"], _CHANGES, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            option(["--partial"], _PARTIAL, lang, is_flag=True),
            *style_options(lang),
            format_option(lang),
            lang_option(lang),
            *showing_options(lang),
            option(["--verbose"], _VERBOSE, lang, is_flag=True),
        ],
    )


@dataclass(frozen=True)
class _Asked:
    """What was asked, but for the files that are written."""

    published: Path | None
    absent: tuple[str, ...]
    back: tuple[str, ...]
    fix: tuple[str, ...]
    duty: tuple[str, ...]
    reason: str
    first_day: str | None
    keep: bool
    refill: bool
    replaces: int | None


def replan(
    stop: Interrupts,
    instance: Path,
    published: Path | None,
    absent: tuple[str, ...],
    back: tuple[str, ...],
    fix: tuple[str, ...],
    duty: tuple[str, ...],
    reason: str,
    first_day: str | None,
    keep: bool,
    refill: bool,
    replaces: int | None,
    output: tuple[Path, ...],
    ics_dir: Path | None,
    changes: tuple[Path, ...],
    time_limit: float | None,
    workers: int | None,
    seed: int | None,
    partial: bool,
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
    """Load, plan again, write, print."""
    from giliran.files.calendars import check_calendars
    from giliran.files.loading import load_instance
    from giliran.files.replanned import write_replanned, wrong_lists
    from giliran.files.writing import Targets, check_targets
    from giliran.instance.sources import over_sources
    from giliran.reports.style import CsvShape, Paper, PlanStyle
    from giliran.text.trying import refuse_all

    begin = time.perf_counter()
    style = PlanStyle(lang, reasons=reasons, phones=phones, paper=Paper(paper), csv=CsvShape(csv), changes=True)
    targets = Targets(output, partial=partial, style=style, calendars=ics_dir)
    check_targets(output)
    refuse_all([*wrong_lists(changes, output, published), *over_instances([instance], [*output, *changes])])
    loaded = load_instance(instance)
    refuse_all([*over_sources(loaded, [*output, *changes])] or over_others(output))
    if ics_dir is not None:
        check_calendars(ics_dir, loaded, [published] if published else [], [*output, *changes])
    asked = _Asked(published, absent, back, fix, duty, reason, first_day, keep, refill, replaces)
    search = Search(time_limit, workers, seed, "auto")
    done = _replanned(loaded, asked, search, stop, lang, begin)
    if interrupted_with_nothing(done.result):
        raise KeyboardInterrupt
    with stop.patient():
        written = write_replanned(done, targets, changes, lang)
    talk(run_line(search, done.result, verbose=verbose).text(lang))
    for said in written.told():
        talk(said.text(lang))
    if format_ is Format.JSON:
        from giliran.files.replan_file import ReplanFile

        answer_json(ReplanFile.of(done, lang).text())
    else:
        from giliran.reports import report_replanned

        files = [str(path) for path in written.files]
        with paged(never=no_pager) as screen:
            report_replanned(screen, done, lang, files=files, verbose=verbose, whole=whole, today=dt.date.today())
    return exit_of(done.result)


def _replanned(instance: Instance, asked: _Asked, search: Search, stop: Interrupts, lang: Lang, begin: float) -> Replanned:
    from giliran.cli.orders import read_orders
    from giliran.errors import Where
    from giliran.files.schedules import read_plan
    from giliran.instance.naming import day_named
    from giliran.whatif.replanning import replan as again

    read = None if asked.published is None else read_plan(asked.published, instance)
    if read is not None:
        instance = read.again
        for said in read.notes:
            talk(said.text(lang))
    replaces = asked.replaces or (read.claimed.version if read else None) or 1
    orders = read_orders(instance, asked.absent, asked.fix, asked.duty, asked.reason, asked.back)
    if orders.back:
        instance = instance.with_absences(without=orders.back)
    first = None if asked.first_day is None else instance.facts.dates[day_named(instance.facts, asked.first_day, Where(field="--from"))]
    load_s = time.perf_counter() - begin
    with progress_bar(lang) as progress, stop.patient(), called({"first_day": "--from", "keep": "--keep", "published": "--published"}):
        done = search.run(
            instance,
            lambda options, executor: again(
                instance,
                read.schedule if read else None,
                before=read.before if read and asked.keep else None,
                absences=orders.absences,
                pins=orders.pins,
                first_day=first,
                keep=asked.keep or None,
                refill=asked.refill or None,
                replaces=replaces,
                options=options,
                cancel=stop.pressed,
                progress=progress,
                executor=executor,
            ),
        )
    return replace(done, result=replace(done.result, seconds={"load": load_s, **done.result.seconds}))
