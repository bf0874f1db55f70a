"""`giliran replan`: what it prints and writes, and that nothing is lost to it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import jsonschema
import pypdf
import pytest

from giliran.files.schema import schema
from tests.cli.test_commands import Run, run

__all__ = ["run"]

WEEK = """schema: giliran/1
title: Bidang kecil
horizon: {start: 2021-07-12, end: 2021-07-14}
calendars: {office: {holidays: none}}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff:
  - {id: A, name: Ani, unit: u}
  - {id: B, name: Budi, unit: u}
  - {id: C, name: Citra, unit: u}
rules:
  - {id: batas, kind: office_cap, max: 1}
  - {id: piket, kind: duty_officers, count: 1}
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}]
"""
ILL = ("--absent", "Ani:2021-07-12..2021-07-13=sakit")


@pytest.fixture(autouse=True)
def week(run: Run) -> None:
    """A week in the folder at hand, and a plan in which A comes on Monday, B on Tuesday, C on Wednesday."""
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    lines = ["staff_id,date,place,duty"]
    for number, who in enumerate("ABC"):
        days = [f"2021-07-{12 + d}" for d in range(3)]
        lines += [f"{who},{day},office,own/piket" if d == number else f"{who},{day},home," for d, day in enumerate(days)]
    Path("plan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_is_told(run: Run) -> None:
    """The number of the plan, what is new, how little changes, and for each person what changes and why."""
    code, out, _ = run("replan", "w.yaml", "--published", "plan.csv", *ILL)
    assert code == 0
    assert "Plan 2, replaces plan 1" in out
    assert "  Ani is away: Monday 12 July 2021 and Tuesday 13 July 2021\n" in out
    assert "  1 day of 1 person changes; without a change it is impossible.\n" in out
    assert "    Mon 12 Jul: WFO → absent, because Ani is away\n" in out
    assert "    Mon 12 Jul: WFH → WFO, because Ani is away\n" in out
    assert "    Mon 12 Jul: now duty officer, because Ani is away\n" in out
    assert max(map(len, out.splitlines())) <= 80


def test_an_order_without_days(run: Run) -> None:
    """The form that an order has is told in the language of the answer."""
    for lang, form in (("en", "ID:DATES[=REASON]"), ("id", "ID:TANGGAL[=ALASAN]")):
        code, _, err = run("replan", "w.yaml", "--published", "plan.csv", "--absent", "Ani", "--lang", lang)
        assert code == 2 and form in err


def test_in_indonesian(run: Run) -> None:
    """The list as offices write it: semula … menjadi …, karena …"""
    code, out, _ = run("replan", "w.yaml", "--published", "plan.csv", *ILL, "--lang", "id")
    assert code == 0 and "Jadwal ke-2, menggantikan jadwal ke-1" in out
    assert "    Sen 12 Jul: semula WFH menjadi WFO, karena Ani tidak masuk\n" in out


def test_what_is_written(run: Run) -> None:
    """The plan as solve writes it, and the list of changes as text, table and JSON, which fits its schema."""
    lists = [word for ending in ("txt", "csv", "json") for word in ("--changes", f"c.{ending}")]
    code, _, _ = run("replan", "w.yaml", "--published", "plan.csv", *ILL, "-o", "new.csv", "-o", "new.json", *lists)
    assert code == 0
    result = json.loads(Path("new.json").read_text(encoding="utf-8"))
    assert result["version"] == 2
    jsonschema.validate(result, schema("result"))
    record = json.loads(Path("c.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, schema("replan"))
    assert "result" not in record and record["changed_days"] == {"value": 1, "bound": 1, "proven": True}
    moved = [c for c in record["changes"] if c["was"] == "home" and c["becomes"] == "office"]
    assert len(moved) == 1 and moved[0]["orders"] == [0] and moved[0]["rules"] == ["own/piket"]
    with Path("c.csv").open(encoding="utf-8", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    assert {row["because"] for row in rows} == {"Ani is away"} and len(rows) == len(record["changes"])
    assert Path("c.txt").read_text(encoding="utf-8").startswith("Changes: Bidang kecil\nPlan 2, replaces plan 1\n")
    again = run("replan", "w.yaml", "--published", "new.json", *ILL, "--format", "json")[1]
    both = json.loads(again)
    jsonschema.validate(both, schema("replan"))
    assert (both["version"], both["changed_days"]["value"], both["result"]["version"]) == (3, 0, 3)


def test_a_swap_with_a_reason(run: Run) -> None:
    """Two orders by parts of names; the reason stands in the list."""
    words = ("--fix", "Ani:2021-07-12=home", "--fix", "Budi:2021-07-12=WFO", "--reason", "tukar")
    code, out, _ = run("replan", "w.yaml", "--published", "plan.csv", *words)
    assert code == 0 and "2 days of 2 people change; 1 is impossible." in out
    assert "Mon 12 Jul: WFO → WFH, because Ani is to be at home (tukar)" in out


def test_a_duty_by_the_end_of_its_name(run: Run) -> None:
    """`piket` is own/piket where no other duty ends so."""
    code, out, _ = run("replan", "w.yaml", "--published", "plan.csv", "--duty", "B:2021-07-12=piket")
    assert code == 0 and "Budi is to stand for own/piket" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--absent", "Anni:2021-07-12"), "Did you mean Ani?"),
        (("--absent", "A:2021-08-12"), "outside the horizon"),
        (("--absent", "A:2021-08-12..2021-08-14"), "outside the horizon"),
        (("--absent", "A:2021-07-14..2021-07-12"), "ends before it starts"),
        (("--absent", "A 2021-07-12"), "not of the form ID:DATES[=REASON]"),
        (("--absent", "A:someday"), "not a date"),
        (("--absent", "A:2021-07-12=sakit", "--absent", "A:2021-07-12=cuti"), "two reasons"),
        (("--fix", "A:2021-07-12"), "not of the form ID:DATES=office|home"),
        (("--fix", "A:2021-07-12=absent"), "told by --absent"),
        (("--fix", "A:2021-07-12=hom"), "hom"),
        (("--absent", "A:2021-07-12", "--fix", "A:2021-07-12=office"), "no place can be ordered there"),
        (("--duty", "A:2021-07-12=pikat"), "Did you mean own/piket?"),
        (("--from", "2021-08-01"), "outside the horizon"),
        (("--keep", "--refill"), "choose one"),
        (("--changes", "c.doc"), "ending in .txt, .csv, .json"),
        (("--changes", "same.csv", "-o", "same.csv"), "named twice"),
        (("-o", "plan.csv"), "the published plan, which stays"),
        (("--changes", "plan.csv"), "no list of changes"),
        (("-o", "w.json", "--changes", "notes.txt"), "no list of changes"),
    ],
)
def test_what_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    """Bad orders and files end with code 2 and a sentence; every file is as it was."""
    Path("notes.txt").write_text("mine\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, out, err = run("replan", "w.yaml", "--published", "plan.csv", *words)
    assert (code, out) == (2, "") and said in err
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_a_plan_of_other_dates(run: Run) -> None:
    """A published plan of another week is refused in one sentence."""
    text = Path("plan.csv").read_text(encoding="utf-8").replace("2021-07-1", "2021-08-1")
    Path("old.csv").write_text(text, encoding="utf-8")
    code, _, err = run("replan", "w.yaml", "--published", "old.csv")
    assert code == 2 and "they have no day in common" in err


def test_without_a_plan(run: Run) -> None:
    """Neither an option nor the instance names a plan."""
    code, _, err = run("replan", "w.yaml")
    assert code == 2 and "no published plan is given" in err


def test_impossible(run: Run) -> None:
    """Nobody may come on Monday, but somebody has to: told as in a solve, and no list is written."""
    home = [word for who in "ABC" for word in ("--fix", f"{who}:2021-07-12=home")]
    code, out, err = run("replan", "w.yaml", "--published", "plan.csv", *home, "--changes", "c.txt")
    assert code == 1 and "Impossible" in out and "own/piket" in out
    assert "Changes to send" not in out
    assert "c.txt: not written" in err and not Path("c.txt").exists()


def test_rules_of_today(run: Run) -> None:
    """A limit that the published plan never knew: what it breaks is told, and what changes because of it."""
    late = "rules:\n  - {id: baru, kind: fixed_days, applies_to: {ids: [A]}, days: {dates: 2021-07-12}, place: home}\n"
    Path("w.yaml").write_text(WEEK.replace("rules:\n", late), encoding="utf-8")
    code, out, _ = run("replan", "w.yaml", "--published", "plan.csv")
    assert code == 0 and "The published plan does not keep rules of today: 2" in out
    assert "Mon 12 Jul: WFO → WFH, because the published plan does not keep own/baru" in " ".join(out.split())


def test_the_paper_of_a_plan_that_was_planned_again(run: Run) -> None:
    """An attachment says who was where before and is where now, and no paper says who is ill."""
    code, _, _ = run(
        "replan", "w.yaml", "--published", "plan.csv", *ILL, "-o", "new.pdf", "-o", "new.docx", "--paper", "f4", "--lang", "id"
    )
    assert code == 0
    pages = [page.extract_text() for page in pypdf.PdfReader("new.pdf").pages]
    changes = next(page for page in pages if "PERUBAHAN JADWAL" in page)
    lines = " ".join(changes.split())
    assert "Semula Menjadi" in lines and "Senin 12 Juli 2021 WFO P TB" in lines and "Senin 12 Juli 2021 WFH WFO P" in lines
    assert "LAMPIRAN III" in changes and "sakit" not in "".join(pages)
    texts = [cell.text for table in docx.Document("new.docx").tables for row in table.rows for cell in row.cells]
    assert "TB" in texts and "sakit" not in "".join(texts)


@pytest.mark.parametrize("command", ["export", "check"])
@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_the_second_plan_is_read_with_what_it_was_made_with(command: str, ending: str, run: Run) -> None:
    """Whoever is ill by `--absent` is so for `check` and `export` too: nothing is broken, no paper is stamped a draft."""
    run("replan", "w.yaml", "--published", "plan.csv", *ILL, "-o", f"new.{ending}")
    code, out, _ = run(command, "w.yaml", f"new.{ending}", *(("-o", "again.xlsx") if command == "export" else ()))
    assert code == 0 and "Ani is away on Monday 12 July 2021 and Tuesday 13 July 2021 by the file of the plan" in " ".join(out.split())


def test_somebody_comes_back_earlier(run: Run) -> None:
    """`--back` takes an absence of the second plan away again for the third, and is an order of its own."""
    run("replan", "w.yaml", "--published", "plan.csv", *ILL, "-o", "new.json")
    code, out, _ = run("replan", "w.yaml", "--published", "new.json", "--back", "Ani:2021-07-13", "-o", "third.json")
    assert code == 0 and "  Ani is back: Tuesday 13 July 2021\n" in out
    assert [row["date"] for row in json.loads(Path("third.json").read_text(encoding="utf-8"))["ordered"]["absences"]] == ["2021-07-12"]


def test_nobody_is_back_and_away_on_one_day(run: Run) -> None:
    """`--back` and `--absent` of one day: which of the two holds cannot be known, and nothing is planned."""
    run("replan", "w.yaml", "--published", "plan.csv", *ILL, "-o", "new.json")
    both = ("--back", "Ani:2021-07-13", "--absent", "Ani:2021-07-13..2021-07-14")
    code, _, err = run("replan", "w.yaml", "--published", "new.json", *both, "-o", "third.json")
    assert code == 2 and "cannot be back and away on the same day, Tuesday 13 July 2021" in " ".join(err.split())
    assert not Path("third.json").exists()


def test_nobody_comes_back_who_was_not_away(run: Run) -> None:
    """An absence that nobody knows of cannot end."""
    code, _, err = run("replan", "w.yaml", "--published", "plan.csv", "--back", "Ani:2021-07-13")
    assert code == 2 and "'Ani:2021-07-13': nobody knows of an absence then" in err
