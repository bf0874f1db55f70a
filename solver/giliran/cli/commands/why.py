"""`giliran why`: why somebody is where a plan has them, and what the opposite would cost."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.called import called
from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, engine_option, format_option, lang_option, option, seconds
from giliran.cli.output import answer_json, talk
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Say why somebody is in the office or at home in a plan, and what the opposite would cost. Also told are the rules that ask for it, "
    "who would move, and how the person stands beside others.",
    id="Jelaskan mengapa seorang pegawai WFO atau WFH, dan berapa biaya kebalikannya. Disebut pula aturan yang menuntutnya, siapa yang "
    "ikut berpindah, dan kedudukannya dibanding yang lain.",
)
_INSTANCE = Sentence(en="The instance of the plan.", id="Berkas masukan jadwal itu.")
_SCHEDULE = Sentence(
    en="The plan: .csv, .json or .xlsx, also one changed by hand.", id="Jadwalnya: .csv, .json, atau .xlsx, boleh yang sudah diubah."
)
_STAFF = Sentence(en="Id, NIP, or a part of the name.", id="Id, NIP, atau sebagian nama.")
_DATE = Sentence(en="One day only, such as 2021-07-13. Default: all days.", id="Satu hari saja, misalnya 2021-07-13. Bawaan: semua hari.")
_TIME = Sentence(en="Seconds for all searches together.", id="Detik untuk semua pencarian bersama-sama.")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "why",
        lang=lang,
        help=_HELP().text(lang),
        callback=why,
        arguments=[("INSTANCE", _INSTANCE()), ("SCHEDULE", _SCHEDULE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            click.Argument(["schedule"], type=PATH, metavar="SCHEDULE"),
            option(["--staff"], _STAFF, lang, metavar="NAME", required=True),
            option(["--date"], _DATE, lang, metavar="DATE"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            engine_option(lang),
            format_option(lang),
            lang_option(lang),
        ],
    )


def why(
    instance: Path, schedule: Path, staff: str, date: str | None, time_limit: float | None, engine: str, format_: Format, lang: Lang
) -> Exit:
    """Load both, ask, print."""
    from giliran.domain.status import Status
    from giliran.files.loading import load_instance
    from giliran.files.schedules import read_plan
    from giliran.files.swapping import swapped
    from giliran.files.why import WhyFile
    from giliran.solving import Engine, SolveOptions
    from giliran.text.trying import refuse_all
    from giliran.whatif.why import why as ask
    from giliran.whatif.why_text import why_lines

    refuse_all(swapped(instance, schedule, "why"))
    loaded = load_instance(instance)
    options = SolveOptions(time_limit_s=time_limit, engine=Engine(engine))
    read = read_plan(schedule, loaded)
    loaded, plan = read.instance, read.schedule
    for said in read.notes:
        talk(said.text(lang))
    with called({"staff": "--staff", "day": "--date"}):
        found = ask(loaded, plan, staff, date, options=options)
    if format_ is Format.JSON:
        answer_json(WhyFile.of(found).text())
    else:
        answer_lines(why_lines(found), lang)
    if any(day.opposite is not None and day.opposite.status is Status.UNKNOWN for day in found.days):
        return Exit.UNDECIDED
    return Exit.BROKEN if found.broken or found.gaps else Exit.DONE
