"""What a local page answers, without the reasons why people are away or were ordered to be somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from giliran.messages import Said
from giliran.service.jobs import Job
from giliran.whatif.reasons import Reason
from giliran.whatif.stand_ins import Substitutes
from giliran.whatif.why import DayOfPlan, Why

Telling = Callable[[Said], Said]
"""Makes of a sentence the one that may be told."""


def told_why(found: Why, tell: Telling) -> Why:
    """Why somebody is where a plan has them; every reason of every day as it may be told."""
    return replace(found, days=tuple(_day(day, tell) for day in found.days))


def told_substitutes(found: Substitutes, tell: Telling) -> Substitutes:
    """Who could stand in for somebody; what puts the person there as it may be told."""
    return replace(found, fixed=_reasons(found.fixed, tell))


def told_job(job: Job, tell: Telling) -> Job:
    """A job as it stands now; what came out of it, or why nothing did, as it may be told."""
    problems = tuple(replace(problem, said=tell(problem.said)) for problem in job.problems)
    return replace(job, told=tuple(map(tell, job.told)), problems=problems)


def _day(day: DayOfPlan, tell: Telling) -> DayOfPlan:
    opposite = None if day.opposite is None else replace(day.opposite, reasons=_reasons(day.opposite.reasons, tell))
    return replace(day, reasons=_reasons(day.reasons, tell), costly=_reasons(day.costly, tell), opposite=opposite)


def _reasons(reasons: Iterable[Reason], tell: Telling) -> tuple[Reason, ...]:
    return tuple(replace(reason, said=tell(reason.said)) for reason in reasons)
