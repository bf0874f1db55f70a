"""The workbook of a plan, read by a library that did not write it: the same places, sums and names as the schedule."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import python_calamine

from giliran import CsvShape, InputError, Instance, Paper, Place, PlanStyle, Result, SolveOptions, export, solve
from giliran.domain.schedule import Schedule
from giliran.files.exporting import Wanted, export_plan
from giliran.reports import Report
from giliran.reports.workbook.compliance import compliance_table
from giliran.reports.workbook.sheets import lines_in
from tests.plans import plan as small_plan
from tests.plans import small_instance

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")
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


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook, by name."""
    read = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def part(path: Path, name: str) -> str:
    """A part of the file, as it stands there."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def test_reasons_are_codes_when_they_are_asked_for(result: Result, tmp_path: Path) -> None:
    """The cell says S, the key says what that is, and the recap of units counts it."""
    book = sheets(export(result, tmp_path / "plan.xlsx", style=PlanStyle("id", reasons=True)))
    assert [row[5] for row in book["Jadwal"] if row[2] == f"{2:018d}"] == ["S"]
    assert ["S", "sakit"] in [row[1:3] for row in book["Jadwal"]]
    assert book["Rekap unit kerja"][0][5] == "S: sakit"
    away = sum(int((result.schedule.place[people] == Place.ABSENT).sum()) for people in (slice(4), slice(4, 8)))
    assert sum(row[5] for row in book["Rekap unit kerja"][1:]) == away


def test_a_finding_tells_no_reason_either(tmp_path: Path) -> None:
    """Whoever plans somebody who is ill reads that the person is away, and not why."""
    given = plan(absences=[{"staff_id": f"{2:018d}", "from": "2026-08-04", "reason": "sakit"}])
    place = given.schedule.place.copy()
    place[2, 1] = Place.OFFICE
    schedule = Schedule(place, given.schedule.duty)
    wanted = Wanted([tmp_path / "plan.xlsx"], PlanStyle("id"))
    assert not export_plan(given.instance, schedule, wanted).clean
    book = sheets(tmp_path / "plan.xlsx")
    assert "tidak masuk pada" in str(book["Catatan"]) and "sakit" not in str(book).casefold()
    assert "tidak memenuhi aturan wajib: 1" in str(book["Jadwal"][0])


def test_who_is_always_at_home_is_seen_in_black_and_white(tmp_path: Path) -> None:
    """The code stays WFH, in italics, and the key says what that means."""
    staff = [{"id": f"{k:018d}", "name": f"Pegawai {k}", "unit": "a", "home_only": "ya" if k == 0 else ""} for k in range(4)]
    path = export(plan(staff=staff, absences=[]), tmp_path / "plan.xlsx", lang="id")
    book = sheets(path)
    assert book["Jadwal"][4][4:9] == ["WFH"] * 5
    assert ["WFH", "tetap di rumah, tidak bergiliran"] in [row[1:3] for row in book["Jadwal"]]
    assert "<i/>" in part(path, "xl/styles.xml")


def test_a_holiday_has_a_column_and_a_name(tmp_path: Path) -> None:
    """Independence Day stands between the days of work, and above them by name."""
    given = plan(horizon={"start": "2026-08-13", "end": "2026-08-18"}, absences=[])
    book = sheets(export(given, tmp_path / "plan.xlsx", lang="id"))
    assert "Hari libur: Sen 17 Agu (Hari Kemerdekaan" in book["Jadwal"][1][0]
    assert book["Jadwal"][2][4:8] == ["Kam\n13 Agu", "Jum\n14 Agu", "Sen\n17 Agu", "Sel\n18 Agu"]
    assert {row[6] for row in book["Jadwal"][4:8]} == {""}


def test_more_than_twelve_dates_print_week_by_week(tmp_path: Path) -> None:
    """Page breaks stand before Mondays, and the columns of people are repeated; a unit begins on a page of its own."""
    units = [
        {"id": "o", "name": "Dinas", "level": "opd"},
        *({"id": unit, "name": f"Bidang {unit}", "level": "bidang", "parent": "o"} for unit in "ab"),
    ]
    long = plan(horizon={"start": "2026-09-07", "end": "2026-09-25"}, units=units, absences=[])
    for end, weeks in (("2026-09-25", 3), ("2026-09-18", 2)):
        given = long if weeks == 3 else plan(horizon={"start": "2026-09-07", "end": end}, units=units, absences=[])
        path = export(given, tmp_path / f"{weeks}.xlsx", lang="id")
        sheet = part(path, "xl/worksheets/sheet1.xml")
        columns = re.findall(r"<colBreaks.*?</colBreaks>", sheet)
        assert [re.findall(r'<brk id="(\d+)"', found) for found in columns] == ([["9", "14"]] if weeks == 3 else [])
        assert len(re.findall(r'<rowBreaks[^>]*count="1"', sheet)) == 1
        assert "fitToPage" not in sheet and 'orientation="landscape"' in sheet
        names = part(path, "xl/workbook.xml")
        assert ("Jadwal!$A:$D,Jadwal!$1:$3" if weeks == 3 else "Jadwal!$1:$3") in names


@pytest.mark.parametrize(("paper", "number"), [(Paper.A4, "9"), (Paper.F4, "14")])
def test_every_sheet_prints_on_the_paper_asked_for(paper: Paper, number: str, result: Result, tmp_path: Path) -> None:
    """A4, or Folio, which is F4."""
    path = export(result, tmp_path / "plan.xlsx", style=PlanStyle("id", paper=paper))
    for k in range(len(sheets(path))):
        assert f'paperSize="{number}"' in part(path, f"xl/worksheets/sheet{k + 1}.xml")


def test_the_duty_list_has_room_to_sign(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """Everybody who is named, day after day, and no telephone number that nobody asked for."""
    title, head, *rows = book["Piket"]
    assert title[0] == "Daftar piket: Dinas [X]: Juli/Agustus"
    assert head == ["Hari/Tanggal", "No", "Nama", "Jabatan", "Unit kerja", "Datang/Paraf", "Pulang/Paraf", "Ket"]
    assert len(rows) == sum(int(cells.sum()) for cells in result.schedule.duty.values())
    assert [row[0] for row in rows if row[0]] == [f"{name} {3 + k} Agustus 2026" for k, name in enumerate(DAYS)]


def test_telephone_numbers_stand_on_the_inner_copy_alone(tmp_path: Path) -> None:
    """In no file, of whatever format, unless they were asked for, and then beside duty officers alone."""
    number = "081234567890"
    staff = [{"id": f"{k:018d}", "name": f"Pegawai {k}", "unit": "a", "phone": number} for k in range(4)]
    given = plan(staff=staff, absences=[])
    for name in ("plan.xlsx", "plan.csv", "plan.json"):
        for shape in CsvShape:
            path = export(given, tmp_path / name, style=PlanStyle("id", reasons=True, csv=shape), partial=True)
            text = str(sheets(path)) if name.endswith("xlsx") else path.read_text(encoding="utf-8")
            assert number not in text
    book = sheets(export(given, tmp_path / "inner.xlsx", style=PlanStyle("id", phones=True)))
    assert {row[5] for row in book["Piket"][2:]} == {number}
    assert number not in str([rows for name, rows in book.items() if name != "Piket"])


def test_the_compliance_sheet_says_rule_limit_and_plan(result: Result) -> None:
    """The cap of 50 % of four people is two; one officer a day is asked for in each unit, and named."""
    rows = compliance_table(Report.of(result)).rows
    first = next(row for row in rows if row.rule == "own/cap")
    texts = [None if said is None else said.text("id") for said in (first.group, first.limit, first.planned, first.kept)]
    assert texts[0] == "Bidang A" and texts[3] == "dipenuhi"
    assert texts[1] is not None and "50% × " in texts[1] and "paling banyak 2 WFO" in texts[1]
    duty = next(row for row in rows if row.rule == "own/duty")
    assert duty.planned is not None and duty.planned.text("id") == "ditunjuk: 5 dari 5"


def test_a_rule_that_means_nobody_is_not_kept() -> None:
    """A letter that keeps expectant mothers at home, where nobody has the mark: signed paper must not say that it was kept."""
    rules = [{"id": tag, "kind": "fixed_days", "place": "home", "applies_to": {"tags": [tag]}} for tag in ("hamil", "menyusui")]
    staff = [{"id": "a", "unit": "a"}, {"id": "b", "unit": "b", "tags": "menyusui"}]
    kept = {row.rule: row.kept.text("id") for row in compliance_table(Report.of(plan(rules=rules, staff=staff, absences=[]))).rows}
    assert kept == {"own/hamil": "tidak ada yang dikenai", "own/menyusui": "dipenuhi"}


def test_a_rule_that_is_not_kept_says_so(tmp_path: Path) -> None:
    """Everybody in the office: the cap is missed on every day, and the sheet counts the days."""
    given = plan(absences=[])
    office = Schedule(np.where(given.instance.facts.has_cell, Place.OFFICE, Place.NONE).astype(np.int8), given.schedule.duty)
    export_plan(given.instance, office, Wanted([tmp_path / "plan.xlsx"], PlanStyle("en")))
    rows = [row for row in sheets(tmp_path / "plan.xlsx")["Compliance"][1:] if row[8] == "own/cap"]
    assert [row[7] for row in rows] == ["not kept: 5", "not kept: 5"]


def test_days_at_home_as_a_list_for_the_month(result: Result, tmp_path: Path) -> None:
    """The form of personnel offices: a row for each person and month."""
    book = sheets(export(result, tmp_path / "plan.xlsx"))
    head, *rows = book["WFH 2026-08"]
    assert head == ["NIP", "NAMA", "PANGKAT/GOLONGAN", "JABATAN", "JADWAL_WFH", "STATUS"]
    for e, row in enumerate(rows):
        home = [str(3 + int(d)) for d in np.flatnonzero(result.schedule.home[e])]
        assert row[0] == result.instance.facts.staff.ids[e] and row[4] == ", ".join(home)


def test_formulas_are_none_on_any_sheet(tmp_path: Path) -> None:
    """Names, positions, units and titles that begin like formulas are texts in every cell."""
    signs = ("=1+1", "+62", "-Budi", "@SUM(1)", "\t=2")
    staff = [{"id": f"{k:018d}", "name": name, "unit": "a", "position": name, "grade": name} for k, name in enumerate(signs)]
    units = [{"id": "a", "name": "=cmd|' /C calc'!A0", "level": "bidang"}]
    path = export(plan(staff=staff, units=units, absences=[], title="=1+1"), tmp_path / "plan.xlsx", lang="id")
    book = sheets(path)
    for k in range(len(book)):
        assert "<f>" not in part(path, f"xl/worksheets/sheet{k + 1}.xml")
    for name in ("Jadwal", "Piket", "Rekap pegawai", "WFH 2026-08"):
        assert "=1+1" in str(book[name])


def test_names_in_capitals_have_room() -> None:
    """Capitals are wider than small letters: a long name in them takes a second line, and the row must be as deep."""
    name = "DINAS PEKERJAAN UMUM DAN PENATAAN RUANG KABUPATEN SUKAMAJU"
    assert lines_in(name, 60) == 2 and lines_in(name.title(), 60) == 1 and lines_in("BIDANG SUMBER DAYA AIR", 20) == 2


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
    units = book["Rekap unit kerja"][1:]
    assert {row[0] for row in units} == {"Bidang A", "Bidang B"}  # a path of long names is cut at the width of the column, each row alike
    assert sum(row[3] for row in units) == int(schedule.office.sum())
    assert sum(row[4] for row in units) == int(schedule.home.sum())


def test_differences_are_those_of_what_stands_beside_them(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """Turns less the fair share, in thousandths of a day: a cell holds no other digits."""
    fair, ids = result.fairness[0], result.instance.facts.staff.ids
    rows = {str(row[1]): row for row in book["Rekap pegawai"][1:]}
    for e, id_ in enumerate(ids):
        turns, share, difference = rows[id_][8:11]
        assert (turns, repr(share)) == (int(fair.burden[e]), repr(int(fair.share[e]) / 1000))
        assert repr(difference) == repr((1000 * int(fair.burden[e]) - int(fair.share[e])) / 1000)


def test_the_data_sheet_is_the_schedule_for_programs(result: Result, book: dict[str, list[list[Any]]]) -> None:
    """A row per person and day with a place."""
    head, *rows = book["Data"]
    assert head[:3] == ["staff_id", "date", "place"]
    assert len(rows) == int(np.count_nonzero(result.schedule.place))


def test_a_relaxation_that_is_used_is_no_limit_missed(tmp_path: Path) -> None:
    """On Wednesday three of four come, as the relaxed limit lets them; on Thursday all four do, one too many."""
    cap = {"id": "cap", "kind": "office_cap", "share": "50%", "relax_to": {"share": "75%"}}
    instance = small_instance(rules=[cap], goals=[], reasons={"own/cap": "antrean"})
    made = small_plan(instance, ("110100", "001100", "111110", "001110"))
    export_plan(instance, made, Wanted([tmp_path / "plan.xlsx"], PlanStyle("en")))
    read = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx"))
    head, *rows = read.get_sheet_by_name("Data limits").to_python()
    assert [(row[head.index("date")], row[head.index("most")], row[head.index("missed")]) for row in rows][2:4] == [
        ("2021-07-14", "3", ""),
        ("2021-07-15", "3", "yes"),
    ]


def test_the_same_plan_gives_the_same_bytes(result: Result, tmp_path: Path) -> None:
    """No clock stands in it."""
    paths = [export(result, tmp_path / f"{k}.xlsx", lang="en") for k in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_sheet_is_named_in_the_language_asked_for(result: Result, tmp_path: Path) -> None:
    """English and Indonesian, and no name that Excel refuses."""
    path = export(result, tmp_path / "plan.xlsx", lang="en")
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).sheet_names
    people = ["Plan", "Duty", "Recap people", "Recap units", "Compliance", "Limits", "Fairness", "Findings", "WFH 2026-08"]
    assert names == [*people, "Data", "Data people", "Data limits"]


def test_without_the_package_it_says_which_and_writes_nothing(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The advice is the command that installs it; a file that is there stays."""
    (tmp_path / "plan.xlsx").write_bytes(b"mine")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"giliran\[desk\]"):
        export(result, tmp_path / "plan.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes() == b"mine"
