"""Every wrong kind of value at every place of every file: the message speaks to people, and names the place as it was written."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from giliran import solve
from giliran.certificate.reading import read_certificate
from giliran.certifying import make_certificate
from giliran.circulars import Circular, check_circular
from giliran.errors import InputError, Problem
from giliran.files.schedules import read_schedule
from giliran.instance import Instance
from giliran.messages import LANGUAGES
from giliran.preparing import compile_program
from giliran.records.results import ResultFile
from giliran.rules.base import Goal, Rule, Statement
from giliran.rules.registry import goal_kinds, rule_kinds
from giliran.solving import SolveOptions
from giliran.text import parse_document

Path_ = tuple[str | int, ...]

WRONG: tuple[Any, ...] = (None, True, 7, 10**40, "", "xyzzy", [None], [[1]], {}, {"xyzzy": [1]})
"""What any file can hold; the last number is longer than any machine word."""

STEPS = [pytest.param(3, id="a third"), pytest.param(1, id="all", marks=pytest.mark.slow)]
"""At each place every third value, at the next place those after them; all values at every place in the slow run."""

TYPE_WORDS = re.compile(
    r"\b(NoneType|None|True|False|str|string|int|integer|float|bool|boolean|dict|dictionary|tuple|frozenset|bytes|datetime|date_type|\w+_type|"
    r"\w+_parsing|Literal|Enum|enum|Mapping|Sequence|pydantic|Pydantic|isinstance|unhashable|iterable|validator|\w*Error|\w*Exception|"
    r"instance of|Input should|Value error|Field required|traceback|object)\b|<class|\bat 0x|\[type=|function-|Selector\b|\.py\b|\b\w+_\[",
)
"""Words by which Python, pydantic and their like would show; `date` and `list` are words of people too."""

EMPTY_PLACE = re.compile(r"(found|ditemukan) *[;,.]|[:;,]\s*$|: [,;]|\( *\)", re.MULTILINE)
"""Where a sentence would have a hole."""

INSTANCE: dict[str, Any] = {
    "schema": "giliran/1",
    "title": "Bidang kecil",
    "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
    "calendars": {
        "office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": {"country": "ID", "extra": ["2021-07-14"], "not": []}},
        "piket": {"workdays": ["mon"], "call_days": ["sat"], "holidays": "none"},
    },
    "units": [{"id": "u", "name": "Bidang", "level": "opd", "sector": "essential", "tags": ["loket"]}],
    "staff": [{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "u", "rank": "staf", "tags": ["a"]} for k in range(3)],
    "changes": [{"staff_id": "P1", "from": "2021-07-14", "rank": "pengawas"}],
    "absences": [{"staff_id": "P1", "from": "2021-07-13", "to": "2021-07-13", "reason": "cuti"}],
    "wishes": [{"staff_id": "P1", "date": "2021-07-15", "place": "home", "weight": 2}],
    "circulars": [{"name": "umum", "choose": {"limit": "50%"}, "from": "2021-07-12", "to": "2021-07-16", "replaces": []}],
    "conditions": {"zone": [{"from": "2021-07-12", "to": "2021-07-16", "units": ["u"], "value": "low"}]},
    "reasons": {"own/batas": "alasan"},
    "rules": [
        {
            "id": "batas",
            "kind": "office_cap",
            "share": {"zone": {"true": "50%", "low": "75%", "none": "100%"}},
            "per": ["bidang", "opd"],
            "applies_to": [{"units": ["u"], "except": {"ranks": ["pengawas"]}}],
            "days": {"dates": [{"from": "2021-07-12", "to": "2021-07-16"}], "weekdays": ["mon"], "except": {"conditions": {"zone": "x"}}},
            "source": {"row": "L4", "via": "koran", "quote": "paling banyak"},
            "strength": "should",
            "tier": "relaxations",
            "weight": 2,
        },
    ],
    "goals": [{"id": "adil", "kind": "fair_share", "step": 500, "groups": ["opd"]}],
    "document": {"letterhead": "Kop", "date": "2021-07-09", "signer": {"name": "Ani", "nip": "1"}, "basis": ["a"], "copies": ["b"]},
    "meetings": [{"id": "rapat", "choose_from": [{"from": "2021-07-12", "to": "2021-07-16"}], "required": ["P0"], "capacity": 9}],
    "tiers": ["relaxations", ["staffed", "fair_share"], {"name": "sisa", "of": {"wishes": 2}}],
    "ledger": [{"staff_id": "P0", "account": "office", "balance": "1.5"}],
    "published": {"rows": [{"staff_id": "P0", "date": "2021-07-12", "place": "office"}], "frozen_to": "2021-07-12", "refill": True},
    "pins": [{"staff_id": "P0", "date": "2021-07-15", "place": "office", "reason": "tamu"}],
}

ASK = {"en": "what?", "id": "apa?"}
CIRCULAR: dict[str, Any] = {
    "schema": "giliran-circular/1",
    "name": "surat",
    "title": {"en": "Letter", "id": "Surat"},
    "issuer": "Bupati",
    "authority": "regency",
    "number": ["1/2021"],
    "date": "2021-07-01",
    "in_force": {"from": "2021-07-01", "to": "open", "known_to": "2021-08-01"},
    "expects": {
        "units": {"sector": {"values": ["a", "b"], "default": "a", "ask": ASK}, "tags": {"loket": {"ask": ASK}}},
        "staff": {"head": {"ask": ASK}},
    },
    "parameters": {
        "batas": {"default": "25%", "type": "share", "ask": ASK},
        "kata": {"default": "a", "values": ["a", "b"], "takes_along": {"a": ["b"]}, "ask": ASK},
        "jumlah": {"default": 2, "type": "count", "ask": ASK},
    },
    "sets": {"pejabat": {"ranks": ["pengawas"]}},
    "rules": [
        {
            "id": "A",
            "kind": "office_cap",
            "share": {"choose": "batas"},
            "applies_to": {"in": "pejabat", "sectors": ["a"], "unit_tags": ["loket"]},
            "when": {"kata": {"not": "b"}, "jumlah": {"min": 1}},
            "source": {"row": "A", "via": "koran"},
        }
    ],
    "goals": [{"id": "G", "kind": "office_target", "aim": "most_office"}],
    "not_rules": {"B": "bukan aturan"},
}


def places(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place of a document but the top."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from places(inner, (*path, step))


def put(data: Any, path: Path_, value: Any) -> Any:
    """The document with another value at a place."""
    changed = inner = copy.deepcopy(data)
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def written(path: Path_) -> str:
    """A path as messages write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def check(data: Any) -> None:
    """Reads and checks a circular's file."""
    found = check_circular(Circular.read(parse_document(json.dumps(data), "surat.json")))
    if found:
        raise InputError(found)


def wrong(place: int, step: int, *more: Any) -> tuple[Any, ...]:
    """The values that are tried at a place; see `STEPS`."""
    return (*WRONG, *more)[place % step :: step]


def complaints(read: Callable[[], object]) -> tuple[Problem, ...]:
    """What is wrong by a reader; anything but our own error fails the test."""
    try:
        read()
    except InputError as error:
        return error.problems
    return ()


def said_to_people(problems: tuple[Problem, ...], path: Path_, value: Any) -> None:
    """No word of Python in either language, no empty place, and one problem at least stands at the path or next to it."""
    for problem in problems:
        for lang in LANGUAGES:
            text = problem.text(lang)
            assert not TYPE_WORDS.search(text), (path, value, text)
            assert not EMPTY_PLACE.search(text), (path, value, text)
    at = written(path)
    fields = [re.sub("^own/x", "goals[0]" if path[0] == "goals" else "rules[0]", problem.where.field) for problem in problems]
    near = [field for field in fields if field and (at.startswith(field) or field.startswith(at))]
    assert near or not problems or knock_on(fields, path), (path, value, [problem.text() for problem in problems])


def knock_on(fields: list[str], path: Path_) -> bool:
    """Whether what is wrong is that other places name what stands here no more: units, people, conditions, rules."""
    named = {"units", "staff", "changes", "conditions", "horizon", "calendars", "rules", "circulars", "title"}
    return path == ("horizon",) or (path[0] in named and any(fields))


def test_what_the_others_begin_with() -> None:
    """The files are right before something wrong is put into them."""
    assert Instance.build(INSTANCE).rules and not complaints(lambda: check(CIRCULAR))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("section", list(INSTANCE))
def test_instances(section: str, step: int) -> None:
    """At every place of every section."""
    base = INSTANCE if section == "circulars" else {**INSTANCE, "circulars": []}
    for place, path in enumerate([(section,), *places(INSTANCE[section], (section,))]):
        for value in wrong(place, step):
            data = put(base, path, copy.deepcopy(value))
            said_to_people(complaints(lambda data=data: Instance.build(data)), path, value)  # type: ignore[misc]


KINDS: dict[str, type[Statement]] = {**rule_kinds(), **goal_kinds()}
MORE: tuple[Any, ...] = (
    *(
        {"units": 5},
        [{"ranks": [[]]}],
        {"dates": "2021-07-99"},
        {"weekdays": ["monn"]},
        {"conditions": 3},
        {"share": True},
        "120%",
        [["P0"], ["P1"]],
    ),
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_kinds(kind: str, step: int) -> None:
    """At every field of every kind; those that all have, in one rule and one goal."""
    section = "rules" if kind in rule_kinds() else "goals"
    for place, (name, field) in enumerate(KINDS[kind].model_fields.items()):
        path: Path_ = (section, 0, field.alias or name)
        shared = any(name in base.model_fields for base in (Statement, Rule, Goal)) and kind not in {"office_cap", "fair_share"}
        if shared or path[-1] in {"kind", "id"}:
            continue
        for value in wrong(place, step, *MORE):
            rule = {"id": "x", "kind": kind, path[-1]: copy.deepcopy(value)}
            data = {**INSTANCE, "circulars": [], "reasons": {}, "tiers": [], "rules": [], "goals": [], section: [rule]}
            problems = complaints(lambda data=data: Instance.build(data))  # type: ignore[misc]
            said_to_people(tuple(p for p in problems if p.where.field.startswith(f"{section}[0].{path[-1]}")), path, value)
            said_to_people(problems, (section, 0), value)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("section", list(CIRCULAR))
def test_circulars(section: str, step: int) -> None:
    """At every place of a circular's file."""
    for place, path in enumerate([(section,), *places(CIRCULAR[section], (section,))]):
        for value in wrong(place, step):
            data = put(CIRCULAR, path, copy.deepcopy(value))
            problems = complaints(lambda data=data: check(data))  # type: ignore[misc]
            for problem in problems:
                for lang in LANGUAGES:
                    assert not TYPE_WORDS.search(problem.text(lang)), (path, value, problem.text(lang))
            assert all(problem.where.field for problem in problems), (path, value)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Instance, dict[str, Any], dict[str, Any], Path]:
    """A small instance, its result and its certificate, and a file to put others into."""
    sections = {name: INSTANCE[name] for name in ("horizon", "units", "staff")}
    rules = [{"id": "batas", "kind": "office_cap", "share": "50%"}, {"id": "piket", "kind": "duty_officers", "per": "opd", "count": 1}]
    instance = Instance.build(sections, rules=rules, goals=[{"id": "adil", "kind": "fair_share"}])
    result = solve(instance, SolveOptions(workers=1))
    path = tmp_path_factory.mktemp("files") / "x.json"
    return instance, json.loads(ResultFile.of(result, "en").text()), json.loads(make_certificate(result).text()), path


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("which", ["result", "certificate"])
def test_results_and_certificates(files: tuple[Instance, dict[str, Any], dict[str, Any], Path], which: str, step: int) -> None:
    """At every place of a result that is read again, and of a certificate."""
    instance, result, certificate, path = files
    program = compile_program(instance)
    data = result if which == "result" else certificate
    keys = ("assignments", "tiers", "unplanned") if which == "result" else tuple(data)
    for place, at in enumerate([at for key in keys if key in data for at in [(key,), *places(data[key], (key,))]]):
        for value in wrong(place, step):
            path.write_text(json.dumps(put(data, at, value)), encoding="utf-8")
            if which == "result":
                problems = complaints(lambda: read_schedule(path, instance))
            else:
                problems = complaints(lambda: read_certificate(path, program, instance.facts))
            for problem in problems:
                for lang in LANGUAGES:
                    assert not TYPE_WORDS.search(problem.text(lang).removeprefix(str(path))), (at, value, problem.text(lang))


def test_options() -> None:
    """At every option of a solve, by what programs may give."""
    for name in SolveOptions.model_fields:
        for value in (*WRONG, dt.date(2021, 7, 12), float("nan"), object(), b"x", {1}):
            said_to_people(complaints(lambda name=name, value=value: SolveOptions(**{name: value})), (name,), value)  # type: ignore[misc]
