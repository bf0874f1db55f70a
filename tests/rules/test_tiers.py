"""tiers: the order of costs, and where each goes."""

from __future__ import annotations

from typing import Any

import pydantic
import pytest

from giliran.errors import InputError
from giliran.rules.tiers import TierSpec
from tests.builders import make_facts, make_view

GOALS: list[dict[str, Any]] = [
    {"kind": "wishes"},
    {"kind": "smooth_weeks"},
    {"kind": "fair_share"},
    {"kind": "stability"},
    {"kind": "office_target", "aim": "most_office", "level": True},
]
DEFAULT = ("relaxations", "office_target", "level", "fair_share", "stability", "wishes", "smooth_weeks")


def names(goals: list[dict[str, Any]], tiers: list[Any], rules: Any = ()) -> tuple[str, ...]:
    """Names of the tiers in order."""
    return make_view(make_facts("AB"), rules, goals, tiers).tiers.names


def test_default_order() -> None:
    """Whatever order goals are written in, tiers come in the default order, relaxations first."""
    assert names(GOALS, []) == DEFAULT


def test_only_tiers_in_use_are_listed() -> None:
    """A target without level and without an aim leaves no empty tiers."""
    assert names([{"kind": "office_target", "aim": "most_home"}], []) == ("relaxations", "office_target")
    assert names([{"kind": "office_target", "aim": "none"}, {"kind": "wishes"}], []) == ("relaxations", "wishes")


def test_own_order_comes_first() -> None:
    """Tiers that an instance lists come in its order, the others follow in the default order."""
    assert names(GOALS, ["relaxations", "stability", "wishes"])[:4] == ("relaxations", "stability", "wishes", "office_target")


def test_relaxations_stay_first_unless_listed() -> None:
    """Relaxations are not pushed back by a list that is silent about them, but may be listed later."""
    assert names(GOALS, ["wishes"])[:2] == ("relaxations", "wishes")
    assert names([{"kind": "wishes"}], ["wishes", "relaxations"]) == ("wishes", "relaxations")


@pytest.mark.parametrize(
    ("spec", "name", "weights"),
    [
        ("wishes", "wishes", {"wishes": 1}),
        (["wishes", "stability"], "wishes+stability", {"wishes": 1, "stability": 1}),
        ({"wishes": 5, "stability": 2}, "wishes+stability", {"wishes": 5, "stability": 2}),
        ({"name": "soft", "of": {"wishes": 5}}, "soft", {"wishes": 5}),
    ],
)
def test_spellings_of_a_tier(spec: Any, name: str, weights: dict[str, int]) -> None:
    """A name, a list, weights, or all of it spelled out."""
    made = TierSpec.model_validate(spec)
    assert (made.name, made.of) == (name, weights)


def test_merged_tiers_weigh_their_costs() -> None:
    """In a merged tier costs are multiplied by the tier's weight and by the goal's."""
    view = make_view(make_facts("AB"), [], [{"kind": "wishes", "weight": 7}, {"kind": "stability"}], [{"wishes": 5, "stability": 2}])
    assert view.tiers.names == ("relaxations", "wishes+stability")
    assert view.cost(view.goals[0]) == view.cost_in("wishes", 7)
    assert (view.cost_in("wishes", 7).tier, view.cost_in("wishes", 7).weight) == (1, 35)


def test_rules_and_goals_may_name_a_listed_tier() -> None:
    """A `should` rule and a goal may share a tier of the instance's own."""
    rule = {"kind": "office_cap", "max": 1, "strength": "should", "tier": "mine"}
    view = make_view(make_facts("AB"), [rule], [{"kind": "wishes", "tier": "mine"}], ["mine"])
    assert view.tiers.names == ("relaxations", "mine")


def test_should_rules_may_name_any_default_tier() -> None:
    """The tier of a goal that is not in use is known with its rank, and so is the tier of rules about empty units."""
    rules = [{"kind": "office_cap", "max": 1, "strength": "should", "tier": tier} for tier in ("wishes", "staffed", "level")]
    assert names([{"kind": "fair_share"}], [], rules) == ("relaxations", "staffed", "level", "fair_share", "wishes")


def test_tiers_of_rules_stay_first_unless_listed() -> None:
    """A list that does not speak of empty units does not put other things before them, one that does may."""
    rule = {"kind": "office_floor", "min": 1, "strength": "should", "tier": "staffed"}
    assert names([{"kind": "wishes"}], ["wishes"], [rule]) == ("relaxations", "staffed", "wishes")
    assert names([{"kind": "wishes"}], ["wishes", "staffed"], [rule]) == ("relaxations", "wishes", "staffed")


def test_unknown_tier_is_refused() -> None:
    """A tier that nobody lists is refused with the tiers in use, in both languages."""
    rule = {"kind": "office_cap", "max": 1, "strength": "should", "tier": "mine"}
    with pytest.raises(InputError) as caught:
        names([{"kind": "wishes"}], [], [rule])
    assert "tier mine, which is not listed" in caught.value.text()
    assert "Tingkat yang ada: relaxations dan wishes. Tambahkan mine" in caught.value.text("id")


def test_tier_listed_twice_is_refused() -> None:
    """One cost cannot go to two tiers."""
    with pytest.raises(InputError, match="tier wishes is listed twice"):
        names([{"kind": "wishes"}], ["wishes", {"wishes": 2}])


@pytest.mark.parametrize("second", ["wishes", {"name": "wishes", "of": {"smooth_weeks": 1}}, {"name": "soft", "of": {"smooth_weeks": 1}}])
def test_two_tiers_of_one_name_are_refused(second: Any) -> None:
    """Tiers are known by their names in a result, so no two may share one."""
    first = {"name": second["name"] if isinstance(second, dict) else second, "of": {"stability": 1}}
    with pytest.raises(InputError, match=f"tier {first['name']} is listed twice"):
        names(GOALS, [first, second])


@pytest.mark.parametrize("spec", [[{"wishes": 1}], [["wishes"]], [1, "wishes"]])
def test_names_of_a_tier_are_words(spec: Any) -> None:
    """A list of anything but names is refused in our words."""
    with pytest.raises(pydantic.ValidationError, match="a list of names"):
        TierSpec.model_validate(spec)


@pytest.mark.parametrize("weight", [0, -1])
def test_weights_are_positive(weight: int) -> None:
    """A weight below 1 would make a cost vanish or pay for violations."""
    with pytest.raises(pydantic.ValidationError, match="positive"):
        TierSpec.model_validate({"wishes": weight})


@pytest.mark.parametrize(
    ("listed", "order"),
    [
        ([], ("relaxations", "staffed", "office_target")),
        (["office_target"], ("relaxations", "staffed", "office_target")),
        (["relaxations", "office_target"], ("relaxations", "staffed", "office_target")),
        (["office_target", "relaxations"], ("office_target", "relaxations", "staffed")),
        (["staffed", "office_target"], ("relaxations", "staffed", "office_target")),
    ],
)
def test_staffed_comes_after_relaxations_unless_it_is_listed(listed: list[Any], order: tuple[str, ...]) -> None:
    """A list written before there was such a tier does not let it overtake the letter's own limits."""
    rules = [{"kind": "office_floor", "min": 1, "strength": "should", "tier": "staffed"}]
    assert names([{"kind": "office_target", "aim": "most_office"}], listed, rules) == order
