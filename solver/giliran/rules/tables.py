"""Tables of shares by a condition: a cell that they leave out is an error, never "no limit"."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from giliran.domain.condition import NO_VALUE, condition_values
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence
from giliran.rules.base import Statement
from giliran.rules.counting import ShareTable
from giliran.rules.view import View

NOT_IN_TABLE = Sentence(
    en="{condition} is {value} in {unit} on {day}, but the table gives a share only for {known}",
    id="{condition} di {unit} pada {day} adalah {value}, tetapi tabel hanya memuat persentase untuk {known}",
)
NOT_SAID = Sentence(
    en="nothing says what {condition} is in {unit} on {day}, but the share depends on it",
    id="tidak ada keterangan {condition} di {unit} pada {day}, padahal persentasenya bergantung padanya",
)
ADD_VALUE = Sentence(
    en="Add {value} to the table, with 100% if nothing is limited then.",
    id="Tambahkan {value} pada tabel, dengan 100% bila saat itu tidak ada batas.",
)
ADD_ENTRY = Sentence(
    en="Add an entry for these dates and units under `conditions`.",
    id="Tambahkan isian untuk tanggal dan unit tersebut pada `conditions`.",
)


def missing_shares(rule: Statement, share: int | ShareTable | None, view: View) -> Iterator[Problem]:
    """One problem per unit and value for which a rule's table gives no share, at the first day of it.

    Parameters
    ----------
    rule
        The rule that counts.
    share
        Its share; only tables can leave something out.
    """
    if not isinstance(share, ShareTable):
        return
    facts = view.facts
    words, codes = condition_values(facts, share.condition)
    given = np.array([*(word in share.rows for word in words), False], dtype=np.bool_)
    cells = view.cells(rule)
    _, days = np.nonzero(cells)
    meant = np.zeros(codes.shape, dtype=np.bool_)
    meant[facts.unit[cells], days] = True
    told: set[tuple[int, int]] = set()
    for unit, day in np.argwhere(meant & ~given[codes]).tolist():
        code = int(codes[unit, day])
        if (unit, code) not in told:
            told.add((unit, code))
            yield Problem(Where(field=f"{rule.id}.share"), *_said(share, facts.units[unit].name, facts.dates[day], words, code))


def _said(share: ShareTable, unit: str, day: object, words: tuple[str, ...], code: int) -> tuple[Said, Said]:
    if code == NO_VALUE:
        return NOT_SAID(condition=share.condition, unit=unit, day=day), ADD_ENTRY()
    said = NOT_IN_TABLE(condition=share.condition, value=words[code], unit=unit, day=day, known=sorted(share.rows))
    return said, ADD_VALUE(value=words[code])
