"""The language of a run, known before the first word is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from giliran.messages import LANGUAGES, Lang

OPTION = "--lang"
VARIABLE = "GILIRAN_LANG"
DEFAULT: Lang = "en"
_LOCALE = re.compile(r"[_.@-]")


def language_of(argv: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language that `--lang` names, else that of the environment variable `GILIRAN_LANG`, else English.

    An unknown language is left to the parser to refuse. The variable may be written as locales are: `id_ID.UTF-8`, `ID`.
    """
    named = [_LOCALE.split(environ.get(VARIABLE, "").strip().casefold())[0]]
    for word, following in zip_longest(argv, argv[1:], fillvalue=""):
        if word == "--":
            break
        if word == OPTION or word.startswith(f"{OPTION}="):
            named.append(following if word == OPTION else word.removeprefix(f"{OPTION}="))
    return next((lang for lang in LANGUAGES if lang == named[-1]), DEFAULT)
