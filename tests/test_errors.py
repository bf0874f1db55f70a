"""Errors arrive whole wherever they are sent: copied, pickled, from processes and from clusters."""

from __future__ import annotations

import copy
import importlib
import inspect
import multiprocessing
import os
import pickle
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from http import HTTPStatus
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import giliran
from giliran.domain.place import Strength
from giliran.domain.status import Status, Stopped
from giliran.errors import MOST_TOLD, GiliranError, InputError, Problem, Problems, Where
from giliran.messages import LANGUAGES, Lang, Percent, Sentence, bilingual, plain
from tests.plans import NOBODY, plan, result_of, small_instance

ROOT = Path(__file__).parent.parent
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
FOUND = Sentence(en="found {found} on {day} ({count} {count:day|days})", id="ditemukan {found} pada {day} ({count} hari)")
SAID = FOUND(found=[plain("Ani"), Percent(2500), Fraction(1, 3), bilingual(en="Eid", id="Idulfitri")], day=date(2021, 7, 20), count=1)
PROBLEMS = (Problem(Where("i.yaml", 3, "rules[0].share"), SAID, plain("Budi")), Problem(Where(field="staff"), plain("kosong")))

SAMPLES: dict[str, Any] = {
    "problems": PROBLEMS,
    "said": SAID,
    "status": HTTPStatus.FORBIDDEN,
    "advice": plain("Budi"),
    "path": ("parts", 0, "tier"),
    "word": "none",
    "column": 7,
    "part": 3,
    "columns": np.arange(3),
    "results": (None,),
}
"""What constructors of errors take, by the name of the parameter."""


def ours() -> list[type[BaseException]]:
    """Every class of errors that a module of the package defines."""
    names = [found.name for found in pkgutil.walk_packages(giliran.__path__, "giliran.") if not found.name.endswith("__main__")]
    members = [member for name in names for _, member in inspect.getmembers(importlib.import_module(name), inspect.isclass)]
    errors = {member for member in members if issubclass(member, BaseException) and member.__module__.startswith("giliran.")}
    return sorted(errors, key=lambda error: error.__qualname__)


def made(kind: type[BaseException]) -> BaseException:
    """An error of a class: with a sample for every parameter, or with a text where it has no constructor of its own."""
    if kind.__init__ in (Exception.__init__, ValueError.__init__):
        return kind("Ani is away")
    parameters = [name for name in inspect.signature(kind).parameters if name != "self"]
    return kind(*(SAMPLES[name] for name in parameters))


WAYS: dict[str, Callable[[Any], Any]] = {
    **{f"pickle {n}": lambda error, n=n: pickle.loads(pickle.dumps(error, n)) for n in PROTOCOLS},
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def alike(one: object, other: object) -> bool:
    """Equality, of arrays too."""
    return np.array_equal(one, other) if isinstance(one, np.ndarray) and isinstance(other, np.ndarray) else one == other


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.__qualname__)
def test_every_error_survives(kind: type[BaseException], way: str) -> None:
    """Class, text, attributes and notes of every error of the package are the same afterwards; a new class is found by itself."""
    error = made(kind)
    error.add_note("while planning")

    found = WAYS[way](error)

    assert type(found) is kind
    assert str(found) == str(error)
    assert vars(found).keys() == vars(error).keys()
    assert all(alike(vars(found)[name], value) for name, value in vars(error).items())


def test_all_of_the_tree_are_walked_over() -> None:
    """No subclass of `GiliranError` stands where the walk does not come."""

    def below(kind: type[BaseException]) -> set[type[BaseException]]:
        return {kind}.union(*(below(inner) for inner in kind.__subclasses__()))

    assert {kind for kind in below(GiliranError) if kind.__module__.startswith("giliran.")} <= set(ours())


@pytest.mark.parametrize("way", WAYS)
def test_what_errors_hold_survives(way: str) -> None:
    """Places are equal with equal hashes, sentences and what they say are equal in both languages."""
    where, found = WAYS[way]((PROBLEMS[0].where, PROBLEMS[0]))
    assert where == PROBLEMS[0].where and hash(where) == hash(PROBLEMS[0].where)
    assert found == PROBLEMS[0] and hash(found.said.sentence) == hash(FOUND)
    for lang in LANGUAGES:
        assert found.text(lang) == PROBLEMS[0].text(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_plan_is_told_in_every_language(lang: Lang) -> None:
    """What `require` raises has its words, and those of the clash in them, in both languages; a text of it is English."""
    instance = small_instance()
    clash = giliran.Finding(rule="", kind="", strength=Strength.MUST, amount=1, said=SAID)
    impossible = replace(result_of(instance, plan(instance, NOBODY), Status.INFEASIBLE), findings=(clash,))
    with pytest.raises(giliran.InfeasibleError) as error:
        impossible.require()
    words = {"en": "no plan keeps every rule: ", "id": "tidak ada jadwal yang memenuhi semua aturan: "}
    assert error.value.text(lang) == words[lang] + SAID.text(lang)
    assert str(error.value) == error.value.text("en")


@pytest.mark.parametrize(
    ("stopped", "en", "id_"),
    [
        (Stopped.TIME_LIMIT, "time ran out", "waktu habis"),
        (Stopped.CANCELLED, "interrupted", "dihentikan"),
        (Stopped.CRASHED, "lack of memory", "memori tidak cukup"),
    ],
)
def test_no_plan_yet_says_what_ended_the_search(stopped: Stopped, en: str, id_: str) -> None:
    """Time is blamed where it ran out, and nowhere else."""
    instance = small_instance()
    with pytest.raises(giliran.UndecidedError) as error:
        result_of(instance, plan(instance, NOBODY), Status.UNKNOWN, stopped).require()
    assert en in error.value.text("en") and id_ in error.value.text("id")


def build_badly(count: int) -> None:
    """Raise an `InputError` with problems of several sections, as a worker would."""
    people = [{"id": f"P{e}", "unit": "nowhere"} for e in range(count)]
    giliran.Instance.build(horizon={"start": "2021-07-12", "end": "2021-07-16"}, units=[{"id": "a", "level": "opd"}], staff=people, rule=[])


IN_A_POOL = """
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from giliran import InputError
from tests.test_errors import build_badly

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(sys.argv[1])) as pool:
        try:
            pool.submit(build_badly, 3).result()
        except InputError as error:
            print(len(error.problems), error.text("en"), error.text("id"), sep="\\n")
"""
"""A process of its own: forking one in which other tests have left threads may wait for ever."""


METHODS = [method for method in ("spawn", "fork", "forkserver") if method in multiprocessing.get_all_start_methods()]
SLOW = {"forkserver": pytest.mark.slow}


@pytest.mark.parametrize("method", [pytest.param(method, marks=SLOW.get(method, ())) for method in METHODS])
def test_a_worker_tells_all_problems(method: str, tmp_path: Path) -> None:
    """An `InputError` that is raised in a process of a pool has the problems of one that is raised here, in both languages."""
    with pytest.raises(InputError) as here:
        build_badly(3)
    script = tmp_path / "pool.py"
    script.write_text(IN_A_POOL, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "solver", ROOT))), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(script), method]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=True)
    assert len(here.value.problems) > 3
    assert done.stdout == "\n".join([str(len(here.value.problems)), *(here.value.text(lang) for lang in LANGUAGES), ""])


def test_problems_of_files_can_be_sent(tmp_path: Path) -> None:
    """Problems of a file with lines, nearest words and dates in them survive as well."""
    file = tmp_path / "i.yaml"
    file.write_text(
        "schema: giliran/1\nhorizon: {start: 2021-07-12, end: 2021-07-11}\nunits: [{id: u, level: opd, sektor: x}]\n"
        "staff: [{id: A, unit: v}]\nrules: [{kind: office_kap}, {kind: office_cap, share: 150%}]\ngoals: [{kind: wishes, weight: -1}]\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        giliran.load_instance(file)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_a_problem_that_counts_others_keeps_its_own_words_after_a_hundred() -> None:
    """Of a file with a hundred problems one more that stands for seven is told as it is, and counts as seven."""
    found = Problems(Problem(Where("a.csv", line), plain("wrong")) for line in range(MOST_TOLD))
    found.add(Where("a.csv"), plain("seven more like this"), count=7)
    found.add(Where("a.csv"), plain("wrong"))
    assert found.all[MOST_TOLD].said.text() == "seven more like this"
    assert sum(problem.count for problem in found.all) == MOST_TOLD + 7 + 1
    assert InputError(found.all).told() == found.all
