"""What a local page begins with: the instance, the plan that was given, or what a journal says, each seen to fit the others."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.files.loading import load_instance
from giliran.files.schedules import ReadPlan, read_plan
from giliran.files.swapping import swapped
from giliran.instance import Instance
from giliran.instance.ordered import ordered_of
from giliran.messages import Said, Sentence
from giliran.reports.style import PlanStyle
from giliran.service.desk import Desk
from giliran.service.jobs import Kind
from giliran.service.journal import begun_with, open_journal
from giliran.service.saving import Saver
from giliran.service.states import State, empty, is_empty
from giliran.solving import SolveOptions
from giliran.text.trying import refuse_all

_ENDING = ".giliran.jsonl"
_FROM_FILE = Sentence(
    en="the instance must be in a file, beside which changes are kept",
    id="masukannya harus berupa berkas; perubahan disimpan di sampingnya",
)
_PLANNING = Sentence(en="There is no plan yet: it is being made now.", id="Belum ada jadwal: sedang disusun.")


@dataclass(frozen=True)
class Started:
    """A desk that is ready.

    Parameters
    ----------
    desk
        The desk.
    journal
        Where changes are kept.
    told
        What must be said about what was read.
    """

    desk: Desk
    journal: Path
    told: tuple[Said, ...]

    def plan_if_empty(self) -> None:
        """Begin to make a plan where there is none yet."""
        seen = self.desk.seen()
        if is_empty(seen.instance.facts, seen.state.plan) and seen.instance.facts.present.any():
            self.desk.begin(seen.state.version, Kind.SOLVE)


def start(instance: Path, schedule: Path | None, style: PlanStyle, options: SolveOptions, *, fresh: bool = False) -> Started:
    """Read everything and open the journal.

    Parameters
    ----------
    instance, schedule
        Files of the instance, and of the plan to begin with.
    style
        How plans are saved.
    options
        How plans are made.
    fresh
        Begin anew although there is a journal.

    Raises
    ------
    InputError
        If something cannot be read, or a journal does not fit.
    """
    if schedule is not None:
        refuse_all(swapped(instance, schedule, "serve"))
    loaded = load_instance(instance)
    if loaded.source is None:
        raise InputError([Problem(Where(str(instance)), _FROM_FILE())])
    read = None if schedule is None else read_plan(schedule, loaded)
    path = journal_beside(loaded.source, loaded)
    resumed = open_journal(path, loaded, fresh=fresh)
    try:
        told = [*(read.notes if read else ()), *resumed.told]
        if resumed.states and read is not None and schedule is not None:
            begun_with(resumed, read.schedule, schedule)
        if not resumed.states:
            loaded = loaded if read is None else read.instance
            plan, before = _beginning(loaded, read)
            resumed.take(loaded)
            resumed.journal.begin(plan, before, ordered_of(loaded, plan if before is None else before))
            resumed.states.append(State.begin(plan, before))
        loaded = resumed.instance
        saver = Saver(loaded, style, [] if schedule is None else [schedule], resumed.saved)
        desk = Desk(loaded, deque(resumed.states), resumed.journal, saver, options)
    except BaseException:
        resumed.journal.close()
        raise
    return Started(desk, path, (*told, *([_PLANNING()] if is_empty(loaded.facts, resumed.states[-1].plan) else [])))


def journal_beside(source: Path, instance: Instance) -> Path:
    """`dinas-2026-08-03.giliran.jsonl` for `dinas.xlsx`: one journal for each input and period."""
    return source.with_name(f"{source.stem}-{instance.facts.dates[0].isoformat()}{_ENDING}")


def _beginning(instance: Instance, read: ReadPlan | None) -> tuple[Schedule, Schedule | None]:
    return (empty(instance.facts), None) if read is None else (read.schedule, read.before)
