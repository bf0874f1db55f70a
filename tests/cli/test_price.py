"""`giliran price`: what is printed in either language, what is written, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from giliran.domain.status import Status
from giliran.files.schema import schema
from giliran.messages import LANGUAGES
from giliran.whatif import curves, pricing
from tests.cli.test_commands import Run, run

__all__ = ["run"]

CURVE = ("--from", "25%", "--to", "75%", "--step", "25%")

WEEK = """schema: giliran/1
title: Bidang kecil
horizon: {start: 2021-07-12, end: 2021-07-16}
calendars: {office: {holidays: none}}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff: [{id: A, name: Ani, unit: u}, {id: B, name: Budi, unit: u}, {id: C, name: Citra, unit: u}, {id: D, name: Dewi, unit: u}]
rules:
  - {id: batas, kind: office_cap, share: 50%, per: bidang, source: {row: L4}}
  - {id: piket, kind: duty_officers, count: 2, per: bidang}
goals: [{id: isi, kind: office_target, aim: most_office}, {id: adil, kind: fair_share}]
"""


@pytest.fixture(autouse=True)
def week(run: Run) -> None:
    """A week in the folder at hand: two of four people may be there, and two have to."""
    Path("w.yaml").write_text(WEEK, encoding="utf-8")


def test_text(run: Run) -> None:
    """One seat more is used on each of five days; one fewer leaves no room for two officers, and the sum says so; officers bind too."""
    code, out, _ = run("price", "w.yaml")
    assert code == 0
    assert out.startswith("Bidang kecil\n4 people · 1 unit · Monday–Friday, 12–16 July 2021")
    assert "The plan\n  People in the office on the fullest day (desks): 2\n  Person-days in the office: 10\n" in out
    assert "own/batas (row L4): At most 50 % in the office, per bidang.\n  binds: Bidang Satu on 5 days\n" in out
    flat = " ".join(out.split())
    assert "1 looser is better: 5 more person-days in the office; moves fair shares" in flat
    assert "1 tighter leaves no plan: impossible: Bidang Satu" in flat
    assert "(own/piket)" in flat
    assert "50 % × 4 = 2 (1 tighter) → at most 1 in the office" in flat
    assert "own/piket: At least 2 duty officers in the office, per bidang. binds: Bidang Satu on 5 days" in flat


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("more", [(), ("--by-unit",), ("--curve", "batas", *CURVE)])
def test_text_keeps_to_the_screen(run: Run, lang: str, columns: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are no longer than the screen, in either language, and no sentence has an empty place."""
    monkeypatch.setenv("COLUMNS", columns)
    code, out, _ = run("price", "w.yaml", "--lang", lang, *more)
    assert code == 0 and max(map(len, out.splitlines())) <= int(columns)
    assert "{" not in out and "  ," not in out and "None" not in out


def test_indonesian(run: Run) -> None:
    """The same in Indonesian."""
    _, out, _ = run("price", "w.yaml", "--lang", "id", "--rule", "batas")
    flat = " ".join(out.split())
    assert "own/batas (baris L4): Paling banyak 50% WFO, per bidang. mengikat: Bidang Satu (5 hari)" in flat
    assert "lebih longgar 1: lebih baik: 5 orang-hari WFO lebih banyak" in flat
    assert "lebih ketat 1: tidak ada jadwal: tidak dapat disusun" in flat and "own/piket:" not in flat


def test_json(run: Run) -> None:
    """What is printed for programs fits its schema, and so does the file; numbers are those of the text."""
    code, out, talk = run("price", "w.yaml", "--format", "json", "-o", "p.json")
    assert code == 0 and "Written: p.json" in talk
    data = json.loads(out)
    jsonschema.Draft202012Validator(schema("prices")).validate(data)
    assert data == json.loads(Path("p.json").read_text(encoding="utf-8"))
    looser, tighter, *_ = data["steps"]
    assert {change["tier"]: change["change"] for change in looser["tiers"]}["office_target"] == -5
    assert (looser["by"], looser["proven"], tighter["status"], tighter["tiers"]) == (1, True, "infeasible", [])
    assert [each["free"] for each in data["binding"]] == [0, 0]
    assert sum(cost["cost"] for cost in data["costs"]) == sum(tier["value"] for tier in data["tiers"])


def test_curve(run: Run) -> None:
    """How many desks: at 25 % there is no plan, then two and three of four; all files hold it."""
    code, out, _ = run("price", "w.yaml", "--curve", "batas", *CURVE, "-o", "c.csv", "-o", "c.svg", "-o", "c.json")
    assert code == 0
    lines = out.splitlines()
    assert lines[:3] == ["own/batas from 25 % to 75 %", "In the instance: At most 50 % in the office, per bidang.", ""]
    assert [line.split()[:4] for line in lines if line.startswith(("   50 %", "   75 %"))][:2] == [
        ["50", "%", "2", "10"],
        ["75", "%", "3", "15"],
    ]
    assert "   25 %  no plan: impossible" in out
    assert len(Path("c.csv").read_text(encoding="utf-8").splitlines()) == 4 and Path("c.svg").read_text(encoding="utf-8").startswith("<svg")
    code, out, _ = run("price", "w.yaml", "--curve", "batas", *CURVE, "--format", "json")
    data = json.loads(out)
    jsonschema.Draft202012Validator(schema("curve")).validate(data)
    assert data == json.loads(Path("c.json").read_text(encoding="utf-8"))
    assert [point["measures"] and point["measures"]["fullest_day"] for point in data["points"]] == [None, 2, 3]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "bats"), "there is no rule bats with a number\n  Did you mean own/batas?"),
        (("--curve", "batsa", *CURVE), "Did you mean own/batas?"),
        (("--curve", "batas"), "--from is missing"),
        (("--from", "5%"), "--from: this belongs to --curve"),
        (("--curve", "batas", *CURVE, "--by-unit"), "--by-unit: a curve is about one number"),
        (("--curve", "batas", "--from", "ten", "--to", "2", "--step", "1"), "--from: 'ten' is neither a number"),
        (("--curve", "batas", "--from", "3", "--to", "2", "--step", "1"), "would end at 2, before it starts at 3"),
        (("--curve", "batas", "--from", "3", "--to", "20%", "--step", "1"), "3 and 20 % cannot be compared"),
        (("-o", "p.csv"), "p.csv: results are written to files ending in .json"),
        (("-o", "w.yaml"), "w.yaml: results are written to files ending in .json"),
        (("--curve", "piket", *CURVE), "own/piket cannot have 25 % as its count"),
    ],
)
def test_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    """Bad input is told in one go, in both languages, and nothing is written."""
    code, out, talk = run("price", "w.yaml", *words)
    assert (code, out) == (2, "") and said in talk
    _, _, other = run("price", "w.yaml", *words, "--lang", "id")
    assert other and other != talk
    assert sorted(path.name for path in Path().iterdir()) == ["i.yaml", "w.yaml"]


def test_nothing_else_is_written_over(run: Run) -> None:
    """Neither a table of somebody's nor the file of the instance is replaced by a curve."""
    Path("c.csv").write_text("name,desk\n", encoding="utf-8")
    code, _, talk = run("price", "w.yaml", "--curve", "batas", *CURVE, "-o", "c.csv")
    assert code == 2 and "no such answer of giliran" in talk and Path("c.csv").read_text(encoding="utf-8") == "name,desk\n"
    Path("w.json").write_text(
        json.dumps({"schema": "giliran/1", "horizon": {"start": "2021-07-12", "end": "2021-07-12"}, "staff": [{"id": "A"}]})
    )
    code, _, talk = run("price", "w.json", "-o", "w.json")
    assert code == 2 and "which the instance is read from" in talk


def test_no_plan(run: Run) -> None:
    """Where no plan keeps the rules, there is no price: code 1 and the sum."""
    Path("w.yaml").write_text(WEEK.replace("50%", "25%"), encoding="utf-8")
    code, out, talk = run("price", "w.yaml", "-o", "p.json")
    assert (code, out) == (1, "") and "no plan keeps every rule: impossible" in talk and not Path("p.json").exists()


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Ctrl-C cut the work short, what is done is printed, the last line says so, and the code is 130."""
    price, curve = pricing.price, curves.curve
    monkeypatch.setattr(pricing, "price", lambda *given, **more: replace(price(*given, **more), whole=False))
    monkeypatch.setattr(curves, "curve", lambda *given, **more: replace(curve(*given, **more), whole=False))
    for more, said in (((), "further steps were not tried"), (("--curve", "batas", *CURVE), "further values were not tried")):
        code, out, _ = run("price", "w.yaml", *more)
        assert code == 130 and said in out.splitlines()[-1]


def test_no_plan_in_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that time was too short for is no impossible one, and says so; a curve too."""
    solve = pricing.solve

    def late(instance: Any, options: Any, *, start: Any = None, **more: Any) -> Any:
        result = solve(instance, options, start=start, **more)
        return result if start is None else replace(result, status=Status.UNKNOWN, tiers=())

    monkeypatch.setattr(pricing, "solve", late)
    code, out, _ = run("price", "w.yaml", "--rule", "batas")
    assert code == 0 and "1 looser has no plan in the time given, nothing is proved" in " ".join(out.split())
    monkeypatch.setattr(curves, "solve", lambda *given, **more: late(*given, **{**more, "start": solve(given[0])}))
    code, out, _ = run("price", "w.yaml", "--curve", "batas", "--from", "50%", "--to", "50%", "--step", "1%", "-o", "c.csv")
    assert code == 0 and "no plan in the time given, nothing is proved" in " ".join(out.split())
    assert Path("c.csv").read_text(encoding="utf-8").splitlines()[1].startswith("50%,unknown,no,,")


def test_problems_name_the_option(run: Run) -> None:
    """What the library calls `rules` and `of` are options here."""
    assert run("price", "w.yaml", "--rule", "pikat")[2].startswith("--rule: there is no rule pikat")
    assert run("price", "w.yaml", "--curve", "bates", *CURVE)[2].startswith("--curve: there is no rule bates")
