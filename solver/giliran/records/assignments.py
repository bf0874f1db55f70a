"""A schedule as the text of its rows: one per person and day, in the order of the staff table, then by date.

What a row says besides the person is one of few texts, made once for each.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import SEPARATOR, Schedule
from giliran.domain.schedule_rows import NEEDED, ScheduleRows, Told
from giliran.rules.view import View
from giliran.text import csv_cells

_PEOPLE = 1 << 14
"""People whose rows are written at once."""


def schedule_csv(view: View, schedule: Schedule) -> str:
    """The schedule as CSV with the columns `staff_id`, `date`, `place`, `duty` and, where teams were chosen, `team`.

    Cells that are not planned are left out. The column `duty` is left out where there are duty rules but none has named anybody, so
    that reading the file gives the same schedule. Ids that a spreadsheet would take for formulas stand behind an apostrophe.
    """
    with_duty = bool(schedule.duty) or not view.duties
    optional = {"duty": with_duty, "team": bool(schedule.team)}
    header = _csv_row([*NEEDED, *(name for name, there in optional.items() if there)])

    def behind(told: Told) -> str:
        lists = {"duty": told.duty, "team": told.team}
        return "," + _csv_row([told.date, told.place, *(SEPARATOR.join(lists[name] or ()) for name, there in optional.items() if there)])

    return "".join([header, *_pieces(view.facts, _rows(view.facts, schedule), csv_cells, behind)])


def with_reasons(facts: Facts, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of `schedule_csv` with one more column, `reason`: why somebody is absent, for sheets that may tell it."""
    days = {day.isoformat(): d for d, day in enumerate(facts.dates)}
    found = [[*rows[0], "reason"]]
    for row in rows[1:]:
        code = facts.reason[facts.staff.index[row[0].removeprefix("'")], days[row[1]]] if row[2] == Place.ABSENT.word else -1
        found.append([*row, facts.absence_reasons[code] if code >= 0 else ""])
    return found


def schedule_json(facts: Facts, schedule: Schedule) -> Iterator[str]:
    """The schedule as JSON records with the keys `staff_id`, `date`, `place`, `duty` and `team`, in pieces: each record is a line.

    `duty` and `team` are left out where the schedule names nobody for any duty, or has no chosen teams.
    """

    def behind(told: Told) -> str:
        said = {name: value for name, value in told._asdict().items() if value is not None}
        return ", " + json.dumps(said, ensure_ascii=False)[1:] + "\n"

    return _pieces(facts, _rows(facts, schedule), lambda ids: [f'{{"staff_id": {id_}' for id_ in json_texts(ids)], behind)


def _rows(facts: Facts, schedule: Schedule) -> ScheduleRows:
    """Rows of the cells that have a place."""
    return ScheduleRows(facts, schedule, np.asarray(facts.has_cell & (schedule.place != Place.NONE)))


def _pieces(
    facts: Facts, book: ScheduleRows, front: Callable[[Sequence[str]], Sequence[str]], behind: Callable[[Told], str]
) -> Iterator[str]:
    """Rows of some people after the other: the front of the person, then what stands behind it."""
    for first in range(0, facts.num_people, _PEOPLE):
        ids = front(facts.staff.ids[first : first + _PEOPLE])
        person, told, said = book.rows(first, first + _PEOPLE)
        if len(person):
            texts = [behind(row) for row in told]
            whole = [""] * (2 * len(person))
            whole[::2] = [ids[e] for e in (person - first).tolist()]
            whole[1::2] = [texts[n] for n in said.tolist()]
            yield "".join(whole)


def json_texts(texts: Sequence[str]) -> list[str]:
    """Each text as JSON, which has no line breaks inside."""
    return json.dumps(texts, ensure_ascii=False, separators=("\n", ":"))[1:-1].split("\n") if texts else []


def _csv_row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
