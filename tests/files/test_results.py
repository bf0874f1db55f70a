"""Result files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from giliran.audit import audit
from giliran.domain.status import Status
from giliran.files.checks import CheckFile
from giliran.files.schedules import read_schedule
from giliran.files.schema import schema
from giliran.records.results import VARYING, ResultFile
from tests.plans import CROWDED, DUTY, GOOD, IDS, plan, result_of, small_instance


def test_result_file_says_everything() -> None:
    """Status, tiers, findings with place and sentences, assignments, fairness, seconds and versions are there."""
    instance = small_instance()
    data = json.loads(ResultFile.of(result_of(instance, plan(instance, CROWDED)), "id").text())
    assert data["schema"] == "giliran-result/1"
    assert (data["status"], data["stopped"], data["seed"], data["reproducible"]) == ("optimal", None, 20210712, True)
    assert data["tiers"][0] == {"name": "relaxations", "value": 0, "bound": 0, "conditional": False, "proven": True}
    broken = next(finding for finding in data["findings"] if finding["rule"] == "own/batas")
    # Three in the office on Wednesday, 50 % of four are two.
    assert (broken["kind"], broken["row"], broken["strength"], broken["amount"]) == ("office_cap", "L4", "must", 1)
    assert broken["where"] == {"unit": "u", "unit_name": "Bidang Satu", "days": ["2021-07-14"], "people": []}
    assert broken["sentence"] == broken["sentences"]["id"] != broken["sentences"]["en"]
    assert data["assignments"][0] == {"staff_id": IDS[0], "date": "2021-07-12", "place": "office", "duty": [DUTY]}
    assert data["seconds"] == {"compile": 0.125, "solve": 0.5}


def test_changes_against_the_published_plan() -> None:
    """Places and names that change stand in the result and in an audit; without a published plan there is nothing to compare."""
    rows = [
        {"staff_id": id_, "date": "2021-07-12", "place": place} for id_, place in zip(IDS, ("home", "home", "office", "home"), strict=True)
    ]
    instance = small_instance(published={"rows": rows})
    named = np.zeros(instance.facts.shape, dtype=bool)
    named[2, 0] = True
    instance = replace(instance, facts=replace(instance.facts, published_duty={DUTY: named}))
    schedule = plan(instance)
    data = json.loads(ResultFile.of(result_of(instance, schedule)).text())
    monday = {"date": "2021-07-12"}
    assert data["changes"] == {
        "places": [{"staff_id": IDS[0], **monday, "was": "home", "becomes": "office"}],
        "names": [
            {"rule": DUTY, "staff_id": IDS[2], **monday, "was": True, "becomes": False},
            {"rule": DUTY, "staff_id": IDS[0], **monday, "was": False, "becomes": True},
        ],
    }
    assert json.loads(CheckFile.of(instance, schedule, audit(instance, schedule)).text())["changes"] == data["changes"]
    changes = audit(instance, schedule).changes
    assert changes is not None and changes == result_of(instance, schedule).changes and len(changes) == 3
    first = small_instance()
    assert json.loads(ResultFile.of(result_of(first, plan(first))).text())["changes"] is None


@pytest.mark.parametrize("was", ["office", "home", "absent"])
def test_every_published_place_may_change(was: str) -> None:
    """Whatever the published plan says of somebody, one who was absent and is back among them, is told where it changes."""
    instance = small_instance(published={"rows": [{"staff_id": IDS[0], "date": "2021-07-12", "place": was}]})
    changes = json.loads(ResultFile.of(result_of(instance, plan(instance))).text())["changes"]
    assert changes["places"] == ([] if was == "office" else [{"staff_id": IDS[0], "date": "2021-07-12", "was": was, "becomes": "office"}])


def test_fairness_records() -> None:
    """Fairness names groups and people, in whole days and thousandths."""
    instance = small_instance()
    [account] = json.loads(ResultFile.of(result_of(instance, plan(instance))).text())["fairness"]
    [group] = account["groups"]
    # Counted days: 2, 2, 3 and 3 in the office.
    assert (group["unit"], group["members"], group["lowest"], group["highest"]) == ("u", 4, 2, 3)
    first = account["people"][0]
    assert first["staff_id"] == IDS[0] and first["burden"] == 2
    assert first["difference_thousandths"] == 2000 + first["balance_thousandths"] - first["fair_share_thousandths"]


def test_fairness_leaves_out_people_without_a_plan() -> None:
    """Whoever has no plan yet is not told to have come on no day."""
    instance = small_instance()
    result = result_of(instance, plan(instance, ("??????", *GOOD[1:])), Status.UNKNOWN)
    [account] = json.loads(ResultFile.of(result).text())["fairness"]
    assert [person["staff_id"] for person in account["people"]] == list(IDS[1:])
    assert account["groups"][0]["members"] == 3 and account["groups"][0]["lowest"] == 2


def test_varying_keys_stand_last() -> None:
    """Two runs that differ in time and threads alone differ in the last keys alone."""
    instance = small_instance()
    one = result_of(instance, plan(instance))
    two = replace(one, workers=1, seconds={"compile": 1.0, "solve": 9.0}, parts=tuple(replace(part, seconds=3.0) for part in one.parts))
    first, second = ResultFile.of(one).text(), ResultFile.of(two).text()
    cut = first.index(f'"{VARYING[0]}"')
    assert first[:cut] == second[:cut] and first != second
    assert tuple(json.loads(first))[-len(VARYING) :] == VARYING


def test_result_file_is_a_schedule(tmp_path: Path) -> None:
    """A result file can be checked again, with its duty officers and the cells that were not planned."""
    instance = small_instance()
    written = plan(instance, ("??????", *GOOD[1:]))
    path = tmp_path / "result.json"
    path.write_text(ResultFile.of(result_of(instance, written, Status.UNKNOWN)).text(), encoding="utf-8")
    found = read_schedule(path, instance)
    assert np.array_equal(found.place, written.place)
    assert found.unplanned is not None and written.unplanned is not None
    assert np.array_equal(found.unplanned, written.unplanned)
    assert np.array_equal(found.duty[DUTY][1:], written.duty[DUTY][1:])


def test_file_fits_its_schema() -> None:
    """What is written is valid against the JSON Schema of the model."""
    instance = small_instance()
    data = json.loads(ResultFile.of(result_of(instance, plan(instance, CROWDED))).text())
    jsonschema.validate(data, ResultFile.model_json_schema(by_alias=True))


def test_one_record_per_line() -> None:
    """Each assignment stands on a line of its own, so that two plans can be compared line by line."""
    instance = small_instance()
    lines = ResultFile.of(result_of(instance, plan(instance))).text().splitlines()
    assert sum('"place"' in line for line in lines) == 4 * 6


def test_check_file() -> None:
    """The file of an audit says whether the rules are kept, and fits its schema."""
    instance = small_instance()
    plans = [plan(instance, rows) for rows in (GOOD, CROWDED)]
    kept, broken = (json.loads(CheckFile.of(instance, schedule, audit(instance, schedule)).text()) for schedule in plans)
    for found in (kept, broken):
        jsonschema.validate(found, schema("check"))
    assert kept["kept"] is True and broken["kept"] is False
    assert set(kept["tiers"]) == {"relaxations", "office_target", "fair_share"}
