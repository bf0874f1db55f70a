"""Explain: clashes, the least total bend, repairs."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace

from giliran.arguments import check_call
from giliran.audit import audit
from giliran.bending import BENDS, Bends, bends_alone, bent_program
from giliran.domain.finding import Finding
from giliran.domain.schedule import schedule_of
from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import Outcome
from giliran.explaining.candidates import Concerned
from giliran.explaining.clashing import Clashing
from giliran.explaining.explanation import Decider, Explanation, Repair
from giliran.explaining.occurrences import demands
from giliran.explaining.repairing import Found, repairs
from giliran.explaining.searching import Clock, OutOfTimeError, possible, searched
from giliran.instance import Instance
from giliran.solving import SolveOptions


def explain(instance: Instance, options: SolveOptions | None = None, *, cancel: threading.Event | None = None) -> Explanation:
    """Why no plan keeps every rule, and what would make one possible.

    Clashes come first, disjoint ones: sums where arithmetic shows them, else irreducible sets of rules, people and days. Then the least
    total bend of what must hold, and repairs, each of which a search has planned, in the order of who may decide.

    Parameters
    ----------
    instance
        From `load_instance` or `Instance.build`.
    options
        Time limit (for everything together), workers and seed; nothing else matters here.
    cancel
        Set it from another thread to stop; what was found so far is returned.

    Raises
    ------
    InputError
        If an argument is something else.
    InternalError
        If giliran contradicts itself.
    """
    check_call(instance, options, SolveOptions, {"cancel": cancel}, {})
    options = options or SolveOptions()
    seed = instance.seed if options.seed is None else options.seed
    clock = Clock(options.time_limit_s, options.workers or os.cpu_count() or 1, seed, cancel)
    return _Explaining(instance, clock).run()


def plannable(instance: Instance) -> bool:
    """Whether some plan keeps every rule; takes as long as it takes."""
    clock = Clock(None, os.cpu_count() or 1, instance.seed)
    return possible(demands(instance.view).whole, clock)


class _Explaining:
    """What is known so far."""

    def __init__(self, instance: Instance, clock: Clock) -> None:
        self.instance, self.clock = instance, clock
        self.status = Status.UNKNOWN
        self.bends: Bends | None = None
        self.bent: tuple[Finding, ...] = ()
        self.repairs: tuple[Repair, ...] = ()
        self.seconds: dict[str, float] = {}
        self.found = Found()
        self.clashing: Clashing | None = None

    def run(self) -> Explanation:
        """Find as much as there is time for."""
        begin = time.perf_counter()
        for name, stage in (("clashes", self._clashes), ("bends", self._bends), ("repairs", self._repairs)):
            try:
                if self.status is not Status.FEASIBLE:
                    stage()
            except OutOfTimeError:
                break
            finally:
                self.seconds[name] = time.perf_counter() - begin - sum(self.seconds.values())
        over = self.clock.over or (self.clashing is not None and self.clashing.clock.over)
        return Explanation(
            instance=self.instance,
            status=self.status,
            stopped=self._stopped() if over else None,
            clashes=tuple(self.clashing.found) if self.clashing else (),
            more=self.clashing is not None and self.clashing.more,
            bends=self.bends,
            bent=self.bent,
            repairs=self.repairs,
            seconds=self.seconds,
        )

    def _stopped(self) -> Stopped:
        cancelled = self.clock.cancel is not None and self.clock.cancel.is_set()
        return Stopped.CANCELLED if cancelled else Stopped.TIME_LIMIT

    def _clashes(self) -> None:
        must = demands(self.instance.view, self.clock.go_on)
        outcome = searched(must.whole, self.clock)
        self.found = replace(self.found, must=outcome)
        self.status = Status.INFEASIBLE if outcome.status is Status.INFEASIBLE else Status.FEASIBLE
        if self.status is Status.INFEASIBLE:
            self.clashing = Clashing(self.instance.view, must, self.clock.half())
            self.clashing.find(outcome)

    def _bends(self) -> None:
        outcome = searched(bends_alone(bent_program(self.instance, self.clock.go_on)), self.clock)
        self.found = replace(self.found, bent=outcome)
        if outcome.status is Status.INFEASIBLE or not outcome.tiers or outcome.tiers[0].name != BENDS:
            return
        self.bends = Bends(outcome.tiers[0].value, outcome.tiers[0].bound)
        self.bent = self._bent(outcome)

    def _bent(self, outcome: Outcome) -> tuple[Finding, ...]:
        """What a plan that bends least misses."""
        plan = schedule_of(self.instance.facts, outcome.office, outcome.planned)
        return audit(self.instance, plan).broken

    def _repairs(self) -> None:
        assert self.clashing is not None
        found: list[Repair] = []
        try:
            for repair in repairs(self.instance, self.clock, self._concerned(self.clashing), self.found):
                found.append(repair)
        finally:
            order = list(Decider)
            self.repairs = tuple(sorted(found, key=lambda repair: (order.index(repair.decider), repair.drops)))

    def _concerned(self, clashing: Clashing) -> Concerned:
        members = [member for clash in clashing.found for member in clash.members]
        return Concerned(
            rules=frozenset({member.rule for member in members} | {finding.rule for finding in self.bent}),
            people=tuple(sorted({e for member in members for e in member.people})),
            days=tuple(sorted({d for member in members for d in member.days})),
            limits=tuple(clashing.limits),
        )
