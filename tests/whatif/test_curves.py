"""Curves: every point is the plan of an instance that was written so, and files say what the curve says."""

from __future__ import annotations

import csv
import json
import threading
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.files.price_writing import curve_csv, write_curve
from giliran.files.schema import schema
from giliran.instance import Instance
from giliran.messages import LANGUAGES, Lang, Percent
from giliran.solving import SolveOptions, solve
from giliran.whatif.curve_text import report_curve
from giliran.whatif.curves import amounts_between, curve
from giliran.whatif.dials import parse_amount
from giliran.whatif.measures import measured
from tests.whatif.test_pricing import ALONE, QUICK, SMALL, small


def with_fields(id_: str, **fields: Any) -> Instance:
    """The small instance with fields of one rule written otherwise, None for fields that are not there."""
    rules = []
    for rule in SMALL["rules"]:
        found = {**rule, **fields} if rule["id"] == id_ else rule
        rules.append({key: value for key, value in found.items() if value is not None})
    return small(rules=rules)


@pytest.mark.parametrize(
    ("of", "amounts", "written"),
    [
        ("own/cap", ["25%", "50%", "75%", "100%"], lambda amount: with_fields("cap", share=amount)),
        ("cap", [1, 2, 3], lambda amount: with_fields("cap", share=None, max=amount)),
        ("floor", [1, 3, 7], lambda amount: with_fields("floor", min=amount)),
        ("home", ["0%", "50%"], lambda amount: with_fields("home", share=amount)),
        ("duty", [1, 2, 3], lambda amount: with_fields("duty", count=amount)),
        ("days.most", [2, 3], lambda amount: with_fields("days", most=amount)),
        ("days.least", ["20%", "60%"], lambda amount: with_fields("days", least=amount)),
        ("run", [1, 2], lambda amount: with_fields("run", max=amount)),
    ],
)
def test_points_are_instances_written_so(of: str, amounts: list[Any], written: Any) -> None:
    """Status, tiers and numbers of every point are those of an instance built from scratch, solved by CP-SAT alone."""
    found = curve(small(), of, amounts, QUICK)
    assert len(found.points) == len(amounts) and found.whole
    for point, amount in zip(found.points, amounts, strict=True):
        after = solve(written(amount), ALONE)
        assert point.status is after.status and point.proven
        if after.status is Status.OPTIMAL:
            assert [(tier.name, tier.value) for tier in point.tiers] == [(tier.name, tier.value) for tier in after.tiers]
            assert point.measures is not None and point.measures.office_days == measured(after).office_days
        else:
            assert point.tiers == () and point.measures is None and point.why is not None


def letter(**choose: Any) -> Instance:
    """The small instance under the general letter."""
    return small(circulars=[{"name": "umum", "choose": {"duty": 1, **choose}}], rules=[], goals=[{"kind": "wishes"}])


def test_choices_of_a_circular() -> None:
    """A parameter of the letter is chosen anew for every point."""
    found = curve(letter(limit="50%"), "umum.limit", ["25%", "75%"], QUICK)
    assert found.of == "umum.limit" and found.said is None
    for point, limit in zip(found.points, ("25%", "75%"), strict=True):
        after = solve(letter(limit=limit), ALONE)
        assert [(tier.name, tier.value) for tier in point.tiers] == [(tier.name, tier.value) for tier in after.tiers]
    counts = curve(letter(limit="50%"), "umum.duty", [0, 1], QUICK)
    assert [point.amount for point in counts.points] == [0, 1] and all(point.proven for point in counts.points)


@pytest.mark.parametrize(
    ("of", "amounts", "said"),
    [
        ("own/cup", ["20%"], "there is no rule own/cup with a number"),
        ("days", [1], "own/days has several numbers: least and most"),
        ("days.mots", [1], "own/days has no number mots, but least and most"),
        ("duty", ["50%", 1, 0], "own/duty cannot have 50 % as its count"),
        ("duty", ["50%", 1, 0], "own/duty cannot have 0 as its count"),
        ("days.least", [5], "own/days cannot have 5 as its least"),
        ("cap", ["many"], "'many' is neither a number of people or days nor a percentage"),
        ("cap", [-1, "120%"], "'-1' is neither"),
        ("umum.limt", ["20%"], "there is no rule umum.limt with a number, and no choice of a circular"),
    ],
)
def test_what_cannot_be(of: str, amounts: list[Any], said: str) -> None:
    """Names that nothing has and values that no file could hold are told before anything is solved."""
    with pytest.raises(InputError) as caught:
        curve(small(), of, amounts, QUICK)
    assert said in caught.value.text() and caught.value.text("id") != caught.value.text()


def test_a_choice_that_cannot_be() -> None:
    """What a circular cannot be chosen to be is its own to tell."""
    with pytest.raises(InputError, match="duty"):
        curve(letter(), "umum.duty", ["50%"], QUICK)


def test_values_between() -> None:
    """Both ends are there where the step leads to them; counts go with counts and shares with shares."""
    assert amounts_between(Percent(2000), Percent(3000), Percent(500)) == (Percent(2000), Percent(2500), Percent(3000))
    assert amounts_between(1, 6, 2) == (1, 3, 5) and amounts_between(4, 4, 1) == (4,)
    assert parse_amount(" 12,5% ") == Percent(1250) and parse_amount("7") == 7
    for first, last, step, said in (
        (Percent(2000), 30, 1, "cannot be compared"),
        (1, 5, Percent(100), "cannot be compared"),
        (5, 1, 1, "would end at 1, before it starts at 5"),
        (1, 5, 0, "a step of 0 leads nowhere"),
        (0, 5000, 1, "too many values: 5001"),
    ):
        with pytest.raises(InputError) as caught:
            amounts_between(first, last, step)
        assert said in caught.value.text()


def test_cancelled() -> None:
    """A cancel leaves the points that are done."""
    cancel = threading.Event()
    cancel.set()
    found = curve(small(), "cap", ["20%"], QUICK, cancel=cancel)
    assert found.points == () and not found.whole


def test_an_instance_that_cannot_be_planned_so() -> None:
    """A value with which the instance is refused is told at its point, and the others have plans."""
    instance = small(
        rules=[{"id": "floor", "kind": "office_floor", "min": 1}, {"id": "cap", "kind": "office_cap", "max": 9}],
        goals=[{"kind": "fair_share"}],
    )
    found = curve(instance, "floor", [0, 1], QUICK)
    assert [point.status for point in found.points] == [None, Status.OPTIMAL]
    assert found.points[0].why is not None and not found.points[0].proven


def test_files(tmp_path: Path) -> None:
    """Table, picture and JSON have a row for each value, also for those without a plan; the JSON fits its schema."""
    instance = small()
    found = curve(instance, "cap", ["0%", "50%", "100%"], QUICK)
    assert [point.status for point in found.points] == [Status.INFEASIBLE, Status.OPTIMAL, Status.OPTIMAL]
    paths = [tmp_path / name for name in ("c.csv", "c.json", "c.svg")]
    write_curve(instance, found, paths)
    write_curve(instance, found, paths)  # ours are written over
    rows = list(csv.DictReader(StringIO(paths[0].read_text())))
    assert [row["amount"] for row in rows] == ["0%", "50%", "100%"] and rows[0]["office_days"] == ""
    assert [int(row["office_days"]) for row in rows[1:]] == [point.measures.office_days for point in found.points[1:] if point.measures]
    assert rows[1]["tier:office_target"] == str({tier.name: tier.value for tier in found.points[1].tiers}["office_target"])
    data = json.loads(paths[1].read_text())
    jsonschema.Draft202012Validator(schema("curve")).validate(data)
    assert [point["share_basis_points"] for point in data["points"]] == [0, 5000, 10000]
    picture = ET.fromstring(paths[2].read_text())
    texts = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "People in the office on the fullest day (desks)" in texts and texts.count("×") == texts.count("0 %") > 0
    assert paths[0].read_text() == curve_csv(found)


def test_nothing_else_is_written_over(tmp_path: Path) -> None:
    """A file that is no curve stays as it is, and so do all others that were named beside it."""
    other = tmp_path / "notes.csv"
    other.write_text("name,desk\nAni,4\n")
    instance = small()
    found = curve(instance, "cap", ["50%"], QUICK)
    with pytest.raises(InputError, match="no such answer of giliran"):
        write_curve(instance, found, [tmp_path / "c.json", other])
    with pytest.raises(InputError, match=r"\.csv, \.json, \.svg"):
        write_curve(instance, found, [tmp_path / "c.xlsx"])
    assert other.read_text() == "name,desk\nAni,4\n" and [path.name for path in tmp_path.iterdir()] == ["notes.csv"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80])
def test_text_keeps_to_the_screen(lang: Lang, width: int) -> None:
    """Table and bars keep to the width, and say what there is no plan for."""
    found = curve(small(), "cap", ["0%", "25%", "50%", "100%"], SolveOptions(workers=1))
    screen = Console(file=StringIO(), width=width, highlight=False)
    report_curve(screen, found, lang)
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, text.splitlines())) <= width
    assert {"en": "no plan: ", "id": "tidak ada jadwal: "}[lang] in " ".join(text.split())
    assert "█" in text and {"en": "100 %", "id": "100%"}[lang] in text
