"""Plans that were changed by hand, held against the certificate of the plan before: findings and exit code 1, or a plan as good."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.certificate.parts import Parts
from giliran.certificate.verify import Fault, Standing
from giliran.certifying import check_certificate, make_certificate
from giliran.cli import main
from giliran.domain.schedule import schedule_of
from giliran.files.loading import load_instance
from giliran.files.writing import export
from giliran.solving import SolveOptions, solve

TINY = Path(__file__).parents[2] / "instances" / "tiny"
NAMES = ("a-day-to-meet", "duty-two-of-three", "saturday-duty", "sick-on-tuesday", "two-equal-teams", "whose-wish")
PLACES = ("office", "home", "absent", "off")
Data = dict[str, Any]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with results of tiny instances that hold their certificates."""
    folder = tmp_path_factory.mktemp("solved")
    for name in NAMES:
        result = solve(load_instance(TINY / f"{name}.yaml"), SolveOptions(workers=1))
        export(result, folder / f"{name}.json", certificate=make_certificate(result))
    return folder


def checked(name: str, plan: Path, proof: Path) -> tuple[int, Data]:
    """Exit code and answer of a check."""
    out = StringIO()
    with redirect_stdout(out):
        code = main(["check", str(TINY / f"{name}.yaml"), str(plan), "--certificate", str(proof), "--format", "json"])
    return code, json.loads(out.getvalue())


def _moved(data: Data, draw: Callable[..., Any]) -> None:
    draw(st.sampled_from(data["assignments"]))["place"] = draw(st.sampled_from(PLACES))


def _swapped(data: Data, draw: Callable[..., Any]) -> None:
    one, other = draw(st.sampled_from(data["assignments"])), draw(st.sampled_from(data["assignments"]))
    one["place"], other["place"] = other["place"], one["place"]


def _removed(data: Data, draw: Callable[..., Any]) -> None:
    key = draw(st.sampled_from(["staff_id", "date"]))
    gone = draw(st.sampled_from(data["assignments"]))[key]
    data["assignments"] = [row for row in data["assignments"] if row[key] != gone]


def _left_out(data: Data, draw: Callable[..., Any]) -> None:
    row = draw(st.sampled_from(data["assignments"]))
    data["assignments"].remove(row)
    data["unplanned"].append({key: row[key] for key in ("staff_id", "date")})


def _renamed(data: Data, draw: Callable[..., Any]) -> None:
    named = sorted({rule for row in data["assignments"] for rule in row.get("duty") or []})
    row = draw(st.sampled_from(data["assignments"]))
    row["duty"] = [] if row.get("duty") else named[:1]


def _unnamed(data: Data, draw: Callable[..., Any]) -> None:
    for row in data["assignments"]:
        row.pop(draw(st.sampled_from(["duty", "team"])), None)


EDITS = (_moved, _swapped, _removed, _left_out, _renamed, _unnamed)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(EDITS), max_size=3), st.data())
def test_edited_plans_end_with_0_or_1(solved: Path, name: str, edits: list[Callable[..., None]], data: st.DataObject) -> None:
    """Whatever is moved, removed, left out or renamed: no error, and 0 only where the plan keeps the rules and costs what was proven."""
    proof = solved / f"{name}.json"
    edited = json.loads(proof.read_text(encoding="utf-8"))
    before = json.dumps(edited)
    for edit in edits:
        if edited["assignments"]:
            edit(edited, data.draw)
    plan = solved / f"{name}-{os.getpid()}-edited.json"
    plan.write_text(json.dumps(edited), encoding="utf-8")

    code, found = checked(name, plan, proof)

    assert code in (0, 1)
    assert code == 0 or json.dumps(edited) != before
    good = found["kept"] and found["tiers"] == {tier["name"]: tier["value"] for tier in edited["tiers"]}
    assert code == 1 or (good and found["certificate"]["holds"])
    assert (found["certificate"]["proved"], found["certificate"]["tiers"]) == (0, []) or found["kept"]


def test_a_worse_plan_is_told_where_nothing_can_be_counted(solved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where places do not say what auxiliary columns cost, a part rests on the solver's word; a costlier plan is refuted all the same."""
    instance = load_instance(TINY / "whose-wish.yaml")
    monkeypatch.setattr(Parts, "_tangled", lambda parts, aux: np.ones(parts.count, dtype=np.bool_))
    monkeypatch.setattr(Parts, "_plain", lambda parts, aux: np.zeros(parts.count, dtype=np.bool_))
    facts, place = instance.facts, solve(instance, SolveOptions(workers=1)).schedule
    same = check_certificate(instance, place, solved / "whose-wish.json").verdict
    assert same.holds and {*same.standing} == {Standing.OPEN}

    worse = next(
        plan
        for e, d in zip(*facts.present.nonzero(), strict=True)
        if not audit(instance, plan := schedule_of(facts, flipped(place.office, e, d))).broken
    )

    verdict = check_certificate(instance, worse, solved / "whose-wish.json").verdict
    assert {wrong.fault for wrong in verdict.wrong} == {Fault.COST}
    assert {*verdict.standing} == {Standing.WRONG} and not verdict.proven_tiers


def flipped(office: Any, e: int, d: int) -> Any:
    """The places with one cell changed."""
    out = office.copy()
    out[e, d] ^= True
    return out


def test_left_out_days_are_told(solved: Path) -> None:
    """A plan that leaves out a person-day which the certificate's plan has is another one, in both languages."""
    data = json.loads((solved / "whose-wish.json").read_text(encoding="utf-8"))
    first = data["assignments"].pop(0)
    data["unplanned"] = [{key: first[key] for key in ("staff_id", "date")}]
    (solved / "left-out.json").write_text(json.dumps(data), encoding="utf-8")
    code, found = checked("whose-wish", solved / "left-out.json", solved / "whose-wish.json")
    assert code == 1
    [wrong] = found["certificate"]["wrong"]
    assert wrong["sentences"] == {
        "en": "the certificate is for a plan that leaves 0 person-days out, this schedule leaves out 1",
        "id": "sertifikat ini untuk jadwal dengan 0 orang-hari tidak terjadwal, sedangkan jadwal ini dengan 1",
    }


def test_a_certificate_of_another_instance_is_no_error_of_ours(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan for other people, or a certificate of another instance, is bad input."""
    words = ["check", str(TINY / "whose-wish.yaml")]
    assert main([*words, str(solved / "saturday-duty.json"), "--certificate", str(solved / "whose-wish.json")]) == 2
    assert main([*words, str(solved / "whose-wish.json"), "--certificate", str(solved / "saturday-duty.json")]) == 2
    assert "another instance" in capsys.readouterr().err
