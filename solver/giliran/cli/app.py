"""The group of all commands."""

from __future__ import annotations

import click

from giliran.cli.commands import (
    check,
    circulars,
    convert,
    explain,
    export,
    generate,
    guide,
    new,
    price,
    publish,
    recap,
    replan,
    rules,
    schema,
    serve,
    solve,
    substitutes,
    why,
)
from giliran.cli.options import lang_option
from giliran.cli.output import answer
from giliran.cli.parsing import SpeakingGroup
from giliran.messages import Lang, Sentence

_ABOUT = Sentence(
    en="Plans who works in the office (WFO) and who works at home (WFH) under the rules of a circular letter, and proves that the plan "
    "is the fairest that the rules allow.",
    id="Menyusun jadwal WFO dan WFH menurut surat edaran, dan membuktikan bahwa jadwal itu yang paling adil menurut aturannya.",
)
_EXITS = Sentence(
    en="Exit codes: 0 done and clean; 1 proven impossible, a rule that must hold is broken, or a checked plan has gaps or is not what its "
    "file says; 2 bad input; 3 no plan in the time and memory given; 4 internal error; 5 the cluster is gone; 130 interrupted.",
    id="Kode keluar: 0 selesai dan sesuai; 1 terbukti tidak dapat disusun, ada aturan wajib yang tidak dipenuhi, atau jadwal yang "
    "diperiksa belum "
    "lengkap atau tidak sesuai dengan isi berkasnya; 2 masukan salah; 3 belum ada jadwal dalam waktu dan memori yang diberikan; "
    "4 kesalahan dalam program; 5 gugus komputer tidak lagi bekerja; 130 dihentikan.",
)
_COMMAND = Sentence(en="COMMAND …", id="PERINTAH …")
_VERSION = Sentence(en="Show the version.", id="Tampilkan versi.")

_COMMANDS = (
    new,
    solve,
    explain,
    check,
    why,
    substitutes,
    replan,
    price,
    publish,
    export,
    serve,
    recap,
    guide,
    circulars,
    rules,
    convert,
    generate,
    schema,
)
"""In the order of the help."""


def build(lang: Lang) -> click.Group:
    """The command line in one language."""
    group = SpeakingGroup(
        "giliran",
        lang=lang,
        help=_ABOUT().text(lang),
        epilog=_EXITS().text(lang),
        no_args_is_help=False,
        invoke_without_command=True,
        callback=_nothing,
        subcommand_metavar=_COMMAND().text(lang),
        params=[
            lang_option(lang, expose_value=False),
            click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help=_VERSION().text(lang)),
        ],
    )
    for module in _COMMANDS:
        group.add_command(module.command(lang))
    group.aliases[recap.ALIAS] = "recap"
    return group


@click.pass_context
def _nothing(ctx: click.Context) -> None:
    """Without a command, the help is the answer."""
    if ctx.invoked_subcommand is None:
        answer(ctx.get_help())


def _version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from giliran import __version__

        answer(f"giliran {__version__}")
        ctx.exit()
