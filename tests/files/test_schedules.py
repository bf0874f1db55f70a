"""Schedules read from files made anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from giliran.audit import audit
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.errors import InputError
from giliran.files.opening import open_rows
from giliran.files.schedules import read_schedule
from giliran.instance.schedule_columns import MAX_PROBLEMS
from giliran.records.assignments import schedule_csv
from tests.plans import DUTY, GOOD, IDS, plan, small_instance

HEAD = "staff_id,date,place,duty\n"


def write(folder: Path, text: str, name: str = "plan.csv") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, name: str = "plan.csv") -> Schedule:
    """The schedule of a text, for the small instance."""
    return read_schedule(write(folder, text, name), small_instance())


def refused(folder: Path, text: str, name: str = "plan.csv") -> str:
    """What is said about a text that cannot be read."""
    with pytest.raises(InputError) as caught:
        read(folder, text, name)
    assert caught.value.text("id") != caught.value.text("en")
    return caught.value.text()


def test_csv_round_trip(tmp_path: Path) -> None:
    """A schedule that is written and read again is the same, duty officers and ids with zeros included."""
    instance = small_instance()
    written = plan(instance)
    text = schedule_csv(instance.view, written)
    found = read_schedule(write(tmp_path, text), instance)
    assert np.array_equal(found.place, written.place)
    assert np.array_equal(found.duty[DUTY], written.duty[DUTY])
    assert text.splitlines()[1] == f"{IDS[0]},2021-07-12,office,{DUTY}"


def test_csv_order_and_words(tmp_path: Path) -> None:
    """People stand in the order of the staff table, then by date; leave is `absent`, an idle call day `off`."""
    instance = small_instance()
    rows = [line.split(",") for line in schedule_csv(instance.view, plan(instance)).splitlines()[1:]]
    assert [row[0] for row in rows[::6]] == list(IDS)
    assert [row[2] for row in rows[6:12]] == ["home", "absent", "office", "office", "home", "off"]


def test_unplanned_cells_are_left_out_of_csv() -> None:
    """Cells of a part without a plan have no row."""
    instance = small_instance()
    text = schedule_csv(instance.view, plan(instance, ("??????", *GOOD[1:])))
    assert IDS[0] not in text and IDS[1] in text


def test_no_duty_column_is_not_named(tmp_path: Path) -> None:
    """Without a column `duty` nobody counts as named, and the audit does not complain."""
    instance = small_instance()
    schedule = Schedule(plan(instance).place)
    path = write(tmp_path, schedule_csv(instance.view, schedule))
    assert "duty" not in path.read_text(encoding="utf-8").splitlines()[0]
    found = read_schedule(path, instance)
    assert found.duty == {}
    assert not audit(instance, found).broken


def test_empty_duty_column_names_nobody(tmp_path: Path) -> None:
    """An empty column `duty` says that nobody is named."""
    found = read(tmp_path, f"{HEAD}{IDS[0]},2021-07-12,office,\n")
    assert not found.duty[DUTY].any()


def test_planners_words(tmp_path: Path) -> None:
    """Semicolons, day-first dates, Indonesian months, words for places and a NIP with spaces are read."""
    text = (
        "ID Pegawai;Tanggal;Tempat;Nama\n"
        "000000000000000142;12/07/2021;WFO;A\n"
        "19800101 200501 1 001;13 Juli 2021;cuti;B\n"
        f"{IDS[2]};Rabu, 14 Juli 2021;di rumah;C\n"
        f"{IDS[3]};17-07-2021;libur;D\n"
    )
    place = read(tmp_path, text).place
    found = [place[0, 0], place[1, 1], place[2, 2], place[3, 5]]
    assert found == [Place.OFFICE, Place.ABSENT, Place.HOME, Place.OFF]


def test_missing_rows_have_no_place(tmp_path: Path) -> None:
    """A present cell without a row has no place, which the audit reports."""
    instance = small_instance()
    lines = schedule_csv(instance.view, plan(instance)).splitlines(keepends=True)
    found = read_schedule(write(tmp_path, "".join(lines[:1] + lines[2:])), instance)
    assert found.place[0, 0] == Place.NONE
    assert [finding.days for finding in audit(instance, found).broken if finding.rule == "facts/absences"] == [(0,)]


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Every problem of a file is told with its line, in the order of the file."""
    said = refused(
        tmp_path,
        f"{HEAD}{IDS[0]},2021-07-12,ofice,\n"
        "198001012005011009,2021-07-12,home,\n"
        f"{IDS[1]},2021-08-12,home,\n"
        f"{IDS[2]},2021-07-12,home,own/pikett\n",
    )
    lines = [line for line in said.splitlines() if not line.startswith("  ")]
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4", "5"]
    assert "'ofice'" in said and "Did you mean office?" in said
    assert "no staff id '198001012005011009'" in said and "Did you mean 19800101200501100" in said
    assert "Thursday 12 August 2021 is outside the horizon" in said
    assert "'own/pikett' is not a duty rule" in said and "Did you mean own/piket?" in said


def test_disagreeing_rows(tmp_path: Path) -> None:
    """Two rows about one person and day that say different things are refused with both lines."""
    said = refused(tmp_path, f"{HEAD}{IDS[0]},2021-07-12,office,\n{IDS[1]},2021-07-12,home,\n{IDS[0]},12/07/2021,home,\n")
    assert "plan.csv:4: Pegawai 0 on Monday 12 July 2021" in said
    assert "plan.csv:2)" in said


def test_repeated_rows_that_agree(tmp_path: Path) -> None:
    """Two rows that say the same in other words are read once."""
    found = read(tmp_path, f"{HEAD}{IDS[0]},2021-07-12,office,\n{IDS[0]},12/07/2021,WFO,\n")
    assert found.place[0, 0] == Place.OFFICE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("staff_id,date\n1,2021-07-12\n", "the column 'place' is missing"),
        ("staff_id,date,place,dutty\n1,2021-07-12,home,\n", "unknown column 'dutty'"),
        (f"{HEAD}1.98E+17,2021-07-12,home,\n", "a spreadsheet turned a number into this"),
        ("", "the file is empty"),
    ],
)
def test_unreadable_csv(tmp_path: Path, text: str, said: str) -> None:
    """Columns and ids that cannot be read are named."""
    assert said in refused(tmp_path, text)


@pytest.mark.parametrize("ending", ["plan.csv", "plan.json"])
def test_unseen_signs_in_ids(tmp_path: Path, ending: str) -> None:
    """An id with a sign that nobody sees is one problem, which names the sign and the id that it looks like."""
    id_ = f"{IDS[0]}\u202c"
    row = {"staff_id": id_, "date": "2021-07-12", "place": "home"}
    said = refused(tmp_path, json.dumps([row]) if ending == "plan.json" else HEAD + f"{id_},2021-07-12,home,\n" * 3, ending)
    assert said.count("U+202C POP DIRECTIONAL FORMATTING") == 1
    assert f"'{IDS[0]}'" in said


def test_long_lists_of_problems_are_cut(tmp_path: Path) -> None:
    """Of very many problems the first ones are told, and how many more there are."""
    others = "".join(f"X{k},2021-07-12,home,\n" for k in range(MAX_PROBLEMS + 7))
    said = refused(tmp_path, f"{HEAD}{IDS[0]},2021-07-12,home,\n{others}")
    assert "and 7 more problems" in said


def test_a_plan_for_other_people_or_days(tmp_path: Path) -> None:
    """A whole file that belongs to another instance is told in one sentence, not row by row."""
    rows = [f"{id_},2021-07-{day},home,\n" for id_ in IDS for day in (12, 13)]
    later = refused(tmp_path, HEAD + "".join(rows).replace("2021-07", "2021-08"))
    assert later.splitlines() == [
        f"{tmp_path / 'plan.csv'}: this plan is about Thursday 12 August 2021 to Friday 13 August 2021, the instance about "
        "Monday 12 July 2021 to Saturday 17 July 2021: they have no day in common",
        "  Give a plan and an instance that belong together.",
    ]
    assert "nobody in this plan (people 2) is in the instance" in refused(tmp_path, f"{HEAD}X,2021-07-12,home,\nY,2021-07-13,huis,\n")


def test_one_strange_row_is_told_alone(tmp_path: Path) -> None:
    """Where the rest fits, a date or an id that does not is told by its row."""
    said = refused(tmp_path, f"{HEAD}{IDS[0]},2021-07-12,home,\n{IDS[0]},2021-08-12,home,\n{IDS[0]}9,2021-07-13,home,\n")
    assert "plan.csv:3: date: Thursday 12 August 2021 is outside the horizon" in said
    assert f"plan.csv:4: staff_id: there is no staff id '{IDS[0]}9' in the instance\n  Did you mean {IDS[0]}?" in said


def test_json_list(tmp_path: Path) -> None:
    """A plain list of rows is read, duty as a list of rule ids."""
    found = read(tmp_path, json.dumps([{"staff_id": IDS[0], "date": "2021-07-12", "place": "office", "duty": [DUTY]}]), "plan.json")
    assert found.place[0, 0] == Place.OFFICE and found.duty[DUTY][0, 0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"plan": []}, "no schedule here"),
        ([1, 2], "no schedule here"),
        ([{"staff_id": IDS[0], "date": "2021-07-12", "place": "ofice"}], "plan.json:1: [0].place: 'ofice'"),
        ({"assignments": [{"staff_id": "X", "date": "2021-07-12", "place": "office"}]}, "assignments[0].staff_id"),
    ],
)
def test_unreadable_json(tmp_path: Path, data: object, said: str) -> None:
    """What is no schedule is refused, and a bad row is named by its place."""
    assert said in refused(tmp_path, json.dumps(data), "plan.json")


@pytest.mark.parametrize("tiers", ["x", [1], [{"name": "a", "value": 0.5}], [{"name": 1, "value": 1}], [{"value": True, "name": "a"}]])
def test_unreadable_tiers(tmp_path: Path, tiers: object) -> None:
    """A result whose tiers are none is bad input, told with its place."""
    assert "as `value`" in refused(tmp_path, json.dumps({"assignments": [], "tiers": tiers}), "plan.json")


@pytest.mark.parametrize(("name", "said"), [("plan", "the name has no ending; .csv, .json was expected"), (".", "this is a folder")])
def test_no_ending(name: str, said: str, tmp_path: Path) -> None:
    """A folder is called one, and a name without an ending is not said to end in ''."""
    with pytest.raises(InputError, match=re.escape(said)):
        open_rows(tmp_path / name)


def test_unknown_ending(tmp_path: Path) -> None:
    """Only .csv and .json are schedules."""
    assert "ends in .csv, .json or .xlsx" in refused(tmp_path, "x", "plan.txt")


def test_teams_round_trip(tmp_path: Path) -> None:
    """Chosen teams are written as `rule=number` and read again."""
    instance = small_instance()
    team = np.array([1, 2, 1, -1], dtype=np.int16)
    schedule = Schedule(plan(instance).place, team={"own/batas": team})
    found = read_schedule(write(tmp_path, schedule_csv(instance.view, schedule)), instance)
    assert found.team["own/batas"].tolist() == [1, 2, 1, -1]


def test_teams_count_from_one(tmp_path: Path) -> None:
    """Team 0, a team without a rule, and a team without a number are refused."""
    for team in ("own/batas=0", "2", "own/batas=", "own/batas=99999"):
        assert "is not a rule and the number of a team" in refused(
            tmp_path, f"staff_id,date,place,team\n{IDS[0]},2021-07-12,office,{team}\n"
        )
