"""`giliran recap`: numbers worked out by hand, what is told and left out, and that nobody is named in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import python_calamine
import xlsxwriter

from giliran import Instance, PlanStyle
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.files.exporting import Wanted, export_plan
from giliran.files.schema import schema
from tests.cli.test_commands import Run, run

__all__ = ["run"]

LETTERS = {"O": Place.OFFICE, "H": Place.HOME, "A": Place.ABSENT, "F": Place.OFF}
RULES = [
    {"id": "pimpinan", "kind": "fixed_days", "applies_to": {"ranks": ["administrator"]}, "place": "office"},
    {"id": "batas", "kind": "home_cap", "max": 1, "per": "opd"},
]
STATUSES = ("PNS", "PPPK", "CPNS", "Honorer")
PLAN = ("OOO", "HOH", "HHO", "OAO")
"""Of four people on Monday to Wednesday, 3 to 5 August 2026; the first is a leader, and one may be at home: Monday is one too many."""


def person(k: int, agency: str, nip: str | None = None) -> dict[str, str]:
    """Somebody of an agency; the first is its leader."""
    own = nip if nip is not None else "" if k == 3 else f"1980010120100{len(agency):03}{k:02}"
    rank = "administrator" if k == 0 else "pelaksana"
    return {"id": f"H-{k}", "nip": own, "name": f"Pegawai {agency} {k}", "opd": agency, "status": STATUSES[k % 4], "rank": rank}


def book(
    path: str,
    agency: str = "Dinas Pangan",
    plan: tuple[str, ...] = PLAN,
    start: str = "2026-08-03",
    version: int = 1,
    per: str = "",
    reasons: bool = False,
    **more: Any,
) -> None:
    """The workbook of a plan by letters; `more` are sections of its instance."""
    days = len(plan[0])
    dates = [str(date) for date in np.datetime64(start) + np.arange(days).astype("timedelta64[D]")]
    away = [
        {"staff_id": f"H-{e}", "from": dates[d], "to": dates[d], "reason": "dinas_luar"}
        for e, row in enumerate(plan)
        for d, letter in enumerate(row)
        if letter == "A"
    ]
    data = {
        "title": f"{agency}, Agustus 2026",
        "horizon": {"start": start, "end": dates[-1]},
        "calendars": {"office": {"holidays": "none", "workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
        "staff": [person(k, agency) for k in range(len(plan))],
        "absences": away,
        "rules": RULES,
    }
    instance = Instance.build({**data, **more})
    place = np.array([[LETTERS[letter] for letter in row] for row in plan], dtype=np.int8)
    export_plan(instance, Schedule(place), Wanted([Path(path)], PlanStyle("id", reasons=reasons), per), version=version)


def sheets(path: str) -> dict[str, list[list[Any]]]:
    """Sheets of a workbook below their titles, read by a library that did not write it."""
    read = python_calamine.CalamineWorkbook.from_path(path)
    return {name: read.get_sheet_by_name(name).to_python()[2:] for name in read.sheet_names}


def by_head(rows: list[list[Any]], row: int = 0) -> dict[str, Any]:
    """A row by its headings, each on one line."""
    return dict(zip((" ".join(str(head).replace("-\n", "").split()) for head in rows[0]), rows[row + 1], strict=True))


def said(run: Run, *words: str) -> dict[str, Any]:
    """What a recap of August 2026 says to programs."""
    _, out, _ = run("recap", *words, "--month", "2026-08", "-o", "r.xlsx", "--format", "json")
    answer: dict[str, Any] = json.loads(out)
    jsonschema.validate(answer, schema("recap"))
    return answer


def told(answer: dict[str, Any]) -> list[str]:
    """Grave notes of an answer."""
    return [f"{note['file']}|{note['sentences']['en']}" for note in answer["notes"] if note["grave"]]


def test_one_agency(run: Run) -> None:
    """The monthly report of one agency, from one workbook, number by number; exit code 1 because Monday is above the limit."""
    book("a.xlsx", reasons=True)
    code, out, _ = run("rekap", "a.xlsx", "--bulan", "Agustus 2026", "-o", "r.xlsx", "--lang", "id")
    assert code == 1 and out.splitlines() == [
        "ditulis: r.xlsx",
        "Agustus 2026: 1 dari 1 OPD mengirim jadwal",
        "Dinas Pangan: batas tidak dipenuhi pada 1 hari menurut rencana",
    ]
    found = sheets("r.xlsx")
    assert [*found] == ["Rekap", "Laporan bulanan", "Per hari", "Batas tidak dipenuhi", "Pengiriman", "Catatan"]
    line = by_head(found["Rekap"])
    assert [line[name] for name in ("PNS", "PPPK", "CPNS", "NonASN", "Jumlah pegawai", "Dikecualikan")] == [1, 1, 1, 1, 4, 1]
    assert [line[f"Rencana {name}"] for name in ("WFO", "WFH", "tidak bertugas")] == [7, 4, 1]
    assert line["Rencana % WFH"] == pytest.approx(4 / 11) and line["Keadaan"] == "3 dari 19 hari kerja"
    upward = by_head(found["Laporan bulanan"])
    assert (upward["Dikecualikan: pimpinan"], upward["WFO"], upward["DL"], upward["Sakit"], upward["Dihitung dari"]) == (
        1,
        7,
        1,
        0,
        "rencana",
    )
    assert [upward[name] for name in ("Listrik (kWh)", "BBM (liter)", "Perjalanan dinas", "Kendala")] == [""] * 4
    over = by_head(found["Batas tidak dipenuhi"])
    assert (str(over["Tanggal"]), over["Batas"], over["Rencana"], over["Tidak dipenuhi dalam"]) == (
        "2026-08-03",
        "paling banyak 1 WFH",
        2,
        "rencana",
    )


def test_nobody_is_named(run: Run) -> None:
    """A recap holds numbers: neither names nor NIP, nor why anybody in particular was away."""
    book("a.xlsx", reasons=True)
    run("recap", "a.xlsx", "--month", "2026-08", "-o", "r.xlsx")
    text = str(sheets("r.xlsx"))
    assert "Pegawai Dinas" not in text and "19800101" not in text


def test_weeks_and_units_are_joined(run: Run) -> None:
    """A plan for each week, and one workbook for two agencies: a line for each agency, whatever the files are called."""
    book("w1.xlsx")
    book("w2.xlsx", start="2026-08-10")
    other = {"staff": [person(0, "Dinas Pasar", "197001012000011001") | {"id": "H-0"}, person(1, "DINAS PANGAN")], "absences": []}
    book("w3.xlsx", start="2026-08-17", plan=("OO", "HH"), **other)
    answer = said(run, "w1.xlsx", "w2.xlsx", "w3.xlsx")
    assert [(agency["name"], len(agency["days"]), len(agency["files"])) for agency in answer["agencies"]] == [
        ("Dinas Pangan", 8, 3),
        ("Dinas Pasar", 2, 1),
    ]


def test_files_for_each_unit_are_one_plan(run: Run) -> None:
    """What `export --per` writes adds up to what the whole workbook says, a limit over all units told once."""
    staff = [person(k, "Dinas Pangan") | {"bidang": f"Bidang {k % 2}"} for k in range(4)]
    book("whole.xlsx", staff=staff)
    book("part.xlsx", per="bidang", staff=staff)
    parts, whole = said(run, "part-Bidang_0.xlsx", "part-Bidang_1.xlsx"), said(run, "whole.xlsx")
    [one], [other] = parts["agencies"], whole["agencies"]
    assert one["days"] == other["days"] and one["services"] == other["services"] and one["exempt"] == other["exempt"]
    assert [(miss["date"], miss["in_plan"]) for miss in one["missed"]] == [("2026-08-03", True)]


def test_rest_on_call_days_is_no_work(run: Run) -> None:
    """Whoever is off on a Saturday on call is no person of that day, and a Saturday on which all are off is none of the plan."""
    calendars = {"office": {"holidays": "none", "workdays": ["mon", "tue", "wed", "thu", "fri"], "call_days": ["sat", "sun"]}}
    book("a.xlsx", plan=("OOF", "OFF", "OFF", "OFF"), start="2026-08-07", calendars=calendars)
    days = said(run, "a.xlsx")["agencies"][0]["days"]
    assert [(day["date"], day["people"], day["exempt"]) for day in days] == [("2026-08-07", 4, 1), ("2026-08-08", 1, 1)]


def test_people_of_one_nip_are_not_mixed_up(run: Run) -> None:
    """A list that gives two people one number still has two people."""
    staff = [person(0, "Dinas Pangan", "1"), person(1, "Dinas Pangan", "1")]
    book("a.xlsx", plan=("OO", "OH"), staff=staff)
    [agency] = said(run, "a.xlsx")["agencies"]
    assert [(day["people"], day["planned"]["home"]) for day in agency["days"]] == [(2, 0), (2, 1)]


def test_only_the_month_counts(run: Run) -> None:
    """Days of other months are left out, a file without a day of this one is told."""
    book("a.xlsx", start="2026-07-31")
    book("b.xlsx", agency="Dinas Pasar", start="2026-09-01")
    answer = said(run, "a.xlsx", "b.xlsx")
    [agency] = answer["agencies"]
    assert [day["date"] for day in agency["days"]] == ["2026-08-01", "2026-08-02"]
    assert told(answer) == ["b.xlsx|this plan is about Tuesday 1 September 2026 to Thursday 3 September 2026, and says nothing of 2026-08"]


def test_a_plan_that_replaces_another(run: Run) -> None:
    """The higher number counts, in whatever order the files are named; that is no fault."""
    book("new.xlsx", plan=("OOO", "OOO", "OOO", "OOO"), version=2)
    book("old.xlsx")
    for files in (("old.xlsx", "new.xlsx"), ("new.xlsx", "old.xlsx")):
        answer = said(run, *files)
        [agency] = answer["agencies"]
        assert (agency["version"], agency["files"], agency["missed"], told(answer)) == (2, ["new.xlsx"], [], [])
        assert sum(day["planned"]["home"] for day in agency["days"]) == 0
        assert any("replaced by plan 2 in new.xlsx for 3 days" in note["sentences"]["en"] for note in answer["notes"])


def test_two_plans_that_disagree(run: Run) -> None:
    """Neither is believed where they differ, the rest counts, and both files are named."""
    book("a.xlsx", plan=("OOO", "HOH", "OHO", "OOO"))
    book("b.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    answer = said(run, "a.xlsx", "b.xlsx")
    [agency] = answer["agencies"]
    assert [(day["people"], day["planned"]["home"]) for day in agency["days"]] == [(4, 1), (4, 1), (3, 0)]
    [note] = told(answer)
    assert note.startswith("b.xlsx|two plans of Dinas Pangan disagree") and "1 place on 1 day" in note and note.endswith("a.xlsx")


def test_the_same_plan_twice_counts_once(run: Run) -> None:
    """Sent twice under two names."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("copy.xlsx").write_bytes(Path("a.xlsx").read_bytes())
    answer = said(run, "a.xlsx", "copy.xlsx")
    assert answer["agencies"][0]["days"][0]["people"] == 4 and told(answer) == []
    assert any("counted once" in note["sentences"]["en"] for note in answer["notes"])


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run: Run) -> None:
    """Damaged, empty, foreign and of another kind: each is named, and the rest is counted; without any plan nothing is written."""
    book("good.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    whole = Path("good.xlsx").read_bytes()
    Path("half.xlsx").write_bytes(whole[: len(whole) // 2])
    Path("empty.xlsx").write_bytes(b"")
    Path("plan.csv").write_text("staff_id,date,place\n", encoding="utf-8")
    other = xlsxwriter.Workbook("list.xlsx")
    other.add_worksheet("Pegawai").write(0, 0, "Nama")
    other.close()
    bad = ["half.xlsx", "empty.xlsx", "plan.csv", "list.xlsx"]
    answer = said(run, "good.xlsx", *bad)
    assert [note.split("|")[0] for note in told(answer)] == bad and len(answer["agencies"]) == 1
    code, _, err = run("recap", *bad, "--month", "2026-08", "-o", "none.xlsx")
    assert code == 2 and all(name in err for name in bad) and not Path("none.xlsx").exists()


def edited(source: str, target: str, old: str, new: str, sheet: str = "Jadwal") -> None:
    """A copy of a workbook in which the first such cell of a sheet says something else."""
    read = python_calamine.CalamineWorkbook.from_path(source)
    made = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    open_ = True
    for name in read.sheet_names:
        page = made.add_worksheet(name)
        for r, row in enumerate(read.get_sheet_by_name(name).to_python()):
            for c, value in enumerate(row):
                change = open_ and name == sheet and value == old
                open_ = open_ and not change
                page.write(r, c, new if change else value)
    made.close()


def test_edits_by_hand_count(run: Run) -> None:
    """Places of the matrix count, and limits are counted again with them."""
    book("a.xlsx")
    edited("a.xlsx", "b.xlsx", "WFH", "WFO")
    answer = said(run, "b.xlsx")
    [agency] = answer["agencies"]
    assert agency["days"][0]["planned"] == {"office": 3, "home": 1, "away": {}} and agency["missed"] == []
    assert any("edited by hand since it was written: 1 place" in note["sentences"]["en"] for note in answer["notes"])


def test_spoilt_sheets_for_programs_are_told(run: Run) -> None:
    """Where nobody can count limits again it is said, also where a range names more people than there are, or some of them again."""
    book("a.xlsx")
    for new in ("1:99999999999", "x", "3:1", "1:4,1:4", "3:4,1:2", "1:2,2:4", "0:4"):
        edited("a.xlsx", "b.xlsx", "1:4", new, sheet="Data batas")
        answer = said(run, "b.xlsx")
        assert answer["agencies"][0]["missed"] == []
        assert ["nobody sees who is above them" in note for note in told(answer)] == [True]


def test_the_same_person_in_two_agencies(run: Run) -> None:
    """Told by name, with the agencies and the days; counted in both."""
    staff = {"staff": [person(0, "Dinas Pasar", person(1, "Dinas Pangan")["nip"])], "absences": []}
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    book("b.xlsx", plan=("OO",), start="2026-08-05", **staff)
    answer = said(run, "a.xlsx", "b.xlsx")
    [note] = told(answer)
    assert note == "|planned by Dinas Pangan and by Dinas Pasar on the same days (1): Pegawai Dinas Pangan 1; they count in both"


def test_who_sent_a_plan(run: Run) -> None:
    """In the order of the list, in capitals or not; who is missing is named, and who is not on the list, with the name that is meant."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    book("b.xlsx", agency="Dinas Kesehatn", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("opd.csv").write_text("No;OPD;Ket\n1;Dinas Kesehatan;\n2;DINAS PANGAN;\n3;Kecamatan Kota;\n", encoding="utf-8")
    code, out, _ = run("recap", "a.xlsx", "b.xlsx", "--month", "2026-08", "--expected", "opd.csv", "-o", "r.xlsx")
    lines = " ".join(out.split())
    assert code == 1 and "2 of 4 agencies sent a plan" in lines and "No plan: Dinas Kesehatan and Kecamatan Kota" in lines
    assert "Dinas Kesehatn is not in the list of agencies; perhaps Dinas Kesehatan is meant" in lines
    names = [row[1] for row in sheets("r.xlsx")["Who sent what"][1:]]
    assert names == ["Dinas Kesehatan", "Dinas Pangan", "Kecamatan Kota", "Dinas Kesehatn"]


def test_everything_as_it_should_be(run: Run) -> None:
    """Exit code 0: everybody sent a plan and nobody is above a limit."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("opd.txt").write_text("Dinas Pangan\n", encoding="utf-8")
    assert run("recap", "a.xlsx", "--month", "8/2026", "--expected", "opd.txt", "-o", "r.xlsx")[0] == 0


ATTENDED = "NIP,Nama,3,4,5\n{0},a,WFO,WFO,WFO\n{1},b,WFH,SAKIT,WFH\n{2},c,WFH,C,alpa\nH-3,d,WFO,DL,WFH\n9,siapa,WFO,,\n"


def test_planned_against_realised(run: Run) -> None:
    """Counted by hand: 12 places told, 3 of them otherwise than planned, limits in fact, reasons, and whoever is in no plan."""
    book("a.xlsx")
    nips = [person(k, "Dinas Pangan")["nip"] for k in range(3)]
    Path("hadir.csv").write_text(ATTENDED.format(*nips), encoding="utf-8")
    answer = said(run, "a.xlsx", "--actual", "hadir.csv")
    days = answer["agencies"][0]["days"]
    assert [day["actual"] for day in days] == [
        {"office": 2, "home": 2, "away": {}},
        {"office": 1, "home": 0, "away": {"sakit": 1, "cuti": 1, "dinas_luar": 1}},
        {"office": 1, "home": 2, "away": {"tanpa_keterangan": 1}},
    ]
    # planned OOO, HOH, HHO, OAO: the second differs on Tuesday, the third on Tuesday and Wednesday, the fourth on Wednesday
    assert [(day["told"], day["same"]) for day in days] == [(4, 4), (4, 2), (4, 2)]
    assert [(one["date"], one["planned"], one["actual"], one["in_plan"], one["in_fact"]) for one in answer["agencies"][0]["missed"]] == [
        ("2026-08-03", 2, 2, True, True),
        ("2026-08-05", 1, 2, False, True),
    ]
    assert told(answer) == ["hadir.csv|people of this attendance list who are in no plan, not counted: 1 (9)"]


def test_one_list_of_many_agencies(run: Run) -> None:
    """Each person counts for the agency that plans them, also one whom two plan; the number of files does not matter."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    book("b.xlsx", agency="Dinas Pasar", plan=("OOO", "HOO", "OHO"))
    nips = [person(k, name)["nip"] for name in ("Dinas Pangan", "Dinas Pasar") for k in range(3)]
    lines = ["NIP,2026-08-03", *(f"{nip},H" for nip in nips)]
    Path("all.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "b.xlsx", "--actual", "all.csv")
    first = [agency["days"][0] for agency in answer["agencies"]]
    assert [(day["told"], day["same"], day["actual"]["home"]) for day in first] == [(3, 3, 1), (3, 3, 1)]


def test_ids_of_two_agencies(run: Run) -> None:
    """A list whose ids may mean people of either is not counted; beside an NIP that only one has, they mean that one's."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    book("b.xlsx", agency="Dinas Pasar", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("open.csv").write_text("id,2026-08-03\nH-3,WFH\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "b.xlsx", "--actual", "open.csv")
    assert ["may mean people of Dinas Pangan and Dinas Pasar (H-3)" in note for note in told(answer)] == [True]
    assert all(day["actual"] is None for agency in answer["agencies"] for day in agency["days"])
    nip = person(1, "Dinas Pasar")["nip"]
    Path("sure.csv").write_text(f"nip,2026-08-03\n{nip},WFH\nH-3,WFH\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "b.xlsx", "--actual", "sure.csv")
    assert [agency["days"][0]["told"] for agency in answer["agencies"]] == [0, 2]


def test_a_list_that_cannot_be_read_is_told(run: Run) -> None:
    """Words that mean nothing, nobody who is planned, no such file: the plans count all the same."""
    book("a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("words.csv").write_text("id,2026-08-03\nH-3,entah\n", encoding="utf-8")
    Path("others.csv").write_text("id,2026-08-03\nZ-1,WFO\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "--actual", "words.csv", "--actual", "others.csv", "--actual", "gone.csv")
    assert [note.split("|")[0] for note in told(answer)] == ["words.csv", "others.csv", "gone.csv"] and len(answer["agencies"]) == 1


def attendance(path: str, rows: list[list[str]]) -> None:
    """An attendance list as a workbook."""
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("Absensi")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text)
    made.close()


NAMED = [
    ["REKAP KEHADIRAN"],
    ["Nama OPD: Dinas Kesehatan", "Agustus 2026"],
    ["Nama", "NIP", "Tanggal", "Status"],
    ["PEGAWAI DINAS KESEHATAN 0", "-", "3/8/2026", "WFH"],
    ["Drs. Pegawai Dinas Kesehatan 1, M.Si.", "", "3/8/2026", "WFH"],
    ["Orang Lain", "", "3/8/2026", "WFO"],
]
"""Titles above the heading, names in other spellings, no NIP that says who, and somebody of whom nobody knows."""


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_of_a_machine_is_matched_by_name(ending: str, run: Run) -> None:
    """Whoever has no NIP in a list is known by a name that one person has; others are named, as they are written."""
    book("a.xlsx", "Dinas Kesehatan")
    if ending == "xlsx":
        attendance("hadir.xlsx", NAMED)
    else:
        Path("hadir.csv").write_text("\n".join(";".join(row) for row in NAMED) + "\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "--actual", f"hadir.{ending}")
    monday = answer["agencies"][0]["days"][0]
    assert monday["told"] == 2
    assert told(answer) == [f"hadir.{ending}|people of this attendance list who are in no plan, not counted: 1 (Orang Lain)"]


def test_a_list_of_names_with_a_column_for_each_day(run: Run) -> None:
    """Days may stand in a second row of the heading, below their month; sums and signers at the end name nobody and are told."""
    book("a.xlsx", "Dinas Kesehatan")
    rows = [
        ["No", "Nama", "Agustus 2026", ""],
        ["", "", "3", "4"],
        ["1", "Pegawai Dinas Kesehatan 0", "WFH", "WFO"],
        ["", "", "", "Kepala Dinas"],
    ]
    attendance("hadir.xlsx", rows)
    answer = said(run, "a.xlsx", "--actual", "hadir.xlsx")
    assert [day["told"] for day in answer["agencies"][0]["days"]][:2] == [1, 1]
    assert "rows without a name or an NIP, not read: 1 (line 4)" in [note["sentences"]["en"] for note in answer["notes"]]


def test_a_name_of_two_people_is_told(run: Run) -> None:
    """Which of them is meant nobody can know: neither is counted, and the name is told."""
    people = [{**person(k, "Dinas Kesehatan"), "name": "Siti Aminah" if k else "Pegawai 0"} for k in range(4)]
    book("a.xlsx", "Dinas Kesehatan", staff=people)
    Path("hadir.csv").write_text("nama,2026-08-03\nSiti Aminah,WFH\nPegawai 0,WFH\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "--actual", "hadir.csv")
    assert answer["agencies"][0]["days"][0]["told"] == 1
    assert told(answer) == ["hadir.csv|names of the attendance list that several people have, not counted: Siti Aminah"]


def test_a_list_that_says_nobody(run: Run) -> None:
    """An empty column of NIPs and no names: what it needs is told, not an empty place."""
    book("a.xlsx", "Dinas Kesehatan")
    Path("hadir.csv").write_text("nip,2026-08-03\n,WFH\n", encoding="utf-8")
    assert told(said(run, "a.xlsx", "--actual", "hadir.csv")) == ["hadir.csv|nothing in this attendance list says who is meant"]


def test_a_limit_for_all_agencies(run: Run) -> None:
    """Half of four is two: the day with three at home is above it, in whatever way plans count."""
    book("a.xlsx", plan=("OOO", "HOH", "HHH", "OOH"), rules=[])
    answer = said(run, "a.xlsx", "--limit", "wfh=50%")
    assert [(one["date"], one["most"], one["planned"]) for one in answer["agencies"][0]["missed"]] == [("2026-08-05", 2, 3)]


def test_hostile_names_are_text(run: Run) -> None:
    """Nothing that an agency writes is worked out by a spreadsheet or obeyed by a screen."""
    book("ok.xlsx", agency="=HYPERLINK(1)")
    edited("ok.xlsx", "a.xlsx", "=HYPERLINK(1)", "=HYPERLINK(1)\u202e\nNo", sheet="Data pegawai")
    _, out, _ = run("recap", "a.xlsx", "--month", "2026-08", "-o", "r.xlsx")
    assert "\u202e" not in out and "2 of 2 agencies" in out
    assert "\u202e" not in str(sheets("r.xlsx")) and by_head(sheets("r.xlsx")["Recap"])["Agency"].startswith("=HYPERLINK(1)")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "2026-13", "-o", "r.xlsx"), "'2026-13' is no month, such as 2026-08"),
        (("--month", "2026-08", "-o", "a.xlsx"), "this would replace a file that is read here"),
        (("--month", "2026-08", "-o", "list.xlsx"), "is there already and is no recap of giliran"),
        (("--month", "2026-08", "-o", "r.csv"), "files ending in .xlsx"),
        (("--month", "2026-08", "-o", "r.xlsx", "--limit", "wfx=1"), "'wfx=1' is no limit"),
        (("--month", "2026-08", "-o", "r.xlsx", "--expected", "none.txt"), "this list names no agency"),
        (("--month", "2026-08", "-o", "r.xlsx", "--expected", "twice.txt"), "DINAS A stands here twice"),
        (("./a.xlsx", "--month", "2026-08", "-o", "r.xlsx"), "this file is named twice"),
        (("gone.xlsx", "--month", "2026-08", "-o", "r.xlsx"), "there is no such file or folder"),
        (("--month", "2026-08"), "--output is missing"),
    ],
)
def test_what_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    """Before anything is written."""
    book("a.xlsx")
    other = xlsxwriter.Workbook("list.xlsx")
    other.add_worksheet("Pegawai").write(0, 0, "Nama")
    other.close()
    Path("none.txt").write_text("1\n2\n", encoding="utf-8")
    Path("twice.txt").write_text("Dinas A\nDINAS A\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, out, err = run("recap", "a.xlsx", *words)
    assert (code, out) == (2, "") and said in " ".join(err.split())
    assert before == {path.name: path.read_bytes() for path in Path().iterdir()}


def test_folders_and_an_earlier_recap(run: Run) -> None:
    """A folder stands for its workbooks; what an office program keeps beside an open one is no plan; a recap of ours is neither."""
    Path("in").mkdir()
    book("in/a.xlsx", plan=("OOO", "HOO", "OHO", "OOO"))
    Path("in/~$a.xlsx").write_bytes(b"lock")
    for _ in range(2):
        assert run("recap", "in", "--month", "2026-08", "-o", "in/rekap.xlsx")[0] == 0
    first = Path("in/rekap.xlsx").read_bytes()
    assert run("recap", "in", "--month", "2026-08", "-o", "r.xlsx")[0] == 0
    assert Path("r.xlsx").read_bytes() == first
    assert run("recap", "in/a.xlsx", "--month", "2026-08", "-o", "r.xlsx")[0] == 0
    assert Path("r.xlsx").read_bytes() == first


def test_an_agency_is_one_whether_its_and_is_a_word_or_a_sign(run: Run) -> None:
    """ "Perumahan & Permukiman" and "Perumahan dan Permukiman" are one agency: in its plans, and on the list of those expected."""
    book("a.xlsx", "Dinas Perumahan & Permukiman")
    book("b.xlsx", "Dinas Perumahan dan Permukiman", start="2026-08-10")
    Path("opd.csv").write_text("Dinas Perumahan dan Permukiman\nDinas Pangan\n", encoding="utf-8")
    answer = said(run, "a.xlsx", "b.xlsx", "--expected", "opd.csv")
    assert [(agency["name"], len(agency["days"]), agency["expected"]) for agency in answer["agencies"]] == [
        ("Dinas Perumahan & Permukiman", 6, True),
        ("Dinas Pangan", 0, True),
    ]
