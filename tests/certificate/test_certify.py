"""Certificates of solved instances: accepted as they are, refused when something in them is not true."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.certificate import least_cost as units
from giliran.certificate.bounds import Checker
from giliran.certificate.certificate import Certificate, Claim, Prices
from giliran.certificate.verify import Fault, Standing, UnfitError, parts_of_claims, verify
from giliran.certifying import check_certificate, held_against, make_certificate
from giliran.domain.lottery import lottery_order
from giliran.domain.schedule import schedule_of
from giliran.domain.status import Status
from giliran.engine.proofs.multipliers import Subject, certify
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.schema import schema
from giliran.instance import Instance
from giliran.preparing import compile_program
from giliran.result import Result
from giliran.solving import SolveOptions, solve
from tests.certificate.naive import naive_bound
from tests.certificate.sealing import resealed
from tests.test_brute_force import built
from tests.tiny import instances

INSTANCES = Path(__file__).parents[2] / "instances"
BEST = json.loads((INSTANCES / "best_known.json").read_text(encoding="utf-8"))
TINY = sorted(path.stem for path in (INSTANCES / "tiny").glob("*.yaml"))
TOLERANT = settings(deadline=None, suppress_health_check=list(HealthCheck))


def solved(instance: Instance) -> Result:
    """The result of an instance."""
    return solve(instance, SolveOptions(workers=1))


def proof_of(result: Result) -> Certificate:
    """A certificate of a result."""
    facts = result.instance.facts
    order = lottery_order(facts.staff.ids, result.seed, facts.dates[0])
    subject = Subject(compile_program(result.instance), facts.staff.ids, facts.dates, order, result.seed)
    return certify(subject, result.schedule.office, result.schedule.planned(facts), [tier.value for tier in result.tiers])


@pytest.fixture(scope="module")
def crowd() -> tuple[Result, Certificate]:
    """Twelve people under a cap that binds, with too many who wish for the same day: three tiers need multipliers."""
    staff = [{"id": f"P{e:02}", "unit": "a" if e < 7 else "b"} for e in range(12)]
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-15"},
        units=[{"id": "a", "name": "A", "level": "bidang"}, {"id": "b", "name": "B", "level": "bidang"}],
        staff=staff,
        rules=[
            {"id": "cap", "kind": "office_cap", "share": "40%", "per": "bidang"},
            {"id": "duty", "kind": "duty_officers", "count": 1, "per": "bidang"},
        ],
        goals=[
            {"id": "aim", "kind": "office_target", "aim": "most_office"},
            {"id": "fair", "kind": "fair_share"},
            {"id": "wishes", "kind": "wishes"},
        ],
        wishes=[{"staff_id": id_, "date": "2021-07-12", "place": "office"} for id_ in ("P00", "P01", "P02", "P03", "P08", "P09")],
    )
    result = solved(instance)
    return result, proof_of(result)


def verdict_of(result: Result, certificate: Certificate) -> Any:
    """What a certificate proves about the plan of a result."""
    facts = result.instance.facts
    return verify(compile_program(result.instance), certificate, result.schedule.office, result.schedule.planned(facts))


def with_claim(certificate: Certificate, claim: Claim, part: int = 0) -> Certificate:
    """The certificate with another claim about a tier of a part."""
    old = certificate.parts[part]
    claims = tuple(claim if known.tier == claim.tier else known for known in old.claims)
    parts = list(certificate.parts)
    parts[part] = replace(old, claims=claims)
    return replace(certificate, parts=tuple(parts))


@settings(TOLERANT, max_examples=25)
@given(instances())
def test_claims_about_random_instances_hold(sections: dict[str, Any]) -> None:
    """Every claim that is made is accepted, by the checker and by the naive one, and the program counts what the audit counts."""
    instance = built(sections)
    result = solved(instance)
    if result.status is not Status.OPTIMAL:
        return
    certificate = proof_of(result)
    verdict = verdict_of(result, certificate)
    assert verdict.holds and Standing.NO_PLAN not in verdict.standing
    assert verdict.values.tolist() == [tier.value for tier in result.tiers]
    parts = parts_of_claims(compile_program(instance), certificate)
    values = np.array([part.values for part in certificate.parts]).reshape(parts.count, parts.num_tiers)
    for p, part in enumerate(certificate.parts):
        for claim in part.claims:
            assert naive_bound(parts, p, claim, values) == part.values[claim.tier]


@settings(TOLERANT, max_examples=25)
@given(instances(), st.data())
def test_edited_plans_cost_what_their_audit_says(sections: dict[str, Any], data: st.DataObject) -> None:
    """A plan changed by hand is told to break rules, or the program counts what the audit counts; it is never an error of ours."""
    instance = built(sections)
    facts, result = instance.facts, solved(instance)
    cells = np.argwhere(facts.present).tolist()
    if result.status is not Status.OPTIMAL or not cells:
        return
    office = result.schedule.office.copy()
    for e, d in data.draw(st.lists(st.sampled_from(cells), max_size=3)):
        office[e, d] ^= True
    schedule = schedule_of(facts, office)
    found = audit(instance, schedule)
    certificate = proof_of(result)
    verdict = verify(compile_program(instance), certificate, schedule.office, schedule.planned(facts))
    faults = {wrong.fault for wrong in held_against(found, verdict, certificate, 0).wrong}
    assert faults == {Fault.BROKEN} if found.broken else Fault.AUDIT not in faults
    if not found.broken:
        assert (Fault.COST in faults) == ([*found.tiers.values()] != [tier.value for tier in result.tiers])


@pytest.mark.parametrize("name", TINY)
def test_tiny_instances_are_proved(name: str) -> None:
    """Tiny instances without free choices are proved by arithmetic, except in parts without a plan."""
    result = solved(load_instance(INSTANCES / "tiny" / f"{name}.yaml"))
    verdict = verdict_of(result, proof_of(result))
    assert verdict.holds
    if result.status is not Status.OPTIMAL:
        assert {*verdict.standing} <= {Standing.NO_PLAN, Standing.PROVED}
    elif not len(compile_program(result.instance).aux_lo):
        assert {*verdict.standing} <= {Standing.PROVED}


@pytest.mark.parametrize(("name", "tiers"), [("circulars/lampung-2021", 3), ("departments/dept-400", 4)])
def test_shipped_instances_are_proved(name: str, tiers: int, tmp_path: Path) -> None:
    """All parts and tiers of shipped instances are proved by arithmetic, through the file."""
    instance = load_instance(INSTANCES / name / "instance.yaml")
    result = solved(instance)
    file = tmp_path / "proof.json"
    file.write_text(make_certificate(result).text(), encoding="utf-8")
    checked = check_certificate(instance, result.schedule, file, audit(instance, result.schedule))
    assert checked.verdict.count(Standing.PROVED) == len(result.parts)
    assert len(checked.verdict.proven_tiers) == tiers


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BEST))
def test_all_shipped_instances_are_proved(name: str) -> None:
    """Every part with a plan of every shipped instance is proved by arithmetic."""
    result = solved(load_instance(INSTANCES / name / "instance.yaml"))
    verdict = verdict_of(result, proof_of(result))
    assert verdict.holds
    assert {*verdict.standing} <= {Standing.PROVED, Standing.NO_PLAN}
    if result.status is Status.OPTIMAL:
        assert verdict.values.tolist() == [tier.value for tier in result.tiers]
        assert len(verdict.proven_tiers) == len(result.tiers)


def test_a_binding_cap_needs_multipliers(crowd: tuple[Result, Certificate]) -> None:
    """A tier that no person decides alone is claimed with multipliers, and without its claims it is proved by nobody."""
    result, certificate = crowd
    assert verdict_of(result, certificate).standing == (Standing.PROVED, Standing.PROVED)
    assert [claim.tier for claim in certificate.parts[0].claims] == [1, 2, 3]
    bare = replace(certificate, parts=tuple(replace(part, claims=()) for part in certificate.parts))
    verdict = verdict_of(result, bare)
    assert verdict.standing == (Standing.OPEN, Standing.OPEN) and verdict.holds


@pytest.mark.parametrize("tier", [1, 3])
def test_tampered_multipliers_are_refused(crowd: tuple[Result, Certificate], tier: int) -> None:
    """A claim whose multipliers are lowered, dropped or turned round proves less, and is called wrong."""
    result, certificate = crowd
    claim = next(claim for claim in certificate.parts[0].claims if claim.tier == tier)
    none = np.zeros(0, dtype=np.int64)
    for prices in (Prices(claim.rows.which, -claim.rows.y), Prices(none, none), Prices(claim.rows.which[1:], claim.rows.y[1:])):
        verdict = verdict_of(result, with_claim(certificate, replace(claim, rows=prices)))
        assert not verdict.holds and verdict.standing[0] is Standing.WRONG
        assert (verdict.wrong[0].fault, verdict.wrong[0].part, verdict.wrong[0].tier) == (Fault.BOUND, 0, tier)


def test_a_tampered_scale_is_refused(crowd: tuple[Result, Certificate]) -> None:
    """A larger denominator shrinks the bound."""
    result, certificate = crowd
    claim = certificate.parts[0].claims[0]
    assert not verdict_of(result, with_claim(certificate, replace(claim, scale=claim.scale * 5))).holds


def test_tampered_weights_of_earlier_tiers_are_refused(crowd: tuple[Result, Certificate]) -> None:
    """Without the tiers before being held, later ones could cost less."""
    result, certificate = crowd
    claims = [claim for claim in certificate.parts[0].claims if claim.held.any()]
    assert claims
    for claim in claims:
        assert not verdict_of(result, with_claim(certificate, replace(claim, held=np.zeros_like(claim.held)))).holds


def test_a_tampered_value_is_refused(crowd: tuple[Result, Certificate]) -> None:
    """A value that the schedule does not cost is called wrong."""
    result, certificate = crowd
    first = certificate.parts[0]
    wrong = replace(certificate, parts=(replace(first, values=first.values - 1), *certificate.parts[1:]))
    assert [claim.fault for claim in verdict_of(result, wrong).wrong] == [Fault.VALUE]


def test_another_schedule_is_not_proved(crowd: tuple[Result, Certificate]) -> None:
    """A certificate says nothing good of a schedule that costs more."""
    result, certificate = crowd
    office = result.schedule.office.copy()
    office[0, int(np.flatnonzero(office[0])[0])] = False
    planned = result.schedule.planned(result.instance.facts)
    verdict = verify(compile_program(result.instance), certificate, office, planned)
    assert not verdict.holds and verdict.standing[0] is Standing.WRONG and verdict.standing[1] is Standing.PROVED


def test_a_missing_part_is_refused(crowd: tuple[Result, Certificate]) -> None:
    """Cells that a statement ties together cannot be left out of a certificate."""
    result, certificate = crowd
    with pytest.raises(UnfitError):
        verdict_of(result, replace(certificate, parts=certificate.parts[1:]))


def test_a_torn_part_is_refused(crowd: tuple[Result, Certificate]) -> None:
    """A part cannot be cut where a statement ties it together, and no cell is in two parts."""
    result, certificate = crowd
    first, second = certificate.parts
    half = len(first.cells) // 2
    torn = (replace(first, cells=first.cells[:half]), replace(first, cells=first.cells[half:], claims=()), second)
    doubled = (first, first, second)
    for parts in (torn, doubled):
        with pytest.raises(UnfitError):
            verdict_of(result, replace(certificate, parts=parts))


def test_multipliers_of_personal_statements_are_refused(crowd: tuple[Result, Certificate]) -> None:
    """Only what several people share has multipliers: another part's rows and people's own ladders have none."""
    result, certificate = crowd
    other = certificate.parts[1].claims[0].rows
    claim = certificate.parts[0].claims[0]
    own = Prices(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))
    for wrong in (replace(claim, rows=other), replace(claim, ladders=own), replace(claim, switches=own)):
        with pytest.raises(UnfitError):
            verdict_of(result, with_claim(certificate, wrong))


def test_numbers_that_leave_64_bits_prove_nothing(crowd: tuple[Result, Certificate]) -> None:
    """Multipliers so large that sums could overflow are not believed."""
    result, certificate = crowd
    claim = certificate.parts[0].claims[0]
    huge = replace(claim, rows=Prices(claim.rows.which, claim.rows.y * (1 << 58)))
    verdict = verdict_of(result, with_claim(certificate, huge))
    assert verdict.standing[0] is Standing.OPEN and not verdict.proven[0, claim.tier]
    parts = parts_of_claims(compile_program(result.instance), certificate)
    values = np.array([part.values for part in certificate.parts])
    assert not Checker(parts).prove(claim.tier, [huge, None], values).known[0]


def _changed(data: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    """A copy of JSON data with one value changed."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    at: Any = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return copy


CLAIM = ("parts", 0, "claims", 0)

MALFORMED: dict[str, tuple[tuple[str | int, ...], object]] = {
    "another digest": (("digest",), "0" * 64),
    "no digest": (("digest",), "sha"),
    "another schema": (("schema",), "giliran-result/1"),
    "no seal": (("seal",), "sha"),
    "negative seed": (("seed",), -1),
    "seed as text": (("seed",), "20210712"),
    "no such tier costs": (("costs",), {"none": 1}),
    "not all tiers cost": (("costs",), {"relaxations": 0}),
    "unplanned below 0": (("unplanned",), -1),
    "a part without cells": (("parts", 0, "cells"), []),
    "cells of nobody": (("parts", 0, "cells", 0, "people"), []),
    "cells of no day": (("parts", 0, "cells", 0, "days"), []),
    "other tiers": (("tiers",), ["one"]),
    "unknown person": (("parts", 0, "cells", 0, "people", 0), "nobody"),
    "unknown day": (("parts", 0, "cells", 0, "days", 0), "2030-01-01"),
    "too few values": (("parts", 0, "values"), [0]),
    "unknown tier": ((*CLAIM, "tier"), "none"),
    "scale 0": ((*CLAIM, "scale"), 0),
    "scale as text": ((*CLAIM, "scale"), "1"),
    "weight below 0": ((*CLAIM, "held"), {"relaxations": -1}),
    "weight of a later tier": ((*CLAIM, "held"), {"wishes": 1}),
    "unknown row": ((*CLAIM, "rows", 0, "row"), 10**6),
    "row of another rule": ((*CLAIM, "rows", 0, "rule"), "own/duty"),
    "row of another day": ((*CLAIM, "rows", 0, "day"), None),
    "multiplier with a fraction": ((*CLAIM, "rows", 0, "y"), 0.5),
    "huge multiplier": ((*CLAIM, "rows", 0, "y"), 1 << 70),
    "unknown ladder": ((*CLAIM, "ladders"), [{"number": 10**6, "y": 1}]),
    "unknown key": ((*CLAIM, "more"), 1),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_files_are_refused(crowd: tuple[Result, Certificate], case: str, tmp_path: Path) -> None:
    """A file that cannot be a certificate of the instance is bad input, said with its place."""
    result, _ = crowd
    path, value = MALFORMED[case]
    data = _changed(json.loads(make_certificate(result).text()), *path, to=value)
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(data if path == ("seal",) else resealed(data)), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        check_certificate(result.instance, result.schedule, file)
    assert "proof.json" in raised.value.text("en") and raised.value.text("id")
    assert "changed after it was made" not in raised.value.text("en")


def test_certificate_files_fit_their_schema(crowd: tuple[Result, Certificate]) -> None:
    """What is written fits the JSON Schema that is shipped, and malformed data does not."""
    data = json.loads(make_certificate(crowd[0]).text())
    validator = jsonschema.Draft202012Validator(schema("certificate"))
    assert not list(validator.iter_errors(data))
    assert list(validator.iter_errors(_changed(data, *CLAIM, "scale", to=0)))
    for key in data:
        assert list(validator.iter_errors({name: value for name, value in data.items() if name != key})), key
        assert list(validator.iter_errors(_changed(data, key, to="x"))), key


def test_too_many_plans_prove_nothing(crowd: tuple[Result, Certificate], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody's plans are too many to be walked through, a part is left to the solver's word, whatever is claimed."""
    result, certificate = crowd
    monkeypatch.setattr(units, "MOST_STATES", 2)
    verdict = verdict_of(result, certificate)
    assert verdict.standing == (Standing.OPEN, Standing.OPEN) and verdict.holds and not verdict.proven.any()


def test_a_plan_left_out_is_no_proof(crowd: tuple[Result, Certificate]) -> None:
    """A part of which a cell has no place is told apart, and no tier is called proved in every part."""
    result, certificate = crowd
    planned = result.schedule.planned(result.instance.facts).copy()
    planned[0, 0] = False
    verdict = verify(compile_program(result.instance), certificate, result.schedule.office & planned, planned)
    assert verdict.standing == (Standing.NO_PLAN, Standing.PROVED) and verdict.holds and not verdict.proven_tiers


def test_a_row_twice_is_refused(crowd: tuple[Result, Certificate], tmp_path: Path) -> None:
    """A row has one multiplier."""
    result, _ = crowd
    data = json.loads(make_certificate(result).text())
    rows = data["parts"][0]["claims"][0]["rows"]
    rows.append(rows[0])
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(resealed(data)), encoding="utf-8")
    with pytest.raises(InputError, match="stands here twice"):
        check_certificate(result.instance, result.schedule, file)


def test_a_result_file_is_no_certificate(crowd: tuple[Result, Certificate], tmp_path: Path) -> None:
    """A JSON file without a digest is told apart at once."""
    result, _ = crowd
    file = tmp_path / "result.json"
    file.write_text(json.dumps({"schema": "giliran-result/1"}), encoding="utf-8")
    with pytest.raises(InputError, match="no certificate here"):
        check_certificate(result.instance, result.schedule, file)


@pytest.mark.parametrize("goals", [[], [{"id": "aim", "kind": "office_target", "aim": "most_office"}]])
def test_a_certificate_of_no_plan_claims_nothing(goals: list[dict[str, Any]]) -> None:
    """Nobody has a plan, as fixed cells clash: what these would cost is no claim about the schedule, and no tier is proved."""
    order = {"id": "in", "kind": "fixed_days", "place": "office"}
    duty = {"id": "duty", "kind": "duty_officers", "count": 1, "strength": "should", "exactly": True}
    cap = {"id": "cap", "kind": "office_cap", "share": "0%", "exempt": ["own/duty"]}
    day = {"start": "2021-07-15", "end": "2021-07-15"}
    staff = [{"id": letter, "unit": letter.lower()} for letter in "AB"]
    result = solve(Instance.build({"horizon": day, "staff": staff, "rules": [duty, cap, order], "goals": goals}), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE and result.tiers == ()
    checked = check_certificate(result.instance, result.schedule, make_certificate(result))
    assert checked.holds and checked.proven == ()
