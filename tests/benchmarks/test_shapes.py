"""Small instances of many structures, and `auto` beside each of its methods alone on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.alone import ALONE, left_out
from benchmarks.holding import FIGURES
from benchmarks.measure import run_suite
from benchmarks.protocols import PROTOCOLS, Protocol
from benchmarks.shapes import SHAPES, Shape
from benchmarks.shaping import by_case, shapes_table
from benchmarks.suites import Case, beside, shapes
from giliran import load_instance
from giliran.engine.base.outcome import ALL_METHODS, Method
from giliran.preparing import compile_program
from tests.benchmarks.records import Record, stored_run

BY_NAME = {shape.name: shape for shape in SHAPES}
KINDS = {
    "level": {"days_per_person", "office_cap", "wishes", "office_target"},
    "nested levels": {"office_floor", "office_target", "consecutive"},
    "chosen days": {"office_cap", "days_per_person"},
    "teams": {"team_rotation"},
    "separations": {"separation"},
    "shortest runs": {"consecutive"},
    "few and long": {"consecutive", "office_floor", "smooth_weeks"},
    "many small rules": {"office_cap", "office_floor"},
    "infeasible parts": {"days_per_person", "office_cap"},
    "seven-day weeks": {"office_floor", "consecutive"},
    "one cap": {"office_cap", "smooth_weeks"},
    "pair rewards": {"separation", "smooth_weeks"},
}
"""Some of the kinds that make each what it is called."""


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_is_what_it_says(shape: Shape, tmp_path: Path) -> None:
    """People, days and kinds are as stated, another seed is another instance, the same seed the same one."""
    instances = {}
    for place, seed in (("a", 1), ("b", 2), ("c", 1)):
        (tmp_path / place).mkdir()
        instances[place] = shape.write(seed, tmp_path / place)
    texts = {place: path.read_text() for place, path in instances.items()}
    assert texts["a"] == texts["c"] != texts["b"]
    instance = load_instance(instances["a"])
    working = int(instance.facts.has_cell.any(axis=0).sum())
    assert (instance.facts.num_people, working) == (shape.people, shape.days)
    assert shape.case == f"{shape.name} {shape.people:,} × {shape.days}"
    assert KINDS[shape.name] <= {statement.kind for statement in (*instance.rules, *instance.goals)}
    assert compile_program(instance).num_columns >= shape.people * shape.days


def test_many_rules_are_many(tmp_path: Path) -> None:
    """Hundreds of rules, each about five people on one weekday."""
    instance = load_instance(BY_NAME["many small rules"].write(1, tmp_path))
    assert sum(rule.kind in ("office_cap", "office_floor") for rule in instance.rules) == 240


def test_the_suite_has_every_shape() -> None:
    """One case for each, whatever the scale; every method stands alone once, and none."""
    assert [case.name for case in shapes(0.1)] == [shape.case for shape in SHAPES]
    assert PROTOCOLS["shapes"].peers == tuple(ALONE)
    assert {frozenset(ALONE[name]) for name in ALONE} >= {frozenset(), frozenset({Method.FLOW}), frozenset({Method.LP})}
    assert all(any(method in methods for methods in ALONE.values()) for method in ALL_METHODS)
    assert left_out("only_cpsat") == ALL_METHODS


def test_files_of_others(tmp_path: Path) -> None:
    """A file, or all instance files of a folder, stand beside the shapes by their names."""
    for name in ("b.yaml", "a.json", "readme.md"):
        (tmp_path / name).write_text("")
    assert [case.name for case in beside([tmp_path, tmp_path / "b.yaml"])] == ["a", "b", "b"]


def test_auto_and_methods_alone_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody solves the same instance to the same values; in the table the best alone stands beside `auto`."""
    monkeypatch.setattr("benchmarks.measure.commit", lambda: "abc1234")
    small = Shape("small", 1, 6, 1, BY_NAME["separations"].sections)
    case = Case(small.case, None, None, write=small.write)
    records = list(run_suite("shapes", [case], Protocol(1, 1, 30.0, ("only_cpsat", "only_flow"))))
    assert [record.get("peer", "giliran") for record in records] == ["giliran", "only_cpsat", "only_flow"]
    assert len({str(record["tiers"]) for record in records}) == 1
    assert all(record["status"] == "optimal" for record in records)
    assert f"| {small.case} | 1 of 1 | " in shapes_table(records)


def alone(name: str | None, solve: float, **given: object) -> Record:
    """A run that took so long."""
    return stored_run(name, seconds={"solve": solve}, **given)


@pytest.mark.parametrize(
    ("auto", "best", "holds"),
    [(1.7, 1.0, "yes"), (1.9, 1.0, "**no**"), (0.29, 0.01, "yes"), (0.4, 0.01, "**no**")],
)
def test_what_is_allowed(auto: float, best: float, holds: str) -> None:
    """One and a half times the best method alone, and 0.3 s more."""
    records = [alone(None, auto), alone("only_lp", best), alone("only_cpsat", 50.0)]
    assert shapes_table(records).splitlines()[2].endswith(f"{auto / best:.1f} (seed 1) | {holds} |")
    [pair] = by_case(records)["B"]
    assert (pair.best, pair.best_s) == ("only_lp", best)


def test_stopped_runs() -> None:
    """`auto` that is stopped has lost to any method that is done; where nobody is done nobody has lost, and nothing holds."""
    [pair] = by_case([alone(None, 60.0, status="feasible"), alone("only_cpsat", 58.0)])["B"]
    assert pair.lost
    records = [alone(None, 60.0, status="feasible"), alone("only_cpsat", 60.0, status="unknown")]
    assert not by_case(records)["B"][0].lost
    assert "| none was done | – | nobody was done |" in shapes_table(records).replace("60.00 (none was done)", "none was done")


def test_no_plan_is_an_answer() -> None:
    """Who proves that there is no plan is done."""
    [pair] = by_case([alone(None, 0.2, status="infeasible"), alone("only_cpsat", 0.1, status="infeasible")])["B"]
    assert pair.proven and pair.best == "only_cpsat" and not pair.lost


def test_the_figure() -> None:
    """One instance that is lost in one seed decides."""
    [figure] = [figure for figure in FIGURES if figure.suite == "shapes"]
    good = [alone(None, 1.0, case="A"), alone("only_lp", 1.0, case="A")]
    bad = [alone(None, 9.0), alone("only_lp", 1.0)]
    assert figure.measure(good) == ("1 of 1 instances", "yes")
    assert figure.measure([*good, *bad]) == ("1 of 2 instances, not B", "**no**")
