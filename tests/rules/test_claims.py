"""Docstrings of kinds: what they say under "Kept" and "Broken" is what audit and program find."""

from __future__ import annotations

import inspect

import pytest

from giliran.audit import findings_of
from giliran.domain.place import Strength
from giliran.rules.base import Goal, Rule
from giliran.rules.registry import known
from tests.costs import program_costs
from tests.rules.claims import CLAIMS, Claim, claims_of, cost_of, instance_of, schedule_of_claim, statements_of
from tests.rules.contract import audited_costs, compiled

ONLY_MUST = {word for word, kind in known().items() if not kind.public}
"""Facts that behave like rules never are a `should`."""


@pytest.mark.parametrize("kind", known())
def test_every_kind_shows_what_keeps_and_what_breaks_it(kind: str) -> None:
    """A docstring has a schedule that keeps the kind and one that does not, and every line of them can be run."""
    claims, lines = claims_of(known()[kind]), inspect.cleandoc(known()[kind].__doc__ or "").splitlines()
    assert {claim.kept for claim in claims} == {True, False}
    assert len(claims) == sum(line.startswith(("Kept", "Broken")) for line in lines)


@pytest.mark.parametrize(
    "claim", ["pined `1.. ...`, planned `100 000`", "`100 000`, then `000 000`", "pinned `1..`, planned `100 000`", "`10 100`"]
)
def test_what_no_claim_can_mean_is_refused(claim: str) -> None:
    """A misspelt word before facts, a second plan, facts or days that are missing for somebody: none is passed over."""
    kind = type("Said", (known()["fixed_days"],), {"__doc__": f"Said.\n\nKept: {claim}."})
    with pytest.raises(ValueError, match=r"neither|each person"):
        claims_of(kind)


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_audit(claim: Claim) -> None:
    """The audit finds the amount that the docstring gives; what is broken by nothing is told in a note."""
    instance = instance_of(claim)
    schedule = schedule_of_claim(claim, instance)
    [statement] = statements_of(claim, instance)
    if isinstance(statement, Goal):
        assert sum(statement.values(instance.view, schedule).values()) == cost_of(claim)
        return
    assert isinstance(statement, Rule)
    found = list(findings_of(statement, instance.view, schedule))
    assert sum(finding.amount for finding in found if finding.strength is not Strength.NOTE) == cost_of(claim)
    if not claim.kept and not claim.amount:
        assert [finding for finding in found if finding.strength is Strength.NOTE]


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_program(claim: Claim) -> None:
    """The program allows what is kept and refuses what is broken, and charges a `should` rule or a goal as the audit does."""
    for strength in ({}, {"strength": "should"}):
        instance = instance_of(claim, **strength)
        schedule = schedule_of_claim(claim, instance)
        [statement] = statements_of(claim, instance)
        if not (schedule.office & ~instance.facts.present).any():
            costs = program_costs(compiled(instance.view, (statement,)), schedule.office)
            assert costs == audited_costs(instance.view, schedule, (statement,))
            assert (costs is None) == (isinstance(statement, Rule) and not strength and claim.amount > 0)
        if isinstance(statement, Goal) or claim.kind in ONLY_MUST:
            break
