"""Whom an attendance list means: by NIP or id, else by a name that only one of the people has.

An id that nobody is known by leaves the name to say who is meant only where the list has numbers of its own, which know nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from giliran.domain.facts import Staff
from giliran.domain.words import Kind, spellings
from giliran.lists.cells import is_nip
from giliran.lists.people import Called, person_of
from giliran.text import Table
from giliran.text.columns import TextColumn


@dataclass(eq=False)
class Who:
    """Who is known, and whom names of a list left open.

    Parameters
    ----------
    knows
        Whether a text is the NIP or id of somebody.
    called
        NIPs or ids of all who may be meant by a name.

    Attributes
    ----------
    ambiguous
        Names that several people have, as the list writes them.
    """

    knows: Callable[[str], bool]
    called: Callable[[str], Sequence[str]]
    ambiguous: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, staff: Staff) -> Who:
        """The people of a staff table."""
        names = Called.of(staff)
        return cls(lambda text: person_of(text, staff) is not None, lambda name: [staff.ids[e] for e in names.meant(name)])

    def meant(self, ids: Sequence[str], name: str, own: Sequence[bool]) -> str:
        """NIP or id of whom a row means; what it says itself where that is nobody who is known.

        Parameters
        ----------
        ids, own
            What stands in columns of NIPs and ids, and which of these columns know others: who is a stranger there is nobody by name.
        """
        said = [text for text in ids if _says(text)]
        found = next(filter(self.knows, said), None)
        stranger = next((text for text, knows in zip(ids, own, strict=True) if knows and _says(text)), None)
        itself = stranger or next(iter(said), name)
        if found is not None or stranger is not None or any(map(is_nip, said)):
            return found or itself
        people = [*dict.fromkeys(self.called(name or itself))]
        if len(people) > 1:
            self.ambiguous[name or itself] = None
            return name or itself
        return people[0] if people else itself


def identified(table: Table, who: Who) -> Table:
    """A list with the NIP or id of whom each row means in the column that says who; in a column of its own where it has names alone."""
    ids = [name for name in _columns("staff_id", "nip") if name in table.columns]
    named = next((name for name in _columns("name") if name in table.columns), None)
    if not ids and named is None:
        return table
    names = [""] * len(table) if named is None else table.column(named)
    rows = zip(*(table.column(name) for name in ids), names, strict=True)
    own = [any(map(who.knows, table.numbered(name).texts)) for name in ids]
    column = TextColumn([who.meant(row[:-1], row[-1], own) for row in rows])
    return reduce(lambda made, name: made.with_column(name, column), ids or ["staff_id"], table)


def _says(text: str) -> bool:
    """Whether a cell says anything; a line or a dot says that there is no number."""
    return any(map(str.isalnum, text))


def _columns(*kinds: str) -> list[str]:
    return [*dict.fromkeys(word for kind in kinds for word in spellings(Kind.COLUMN, kind))]
