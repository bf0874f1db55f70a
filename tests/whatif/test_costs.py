"""What one plan costs more than another, per tier and in words."""

from __future__ import annotations

import pytest

from giliran.audit import audit
from giliran.instance import Instance
from giliran.messages import LANGUAGES
from giliran.rules.base import Rule
from giliran.rules.registry import example, goal_kinds, parse_goal, parse_rule, rule_kinds
from giliran.whatif.costs import better, deciding, differences, price_text, same
from tests.builders import make_schedule
from tests.whatif.small import house

BUILT = Instance.build(
    horizon={"start": "2021-07-12", "end": "2021-07-13"},
    staff=[{"id": "A", "name": "Ayu"}, {"id": "B", "name": "Budi"}],
    wishes=[{"staff_id": "A", "date": "2021-07-12", "place": "home"}, {"staff_id": "A", "date": "2021-07-13", "place": "home"}],
    rules=[{"kind": "office_cap", "max": 1}],
    goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}, {"kind": "wishes"}],
)


def costs(before: str, after: str, instance: Instance = BUILT):  # type: ignore[no-untyped-def]
    """Differences between two plans of bit strings."""
    plans = (make_schedule(instance.facts, rows) for rows in (before, after))
    return differences(instance, *(audit(instance, plan) for plan in plans))


def test_every_tier_is_told_in_its_order() -> None:
    """Fair turns 10 01 against Ayu alone 11 00: squares 1 + 1 against 4; her second wish of two is half of everything she wishes."""
    found = costs("10 01", "11 00")
    assert [(cost.tier, cost.change) for cost in found] == [("relaxations", 0), ("office_target", 0), ("fair_share", 2000), ("wishes", 500)]
    assert price_text(found).text() == (
        "costs: office days shared less fairly (squared differences from the fair share +2); then wishes less met by 0.5 "
        "(1: all wishes of one person)"
    )
    assert "lalu keinginan kurang terpenuhi 0,5" in price_text(found).text("id")


def test_the_first_tier_that_differs_decides() -> None:
    """One more in the office is better, however unfair."""
    found = costs("10 00", "11 00")
    first = deciding(found)
    assert first is not None and first.tier == "office_target" and better(found) and not same(found)
    assert price_text(found).text().startswith("is better: 1 more person-day in the office; then ")
    assert not better(costs("11 00", "10 00"))


def test_nothing_differs() -> None:
    """Wishes and turns are as they were."""
    found = costs("10 01", "10 01")
    assert same(found) and deciding(found) is None and price_text(found).text() == "costs nothing"
    assert price_text(found).text("id") == "tanpa biaya"


def test_a_tier_of_several_things_tells_each_in_its_unit() -> None:
    """Even weeks and wishes in one tier have no unit in common: told is which of them changes, not the name of the tier."""
    sections = {"horizon": {"start": "2021-07-12", "end": "2021-07-12"}, "staff": [{"id": "A"}], "tiers": [["wishes", "smooth_weeks"]]}
    instance = Instance.build(
        **sections, wishes=[{"staff_id": "A", "date": "2021-07-12", "place": "home"}], goals=[{"kind": "wishes"}, {"kind": "smooth_weeks"}]
    )
    assert price_text(costs("0", "1", instance)).text() == "costs: wishes less met by 1 (1: all wishes of one person)"


def test_aims_of_two_sides_in_one_tier() -> None:
    """One unit wants many in the office, another few: whoever comes there too much is told as such, and both where both change."""
    aims = [{"kind": "office_target", "aim": aim, "applies_to": {"ids": [id_]}} for id_, aim in (("A", "most_office"), ("B", "most_home"))]
    instance = Instance.build(horizon={"start": "2021-07-12", "end": "2021-07-12"}, staff=[{"id": "A"}, {"id": "B"}], goals=aims)
    assert price_text(costs("1 0", "1 1", instance)).text("id") == "biaya: 1 orang-hari WFO lebih banyak"
    both = price_text(costs("1 0", "0 1", instance)).text()
    assert both == "costs: 1 fewer person-day in the office and 1 more person-day in the office"
    assert same(costs("0 0", "1 1", instance))


def test_what_nobody_wrote_says_what_it_counts_too() -> None:
    """A published plan with a name for duty brings a tier along, whose change is told in words and not by its name."""
    rows = [{"staff_id": "A", "date": "2021-07-13", "place": "office", "duty": "own/duty"}]
    instance = house(published={"rows": rows})
    named = {name for statement in instance.view.statements for name, _ in statement.cost_units()}
    assert "promised_names" in named and named >= {name for each in instance.view.statements for name in each.tier_names()}
    text = price_text(costs("11000 00000 00000 00000", "10000 00000 00000 00000", instance)).text("id")
    assert "petugas piket yang sudah ditetapkan tetapi tidak WFO bertambah 1" in text and "promised_names" not in text


@pytest.mark.parametrize("kind", [*rule_kinds(), *goal_kinds()])
def test_every_kind_says_what_it_counts(kind: str) -> None:
    """Each tier of a statement has a unit, in two languages that differ, for more and for less."""
    is_rule = kind in rule_kinds()
    statement = parse_rule({**example(kind), "strength": "should", "weight": 3}) if is_rule else parse_goal({**example(kind), "weight": 3})
    units = list(statement.cost_units())
    assert {name for name, _ in units} == {*statement.tier_names()}
    for _, unit in units:
        said = {sentence(count=2).text(lang) for sentence in (unit.more, unit.less) for lang in LANGUAGES}
        assert unit.size % 3 == 0 and len(said) == 4
    assert isinstance(statement, Rule) == is_rule
