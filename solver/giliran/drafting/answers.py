"""What answers mean: yes or no, names of units and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giliran.domain.words import simple
from giliran.drafting.asking import Option, Question
from giliran.messages import MEANT, Said, Sentence, bilingual, few, nearest, plain
from giliran.text import TextError

MOST_NAMED = 6
"""Names that a question tells one by one."""
NOTHING = frozenset({"tidak_ada", "none", "kosong", "nobody", "tidak"})
"""Answers that mean none."""

NONE = Sentence(en="none", id="tidak ada")
_YES = Sentence(en="yes", id="ya")
_NO = Sentence(en="no", id="tidak")
_NO_PERSON = Sentence(en="nobody is called '{name}'", id="tidak ada pegawai bernama '{name}'")
_SEVERAL = Sentence(en="'{name}' may be {names}", id="'{name}' dapat berarti {names}")
_YES_OR_NO = Sentence(en="'{text}' is neither yes nor no", id="'{text}' bukan ya atau tidak")


def yes_no(key: str, said: Said, *, default: bool, why: Said) -> Question:
    """A question with two answers."""
    yes, no = Option(True, _YES()), Option(False, _NO())
    shown = {True: _YES(), False: _NO()}[default]
    return Question(key, said, default, shown, _answer, (yes, no), why)


def _answer(text: str) -> bool:
    word = simple(text)
    for value, said in ((True, _YES()), (False, _NO())):
        if word in (said.text("en"), said.text("id"), said.text("en")[0], said.text("id")[0]):
            return value
    raise TextError(_YES_OR_NO(text=text))


def parts_of(text: str, known: Sequence[str]) -> list[str]:
    """The names of an answer: parted by semicolons, or by commas where no known name holds one; none for the word that says so."""
    if simple(text) in NOTHING:
        return []
    parts = [part.strip() for part in text.split(";") if part.strip()]
    by_comma = [part.strip() for part in text.split(",") if part.strip()]
    plainly = len(parts) == 1 and known and simple(text) not in map(simple, known)
    return by_comma if plainly else parts


def the_one(name: str, known: Sequence[str], sentence: Sentence) -> str:
    """The known name that an answer means: itself, the only one that holds it, or none, which is told with the nearest."""
    word = simple(name)
    same = [each for each in known if simple(each) == word] or [each for each in known if word and word in simple(each)]
    if len(same) == 1:
        return same[0]
    if same:
        raise TextError(_SEVERAL(name=name, names=few([plain(each) for each in same], MOST_NAMED)))
    near = nearest(name.casefold(), [each.casefold() for each in known])
    likely = next((each for each in known if each.casefold() == near), None)
    raise TextError(sentence(name=name), None if likely is None else MEANT(near=plain(likely)))


def the_person(name: str, people: Mapping[str, str]) -> str:
    """The id that an answer means, by itself or by a name of `people`, which has names by id; raises `TextError` as `the_one`."""
    if (id_ := name.replace(" ", "")) in people or (id_ := name) in people:
        return id_
    names = list(people.values())
    meant = the_one(name, names, _NO_PERSON)
    ids = [id_ for id_, other in people.items() if other == meant]
    if len(ids) > 1:
        raise TextError(_SEVERAL(name=name, names=[bilingual(en=f"{meant} ({id_})", id=f"{meant} ({id_})") for id_ in ids]))
    return ids[0]


def called(cells: Mapping[str, str]) -> str:
    """What somebody of a list is called."""
    return cells.get("name") or cells["id"]
