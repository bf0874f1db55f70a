"""When few changes against the published plan count: which of its places are promises, and where in the order their tiers stand."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place


class Change(IntEnum):
    """What changes, in the order in which it is kept to a few: days at short notice, days, people, names for duty."""

    NOTICE = 1
    DAYS = 2
    PEOPLE = 3
    NAMES = 4


_KEPT, _REFILLED = -10, 10
"""Added to these ranks: before relaxations, or after the office target."""


def announced(facts: Facts) -> Cells:
    """Present cells for which the published plan gives a place to work or rest : bool[E, D]."""
    return np.asarray(np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF)) & facts.present)


def still_open(facts: Facts) -> bool:
    """Whether the published plan gives anybody present a place that may still change."""
    return bool((announced(facts) & ~facts.frozen).any())


def rank_of(change: Change, facts: Facts) -> int:
    """Where the tier of a change stands in the default order where a published plan may still change.

    Right after relaxations; before them where announced places are kept at all costs; after the office target where seats that became
    free are to be filled again.
    """
    return change + (_KEPT if facts.keep else _REFILLED if facts.refill else 0)
