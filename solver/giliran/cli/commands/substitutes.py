"""`giliran substitutes`: who could stand in for somebody."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.called import called
from giliran.cli.exits import Exit
from giliran.cli.lines import answer_lines
from giliran.cli.options import PATH, Format, engine_option, format_option, lang_option, option, seconds, whole
from giliran.cli.output import answer_json, talk
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Say who could stand in for somebody on a day, ranked by what that costs. Of equals whoever was called the longest ago comes first.",
    id="Sebutkan siapa yang dapat menggantikan seorang pegawai, diurutkan menurut biayanya. Bila sama, yang paling lama tidak mendapat "
    "giliran lebih dahulu.",
)
_INSTANCE = Sentence(en="The instance of the plan.", id="Berkas masukan jadwal itu.")
_SCHEDULE = Sentence(
    en="The plan: .csv, .json or .xlsx, also one changed by hand.", id="Jadwalnya: .csv, .json, atau .xlsx, boleh yang sudah diubah."
)
_STAFF = Sentence(en="Id, NIP, or a part of the name.", id="Id, NIP, atau sebagian nama.")
_DATE = Sentence(en="The day, such as 2021-07-13.", id="Harinya, misalnya 2021-07-13.")
_DUTY = Sentence(
    en="Only the name for a duty is to be another: the id of its rule.", id="Hanya petugas piketnya yang diganti: id aturan piketnya."
)
_SWAP = Sentence(
    en="Also tell who could exchange a day with the person so that nothing else changes.",
    id="Sebutkan pula siapa yang dapat bertukar hari dengan pegawai itu tanpa mengubah hal lain.",
)
_TIME = Sentence(en="Seconds for all searches together.", id="Detik untuk semua pencarian bersama-sama.")
_SEED = Sentence(
    en="Seed of the lottery that breaks ties. Default: the first day, such as 20210712.",
    id="Kunci undian untuk hasil seri. Bawaan: hari pertama, misalnya 20210712.",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "substitutes",
        lang=lang,
        help=_HELP().text(lang),
        callback=substitutes,
        arguments=[("INSTANCE", _INSTANCE()), ("SCHEDULE", _SCHEDULE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            click.Argument(["schedule"], type=PATH, metavar="SCHEDULE"),
            option(["--staff"], _STAFF, lang, metavar="NAME", required=True),
            option(["--date"], _DATE, lang, metavar="DATE", required=True),
            option(["--duty"], _DUTY, lang, metavar="RULE"),
            option(["--swap"], _SWAP, lang, is_flag=True),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            engine_option(lang),
            format_option(lang),
            lang_option(lang),
        ],
    )


def substitutes(
    instance: Path,
    schedule: Path,
    staff: str,
    date: str,
    duty: str | None,
    swap: bool,
    time_limit: float | None,
    seed: int | None,
    engine: str,
    format_: Format,
    lang: Lang,
) -> Exit:
    """Load both, ask, print."""
    from giliran.domain.status import Status
    from giliran.files.loading import load_instance
    from giliran.files.schedules import read_plan
    from giliran.files.substitutes import SubstitutesFile
    from giliran.files.swapping import swapped
    from giliran.solving import Engine, SolveOptions
    from giliran.text.trying import refuse_all
    from giliran.whatif.substitutes import substitutes as ask
    from giliran.whatif.substitutes_text import substitutes_lines, swap_lines
    from giliran.whatif.swaps import swaps as ask_swaps

    refuse_all(swapped(instance, schedule, "substitutes"))
    loaded = load_instance(instance)
    read, options = read_plan(schedule, loaded), SolveOptions(time_limit_s=time_limit, seed=seed, engine=Engine(engine))
    loaded, plan = read.instance, read.schedule
    for said in read.notes:
        talk(said.text(lang))
    with called({"staff": "--staff", "day": "--date", "duty": "--duty"}):
        found = ask(loaded, plan, staff, date, duty=duty, options=options)
        exchanges = ask_swaps(loaded, plan, staff, date, options=options) if swap else None
    if format_ is Format.JSON:
        answer_json(SubstitutesFile.of(found, exchanges).text())
    else:
        lines = substitutes_lines(found)
        answer_lines(lines if exchanges is None else [*lines, *swap_lines(loaded.facts, exchanges)], lang)
    if any(one.status is Status.UNKNOWN for one in found.ranked):
        return Exit.UNDECIDED
    return Exit.DONE if any(one.possible for one in found.ranked) else Exit.BROKEN
