"""Ids that spreadsheets take for formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.files.assignments import schedule_csv
from giliran.files.schedules import read_schedule
from giliran.instance import Instance

WEEK = {"start": "2026-08-03", "end": "2026-08-05"}


def build(**sections: Any) -> Instance:
    """Three days of two people in one declared unit, with other sections."""
    staff = [{"id": "BUDI", "unit": "arsip"}, {"id": "Siti A", "unit": "arsip"}]
    return Instance.build(**{"horizon": WEEK, "units": [{"id": "arsip"}], "staff": staff, **sections})


def notes(instance: Instance) -> list[str]:
    """Every note about ids or names as formulas, in English."""
    return [said for note in instance.notes if "formulas" in (said := note.said.text("en"))]


FORMULAS = ('=HYPERLINK("x",1)', "+62812", "-5", "@budi", "=1;2")


STAFF = [{"id": id_, "unit": "arsip", "name": "Budi"} for id_ in FORMULAS]
"""People whose ids spreadsheets would work out."""


def test_formulas_are_told_once() -> None:
    """Ids, and names too, that begin as formulas are one note with their number; a lone sign for nothing is none."""
    [said] = notes(build(staff=STAFF))
    assert "may spoil them: 5 (" in said and "+62812" in said
    [said] = notes(build(staff=[{"id": "A", "unit": "arsip", "name": "=Budi"}, {"id": "B", "unit": "arsip", "name": "-"}]))
    assert "may spoil them: 1 (=Budi)" in said
    assert notes(build()) == []


def test_formulas_come_back(tmp_path: Path) -> None:
    """A plan with such ids holds no formula; read again, and as the published plan, it is the same plan of the same people."""
    instance = build(staff=STAFF)
    plan = Schedule(np.full(instance.facts.shape, Place.HOME, dtype=np.int8), {}, {})
    text = schedule_csv(instance.view, plan)
    assert all(line.removeprefix('"')[:1] == "'" for line in text.splitlines()[1:])
    path = tmp_path / "plan.csv"
    path.write_text(text, encoding="utf-8")
    assert np.array_equal(read_schedule(path, instance).place, plan.place)
    data = {"horizon": WEEK, "units": [{"id": "arsip"}], "staff": STAFF, "published": {"file": "plan.csv"}}
    again = Instance.build(data, files=tmp_path)
    assert np.array_equal(again.facts.published, plan.place)


def test_a_staff_list_may_be_marked() -> None:
    """In a staff list the apostrophe that keeps an id text is no part of it either, so that it can come from such a file."""
    instance = build(staff=[{"id": "'+62812", "unit": "arsip"}], pins=[{"staff_id": "+62812", "date": "2026-08-03", "place": "home"}])
    assert instance.facts.staff.ids == ("+62812",)
