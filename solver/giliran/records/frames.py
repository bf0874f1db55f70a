"""What a result says as columns, for frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import THOUSANDTHS, Facts
from giliran.domain.schedule import SEPARATOR
from giliran.domain.schedule_rows import columns_of_schedule, told_cells
from giliran.messages import Lang
from giliran.reports.fairness import compared, differences
from giliran.text.frames import texts

if TYPE_CHECKING:
    from giliran.result import Result

Columns = dict[str, NDArray[Any]]


def plan_columns(result: Result) -> Columns:
    """A row per person and day with a place, or left out on purpose; with names and units, which readers of schedules pass over."""
    facts, schedule = result.instance.facts, result.schedule
    person, day = np.nonzero(told_cells(schedule))
    staff_id, *rest = columns_of_schedule(facts, schedule).items()
    return dict([staff_id, ("name", texts(facts.staff.names)[person]), ("unit", texts(facts.units.ids)[facts.unit[person, day]]), *rest])


def fairness_columns(result: Result) -> Columns:
    """A row per goal and person who is compared: days given, share asked, balance before, and what is left over, all in days."""
    facts = result.instance.facts
    parts = [(account, compared(account, result.schedule)) for account in result.fairness]
    people = np.concatenate([np.zeros(0, dtype=np.int64), *(known for _, known in parts)])
    counts = [len(known) for _, known in parts]

    def said(words: list[str]) -> NDArray[Any]:
        return np.repeat(texts(words), counts) if counts else texts([])

    def days(columns: list[NDArray[np.int64]], unit: int) -> NDArray[Any]:
        return np.concatenate([np.zeros(0), *(column[known] / unit for column, (_, known) in zip(columns, parts, strict=True))])

    return {
        "goal": said([account.goal for account, _ in parts]),
        "account": said([account.account for account, _ in parts]),
        **_people(facts, people),
        "days": days([account.burden for account, _ in parts], 1),
        "share": days([account.share for account, _ in parts], THOUSANDTHS),
        "balance": days([account.balance for account, _ in parts], THOUSANDTHS),
        "difference": days([differences(account) for account, _ in parts], THOUSANDTHS),
    }


def finding_columns(result: Result, lang: Lang) -> Columns:
    """A row per finding; days and people are joined by ";"."""
    facts, found = result.instance.facts, result.findings
    units = facts.units
    return {
        "rule": texts([finding.rule for finding in found]),
        "kind": texts([finding.kind for finding in found]),
        "strength": texts([finding.strength.value for finding in found]),
        "unit": texts([units[finding.unit].id if finding.unit >= 0 else "" for finding in found]),
        "days": texts([SEPARATOR.join(facts.dates[d].isoformat() for d in finding.days) for finding in found]),
        "people": texts([SEPARATOR.join(facts.staff.ids[e] for e in finding.people) for finding in found]),
        "amount": np.array([finding.amount for finding in found], dtype=np.int64),
        "tier": texts([finding.tier for finding in found]),
        "cost": np.array([finding.cost for finding in found], dtype=np.int64),
        "sentence": texts([finding.said.text(lang) for finding in found]),
    }


def _people(facts: Facts, people: NDArray[np.int64]) -> Columns:
    return {"staff_id": texts(facts.staff.ids)[people], "name": texts(facts.staff.names)[people]}
