"""Repaired instances are new files that load, have a plan, and keep what was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giliran import Decider, InputError, Repair, SolveOptions, Status, explain, load_instance, solve, write_repaired
from giliran.books import read_book, write_book
from giliran.files.converting import convert

ONE = SolveOptions(workers=1)
HEAD = """# our office
schema: giliran/1
horizon: {start: 2026-08-03, end: 2026-08-07}
units: [{id: u, name: Unit, level: bidang}]
staff: {file: staff.csv}
"""
STAFF = "id,unit,rank\nA,u,administrator\nB,u,pelaksana\nC,u,pelaksana\nD,u,pelaksana\n"
FORCED = "  - {id: forced, kind: fixed_days, place: office, applies_to: {ids: [A, B]}}\n"


def written(folder: Path, text: str, **tables: str) -> Path:
    """An instance file with its tables."""
    (folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    path = folder / "a.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def repair_with(path: Path, part: str) -> Repair:
    """The repair one of whose changes says so."""
    found = explain(load_instance(path), ONE)
    return next(repair for repair in found.repairs if any(part in change.said.text() for change in repair.changes))


def check_written(path: Path, part: str) -> tuple[str, tuple[Path, ...]]:
    """Write a repair beside an instance; its text, which loads and has a plan, and all files."""
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    files = write_repaired(load_instance(path), repair_with(path, part), path.with_name(f"b{path.suffix}"))
    assert solve(load_instance(files[0]), ONE).status is Status.OPTIMAL
    assert {file: file.read_bytes() for file in before} == before
    return files[0].read_text(encoding="utf-8"), files


def test_a_choice(tmp_path: Path) -> None:
    """A key under `choose`, comments kept."""
    text = "circulars:\n  - {name: umum, choose: {limit: 25%, per: whole, duty: 1, leaders_place: office}}  # the letter\n"
    path = written(tmp_path, text)
    changed, files = check_written(path, "leaders: left_out")
    assert changed == path.read_text(encoding="utf-8").replace("leaders_place: office}", "leaders_place: office, leaders: left_out}")
    assert len(files) == 1


def test_a_rule(tmp_path: Path) -> None:
    """A number of an own rule."""
    path = written(tmp_path, f"rules:\n{FORCED}  - id: cap  # seats\n    kind: office_cap\n    max: 1\n")
    changed, _ = check_written(path, "max: 2")
    assert changed == path.read_text(encoding="utf-8").replace("max: 1", "max: 2")


def test_a_pin_in_a_table(tmp_path: Path) -> None:
    """The row goes from a new table beside the new file."""
    pins = "staff_id;date;place;reason\nC;2026-08-04;office;audit\nD;2026-08-05;home;\n"
    path = written(tmp_path, f"pins: {{file: pins.csv}}\nrules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 2}}\n", pins=pins)
    changed, files = check_written(path, "pin of C")
    assert "pins: {file: b.pins.csv}" in changed
    assert files[1].read_text(encoding="utf-8") == "staff_id,date,place,reason\nD,2026-08-05,home,\n"


def test_a_pin_in_a_file_of_rows(tmp_path: Path) -> None:
    """Rows of a JSON file go as those of a CSV file do."""
    rows = [{"staff_id": "C", "date": "2026-08-04", "place": "office"}, {"staff_id": "D", "date": "2026-08-05", "place": "home"}]
    (tmp_path / "pins.json").write_text(json.dumps(rows), encoding="utf-8")
    path = written(tmp_path, f"pins: {{file: pins.json}}\nrules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 2}}\n")
    _, files = check_written(path, "pin of C")
    assert files[1].read_text(encoding="utf-8") == "staff_id,date,place\nD,2026-08-05,home\n"


def test_the_only_pin(tmp_path: Path) -> None:
    """Where none is left, none is named."""
    path = written(
        tmp_path, f"pins:\n- {{staff_id: C, date: 2026-08-04, place: office}}\nrules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 2}}\n"
    )
    changed, files = check_written(path, "pin of C")
    assert "pins: []\n" in changed
    assert len(files) == 1


def test_part_of_a_leave(tmp_path: Path) -> None:
    """Days go from the middle of a longer leave; what is before and after stays."""
    away = "staff_id,from,to,reason\nC,2026-07-20,2026-08-20,cuti\n"
    duty = "  - {id: duty, kind: duty_officers, count: 1, eligible: {ids: [B, C]}, days: {weekdays: [mon, tue, wed]}}\n"
    run = "  - {id: run, kind: consecutive, place: office, max: 2}\n"
    path = written(tmp_path, f"absences: {{file: away.csv}}\nrules:\n{duty}{run}", away=away)
    _, files = check_written(path, "C not away")
    assert files[1].read_text(encoding="utf-8").splitlines() == [
        "staff_id,from,to,reason",
        "C,2026-07-20,2026-08-02,cuti",
        "C,2026-08-06,2026-08-20,cuti",
    ]


def test_json(tmp_path: Path) -> None:
    """A JSON instance stays JSON."""
    path = tmp_path / "a.json"
    data = {
        "schema": "giliran/1",
        "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
        "staff": [{"id": "A"}, {"id": "B"}, {"id": "C"}],
        "rules": [{"id": "floor", "kind": "office_floor", "min": 2}, {"id": "cap", "kind": "office_cap", "max": 1}],
    }
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    changed, _ = check_written(path, "max: 2")
    assert json.loads(changed)["rules"][1]["max"] == 2


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Not the instance, not one of its tables, not another file, not elsewhere, not under another ending."""
    path = written(tmp_path, f"rules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 1}}\n")
    (tmp_path / "there.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    instance, repair = load_instance(path), repair_with(path, "max: 2")
    for target, told in (
        ("a.yaml", "would replace"),
        ("staff.csv", "would replace"),
        ("there.yaml", "there already"),
        ("sub/b.yaml", "same folder"),
        ("b.json", "must end in .yaml"),
    ):
        with pytest.raises(InputError, match=told):
            write_repaired(instance, repair, tmp_path / target)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.yaml", "staff.csv", "sub", "there.yaml"]
    assert (tmp_path / "there.yaml").read_text(encoding="utf-8") == "x"


def test_a_letter_is_not_changed_here(tmp_path: Path) -> None:
    """A number that only the issuer can change cannot be written into an instance."""
    letter = "schema: giliran-circular/1\nname: prov\ntitle: L\nissuer: P\nauthority: province\nin_force: {from: 2020-01-01, to: open}\n"
    (tmp_path / "prov.yaml").write_text(letter + "rules:\n  - {id: cap, kind: office_cap, max: 1}\n", encoding="utf-8")
    path = written(tmp_path, f"circulars: [{{file: prov.yaml}}]\nrules:\n{FORCED}")
    repair = repair_with(path, "prov/cap")
    assert repair.decider is Decider.ISSUER
    with pytest.raises(InputError, match="only whoever issued the letter"):
        write_repaired(load_instance(path), repair, tmp_path / "b.yaml")
    assert not (tmp_path / "b.yaml").exists()


def test_a_rule_that_cannot_be_less(tmp_path: Path) -> None:
    """Teams to be formed are formed or not: the rule goes, the others stay."""
    teams = "kind: team_rotation, teams: 2, choose_teams: true, anchor: 2026-08-03"
    path = written(tmp_path, f"rules:\n  - {{id: t, {teams}, turn: day}}\n  - {{id: w, {teams}, turn: week}}\n{FORCED}")
    found = explain(load_instance(path), ONE)
    repair = next(repair for repair in found.repairs if any("without own/t" in change.said.text() for change in repair.changes))
    files = write_repaired(load_instance(path), repair, tmp_path / "b.yaml")
    assert solve(load_instance(files[0]), ONE).status is Status.OPTIMAL


def test_pins_in_the_words_of_the_office(tmp_path: Path) -> None:
    """Indonesian columns and dates are read as the instance reads them."""
    pins = "staff_id;tanggal;tempat\nC;4/8/2026;WFO\nD;2026-08-05;WFH\n"
    path = written(tmp_path, f"pins: {{file: pins.csv}}\nrules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 2}}\n", pins=pins)
    _, files = check_written(path, "pin of C")
    assert files[1].read_text(encoding="utf-8") == "staff_id,tanggal,tempat\nD,2026-08-05,WFH\n"


def test_leave_by_name_with_both_days_in_one_cell(tmp_path: Path) -> None:
    """What is left of it has a first and a last day; other rows stay as they are."""
    away = "nama,tanggal mulai,alasan\nCici,20 Juli s.d. 20 Agustus 2026,cuti\nDewi,3 Agustus 2026,sakit\n"
    duty = "  - {id: duty, kind: duty_officers, count: 1, eligible: {ids: [B, C]}, days: {weekdays: [mon, tue, wed]}}\n"
    run = "  - {id: run, kind: consecutive, place: office, max: 2}\n"
    path = written(tmp_path, f"absences: {{file: away.csv}}\nrules:\n{duty}{run}", away=away)
    (tmp_path / "staff.csv").write_text("id,name,unit\nA,Adi,u\nB,Budi,u\nC,Cici,u\nD,Dewi,u\n", encoding="utf-8")
    _, files = check_written(path, "not away")
    assert files[1].read_text(encoding="utf-8").splitlines() == [
        "nama,tanggal_mulai,alasan,to",
        "Cici,2026-07-20,cuti,2026-08-02",
        "Cici,2026-08-06,cuti,2026-08-20",
        "Dewi,3 Agustus 2026,sakit,",
    ]


def test_an_instance_that_is_not_its_file(tmp_path: Path) -> None:
    """What was changed since it was read cannot be repaired in the file: a rule there may be another one."""
    path = written(tmp_path, f"rules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 1}}\n")
    changed = load_instance(path).with_rules({"id": "few", "kind": "office_cap", "max": 1}, without=["cap"])
    with pytest.raises(InputError, match="changed since it was read"):
        write_repaired(changed, explain(changed, ONE).repairs[0], tmp_path / "b.yaml")
    assert not (tmp_path / "b.yaml").exists()


CASES = {
    "leaders: left_out": "circulars:\n  - {name: umum, choose: {limit: 25%, per: whole, duty: 1, leaders_place: office}}\n",
    "max: 2": f"rules:\n{FORCED}  - id: cap\n    kind: office_cap\n    max: 1\n",
    "pin of C": f"pins: [{{staff_id: C, date: 2026-08-04, place: office}}]\nrules:\n{FORCED}  - {{id: cap, kind: office_cap, max: 2}}\n",
}
INDONESIAN = {"circulars:": "surat_edaran:", "choose:": "pilihan:", "rules:": "aturan:", "pins:": "perintah:"}


@pytest.mark.parametrize("part", CASES)
def test_a_workbook(part: str, tmp_path: Path) -> None:
    """A repaired workbook is a workbook in the same language, in which only the repair is otherwise."""
    convert(written(tmp_path, CASES[part]), tmp_path / "a.xlsx", "id")
    before = read_book(tmp_path / "a.xlsx")
    files = write_repaired(load_instance(tmp_path / "a.xlsx"), repair_with(tmp_path / "a.xlsx", part), tmp_path / "b.xlsx")
    after = read_book(files[0])
    assert solve(load_instance(files[0]), ONE).status is Status.OPTIMAL
    assert after.lang == "id"
    assert isinstance(before.data, dict) and isinstance(after.data, dict)
    changed = {key for key in before.data if before.data[key] != after.data.get(key)}
    assert changed <= {"circulars", "rules", "pins"} and len(changed) == 1


def test_a_workbook_keeps_columns_for_people(tmp_path: Path) -> None:
    """What a planner noted beside her people stands in the repaired workbook too."""
    convert(written(tmp_path, CASES["max: 2"]), tmp_path / "plain.xlsx", "id")
    data = read_book(tmp_path / "plain.xlsx").data
    assert isinstance(data, dict)
    rows = [{**row, "Catatan: KET": f"n{k}"} for k, row in enumerate(data["staff"])]
    (tmp_path / "a.xlsx").write_bytes(write_book({**data, "staff": rows}, "id"))
    [file] = write_repaired(load_instance(tmp_path / "a.xlsx"), repair_with(tmp_path / "a.xlsx", "max: 2"), tmp_path / "b.xlsx")
    assert [row["Catatan: KET"] for row in read_book(file).beside["staff"]] == ["n0", "n1", "n2", "n3"]


@pytest.mark.parametrize("part", CASES)
def test_keys_in_indonesian(part: str, tmp_path: Path) -> None:
    """A file with Indonesian keys keeps them."""
    text = CASES[part]
    for english, indonesian in INDONESIAN.items():
        text = text.replace(english, indonesian)
    changed, _ = check_written(written(tmp_path, text), part)
    assert [key for key in INDONESIAN if key in changed] == []
