"""Long horizons: the suites are what they are called, rows say what they must, figures are held against them."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks import measure
from benchmarks.bounding import bounds_of_parts
from benchmarks.following import Follower
from benchmarks.holding import FIGURES
from benchmarks.horizons import HORIZONS, before_last_s, gap_text, gaps, horizon_table, weeks_curve, weeks_table, worst_gap
from benchmarks.measure import instance_of, run_suite
from benchmarks.protocols import LONG, PROTOCOLS, Protocol
from benchmarks.readme import long_runs
from benchmarks.suites import AGENCY, SEQUENCES, SUITES, Case
from giliran import load_instance, solve
from giliran.domain.status import Status
from giliran.engine.base.outcome import Progress
from giliran.generating import GenerateOptions, generate_to, parse_families
from giliran.preparing import compile_program
from giliran.program import HARD
from giliran.solving import SolveOptions
from tests.benchmarks.records import Record, stored_run

STATED = {
    "b7": [(1_000, 8, SEQUENCES)],
    "b8": [(300, 13, SEQUENCES)],
    "b9": [(1_000, 13, SEQUENCES), (300, 26, SEQUENCES), (100, 52, SEQUENCES)],
    "b10": [(300, 13, SEQUENCES)],
    "b11": [(3_000, 2, AGENCY)],
    "weeks": [(300, weeks, SEQUENCES) for weeks in (2, 4, 8, 13, 26)],
}
"""People, weeks and rule families of every case."""

TINY = 0.05
"""Of the people; no fewer than fifty."""


@pytest.mark.parametrize("suite", STATED)
def test_sizes(suite: str) -> None:
    """Every case has the people, weeks and rules that the issue names, and says people and working days in its name."""
    cases = SUITES[suite](1.0)
    assert len(cases) == len(STATED[suite])
    for case, (staff, weeks, families) in zip(cases, STATED[suite], strict=True):
        assert case.generate == ("--staff", str(staff), "--weeks", str(weeks), "--family", ",".join(families))
        assert case.name.endswith(f"{staff:,} × {5 * weeks}")


def tiny(suite: str) -> Case:
    """The case with the fewest weeks, and few people."""
    return min(SUITES[suite](TINY), key=lambda case: int(case.generate[3]))


def test_shortest_runs(tmp_path: Path) -> None:
    """B10 is B8 but for one number: nobody comes for one day alone, and that stands in the rows."""
    made = {}
    for suite in ("b8", "b10"):
        (tmp_path / suite).mkdir()
        made[suite] = load_instance(instance_of(tiny(suite), 1, tmp_path / suite))
    rules = {suite: {rule.id: rule.model_dump() for rule in instance.rules} for suite, instance in made.items()}
    assert rules["b8"].pop("own/runs") | {"min": 2} == rules["b10"].pop("own/runs")
    assert rules["b8"] == rules["b10"]
    hard = {suite: int((compile_program(instance).rows.tier == HARD).sum()) for suite, instance in made.items()}
    assert hard["b10"] > hard["b8"]


def test_budgets_and_peers() -> None:
    """Limits are those of the figures; peers get the whole program, and Timefold takes part in B7 alone."""
    assert {suite: PROTOCOLS[suite].budget_s for suite in HORIZONS} == {"b7": 60, "b8": 60, "b9": 120, "b10": 60, "b11": 90}
    for suite in HORIZONS:
        assert {"highspy_whole", "cpsat_plain", "cpsat_textbook"} <= set(PROTOCOLS[suite].peers)
        assert ("timefold" in PROTOCOLS[suite].peers) == (suite == "b7")
    assert PROTOCOLS["b7"].runs == 5
    assert PROTOCOLS["b10"].peers_in(PROTOCOLS["b10"].runs) == LONG


def test_a_record_says_what_was_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small run ends proven; every part was planned before it was proven, tiers in their order, and the peer says as much."""
    monkeypatch.setattr("benchmarks.measure.commit", lambda: "abc1234")
    ours, theirs, bounds = run_suite("weeks", [tiny("weeks")], Protocol(1, 1, 30.0, ("highs_mip", "bounds")))
    assert bounds["status"] == "bounds" and bounds["cpu_s"] > 0 and len(bounds["bounds"]) == len(ours["tiers"])
    assert ours["status"] == "optimal" and ours["planned_parts"] == ours["proven_parts"] == ours["parts"]
    for record in (ours, theirs):
        times = [record["reached"]["plan"], *record["reached"]["tiers"].values()]
        assert list(record["reached"]["tiers"]) == list(record["tiers"])
        known = [time for time in times if time is not None]
        assert known == sorted(known) and known[-1] <= record["seconds"]["solve"] + 0.1
        assert record["cpu_s"] > 0
    assert None not in ours["reached"]["tiers"].values()
    assert ours["reached_cpu"]["plan"] <= ours["reached_cpu"]["tiers"]["smooth_weeks"] <= ours["cpu_s"]
    row = horizon_table([ours, theirs]).splitlines()[2]
    assert row.startswith(f"| {ours['case']} | 1 | giliran | ") and f"{ours['parts']} of {ours['parts']}" in row


def test_the_first_time_counts() -> None:
    """Of what is told again and again, the first time is kept; what never comes is None."""
    follower = Follower()
    for step in (Progress(0, 2, 1.0, 1, 0), Progress(0, 2, 2.0, 2, 2), Progress(1, 2, 3.0, 2, 2)):
        follower(step)
    assert follower.reached(["a", "b", "c"]) == {"plan": 2.0, "tiers": {"a": 2.0, "b": 2.0, "c": None}}


def late(**given: object) -> Record:
    """A run that was stopped with its last tier open: 1,000 against 998."""
    record = stored_run(
        case="B8 300 × 65",
        days=89,
        status="feasible",
        proven_tiers=1,
        planned_parts=8,
        proven_parts=6,
        tiers={"fair_share": [-100, -100], "smooth_weeks": [1_000, 998]},
        reached={"plan": 2.5, "tiers": {"fair_share": 4.0, "smooth_weeks": None}},
        reached_cpu={"plan": 3.0, "tiers": {"fair_share": 5.0, "smooth_weeks": None}},
        cpu_s=110.0,
    )
    return record | given


def test_row_of_a_stopped_run() -> None:
    """First plan, tiers before the last, the open tier with bound and gap, parts and CPU seconds."""
    row = horizon_table([late()]).splitlines()[2]
    assert row == "| B8 300 × 65 | 1 | giliran | 2.50 | 4.00 | fair_share -100; smooth_weeks 1,000 ≥ 998 (0.20 %) | 6 of 8 | 110.0 |"


def test_row_of_a_value_below_zero() -> None:
    """Of a cost that is nothing or less no share is told, but what is open."""
    assert "fair_share -100 ≥ -140 (40 open);" in horizon_table([late(tiers={"fair_share": [-100, -140], "smooth_weeks": [3, 0]})])


def test_rows_without_figures() -> None:
    """Who is not installed says why, and a run that leaves parts without a plan has no values."""
    missing = {key: value for key, value in late(peer="timefold", status="not installed", error=["no Java"]).items() if key != "seconds"}
    some = late(planned_parts=7)
    lines = horizon_table([late(), missing, some]).splitlines()
    assert "| timefold | not installed: no Java |" in lines[3]
    assert "no plan in 1 of 8 parts" in lines[4]


def test_gap_of_values_near_zero() -> None:
    """A gap is a share of the value, of 1 where that is none or less."""
    assert gaps({"tiers": {"a": [0, -1], "b": [-5, -7], "c": [200, 199], "d": [3, None]}}) == {"a": 1.0, "b": 2.0, "c": 0.005, "d": None}
    assert worst_gap(late()) == pytest.approx(0.002)
    assert worst_gap(late(planned_parts=7)) is None


@pytest.mark.parametrize(("gap", "text"), [(0.0, "0.00 %"), (5e-5, "< 0.01 %"), (0.0123, "1.23 %"), (1.0, "100.00 %"), (40.0, "> 100 %")])
def test_gap_in_words(gap: float, text: str) -> None:
    """A gap that is there is not told as none, and one of more than the value needs no number."""
    assert gap_text(gap) == text


def held(suite: str, aim: str, records: list[Record]) -> str:
    """What a figure says of some runs."""
    [figure] = [figure for figure in FIGURES if figure.suite == suite and aim in figure.aim]
    return figure.measure(records)[1]


def test_peers_stay_beside_newer_runs_without_them() -> None:
    """Newer runs of giliran alone come first, the newest with peers after them; once where those are the newest."""
    old, new = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
    ours, peer = {"case": "B8", "when": old, "run": 1}, {"case": "B8", "when": old, "run": 1, "peer": "highspy"}
    later = {"case": "B8", "when": new, "run": 1}
    assert long_runs([ours, peer, later]) == [[later], [ours, peer]]
    assert long_runs([ours, peer]) == [[ours, peer]]
    assert long_runs([ours]) == [[ours]]


def test_figures_of_horizons() -> None:
    """Every run counts, the slowest and the widest; a run that never reached it is a no."""
    assert held("b8", "first plan", [late(), late(run=2)]) == "yes"
    slow = late(run=2, reached={"plan": 3.5, "tiers": {"fair_share": 11.0, "smooth_weeks": None}})
    never = late(run=2, reached={"plan": None, "tiers": {"fair_share": None, "smooth_weeks": None}}, planned_parts=7)
    for other in (slow, never):
        assert held("b8", "first plan", [late(), other]) == "**no**"
        assert held("b8", "tiers before", [late(), other]) == "**no**"
    assert held("b8", "gap", [late()]) == "**no**"
    assert held("b8", "gap", [late(tiers={"fair_share": [-100, -100], "smooth_weeks": [1_000, 999]})]) == "yes"
    assert held("b8", "gap", [never]) == "**no**"


@pytest.mark.parametrize(
    ("theirs", "planned", "holds"),
    [
        ([-100, 1_001], 8, "yes"),
        ([-100, 1_000], 8, "yes"),
        ([-100, 999], 8, "**no**"),
        ([-101, 5_000], 8, "**no**"),
        ([-100, 10], 7, "yes"),
    ],
)
def test_no_better_plan(theirs: list[int], planned: int, holds: str) -> None:
    """The first tier in which two plans differ decides; a peer that leaves a part without a plan has none."""
    tiers = {name: [value, None] for name, value in zip(("fair_share", "smooth_weeks"), theirs, strict=True)}
    peer = late(peer="highspy", tiers=tiers, planned_parts=planned)
    assert held("b10", "better", [late(), peer]) == holds


def weeks_run(weeks: int, cpu: float, **given: object) -> list[Record]:
    """A run over so many weeks, stopped by its limit, and one of its bounds alone that took so long."""
    case = {"case": f"{weeks}", "days": 7 * weeks - 2}
    return [late(**case), stored_run("bounds", status="bounds", cpu_s=cpu, **case) | given]


def test_exponent_over_weeks() -> None:
    """CPU seconds for the bounds that are a power of the weeks have that power, whatever the limit did to plans."""
    runs = [run for weeks in (2, 4, 8, 13, 26) for run in weeks_run(weeks, 0.01 * weeks**1.25)]
    assert weeks_curve(runs).exponent == pytest.approx(1.25)
    assert held("weeks", "exponent", runs) == "yes"
    assert held("weeks", "exponent", runs[:6]) == "open: fewer weeks only"
    assert "1.25 (last step 1.25)" in weeks_table(runs)


def test_row_of_weeks() -> None:
    """CPU seconds of the bounds, and what the solve came to in its limit."""
    row = weeks_table(weeks_run(13, 4.0)).splitlines()[2]
    assert row == "| 13 | 8 (150) | 4.00 (4.00–4.00) | 1 of 1 | 2.50 (2.50–2.50) | 0 of 1 | 0.20 % |"


def test_stopped_bounds_do_not_hold() -> None:
    """Seconds of a limit say nothing about growth."""
    runs = [*weeks_run(2, 1.0), *weeks_run(26, 2.0, status="stopped")]
    assert weeks_curve(runs).exponent is not None
    assert held("weeks", "exponent", runs) == "**no**"


def test_bounds_alone_are_those_of_the_solve(tmp_path: Path) -> None:
    """Bounds found alone are no more than what the best plans cost in the tiers that are bounded over cells, and as much there."""
    generate_to(GenerateOptions(60, 2, 1, parse_families(SEQUENCES)), tmp_path / "instance.yaml")
    instance = load_instance(tmp_path / "instance.yaml")
    result = solve(instance, SolveOptions(workers=1, seed=1))
    best = np.sum([[tier.value for tier in part.tiers] for part in result.parts], axis=0)
    found = list(bounds_of_parts(instance, 1, time.monotonic() + 60))
    assert not any(one.hurried for one in found)
    bounds = np.sum([one.bounds for one in found], axis=0)
    assert result.status is Status.OPTIMAL and (bounds <= best).all() and (bounds[:-1] == best[:-1]).all()


def test_stored_tiers_keep_their_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The tiers before the last are read from a stored run: by name `wishes` would be the last."""
    monkeypatch.setattr(measure, "RESULTS", tmp_path)
    tiers = {"relaxations": 0.5, "wishes": 1.5, "smooth_weeks": None}
    measure.append({"suite": "b8", "reached": {"plan": 0.5, "tiers": tiers}, "case": "B8"}, "b8")
    (run,) = measure.stored("b8")
    assert before_last_s(run) == 1.5
