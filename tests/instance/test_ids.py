"""Ids that look alike, and ids that spreadsheets take for formulas, in every table that holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.schedules import read_schedule
from giliran.instance import Instance
from giliran.records.assignments import schedule_csv

WEEK = {"start": "2026-08-03", "end": "2026-08-05"}
UNSEEN = "\u200b"
ZERO_WIDTH = "U+200B ZERO WIDTH SPACE"


def build(**sections: Any) -> Instance:
    """Three days of two people in one declared unit, with other sections."""
    staff = [{"id": "BUDI", "unit": "arsip"}, {"id": "Siti A", "unit": "arsip"}]
    return Instance.build(**{"horizon": WEEK, "units": [{"id": "arsip"}], "staff": staff, **sections})


def refused(**sections: Any) -> list[str]:
    """Everything that is wrong, in English; both languages say something."""
    with pytest.raises(InputError) as caught:
        build(**sections)
    assert caught.value.text("id") != caught.value.text("en")
    return [problem.text() for problem in caught.value.problems]


def notes(instance: Instance) -> list[str]:
    """Every note about ids or names as formulas, in English."""
    return [said for note in instance.notes if "formulas" in (said := note.said.text("en"))]


RULE = {"kind": "duty_officers", "count": 1, "per": "whole"}
PLACES = {
    "staff": {"staff": [{"id": "BUDI", "unit": "arsip"}, {"id": f"BU{UNSEEN}DI", "unit": "arsip"}]},
    "unit": {"units": [{"id": "arsip"}, {"id": f"arsip{UNSEEN}"}]},
    "parent": {"units": [{"id": "arsip"}, {"id": "data", "parent": f"arsip{UNSEEN}"}]},
    "unit of a person": {"staff": [{"id": "BUDI", "unit": f"{UNSEEN}arsip"}]},
    "unit by name": {"units": None, "staff": [{"id": "BUDI", "unit": "Arsip"}, {"id": "SITI", "unit": f"Ar{UNSEEN}sip"}]},
    "bidang by name": {"units": None, "staff": [{"id": "BUDI", "bidang": "Arsip"}, {"id": "SITI", "bidang": f"Ar{UNSEEN}sip"}]},
    "another unit": {"staff": [{"id": "BUDI", "unit": "arsip", "also": f"arsip{UNSEEN}"}]},
    "team": {"staff": [{"id": "BUDI", "unit": "arsip", "team": f"A{UNSEEN}"}]},
    "absence": {"absences": [{"staff_id": f"BUDI{UNSEEN}", "from": "2026-08-03"}]},
    "wish": {"wishes": [{"staff_id": f"BUDI{UNSEEN}", "date": "2026-08-03", "place": "home"}]},
    "pin": {"pins": [{"staff_id": f"BUDI{UNSEEN}", "date": "2026-08-03", "place": "home"}]},
    "change": {"changes": [{"staff_id": f"BUDI{UNSEEN}", "from": "2026-08-04", "rank": "pengawas"}]},
    "ledger": {"ledger": [{"staff_id": f"BUDI{UNSEEN}", "balance": "1"}]},
    "published": {"published": {"rows": [{"staff_id": f"BUDI{UNSEEN}", "date": "2026-08-03", "place": "home"}]}},
    "meeting": {"meetings": [{"id": f"rapat{UNSEEN}", "date": "2026-08-03", "required": ["BUDI"]}]},
    "required": {"meetings": [{"id": "rapat", "date": "2026-08-03", "required": [f"BUDI{UNSEEN}"]}]},
    "condition": {"conditions": {"siaga": [{"units": [f"arsip{UNSEEN}"]}]}},
    "rule": {"rules": [{"id": f"ada{UNSEEN}", **RULE}]},
    "unit of a rule": {"rules": [{"id": "ada", **RULE, "applies_to": {"units": f"arsip{UNSEEN}"}}]},
    "person of a rule": {"rules": [{"id": "ada", **RULE, "applies_to": {"ids": f"BUDI{UNSEEN}"}}]},
    "set": {"rules": [{"id": "ada", "kind": "separation", "not_all": "home", "sets": [[f"BUDI{UNSEEN}", "Siti A"]]}]},
}


@pytest.mark.parametrize("sections", PLACES.values(), ids=PLACES)
def test_unseen_signs(sections: dict[str, Any]) -> None:
    """An id or a name of a unit with a sign that nobody sees is one problem, wherever it stands, that names the sign."""
    [said] = refused(**sections)
    assert ZERO_WIDTH in said
    assert "\\u200b" in said


def test_two_ids_of_one_look() -> None:
    """Ids that differ by the kind of a space, or by how an accent is written, are one id twice: both, the line and the signs are told."""
    spaces = refused(staff=[{"id": "Siti A", "unit": "arsip"}, {"id": "Siti\u2007A", "unit": "arsip"}])
    assert len(spaces) == 1 and "U+2007 FIGURE SPACE" in spaces[0] and "'Siti A' on line 1" in spaces[0]
    accents = refused(units=[{"id": "arsip"}, {"id": "caf\xe9"}, {"id": "cafe\u0301"}])
    assert len(accents) == 1 and "U+00E9 LATIN SMALL LETTER E WITH ACUTE and U+0301 COMBINING ACUTE ACCENT" in accents[0]


def test_one_id_in_two_ways_of_writing() -> None:
    """Another table may write an id with another kind of space or accent: it means the same person and the same unit."""
    instance = build(
        units=[{"id": "caf\xe9"}, {"id": "dapur", "parent": "cafe\u0301"}],
        staff=[{"id": "Siti A", "unit": "cafe\u0301"}, {"id": "Budi", "unit": "dapur"}],
        absences=[{"staff_id": "Siti\xa0A", "from": "2026-08-03"}],
        rules=[{"id": "ada", **RULE, "applies_to": {"units": "cafe\u0301", "ids": "Siti\u202fA"}}],
    )
    assert instance.facts.absent[0, 0]
    assert instance.facts.units.ids == ("caf\xe9", "dapur")


def test_many_unseen_signs_are_counted(tmp_path: Path) -> None:
    """A whole column with such signs is told by its first rows and a number, in a file with its lines."""
    rows = "".join(f"P{k}{UNSEEN},arsip\n" for k in range(500))
    (tmp_path / "staff.csv").write_text("id,unit\n" + rows, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "schema: giliran/1\nhorizon: {start: 2026-08-03, end: 2026-08-05}\nstaff: {file: staff.csv}\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_instance(tmp_path / "a.yaml")
    told = [problem.text() for problem in caught.value.problems]
    assert len(told) == 21
    assert "staff.csv:2" in told[0] and ZERO_WIDTH in told[0]
    assert "480 more rows" in told[-1]


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
