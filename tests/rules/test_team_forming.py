"""team_rotation with `choose_teams`: teams that the plan forms, of equal size, kept from plan to plan."""

import itertools

import numpy as np
import pydantic
import pytest

from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.rules.kinds.team_rotation.forming import fill
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

RULE = {"kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": "2021-07-12"}
UNITS = [{"id": "opd", "level": "opd"}, {"id": "u", "parent": "opd"}, {"id": "v", "parent": "opd"}]


def kept(*teams):
    """Teams of a published plan, 0 for nobody's."""
    return {"own/0": np.array([team or -1 for team in teams], dtype=np.int16)}


def with_kept(facts, *teams):
    """The same facts after a published plan that has teams."""
    object.__setattr__(facts, "published_team", kept(*teams))
    return facts


def audit(view, rows, teams=None):
    """Findings of the rule on a schedule, with teams written down or not."""
    schedule = make_schedule(view.facts, rows)
    if teams is not None:
        schedule = Schedule(schedule.place, team=kept(*teams))
    return list(view.by_id["own/0"].audit(view, schedule))


def test_places_that_two_equal_teams_explain_pass() -> None:
    """A and B alternate with C: two teams of sizes 2 and 1, whether written down or not."""
    view = make_view(make_facts("ABC"), [RULE])
    assert not audit(view, "10101 10101 01010")
    notes = audit(view, "10101 10101 01010", (1, 1, 2))
    assert [note.strength for note in notes] == [Strength.NOTE] * 2
    assert "tim 1 (2 orang), WFO pada" in notes[0].said.text("id")


def test_days_of_no_team() -> None:
    """Somebody in the office on the first two days is in no team: one broken rule for that person."""
    [finding] = audit(make_view(make_facts("AB"), [RULE]), "11010 01010")
    assert (finding.strength, finding.amount, finding.people) == (Strength.MUST, 1, (0,))
    assert finding.said.text("id").startswith("A: hari WFO tidak cocok")


def test_teams_of_unequal_size() -> None:
    """Four people of one team leave the other without its two: two too many, two too few."""
    [finding] = audit(make_view(make_facts("ABCD"), [RULE]), "10101 10101 10101 10101")
    assert (finding.strength, finding.amount) == (Strength.MUST, 4)


def test_written_teams_are_judged_as_written() -> None:
    """Places off the team's turn, a missing team and wrong sizes are told; the last day counts too."""
    view = make_view(make_facts("AB"), [RULE])
    [finding] = [f for f in audit(view, "10101 01011", (1, 2)) if f.strength is Strength.MUST]
    assert (finding.amount, finding.people, finding.days) == (1, (1,), (4,))
    assert finding.said.text("id") == "B WFO pada Jumat 16 Juli 2021, padahal tim 2 tidak mendapat giliran"
    [finding] = [f for f in audit(view, "10101 01010", (1, 0)) if f.strength is Strength.MUST]
    assert "B is in none of the 2 teams" in finding.said.text("en")
    sizes = [f for f in audit(view, "10101 10101", (1, 1)) if f.strength is Strength.MUST]
    assert [(f.amount, f.people) for f in sizes] == [(1, ()), (1, ())]


def test_kept_teams() -> None:
    """Teams of a published plan stay; a newcomer joins the smaller one."""
    view = make_view(with_kept(make_facts("ABC", days=2), 1, 1, 0), [RULE])
    assert not audit(view, "10 10 01")
    assert [f.people for f in audit(view, "01 10 10")] == [(0,)]
    moved = [f for f in audit(view, "01 10 01", (2, 1, 2)) if f.strength is Strength.MUST]
    assert "published plan has team 1" in moved[0].said.text("en")


def test_kept_teams_of_another_number_are_formed_anew() -> None:
    """A published team that the rule does not have any more binds nobody."""
    view = make_view(with_kept(make_facts("AB", days=2), 3, 3), [RULE])
    assert not audit(view, "10 01")


def test_home_only_people_and_those_outside_are_in_no_team() -> None:
    """Home-only people and people outside the levels take no turns; the former are told in one note."""
    people = [{"id": "A", "unit": "opd"}, {"id": "B", "unit": "u"}, {"id": "C", "unit": "u"}]
    view = make_view(make_facts(people, units=UNITS, days=1, home_only=["C"]), [{**RULE, "per": "bidang"}])
    notes = audit(view, "1 1 0")
    assert [(note.strength, note.people) for note in notes] == [(Strength.NOTE, (2,))]
    assert view.rules[0].grouping(view).outside.dense.tolist() == [[True], [False], [False]]


def test_absent_days_ask_nothing() -> None:
    """A person away on a day of the team's turn is in the team all the same."""
    view = make_view(make_facts("AB", absent={"A": [0, 2, 4]}), [RULE])
    assert not audit(view, "00000 01010")


def test_named_teams_take_their_names_into_the_notes() -> None:
    """Teams with names are called by them, the first being on turn at the anchor."""
    view = make_view(make_facts("AB", days=2), [{**RULE, "teams": ["merah", "biru"]}])
    notes = audit(view, "01 10", (2, 1))
    assert "team merah (1), in the office on Monday 12 July 2021: B" in notes[0].said.text("en")


def test_a_group_with_an_unplanned_cell_is_skipped() -> None:
    """Sizes and turns of a group whose plan is not complete are not judged."""
    assert not audit(make_view(make_facts("AB", days=2), [RULE]), "1? 10")


def test_formed_teams_fit_the_places() -> None:
    """Teams follow the places; whoever fits several is dealt so that sizes are equal, in lottery order."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [{**RULE, "teams": 3}])
    rule = view.by_id["own/0"]
    team = rule.formed_teams(view, make_schedule(facts, "1 0 0 1"), np.array([2, 1, 0, 3]))
    assert team.tolist() == [1, 3, 2, 1]
    unplanned = rule.formed_teams(view, make_schedule(facts, "1 0 ? 1"), np.arange(4))
    assert unplanned.tolist() == [-1] * 4


@pytest.mark.parametrize("number", [2, 3])
def test_fill_finds_teams_whenever_there_are_any(number: int) -> None:
    """Against trying everything, for all ways in which four people can fit teams and some sizes."""
    sizes = [(np.array(least), np.array(most)) for least, most in [([1] * number, [2] * number), ([2, 0, 0][:number], [2, 1, 2][:number])]]
    masks = list(itertools.product((False, True), repeat=number))
    for rows in itertools.combinations_with_replacement(masks, 4):
        fits = np.array(rows)
        for least, most in sizes:
            possible = any(
                all(fits[p, k] for p, k in enumerate(team)) and all(least[k] <= team.count(k) <= most[k] for k in range(number))
                for team in itertools.product(range(number), repeat=4)
            )
            team = fill(fits, least, most)
            count = np.bincount(team[team >= 0], minlength=number)
            assert possible == bool((team >= 0).all() and (count >= least).all() and (count <= most).all())
            assert all(fits[p, k] for p, k in enumerate(team.tolist()) if k >= 0)


def test_a_should_is_refused() -> None:
    """Teams can only be formed for a rotation that must hold."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("A"), [{**RULE, "strength": "should"}])


def test_cells_stay_free_and_are_reached() -> None:
    """Teams that are formed fix nobody, but everybody in them is wanted in the office some day."""
    view = make_view(make_facts("AB", home_only=["B"]), [RULE])
    rule = view.by_id["own/0"]
    assert view.free[0].all() and rule.needs_office(view).dense[0].all() and not rule.needs_office(view).dense[1].any()
    assert make_view(make_facts("AB"), [{**RULE, "applies_to": {"tags": ["x"]}}]).by_id["own/0"].formed_teams is not None


CASES = {
    "by day": ({}, {}, ()),
    "by week": ({"turn": "week"}, {}, ()),
    "three teams": ({"teams": 3}, {"days": 2}, ()),
    "per unit": ({"per": "leaf"}, {}, ()),
    "away": ({}, {"absent": {"B": [1]}}, ()),
    "everybody away": ({}, {"absent": {letter: range(3) for letter in "ABC"}}, ()),
    "home-only": ({}, {"home_only": ["A"]}, ()),
    "kept": ({}, {}, (1, 1, 0)),
    "kept and unequal": ({}, {}, (1, 1, 1)),
    "call day": ({"days": {"weekdays": ["mon", "tue"]}}, {"workdays": [0, 2], "call_days": [1]}, ()),
    "nobody": ({"applies_to": {"tags": ["none"]}}, {}, ()),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Over all teams, compile allows exactly the schedules in which the audit finds some."""
    rule, more, teams = CASES[name]
    people = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABC"]
    facts = make_facts(people, units=UNITS, **{"days": 3, **more})
    view = make_view(with_kept(facts, *teams) if teams else facts, [{**RULE, **rule}])
    assert assert_contract(view, only=("own/0",)) > 0


def test_words() -> None:
    """The rule, and why a cell follows a team, in words."""
    view = make_view(make_facts("AB", first=MONDAY), [RULE])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("id").startswith("2 tim yang sama besar, dibentuk dalam jadwal")
    assert rule.occurrence(view, -1, 1, 0).text("en") == "A is in the office on Tuesday 13 July 2021 exactly when in team 2"
