"""What must not matter does not, and what must add up does: shipped instances solved twice in different clothes."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from giliran.domain.status import Status
from giliran.files.loading import load_instance
from giliran.generating import Family, GenerateOptions, generate_to
from giliran.instance import Instance
from giliran.records.assignments import schedule_csv
from giliran.records.results import VARYING, ResultFile
from giliran.result import Result
from giliran.solving import SolveOptions, solve
from giliran.text import read_document

INSTANCES = Path(__file__).parent.parent / "instances"
DEPARTMENT = INSTANCES / "departments" / "dept-400"
SEARCHED = "generated, with runs, skills and switches"
"""Parts of this one are no flows, so that ties are settled by a search."""

NAMES = ("departments/dept-400", "situations/dinkes-four-families", "situations/jakarta-2023", "circulars/umum", SEARCHED)
Sections = dict[str, Any]


def sections_of(folder: Path) -> Sections:
    """An instance as plain data, tables included."""
    data = copy.deepcopy(read_document(folder / "instance.yaml").data)
    for key, value in data.items():
        if isinstance(value, dict) and set(value) == {"file"}:
            with (folder / value["file"]).open(encoding="utf-8", newline="") as file:
                data[key] = [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(file)]
    return data


def solved(sections: Sections, workers: int = 1) -> Result:
    """The proven best plan."""
    result = solve(Instance.build(sections), SolveOptions(workers=workers))
    assert result.status is Status.OPTIMAL
    return result


def values(result: Result) -> dict[str, int | None]:
    """The value of every tier."""
    return {tier.name: tier.value for tier in result.tiers}


def rows(result: Result) -> set[str]:
    """The plan as CSV, without the order of its rows."""
    return set(schedule_csv(result.instance.view, result.schedule).splitlines())


def shuffled(items: list[Any]) -> list[Any]:
    """The same items in another order, every time the same one."""
    return random.Random(20210712).sample(items, len(items))


def everywhere(node: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """A copy in which every text is what `change` makes of it and of the key that it stands under."""
    if isinstance(node, dict):
        return {name: everywhere(value, change, str(name)) for name, value in node.items()}
    if isinstance(node, list):
        return [everywhere(item, change, key) for item in node]
    return change(key, node) if isinstance(node, str) else node


@dataclass(frozen=True)
class Original:
    """An instance on disk, as plain data, and solved."""

    folder: Path
    sections: Sections
    result: Result


@pytest.fixture(scope="module", params=NAMES)
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Original:
    """An instance and its solution."""
    folder = INSTANCES / request.param
    if request.param == SEARCHED:
        folder = tmp_path_factory.mktemp("generated")
        generate_to(GenerateOptions(40, seed=3, families=frozenset(Family) - {Family.AGENCY}), folder / "instance.yaml")
    sections = sections_of(folder)
    return Original(folder, sections, solved(sections))


def test_order_of_rows(original: Original) -> None:
    """Everybody has the same days whatever the order of people, absences, wishes, rules and goals."""
    sections, result = original.sections, original.result
    tables = {
        key: shuffled(rows) for key, rows in sections.items() if isinstance(rows, list) and key not in ("units", "circulars", "tiers")
    }
    again = solved({**sections, **tables})
    assert rows(again) == rows(result)
    assert values(again) == values(result)


def test_order_and_names_of_units(original: Original) -> None:
    """Units in another order and with other ids and names leave every tier as it is."""
    sections, result = original.sections, original.result
    ids = {row["id"]: f"x{k}" for k, row in enumerate(shuffled(sections["units"]))}
    keys = {"id", "parent", "unit", "units", "name", "also"}
    renamed = everywhere(sections, lambda key, text: ids.get(text, text) if key in keys else text)
    again = solved({**renamed, "units": shuffled(renamed["units"])})
    assert values(again) == values(result)


def test_ids_of_people(original: Original) -> None:
    """Other ids draw other lots, but every tier stays as it is."""
    sections, result = original.sections, original.result
    ids = {row["id"]: f"{k:018d}" for k, row in enumerate(shuffled(sections["staff"]))}
    again = solved(everywhere(sections, lambda key, text: ids.get(text, text)))
    assert values(again) == values(result)


def test_workers(original: Original) -> None:
    """One or two workers, and a second run, give the same bytes of CSV, and of JSON up to times and workers."""
    sections, result = original.sections, original.result
    again = solved(sections, workers=2)
    assert schedule_csv(again.instance.view, again.schedule) == schedule_csv(result.instance.view, result.schedule)

    def fixed(one: Result) -> str:
        found = json.loads(ResultFile.of(one, "en").text())
        return json.dumps({key: value for key, value in found.items() if key not in VARYING})

    assert result.reproducible and again.reproducible
    assert fixed(again) == fixed(result)


def test_rule_that_nobody_can_break(original: Original) -> None:
    """A limit above the number of people changes no tier."""
    sections, result = original.sections, original.result
    slack = {"id": "slack", "kind": "office_cap", "max": len(sections["staff"]) + 1}
    assert values(solved({**sections, "rules": [*sections.get("rules", ()), slack]})) == values(result)


def test_four_weeks_later(original: Original) -> None:
    """A plan does not depend on the date where calendars have no holidays and circulars no end."""
    calendars = {name: {**calendar, "holidays": "none"} for name, calendar in original.sections["calendars"].items()}
    sections = {**original.sections, "calendars": calendars}

    def later(key: str, text: str) -> str:
        try:
            return (dt.date.fromisoformat(text) + dt.timedelta(weeks=4)).isoformat()
        except ValueError:
            return text

    assert values(solved(everywhere(sections, later))) == values(solved(sections))


def test_somebody_who_is_away_throughout() -> None:
    """Somebody on leave all the time may be left out, where a limit counts those present."""
    sections = sections_of(DEPARTMENT)
    rules = [{**rule, "of": "present"} if rule["kind"] == "office_cap" else rule for rule in sections["rules"]]
    absent = next(row["id"] for row in sections["staff"] if row.get("rank") == "pelaksana")
    leave = {"staff_id": absent, "from": sections["horizon"]["start"], "to": sections["horizon"]["end"], "reason": "cuti"}
    tables = {"absences": "staff_id", "wishes": "staff_id", "staff": "id"}
    without = {table: [row for row in sections[table] if row[key] != absent] for table, key in tables.items()}
    away = {**sections, "rules": rules, "absences": [*without["absences"], leave], "wishes": without["wishes"]}
    assert values(solved(away)) == values(solved({**sections, "rules": rules, **without}))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unrelated_unit(original: Original, workers: int) -> None:
    """A unit more, with people of its own whom the lottery draws among all, changes no place and no duty of anybody else."""
    sections, result = original.sections, original.result
    top = next(row for row in sections["units"] if not row.get("parent"))
    unit = {**{key: value for key, value in top.items() if key not in ("name", "tags")}, "id": "unit-lain"}
    staff = [{"id": f"{id_}-lain", "name": f"Orang {k}", "unit": "unit-lain"} for k, id_ in enumerate(["A", "N", "Z", "P-00005", "p", "1"])]
    more = {**sections, "units": [*sections["units"], unit], "staff": [staff[0], *sections["staff"], *staff[1:]]}
    assert rows(result) <= rows(solved(more, workers))


def test_two_copies() -> None:
    """Two independent copies of an agency cost twice as much in every tier."""
    sections = sections_of(DEPARTMENT)
    ids = {row["id"] for table in ("units", "staff") for row in sections[table]}
    copy_ = everywhere(sections, lambda key, text: f"copy-{text}" if text in ids else text)
    both = {table: [*sections[table], *copy_[table]] for table in ("units", "staff", "absences", "wishes")}
    once, twice = values(solved(sections)), values(solved({**sections, **both}))
    assert twice == {name: 2 * (value or 0) for name, value in once.items()}


def test_files_and_code_are_one(original: Original) -> None:
    """An instance built from plain data is solved as the one that is loaded from its files."""
    result = solve(load_instance(original.folder / "instance.yaml"), SolveOptions(workers=1))
    assert rows(result) == rows(original.result)
