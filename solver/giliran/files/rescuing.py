"""A plan that cannot be written where it should go, because the file is open in Excel: it goes beside, so that no search was in vain."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Sentence
from giliran.text.replacing import Content, write_all_atomic
from giliran.text.trying import is_direct

_NEW = {"en": ".new", "id": ".baru"}
"""In the name of a file that stands in for another."""
MOST_BESIDE = 99
"""Files of one name that may be waiting beside it."""

_BESIDE = Sentence(en="the plan is not lost: it is in {file}", id="jadwalnya tidak hilang: tersimpan di {file}")
_CLOSE = Sentence(
    en="Close the old file in Excel and give the new one its name.", id="Tutup berkas lama di Excel, lalu beri berkas baru itu namanya."
)

Contents = Sequence[tuple[Path, Callable[[], Content]]]


def write_or_rescue(contents: Contents, lang: Lang) -> None:
    """Write files that belong together, all or none; where the old ones cannot be replaced, beside them under names of their own.

    Raises
    ------
    InputError
        If they cannot take their places: what was there before is unchanged, and the error says where the new ones are, if they could
        be written at all.
    """
    try:
        write_all_atomic(contents)
    except InputError as error:
        rescued = _rescued(contents, lang)
        raise InputError([*error.problems, *(Problem(Where(str(old)), _BESIDE(file=new), _CLOSE()) for old, new in rescued)]) from None


def _rescued(contents: Contents, lang: Lang) -> list[tuple[Path, Path]]:
    """The files, and where they are beside their places; none where nothing can be written there either, and no pipes."""
    files = [(path, content) for path, content in contents if not is_direct(path)]
    places = [_free(path, lang) if os.path.lexists(path) else path for path, _ in files]
    try:
        write_all_atomic([(place, content) for place, (_, content) in zip(places, files, strict=True)])
    except InputError:
        return []
    return [(path, place) for place, (path, _) in zip(places, files, strict=True)]


def _free(path: Path, lang: Lang) -> Path:
    """A name beside a file that no file has: `plan.baru.xlsx`, then `plan.baru2.xlsx`."""
    names = (path.with_name(f"{path.stem}{_NEW[lang]}{'' if k == 1 else k}{path.suffix}") for k in range(1, MOST_BESIDE))
    return next((name for name in names if not os.path.lexists(name)), path)
