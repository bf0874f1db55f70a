"""Numbers of rules a step looser or tighter: what that means for every kind that has one, on every schedule of a tiny instance."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from giliran.domain.place import Strength
from giliran.messages import Percent
from giliran.rules.base import Rule, Statement
from giliran.rules.registry import example, parse_rule, rule_kinds
from giliran.rules.view import View
from tests.builders import make_facts, make_view
from tests.rules.contract import all_schedules, assert_contract, audited_costs

UNITS = ({"id": "o", "level": "opd"}, {"id": "u", "parent": "o"}, {"id": "v", "parent": "o"})
PEOPLE = tuple({"id": id_, "unit": unit} for id_, unit in zip("ABCD", "uuuv", strict=True))
STEPS = (-2, -1, 1, 2)
RELAXED = {"share": "67%", "reason": "optional"}

CASES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "office_cap": [{"max": 2, "per": "bidang"}, {"share": "50%", "per": "bidang"}, {"share": "34%", "relax_to": RELAXED}],
    "home_cap": [{"max": 1, "per": "bidang"}, {"share": "50%"}],
    "office_floor": [{"min": 2, "per": "bidang"}, {"share": "40%", "eligible": {"units": "u"}}],
    "office_share": [{"share": "50%", "tolerance": 1, "per": "bidang"}, {"share": "50%"}],
    "duty_officers": [{"count": 1, "per": "bidang"}, {"count": 2, "per": "bidang", "exactly": True}],
    "days_per_person": [{"least": 1, "most": 1, "window": "horizon"}, {"most": "50%", "window": "horizon"}],
    "consecutive": [{"place": "office", "max": 1}, {"place": "home", "max": 2}],
    "frequency": [
        {"happens": "any", "window": {"days": 1, "anchor": "2021-07-12"}, "least": 1, "most": 1},
        {"each": "pair", "happens": "all", "window": "day", "most": 1},
    ],
}
"""Rules whose numbers are changed, by kind."""

WHICH = [(kind, k) for kind, cases in CASES.items() for k in range(len(cases))]


def view_of(kind: str, fields: Mapping[str, Any], **more: Any) -> View:
    """Four people of two units on two days, one of them away on the first; a rule of a kind, and a goal."""
    facts = make_facts(PEOPLE, days=2, units=UNITS, absent={"B": [0]})
    return make_view(facts, [{"kind": kind, **fields, **more}])


def with_rule(view: View, rule: Statement) -> View:
    """The same view with another rule of that id."""
    rules = [rule if old.id == rule.id else old for old in view.rules]
    return View(view.facts, [old for old in rules if isinstance(old, Rule)], view.goals, view.tiers)


def allowed(view: View, id_: str) -> set[bytes]:
    """Every schedule in which a rule that must hold is not broken."""
    rule = view.by_id[id_]
    return {office.tobytes() for office, plan in all_schedules(view) if audited_costs(view, plan, (rule,)) is not None}


def test_every_kind_with_a_number_is_here() -> None:
    """Whatever kind answers `eased` is tried below."""
    assert {kind for kind in rule_kinds() if parse_rule(example(kind)).eased(1)} == set(CASES)


@pytest.mark.parametrize(("kind", "k"), WHICH)
@pytest.mark.parametrize("strength", ["must", "should"])
def test_compile_and_audit_agree(kind: str, k: int, strength: str) -> None:
    """A rule that is looser or tighter allows and charges what its audit finds."""
    view = view_of(kind, CASES[kind][k], strength=strength)
    for by in STEPS:
        for rule in view.by_id["own/0"].eased(by).values():
            assert_contract(with_rule(view, rule), only=("own/0",))


@pytest.mark.parametrize(("kind", "k"), WHICH)
def test_looser_allows_more_and_tighter_less(kind: str, k: int) -> None:
    """What a number allows, it allows when it is looser; and a step there and back is no step."""
    view = view_of(kind, CASES[kind][k])
    rule, plain = view.by_id["own/0"], allowed(view, "own/0")
    changed = 0
    for field, looser in rule.eased(1).items():
        more = allowed(with_rule(view, looser), "own/0")
        assert more >= plain or CASES[kind][k].get("exactly")
        assert allowed(with_rule(view, looser.eased(-1)[field]), "own/0") == plain
        changed += more != plain
    for tighter in rule.eased(-1).values():
        less = allowed(with_rule(view, tighter), "own/0")
        assert less <= plain or CASES[kind][k].get("exactly")
        changed += less != plain
    assert changed, "nothing was tried"


@pytest.mark.parametrize(("kind", "sign"), [("office_cap", 1), ("home_cap", 1), ("office_floor", -1)])
def test_shares_are_changed_by_people(kind: str, sign: int) -> None:
    """A limit that is a share has one person more or fewer in every group and on every day, never fewer than none."""
    view = view_of(kind, {"share": "50%", "per": "bidang", "min_result": 1})
    rule = view.by_id["own/0"]
    [before] = view.limits_of(rule)
    for by in STEPS:
        [changed] = rule.eased(by).values()
        [after] = with_rule(view, changed).limits_of(changed)
        assert after.number.tolist() == (before.number + sign * by).clip(min=0).tolist()


def test_one_unit_alone() -> None:
    """With a unit only its groups change: of u three people, of v two."""
    facts = make_facts((*PEOPLE, {"id": "E", "unit": "v"}), days=2, units=UNITS, absent={"B": [0]})
    view = make_view(facts, [{"kind": "office_cap", "share": "50%", "per": "bidang"}])
    rule = view.by_id["own/0"].eased(1, "v")["share"]
    [limit] = with_rule(view, rule).limits_of(rule)
    assert [view.facts.units[u].id for u in limit.groups.unit] == ["u", "v"]
    assert limit.number.tolist() == [[1, 1], [2, 2]]
    duty = make_view(facts, [{"kind": "duty_officers", "count": 2, "per": "bidang"}])
    fewer = duty.by_id["own/0"].eased(1, "u")["count"]
    assert with_rule(duty, fewer).duty_of(fewer).count.tolist() == [[1, 1], [2, 2]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "fields", "by"),
    [
        ("office_share", {"share": "50%"}, -1),
        ("duty_officers", {"count": 1}, 2),
        ("consecutive", {"place": "office", "max": 1}, -1),
        ("consecutive", {"place": "office", "min": 2}, 1),
        ("consecutive", {"place": "office", "min": 2, "max": 2}, -1),
    ],
)
def test_no_further(kind: str, fields: Mapping[str, Any], by: int) -> None:
    """A number goes no further than it means something: there is no run of no days, no exact share that is more exact."""
    assert parse_rule({"id": "r", "kind": kind, **fields}).eased(by) == {}


@pytest.mark.parametrize(
    ("kind", "fields", "amount", "field", "becomes"),
    [
        ("office_cap", {"share": "50%", "base": {"units": "u"}}, 3, "share", {"max": 3}),
        ("office_cap", {"max": 3}, Percent(2550), "max", {"share": "25.5%"}),
        ("home_cap", {"max": 3}, Percent(5000), "max", {"share": "50%"}),
        ("office_floor", {"share": {"zone": {"low": "50%"}}}, 1, "share", {"min": 1}),
        ("office_share", {"share": "50%"}, Percent(2500), "tolerance", {"share": "25%"}),
        ("office_share", {"share": "50%"}, 2, "tolerance", {"share": "50%", "tolerance": 2}),
        ("duty_officers", {"count": 1}, 3, "count", {"count": 3}),
        ("days_per_person", {"least": 1, "most": 3}, 2, "least", {"least": 2, "most": 3}),
        ("days_per_person", {"most": 3}, Percent(4000), "most", {"most": "40%"}),
        ("consecutive", {"place": "office", "max": 3}, 2, "max", {"place": "office", "max": 2}),
    ],
)
def test_another_number(kind: str, fields: Mapping[str, Any], amount: int | Percent, field: str, becomes: Mapping[str, Any]) -> None:
    """A rule with another number is what a file would say so."""
    rule = parse_rule({"id": "r", "kind": kind, **fields})
    assert field in rule.eased(1)
    assert rule.limited(amount, field) == parse_rule({"id": "r", "kind": kind, **becomes})


@pytest.mark.parametrize(
    ("kind", "fields", "amount", "field"),
    [
        ("duty_officers", {"count": 1}, Percent(5000), "count"),
        ("duty_officers", {"count": 1}, 0, "count"),
        ("days_per_person", {"least": 2, "most": 3}, 1, "most"),
        ("consecutive", {"place": "office", "max": 3}, Percent(5000), "max"),
        ("consecutive", {"place": "office", "max": 3}, 0, "max"),
        ("consecutive", {"place": "office", "min": 2, "max": 3}, 1, "max"),
    ],
)
def test_numbers_that_cannot_be(kind: str, fields: Mapping[str, Any], amount: int | Percent, field: str) -> None:
    """What a file could not say is no rule."""
    assert parse_rule({"id": "r", "kind": kind, **fields}).limited(amount, field) is None


def test_sentences_say_the_step() -> None:
    """A limit that was changed is not told as if its share alone gave it."""
    view = view_of("office_cap", {"share": "50%", "per": "bidang"})
    rule = view.by_id["own/0"].eased(1)["share"]
    changed = with_rule(view, rule)
    said = rule.describe(changed), rule.occurrence(changed, 0, 1, -1)
    assert [each.text() for each in said] == [
        "At most 50 % (1 looser) in the office, per bidang.",
        "u, Tuesday 13 July 2021: 50 % × 3 = 1.5 (1 looser) → at most 2 in the office, at least 1 at home",
    ]
    assert said[1].text("id") == "u, Selasa 13 Juli 2021: 50% × 3 = 1,5 (lebih longgar 1) → paling banyak 2 WFO, paling sedikit 1 WFH"
    tighter = view.by_id["own/0"].eased(-1, "u")["share"]
    assert tighter.describe(changed).text() == "At most 50 % (1 tighter in u) in the office, per bidang."


def test_a_step_travels() -> None:
    """Copies and pickles of a rule keep the step, and a rule with one is another rule."""
    rule = parse_rule({"id": "r", "kind": "office_cap", "max": 2})
    looser = rule.eased(1)["max"]
    assert looser != rule and looser.eased(-1)["max"] == rule
    assert pickle.loads(pickle.dumps(looser)) == looser == looser.model_copy(update={"tier": None})
    assert looser.strength is Strength.MUST


@pytest.mark.parametrize(
    "rules",
    [
        [{"kind": "office_cap", "max": 1, "exempt": ["own/1"]}, {"kind": "duty_officers", "per": "bidang", "count": 1}],
        [{"kind": "office_cap", "share": "25%"}, {"kind": "duty_officers", "per": "bidang", "count": 1, "against_caps": "exceed"}],
        [{"kind": "office_cap", "max": 1, "per": "opd"}, {"kind": "duty_officers", "per": "bidang", "count": 1, "against_caps": "pool"}],
        [
            {"kind": "office_cap", "max": 1, "relax_to": RELAXED, "exempt": ["own/1"]},
            {"kind": "duty_officers", "per": ["bidang", "opd"], "count": 2, "strength": "should"},
        ],
    ],
    ids=["exempt", "exceed", "pool", "relaxed"],
)
def test_rules_that_ask_each_other(rules: Sequence[Mapping[str, Any]]) -> None:
    """Caps and duties that look at each other agree with the audit after a step of either, also where no officer is left to ask for."""
    facts = make_facts(PEOPLE, days=2, units=UNITS, absent={"B": [0]}, published={"A": "1?", "D": "0?"}, frozen_days=[0])
    view = make_view(facts, rules, [{"kind": "office_target", "aim": "most_office"}])
    tried = 0
    for id_ in ("own/0", "own/1"):
        for by in (-1, 1):
            for rule in view.by_id[id_].eased(by).values():
                assert_contract(with_rule(view, rule))
                tried += 1
    assert tried == 4
