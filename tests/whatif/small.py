"""A small house, and all plans of a tiny instance."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from giliran.domain.schedule import Schedule, schedule_of
from giliran.instance import Instance
from tests.tiny import tier_values

MOST_CELLS = 9
"""At most 2^9 plans are audited."""

HOUSE: dict[str, Any] = {
    "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
    "units": [{"id": "b", "name": "Bidang Gizi", "level": "bidang"}],
    "staff": [{"id": id_, "name": name, "unit": "b"} for id_, name in (("A", "Ayu"), ("B", "Budi"), ("C", "Citra"), ("D", "Dewi"))],
    "rules": [{"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}, {"id": "duty", "kind": "duty_officers", "count": 1}],
    "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}, {"kind": "wishes"}],
}


def house(**more: Any) -> Instance:
    """Four people, two seats a day, with some sections added."""
    return Instance.build({**HOUSE, **more, "rules": [*HOUSE["rules"], *more.get("rules", ())]})


def all_plans(instance: Instance) -> list[tuple[tuple[int, ...], Schedule]]:
    """Every plan that keeps all rules, with what it costs."""
    facts = instance.facts
    cells = np.argwhere(facts.present)
    if len(cells) > MOST_CELLS:
        return []
    found = []
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = np.zeros(facts.shape, dtype=np.bool_)
        office[tuple(cells.T)] = bits
        plan = schedule_of(facts, office)
        values = tier_values(instance, plan)
        if values is not None:
            found.append((values, plan))
    return found
