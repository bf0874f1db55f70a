"""Forms of files: what their key `schema` says, `giliran/1` or `giliran-circular/1`.

The number of a form stays while keys are only added; it is raised where a key that was there comes to mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence

_KEY = "schema"
_FORM = re.compile(r"(giliran(?:-[a-z]+)*)/([0-9]{1,9})")

_NEWER = Sentence(
    en="the file is of the form {found}, which a newer giliran made; {ours} is the newest that is read here",
    id="berkas ini berbentuk {found}, buatan giliran yang lebih baru; yang terbaru yang dapat dibaca di sini {ours}",
)
_UPDATE = Sentence(
    en="Update giliran, or write the file again in the form {ours}.", id="Perbarui giliran, atau tulis ulang berkasnya dalam bentuk {ours}."
)
_OTHER = Sentence(
    en="the file says that it is of the form {found}; expected {ours}",
    id="menurut isinya berkas ini berbentuk {found}; yang diharapkan {ours}",
)


def refuse_foreign(data: object, ours: str, locate: Callable[[tuple[str]], Where]) -> None:
    """See that data do not say that they are of a newer form than ours, or of the form of another kind of file.

    Data without a form, and words that are none, are left to whoever reads the rest.

    Raises
    ------
    InputError
        With this alone: nothing else in such a file is worth a word.
    """
    found = data.get(_KEY) if isinstance(data, Mapping) else None
    said, own = (_FORM.fullmatch(text) if isinstance(text, str) else None for text in (found, ours))
    assert own is not None
    if said is None or (said[1] == own[1] and int(said[2]) <= int(own[2])):
        return
    newer = said[1] == own[1]
    told = (_NEWER if newer else _OTHER)(found=said[0], ours=ours)
    raise InputError([Problem(locate((_KEY,)), told, _UPDATE(ours=ours) if newer else None)])
