"""What a result says of itself: true as it is written, told by name where somebody changed it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from giliran import __version__, load_instance, solve
from giliran.audit import audit
from giliran.certifying import make_certificate
from giliran.domain.status import Status, Stopped
from giliran.files.contradictions import contradictions
from giliran.files.opening import Claimed
from giliran.files.schedules import read_claimed
from giliran.messages import LANGUAGES
from giliran.records.results import ResultFile
from giliran.solving import SolveOptions
from tests.cli.test_commands import INSTANCE, Run, run
from tests.plans import GOOD, IDS, NOBODY, plan, result_of, small_instance

__all__ = ["run"]

ROOT = Path(__file__).parents[2] / "instances"
SHIPPED = [
    *(
        f"tiny/{name}.yaml"
        for name in ("a-day-to-meet", "clash-by-arithmetic", "cohorts-that-do-not-meet", "fewer-trips", "fifty-fifty-of-three")
    ),
    *(f"situations/{name}/instance.yaml" for name in ("saturday-duty", "mid-period-change", "weekly-teams", "spouses")),
    "departments/infeasible-60/instance.yaml",
]

Data = dict[str, Any]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """A result of the small instance with its certificate."""
    path = tmp_path_factory.mktemp("whole") / "i.yaml"
    path.write_text(INSTANCE, encoding="utf-8")
    result = solve(load_instance(path), SolveOptions(workers=1))
    found: Data = json.loads(ResultFile.of(result, "en", make_certificate(result)).text())
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_what_solve_writes_holds(tmp_path: Path, name: str) -> None:
    """A result that nobody touched contradicts nothing, be it whole or impossible for some."""
    instance = load_instance(ROOT / name)
    path = tmp_path / "result.json"
    path.write_text(ResultFile.of(solve(instance, SolveOptions(workers=1))).text(), encoding="utf-8")
    schedule, claimed = read_claimed(path, instance)
    assert contradictions(claimed, instance.facts, schedule, audit(instance, schedule), __version__) == ()


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_a_result_without_a_plan_holds(tmp_path: Path, status: Status) -> None:
    """Where nobody is planned, nothing that is written is wrong."""
    instance = small_instance()
    path = tmp_path / "result.json"
    path.write_text(ResultFile.of(result_of(instance, plan(instance, NOBODY), status, Stopped.TIME_LIMIT)).text(), encoding="utf-8")
    schedule, claimed = read_claimed(path, instance)
    assert contradictions(claimed, instance.facts, schedule, audit(instance, schedule), __version__) == ()


@pytest.mark.parametrize("status", [Status.OPTIMAL, Status.FEASIBLE])
def test_a_plan_with_a_gap_is_not_whole(tmp_path: Path, status: Status) -> None:
    """Whoever says that there is a plan for everybody, with two days left out, is told how many."""
    instance = small_instance()
    path = tmp_path / "result.json"
    path.write_text(ResultFile.of(result_of(instance, plan(instance, (*GOOD[:3], f"??{GOOD[3][2:]}")), status)).text(), encoding="utf-8")
    schedule, claimed = read_claimed(path, instance)
    wrong = contradictions(claimed, instance.facts, schedule, audit(instance, schedule), __version__)
    assert [each.said.text() for each in wrong if each.key == "status"] == [
        f"the file says that it is {status.value}, but 2 person-days have no place in it"
    ]


def _person(data: Data) -> Data:
    person: Data = data["fairness"][0]["people"][0]
    return person


EDITS: list[tuple[str, Callable[[Data], Any], str, str]] = [
    ("burden", lambda d: _person(d).update(burden=9), "own/adil, Pegawai 0: the file says that burden is 9, it is", "fairness"),
    ("share", lambda d: _person(d).update(fair_share_thousandths=1), "says that fair_share_thousandths is 1, it is", "fairness"),
    ("no number", lambda d: _person(d).update(burden=True), "says that burden is true", "fairness"),
    ("another person", lambda d: _person(d).update(staff_id="X"), "own/adil: the file tells shares of the text 'X'", "fairness"),
    ("person gone", lambda d: d["fairness"][0]["people"].pop(0), "own/adil: the file says nothing about Pegawai 0", "fairness"),
    ("twice", lambda d: d["fairness"][0]["people"].append(_person(d)), "people is no list with one record each", "fairness"),
    ("group", lambda d: d["fairness"][0]["groups"][0].update(highest=0), "says that highest is 0", "fairness"),
    ("group gone", lambda d: d["fairness"][0].update(groups=[]), "groups is no list with one record each", "fairness"),
    (
        "account",
        lambda d: d["fairness"][0].update(account="x"),
        "own/adil, everybody: the file says that account is the text 'x'",
        "fairness",
    ),
    ("goal", lambda d: d["fairness"][0].update(goal="own/x"), "own/adil: the file does not tell its fair shares", "fairness"),
    ("no fairness", lambda d: d.update(fairness=3), "does not tell fair shares as a list with one record for each goal", "fairness"),
    ("goals twice", lambda d: d["fairness"].append(d["fairness"][0]), "a list with one record for each goal", "fairness"),
    ("bound above", lambda d: d["tiers"][0].update(bound=99), "says that no plan costs less than 99, but its own costs", "tiers"),
    ("bound below", lambda d: d["tiers"][0].update(bound=-1), "says that it is proven, with a value of", "tiers"),
    ("conditional", lambda d: d["tiers"][0].update(conditional=True), "says that it is proven", "tiers"),
    ("quietly", lambda d: d["tiers"][0].update(bound=-1, proven=False), "what it lists adds up to 0", "parts"),
    ("unproven", lambda d: d["tiers"][0].update(proven=False), "says that it is optimal, but ", "status"),
    ("part", lambda d: d["parts"][0]["tiers"][0].update(bound=-1), "says that it is proven", "parts"),
    ("parts gone", lambda d: d["parts"][0].update(status="feasible"), "ended as optimal, by what it lists it is feasible", "status"),
    ("status", lambda d: d.update(status="feasible"), "ended as feasible, by what it lists it is optimal", "status"),
    ("no status", lambda d: d.update(status="perfect"), "ended as the text 'perfect', which is none of optimal", "status"),
    ("status empty", lambda d: d.update(status=None), "ended as nothing, which is none of optimal", "status"),
    ("seed", lambda d: d.update(seed=7), "says that its seed is 7, its certificate says 20210712", "seed"),
    ("duty", lambda d: d["duty"][0].update(people=[]), "tells other names for duty than its schedule has", "duty"),
    ("teams", lambda d: d.update(teams=3), "tells other teams than its schedule has", "teams"),
    ("meetings", lambda d: d.update(meetings=[{}]), "tells other days of meetings than its schedule has", "meetings"),
    ("horizon", lambda d: d["horizon"].reverse(), "its first and last day are the text", "horizon"),
    ("no horizon", lambda d: d.update(horizon=None), "those of the instance are 2021-07-12 and", "horizon"),
    ("no parts", lambda d: d.update(parts=-1), "the file does not tell parts as a list of records", "parts"),
    ("strange findings", lambda d: d.update(findings=[1, None, "x"]), "does not tell findings as a list of records", "findings"),
    ("changes", lambda d: d.update(changes={"places": [], "names": []}), "tells other changes against the published plan", "changes"),
]


@pytest.mark.parametrize(("edit", "said", "key"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_edits_are_told_by_name(run: Run, whole: Data, edit: Callable[[Data], Any], said: str, key: str) -> None:
    """Whatever is changed beside the schedule and can be known is told with its key, its place and both values, and ends with 1."""
    data = copy.deepcopy(whole)
    edit(data)
    Path("edited.json").write_text(json.dumps(data), encoding="utf-8")
    code, out, _ = run("check", "i.yaml", "edited.json", "--format", "json")
    found = json.loads(out)
    assert code == 1 and found["kept"] and not found["disagreements"]
    told = [each["sentence"] for each in found["contradictions"] if each["key"] == key]
    assert any(said in sentence for sentence in told), found["contradictions"]
    for lang in LANGUAGES:
        code, out, _ = run("check", "i.yaml", "edited.json", "--lang", lang)
        assert code == 1 and found["contradictions"][0]["sentences"][lang] in out.replace("\n", " ")


def test_a_finding_that_is_kept_back(run: Run) -> None:
    """A shortfall that somebody took out of a result is told."""
    text = INSTANCE.replace("share: 50%", "share: 50%, strength: should, tier: relaxations").replace("count: 1", "count: 5")
    Path("i.yaml").write_text(text, encoding="utf-8")
    assert run("solve", "i.yaml", "-o", "all.json")[0] == 0
    assert run("check", "i.yaml", "all.json")[0] == 0
    data = json.loads(Path("all.json").read_text(encoding="utf-8"))
    assert data["findings"]
    Path("edited.json").write_text(json.dumps({**data, "findings": []}), encoding="utf-8")
    code, out, _ = run("check", "i.yaml", "edited.json")
    assert code == 1 and "the file does not tell, or tells otherwise: " in out


def test_each_finding_is_missed(tmp_path: Path) -> None:
    """Whichever cost or shortfall is taken out is told, also one of two that are alike; not so in a result of another version."""
    path = tmp_path / "i.yaml"
    text = INSTANCE.replace("share: 50%", "share: 50%, strength: should, tier: relaxations").replace("count: 1", "count: 5")
    path.write_text(text, encoding="utf-8")
    instance = load_instance(path)
    result = solve(instance, SolveOptions(workers=1))
    data, found = json.loads(ResultFile.of(result).text()), audit(instance, result.schedule)
    loud = [row for row in data["findings"] if row["strength"] == "should" or row["told"] != "list"]
    assert {row["strength"] for row in loud} == {"should", "note"}

    def told(findings: list[Data], made_by: str = __version__, times: int = 1) -> int:
        about = replace(found, findings=found.findings * times)
        claimed = Claimed(made_by=made_by, data={"findings": findings})
        return len(contradictions(claimed, instance.facts, result.schedule, about, __version__))

    for row in loud:
        assert told([other for other in data["findings"] if other is not row]) == 1
    assert (told(data["findings"]), told([]), told(data["findings"], times=2)) == (0, len(loud), len(loud))
    assert told([], made_by="0.0.1") == 0


def test_many_are_counted_for_people_and_listed_for_programs(run: Run, whole: Data) -> None:
    """Of many contradictions under one key people read the first and the number of the rest."""
    data = copy.deepcopy(whole)
    for person in data["fairness"][0]["people"]:
        person.update(burden=50, fair_share_thousandths=50, balance_thousandths=50)
    Path("edited.json").write_text(json.dumps(data), encoding="utf-8")
    assert "and 7 more of fairness" in run("check", "i.yaml", "edited.json")[1]
    assert len(json.loads(run("check", "i.yaml", "edited.json", "--format", "json")[1])["contradictions"]) == 3 * len(IDS)


ODD = (None, True, 3, "x", [], {}, [[1]], [{}], [{"name": [], "status": [], "tiers": {}, "goal": {}}], {"seed": []}, 10**70)
"""Values that no result has."""


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize(
    "key", ["status", "seed", "horizon", "tiers", "parts", "changes", "fairness", "findings", "certificate", "versions"]
)
def test_odd_values_are_no_error_of_ours(run: Run, whole: Data, key: str, odd: object) -> None:
    """Whatever stands under a key, at its top or inside, a check ends with an answer or with bad input."""
    for data in ({**whole, key: odd}, {**whole, key: [{**row, **dict.fromkeys(row, odd)} for row in _rows(whole[key])]}):
        Path("odd.json").write_text(json.dumps(data), encoding="utf-8")
        code, _, err = run("check", "i.yaml", "odd.json")
        assert code in (0, 1, 2) and "Internal" not in err


def _rows(value: Any) -> list[Data]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
