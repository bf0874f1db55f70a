"""The language of a run, known before the first word is said."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from giliran.messages import LANGUAGES, Lang, Said, Sentence, Whole, did_you_mean, nearest

OPTION = "--lang"
VARIABLE = "GILIRAN_LANG"
DEFAULT: Lang = "en"
_FORMAT, _JSON = "--format", "json"
_LOCALE = re.compile(r"[_.@-]")
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the locale, the first that is set counts."""
_NAMED: Mapping[str, Lang] = {"english": "en", "inggris": "en", "indonesia": "id", "indonesian": "id"}
"""What somebody may write instead of a code."""
_FORMER = {"in": "id"}
"""Codes that languages had before, as some systems still write them."""

_UNKNOWN = Sentence(
    en="{variable}={text} names no language: {known}. {near}Meanwhile {lang}.",
    id="{variable}={text} bukan nama bahasa: {known}. {near}Sementara itu {lang}.",
)
_NEAR = Sentence(en="{near} ", id="{near} ")
_NAMES = Sentence(en="English", id="bahasa Indonesia")


def language_of(argv: Sequence[str], environ: Mapping[str, str], *, book: Lang | None = None, terminal: bool = False) -> Lang:
    """The language that `--lang` names, else that of the workbook, of `GILIRAN_LANG`, on a terminal of the locale, else English.

    Pipes and JSON do not follow the locale: the same command gives the same bytes everywhere. An unknown language of `--lang` is left to
    the parser to refuse. The variable may be written as locales are: `id_ID.UTF-8`, `ID`.
    """
    if named := list(_values(argv, OPTION)):
        return _known(named[-1]) or DEFAULT
    by_locale = terminal and _JSON not in _values(argv, _FORMAT)
    return book or _of_variable(environ) or (_of_locale(environ) if by_locale else None) or DEFAULT


def unknown_language(environ: Mapping[str, str], lang: Lang) -> Said | None:
    """What to say of a variable that names no language, and in which one the run speaks instead; None where nothing is wrong with it."""
    text = environ.get(VARIABLE, "").strip()
    if not text or _of_variable(environ):
        return None
    near = did_you_mean(_NAMED.get(nearest(text.casefold(), _NAMED) or "") or nearest(text.casefold(), LANGUAGES))
    return _UNKNOWN(
        variable=VARIABLE,
        text=text,
        known=Whole(", ".join(LANGUAGES)),
        near=_NEAR(near=near) if near else "",
        lang=_NAMES().text(lang),
    )


def _values(argv: Sequence[str], option: str) -> Iterator[str]:
    """What is given to an option, up to the word after which no options follow."""
    for word, following in zip_longest(argv, argv[1:], fillvalue=""):
        if word == "--":
            return
        if word == option or word.startswith(f"{option}="):
            yield following if word == option else word.removeprefix(f"{option}=")


def _of_variable(environ: Mapping[str, str]) -> Lang | None:
    return _spoken(environ.get(VARIABLE, ""))


def _of_locale(environ: Mapping[str, str]) -> Lang | None:
    """The language that the system's user reads."""
    named = next((text for variable in _LOCALES if (text := environ.get(variable, ""))), "")
    return _spoken(named or (_of_windows() if os.name == "nt" else ""))


def _of_windows() -> str:
    """The language of the user's screens, as a locale."""
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]  # on Windows alone
    return locale.windows_locale.get(number, "")


def _spoken(text: str) -> Lang | None:
    """The language of a locale."""
    code = _LOCALE.split(text.strip().casefold())[0]
    return _known(_FORMER.get(code, code))


def _known(text: str) -> Lang | None:
    return next((lang for lang in LANGUAGES if lang == text), None)
