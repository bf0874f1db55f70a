"""What `import giliran` offers."""

from __future__ import annotations

import ast
import asyncio
import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import giliran
from giliran.audit import audit


@pytest.mark.parametrize("name", giliran.__all__)
def test_every_public_name_can_be_used(name: str) -> None:
    """Every name in `__all__` is there when it is asked for."""
    assert getattr(giliran, name) is not None


def test_names_for_types_are_those_at_run_time() -> None:
    """Type checkers and programs see the same names: every line of the stub but its last ones names one."""
    tree = ast.parse(Path(giliran.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imported = {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {*imported, "__version__"} == set(giliran.__all__) == set(dir(giliran))


def test_nothing_promised_is_gone() -> None:
    """Every public name of the last release is there: taking one away needs a note in the changelog, and this list."""
    promised = (Path(__file__).parent / "names-0.7.0.txt").read_text(encoding="utf-8").split()
    assert not set(promised) - set(giliran.__all__)


OPAQUE = {
    *("CertificateFile", "Goal", "Memory", "Named", "Postings", "ResolvedCircular", "Rule", "Units", "Valued", "Verdict", "View", "Written")
}
"""Types whose names alone are promised, as the package says: what they hold is its own."""


def leaves(annotation: Any) -> Iterator[type]:
    """The classes that an annotation is made of."""
    parts = annotation if isinstance(annotation, list) else typing.get_args(annotation)
    for part in parts:
        yield from leaves(part)
    origin = annotation if not parts else typing.get_origin(annotation)
    if isinstance(origin, type):
        yield origin


def own_functions(public: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties of a class that giliran defines."""
    for name in dir(public):
        found = inspect.getattr_static(public, name)
        found = getattr(found, "fget", None) or getattr(found, "func", None) or getattr(found, "__func__", found)
        function = inspect.unwrap(found) if callable(found) else found
        if not name.startswith("_") and inspect.isfunction(function) and function.__module__.startswith("giliran"):
            yield name, function


def met(name: str) -> Iterator[tuple[str, type]]:
    """Types of giliran that a caller meets in the signatures and attributes of a public name, and where."""
    public = getattr(giliran, name)
    places = [("", public), *own_functions(public)] if isinstance(public, type) else [("", inspect.unwrap(public))]
    for where, place in places:
        for attribute, annotation in typing.get_type_hints(place).items():
            for leaf in () if attribute.startswith("_") else leaves(annotation):
                if leaf.__module__.startswith("giliran"):
                    yield f"{name}.{where or attribute}", leaf


@pytest.mark.parametrize("name", sorted(set(giliran.__all__) - OPAQUE - {"__version__"}))
def test_whoever_is_met_is_public(name: str) -> None:
    """Every type in a public signature or attribute has a public name, and annotations can be read at run time."""
    for where, leaf in met(name):
        assert getattr(giliran, leaf.__name__, None) is leaf, f"{where} is a {leaf.__name__}, which giliran does not export"


def test_help_says_what_callers_ask() -> None:
    """`help(giliran.solve)` tells how long a cancel takes, what a tier's value means, and what Progress carries."""
    text = " ".join(inspect.getdoc(giliran.solve).split())  # type: ignore[union-attr]
    assert "half a second" in text and "what the plan costs in that tier" in text
    for field in dataclasses.fields(giliran.Progress):
        assert f"`{field.name}`" in text


def test_progress_is_what_it_says() -> None:
    """Parts done of all parts, as they are finished, and the seconds; nothing is told after the last one."""
    seen: list[giliran.Progress] = []
    giliran.solve(pair(), progress=seen.append)
    assert seen and [step.done for step in seen] == sorted(step.done for step in seen)
    assert seen[-1].done == seen[-1].total and seen[-1].seconds >= 0


def test_what_progress_raises_is_raised() -> None:
    """A callback that fails ends the solve with its own error."""

    def fail(step: giliran.Progress) -> None:
        raise LookupError(step.total)

    with pytest.raises(LookupError):
        giliran.solve(pair(), progress=fail)


def test_check_is_the_audit() -> None:
    """`giliran.check` is the audit by its short name."""
    assert giliran.check is audit


def test_unknown_name() -> None:
    """An unknown name is an `AttributeError`, as everywhere."""
    with pytest.raises(AttributeError, match="no attribute 'solv'"):
        _ = giliran.solv


def test_wrong_options_are_input_errors() -> None:
    """An unknown option and an impossible value are told like any bad input, all at once, with the nearest known name."""
    wrong = {"time_limit": 3, "workers": 0}
    with pytest.raises(giliran.InputError) as caught:
        giliran.SolveOptions(**wrong)
    text = caught.value.text()
    assert "unknown key time_limit" in text and "Did you mean time_limit_s?" in text and "workers: 0 cannot be" in text


PLACES = np.array([[1, 2], [2, 1]], dtype=np.int8)


def pair() -> giliran.Instance:
    """Two people, two days, one duty rule."""
    return giliran.Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        rules=[{"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"}],
        goals=[{"kind": "office_target", "aim": "most_home"}],
    )


def refusal(call: Callable[[], object]) -> str:
    """What an `InputError` says, after seeing that it says it in both languages."""
    with pytest.raises(giliran.InputError) as caught:
        call()
    assert caught.value.text("id") != caught.value.text("en")
    return caught.value.text()


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"place": [[1, 2]]}, "place: found a list"),
        ({"place": PLACES.astype(float)}, "place: found an array float64[2, 2]"),
        ({"place": PLACES == 1}, "write numpy.where(office, Place.OFFICE, Place.HOME)"),
        ({"place": PLACES[0]}, "place: found an array int8[2]"),
        ({"place": PLACES + np.int8(5)}, "place: found 6; places are 0 to 4"),
        ({"place": PLACES, "duty": {"own/piket": PLACES}}, "duty[own/piket]: found an array int8[2, 2]"),
        ({"place": PLACES, "duty": {"own/piket": PLACES[:1] == 1}}, "duty[own/piket]: found an array bool[1, 2]"),
        ({"place": PLACES, "duty": ["own/piket"]}, "duty: found a list"),
        ({"place": PLACES, "team": {"own/piket": PLACES}}, "team[own/piket]: found an array int8[2, 2]"),
        ({"place": PLACES, "team": {"own/piket": np.array([1, 0])}}, "team[own/piket]: found 0; teams are numbered 1"),
        ({"place": PLACES, "unplanned": np.array([True, False])}, "unplanned: found an array bool[2]"),
    ],
)
def test_schedules_that_are_none(arrays: dict[str, Any], said: str) -> None:
    """Codes, kinds and shapes of arrays are looked at when a schedule is made, and told with what was expected."""
    assert said in refusal(lambda: giliran.Schedule(**arrays))


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (giliran.Schedule(PLACES[:1]), "the schedule has 1 person and 2 days, the instance has 2 and 2"),
        (giliran.Schedule(PLACES[:, :1]), "the schedule has 2 people and 1 day, the instance has 2 and 2"),
        (giliran.Schedule(PLACES, {"own/pikt": PLACES == 1}), "'own/pikt' is not a duty rule of the instance\n  Did you mean own/piket?"),
        (giliran.Schedule(PLACES, team={"own/x": np.array([1, 2])}), "'own/x' is not a rule of the instance"),
        (PLACES[:1], "the schedule has 1 person and 2 days, the instance has 2 and 2"),
        (PLACES[:1] == 1, "office: found an array bool[1, 2]; expected an array of true and false"),
        ("plan.csv", "Read it first: read_schedule('plan.csv', instance)"),
    ],
)
def test_schedules_of_other_instances(schedule: Any, said: str) -> None:
    """A schedule for other people or days, or of other rules, is neither clean nor stretched to fit."""
    assert said in refusal(lambda: giliran.check(pair(), schedule))


def test_whole_numbers_of_any_width_are_places() -> None:
    """What NumPy makes of a list of lists is a schedule."""
    assert giliran.check(pair(), giliran.Schedule(np.array([[1, 2], [2, 1]]))).broken == ()


@pytest.mark.parametrize(
    ("instance", "said"),
    [
        ("x.yaml", "instance: found the text 'x.yaml'; expected an instance\n  Load it first: load_instance('x.yaml')."),
        (Path("x.yaml"), "Load it first: load_instance('x.yaml')."),
        ({"horizon": {}, "staff": []}, "instance: found keys with values (horizon, staff); expected an instance\n  Make an instance of it"),
        (None, "instance: found nothing; expected an instance"),
    ],
)
def test_instances_that_are_none(instance: Any, said: str) -> None:
    """`solve` and `check` say what they need, and how to get it."""
    assert said in refusal(lambda: giliran.solve(instance))
    assert said in refusal(lambda: giliran.check(instance, giliran.Schedule(PLACES)))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"options": {"workers": 2}}, "options: found keys with values (workers); expected SolveOptions\n  Write SolveOptions(workers=2)."),
        ({"options": 5}, "options: found 5; expected SolveOptions"),
        ({"time_limit_s": 5}, "time_limit_s: an option of SolveOptions\n  Write solve(instance, SolveOptions(time_limit_s=5))."),
        ({"time_limit": 5}, "time_limit: solve knows no such argument\n  Did you mean SolveOptions(time_limit_s=…)?"),
        ({"progess": print}, "progess: solve knows no such argument\n  Did you mean progress?"),
        ({"cancel": True}, "cancel: found true; expected a threading.Event"),
        ({"progress": 5}, "progress: found 5; expected a function"),
        ({"executor": "dask"}, "executor: found the text 'dask'; expected a concurrent.futures.Executor"),
    ],
)
def test_arguments_of_solve_that_are_none(arguments: dict[str, Any], said: str) -> None:
    """A wrong argument is one clear error before anything is compiled."""
    assert said in refusal(lambda: giliran.solve(pair(), **arguments))


@pytest.mark.parametrize(
    ("call", "begun"),
    [
        (lambda **more: giliran.solve_many([pair()], **more), "solve_many(instances"),
        (lambda **more: giliran.solve_iter(pair(), **more), "solve_iter(instance"),
        (lambda **more: asyncio.run(giliran.solve_async(pair(), **more)), "solve_async(instance"),
    ],
)
def test_strange_arguments_of_what_solves(call: Callable[..., object], begun: str) -> None:
    """An option that is given as an argument, or a word that is nearly one, is told as `solve` tells it."""
    said = refusal(lambda: call(time_limit_s=1))
    assert f"time_limit_s: an option of SolveOptions\n  Write {begun}, SolveOptions(time_limit_s=1))." in said
    name = begun.split("(")[0]
    assert f"cancle: {name} knows no such argument\n  Did you mean cancel?" in refusal(lambda: call(cancle=None))


def test_no_argument_is_advised_that_a_call_does_not_have() -> None:
    """Many instances have no one start."""
    assert "start: solve_many knows no such argument" in (said := refusal(lambda: giliran.solve_many([pair()], start=None)))  # type: ignore[call-arg]
    assert "Did you mean" not in said


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: giliran.Instance.build("x.yaml"), "data: found the text 'x.yaml'; expected the sections of an instance"),  # type: ignore[arg-type]
        (lambda: giliran.Instance.build([{"id": "A"}]), "data: found a list"),  # type: ignore[arg-type]
        (lambda: giliran.load_instance({"horizon": {}}), "path: found keys with values (horizon); expected the path of a file"),  # type: ignore[arg-type]
    ],
)
def test_what_no_instance_is_made_of(call: Callable[[], object], said: str) -> None:
    """A path where data are expected, and data where a path is, are told with what takes them."""
    text = refusal(call)
    assert said in text and "Instance.build(" in text


def test_all_wrong_arguments_at_once() -> None:
    """Whatever is wrong with a call is told together."""
    text = refusal(lambda: giliran.solve("x.yaml", {"workers": 2}, cancel=True))  # type: ignore[arg-type]
    assert [line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")] == ["instance", "options", "cancel"]
