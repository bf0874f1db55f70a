"""Kinds of rules and goals for people: what they mean, their fields, an example."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from rich.console import Console
from rich.text import Text

from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Sentence, Whole, meant
from giliran.reports.terminal.screen import BOLD, DIM, INDENT, Screen
from giliran.rules.base import Statement
from giliran.rules.registry import example, goal_kinds, rule_kinds

_RULES = Sentence(en="Rules: they must hold, or should at a cost", id="Aturan: wajib dipenuhi, atau sebaiknya dengan biaya")
_GOALS = Sentence(en="Goals: always a cost", id="Tujuan: selalu berupa biaya")
_MORE = Sentence(en="giliran rules KIND describes one.", id="giliran rules JENIS menguraikan salah satunya.")
_UNKNOWN = Sentence(en="there is no kind '{kind}'; the kinds are {kinds}", id="tidak ada jenis '{kind}'; jenis yang ada: {kinds}")
_FIELDS = Sentence(en="Fields", id="Isian")
_SHARED = Sentence(en="Fields that other kinds have too", id="Isian yang juga dimiliki jenis lain")
_EXAMPLE = Sentence(en="Example", id="Contoh")
_ENGLISH = Sentence(en="", id="(Uraian selengkapnya tersedia dalam bahasa Inggris.)")

_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
_LABEL = re.compile(r"^(?=(?:Meaning|Formula|Source|Kept|Broken)\b)", re.MULTILINE)
_UNTOLD = frozenset({"authority", "in_force", "yields_to", "default_sector", "default_function", "via", "quote"})
"""Fields that are filled in when a file is read, and the circular's words, which its own page shows."""


def report_kinds(console: Console, lang: Lang = "en") -> None:
    """Print every kind with its summary."""
    screen = Screen(console, lang)
    screen.print(_list(screen))


def report_kind(console: Console, kind: str, lang: Lang = "en") -> None:
    """Print one kind: meaning, formula, source, fields and an example.

    Raises
    ------
    InputError
        If there is no such kind.
    """
    known = {**rule_kinds(), **goal_kinds()}
    if kind not in known:
        raise InputError([Problem(Where(), _UNKNOWN(kind=kind, kinds=Whole(", ".join(known))), meant(kind, known))])
    screen = Screen(console, lang)
    screen.print(_page(screen, known[kind], kind))


def _list(screen: Screen) -> Iterator[Text]:
    for title, found in ((_RULES, rule_kinds()), (_GOALS, goal_kinds())):
        yield from screen.wrapped(title(), indent="", style=BOLD)
        for word, kind in found.items():
            yield from screen.item(word, kind.summary())
        yield Text()
    yield from screen.wrapped(_MORE(), indent="", style=DIM)


def _page(screen: Screen, kind: type[Statement], word: str) -> Iterator[Text]:
    sections = _sections(kind)
    yield from screen.wrapped(word, indent="", style=BOLD)
    yield from screen.wrapped(kind.summary(), indent="")
    yield from _language(screen)
    yield Text()
    for paragraph in _LABEL.split(sections.get("Notes", "")):
        if paragraph.strip():
            yield from screen.wrapped(_plain(paragraph), indent=INDENT, first="")
    for title, text in ((_FIELDS, sections.get("Parameters", "")), (_SHARED, _inherited(kind))):
        if text:
            yield Text()
            yield from screen.wrapped(title(), indent="", style=BOLD)
            yield from _fields(screen, text)
    yield Text()
    yield from screen.wrapped(_EXAMPLE(), indent="", style=BOLD)
    for line in _dumped(example(word), screen.width - len(INDENT)):
        yield Text(f"{INDENT}{line}")


def _dumped(rule: Mapping[str, Any], width: int) -> list[str]:
    """A rule as YAML; PyYAML breaks a line only after the word that passes its width."""
    for least in range(max(width, 1), 0, -4):
        text = yaml.safe_dump([rule], sort_keys=False, default_flow_style=None, allow_unicode=True, width=least)
        if all(len(line) <= width for line in text.splitlines()):
            break
    return text.splitlines()


def _language(screen: Screen) -> Iterator[Text]:
    if text := screen.say(_ENGLISH):
        yield from screen.wrapped(text, indent="", style=DIM)


def _sections(kind: type) -> dict[str, str]:
    """The sections of a docstring by title."""
    _, *rest = _SECTION.split(inspect.cleandoc(kind.__doc__ or ""))
    return dict(zip(rest[::2], (body.strip("\n") for body in rest[1::2]), strict=True))


def _inherited(kind: type[Statement]) -> str:
    """Fields of the classes that a kind is made of, its own left out."""
    bases = [
        base for base in kind.__mro__[1:] if base.__module__.startswith(Statement.__module__.rpartition(".")[0]) and "__doc__" in vars(base)
    ]
    return "\n".join(text for base in bases if (text := _sections(base).get("Parameters", "")))


def _fields(screen: Screen, text: str) -> Iterator[Text]:
    """A numpydoc list of parameters: names, then what they mean."""
    name, lines = "", list[str]()
    for line in [*text.splitlines(), ""]:
        if line.startswith(" "):
            lines.append(line.strip())
            continue
        if name and name not in _UNTOLD:
            yield from screen.item(name, _plain(" ".join(lines)))
        name, lines = line.strip(), []


def _plain(text: str) -> str:
    """Prose on one line, without the marks of code."""
    return " ".join(text.replace("``", "").replace("`", "").split())
