"""What a program must give: instances, and schedules that fit them; one clear error where it gave something else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.schedule import Schedule, other_shape
from giliran.domain.selection import Model
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import Said, Sentence, did_you_mean, found_text, meant, nearest

_NO_INSTANCE = Sentence(en="found {found}; expected an instance", id="ditemukan {found}; yang diharapkan masukan yang sudah disusun")
_NO_INSTANCES = Sentence(
    en="found {found}; expected instances", id="ditemukan {found}; yang diharapkan beberapa masukan yang sudah disusun"
)
_IN_A_LIST = Sentence(en="Write solve_many([instance, …]).", id="Tulis solve_many([instance, …]).")
_LOAD = Sentence(en="Load it first: load_instance('{path}').", id="Muat dahulu: load_instance('{path}').")
_BUILD = Sentence(en="Make an instance of it first: Instance.build(…).", id="Susun masukannya dahulu: Instance.build(…).")
_NO_SCHEDULE = Sentence(en="found {found}; expected a schedule", id="ditemukan {found}; yang diharapkan jadwal")
_NO_PATH = Sentence(en="found {found}; expected the path of a file", id="ditemukan {found}; yang diharapkan alamat berkas")
_READ = Sentence(en="Read it first: read_schedule('{path}', instance).", id="Baca dahulu: read_schedule('{path}', instance).")
_INSIDE = Sentence(en="A result holds its schedule: result.schedule.", id="Hasil memuat jadwalnya: result.schedule.")
_NO_DUTY = Sentence(en="'{rule}' is not a duty rule of the instance", id="'{rule}' bukan aturan piket yang berlaku di sini")
_NO_TEAMS = Sentence(en="'{rule}' is not a rule of the instance", id="'{rule}' bukan aturan yang berlaku di sini")
_NO_OPTIONS = Sentence(en="found {found}; expected SolveOptions", id="ditemukan {found}; yang diharapkan SolveOptions")
_WRITE = Sentence(en="Write {call}.", id="Tulis {call}.")
_AN_OPTION = Sentence(en="an option of SolveOptions", id="ini pilihan pada SolveOptions")
_NO_ARGUMENT = Sentence(en="{call} knows no such argument", id="{call} tidak mengenal argumen ini")
_NO_CANCEL = Sentence(en="found {found}; expected a threading.Event", id="ditemukan {found}; yang diharapkan threading.Event")
_NO_FUNCTION = Sentence(en="found {found}; expected a function", id="ditemukan {found}; yang diharapkan fungsi")
_NO_EXECUTOR = Sentence(
    en="found {found}; expected a concurrent.futures.Executor", id="ditemukan {found}; yang diharapkan concurrent.futures.Executor"
)
_NO_RESULT = Sentence(en="found {found}; expected a result of `solve`", id="ditemukan {found}; yang diharapkan hasil `solve`")


def _is_result(value: object) -> bool:
    return hasattr(value, "memory") and isinstance(getattr(value, "schedule", None), Schedule)


_KINDS: dict[str, tuple[Callable[[object], bool], Sentence]] = {
    "cancel": (lambda value: hasattr(value, "is_set"), _NO_CANCEL),
    "progress": (callable, _NO_FUNCTION),
    "executor": (lambda value: isinstance(value, Executor), _NO_EXECUTOR),
    "start": (_is_result, _NO_RESULT),
    "result": (_is_result, _NO_RESULT),
}
"""What else may be given to `solve`: how to know it, and what to say otherwise."""


def check_call(
    instance: object,
    options: object,
    known: type[Model],
    others: Mapping[str, object],
    strange: Mapping[str, object],
    call: str = "solve",
) -> None:
    """See that a call of `solve`, or of what takes the same, makes sense.

    Parameters
    ----------
    known
        The model of options.
    others
        Further arguments, each None where it was not given.
    strange
        Arguments that it does not have.
    call
        Its name.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    problems = [*instance_given(instance), *_call_given(options, known, others)]
    problems += [_strange(name, value, known, others, f"{call}(instance") for name, value in strange.items()]
    if problems:
        raise InputError(problems)


def check_calls(
    instances: object, options: object, known: type[Model], others: Mapping[str, object], strange: Mapping[str, object]
) -> None:
    """The same for `solve_many`, which takes many instances; they are named by their numbers.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    problems: list[Problem] = []
    if isinstance(instances, list):
        for k, instance in enumerate(instances):
            problems += instance_given(instance, f"instances[{k}]")
    else:
        problems.append(Problem(Where(field="instances"), _NO_INSTANCES(found=found_text(instances)), _IN_A_LIST()))
    problems += _call_given(options, known, others)
    problems += [_strange(name, value, known, others, "solve_many(instances") for name, value in strange.items()]
    if problems:
        raise InputError(problems)


def check_arrays(
    options: object, known: type[Model], others: Mapping[str, object], arrays: Iterable[str], strange: Mapping[str, object]
) -> Iterator[Problem]:
    """What is wrong with a call of `solve_arrays` besides its arrays, whose names are given; other parameters as for `check_call`."""
    yield from _call_given(options, known, others)
    words = [*others, *arrays]
    yield from (_strange(name, value, known, words, "solve_arrays(available", by="options=") for name, value in strange.items())


def _call_given(options: object, known: type[Model], others: Mapping[str, object]) -> Iterator[Problem]:
    """What is wrong with options, and with what else is given."""
    if options is not None and not isinstance(options, known):
        written = ", ".join(f"{name}={value!r}" for name, value in options.items()) if isinstance(options, Mapping) else None
        advice = None if written is None else _WRITE(call=f"{known.__name__}({written})")
        yield Problem(Where(field="options"), _NO_OPTIONS(found=found_text(options)), advice)
    for name, value in others.items():
        fits, said = _KINDS[name]
        if value is not None and not fits(value):
            yield Problem(Where(field=name), said(found=found_text(value)))


def _strange(name: str, value: object, known: type[Model], others: Iterable[str], begun: str, by: str = "") -> Problem:
    """An argument that a call, of which `begun` is the beginning, does not have: an option, or a word that is nearly one."""
    if name in known.model_fields:
        return Problem(Where(field=name), _AN_OPTION(), _WRITE(call=f"{begun}, {by}{known.__name__}({name}={value!r}))"))
    near = nearest(name, [*known.model_fields, *others])
    shown = near if near is None or near not in known.model_fields else f"{known.__name__}({near}=…)"
    return Problem(Where(field=name), _NO_ARGUMENT(call=begun.partition("(")[0]), did_you_mean(shown))


def instance_given(value: object, field: str = "instance") -> Iterator[Problem]:
    """What is wrong with something that should be an instance, an argument of that name."""
    if isinstance(value, Instance):
        return
    advice: Said | None = None
    if isinstance(value, str | os.PathLike):
        advice = _LOAD(path=os.fspath(value))
    elif isinstance(value, Mapping):
        advice = _BUILD()
    yield Problem(Where(field=field), _NO_INSTANCE(found=found_text(value)), advice)


def check_file(path: object, instance: object) -> None:
    """See that there are the name of a file and an instance.

    Raises
    ------
    InputError
        If one of them is something else.
    """
    named = isinstance(path, str | os.PathLike) and path != ""
    problems = [] if named else [Problem(Where(field="path"), _NO_PATH(found=found_text(path)))]
    problems += instance_given(instance)
    if problems:
        raise InputError(problems)


def check_pair(instance: Instance, schedule: Schedule) -> None:
    """See that there are an instance and a schedule for it.

    Raises
    ------
    InputError
        If one of them is something else, or the schedule is for other people or days, or names rules that the instance does not have.
    """
    problems = [*instance_given(instance), *_schedule_given(schedule)]
    if not problems:
        problems += _unfit(instance, schedule)
    if problems:
        raise InputError(problems)


def as_schedule(instance: Instance, given: Schedule | NDArray[np.bool_] | NDArray[np.integer[Any]]) -> Schedule:
    """A schedule for an instance; an array says who is in the office (bool[E, D]) or gives the `Place` of each cell (int[E, D]).

    Raises
    ------
    InputError
        As `check_pair`, and if an array has another shape or holds a number that is no place.
    """
    whole: Any = given
    if isinstance(instance, Instance) and isinstance(given, np.ndarray):
        whole = Schedule.from_office(instance, whole) if given.dtype == np.bool_ else Schedule(whole)
    check_pair(instance, whole)
    schedule: Schedule = whole
    return schedule


def _schedule_given(value: object) -> Iterator[Problem]:
    if isinstance(value, Schedule):
        return
    advice: Said | None = None
    if isinstance(value, str | os.PathLike):
        advice = _READ(path=os.fspath(value))
    elif isinstance(getattr(value, "schedule", None), Schedule):
        advice = _INSIDE()
    yield Problem(Where(field="schedule"), _NO_SCHEDULE(found=found_text(value)), advice)


def _unfit(instance: Instance, schedule: Schedule) -> Iterator[Problem]:
    yield from other_shape(instance.facts, schedule)
    duties = [duty.rule for duty in instance.view.duties]
    for field, sentence, used, known in (
        ("duty", _NO_DUTY, schedule.duty, duties),
        ("team", _NO_TEAMS, schedule.team, instance.view.by_id),
    ):
        for rule in used:
            if rule not in known:
                yield Problem(Where(field=f"schedule.{field}"), sentence(rule=rule), meant(str(rule), known))
