"""Costs that 64-bit integers could not add up are refused."""

from __future__ import annotations

from typing import Any

import pytest

from giliran.errors import InputError
from giliran.instance import Instance
from giliran.preparing import compile_program

MILLION = 1_000_000
GOALS: dict[str, dict[str, Any]] = {
    "fair_share": {"id": "goal", "kind": "fair_share"},
    "wishes": {"id": "goal", "kind": "wishes"},
    "office_target": {"id": "goal", "kind": "office_target", "aim": "most_office"},
}


def instance(goal: dict[str, Any], tiers: list[Any], *, balance: int = 0) -> Instance:
    """Two people, five days and one goal."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-16"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "seksi"}],
        staff=[{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        wishes=[{"staff_id": "A", "date": "2021-07-12", "place": "home"}],
        ledger=[{"staff_id": "A", "balance": balance}],
        rules=[{"id": "one", "kind": "office_share", "share": "50%"}],
        goals=[goal],
        tiers=tiers,
    )


def test_sensible_weights_pass() -> None:
    """A weight of a million on a goal is no trouble."""
    for tier, goal in GOALS.items():
        assert compile_program(instance({**goal, "weight": MILLION}, [tier]))


def test_what_could_overflow_is_refused() -> None:
    """A million times a million times a balance of 100,000 days passes 2^60: refused with the tier's name, in both languages."""
    with pytest.raises(InputError) as caught:
        compile_program(instance({**GOALS["fair_share"], "weight": MILLION}, [{"fair_share": MILLION}], balance=100_000))
    assert "the costs of fair_share cannot be added up exactly" in caught.value.text()
    assert "biaya fair_share tidak dapat dijumlahkan" in caught.value.text("id")
