"""`giliran rules`: list the kinds of rules and goals, or describe one."""

from __future__ import annotations

import click

from giliran.cli.completing import completed, kinds
from giliran.cli.exits import Exit
from giliran.cli.options import lang_option
from giliran.cli.output import console
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(en="List the kinds of rules and goals, or describe one.", id="Daftar jenis aturan dan tujuan, atau uraian salah satunya.")
_KIND = Sentence(en="A kind of the list.", id="Salah satu jenis dalam daftar.")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "rules",
        lang=lang,
        help=_HELP().text(lang),
        callback=rules,
        arguments=[("[KIND]", _KIND())],
        params=[click.Argument(["kind"], required=False, metavar="[KIND]", shell_complete=completed(kinds)), lang_option(lang)],
    )


def rules(kind: str | None, lang: Lang) -> Exit:
    """List the kinds, or describe one."""
    from giliran.reports import report_kind, report_kinds

    if kind is None:
        report_kinds(console(), lang)
    else:
        report_kind(console(), kind, lang)
    return Exit.DONE
