"""`giliran publish`: close a period in the ledger, or take one back."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.blanks import blanks
from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json, talk
from giliran.cli.parsing import Speaking
from giliran.errors import Problem, Where
from giliran.messages import Lang, Sentence, Whole

_HELP = Sentence(
    en="Close the period of a plan: append to the ledger what everybody gave and was asked, so that the next plan is fair.",
    id="Tutup masa suatu jadwal: catat dalam buku giliran yang dijalani dan yang diminta dari setiap pegawai, agar jadwal berikutnya adil.",
)
_INSTANCE = Sentence(
    en="The instance of the plan; not needed to take a period back.",
    id="Berkas masukan jadwal itu; tidak diperlukan untuk membatalkan masa.",
)
_SCHEDULE = Sentence(en="The plan: .csv, .json or .xlsx.", id="Jadwalnya: .csv, .json, atau .xlsx.")
_LEDGER = Sentence(
    en="The ledger, a .csv file; a new one where there is none. Rows that are in it stay as they are.",
    id="Buku giliran, berkas .csv; dibuat bila belum ada. Baris yang sudah ada tidak berubah.",
)
_ACTUAL = Sentence(
    en="An attendance list (.csv or .json) with a column for each day, or with staff_id, date and place: WFO, WFH, SAKIT, CUTI, DL …; what "
    "differs from the plan counts.",
    id="Daftar hadir (.csv atau .json) dengan satu kolom untuk setiap hari, atau dengan pegawai, tanggal, dan kehadiran: WFO, WFH, SAKIT, "
    "CUTI, DL …; yang berbeda dari jadwal itulah yang dihitung.",
)
_UNDO = Sentence(
    en="Take a closed period back, such as 2026-W32, by rows with the opposite numbers; beside a plan, before it is closed.",
    id="Batalkan masa yang sudah ditutup, misalnya 2026-W32, dengan baris berangka kebalikannya; bila disertai jadwal, sebelum jadwal itu "
    "ditutup.",
)
_NO_PLAN = Sentence(en="a plan is missing: {words}", id="jadwalnya belum disebut: {words}")
_NOTHING_ACTUAL = Sentence(en="an attendance list needs the plan that it is about", id="daftar hadir memerlukan jadwal yang bersangkutan")
_BROKEN = Sentence(
    en="rules that this plan does not keep: {count}; giliran check {words} tells them",
    id="aturan yang tidak dipenuhi jadwal ini: {count}; giliran check {words} menyebutkannya",
)
_GAPS = Sentence(
    en="days of work without a place in this plan, counted for nobody: {count}",
    id="hari kerja tanpa tempat dalam jadwal ini, tidak dihitung untuk siapa pun: {count}",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "publish",
        lang=lang,
        help=_HELP().text(lang),
        callback=publish,
        arguments=[("[INSTANCE]", _INSTANCE()), ("[SCHEDULE]", _SCHEDULE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="[INSTANCE]", required=False),
            click.Argument(["schedule"], type=PATH, metavar="[SCHEDULE]", required=False),
            option(["--ledger"], _LEDGER, lang, type=PATH, metavar="FILE", required=True),
            option(["--actual"], _ACTUAL, lang, type=PATH, metavar="FILE"),
            option(["--undo"], _UNDO, lang, metavar="PERIOD"),
            format_option(lang),
            lang_option(lang),
        ],
    )


def publish(
    instance: Path | None, schedule: Path | None, ledger: Path, actual: Path | None, undo: str | None, format_: Format, lang: Lang
) -> Exit:
    """Load, close, print."""
    from dataclasses import replace

    from giliran.audit import audit
    from giliran.files.attendance import read_attended
    from giliran.files.loading import load_instance
    from giliran.files.publishing import publish as append
    from giliran.files.schedules import read_plan
    from giliran.files.swapping import swapped
    from giliran.text.trying import refuse_all
    from giliran.whatif.telling import Line

    refuse_all(_unasked(instance, schedule, actual, undo))
    notes = []
    if instance is None or schedule is None:
        done = append(ledger, undo=undo)
    else:
        refuse_all(swapped(instance, schedule, "publish"))
        loaded = load_instance(instance)
        read = read_plan(schedule, loaded)
        loaded, plan = read.instance, read.schedule
        for said in read.notes:
            talk(said.text(lang))
        attended = read_attended(actual, loaded) if actual else None
        open_ = plan.unplaced(loaded.facts)
        broken = len(audit(loaded, replace(plan, unplanned=open_)).broken)  # days without a place are counted by themselves
        gaps = int((open_ & ~attended.known if attended else open_).sum())
        done = append(ledger, loaded, plan, attended, undo)
        notes += [_BROKEN(count=broken, words=Whole(f"{instance} {schedule}"))] if broken else []
        notes += [_GAPS(count=gaps)] if gaps else []
    if format_ is Format.JSON:
        answer_json(done.report(notes).text())
    else:
        answer_lines([Line(said) for said in (*done.told(), *notes)], lang)
    return Exit.BROKEN if notes else Exit.DONE


def _unasked(instance: Path | None, schedule: Path | None, actual: Path | None, undo: str | None) -> list[Problem]:
    """What cannot be done with the arguments that there are."""
    if schedule is not None:
        return []
    if actual is not None:
        return [Problem(Where(field="--actual"), _NOTHING_ACTUAL())]
    if undo is None or instance is not None:
        words = blanks("giliran publish INSTANCE SCHEDULE --ledger FILE")
        return [Problem(Where(), _NO_PLAN(words=words))]
    return []
