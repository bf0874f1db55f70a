"""Random tiny instances (hypothesis), and the best plan of an instance by trying every one."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import strategies as st

from giliran.audit import audit, findings_of
from giliran.costing import statement_costs
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.instance import Instance

DAYS = ("2021-07-15", "2021-07-16", "2021-07-19")
"""Thursday, Friday and Monday, so that weeks and weekends matter."""

MOST_CELLS = 10
"""At most 2^10 schedules are audited per example."""


@st.composite
def instances(draw: st.DrawFn) -> dict[str, Any]:
    """Sections of an instance with a few people in one to three units, several rules at once, a ledger, wishes and absences."""
    people = draw(st.integers(2, 5))
    last = DAYS[draw(st.integers(0, 1 if people > 3 else 2))]
    units = [{"id": "o", "name": "O", "level": "opd"}]
    units += [{"id": f"b{k}", "name": f"B{k}", "level": "bidang", "parent": "o"} for k in range(draw(st.integers(1, 3)))]
    leaves = [unit["id"] for unit in units]
    staff = [
        {
            "id": f"P{e}",
            "unit": draw(st.sampled_from(leaves)),
            "rank": draw(st.sampled_from(["administrator", "pelaksana", "pelaksana"])),
            "function": draw(st.sampled_from(["admin", "service"])),
            "home_only": draw(st.integers(0, 9)) == 0,
        }
        for e in range(people)
    ]
    ids = [person["id"] for person in staff]
    return {
        "horizon": {"start": DAYS[0], "end": last},
        "units": units,
        "staff": staff,
        "absences": draw(st.lists(_absence(ids, last), max_size=2, unique_by=lambda row: (row["staff_id"], row["from"]))),
        "wishes": draw(st.lists(_wish(ids, last), max_size=3, unique_by=lambda row: (row["staff_id"], row["date"]))),
        "ledger": draw(st.lists(_history(ids), max_size=2, unique_by=lambda row: row["staff_id"])),
        "rules": _numbered(draw(st.lists(_rule(ids), min_size=1, max_size=4))),
        "goals": _goals(draw),
    }


def _days(last: str) -> list[str]:
    return [day for day in DAYS if day <= last]


def _absence(ids: list[str], last: str) -> st.SearchStrategy[dict[str, Any]]:
    day = st.sampled_from(_days(last))
    return st.builds(lambda id_, d: {"staff_id": id_, "from": d, "to": d, "reason": "cuti"}, st.sampled_from(ids), day)


def _wish(ids: list[str], last: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda id_, d, place, weight: {"staff_id": id_, "date": d, "place": place, "weight": weight},
        st.sampled_from(ids),
        st.sampled_from(_days(last)),
        st.sampled_from(["office", "home"]),
        st.integers(1, 3),
    )


def _history(ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda id_, burden: {"staff_id": id_, "account": "office", "period": "2021-W27", "burden": burden, "share": "1.500"},
        st.sampled_from(ids),
        st.integers(0, 3),
    )


def _rule(ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    per = st.sampled_from(["whole", "opd", "bidang", "leaf", ["bidang", "opd"]])
    share = st.sampled_from(["25%", "34%", "50%", "75%"])
    counts = st.sampled_from(["everyone", "unforced", "forced_free"])
    of = st.sampled_from(["assigned", "present", "office_able"])
    soft = st.sampled_from([{}, {}, {"strength": "should", "weight": 2}])

    def merged(*parts: dict[str, Any]) -> dict[str, Any]:
        return {key: value for part in parts for key, value in part.items()}

    def fields(**given: Any) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries(
            {key: value if isinstance(value, st.SearchStrategy) else st.just(value) for key, value in given.items()}
        )

    leaders = {"applies_to": {"ranks": "administrator"}}
    pair = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    return st.one_of(
        st.builds(merged, fields(kind="office_cap", per=per, share=share, of=of, counts=counts), soft),
        st.builds(merged, fields(kind="office_cap", per="whole", max=st.integers(1, 3)), soft),
        fields(kind="office_cap", per=per, share="34%", relax_to=st.just({"share": "67%", "reason": "optional"})),
        st.builds(merged, fields(kind="office_floor", per=per, min=st.integers(1, 2)), soft),
        fields(kind="office_floor", per=per, share=share, of=of),
        st.builds(merged, fields(kind="home_cap", per=per, share=share, of=of, counts=counts), soft),
        fields(kind="office_share", per=per, share="50%", tolerance=st.integers(0, 1)),
        st.builds(merged, fields(kind="duty_officers", per=st.sampled_from(["opd", "bidang", "leaf"]), count=st.integers(1, 2)), soft),
        st.builds(merged, fields(kind="fixed_days", place=st.sampled_from(["office", "home"])), st.just(leaders)),
        st.builds(merged, fields(kind="full_service", mode="require"), st.just({"applies_to": {"functions": "service"}})),
        st.builds(merged, fields(kind="days_per_person", window="week", most=st.integers(1, 2)), soft),
        st.builds(merged, fields(kind="days_per_person", window="horizon", least=1), soft),
        st.builds(merged, fields(kind="consecutive", place=st.sampled_from(["office", "home"]), max=st.integers(1, 2)), soft),
        st.builds(lambda two: {"kind": "separation", "applies_to": {"ids": two}, "not_all": "office"}, pair),
    )


def _numbered(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": f"r{k}", **rule} for k, rule in enumerate(rules)]


def _goals(draw: st.DrawFn) -> list[dict[str, Any]]:
    goals: list[dict[str, Any]] = [
        {"id": "aim", "kind": "office_target", "aim": draw(st.sampled_from(["most_office", "most_home"])), "level": draw(st.booleans())},
        {"id": "fair", "kind": "fair_share"},
    ]
    if draw(st.booleans()):
        goals.append({"id": "wishes", "kind": "wishes"})
    if draw(st.booleans()):
        goals.append({"id": "smooth", "kind": "smooth_weeks"})
    return goals


def tier_values(instance: Instance, schedule: Schedule) -> tuple[int, ...] | None:
    """What `audit` says of a schedule, as far as plans are compared: the values of its tiers, or None at the first rule that it breaks."""
    view, findings = instance.view, []
    for rule in view.rules:
        for finding in findings_of(rule, view, schedule):
            if finding.strength is Strength.MUST:
                return None
            findings.append(finding)
    values = dict.fromkeys(view.tiers.names, 0)
    for each in statement_costs(view, schedule, findings):
        values[each.tier] += each.cost
    return tuple(values.values())


def best_by_trying(instance: Instance) -> tuple[int, ...] | None:
    """The lexicographically least tier values over every schedule, by the audit alone; None if every schedule breaks a rule."""
    facts = instance.facts
    cells = np.argwhere(facts.present)
    best: tuple[tuple[int, ...], Schedule] | None = None
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = np.zeros(facts.shape, dtype=bool)
        office[cells[:, 0], cells[:, 1]] = bits
        schedule = schedule_of(facts, office)
        values = tier_values(instance, schedule)
        if values is not None and (best is None or values < best[0]):
            best = values, schedule
    if best is None:
        return None
    found = audit(instance, best[1])
    assert not found.broken and tuple(found.tiers.values()) == best[0]
    return best[0]
