"""What a plan comes to in numbers that mean the same whatever the rules are: plans under different limits are compared by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.reports.fairness import compared, differences
from giliran.result import Result
from giliran.rules.answers import Fairness
from giliran.rules.base import RELAXATIONS
from giliran.rules.view import View


@dataclass(frozen=True)
class Measures:
    """Numbers of a plan.

    Parameters
    ----------
    office_days
        Person-days in the office.
    fullest_day
        People in the office on the day that has most of them: desks that are needed.
    largest_difference
        Largest difference between anybody's days, earlier balance included, and the fair share, either way, in thousandths of a day;
        None where nothing is shared.
    squares
        Sum of the squares of these differences, in millionths; None where nothing is shared.
    wishes, unmet
        Wishes for days on which the person works, and those of them that are not met.
    relaxations
        What is above first limits, and what only should hold and does not, as the tier `relaxations` counts it.
    missing_officers
        Duty officers who are asked for and not there, over all units and days.
    """

    office_days: int
    fullest_day: int
    largest_difference: int | None
    squares: int | None
    wishes: int
    unmet: int
    relaxations: int
    missing_officers: int


def measured(result: Result) -> Measures:
    """The numbers of the plan of a result; what is not planned counts nowhere."""
    view, plan = result.instance.view, result.schedule
    office = plan.office & view.facts.present
    apart = _differences(result.fairness, plan)
    wishes, unmet = _wishes(view, plan)
    return Measures(
        office_days=int(office.sum()),
        fullest_day=int(office.sum(axis=0).max(initial=0)),
        largest_difference=max(map(abs, apart), default=None),
        squares=sum(each * each for each in apart) if apart else None,
        wishes=wishes,
        unmet=unmet,
        relaxations=sum(cost.cost for cost in result.costs() if cost.name == RELAXATIONS),
        missing_officers=sum(int((duty.count - np.minimum(duty.need, duty.present(office))).sum()) for duty in view.duties),
    )


def _differences(accounts: Sequence[Fairness], plan: Schedule) -> list[int]:
    """Everybody's difference in every account, in thousandths of a day."""
    return [each for account in accounts for each in differences(account)[compared(account, plan)].tolist()]


def _wishes(view: View, plan: Schedule) -> tuple[int, int]:
    """Wishes that could be met, and those that are not."""
    wishes = view.facts.wishes
    place = plan.place[wishes.person, wishes.day]
    planned = view.facts.present[wishes.person, wishes.day] & (place != Place.NONE)
    return int(planned.sum()), int((planned & ((place == Place.OFFICE) != (wishes.place == Place.OFFICE))).sum())
