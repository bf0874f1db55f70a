"""`giliran export`: write a schedule made anywhere in every format. Loads the solver for `--why` alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.blanks import blanks
from giliran.cli.endings import with_endings
from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json
from giliran.cli.parsing import Speaking
from giliran.cli.styles import style_options
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    import datetime as dt

    from giliran.errors import Problem
    from giliran.instance import Instance

_HELP = Sentence(
    en="Write a plan, also one that was edited or typed by hand, in any format: all of it, a day, or a file per unit.",
    id="Tulis jadwal, juga yang diubah atau diketik sendiri, dalam bentuk apa pun: seluruhnya, satu hari, atau satu berkas per unit kerja.",
)
_INSTANCE = Sentence(en="The instance of the plan.", id="Berkas masukan jadwal itu.")
_SCHEDULE = Sentence(en="The plan: .csv, .json or .xlsx.", id="Jadwalnya: .csv, .json, atau .xlsx.")
_OUTPUT = with_endings(Sentence(en="Write to {endings}; may be repeated.", id="Tulis ke {endings}; boleh diulang."))
_ICS_DIR = Sentence(
    en="Write a calendar (.ics) for each person into this folder.", id="Tulis kalender (.ics) setiap pegawai ke folder ini."
)
_PARTIAL = Sentence(
    en="Let calendars of a plan with gaps replace those that are in the folder.",
    id="Kalender jadwal yang belum lengkap boleh menimpa yang sudah ada dalam foldernya.",
)
_NO_CALENDARS = Sentence(
    en="this is about calendars, and none is asked for: {words}", id="ini tentang kalender, yang tidak diminta: {words}"
)
_NOTHING = Sentence(en="nothing is asked for: {words}", id="belum disebut apa yang ditulis: {words}")
_PER = Sentence(
    en="A file for each unit of these levels, such as opd, or bidang,sekretariat: plan.xlsx becomes plan-Dinas_Pangan.xlsx.",
    id="Satu berkas untuk setiap unit kerja di tingkat ini, misalnya opd, atau bidang,sekretariat: plan.xlsx menjadi "
    "plan-Dinas_Pangan.xlsx.",
)
_DATE = Sentence(en="Only this day: the duty sheet comes first.", id="Hanya hari ini: lembar piket paling depan.")
_WHY = Sentence(
    en="Put the answer of giliran why about this person, by id, NIP or part of the name, on the page; may be repeated.",
    id="Muat jawaban giliran why tentang pegawai ini (id, NIP, atau bagian nama) di halaman; boleh diulang.",
)
_PUBLISHED = Sentence(
    en="Tell changes against this plan, in .txt nothing else. Default: that of the instance, and in .txt the whole plan.",
    id="Sebutkan perubahan terhadap jadwal ini, dalam .txt hanya itu. Bawaan: menurut berkas masukan, dan dalam .txt seluruh jadwal.",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "export",
        lang=lang,
        help=_HELP().text(lang),
        callback=export,
        arguments=[("INSTANCE", _INSTANCE()), ("SCHEDULE", _SCHEDULE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            click.Argument(["schedule"], type=PATH, metavar="SCHEDULE"),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, multiple=True, metavar="FILE"),
            option(["--ics-dir"], _ICS_DIR, lang, type=PATH, metavar="FOLDER"),
            option(["--partial"], _PARTIAL, lang, is_flag=True),
            option(["--per"], _PER, lang, default="", metavar="LEVEL"),
            option(["--date"], _DATE, lang, metavar="DATE"),
            option(["--published"], _PUBLISHED, lang, type=PATH, metavar="FILE"),
            option(["--why"], _WHY, lang, multiple=True, metavar="NAME"),
            *style_options(lang),
            format_option(lang),
            lang_option(lang),
        ],
    )


def export(
    instance: Path,
    schedule: Path,
    output: tuple[Path, ...],
    ics_dir: Path | None,
    partial: bool,
    per: str,
    date: str | None,
    published: Path | None,
    why: tuple[str, ...],
    csv: str,
    reasons: bool,
    paper: str,
    phones: bool,
    format_: Format,
    lang: Lang,
) -> Exit:
    """Load, write, print."""
    from giliran.cli.requests import over_instances
    from giliran.files.exporting import ExportFile, Wanted, check_wanted, export_plan
    from giliran.files.formats import FORMATS
    from giliran.files.loading import load_instance
    from giliran.files.schedules import read_plan
    from giliran.files.swapping import swapped
    from giliran.files.writing import check_targets
    from giliran.reports.style import CsvShape, Paper, PlanStyle
    from giliran.text.trying import refuse_all
    from giliran.whatif.telling import Line

    refuse_all(_unasked(output, ics_dir, partial=partial) or swapped(instance, schedule, "export"))
    check_targets(output, FORMATS)
    refuse_all(over_instances([instance], output))
    loaded = load_instance(instance)
    style = PlanStyle(lang, reasons=reasons, phones=phones, paper=Paper(paper), csv=CsvShape(csv), changes=published is not None)
    wanted = Wanted(output, style, per, None if date is None else _day(loaded, date), why, ics_dir, partial)
    read = [schedule, *([published] if published else [])]
    check_wanted(loaded, wanted, read)
    plan = read_plan(schedule, loaded)
    loaded = plan.instance
    before = None if published is None else read_plan(published, loaded)
    version = max(plan.claimed.version or 1, (before.claimed.version or 1) + 1 if before else 1)
    done = export_plan(loaded, plan.schedule, wanted, published=before.schedule if before else None, read=read, version=version)
    if format_ is Format.JSON:
        answer_json(ExportFile.of(done).text())
    else:
        answer_lines([Line(said) for said in (*plan.notes, *done.told(f"{instance} {schedule}"))], lang)
    return Exit.DONE if done.clean else Exit.BROKEN


def _day(instance: Instance, text: str) -> dt.date:
    from giliran.errors import Where
    from giliran.instance.naming import day_named

    return instance.facts.dates[day_named(instance.facts, text, Where(field="--date"))]


def _unasked(output: tuple[Path, ...], ics_dir: Path | None, *, partial: bool) -> list[Problem]:
    """The problem of whoever names nothing to write, or no calendars that --partial would be about."""
    from giliran.errors import Problem, Where

    words = blanks("giliran export INSTANCE SCHEDULE -o FILE")
    if ics_dir is not None:
        return []
    if partial:
        return [Problem(Where(field="--partial"), _NO_CALENDARS(words=blanks("--ics-dir FOLDER")))]
    return [] if output else [Problem(Where(field="--output"), _NOTHING(words=words))]
