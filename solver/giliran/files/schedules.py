"""Reading schedules made anywhere: tidy CSV, a result file, or a plain JSON list of rows."""

from __future__ import annotations

import os
from dataclasses import dataclass

from giliran.arguments import check_file
from giliran.domain.schedule import Schedule
from giliran.errors import InputError
from giliran.files.matrices import open_typed, open_workbook
from giliran.files.opening import Claimed, Rows, open_rows
from giliran.files.ordered import taken_notes, unknown_absences
from giliran.instance import Instance
from giliran.instance.ordered import with_ordered
from giliran.instance.schedule_columns import shortened
from giliran.instance.schedule_reader import ScheduleReader
from giliran.lists.workbooks import is_workbook
from giliran.messages import Said, Sentence, comparing

_NO_BEFORE = Sentence(
    en="what was edited by hand cannot be told, because the sheet Data is not what it was: {problem}",
    id="perubahan dengan tangan tidak dapat disebutkan karena lembar Data sudah berubah: {problem}",
)


def read_schedule(path: str | os.PathLike[str], instance: Instance) -> Schedule:
    """A schedule for an instance, from a CSV or JSON file, or from a workbook.

    Parameters
    ----------
    path
        CSV with the columns `staff_id`, `date`, `place` and perhaps `duty` (rule ids joined by ";") and `team`; or JSON: a result
        file, or a list of rows. A column that is missing means not named, which is not an offence. Or a workbook: one that was written
        for the plan, edited by hand or not, or any matrix of people and days with WFO, WFH and the like; a P after the place names for
        duty.
    instance
        The instance that it is for.

    Returns
    -------
    Schedule
        Cells without a row have no place; rows about days that a person does not work are kept, for the audit to judge.

    Raises
    ------
    InputError
        With all problems: unknown staff ids, places and duty rules, dates outside the horizon, rows that disagree.
    """
    check_file(path, instance)
    return read_claimed(path, instance)[0]


def read_claimed(path: str | os.PathLike[str], instance: Instance) -> tuple[Schedule, Claimed]:
    """A schedule, and what its file says about it.

    Raises
    ------
    InputError
        As `read_schedule`.
    """
    found = read_plan(path, instance)
    return found.schedule, found.claimed


@dataclass(frozen=True)
class ReadPlan:
    """A schedule that was read.

    Parameters
    ----------
    schedule
        The plan.
    claimed
        What its file says about it.
    before
        The plan before somebody edited it by hand, where the file holds that too and it is another.
    notes
        What must be told about the file.
    instance
        The instance with all that the plan was made with, as far as the file says it: absences and orders that came after its own files.
    again
        The same without the plan that was published before, for planning again.
    """

    schedule: Schedule
    claimed: Claimed
    instance: Instance
    again: Instance
    before: Schedule | None = None
    notes: tuple[Said, ...] = ()


def read_plan(path: str | os.PathLike[str], instance: Instance) -> ReadPlan:
    """A schedule, what its file says about it, and what it was before it was edited by hand.

    Raises
    ------
    InputError
        As `read_schedule`.
    """
    with comparing():
        rows = open_workbook(path, instance.view) if is_workbook(str(path)) else _open_rows(path, instance)
        schedule = _schedule(rows, instance)
        before, notes = None, list(rows.notes)
        if rows.before is not None:
            try:
                before = _schedule(Rows(rows.before), instance)
            except InputError as error:
                notes.append(_NO_BEFORE(problem=error.problems[0].said))
    edited = before is not None and ((before.place != schedule.place).any() or before.named != schedule.named)
    whole = again = instance
    if rows.ordered is not None:
        made = schedule if before is None else before
        whole, again = (with_ordered(instance, rows.ordered, made, published=each) for each in (True, False))
        notes += taken_notes(instance, whole, rows.ordered)
    notes += unknown_absences(whole.facts, schedule)
    return ReadPlan(schedule, rows.claimed, whole, again, before if edited else None, tuple(notes))


def _open_rows(path: str | os.PathLike[str], instance: Instance) -> Rows:
    """The rows of a file that is no workbook; a CSV may be a matrix, which is seen where it is no table of rows."""
    try:
        return open_rows(path)
    except InputError:
        if (found := open_typed(path, instance.view)) is not None:
            return found
        raise


def _schedule(rows: Rows, instance: Instance) -> Schedule:
    reader = ScheduleReader(instance)
    schedule = reader.schedule(rows.main, rows.left_out)
    if reader.problems:
        raise InputError(shortened(reader.problems, reader.more))
    return schedule
