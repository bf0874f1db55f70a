"""Tables of shares by a condition: a cell that they leave out is an error, never "no limit"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from giliran.domain.condition import NO_VALUE, condition_values
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence
from giliran.rules.base import Statement
from giliran.rules.toolkit.counting import ShareTable
from giliran.rules.view import View

NOT_IN_TABLE = Sentence(
    en="the table of shares has no row for the value '{value}' of '{condition}' ({unit}, {day}; person-days: {count}); it has: {known}",
    id="tabel persentase tidak memuat nilai '{value}' dari '{condition}' ({unit}, {day}; orang-hari: {count}); yang ada: {known}",
)
NO_ROWS = Sentence(
    en="the table of shares has no row at all, so none for the value '{value}' of '{condition}' ({unit}, {day}; person-days: {count})",
    id="tabel persentase tidak berisi, jadi nilai '{value}' dari '{condition}' tidak ada ({unit}, {day}; orang-hari: {count})",
)
NOT_SAID = Sentence(
    en="the condition '{condition}' has no value for {unit} on {day}; person-days without one: {count}",
    id="kondisi '{condition}' tidak bernilai untuk {unit} pada {day}; orang-hari tanpa nilai: {count}",
)
ADD_VALUE = Sentence(
    en="Add {value} to the table, with 100% if nothing is limited then.",
    id="Tambahkan {value} pada tabel, dengan 100% bila saat itu tidak ada batas.",
)
ADD_ENTRY = Sentence(
    en="Give one under `conditions`, also where there is no limit: a forgotten value must not mean that.",
    id="Tuliskan pada `conditions`, juga bila tidak ada batas: nilai yang terlupa tidak boleh berarti tanpa batas.",
)


def missing_shares(rule: Statement, share: int | ShareTable | None, view: View) -> Iterator[Problem]:
    """One problem for each value for which a rule's table gives no share, told of the first cell.

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
    part = view.cell_set(rule)
    meant = np.where(part.table, codes[part.of(facts.unit), np.arange(facts.num_days)], len(words))
    for code in np.unique(meant).tolist():
        if code == len(words) or given[code]:
            continue
        lost = np.argwhere(meant == code)
        row, d = lost[0].tolist()
        e = int(part.index[row])
        place = {"unit": facts.units[int(facts.unit[e, d])].name, "day": facts.dates[d], "count": len(lost)}
        yield Problem(Where(field=f"{rule.id}.share"), *_said(share, place, words, code))


def _said(share: ShareTable, place: Mapping[str, Any], words: tuple[str, ...], code: int) -> tuple[Said, Said]:
    if code == NO_VALUE:
        return NOT_SAID(condition=share.condition, **place), ADD_ENTRY()
    place = {"condition": share.condition, "value": words[code], **place}
    said = NOT_IN_TABLE(known=list(share.rows), **place) if share.rows else NO_ROWS(**place)
    return said, ADD_VALUE(value=words[code])
