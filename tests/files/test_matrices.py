"""Workbooks as schedules: our own come back as they were, edited ones say what was edited, and matrices typed by hand are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import python_calamine
import xlsxwriter

from giliran import InputError, Instance, Place, PlanStyle, SolveOptions, check, export, read_schedule, solve
from giliran.domain.schedule import Schedule
from giliran.files.exporting import Wanted, export_plan
from giliran.files.schedules import read_plan


def instance(*, duties: int = 1) -> Instance:
    """A week of two units with somebody ill; one duty rule or two."""
    rules: list[dict[str, Any]] = [{"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}]
    rules += [{"id": f"duty{k}", "kind": "duty_officers", "per": "bidang", "count": 1} for k in range(duties)]
    return Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-07"},
        units=[{"id": unit, "name": f"Bidang {unit.upper()}", "level": "bidang"} for unit in "ab"],
        staff=[{"id": f"{k:018d}", "name": f"Pegawai {k}", "unit": "a" if k < 4 else "b"} for k in range(8)],
        absences=[{"staff_id": f"{2:018d}", "from": "2026-08-04", "reason": "sakit"}],
        rules=rules,
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )


def edited(source: Path, target: Path, changes: dict[tuple[str, int], str], sheet: str = "Jadwal") -> None:
    """A copy of a workbook in which some cells of the matrix, by id and day, say something else."""
    book = python_calamine.CalamineWorkbook.from_path(str(source))
    made = xlsxwriter.Workbook(str(target))
    for name in book.sheet_names:
        copy = made.add_worksheet(name)
        for r, row in enumerate(book.get_sheet_by_name(name).to_python()):
            for c, value in enumerate(row):
                text = changes.get((str(row[2]), c - 4), value) if name == sheet else value
                copy.write(r, c, text) if isinstance(text, float) else copy.write_string(r, c, str(text))
    made.close()


@pytest.mark.parametrize("lang", ["en", "id"])
def test_our_own_workbook_is_the_schedule(lang: Any, tmp_path: Path) -> None:
    """Places and names come back in either language."""
    given = instance()
    result = solve(given, SolveOptions(workers=1))
    read = read_schedule(export(result, tmp_path / "plan.xlsx", lang), given)
    assert (read.place == result.schedule.place).all()
    assert read.named == result.schedule.named


def short(*names: str) -> Instance:
    """A week of people whose ids are A, B, … and who have no NIP, one of them at home a day."""
    return Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-07"},
        staff=[{"id": id_, "name": name} for id_, name in zip("ABC", names, strict=False)],
        rules=[{"id": "cap", "kind": "office_cap", "max": len(names) - 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}],
    )


def test_a_later_plan_is_the_schedule(tmp_path: Path) -> None:
    """The number of the plan, which stands on a sheet for programs below the heading "version", is no day of the month."""
    given = short("Ani", "Budi", "Citra")
    result = solve(given, SolveOptions(workers=1))
    export_plan(given, result.schedule, Wanted([tmp_path / "plan.xlsx"], PlanStyle("id"), ""), version=4)
    assert (read_schedule(tmp_path / "plan.xlsx", given).place == result.schedule.place).all()


def test_a_plan_with_gaps_is_read(tmp_path: Path) -> None:
    """A question mark is a cell without a place, and the warning above the days is no heading of a day."""
    given = short("Ani", "Budi", "Citra")
    plan = solve(given, SolveOptions(workers=1)).schedule
    place = plan.place.copy()
    place[0, 0] = place[1, 2] = Place.NONE
    export_plan(given, Schedule(place), Wanted([tmp_path / "plan.xlsx"], PlanStyle("en"), ""))
    found = read_plan(tmp_path / "plan.xlsx", given)
    assert (found.schedule.place == place).all() and found.before is None
    edited(tmp_path / "plan.xlsx", tmp_path / "edited.xlsx", {("B", 1): "QQ"}, sheet="Plan")
    with pytest.raises(InputError) as caught:
        read_schedule(tmp_path / "edited.xlsx", given)
    assert ": Tue 4 Aug: 'QQ' is not one of" in str(caught.value) and "breaks rules" not in str(caught.value)


def test_somebody_without_a_name_is_known_by_the_id(tmp_path: Path) -> None:
    """C has no name and stands beside people who have one: the row is C's, and nobody edited anything."""
    given = short("Ani", "Budi", "")
    result = solve(given, SolveOptions(workers=1))
    found = read_plan(export(result, tmp_path / "plan.xlsx", "id"), given)
    assert (found.schedule.place == result.schedule.place).all() and found.before is None


STRANGE = ["`12", "12", "12`", "Ma`ruf", "'", "-", "—", "'a", "a'", "=1+1", "@a", "NIP 7", "7", "1980`0101", "x" * 300]
"""Ids that lists write otherwise, hold nothing, or that spreadsheets take for formulas."""


@pytest.mark.parametrize("named", [False, True])
def test_strange_ids_come_back(named: bool, tmp_path: Path) -> None:
    """Nothing is taken off an id that somebody has, so that a cell of the matrix that somebody changed is that person's."""
    given = Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-04"},
        staff=[{"id": id_, "name": f"Pegawai {k}" if named else ""} for k, id_ in enumerate(STRANGE)],
        goals=[{"kind": "office_target", "aim": "most_home"}],
    )
    plan = given.facts.resting_place.copy()
    plan[::2, 0] = Place.OFFICE
    result = solve(given.with_pins([{"staff_id": id_, "date": "2026-08-03", "place": "office"} for id_ in given.facts.staff.ids[::2]]))
    path = export(result, tmp_path / "plan.xlsx", "id")
    assert np.array_equal(read_schedule(path, given).place, plan)
    edited(path, tmp_path / "edited.xlsx", {(id_, 1): "O" for id_ in STRANGE})
    assert (read_schedule(tmp_path / "edited.xlsx", given).place[:, 1] == Place.OFFICE).all()


def test_people_whom_the_matrix_lacks_have_the_rows_for_programs(tmp_path: Path) -> None:
    """The row of B is gone from the matrix: B is where the sheet Data says, which is told."""
    given = short("Ani", "Budi", "Citra")
    result = solve(given, SolveOptions(workers=1))
    export(result, tmp_path / "plan.xlsx", "id")
    edited(tmp_path / "plan.xlsx", tmp_path / "edited.xlsx", {("B", day): "" for day in range(-4, 8)})
    found = read_plan(tmp_path / "edited.xlsx", given)
    assert (found.schedule.place == result.schedule.place).all() and found.before is None
    assert ["Budi" in note.text("en") for note in found.notes] == [True]


def test_what_the_boss_has_changed_is_read(tmp_path: Path) -> None:
    """A place in the matrix counts, whatever the rows for programs say, and names of cells that were not touched stay."""
    given = instance()
    result = solve(given, SolveOptions(workers=1))
    export(result, tmp_path / "plan.xlsx", "id")
    home = next(e for e in range(8) if result.schedule.place[e, 0] == Place.HOME)
    edited(tmp_path / "plan.xlsx", tmp_path / "edited.xlsx", {(f"{home:018d}", 0): "wfo"})
    read = read_schedule(tmp_path / "edited.xlsx", given)
    changed = read.place != result.schedule.place
    assert [tuple(cell) for cell in zip(*changed.nonzero(), strict=True)] == [(home, 0)]
    assert read.duty == result.schedule.duty
    assert [finding.rule for finding in check(given, read).broken] == ["own/cap"]


def test_a_new_mark_for_duty_means_the_only_rule_that_fits(tmp_path: Path) -> None:
    """With two rules somebody has to say which; the cell is named."""
    for duties in (1, 2):
        given = instance(duties=duties)
        result = solve(given, SolveOptions(workers=1))
        export(result, tmp_path / "plan.xlsx", "id")
        named = next(iter(result.schedule.duty.values()))
        other = next(e for e in range(8) if not any(cells[e, 0] for cells in result.schedule.duty.values()) and e != 2)
        edited(tmp_path / "plan.xlsx", tmp_path / "edited.xlsx", {(f"{other:018d}", 0): "WFO P"})
        if duties == 1:
            read = read_schedule(tmp_path / "edited.xlsx", given)
            assert read.duty["own/duty0"][other, 0]
            assert read.duty["own/duty0"].sum() == named.sum() + 1
        else:
            with pytest.raises(InputError, match=f"Pegawai {other} is marked for duty .*own/duty0 and own/duty1"):
                read_schedule(tmp_path / "edited.xlsx", given)


def typed(path: Path, rows: list[list[str]]) -> None:
    """A workbook with one sheet of texts."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text)
    made.close()


def test_a_matrix_typed_by_hand(tmp_path: Path) -> None:
    """Titles above, names instead of ids, days by weekday and number, small letters, an empty cell for somebody who is away."""
    rows = [["JADWAL WFO/WFH"], ["Minggu pertama Agustus"], [], ["No", "Nama", "Sen 3", "Sel 4", "Rab 5", "Kam 6", "Jum 7"]]
    rows += [[str(k + 1), f"Pegawai {k}", *(["WFO", "wfh"] * 3)[:5]] for k in range(8)]
    typed(tmp_path / "hand.xlsx", rows)
    read = read_schedule(tmp_path / "hand.xlsx", instance())
    assert read.place[0].tolist() == [Place.OFFICE, Place.HOME, Place.OFFICE, Place.HOME, Place.OFFICE]
    assert dict(read.duty) == {}


WRONG = {
    "nobody of ours": ([["No", "Nama", "Sen 3", "Sel 4"], ["1", "Zainal", "WFO", "WFH"]], "Zainal"),
    "no place": ([["No", "Nama", "Sen 3", "Sel 4"], ["1", "Pegawai 0", "WFO", "kapal"]], "kapal"),
    "no schedule": ([["Rekap", "Jumlah"], ["WFO", "3"]], "no sheet holds a schedule"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_schedule_is_refused(case: str, tmp_path: Path) -> None:
    """With the word that nobody understands, or what was looked for."""
    rows, said = WRONG[case]
    typed(tmp_path / "hand.xlsx", rows)
    with pytest.raises(InputError, match=said):
        read_schedule(tmp_path / "hand.xlsx", instance())


def week(path: Path, rows: list[list[str]]) -> Path:
    """A matrix that somebody typed, by names."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["No", "Nama", "Sen 3", "Sel 4", "Rab 5"])
    for r, row in enumerate(rows, start=1):
        sheet.write_row(r, 0, [str(r), *row])
    book.close()
    return path


def test_a_person_who_stands_there_twice_is_told(tmp_path: Path) -> None:
    """Two rows of one person that say different things are no schedule, whichever stands last."""
    rows = [["Pegawai 1", "WFO", "WFH", "WFH"], ["Pegawai 1", "WFH", "WFH", "WFH"]]
    with pytest.raises(InputError, match=r"twice\.xlsx:3: Pegawai 1 on Monday .* disagrees"):
        read_schedule(week(tmp_path / "twice.xlsx", rows), instance())


@pytest.mark.parametrize("text", ["WFO P", "wfo/p", "WFO (P)", "WFO-P", "WFO + piket"])
def test_marks_for_duty_as_people_type_them(text: str, tmp_path: Path) -> None:
    """The mark is told from the place by a space or a sign."""
    read = read_schedule(week(tmp_path / "typed.xlsx", [["Pegawai 1", text]]), instance())
    assert read.place[1, 0] == Place.OFFICE
    assert read.duty["own/duty0"][1, 0]


def test_a_wrong_word_is_told_with_its_day(tmp_path: Path) -> None:
    """The row and the heading of the column say which cell it is."""
    with pytest.raises(InputError, match=r"typed\.xlsx:2: Sel 4: .*WFK"):
        read_schedule(week(tmp_path / "typed.xlsx", [["Pegawai 1", "WFO", "WFK"]]), instance())


def test_a_matrix_that_is_not_understood_is_never_passed_over(tmp_path: Path) -> None:
    """Whoever renames the columns of people gets no answer about the rows for programs instead; without the sheet they are the schedule."""
    given = instance()
    result = solve(given, SolveOptions(workers=1))
    export(result, tmp_path / "plan.xlsx", "id")
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx"))
    for file, names in (("renamed", book.sheet_names), ("without", book.sheet_names[1:])):
        made = xlsxwriter.Workbook(str(tmp_path / f"{file}.xlsx"), {"strings_to_numbers": False})
        for name in names:
            sheet = made.add_worksheet(name)
            for r, row in enumerate(book.get_sheet_by_name(name).to_python()):
                new = {"Nama": "Siapa", "NIP": "Nomor"} if name == "Jadwal" else {}
                sheet.write_row(r, 0, [new.get(str(value), value) for value in row])
        made.close()
    with pytest.raises(InputError, match="the sheet Jadwal has columns for days"):
        read_schedule(tmp_path / "renamed.xlsx", given)
    assert (read_schedule(tmp_path / "without.xlsx", given).place == result.schedule.place).all()


def test_days_away_are_no_dates(tmp_path: Path) -> None:
    """Of two days, whoever is at home on both has a 2 in the recap, which is no second of a month: our own workbook is read back."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "o", "level": "opd"}],
        staff=[{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "o"} for k in range(4)],
        rules=[{"id": "cap", "kind": "office_cap", "per": "whole", "share": "50%"}],
        goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}],
    )
    result = solve(instance, SolveOptions(workers=1))
    written = export(result, tmp_path / "plan.xlsx")
    assert np.array_equal(read_schedule(written, instance).place, result.schedule.place)
