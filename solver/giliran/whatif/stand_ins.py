"""Those who could stand in for somebody, as an answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from giliran.domain.changes import PlaceChange
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.whatif.costs import TierCost
from giliran.whatif.reasons import Reason


@dataclass(frozen=True)
class Loss:
    """What a substitute gives.

    Parameters
    ----------
    wish
        Whether a wish not to be in the office on that day goes unmet.
    days_before, days
        Office days that count in the account that ranks, or days of this duty, as the plan has them and as they would be.
    difference
        Days and earlier balance less the fair share as they would be, thousandths of a day; None for duty.
    other_duties
        Ids of duty rules for which the plan names the substitute on that day already.
    """

    wish: bool
    days_before: int
    days: int
    difference: int | None
    other_duties: tuple[str, ...]


@dataclass(frozen=True)
class Substitute:
    """Somebody who could stand in.

    Parameters
    ----------
    person
        Row of the substitute.
    in_office
        Whether the plan has the substitute in the office on that day anyway.
    status
        As in `Opposite`.
    costs
        What it costs more than the plan at hand, tier by tier; than the best plan, where that breaks a rule there.
    moves
        Everybody who would be elsewhere than in the plan at hand.
    last_called
        Day of the last turn before this one, in the plan or in the ledger: in the office, or for this duty.
    loss
        What the substitute gives; None where it is impossible or unknown.
    """

    person: int
    in_office: bool
    status: Status
    costs: tuple[TierCost, ...]
    moves: tuple[PlaceChange, ...]
    last_called: dt.date | None
    loss: Loss | None

    @property
    def possible(self) -> bool:
        """Whether there is such a plan."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


@dataclass(frozen=True, eq=False)
class Substitutes:
    """Who could stand in for one person on one day.

    Parameters
    ----------
    instance, schedule
        The plan at hand.
    person, day
        Row of the person, index of the day.
    duty
        Id of the duty rule, where only the name for a duty is to be another.
    broken, gaps
        Number of findings of rules that the plan does not keep, and of days of work for which it gives no place; these count as not in the
        office.
    fixed
        Rules that put the person there in any case: nobody can stand in before they are changed, or an absence is entered.
    ranked
        Cheapest first, of equals whoever was called the longest ago, then by lottery. For a duty those come before all others who are in
        the office anyway and named for nothing else that day. People for whom time was up stand last.
    impossible
        Rows of people who could come, but no plan has them there instead.
    """

    instance: Instance
    schedule: Schedule
    person: int
    day: int
    duty: str | None
    broken: int
    gaps: int
    fixed: tuple[Reason, ...]
    ranked: tuple[Substitute, ...]
    impossible: tuple[int, ...]
