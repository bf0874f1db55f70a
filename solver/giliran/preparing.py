"""Compiling within a time limit, and what a run that had no time for more gives back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.schedule import schedule_of
from giliran.domain.status import Status, Stopped
from giliran.instance import Instance
from giliran.magnitude import check_costs
from giliran.messages import Sentence, decimal
from giliran.program import Program, ProgramBuilder
from giliran.result import Result

NO_MODEL = Sentence(
    en="no plan within the time limit: preparing the model took all of its {limit} s and was not done, so the search never began; "
    "nothing is proved",
    id="belum ada jadwal dalam batas waktu: seluruh {limit} detik habis untuk menyiapkan model, yang belum selesai, sehingga pencarian "
    "belum dimulai; belum ada yang terbukti",
)

CANCELLED_BEFORE = Sentence(
    en="no plan: the run was cancelled before this instance had its turn; nothing is proved",
    id="belum ada jadwal: proses dibatalkan sebelum berkas masukan ini mendapat giliran; belum ada yang terbukti",
)


class TimeOverError(Exception):
    """The time for compiling is over; whoever gave it catches this."""


def compile_program(instance: Instance, go_on: Callable[[], None] | None = None) -> Program:
    """The statements of all rules and goals of an instance; `InputError` if their weights are too large to be added up.

    Parameters
    ----------
    go_on
        Called between statements and within large ones; what it raises ends the work.
    """
    view = instance.view
    out = ProgramBuilder(view.facts.shape, view.tiers.names, view.facts.present, go_on)
    for statement in view.statements:
        out.go_on()
        statement.compile(view, out)
    program = out.build()
    check_costs(program)
    return program


def until(seconds: float | None) -> Callable[[], None]:
    """What raises `TimeOverError` when called after so many seconds from now; never where None."""
    end = None if seconds is None else time.perf_counter() + seconds

    def check() -> None:
        if end is not None and time.perf_counter() > end:
            raise TimeOverError

    return check


def unprepared(
    instance: Instance,
    limit_s: float | None,
    seed: int,
    workers: int,
    seconds: Mapping[str, float],
    versions: Mapping[str, str],
    stopped: Stopped = Stopped.TIME_LIMIT,
) -> Result:
    """The result of a run that was cancelled, or whose time was over, before the model was there.

    Nothing is audited: what an audit takes are answers that there was no time for either.
    """
    facts = instance.facts
    nobody = np.zeros(facts.shape, dtype=np.bool_)
    said = CANCELLED_BEFORE() if stopped is Stopped.CANCELLED else NO_MODEL(limit=decimal(limit_s or 0.0))
    note = Finding(rule="", kind="", strength=Strength.NOTE, amount=0, said=said, told=Told.HEADLINE)
    return Result(
        instance=instance,
        status=Status.UNKNOWN,
        stopped=stopped,
        schedule=schedule_of(facts, nobody, nobody),
        tiers=(),
        findings=(note, *instance.notes),
        fairness=(),
        parts=(),
        seconds=seconds,
        reproducible=False,
        seed=seed,
        workers=workers,
        versions=versions,
    )
