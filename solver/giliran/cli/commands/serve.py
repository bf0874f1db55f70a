"""`giliran serve`: a plan in the browser, to be looked at, changed and saved."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.exits import Exit
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import PATH, lang_option, option, seconds, whole, word
from giliran.cli.output import answer, talk
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.service.starting import Started

_HELP = Sentence(
    en="Show a plan in the browser, where it can be changed: every change is audited at once and kept in a file. Only this machine can "
    "open the page. Ctrl-C ends it.",
    id="Tampilkan jadwal di peramban; jadwal dapat diubah di sana, setiap perubahan langsung diperiksa dan disimpan dalam berkas. Hanya "
    "komputer ini yang dapat membuka halamannya. Ctrl-C mengakhirinya.",
)
_INSTANCE = Sentence(en="The instance: a .xlsx, .yaml or .json file.", id="Berkas masukan: .xlsx, .yaml, atau .json.")
_PLAN = Sentence(
    en="The plan to begin with: .csv, .json or .xlsx. Without it the journal of before goes on, or a plan is made.",
    id="Jadwal awalnya: .csv, .json, atau .xlsx. Tanpa ini catatan perubahan sebelumnya dilanjutkan, atau jadwal disusun.",
)
_HOST = Sentence(
    en="The address to listen at. Default: 127.0.0.1, this machine alone; any other needs a token, which is printed.",
    id="Alamat halaman. Bawaan: 127.0.0.1, hanya komputer ini; alamat lain memerlukan token, yang dicetak.",
)
_PORT = Sentence(en="The port; 0 takes a free one. Default: {port}.", id="Porta; 0 berarti porta bebas mana pun. Bawaan: {port}.")
_FRESH = Sentence(
    en="Begin anew; the journal of changes of before is kept under another name.",
    id="Mulai dari awal; catatan perubahan sebelumnya disimpan dengan nama lain.",
)
_REASONS = Sentence(
    en="Also tell why people are away; without it nobody reads that somebody is ill.",
    id="Sebutkan pula alasan tidak masuk; tanpa ini tidak terbaca siapa yang sakit.",
)
_PAPER = Sentence(en="Paper of the saved workbook: a4 or f4. Default: a4.", id="Kertas berkas Excel yang disimpan: a4 atau f4. Bawaan: a4.")
_TIME = Sentence(
    en="Stop each search for a plan after so many seconds. Default: 60.", id="Hentikan setiap penyusunan setelah sekian detik. Bawaan: 60."
)
_WORKERS = Sentence(en="Processor cores that are used. Default: all.", id="Banyaknya inti prosesor yang dipakai. Bawaan: semuanya.")
_SEED = Sentence(
    en="Seed of the lottery that breaks ties. Default: the first day.", id="Kunci undian untuk hasil seri. Bawaan: hari pertama."
)
_OPEN = Sentence(en="Open in the browser: {link}", id="Buka di peramban: {link}")
_TOKEN = Sentence(
    en="The link works once; for another browser there is the token: {token}",
    id="Tautan itu hanya berlaku sekali; untuk peramban lain gunakan token ini: {token}",
)
_ELSEWHERE = Sentence(
    en="From another computer write the address of this one in place of 127.0.0.1.",
    id="Dari komputer lain, tulis alamat komputer ini sebagai ganti 127.0.0.1.",
)
_UNGUARDED = Sentence(
    en="What is sent is not encrypted: use it in a network that you trust.",
    id="Data yang dikirim tidak dienkripsi: gunakan hanya di jaringan yang tepercaya.",
)
_KEPT = Sentence(en="Every change is kept in {file}. Ctrl-C ends.", id="Setiap perubahan disimpan dalam {file}. Ctrl-C mengakhiri.")
_ENDED = Sentence(
    en="Ended. {file} holds all changes; the next giliran serve goes on from there.",
    id="Selesai. {file} memuat semua perubahan; giliran serve berikutnya melanjutkannya.",
)

PORT = 8765
"""Where the page is unless the command says otherwise."""
_TICK_S = 0.2
"""Seconds between looks at whether an end was asked for, where the system wakes nobody."""


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "serve",
        lang=lang,
        help=_HELP().text(lang),
        callback=click.pass_obj(serve),
        arguments=[("INSTANCE", _INSTANCE()), ("[SCHEDULE]", _PLAN())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            click.Argument(["schedule"], type=PATH, metavar="[SCHEDULE]", required=False),
            option(["--host"], _HOST, lang, default="127.0.0.1", metavar="ADDRESS"),
            option(["--port"], _PORT(port=PORT), lang, type=whole("N", 0), default=PORT),
            option(["--fresh"], _FRESH, lang, is_flag=True),
            option(["--show-reasons", "reasons"], _REASONS, lang, is_flag=True),
            option(["--paper"], _PAPER, lang, type=word("a4|f4", "a4", "f4"), default="a4"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            lang_option(lang),
        ],
    )


def serve(
    stop: Interrupts,
    instance: Path,
    schedule: Path | None,
    host: str,
    port: int,
    fresh: bool,
    reasons: bool,
    paper: str,
    time_limit: float | None,
    workers: int | None,
    seed: int | None,
    lang: Lang,
) -> Exit:
    """Load, listen, wait for the end."""
    from giliran.errors import InputError
    from giliran.files.loading import load_instance
    from giliran.reports.style import Paper, PlanStyle
    from giliran.service.serving import bound, check_installed, serving
    from giliran.service.starting import start
    from giliran.solving import SolveOptions

    check_installed()
    style = PlanStyle(lang, reasons=reasons, paper=Paper(paper))
    options = SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed)
    with ExitStack() as stack:
        try:
            listening = stack.enter_context(bound(host, port))
        except InputError:
            load_instance(instance)  # what is wrong with the input is said first: another port would not help
            raise
        started = start(instance, schedule, style, options, fresh=fresh)
        with stop.patient(), serving(started.desk, style, listening, host) as page:
            started.plan_if_empty()
            _tell(started, page.link, page.door.token, lang)
            while not stop.pressed.wait(_TICK_S):
                pass
    talk(_ENDED(file=started.journal).text(lang))
    return Exit.DONE


def _tell(started: Started, link: str, token: str | None, lang: Lang) -> None:
    for said in started.told:
        talk(said.text(lang))
    talk(_KEPT(file=started.journal).text(lang))
    if token is not None:
        talk(_TOKEN(token=token).text(lang))
        talk(_UNGUARDED().text(lang))
        if "127.0.0.1" in link:
            talk(_ELSEWHERE().text(lang))
    answer(_OPEN(link=link).text(lang))
