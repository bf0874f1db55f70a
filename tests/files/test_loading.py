"""Loading instance files: what is read, and what is said about mistakes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from giliran.domain.place import Place
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.instance import Instance

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text(encoding="utf-8"))


def write(folder: Path, sections: dict[str, str], tables: dict[str, str | bytes] | None = None) -> Path:
    """The good file of the cases with some lines replaced or added, and tables beside it."""
    path = folder / "instance.yaml"
    lines = {**CASES["good"], **sections}
    path.write_text("".join(f"{line}\n" for line in lines.values() if line), encoding="utf-8")
    for name, content in (tables or {}).items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(folder: Path, sections: dict[str, str] | None = None, tables: dict[str, str | bytes] | None = None) -> Instance:
    """That file, loaded."""
    return load_instance(write(folder, sections or {}, tables))


def problems(path: Path) -> list[tuple[str, str, str]]:
    """Place, sentence and advice of everything wrong with a file, in English."""
    with pytest.raises(InputError) as caught:
        load_instance(path)
    assert caught.value.text("id"), "every problem can be said in Indonesian"
    return [(str(p.where), p.said.text("en"), p.advice.text("en") if p.advice else "") for p in caught.value.problems]


def test_good_file(tmp_path: Path) -> None:
    """The file in which the mistakes are made has none."""
    assert load(tmp_path).facts.shape == (3, 5)


@pytest.mark.parametrize("case", CASES["mistakes"], ids=lambda case: case["name"])
def test_mistake(tmp_path: Path, case: dict[str, Any]) -> None:
    """A mistake gets one clear message with its place."""
    found = problems(write(tmp_path, case["file"], case.get("tables")))
    assert len(found) == 1, found
    where, said, advice = found[0]
    assert case["said"] in said
    assert case.get("place", "") in where
    assert case.get("advice", "") in f"{said} {advice}"


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Mistakes in different sections and tables are told together, in the order of reading."""
    sections = {
        "title": "titel: Week 28",
        "staff": "staff: {file: staff.csv}",
        "absences": "absences: [{staff_id: P9, from: 2021-07-12}]",
        "rules": "rules: [{id: cap, kind: office_cap, share: 25}]",
    }
    found = problems(write(tmp_path, sections, {"staff.csv": "id,unit\nP1,a\nP1,a\nP2,c\n"}))
    assert [said.split(";")[0] for _, said, _ in found] == [
        "unknown key titel",
        "the id 'P1' stands twice, first on line 2",
        "there is no unit 'c'",
        "nobody has the id 'P9'",
        "'25' has no percent sign",
    ]


def test_many_duplicates(tmp_path: Path) -> None:
    """A column of one id is told twenty times, then counted."""
    found = problems(write(tmp_path, {"staff": "staff: {file: staff.csv}"}, {"staff.csv": "id,unit\n" + "P1,a\n" * 1000}))
    assert len(found) == 21 and found[-1][1] == "and 979 more ids that stand twice"


def test_wishes_of_nobody(tmp_path: Path) -> None:
    """A wish where the staff table is empty is one problem more, not a fault of ours."""
    sections = {"staff": "staff: {file: staff.csv}", "wishes": "wishes: [{staff_id: P1, date: 2021-07-12, place: home}]"}
    found = problems(write(tmp_path, sections, {"staff.csv": "id,unit\n"}))
    assert [said for _, said, _ in found] == ["there is nobody in the staff table", "nobody has the id 'P1'"]


def test_many_alike(tmp_path: Path) -> None:
    """Hundreds of rows with the same mistake are told twenty times, then counted."""
    rows = "".join(f"P{k},x\n" for k in range(500))
    found = problems(write(tmp_path, {"staff": "staff: {file: staff.csv}"}, {"staff.csv": "id,unit\n" + rows}))
    assert len(found) == 21
    assert "480" in found[-1][1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_staff_as_excel_saves_it(tmp_path: Path, encoding: str, separator: str) -> None:
    """Encodings and separators do not matter, nor do Indonesian column names, a column of numbers, and spaces in a NIP."""
    rows = [["No", "NIP", "Nama", "Unit", "Jabatan"], ["1", "19800101 200501 1 001", "Zoë", "a/b", "Analis"]]
    table = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    sections = {"staff": "staff: {file: staff.csv}", "rules": "rules: []"}
    staff = load(tmp_path, sections, {"staff.csv": table.encode(encoding)}).facts.staff
    assert (staff.ids, staff.names, staff.positions) == (("198001012005011001",), ("Zoë",), ("Analis",))


def test_ids_are_text(tmp_path: Path) -> None:
    """Ids of eighteen digits keep their zeros, in YAML and in CSV."""
    sections = {
        "staff": "staff: {file: staff.csv}",
        "absences": "absences: [{staff_id: 000000000000000142, from: 2021-07-12, reason: cuti}]",
    }
    facts = load(tmp_path, sections, {"staff.csv": "id,unit\n000000000000000142,a\n198001012005011001,a\n"}).facts
    assert facts.staff.ids == ("000000000000000142", "198001012005011001")
    assert facts.absent.sum(axis=1).tolist() == [1, 0]


@pytest.mark.parametrize("text", ["2021-07-13", "13/07/2021", "13-7-2021", "13 Juli 2021", "Selasa, 13 Juli 2021", "13 July 2021"])
def test_dates_as_people_write_them(tmp_path: Path, text: str) -> None:
    """Dates are read with the day before the month, and with Indonesian or English months."""
    table = f'staff_id,from,to,reason\nP1,"{text}",,cuti\n'
    facts = load(tmp_path, {"absences": "absences: {file: absences.csv}"}, {"absences.csv": table}).facts
    assert facts.absent[0].tolist() == [False, True, False, False, False]


def test_yaml_words_stay_words(tmp_path: Path) -> None:
    """`no`, `on`, `010` and `13:30` in a file are what was typed."""
    sections = {
        "staff": "staff: [{id: 010, unit: a, tags: [on], team: 13:30}, {id: no, unit: a, home_only: no}]",
        "rules": "rules: [{id: cap, kind: office_cap, max: 1, applies_to: {ids: [010, no]}}]",
    }
    facts = load(tmp_path, sections).facts
    assert facts.staff.ids == ("010", "no")
    assert facts.postings.team.words == ("13:30",)
    assert facts.postings.tags[0] == frozenset({"on"})
    assert not facts.home_only.any()


def test_json(tmp_path: Path) -> None:
    """The same content in JSON gives the same instance, and problems name its lines."""
    path = tmp_path / "instance.json"
    data = {key: yaml.load(line, yaml.BaseLoader)[key] for key, line in CASES["good"].items()}
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    assert load_instance(path).facts.shape == (3, 5)
    path.write_text(json.dumps({**data, "rulse": []}, indent=1), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert problems(path)[0][0].endswith(f":{1 + next(k for k, line in enumerate(lines) if 'rulse' in line)}: rulse")


@pytest.mark.parametrize(
    ("text", "said"), [("", "empty"), ("- 1\n", "keys with values"), ("a: [\n", "line 1"), ("a: 1\n---\nb: 2\n", "second")]
)
def test_no_instance(tmp_path: Path, text: str, said: str) -> None:
    """Empty, broken and other documents are refused in one message."""
    path = tmp_path / "instance.yaml"
    path.write_text(text, encoding="utf-8")
    [(_, sentence, _)] = problems(path)
    assert said in sentence


def test_too_large(tmp_path: Path) -> None:
    """50 MB of nested YAML are refused at once, with the advice to put tables into CSV files."""
    path = tmp_path / "instance.yaml"
    path.write_text("[" * 50_000_000, encoding="utf-8")
    [(_, said, advice)] = problems(path)
    assert "larger than 20 MB" in said
    assert "CSV" in advice


def test_missing_file(tmp_path: Path) -> None:
    """A name that does not exist is told with the nearest one that does."""
    write(tmp_path, {})
    [(where, said, advice)] = problems(tmp_path / "instanse.yaml")
    assert where.endswith("instanse.yaml")
    assert "no such file" in said
    assert "instance.yaml" in advice


def test_folder(tmp_path: Path) -> None:
    """A folder stands for the instance file in it."""
    write(tmp_path, {})
    assert load_instance(tmp_path).source == tmp_path / "instance.yaml"


def test_published_plan(tmp_path: Path) -> None:
    """A published plan fills cells of the horizon, the days before it, and what is frozen."""
    plan = "staff_id,date,place\nP1,9/7/2021,WFO\nP1,12/7/2021,WFH\nP1,13/7/2021,kantor\nP9,12/7/2021,WFO\n"
    instance = load(tmp_path, {"published": "published: {file: plan.csv, frozen_to: 2021-07-12}"}, {"plan.csv": plan})
    facts = instance.facts
    assert facts.past_dates == tuple(dt.date(2021, 7, day) for day in (9, 10, 11))
    assert facts.past[0].tolist() == [Place.OFFICE, 0, 0]
    assert facts.published[0].tolist() == [Place.HOME, Place.OFFICE, 0, 0, 0]
    assert facts.frozen[0].tolist() == [True, False, False, False, False]
    assert any("not in the staff table" in note.said.text() for note in instance.notes)


def test_published_result(tmp_path: Path) -> None:
    """A published plan may be the JSON result of an earlier run, or a list of rows."""
    rows = [{"staff_id": "P1", "date": "2021-07-12", "place": "office", "duty": ["own/a", "own/b"]}]
    for data in (rows, {"status": "optimal", "assignments": rows}):
        facts = load(tmp_path, {"published": "published: {file: plan.json}"}, {"plan.json": json.dumps(data)}).facts
        assert facts.published[0].tolist() == [Place.OFFICE, 0, 0, 0, 0]


def test_published_result_without_rows(tmp_path: Path) -> None:
    """A JSON file without a plan in it is refused."""
    [(where, said, _)] = problems(write(tmp_path, {"published": "published: {file: plan.json}"}, {"plan.json": '{"status": "x"}'}))
    assert "plan.json" in where
    assert "assignments" in said


def test_meeting_on_a_day_to_be_chosen(tmp_path: Path) -> None:
    """A meeting with several possible days keeps them; one that repeats from a given date is held on all of its days."""
    open_ = "{id: m, choose_from: [2021-07-12, 2021-07-13], required: [P1]}"
    weekly = "{id: n, date: 2021-07-06, repeat: week, required: [P1]}"
    facts = load(tmp_path, {"meetings": f"meetings: [{open_}, {weekly}]"}).facts
    assert [len(meeting.dates) for meeting in facts.meetings] == [2, 1]
    assert [meeting.given for meeting in facts.meetings] == [False, True]
    assert facts.meetings[1].dates == (dt.date(2021, 7, 13),)


def test_circular_problem_names_the_instance(tmp_path: Path) -> None:
    """A circular file beside the instance is read, and its mistakes name that file."""
    (tmp_path / "letter.yaml").write_text("schema: giliran-circular/1\nname: x\n", encoding="utf-8")
    found = problems(write(tmp_path, {"circulars": "circulars: [{file: letter.yaml}]"}))
    assert all("letter.yaml" in where for where, _, _ in found)


def test_published_teams(tmp_path: Path) -> None:
    """Teams that a published plan gives are kept, those of the latest day where they changed."""
    plan = "staff_id,date,place,team\nP1,9/7/2021,WFO,own/a=1;own/b=2\nP1,12/7/2021,WFH,own/a=2\nP2,9/7/2021,WFH,\n"
    facts = load(tmp_path, {"published": "published: {file: plan.csv}"}, {"plan.csv": plan}).facts
    assert {rule: team.tolist()[:2] for rule, team in facts.published_team.items()} == {"own/a": [2, -1], "own/b": [2, -1]}


def test_published_teams_that_cannot_be_read(tmp_path: Path) -> None:
    """A team without its rule is refused with its row and column."""
    plan = "staff_id,date,place,team\nP1,9/7/2021,WFO,merah\n"
    [(where, said, _)] = problems(write(tmp_path, {"published": "published: {file: plan.csv}"}, {"plan.csv": plan}))
    assert "plan.csv:2" in where
    assert "'merah' is not a rule and the number of a team" in said


def test_an_empty_name_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that is empty does not mean the instance of the folder at hand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instance.yaml").write_text("schema: giliran/1\n", encoding="utf-8")
    with pytest.raises(InputError, match="path: found the text ''; expected the path of a file"):
        load_instance("")
