"""The workbook of a plan, read by a library that did not write it: the same places, sums and names as the schedule."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import python_calamine

from giliran import InputError, Instance, Place, Result, SolveOptions, export, solve

CODE = {Place.OFFICE: "WFO", Place.HOME: "WFH", Place.ABSENT: "TB"}


def plan(**more: Any) -> Result:
    """A week of two units with somebody ill and two duty officers."""
    staff = [{"id": f"{k:018d}", "name": f"Pegawai {k}", "unit": "a" if k < 4 else "b", "position": "Analis"} for k in range(8)]
    staff[0]["name"] = "=1+1"
    data: dict[str, Any] = {
        "title": "Dinas [X]: Juli/Agustus",
        "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
        "units": [{"id": "a", "name": "Bidang A", "level": "bidang"}, {"id": "b", "name": "Bidang B", "level": "bidang"}],
        "staff": staff,
        "absences": [{"staff_id": f"{2:018d}", "from": "2026-08-04", "reason": "sakit"}],
        "rules": [
            {"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"},
            {"id": "duty", "kind": "duty_officers", "per": "bidang", "count": 1},
        ],
        "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    }
    return solve(Instance.build({**data, **more}), SolveOptions(workers=1))


@pytest.fixture(scope="module")
def result() -> Result:
    """A plan."""
    return plan()


@pytest.fixture(scope="module")
def book(result: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    """Its sheets, by name."""
    path = export(result, tmp_path_factory.mktemp("book") / "plan.xlsx", lang="id")
    read = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def test_the_matrix_is_the_schedule(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """A row per person with the place of every day, duty marked, and the sum of each unit below it."""
    facts, schedule = result.instance.facts, result.schedule
    row_of = {str(row[2]): row for row in book["Jadwal"][3:] if row[2]}
    for e, id_ in enumerate(facts.staff.ids):
        for d in range(facts.num_days):
            duty = any(cells[e, d] for cells in schedule.duty.values())
            assert row_of[id_][4 + d] == CODE[Place(int(schedule.place[e, d]))] + (" P" if duty else "")
    for name, there in (("Jumlah WFO", schedule.office), ("Jumlah WFH", schedule.home)):
        sums = [row[4 : 4 + facts.num_days] for row in book["Jadwal"] if row[0] == name]
        assert sums == [there[:4].sum(axis=0).tolist(), there[4:].sum(axis=0).tolist()]


def test_reasons_of_absence_are_not_handed_round(book: dict[str, list[list[Any]]]) -> None:
    """Nobody reads that somebody is ill."""
    assert "sakit" not in str(list(book.values())).casefold()


def test_ids_are_texts_and_formulas_are_none(book: dict[str, list[list[Any]]]) -> None:
    """An NIP keeps its zeros, and a name that begins with = is a name."""
    assert book["Jadwal"][4][1:3] == ["=1+1", f"{0:018d}"]


def test_recaps_add_up(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """What everybody has, and what every unit has on each day."""
    schedule, people = result.schedule, {str(row[1]): row for row in book["Rekap pegawai"][1:]}
    friday = result.instance.facts.num_days - 1
    for e, id_ in enumerate(result.instance.facts.staff.ids):
        office, home = int(schedule.office[e].sum()), int(schedule.home[e].sum())
        named = sum(int(cells[e].sum()) for cells in schedule.duty.values())
        assert people[id_][3:8] == [office, home, 5 - office - home, named, int(schedule.office[e, friday])]
    units = book["Rekap unit"][1:]
    assert sum(row[3] for row in units) == int(schedule.office.sum())
    assert sum(row[4] for row in units) == int(schedule.home.sum())


def test_the_data_sheet_is_the_schedule_for_programs(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """A row per person and day with a place."""
    head, *rows = book["Data"]
    assert head[:3] == ["staff_id", "date", "place"]
    assert len(rows) == int(np.count_nonzero(result.schedule.place))


def test_the_same_plan_gives_the_same_bytes(result: Result, tmp_path: Path) -> None:
    """No clock stands in it."""
    paths = [export(result, tmp_path / f"{k}.xlsx", lang="en") for k in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_sheet_is_named_in_the_language_asked_for(result: Result, tmp_path: Path) -> None:
    """English and Indonesian, and no name that Excel refuses."""
    path = export(result, tmp_path / "plan.xlsx", lang="en")
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).sheet_names
    assert names == ["Plan", "Duty", "Recap people", "Recap units", "Compliance", "Limits", "Fairness", "Findings", "WFH 2026-08", "Data"]


def test_without_the_package_it_says_which_and_writes_nothing(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The advice is the command that installs it; a file that is there stays."""
    (tmp_path / "plan.xlsx").write_bytes(b"mine")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"giliran\[desk\]"):
        export(result, tmp_path / "plan.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes() == b"mine"
