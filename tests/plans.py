"""A small instance with a plan, and results made of it without a solver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from giliran.audit import audit
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import PartResult, TierResult
from giliran.instance import Instance
from giliran.result import Result

IDS = ("000000000000000142", "198001012005011001", "198001012005011002", "198001012005011003")
"""The first keeps its zeros only as text."""

DUTY = "own/piket"


def small_instance(**sections: Any) -> Instance:
    """Four people of one bidang from Monday 12 to Saturday 17 July 2021, Saturday on call; the second is on leave on Tuesday.

    At most half in the office, one duty officer, as many as possible in the office, fairly.
    """
    return Instance.build(
        {
            "title": "Bidang kecil",
            "horizon": {"start": "2021-07-12", "end": "2021-07-17"},
            "calendars": {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "call_days": ["sat"], "holidays": "none"}},
            "units": [{"id": "u", "name": "Bidang Satu", "level": "bidang"}],
            "staff": [{"id": id_, "name": f"Pegawai {k}", "unit": "u"} for k, id_ in enumerate(IDS)],
            "absences": [{"staff_id": IDS[1], "from": "2021-07-13", "to": "2021-07-13", "reason": "cuti"}],
            "rules": [
                {"id": "batas", "kind": "office_cap", "share": "50%", "per": "bidang", "source": {"row": "L4"}},
                {"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"},
            ],
            "goals": [{"id": "isi", "kind": "office_target", "aim": "most_office"}, {"id": "adil", "kind": "fair_share"}],
            **sections,
        }
    )


GOOD = ("110000", "001100", "110010", "001110")
"""Two in the office every working day, nobody on call; the second person's Tuesday is leave."""

CROWDED = ("110000", "001100", "111010", "001110")
"""Three in the office on Wednesday, one too many."""


NOBODY = ("??????",) * 4
"""No place for anybody."""


def plan(instance: Instance, rows: Sequence[str] = GOOD, named: Sequence[str] = ("100000", "000100", "010010", "001000")) -> Schedule:
    """A schedule from bit strings, with the duty officers named where there is the duty; `?` leaves a cell out."""
    known = np.array([[letter != "?" for letter in row] for row in rows])
    made = schedule_of(instance.facts, _bits(rows), None if known.all() else known)
    duty = {DUTY: _bits(named)} if DUTY in instance.view.by_id else {}
    return Schedule(made.place, duty, unplanned=made.unplanned)


def _bits(rows: Sequence[str]) -> np.ndarray:
    return np.array([[letter == "1" for letter in row] for row in rows])


def result_of(
    instance: Instance, schedule: Schedule, status: Status = Status.OPTIMAL, stopped: Stopped | None = None, **more: Any
) -> Result:
    """A result as `solve` would give it."""
    found = audit(instance, schedule)
    tiers = tuple(TierResult(name, value, value, False) for name, value in found.tiers.items())
    parts = (PartResult(tuple(range(instance.facts.num_people)), tuple(range(instance.facts.num_days)), status, tiers, 0.25),)
    fields = {
        "seconds": {"compile": 0.125, "solve": 0.5},
        "reproducible": True,
        "seed": 20210712,
        "workers": 2,
        "versions": {"giliran": "0.1.0", "ortools": "9.15"},
        **more,
    }
    return Result(instance, status, stopped, schedule, tiers, found.findings, found.fairness, parts, **fields)
