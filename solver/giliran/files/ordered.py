"""What the file of a plan says that its instance does not: taken from it where it stands there, told where it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.instance.ordered import OrderedRecord, still_worked
from giliran.lists.grid import Grid
from giliran.messages import Said, Sentence
from giliran.reports.workbook.orders import ORDERS_TAG
from giliran.rules.toolkit.personal import days_text, name_of
from giliran.text.model_errors import validated

_DAMAGED = Sentence(
    en="the sheet {sheet} is not what it was, so what the plan was made with cannot be told",
    id="lembar {sheet} sudah berubah, sehingga keterangan yang menyertai jadwal ini tidak dapat dibaca",
)
_DELETE = Sentence(
    en="Delete that sheet and write its absences into the instance, or write the plan anew.",
    id="Hapus lembar itu dan isikan ketidakhadirannya pada berkas masukan, atau tulis ulang jadwalnya.",
)
_AWAY = Sentence(
    en="{person} is away on {days} by the file of the plan, which the instance does not say yet: taken from there",
    id="{person} tidak masuk pada {days} menurut berkas jadwal, belum tercatat dalam berkas masukan: diambil dari berkas jadwal",
)
_BACK = Sentence(
    en="{person} is back on {days} by the file of the plan, which the instance does not say yet: taken from there",
    id="{person} masuk kembali pada {days} menurut berkas jadwal, belum tercatat dalam berkas masukan: diambil dari berkas jadwal",
)
_ORDERED = Sentence(
    en="places by order that stand in the file of the plan and not in the instance, taken from there: {count}",
    id="penetapan tempat yang tercatat dalam berkas jadwal dan belum dalam berkas masukan, diambil dari berkas jadwal: {count}",
)
_NOT_WORKED = Sentence(
    en="the file of the plan has absences or places by order for {person} on {days}, which the instance has as no working days: not used",
    id="berkas jadwal memuat ketidakhadiran atau penetapan tempat {person} pada {days}, padahal menurut berkas masukan bukan hari "
    "kerjanya: tidak dipakai",
)
_UNKNOWN = Sentence(
    en="the plan has {person} away on {days}, and no absence is known. If it is so, write it on the sheet Absences of the instance "
    "(`absences` in .yaml), or read the plan from its .json or .xlsx, which keep what giliran replan was told",
    id="menurut jadwal ini {person} tidak masuk pada {days}, tetapi ketidakhadirannya belum tercatat. Bila benar, isikan pada lembar Cuti "
    "dan dinas berkas masukan (`absences` dalam .yaml), atau pakai jadwal .json atau .xlsx, yang memuat keterangan dari giliran replan",
)
_MORE = Sentence(en="the same of more people: {count}", id="demikian pula pegawai lain: {count}")
_MOST_TOLD = 5
"""Most people who are named."""


def ordered_in(grids: Sequence[Grid], file: str) -> OrderedRecord | None:
    """What the sheet for programs holds; None where there is no such sheet.

    Raises
    ------
    InputError
        If somebody changed it.
    """
    grid = next((grid for grid in grids if grid.rows and grid.rows[0].text(0) == ORDERS_TAG), None)
    if grid is None:
        return None
    try:
        data = json.loads("".join(row.text(0) for row in grid.rows[1:]))
        return validated(OrderedRecord, data, lambda _: Where(file))
    except (ValueError, RecursionError, InputError) as error:
        raise InputError([Problem(Where(file), _DAMAGED(sheet=grid.name), _DELETE())]) from error


def taken_notes(instance: Instance, changed: Instance, ordered: OrderedRecord) -> Iterator[Said]:
    """What was taken from the file of a plan, and what was not because nobody works there any more."""
    old, new = instance.facts, changed.facts
    yield from _by_person(_AWAY, old, new.absent & ~old.absent)
    yield from _by_person(_BACK, old, old.absent & ~new.absent)
    if count := int((new.pinned != old.pinned).sum()):
        yield _ORDERED(count=count)
    yield from _by_person(_NOT_WORKED, old, still_worked(old, ordered)[1])


def unknown_absences(facts: Facts, schedule: Schedule) -> Iterator[Said]:
    """People whom a plan has away and of whom nobody says so."""
    yield from _by_person(_UNKNOWN, facts, facts.present & (schedule.place == Place.ABSENT))


def _by_person(sentence: Sentence, facts: Facts, cells: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Iterator[Said]:
    people = np.flatnonzero(cells.any(axis=1)).tolist()
    for e in people[:_MOST_TOLD]:
        yield sentence(person=name_of(facts, e), days=days_text(facts, np.flatnonzero(cells[e]).tolist()))
    if len(people) > _MOST_TOLD:
        yield _MORE(count=len(people) - _MOST_TOLD)
