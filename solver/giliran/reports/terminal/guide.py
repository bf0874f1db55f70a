"""The guide for people: the list of its pages, and one page as a terminal shows Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text
from rich.theme import Theme

from giliran.guide import Page
from giliran.messages import Lang, Sentence
from giliran.reports.terminal.screen import BOLD, DIM, Screen

_PAGES = Sentence(en="Pages of the guide", id="Halaman panduan")
_MORE = Sentence(en="giliran guide TOPIC shows one.", id="giliran guide TOPIK menampilkan salah satunya.")
_COLOURS = Theme({"markdown.code": "cyan", "markdown.code_block": "cyan"})
"""Those of rich paint a black ground under words of code, also where the terminal is white."""

_WIDEST = 100
"""Columns beyond which lines of prose are hard to follow."""


def report_pages(console: Console, pages: Sequence[Page], lang: Lang = "en") -> None:
    """Print topics and what each page is about."""
    screen = Screen(console, lang)
    screen.print(_list(screen, pages))


def report_page(console: Console, page: Page) -> None:
    """Print a page as rich shows Markdown: headings, tables, examples in the terminal's own colours."""
    with console.use_theme(_COLOURS):
        console.print(Markdown(page.text, code_theme="ansi_light", hyperlinks=False), width=min(console.width, _WIDEST))


def _list(screen: Screen, pages: Sequence[Page]) -> Iterator[Text]:
    yield from screen.wrapped(_PAGES(), indent="", style=BOLD)
    for page in pages:
        yield from screen.item(page.topic, page.summary)
    yield Text()
    yield from screen.wrapped(_MORE(), indent="", style=DIM)
