"""Plans that a job of the local page makes: the best one, or the one at hand with the fewest changes."""

from __future__ import annotations

from giliran.domain.schedule import Schedule
from giliran.domain.status import Status, Stopped
from giliran.instance import Instance
from giliran.messages import Said, Sentence
from giliran.reports.replanned import change_lines
from giliran.result import Result
from giliran.service.jobs import CancelledError, Job
from giliran.service.states import State
from giliran.solving import SolveOptions, solve
from giliran.whatif.replanning import replan

_BEST = Sentence(
    en="Planned; no plan under these rules is better.", id="Jadwal disusun; tidak ada jadwal yang lebih baik menurut aturan ini."
)
_GOOD = Sentence(
    en="Planned; every rule is kept, but whether it is the best plan was not proven in the time given.",
    id="Jadwal disusun; semua aturan dipenuhi, tetapi dalam waktu yang diberikan belum terbukti terbaik.",
)

Made = tuple[Schedule, tuple[Said, ...]]
"""A plan, and what must be said about it."""


def plan_anew(instance: Instance, state: State, options: SolveOptions, job: Job) -> Made:
    """The best plan, whatever stands in the one at hand.

    Raises
    ------
    CancelledError
        If the job was told to end.
    NoPlanError
        If there is none, or none was found in time.
    """
    result = solve(instance, options, cancel=job.cancel, progress=job.follow)
    return _plan_of(result), (_BEST() if result.status is Status.OPTIMAL else _GOOD(),)


def plan_again(instance: Instance, state: State, options: SolveOptions, job: Job) -> Made:
    """The plan at hand with the fewest changes that the rules ask for; what was set by hand stays as far as they allow. Raises as above."""
    before = state.unedited if state.by_hand.any() else None
    done = replan(instance, state.plan, before=before, options=options, cancel=job.cancel, progress=job.follow)
    plan = _plan_of(done.result)
    return plan, (*change_lines(done), *done.notes)


def _plan_of(result: Result) -> Schedule:
    if result.stopped is Stopped.CANCELLED:
        raise CancelledError
    return result.require()
