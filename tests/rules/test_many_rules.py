"""Rules about few people: work grows with their number, not with rules times people. Arrays and calls are counted, no clock is read."""

import cProfile
import datetime as dt
import tracemalloc
from typing import Any

import pytest

from giliran import Instance
from giliran.audit import audit
from giliran.domain import cell_set as part
from giliran.domain.cell_set import CellSet
from giliran.domain.schedule import schedule_of
from giliran.preparing import compile_program
from giliran.rules.registry import known, rule_kinds
from giliran.rules.view import View
from tests.builders import MONDAY

BY_NAME = sorted(rule_kinds())
"""Rules with the fields of their examples."""

KINDS = [*BY_NAME, "of units", "of sets", "of conditions", "on conditions"]


def rule(kind: str, k: int) -> dict[str, Any]:
    """One of many small rules: about two people who are in one unit."""
    pair = [f"p{2 * k}", f"p{2 * k + 1}"]
    if kind == "of units":
        return {"id": f"r{k}", "kind": "office_cap", "share": "50%", "per": "bidang", "applies_to": {"units": [f"u{k}"]}}
    if kind == "of conditions":
        share = {"zone": {"low": "50%", "high": "25%"}}
        return {"id": f"r{k}", "kind": "office_cap", "share": share, "applies_to": {"units": [f"u{k}"]}}
    if kind == "on conditions":
        days = {"conditions": {"zone": "high"}}
        return {"id": f"r{k}", "kind": "office_cap", "max": 1, "days": days, "applies_to": {"units": [f"u{k}"]}}
    if kind == "of sets":
        return {"id": f"r{k}", "kind": "separation", "not_all": "home", "sets": [pair]}
    strength = {} if kind == "full_service" else {"strength": "should"}
    return {"id": f"r{k}", "kind": kind, "applies_to": {"ids": pair}, **strength, **known()[kind].example}


def instance(kind: str, number: int) -> Instance:
    """As many rules as units, of two people each."""
    return Instance.build(
        {
            "schema": "giliran/1",
            "title": "Aturan",
            "horizon": {"start": MONDAY.isoformat(), "end": (MONDAY + dt.timedelta(days=4)).isoformat()},
            "calendars": {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
            "units": [
                {"id": "o", "name": "Badan", "level": "opd", "calendar": "office"},
                *({"id": f"u{k}", "name": f"Bidang {k}", "level": "bidang", "parent": "o"} for k in range(number)),
            ],
            "staff": [{"id": f"p{e}", "name": f"Nama {e}", "unit": f"u{e // 2}", "team": str(1 + e % 2)} for e in range(2 * number)],
            "conditions": {"zone": [{"value": "low"}, *({"value": "high", "units": [f"u{k}"]} for k in range(number))]},
            "rules": [rule(kind, k) for k in range(number)],
        }
    )


def work(kind: str, number: int) -> tuple[int, int]:
    """Calls of building, compiling and auditing, and the most bytes that were held."""
    tracemalloc.start()
    try:
        with cProfile.Profile() as profile:
            built = instance(kind, number)
            compile_program(built)
            audit(built, schedule_of(built.facts, built.facts.present))
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return sum(entry.callcount for entry in profile.getstats()), held


@pytest.mark.once
@pytest.mark.parametrize("kind", KINDS)
def test_calls_and_memory_grow_as_rules_do(kind: str) -> None:
    """Four times as many rules on four times as many people are about four times the calls and the memory, not 16 times."""
    work(kind, 10)  # what is loaded and kept once
    (few, little), (many, much) = work(kind, 40), work(kind, 160)
    assert many <= 1.1 * 4 * few
    assert much <= 1.1 * 4 * little


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "team_rotation"])  # it looks at everybody's team
def test_no_rule_makes_a_mask_of_everybody(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither compile nor audit of a rule about two people spreads its cells over everybody."""
    built, spread = instance(kind, 20), []
    dense = CellSet.dense.fget
    monkeypatch.setattr(CellSet, "dense", property(lambda self: spread.append(len(self.table)) or dense(self)))
    view = View(built.facts, built.view.rules, built.view.goals, built.view.tiers)
    for statement in view.rules:
        statement.limits(view)
    compile_program(built)
    audit(built, schedule_of(built.facts, built.facts.present))
    assert not spread


@pytest.mark.parametrize("kind", KINDS)
def test_few_people_alone_are_the_same_as_a_table_of_everybody(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program and the findings are the same whether the cells of a rule are held alone or in a table of everybody."""
    found = []
    for most in (0, 1 << 30):  # every part alone; none
        monkeypatch.setattr(part, "SPARSE", most)
        built = instance(kind, 6)
        found.append((compile_program(built), audit(built, schedule_of(built.facts, built.facts.present)).findings))
    alone, together = found
    assert alone[0] == together[0]
    assert [finding.said.text("en") for finding in alone[1]] == [finding.said.text("en") for finding in together[1]]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "days_per_person", "window": "week", "least": 2},
        {"kind": "days_per_person", "window": "week", "most": 2},
        {"kind": "consecutive", "place": "office", "max": 2},
    ],
    ids=lambda fields: "-".join(map(str, fields.values())),
)
@pytest.mark.parametrize("others", [{}, {"except": {"ids": ["p3"]}}], ids=["named", "but one"])
def test_few_people_are_known_by_their_ids_outside_the_horizon(
    fields: dict[str, Any], others: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is meant before and after the plan is the same whether the people of a rule are held alone or in a table of everybody."""
    days = [(MONDAY + dt.timedelta(days=k)).isoformat() for k in range(4)]
    document = {
        "horizon": {"start": days[2], "end": days[3]},
        "calendars": {"office": {"holidays": "none"}},
        "staff": [{"id": f"p{e}"} for e in range(12)],
        "published": {"rows": [{"staff_id": f"p{e}", "date": day, "place": "office"} for e in (5, 7) for day in days[:2]]},
        "rules": [{"id": "r", "applies_to": {"ids": ["p5", "p7"], **others}, **fields}],
    }
    programs = []
    for most in (0, 1 << 30):  # every part alone; none
        monkeypatch.setattr(part, "SPARSE", most)
        programs.append(compile_program(Instance.build(document)))
    assert programs[0] == programs[1]
    if fields.get("least") is None:
        assert len(programs[0].rows) > 0
