"""Plans as rows of CSV and JSON, against rows made one by one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import numpy as np
import pytest

from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.records.assignments import json_texts, schedule_csv, schedule_json
from giliran.records.results import AssignmentRecord

IDS = ["P-1", 'quoted "two"', "with, comma", "José", "0005"]
DUTIES = ("own/piket", "own/jaga")


def instance_of(*duties: str) -> Instance:
    """Five people with awkward ids in one unit, Monday to Wednesday, with some duty rules."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-14"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": id_, "unit": "u"} for id_ in IDS],
        rules=[{"id": duty.removeprefix("own/"), "kind": "duty_officers", "count": 1, "per": "bidang"} for duty in duties],
    )


def schedules(facts: Facts) -> Iterator[Schedule]:
    """Random plans: with and without names for duty, with and without teams, some cells not planned."""
    dice = np.random.default_rng(7)
    for _ in range(6):
        place = dice.integers(Place.NONE, Place.ABSENT, size=facts.shape, endpoint=True).astype(np.int8)
        duty = {rule: dice.random(facts.shape) < 0.5 for rule in DUTIES}
        team = {rule: dice.choice([NO_TEAM, 1, 2], size=facts.num_people).astype(np.int16) for rule in ("own/b", "own/a")}
        yield from (Schedule(place, d, t) for d in ({}, duty) for t in ({}, team))


def expected(facts: Facts, schedule: Schedule) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Person, date, place, duties and teams of every planned cell."""
    for e, id_ in enumerate(facts.staff.ids):
        for d, day in enumerate(facts.dates):
            if schedule.place[e, d] != Place.NONE:
                duty = [rule for rule in sorted(schedule.duty) if schedule.duty[rule][e, d]]
                team = [f"{rule}={schedule.team[rule][e]}" for rule in sorted(schedule.team) if schedule.team[rule][e] >= 0]
                yield id_, day.isoformat(), Place(int(schedule.place[e, d])).word, duty, team


@pytest.mark.parametrize("duties", [(), DUTIES])
def test_csv_rows(duties: tuple[str, ...]) -> None:
    """Every planned cell is a row that the csv module reads back, ids with commas and quotes among them."""
    instance = instance_of(*duties)
    for schedule in schedules(instance.facts):
        with_duty = bool(schedule.duty) or not duties
        header = ["staff_id", "date", "place", *["duty"] * with_duty, *["team"] * bool(schedule.team)]
        rows = [
            [*row[:3], *[";".join(row[3])] * with_duty, *[";".join(row[4])] * bool(schedule.team)]
            for row in expected(instance.facts, schedule)
        ]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
        assert schedule_csv(instance.view, schedule) == out.getvalue()


def test_json_rows() -> None:
    """Every planned cell is a line that is a valid record, written as the json module writes it."""
    facts = instance_of().facts
    for schedule in schedules(facts):
        lines = "".join(schedule_json(facts, schedule)).splitlines()
        rows = list(expected(facts, schedule))
        assert len(lines) == len(rows)
        for line, (id_, date, place, duty, team) in zip(lines, rows, strict=True):
            record = {"staff_id": id_, "date": date, "place": place}
            record |= {"duty": duty} if schedule.duty else {}
            record |= {"team": team} if schedule.team else {}
            assert line == json.dumps(record, ensure_ascii=False)
            AssignmentRecord.model_validate_json(line)


def test_an_empty_plan_has_no_rows() -> None:
    """Where nothing is planned only the header is left."""
    instance = instance_of()
    nothing = Schedule(np.zeros(instance.facts.shape, dtype=np.int8))
    assert schedule_csv(instance.view, nothing) == "staff_id,date,place,duty\n"
    assert list(schedule_json(instance.facts, nothing)) == []


def test_json_texts() -> None:
    """Line breaks, quotes and characters beyond ASCII are written as the json module writes them."""
    texts = ["a", 'b"c', "d\ne", "é\u2028", "\\n", ""]
    assert json_texts(texts) == [json.dumps(text, ensure_ascii=False) for text in texts]
    assert json_texts([]) == []
