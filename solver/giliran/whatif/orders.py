"""Orders: what happened or was decided since a plan was published, as far as the plan did not know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, plain
from giliran.rules.toolkit.personal import days_text, name_of, place_text

_AWAY = Sentence(en="{person} is away", id="{person} tidak masuk")
_BACK = Sentence(en="{person} is back", id="{person} masuk kembali")
_PLACED = Sentence(en="{person} is to be {place}", id="{person} ditetapkan {place}")
_NAMED = Sentence(en="{person} is to stand for {rule}", id="{person} ditunjuk untuk {rule}")
_WHY = Sentence(en="{said} ({reason})", id="{said} ({reason})")
_ON = Sentence(en="{said}: {days}", id="{said}: {days}")


class OrderKind(StrEnum):
    """What an order says: somebody is away, or back, or has a place or a duty by order."""

    AWAY = "away"
    BACK = "back"
    PLACE = "place"
    DUTY = "duty"


@dataclass(frozen=True)
class Order:
    """Something about one person that the published plan did not know.

    Parameters
    ----------
    kind
        What it says.
    person, days
        Indices; the days ascend.
    about
        Reason of the absence, word of the place, or id of the duty rule; empty for somebody who is back.
    reason
        Why, as whoever gave the order wrote it; empty where nothing was written.
    short
        The order in words, without its days.
    """

    kind: OrderKind
    person: int
    days: tuple[int, ...]
    about: str
    reason: str
    short: Said

    def said(self, facts: Facts) -> Said:
        """The order in one sentence, with its days."""
        return _ON(said=self.short, days=days_text(facts, self.days))

    def on(self, person: int, day: int) -> bool:
        """Whether it is about this cell."""
        return person == self.person and day in self.days


def orders_of(facts: Facts) -> tuple[Order, ...]:
    """Everything that absences and pins say otherwise than the published plan, by person; on frozen days too."""
    found = [*_away(facts), *_back(facts), *_placed(facts), *_named(facts)]
    return tuple(sorted(found, key=lambda order: (order.person, order.days)))


def _away(facts: Facts) -> Iterator[Order]:
    new = facts.absent & np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF))
    cells = [(e, facts.absence_reasons[int(facts.reason[e, d])], d) for e, d in np.argwhere(new).tolist()]
    for e, reason, days in _grouped(cells):
        # The list of changes goes to everybody in it: why somebody is away is nobody's business.
        yield Order(OrderKind.AWAY, e, days, reason, "", _AWAY(person=name_of(facts, e)))


def _back(facts: Facts) -> Iterator[Order]:
    for e, _, days in _grouped([(e, "", d) for e, d in np.argwhere(facts.present & (facts.published == Place.ABSENT)).tolist()]):
        yield Order(OrderKind.BACK, e, days, "", "", _BACK(person=name_of(facts, e)))


def _placed(facts: Facts) -> Iterator[Order]:
    known = (facts.published != Place.NONE) & (facts.published != Place.ABSENT)
    moved = (facts.pinned != Place.NONE) & facts.present & known & (facts.pinned != facts.published) & ~_duty_cells(facts)
    cells = [(e, (Place(int(facts.pinned[e, d])), facts.pin_reasons.get((e, d), "")), d) for e, d in np.argwhere(moved).tolist()]
    for e, (place, reason), days in _grouped(cells):
        short = _PLACED(person=name_of(facts, e), place=place_text(place))
        yield Order(OrderKind.PLACE, e, days, place.word, reason, _with(short, reason))


def _named(facts: Facts) -> Iterator[Order]:
    nobody = np.zeros(facts.shape, dtype=np.bool_)
    for rule, cells in sorted(facts.pinned_duty.items()):
        new = np.argwhere(cells & facts.present & ~facts.published_duty.get(rule, nobody)).tolist()
        for e, reason, days in _grouped([(e, facts.pin_reasons.get((e, d), ""), d) for e, d in new]):
            short = _NAMED(person=name_of(facts, e), rule=plain(rule))
            yield Order(OrderKind.DUTY, e, days, rule, reason, _with(short, reason))


def _duty_cells(facts: Facts) -> Cells:
    """Cells of people who are pinned for a duty : bool[E, D]."""
    none = np.zeros(facts.shape, dtype=np.bool_)
    return np.asarray(np.logical_or.reduce([none, *facts.pinned_duty.values()]))


def _grouped(cells: list[tuple[int, Any, int]]) -> Iterator[tuple[int, Any, tuple[int, ...]]]:
    """Days of each person and word."""
    for (e, word), group in groupby(sorted(cells), key=lambda cell: cell[:2]):
        yield e, word, tuple(d for _, _, d in group)


def _with(short: Said, reason: str) -> Said:
    return _WHY(said=short, reason=plain(reason)) if reason else short
