"""Cases of plans, results and certificates for small instances, and of circulars."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Sheet
from benchmarks.fuzz.files.routes import CertificateRoute, CircularRoute, InstanceRoute, PlanRoute
from benchmarks.fuzz.files.samples import LETTER
from giliran import Instance, Result, SolveOptions, solve
from giliran.certifying import make_certificate
from giliran.circulars import packaged
from giliran.records.assignments import schedule_csv
from giliran.records.results import VARYING, ResultFile
from giliran.text import parse_document

_STABLE = {"id": "tetap", "kind": "stability"}
_RULES: dict[str, tuple[dict[str, Any], ...]] = {
    "cap": ({"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"},),
    "duty": (
        {"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"},
        {"id": "piket", "kind": "duty_officers", "per": "opd", "count": 1},
    ),
    "teams": (
        {
            "id": "tim",
            "kind": "team_rotation",
            "applies_to": {"units": ["a"]},
            "turn": "day",
            "teams": 2,
            "choose_teams": True,
            "anchor": "2021-07-12",
        },
    ),
}


def plans() -> Iterator[Case]:
    """Plans as tables and lists, results with their certificates, certificates alone, and a result as the published plan."""
    for name, rules in _RULES.items():
        tree = _tree(list(rules))
        yield from _of_result(name, tree, solve(Instance.build(tree), SolveOptions(workers=1)))


def _tree(rules: list[dict[str, Any]]) -> dict[str, Any]:
    """A small instance: four people in two units, two days."""
    return {
        "schema": "giliran/1",
        "horizon": {"start": "2021-07-12", "end": "2021-07-13"},
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": "o", "level": "opd"}, *({"id": id_, "level": "bidang", "parent": "o"} for id_ in "ab")],
        "staff": [{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "ab"[k % 2]} for k in range(4)],
        "rules": rules,
        "goals": [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}],
    }


def _of_result(name: str, tree: dict[str, Any], result: Result) -> Iterator[Case]:
    proof = make_certificate(result)
    data = _steady(json.loads(ResultFile.of(result, "en", proof).text()))
    text = schedule_csv(result.instance.view, result.schedule)
    instance = Document("instance.json", tree, as_json)
    plan = Sheet("plan.csv", [line.split(",") for line in text.splitlines()])
    listed = Document("plan.json", data["assignments"], as_json)
    whole = Document("result.json", data, as_json)
    certificate = Document("certificate.json", json.loads(proof.text()), as_json)
    again = Document("instance.json", {**tree, "published": {"file": whole.name}, "goals": [*tree["goals"], _STABLE]}, as_json)
    yield Case(f"plan-{name}", 8, (plan,), (instance,), PlanRoute(plan.name, tree))
    yield Case(f"listed-{name}", 3, (listed,), (instance,), PlanRoute(listed.name, tree))
    yield Case(f"result-{name}", 4, (whole,), (instance,), PlanRoute(whole.name, tree, certified=True))
    yield Case(f"certificate-{name}", 6, (certificate,), (instance, plan), CertificateRoute(certificate.name, tree))
    yield Case(f"published-{name}", 2, (whole,), (again,), InstanceRoute(again.name))


def _steady(data: dict[str, Any]) -> dict[str, Any]:
    """A result without what differs from run to run, so that the same numbers give the same files."""
    return {key: {} if key in VARYING and key != "workers" else value for key, value in data.items()}


def circulars() -> Iterator[Case]:
    """The sample circular, as YAML and as JSON, and the packaged ones."""
    for name, write in (("letter.yaml", as_yaml), ("letter.json", as_json)):
        yield Case(f"circular-{name}", 8, (Document(name, LETTER, write),), (), CircularRoute(name))
    for name in packaged():
        text = importlib.resources.files("giliran.circulars").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        tree = parse_document(text, name).data
        yield Case(f"circular-{name}", 1, (Document("letter.yaml", tree, as_yaml),), (), CircularRoute("letter.yaml", small=False))
