"""`giliran check`: audit a schedule made anywhere. Never loads the solver."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from giliran.cli.exits import Exit
from giliran.cli.lines import print_lines
from giliran.cli.options import PATH, Format, format_option, lang_option, option
from giliran.cli.output import answer_json
from giliran.cli.paging import paged, showing_options
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Check a schedule, also one made by hand, against the rules of an instance.",
    id="Periksa jadwal, juga yang dibuat dengan tangan, terhadap aturan berkas masukan.",
)
_INSTANCE = Sentence(en="The instance: a .xlsx, .yaml or .json file.", id="Berkas masukan: .xlsx, .yaml, atau .json.")
_SCHEDULE = Sentence(
    en="The schedule: a workbook, .csv with staff_id, date, place (and duty), or .json.",
    id="Jadwal: berkas Excel, .csv dengan staff_id, date, place (dan duty), atau .json.",
)
_CERTIFICATE = Sentence(
    en="Also check a proof, without any solver: the FILE of `giliran solve --certificate FILE`, or a JSON result that holds its proof.",
    id="Periksa juga sebuah bukti, tanpa program pencari solusi apa pun: BERKAS dari `giliran solve --certificate BERKAS`, atau hasil "
    "JSON yang memuat "
    "buktinya.",
)
_BEFORE = Sentence(
    en="The plan before it was edited by hand: tells what the edits broke and cost. A workbook of giliran holds it itself.",
    id="Jadwal sebelum diubah dengan tangan: menyebutkan aturan yang tidak dipenuhi dan biayanya. Berkas Excel dari giliran sudah "
    "memuatnya.",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "check",
        lang=lang,
        help=_HELP().text(lang),
        callback=check,
        arguments=[("INSTANCE", _INSTANCE()), ("SCHEDULE", _SCHEDULE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            click.Argument(["schedule"], type=PATH, metavar="SCHEDULE"),
            option(["--certificate"], _CERTIFICATE, lang, type=PATH, metavar="FILE"),
            option(["--before"], _BEFORE, lang, type=PATH, metavar="FILE"),
            format_option(lang),
            lang_option(lang),
            *showing_options(lang),
        ],
    )


def check(
    instance: Path,
    schedule: Path,
    certificate: Path | None,
    before: Path | None,
    format_: Format,
    lang: Lang,
    whole: bool,
    no_pager: bool,
) -> Exit:
    """Load both, audit, print."""
    from giliran import __version__
    from giliran.audit import audit
    from giliran.certifying import check_certificate
    from giliran.files.checks import CheckFile
    from giliran.files.claims import disagreements, made_elsewhere
    from giliran.files.contradictions import contradictions, in_short
    from giliran.files.loading import load_instance
    from giliran.files.schedules import read_plan, read_schedule
    from giliran.files.swapping import swapped
    from giliran.text.trying import refuse_all
    from giliran.whatif.edits import edit_lines, edits_of

    refuse_all(swapped(instance, schedule, "check"))
    loaded = load_instance(instance)
    read = read_plan(schedule, loaded)
    plan, claimed, loaded = read.schedule, read.claimed, read.instance
    old = read.before if before is None else read_schedule(before, loaded)
    found = audit(loaded, plan)
    differing = disagreements(claimed.tiers, found)
    wrong = contradictions(claimed, loaded.facts, plan, found, __version__)
    checked = None if certificate is None else check_certificate(loaded, plan, certificate, found)
    edits = None if old is None else edits_of(loaded, old, plan, found)
    refuted = bool(differing or wrong) or (checked is not None and not checked.verdict.holds)
    if format_ is Format.JSON:
        answer_json(CheckFile.of(loaded, plan, found, lang, checked, differing, claimed.made_by, wrong, edits).text())
    else:
        from giliran.reports import report_audit

        claims = [*(each.told() for each in differing), *in_short(wrong)]
        told = [*read.notes, *claims, made_elsewhere(claimed, __version__), *(() if checked is None else checked.told())]
        with paged(never=no_pager) as screen:
            report_audit(screen, loaded, plan, found, lang, see=str(schedule), refuted=refuted, whole=whole, today=dt.date.today())
            if edits is not None:
                print_lines(screen, edit_lines(loaded.facts, edits), lang)
            for said in filter(None, told):
                screen.print(said.text(lang), soft_wrap=True)
    return Exit.BROKEN if found.broken or refuted or plan.unplaced(loaded.facts).any() else Exit.DONE
