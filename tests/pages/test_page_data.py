"""The data of a page are those of the plan, found by another way."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from giliran import InputError, Place, PlanStyle, Result, SolveOptions, export
from giliran.domain.schedule import Schedule
from giliran.files.exporting import Wanted, changes_against, export_plan
from giliran.files.formats import FORMATS
from giliran.files.keeping import is_strange
from giliran.files.replanned import write_replanned
from giliran.files.writing import Targets
from giliran.records.assignments import schedule_csv
from giliran.reports import Report
from giliran.reports.page import PageData, page, page_data
from giliran.reports.page.rendering import SCRIPTS
from giliran.reports.page.words import page_words
from giliran.whatif.replanning import replan
from giliran.whatif.why import why
from giliran.whatif.why_text import why_lines
from tests.pages.plans import HOSTILE, UNIT, plan
from tests.plans import IDS, small_instance
from tests.plans import plan as small_plan

WORDS = {"o": "office", "h": "home", "a": "absent"}


@pytest.fixture(scope="module")
def result() -> Result:
    """A plan."""
    return plan()


@pytest.fixture(scope="module")
def found(result: Result) -> PageData:
    """The data of its page."""
    return page_data(Report.of(result), PlanStyle("id"))


class Parts(html.parser.HTMLParser):
    """What an HTML parser of another hand finds in a page: its elements, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags = Counter[str]()
        self.scripts: dict[str, str] = {}
        self.attributes: list[tuple[str, str | None]] = []
        self.last = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count it."""
        self.tags[tag] += 1
        self.attributes += attrs
        self.last = f"{tag} {dict(attrs).get('id', '')}"

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.scripts[self.last] = self.scripts.get(self.last, "") + data


def rows_of(result: Result) -> list[dict[str, str]]:
    """The rows of the plan's CSV."""
    return list(csv.DictReader(io.StringIO(schedule_csv(result.instance.view, result.schedule))))


def test_cells_are_the_rows_of_the_csv(result: Result, found: PageData) -> None:
    """Everybody is where the CSV says, on every day, and on no other."""
    days = [day.date for day in found.days]
    of_page = {
        (id_, day): WORDS[letter]
        for id_, cells in zip(found.people.id, found.people.cells, strict=True)
        for day, letter in zip(days, cells, strict=True)
        if letter != "-"
    }
    assert of_page == {(row["staff_id"], row["date"]): row["place"] for row in rows_of(result)}


def test_counts_of_limits_are_those_of_the_csv(result: Result, found: PageData) -> None:
    """People of each unit in the office and at home, day by day."""
    unit_of = {id_: found.units[unit].name for id_, unit in zip(found.people.id, found.people.unit, strict=True)}
    counts = Counter((unit_of[row["staff_id"]], row["date"], row["place"]) for row in rows_of(result))
    (cap,) = (limit for limit in found.limits if found.rules[limit.rule].id == "own/cap")
    assert {group.unit for group in cap.groups} == {1, 2}
    for group in cap.groups:
        assert len(group.cells) == 9  # ten days of work, one of them a holiday
        for day, office, home, _, most, _, _ in group.cells:
            at = found.units[group.unit].name, found.days[day].date
            assert (office, home, most) == (counts[*at, "office"], counts[*at, "home"], 3)  # half of six


def test_duties_are_those_of_the_csv(result: Result, found: PageData) -> None:
    """Who is named, when and for what."""
    named = {(row["staff_id"], row["date"], row["duty"]) for row in rows_of(result) if row["duty"]}
    assert {(found.people.id[row], found.days[day].date, found.rules[rule].id) for row, day, rule in found.duty} == named


def test_a_duty_is_called_as_the_letter_calls_it() -> None:
    """A page says "petugas piket" where the letter does, as paper and messages do, and keeps the id of the rule for programs."""
    rules = [{"id": "duty", "kind": "duty_officers", "per": "bidang", "count": 1, "source": {"quote": "petugas piket"}}]
    found = page_data(Report.of(plan(rules=rules)), PlanStyle("id"))
    assert {(found.rules[rule].id, found.rules[rule].label) for _, _, rule in found.duty} == {("own/duty", "petugas piket")}


def test_a_holiday_is_a_column_without_work(found: PageData) -> None:
    """The seventeenth of August."""
    (holiday,) = (number for number, day in enumerate(found.days) if day.holiday)
    assert found.days[holiday].date == "2026-08-17" and {cells[holiday] for cells in found.people.cells} == {"-"}


def test_reasons_of_absence_are_told_only_when_asked_for(result: Result) -> None:
    """Nobody reads who is ill, not in the source of the page either."""
    hidden, told = (page(Report.of(result), PlanStyle("id", reasons=reasons)) for reasons in (False, True))
    assert "sakit" not in hidden and '"aa' in hidden.replace("o", "a").replace("h", "a")
    assert '"S":{"text":"S","word":"sakit"' in told


def test_telephones_are_told_only_when_asked_for(result: Result) -> None:
    """Numbers of officers alone, on the inner copy."""
    hidden, told = (page(Report.of(result), PlanStyle("id", phones=phones)) for phones in (False, True))
    assert "0812-3456" not in hidden and "0812-3456" in told


@pytest.mark.parametrize("lang", ["en", "id"])
def test_another_parser_reads_the_same_data(lang: Any, result: Result) -> None:
    """The data come out of the page as they went in, whatever names hold, and no name is an element."""
    text = page(Report.of(result), PlanStyle(lang))
    parts = Parts(text)
    assert json.loads(parts.scripts["script data"]) == json.loads(json.dumps(page_data(Report.of(result), PlanStyle(lang)).record()))
    assert parts.tags["script"] == 2 and not parts.tags["img"] and not parts.tags["b"]
    assert ("lang", lang) in parts.attributes
    names = json.loads(parts.scripts["script data"])["people"]["name"]
    assert set(HOSTILE) <= set(names) and "<script>alert" not in text and "\u2028" not in text


def test_nothing_is_asked_for_from_elsewhere(result: Result) -> None:
    """No address stands in the page but in names, and nothing but its own style and script may run."""
    parts = Parts(page(Report.of(result), PlanStyle()))
    assert not [value for name, value in parts.attributes if name in ("src", "href") and value not in ("#main", "data:,")]
    (policy,) = (value for name, value in parts.attributes if name == "content" and "default-src" in str(value))
    assert "default-src 'none'" in str(policy) and "connect-src 'none'" in str(policy) and "unsafe" not in str(policy)
    assert not [name for name, _ in parts.attributes if name == "style" or name.startswith("on")]


def test_the_same_plan_gives_the_same_bytes(result: Result, tmp_path: Path) -> None:
    """And a page is written over a page of ours, never over another."""
    first, second = (export(result, tmp_path / name, lang="id").read_bytes() for name in ("one.html", "two.html"))
    assert first == second and not is_strange(tmp_path / "one.html", FORMATS[".html"].ours)
    (tmp_path / "other.html").write_text("<!DOCTYPE html>\n<html lang='id'><title>x</title>", encoding="utf-8")
    assert is_strange(tmp_path / "other.html", FORMATS[".html"].ours)


def test_a_page_for_each_unit_tells_of_nobody_else(result: Result, tmp_path: Path) -> None:
    """`--per bidang` and a single day."""
    facts = result.instance.facts
    wanted = Wanted([tmp_path / "plan.html"], PlanStyle("id"), "bidang", facts.dates[1])
    done = export_plan(result.instance, result.schedule, wanted)
    texts = {path.name: Parts(path.read_text(encoding="utf-8")).scripts["script data"] for path in done.files}
    (sapi,) = (json.loads(text) for name, text in texts.items() if "Sapi" in name)
    assert len(texts) == 2 and sapi["people"]["id"] == [f"H-{k:02d}" for k in range(1, 12, 2)]
    assert [day["date"] for day in sapi["days"]] == ["2026-08-11"] and sapi["fairness"] == []
    assert {len(cells) for cells in sapi["people"]["cells"]} == {1}
    assert "Umum" in UNIT and "Umum" not in json.dumps(sapi)
    assert [unit["name"] for unit in sapi["units"]] == ["Dinas Pangan", "Bidang Sapi"]


def test_scripts_make_no_markup() -> None:
    """No script turns a text into elements, runs a text, or asks for something: there is no way for a name to be more than a text."""
    folder = resources.files("giliran.reports.page")
    text = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS)
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    assert re.findall(rf"{markup}|fetch\(|XMLHttpRequest|WebSocket|import\(", text) == []


def test_it_says_what_to_install(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that fills in pages nothing is written over, and what is missing is said."""
    path = export(result, tmp_path / "plan.html")
    before = path.read_bytes()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(InputError, match=r"giliran\[desk\]"):
        export(result, path, lang="id")
    assert path.read_bytes() == before


def test_words_and_scripts_agree() -> None:
    """Every word that the page says by itself is asked for somewhere, and every one that is asked for is there."""
    folder = resources.files("giliran.reports.page")
    text = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in (*SCRIPTS, "page.html"))
    views = re.findall(r'"(\w+)"', text.partition("const VIEWS = [")[2].partition("]")[0])
    assert set(page_words("en")) == {*re.findall(r"\bwords\.(\w+)", text), *views}


def test_answers_stand_beside_the_person(result: Result, tmp_path: Path) -> None:
    """What `why` tells of somebody, line by line; for whom nobody asked there is nothing, and a file without pages is refused."""
    wanted = Wanted([tmp_path / "plan.html"], PlanStyle("id"), day=result.instance.facts.dates[0], why=["H-07", "Pegawai 7"])
    (path,) = export_plan(result.instance, result.schedule, wanted).files
    found = json.loads(Parts(path.read_text(encoding="utf-8")).scripts["script data"])
    (answer,) = found["answers"]
    told = why_lines(why(result.instance, result.schedule, "H-07", result.instance.facts.dates[0]))
    assert found["people"]["id"][answer["row"]] == "H-07"
    assert answer["lines"] == [[line.step, line.said.text("id")] for line in told]
    with pytest.raises(InputError, match="--why"):
        export_plan(result.instance, result.schedule, replace(wanted, files=[tmp_path / "plan.csv"]))


@pytest.mark.parametrize("reasons", [False, True])
@pytest.mark.parametrize("secret", ["kemoterapi", "kemoterapi\tRSUD", "kemoterapi dan lain-lain" * 20], ids=["short", "tab", "long"])
def test_answers_tell_no_reason_of_an_order(tmp_path: Path, secret: str, reasons: bool) -> None:
    """Why somebody was ordered to a place stands in no answer, and nowhere else, unless it is asked for."""
    pins = [(IDS[0], "2021-07-12", "office"), (IDS[3], "2021-07-12", "office")]
    rows = [{"staff_id": who, "date": day, "place": place, "reason": secret} for who, day, place in pins]
    instance = small_instance(pins=rows)
    style = PlanStyle("id", reasons=reasons)
    (path,) = export_plan(instance, small_plan(instance), Wanted([tmp_path / "plan.html"], style, why=[IDS[0]], day="2021-07-12")).files
    data = Parts(path.read_text(encoding="utf-8")).scripts["script data"]
    assert ("kemoterapi" in data) == ("kemoterapi" in str(json.loads(data)["answers"])) == reasons


def test_changes_are_told_cell_by_cell(result: Result) -> None:
    """A place that differs from the published plan, and nothing else."""
    facts, schedule = result.instance.facts, result.schedule
    place = schedule.place.copy()
    e, d = next((e, d) for e, d in np.argwhere(facts.present) if place[e, d] == Place.HOME)
    place[e, d] = Place.OFFICE
    changes = changes_against(facts, schedule, Schedule(place, schedule.duty))
    found = page_data(replace(Report.of(result), changes=changes), PlanStyle("id"))
    assert found.changes is not None
    (change,) = found.changes
    assert found.people.id[change.row] == facts.staff.ids[e] and found.days[change.day].date == facts.dates[d].isoformat()
    assert (change.was, change.becomes, change.rule) == ("WFH", "WFO", -1)


def test_a_plan_made_again_says_why(result: Result, tmp_path: Path) -> None:
    """Whoever is moved by order, and whoever moves because of it, reads that; the order's reason is told as reasons of absence are."""
    facts, schedule = result.instance.facts, result.schedule
    e = next(e for e in range(facts.num_people) if schedule.home[e, 0])
    pin = {"staff_id": facts.staff.ids[e], "date": facts.dates[0].isoformat(), "place": "office", "reason": "kontrol kehamilan"}
    done = replan(result.instance, schedule, pins=[pin], options=SolveOptions(workers=1))
    path = tmp_path / "plan.html"
    for reasons in (False, True):
        write_replanned(done, Targets([path], style=PlanStyle("id", reasons=reasons)), [], "id")
        found = json.loads(Parts(path.read_text(encoding="utf-8")).scripts["script data"])
        told = {found["people"]["id"][change["row"]]: change["because"] for change in found["changes"] if change["rule"] == -1}
        assert facts.staff.ids[e] in told and all(told.values())
        assert ("kontrol kehamilan" in told[facts.staff.ids[e]]) is reasons
        assert ("kehamilan" in path.read_text(encoding="utf-8")) is reasons
