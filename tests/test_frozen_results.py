"""What giliran gives away cannot be changed by whoever holds it: arrays and mappings are read-only, in copies too."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from giliran.audit import audit
from giliran.certificate.reading import read_certificate
from giliran.certificate.verify import verify
from giliran.certifying import make_certificate
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed, SealedDict
from giliran.files.loading import load_instance
from giliran.messages import Said
from giliran.preparing import compile_program
from giliran.result import Result
from giliran.solving import SolveOptions, solve

INSTANCES = Path(__file__).parent.parent / "instances"
TINY = ("a-day-to-meet", "sick-on-tuesday", "the-ledger-remembers", "two-equal-teams")
NAMES = (*(f"tiny/{name}.yaml" for name in TINY), "circulars/umum", "situations/spouses")


def everything(result: Result, folder: Path) -> dict[str, Any]:
    """A result and whatever else is made of it: its audit, program, certificate and verdict."""
    instance, facts = result.instance, result.instance.facts
    file = folder / "proof.json"
    file.write_text(make_certificate(result).text(), encoding="utf-8")
    program = compile_program(instance)
    certificate = read_certificate(file, program, facts)
    verdict = verify(program, certificate, result.schedule.office, result.schedule.planned(facts))
    found = audit(instance, result.schedule)
    return {"result": result, "audit": found, "program": program, "certificate": certificate, "verdict": verdict}


@pytest.fixture(scope="module", params=NAMES)
def things(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything about a solved instance."""
    path = INSTANCES / request.param
    result = solve(load_instance(path if path.suffix else path / "instance.yaml"), SolveOptions(workers=1))
    return everything(result, tmp_path_factory.mktemp("proof"))


def inside(value: object, path: str, seen: dict[int, object]) -> Iterator[tuple[str, object]]:
    """All arrays, and all mappings and lists that are fields, with their paths: through dataclasses, views, tuples and mappings.

    Data of circulars as files have it and the values of sentences are passed over: plans are made of neither, and nobody shares them.
    """
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, np.ndarray):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from inside(inner, f"{path}[{key!r}]", seen)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from inside(inner, f"{path}[]", seen)
    elif type(value).__module__.startswith("giliran.") and not isinstance(value, type | Said):
        for name, inner in vars(value).items() if hasattr(value, "__dict__") else ():
            if dataclasses.is_dataclass(value) and isinstance(inner, Mapping | list):
                yield f"{path}.{name}", inner
            yield from inside(inner, f"{path}.{name}", seen)


def loose(things: Mapping[str, object]) -> list[str]:
    """Paths of everything that could be changed."""
    seen: dict[int, object] = {}
    found = [pair for name, thing in things.items() for pair in inside(thing, name, seen)]
    assert sum(isinstance(value, np.ndarray) for _, value in found) > 50
    writeable = [path for path, value in found if isinstance(value, np.ndarray) and value.flags.writeable]
    return writeable + [path for path, value in found if isinstance(value, dict | list) and not isinstance(value, SealedDict)]


WAYS: dict[str, Callable[[Any], Any]] = {
    "itself": lambda thing: thing,
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),
    "pickle 0": lambda thing: pickle.loads(pickle.dumps(thing, 0)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_can_be_changed(things: dict[str, Any], way: str) -> None:
    """No array of a result, audit, program, certificate or verdict is writeable, and no mapping takes anything, after copies neither."""
    copies = {name: WAYS[way](thing) for name, thing in things.items()}
    audit(copies["result"].instance, copies["result"].schedule)  # what was computed once is computed again, where a copy has left it out
    assert loose(copies) == []


@pytest.mark.parametrize("way", WAYS)
def test_copies_are_equal_and_of_use(things: dict[str, Any], way: str) -> None:
    """Whatever was copied equals what it was copied from, and a copied result is audited and certified as the result is."""
    copies = {name: WAYS[way](thing) for name, thing in things.items()}
    assert copies == things
    result: Result = copies["result"]
    assert audit(result.instance, result.schedule) == things["audit"]
    assert make_certificate(result) == make_certificate(things["result"])


GIVEN = (
    *("domain.calendar", "domain.facts", "domain.schedule", "domain.units", "program.program"),
    *("rules.answers", "rules.kinds.meeting.days", "rules.tiers", "circulars.resolving", "instance.instance"),
    *("audit", "certificate.certificate", "result"),
)
"""Modules of dataclasses that are given to whoever asks."""

HELD = ("NDArray", "Cells", "Ints", "Counts", "Mapping")
"""Words in the types of fields that somebody could write into."""


@pytest.mark.parametrize("name", GIVEN)
def test_no_class_is_forgotten(name: str) -> None:
    """Every dataclass with an array or a mapping that these modules define is sealed, also where no instance above has one."""
    members = vars(importlib.import_module(f"giliran.{name}")).values()
    records = [one for one in members if dataclasses.is_dataclass(one) and one.__module__ == f"giliran.{name}"]
    holding = [one for one in records if any(word in str(field.type) for field in dataclasses.fields(one) for word in HELD)]
    assert holding and [one for one in holding if not (isinstance(one, type) and issubclass(one, Sealed))] == []


def test_options_and_findings_survive(things: dict[str, Any]) -> None:
    """Options and findings are equal after pickling."""
    options, findings = SolveOptions(time_limit_s=1.5, workers=2), things["result"].findings
    assert pickle.loads(pickle.dumps((options, findings))) == (options, findings)


def test_a_difference_is_seen(things: dict[str, Any]) -> None:
    """Results that differ in one cell, or in what they are about, are not equal."""
    result: Result = things["result"]
    place = result.schedule.place.copy()
    place[0, 0] = Place.OFF if place[0, 0] != Place.OFF else Place.HOME
    other = dataclasses.replace(result.schedule, place=place)
    left_out = np.ones(place.shape, dtype=np.bool_)
    assert dataclasses.replace(result.schedule, unplanned=left_out) != dataclasses.replace(result.schedule, unplanned=None)
    assert other != result.schedule and dataclasses.replace(result, schedule=other) != result
    assert result.schedule != "a schedule" and result.instance.facts != dataclasses.replace(result.instance.facts, title="another")


def test_arrays_of_callers_stay_theirs() -> None:
    """Whoever makes a schedule can go on writing into the arrays and mappings it was made of; the schedule does not follow."""
    place, named, duty = np.full((2, 1), Place.HOME, dtype=np.int8), np.zeros((2, 1), dtype=np.bool_), {}
    duty["own/piket"] = named
    schedule = Schedule(place, duty)
    place[0, 0], named[0, 0] = Place.OFFICE, True
    del duty["own/piket"]
    assert schedule.place.tolist() == [[Place.HOME], [Place.HOME]] and not schedule.duty["own/piket"].any()


@pytest.mark.parametrize("name", ["office", "home", "planned"])
def test_answers_of_a_schedule_are_read_only(name: str) -> None:
    """Arrays that a schedule computes when asked refuse changes, which would be lost unseen otherwise."""
    result = solve(load_instance(INSTANCES / "tiny" / "a-day-to-meet.yaml"), SolveOptions(workers=1))
    cells = getattr(result.schedule, name)
    cells = cells(result.instance.facts) if name == "planned" else cells
    with pytest.raises(ValueError, match="read-only"):
        cells[0, 0] = not cells[0, 0]


CHANGES: dict[str, Callable[[dict[str, int]], object]] = {
    "set": lambda mapping: mapping.__setitem__("a", 2),
    "delete": lambda mapping: mapping.__delitem__("a"),
    "merge": lambda mapping: mapping.__ior__({"b": 2}),
    "clear": lambda mapping: mapping.clear(),
    "pop": lambda mapping: mapping.pop("a"),
    "popitem": lambda mapping: mapping.popitem(),
    "setdefault": lambda mapping: mapping.setdefault("b", 2),
    "update": lambda mapping: mapping.update(b=2),
}


@pytest.mark.parametrize("change", CHANGES)
def test_mappings_refuse_changes(change: str) -> None:
    """A sealed mapping refuses everything that changes a dict, and is one for everything else."""
    mapping = SealedDict({"a": 1})
    with pytest.raises(TypeError, match="read-only"):
        CHANGES[change](mapping)
    assert mapping == {"a": 1} and json.dumps(mapping) == '{"a": 1}' and mapping | {"b": 2} == {"a": 1, "b": 2}
    assert copy.deepcopy(mapping) == pickle.loads(pickle.dumps(mapping)) == mapping
