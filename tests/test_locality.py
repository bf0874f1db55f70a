"""Rules about one unit change nothing elsewhere, and caps that allow more make no plan worse: random instances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.rules.base import Rule
from giliran.solving import SolveOptions, solve
from tests.builders import make_facts, make_view
from tests.numbers import few_or_many

Spec = dict[str, Any]
UNITS = (
    {"id": "o", "level": "opd"},
    {"id": "a", "level": "bidang", "parent": "o"},
    {"id": "a1", "level": "seksi", "parent": "a"},
    {"id": "b", "level": "bidang", "parent": "o"},
    {"id": "b1", "level": "seksi", "parent": "b"},
)
PEOPLE = tuple({"id": id_, "unit": unit} for id_, unit in zip("ABCDEFGH", ("a", "a", "a1", "a1", "b", "b", "b1", "b1"), strict=True))
OF_A = {"applies_to": {"units": ["a"]}}
OF_B = {"applies_to": {"units": ["b"]}}
COUNTING = {
    "per": st.sampled_from(["bidang", "leaf"]),
    "counts": st.sampled_from(["everyone", "unforced", "forced_free"]),
    "min_result": st.integers(0, 1),
}
SHARE = st.sampled_from(["0%", "25%", "50%", "100%"])
FEW = st.sampled_from([["A"], ["B", "C"], ["E"], ["F", "G"]])
QUICKLY = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def rule(kind: str, optional: dict[str, st.SearchStrategy[Any]] | None = None, **fields: Any) -> st.SearchStrategy[Spec]:
    """A rule of a kind; fields are values or strategies."""
    given_ = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in fields.items()}
    return st.fixed_dictionaries({"kind": st.just(kind), **given_}, optional=optional)


def duties(*modes: str) -> st.SearchStrategy[Spec]:
    """A duty rule that stands to caps in one of some ways."""
    per = st.sampled_from(["bidang", "leaf"])
    return rule(
        "duty_officers",
        {"eligible": FEW.map(lambda ids: {"ids": ids})},
        count=st.integers(1, 2),
        per=per,
        against_caps=st.sampled_from(modes),
    )


def limits() -> st.SearchStrategy[Spec]:
    """A rule that counts people; the duties of the base rules, 4 and 5, may be exempt from a cap."""
    exempt = {"exempt": st.sampled_from([["own/4"], ["own/5"], ["own/4", "own/5"]]), "relax_to": st.just({"share": "75%"})}
    return st.one_of(
        rule("office_cap", {**COUNTING, **exempt}, share=SHARE),
        rule("office_floor", COUNTING, share=SHARE),
        rule("home_cap", COUNTING, share=SHARE),
        rule("office_share", COUNTING, share=SHARE),
    )


def personal() -> st.SearchStrategy[Spec]:
    """A rule about single people."""
    return st.one_of(
        rule("fixed_days", place=st.sampled_from(["office", "home"])),
        rule("full_service", {"lifts": st.just(["own/0", "own/1", "own/2"])}, mode=st.sampled_from(["require", "permit"])),
        rule("separation", not_all=st.sampled_from(["home", "office"]), per=st.sampled_from(["bidang", "leaf"])),
        rule("days_per_person", least=st.integers(1, 2), window="week"),
    )


BASE = st.tuples(
    limits(),
    limits().map(lambda one: one | OF_A),
    limits(),
    st.one_of(rule("fixed_days", place="office"), personal()).map(lambda one: one | {"applies_to": {"ids": ["A", "B", "C", "F"]}}),
    duties("keep", "exceed"),
    duties("keep", "exceed", "pool").map(lambda one: one | OF_A),
)
"""Rules about everybody, and rules about a."""

ABOUT_B = st.one_of(duties("exceed"), duties("keep", "exceed", "pool"), personal(), limits()).map(lambda one: one | OF_B)


def broken(facts: Facts, rules: Sequence[Spec], schedule: Schedule) -> list[tuple[str, Finding]]:
    """What breaks the base rules about people of a: of rules about them, and of groups that hold nobody else."""
    view = make_view(facts, rules)
    found = []
    for one, spec in zip([view.by_id[f"own/{k}"] for k in range(6)], rules, strict=False):
        assert isinstance(one, Rule)
        for finding in one.audit(view, schedule):
            inside = spec.get("applies_to") == OF_A["applies_to"] or (finding.unit >= 0 and facts.units[finding.unit].id in ("a", "a1"))
            if finding.strength is Strength.MUST and inside:
                found.append((one.id, finding))
    return found


@st.composite
def plans(draw: st.DrawFn) -> tuple[Facts, Schedule]:
    """Eight people in two bidang over two days, somebody absent, somebody in the office only, and any places."""
    marks = st.dictionaries(st.sampled_from("ABCDEFGH"), st.lists(st.integers(0, 1), max_size=2), max_size=2)
    facts = make_facts(
        PEOPLE, days=2, units=UNITS, absent=draw(marks), office_only=draw(marks), reasons={f"own/{k}": "antrean" for k in range(7)}
    )
    bits = draw(st.lists(st.booleans(), min_size=16, max_size=16))
    return facts, schedule_of(facts, np.array(bits, dtype=bool).reshape(8, 2) & facts.present)


@few_or_many(80, 250)
def test_a_rule_about_one_unit_changes_nothing_elsewhere(examples: int) -> None:
    """A rule about people of b changes no `must` finding of a rule, or of a group, that holds nobody of b.

    Officers who are pooled because of a cap of everybody are another matter: people of b may be why it has no room.
    """

    @settings(QUICKLY, max_examples=examples)
    @given(plans(), BASE, ABOUT_B)
    def changes_nothing(plan: tuple[Facts, Schedule], base: tuple[Spec, ...], extra: Spec) -> None:
        facts, schedule = plan
        assume(base[5]["against_caps"] != "pool" or all("per" in one for one in (base[0], base[2])))
        assert broken(facts, [*base, extra], schedule) == broken(facts, base, schedule)

    changes_nothing()


# -- caps that allow more --------------------------------------------------------------------------------------------------------------

CAP = rule(
    "office_cap",
    {
        **COUNTING,
        "exempt": st.just(["own/r1"]),
        "of": st.sampled_from(["assigned", "present"]),
        "per": st.sampled_from(["whole", "bidang"]),
    },
    share=st.sampled_from(["10%", "25%", "50%"]),
)
MORE = ["own/r1", "own/r2"]
WIDER = st.sampled_from([{"share": "75%"}, {"relax_to": {"share": "60%"}}, {"relax_to": {"share": "100%"}}, {"exempt": MORE}])
OTHERS = st.tuples(
    duties("keep"),
    rule("duty_officers", {"applies_to": st.just({"ids": ["A", "B", "E"]})}, count=1),
    st.one_of(
        rule("fixed_days", applies_to=FEW.map(lambda ids: {"ids": ids}), place=st.sampled_from(["office", "home"])),
        rule("office_floor", {"strength": st.just("should")}, min=st.integers(1, 4)),
        rule("office_cap", per="bidang", share=st.sampled_from(["50%", "75%"]), relax_to={"share": "100%"}),
        rule("days_per_person", {"strength": st.just("should")}, least=1, window="week"),
    ),
)


def vector(rules: Sequence[Spec]) -> tuple[int, int] | None:
    """Relaxations and cells at home of the best plan of six people over two days; None if there is none."""
    named = [{"id": f"r{k}", **one} for k, one in enumerate(rules)]
    staff = [row for row in PEOPLE if row["id"] in "ABCEFG"]
    instance = Instance.build(
        title="Uji",
        horizon={"start": "2021-07-19", "end": "2021-07-20"},
        calendars={"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
        units=UNITS,
        staff=staff,
        absences=[{"staff_id": "C", "from": "2021-07-19", "to": "2021-07-19", "reason": "sakit"}],
        reasons={f"own/r{k}": "antrean" for k, one in enumerate(rules) if "relax_to" in one},
        rules=named,
        goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}],
    )
    result = solve(instance, SolveOptions(workers=1))
    if result.status is Status.INFEASIBLE:
        return None
    assert result.status is Status.OPTIMAL
    value = {tier.name: tier.value or 0 for tier in result.tiers}
    return value.get("relaxations", 0), value["office_target"]


@few_or_many(20, 60)
def test_a_cap_that_allows_more_makes_no_plan_worse(examples: int) -> None:
    """A larger share, a second limit or more exempt officers never raise (relaxations, cells at home), first things first."""

    @settings(QUICKLY, max_examples=examples)
    @given(CAP, OTHERS, WIDER)
    def is_no_worse(cap: Spec, others: tuple[Spec, ...], wider: Spec) -> None:
        before, after = vector([cap, *others]), vector([cap | wider, *others])
        assert before is None or (after is not None and after <= before)

    is_no_worse()
