"""Many instances by one search: each comes out as it does alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

import giliran
from giliran import BatchError, InputError, Instance, Result, SolveOptions, Status, Stopped, generate, runs, solve, solve_many
from giliran.engine import run
from giliran.engine.presolve.split import Split
from giliran.program import Program

ALL = ["caps", "duty", "absences", "wishes", "sequences", "skills", "ledger"]


def impossible() -> Instance:
    """Two people who must be in the office, and for one of whom there is room."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        staff=[{"id": "A"}, {"id": "B"}],
        rules=[{"id": "in", "kind": "fixed_days", "place": "office"}, {"id": "cap", "kind": "office_cap", "max": 1}],
    )


def heavy(title: str) -> Instance:
    """One whose costs are too large to be added up: a million times a million times a balance of 100,000 days."""
    return Instance.build(
        title=title,
        horizon={"start": "2021-07-12", "end": "2021-07-16"},
        staff=[{"id": "A"}, {"id": "B"}],
        ledger=[{"staff_id": "A", "balance": 100_000}],
        rules=[{"id": "one", "kind": "office_share", "share": "50%"}],
        goals=[{"id": "goal", "kind": "fair_share", "weight": 1_000_000}],
        tiers=[{"fair_share": 1_000_000}],
    )


def mixed() -> list[Instance]:
    """Departments of several horizons, tiers, sizes and kinds of searches, one of which is impossible."""
    teams = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-16"},
        staff=[{"id": name} for name in "ABCDE"],
        rules=[{"id": "cap", "kind": "office_cap", "max": 2}, {"id": "run", "kind": "consecutive", "place": "home", "max": 3}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )
    return [
        generate(20),
        generate(12, seed=2),
        impossible(),
        generate(12, 2, seed=3, families=ALL),
        generate(20, seed=4, families=ALL),
        teams,
        generate(9, seed=5, families=["caps"]),
    ]


def said(result: Result) -> tuple[Any, ...]:
    """Whatever a result says that does not tell the time."""
    schedule = result.schedule
    cells = (schedule.place.tolist(), {rule: named.tolist() for rule, named in schedule.duty.items()})
    parts = [(part.people, part.days, part.status, part.tiers) for part in result.parts]
    texts = [finding.said.text("id") for finding in result.findings]
    return (result.status, result.stopped, result.tiers, cells, parts, texts, result.seed, result.reproducible)


@pytest.mark.parametrize("options", [SolveOptions(workers=1), SolveOptions(workers=2, seed=7, anyway=True)])
def test_each_is_as_it_is_alone(options: SolveOptions) -> None:
    """Status, plan, duty, tiers, parts and findings do not depend on who is solved beside; an impossible one says so itself."""
    instances = mixed()
    together = solve_many(instances, options)
    assert [said(result) for result in together] == [said(solve(instance, options)) for instance in instances]
    assert [result.status for result in together].count(Status.INFEASIBLE) == 1


def test_people_who_can_change_places_in_a_part_behind_others() -> None:
    """Parts with choices besides places, whose people are alike, are searched as they are alone wherever they stand in the batch."""
    instance = Instance.build(
        horizon={"start": "2021-07-16", "end": "2021-07-19"},
        calendars={"office": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
        staff=[{"id": name} for name in ("P0", "P1", "P2")],
        pins=[{"staff_id": "P1", "date": "2021-07-17", "place": "office"}],
        rules=[{"id": "one", "kind": "frequency", "each": "pair", "happens": "any", "window": "week", "most": 1, "least": 1}],
        goals=[{"kind": "fair_share", "share": "equal"}],
    )
    options = SolveOptions(workers=1)
    assert [said(result) for result in solve_many([instance, instance], options)] == [said(solve(instance, options))] * 2


def test_memory_of_each_serves_the_next_solve() -> None:
    """What was proven about an instance in a batch is known again: nothing of it is searched a second time."""
    instances = [generate(12, seed=seed) for seed in (1, 2)]
    for instance, before in zip(instances, solve_many(instances), strict=True):
        again = solve(instance, start=before)
        assert all(part.seconds == 0 for part in again.parts)


def test_a_bad_instance_takes_no_plan_from_others() -> None:
    """Weights that cannot be added up are told with the number and the title; the plans of the others are in the error."""
    good = generate(8)
    with pytest.raises(BatchError, match=r"instances\[1\] \(Secretariat\)") as caught:
        solve_many([good, heavy("Secretariat"), good])
    first, none, last = caught.value.results
    assert none is None and first is not None and last is not None
    assert said(first) == said(last) == said(solve(good))


def test_what_is_no_instance_is_told_before_anything_is_solved() -> None:
    """All that is wrong at once, each with its number."""
    with pytest.raises(InputError) as caught:
        solve_many([generate(8), "a.yaml", {}], 5)  # type: ignore[list-item, arg-type]
    told = [problem.where.field for problem in caught.value.problems]
    assert told == ["instances[1]", "instances[2]", "options"]
    with pytest.raises(InputError, match=r"Write solve_many\(\[instance, …\]\)"):
        solve_many(generate(8))  # type: ignore[arg-type]


def test_none_are_none() -> None:
    """No instances have no results, and a generator of instances is read once."""
    assert solve_many([]) == []
    given: Iterator[Instance] = (generate(8, seed=seed) for seed in (1, 2))
    assert len(solve_many(given)) == 2


def test_a_cancel_between_instances() -> None:
    """Those whose turn had not come say that they were cancelled, and that no plan was looked for."""
    cancel = threading.Event()
    cancel.set()
    found = solve_many([generate(8), generate(8, seed=2)], cancel=cancel)
    assert [(result.status, result.stopped) for result in found] == [(Status.UNKNOWN, Stopped.CANCELLED)] * 2
    assert "cancelled before this instance had its turn" in found[1].findings[0].said.text("en")


def test_the_time_limit_is_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is asked once, for all instances, and with no more seconds than there are for all."""
    asked: list[tuple[int, float | None]] = []
    optimise_all = run.optimise_all

    def seen(questions: Sequence[run.Question], options: run.EngineOptions) -> list[run.Outcome]:
        asked.append((len(questions), options.time_limit_s))
        return optimise_all(questions, options)

    monkeypatch.setattr(run, "optimise_all", seen)
    found = solve_many([generate(8, seed=seed) for seed in (1, 2, 3)], SolveOptions(time_limit_s=30))
    assert [result.status for result in found] == [Status.OPTIMAL] * 3
    [(questions, limit)] = asked
    assert questions == len(found) and limit is not None and limit <= 30


def test_no_instance_is_compiled_behind_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where compiling the first takes all of the time, the others are told as not planned, and none of them is compiled."""
    now, compiled = [0.0], []
    compile_program = runs.compile_program

    def slow(instance: Instance, *args: Any) -> Program:
        compiled.append(instance)
        now[0] += 10.0
        return compile_program(instance, *args)

    monkeypatch.setattr(runs, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    monkeypatch.setattr(runs, "compile_program", slow)
    given = [generate(8, seed=seed) for seed in (1, 2, 3)]
    found = solve_many(given, SolveOptions(time_limit_s=10))
    assert compiled == given[:1]
    assert [(result.status, result.stopped) for result in found[1:]] == [(Status.UNKNOWN, Stopped.TIME_LIMIT)] * 2


def test_a_cancel_between_programs_that_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at before the next program is split; those behind it say that they were cancelled."""
    cancel, divided = threading.Event(), []
    split = run.split

    def slow(program: Program, *args: Any, **more: Any) -> Split:
        divided.append(program)
        cancel.set()
        return split(program, *args, **more)

    monkeypatch.setattr(run, "split", slow)
    found = solve_many([generate(8, seed=seed) for seed in (1, 2, 3)], cancel=cancel)
    assert len(divided) == 1
    assert [(result.status, result.stopped) for result in found[1:]] == [(Status.UNKNOWN, Stopped.CANCELLED)] * 2
    assert "cancelled before this instance had its turn" in found[2].findings[0].said.text("en")


def test_parts_of_all_are_counted() -> None:
    """Progress tells of one search: the parts of all instances."""
    seen: list[giliran.Progress] = []
    found = solve_many([generate(20), generate(20, seed=2)], progress=seen.append)
    assert seen[-1].done == seen[-1].total == sum(len(result.parts) for result in found)
