"""Who is meant in lists about people who are known already: by NIP or id, else by name, with or without titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giliran.domain.facts import Staff
from giliran.domain.words import simple
from giliran.text import TextError, parse_id

_TITLES = frozenset(
    {"dr", "drs", "dra", "drg", "drh", "ir", "prof", "apt", "h", "hj", "hi", "kh", "ny", "bpk", "bapak", "ibu", "sdr", "sdri", "ns"}
)
"""Titles that stand before names."""


def person_of(text: str, staff: Staff) -> int | None:
    """The row of the staff table for an id, or for the NIP of somebody whose id is another; None for nobody's."""
    if text in staff.index:
        return staff.index[text]
    try:
        id_ = parse_id(text)
    except TextError:
        return None
    return staff.index.get(id_, staff.by_nip.get(id_))


@dataclass(frozen=True)
class Called:
    """Rows of the staff table by names: as they stand there, and without titles."""

    whole: Mapping[str, Sequence[int]]
    bare: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, staff: Staff) -> Called:
        """The names of some staff."""
        whole: dict[str, list[int]] = {}
        bare: dict[str, list[int]] = {}
        for e, name in enumerate(staff.names):
            whole.setdefault(simple(name), []).append(e)
            bare.setdefault(_bare(name), []).append(e)
        return cls(whole, bare)

    def meant(self, name: str) -> Sequence[int]:
        """Everybody who may be meant by a name: nobody, one person, or several."""
        if not simple(name):
            return ()
        return self.whole.get(simple(name)) or self.bare.get(_bare(name), ())


def _bare(name: str) -> str:
    """A name without what stands after a comma, and without titles before it."""
    words = simple(name.split(",")[0]).split("_")
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return "_".join(words)
