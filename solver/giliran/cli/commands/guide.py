"""`giliran guide`: list the pages of the guide, or show one."""

from __future__ import annotations

import click

from giliran.cli.completing import completed, pages
from giliran.cli.exits import Exit
from giliran.cli.options import lang_option
from giliran.cli.output import answer, console
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Show the guide: the list of its pages, or one page. Into a pipe or file a page goes as the Markdown that it is.",
    id="Tampilkan panduan: daftar halamannya, atau satu halaman. Ke pipa atau berkas, halaman ditulis apa adanya sebagai Markdown.",
)
_TOPIC = Sentence(en="A page of the list, by its name in any language.", id="Halaman dalam daftar; namanya boleh dalam bahasa apa pun.")


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "guide",
        lang=lang,
        help=_HELP().text(lang),
        callback=guide,
        arguments=[("[TOPIC]", _TOPIC())],
        params=[click.Argument(["topic"], nargs=-1, metavar="[TOPIC]", shell_complete=completed(pages)), lang_option(lang)],
    )


def guide(topic: tuple[str, ...], lang: Lang) -> Exit:
    """List the pages, or show one."""
    from giliran.guide import load_page, load_pages
    from giliran.reports.terminal.guide import report_page, report_pages

    screen = console()
    if not topic:
        report_pages(screen, load_pages(lang), lang)
        return Exit.DONE
    page = load_page(" ".join(topic), lang)
    if screen.is_terminal:
        report_page(screen, page)
    else:
        answer(page.text)
    return Exit.DONE
