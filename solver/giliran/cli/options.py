"""Options that several commands share, and the values that they take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from giliran.cli.parsing import Read
from giliran.errors import InputError, Problem, Where
from giliran.messages import LANGUAGES, Lang, Said, Sentence, Whole, meant, reason_of

_LANG = Sentence(
    en="Language: en or id. Default: that of the workbook, else the variable GILIRAN_LANG, on a terminal the system's, else en.",
    id="Bahasa: en atau id. Bawaan: bahasa berkas Excel masukannya, lalu variabel GILIRAN_LANG, di terminal bahasa sistem, selain itu en.",
)
_FORMAT = Sentence(
    en="What is printed: text for people, or json for programs. Default: text.",
    id="Yang dicetak: text untuk dibaca orang, json untuk program. Bawaan: text.",
)
_ENGINE = Sentence(
    en="auto, or cpsat to let CP-SAT do everything. Default: auto.", id="auto, atau cpsat agar CP-SAT mengerjakan semuanya. Bawaan: auto."
)
_NOT_WORD = Sentence(en="'{text}' is not one of {words}", id="'{text}' bukan salah satu dari {words}")
_NOT_WHOLE = Sentence(
    en="'{text}' is not a whole number of at least {least} and at most {digits} digits",
    id="'{text}' bukan bilangan bulat paling kecil {least} dan paling banyak {digits} angka",
)
_NOT_SECONDS = Sentence(en="'{text}' is not a number of seconds above 0", id="'{text}' bukan jumlah detik di atas 0")

NO_NAME = Sentence(
    en="the name is empty; maybe it stands in a variable that is not set",
    id="namanya kosong; mungkin variabelnya belum diisi",
)
"""Of an empty name of a file or folder."""

_MOST_DIGITS = 18
_MOST_SHOWN = 60


class _FileName(click.Path):
    """A name that there can be; an empty one would mean the folder at hand."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or one problem that names the option."""
        said = NO_NAME() if value == "" else reason_of(ValueError()) if isinstance(value, str) and "\0" in value else None
        if said is not None:
            raise InputError([Problem(Where(field=_name_of(param)), said)])
        return super().convert(value, param, ctx)


def _name_of(param: click.Parameter | None) -> str:
    """The option, or the argument, as the usage line has it."""
    if isinstance(param, click.Argument):
        return (param.metavar or "").removesuffix(" …")
    return param.opts[-1] if param else ""


PATH = _FileName(path_type=Path, readable=False)
"""A file or folder; its reader complains if it is missing or may not be read."""


class Format(StrEnum):
    """What is printed."""

    TEXT = "text"
    JSON = "json"


def lang_option(lang: Lang, **more: Any) -> click.Option:
    """`--lang`."""
    return option(["--lang"], _LANG, lang, type=word("en|id", *LANGUAGES), default=lang, **more)


def format_option(lang: Lang) -> click.Option:
    """`--format`."""
    return option(["--format", "format_"], _FORMAT, lang, type=word("text|json", *Format), default=Format.TEXT)


def engine_option(lang: Lang) -> click.Option:
    """`--engine`."""
    return option(["--engine"], _ENGINE, lang, type=word("auto|cpsat", "auto", "cpsat"), default="auto")


def option(names: list[str], help_: Sentence | Said, lang: Lang, **more: Any) -> click.Option:
    """An option with its help in one language."""
    said = help_ if isinstance(help_, Said) else help_()
    return click.Option(names, help=said.text(lang), **more)


def word(name: str, *words: str) -> Read:
    """One word out of several."""
    return Read(name, lambda text: _word(text, words), words)


def whole(name: str, least: int) -> Read:
    """A whole number that is not less than `least`."""
    return Read(name, lambda text: _whole(text, least))


def seconds(name: str) -> Read:
    """A positive number of seconds."""
    return Read(name, _seconds)


def _word(text: str, words: tuple[str, ...]) -> str:
    from giliran.text import TextError

    for known in words:
        if text == known:
            return known
    raise TextError(_NOT_WORD(text=text, words=Whole(", ".join(words))), meant(text, words))


def _whole(text: str, least: int) -> int:
    from giliran.text import TextError

    digits = text.strip()
    if not (digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits) >= least):
        raise TextError(_NOT_WHOLE(text=digits[:_MOST_SHOWN], least=least, digits=_MOST_DIGITS))
    return int(digits)


def _seconds(text: str) -> float:
    from math import isfinite

    from giliran.text import TextError

    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = 0.0
    if not (isfinite(value) and value > 0):
        raise TextError(_NOT_SECONDS(text=text))
    return value
