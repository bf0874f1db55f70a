"""What floors say where more people are asked for than can come: it is told, or the floor is missed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, few
from giliran.program import Cost, ProgramBuilder
from giliran.rules.answers import Counts, Limit
from giliran.rules.base import Statement
from giliran.rules.view import View

SHORT = Sentence(
    en="{group}, {day}: in the office at least {asked} are wanted, but only {available} can come, {missing} short ({limit})",
    id="{group}, {day}: diminta paling sedikit {asked} orang WFO, tetapi yang dapat masuk hanya {available}, kurang {missing} ({limit})",
)
REDUCED = Sentence(
    en="{limit}; only {available} can come",
    id="{limit}; yang dapat masuk hanya {available}",
)
IN_FULL = Sentence(
    en="{said} Where fewer can come it is missed.",
    id="{said} Jika yang dapat masuk lebih sedikit, aturan ini tidak terpenuhi.",
)
NOBODY = Sentence(
    en="{group}, {days}: somebody is asked for, but nobody who counts is there, so that no plan keeps `when_short: break`",
    id="{group}, {days}: diminta pegawai WFO, tetapi tidak ada yang dihitung hadir, sehingga tidak ada jadwal yang memenuhi"
    " `when_short: break`",
)
WRITE_NOTE = Sentence(
    en="Write `when_short: note`, or leave such days out by `days`.",
    id="Tulis `when_short: note`, atau kecualikan hari itu lewat `days`.",
)
SHOWN = 5
"""Days named in a problem; the others are only counted."""


class WhenShort(StrEnum):
    """What holds where fewer people can come than are asked for: all of those, with a note, or what was asked for."""

    NOTE = "note"
    BREAK = "break"

    def asked(self, wanted: Counts, available: Counts) -> Counts:
        """How many are asked for of those wanted and available : int64 in their shape."""
        return wanted if self is WhenShort.BREAK else np.asarray(np.minimum(wanted, available))

    def described(self, said: Said) -> Said:
        """The description of a rule, and what holds where it is short, if that is not the usual."""
        return IN_FULL(said=said) if self is WhenShort.BREAK else said


def available(limit: Limit, view: View) -> Counts:
    """Counted people who are neither absent nor fixed at home : int64[G, D]."""
    return limit.groups.count(limit.counted - view.forced_home)


def nobody(limit: Limit) -> NDArray[np.bool_]:
    """Occurrences in which somebody is asked for and nobody is counted : bool[G, D]."""
    return np.asarray(limit.active & (limit.least > 0) & (limit.groups.count(limit.counted) == 0))


def nobody_rows(limit: Limit, owner: Statement, out: ProgramBuilder, *, cost: Cost | None) -> None:
    """A row without a cell per group and day in which somebody is asked for and nobody is counted: it is missed whole."""
    group, day = np.nonzero(nobody(limit))
    out.rows(owner, np.zeros_like(group), [], lo=limit.least[group, day], cost=cost, group=group, day=day)


def nobody_problems(limit: Limit, view: View) -> Iterator[Problem]:
    """Groups and days without anybody who counts, where a floor must hold and breaks: no place of anybody decides it."""
    asked = nobody(limit) & ~view.facts.frozen_days if limit.must else np.zeros_like(limit.active)
    for group in np.flatnonzero(asked.any(axis=1)).tolist():
        days = [view.facts.dates[d] for d in np.flatnonzero(asked[group]).tolist()]
        said = NOBODY(group=limit.groups.label(view.facts, group), days=few(days, SHOWN))
        yield Problem(Where(field=f"{limit.rule}.when_short"), said, WRITE_NOTE())
