"""office_share: a fixed share of the people in the office."""

import pytest

from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

HALF = {"kind": "office_share", "share": "50%"}


def findings(facts, rule, rows):
    """Findings of one share as (strength, amount, days)."""
    view = make_view(facts, [rule])
    return [(f.strength, f.amount, f.days) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


@pytest.mark.parametrize("rows", ["1 1 0 0 0", "1 1 1 0 0"])
def test_either_neighbour_of_a_half(rows: str) -> None:
    """50 % of 5 people are 2.5: two will do, and three."""
    assert findings(make_facts("ABCDE", days=1), HALF, rows) == []


def test_one_too_many_and_one_too_few() -> None:
    """Four of five are one too many, one of five is one too few; the sentence gives the sum and both ends."""
    facts = make_facts("ABCDE", days=1)
    view = make_view(facts, [HALF])
    [many] = view.rules[0].audit(view, make_schedule(facts, "1 1 1 1 0"))
    [few] = view.rules[0].audit(view, make_schedule(facts, "1 0 0 0 0"))
    assert (many.amount, few.amount) == (1, 1)
    assert "1 too many (50 % × 5 = 2.5 → 2 to 3 in the office)" in many.said.text("en")
    assert "kurang 1 (50% × 5 = 2,5 → 2 sampai 3 WFO)" in few.said.text("id")


def test_share_of_the_present() -> None:
    """With one of five away the half is two of the other four, exactly."""
    facts = make_facts("ABCDE", days=1, absent={"E": [0]})
    view = make_view(facts, [HALF])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 1 1 0 0"))
    assert "50 % × 4 = 2 → 2 in the office, 2 at home" in finding.said.text("en")


def test_tolerance() -> None:
    """A tolerance of one accepts one to three of four."""
    facts = make_facts("ABCD", days=1)
    rule = {**HALF, "tolerance": 1}
    assert findings(facts, rule, "1 0 0 0") == findings(facts, rule, "1 1 1 0") == []
    assert findings(facts, rule, "0 0 0 0") == findings(facts, rule, "1 1 1 1") == [(Strength.MUST, 1, (0,))]


def test_shortfall_is_noted() -> None:
    """Half of four assigned are two; with three away the one who is left comes, and one is noted as missing."""
    facts = make_facts("ABCD", days=1, absent={c: [0] for c in "BCD"})
    rule = {**HALF, "of": "assigned"}
    assert findings(facts, rule, "1 0 0 0") == [(Strength.NOTE, 1, (0,))]
    assert findings(facts, rule, "0 0 0 0") == [(Strength.NOTE, 1, (0,)), (Strength.MUST, 1, (0,))]
    view = make_view(facts, [rule])
    note, few = view.rules[0].audit(view, make_schedule(facts, "0 0 0 0"))
    assert "diminta paling sedikit 2 orang WFO, tetapi yang dapat masuk hanya 1, kurang 1" in note.said.text("id")
    assert few.said.text("en").endswith("only 1 can come)")
    assert assert_contract(view, only=("own/0",)) == 1


def test_shortfall_breaks_where_it_shall() -> None:
    """Half of four assigned people are two, one can come: one is too few, less the tolerance none; as a note none is either way."""
    facts = make_facts("ABCD", days=1, absent={"A": [0], "B": [0], "C": [0]})
    rule = {**HALF, "of": "assigned", "when_short": "break"}
    view = make_view(facts, [rule])
    [few] = view.rules[0].audit(view, make_schedule(facts, "0 0 0 1"))
    assert (few.strength, few.amount) == (Strength.MUST, 1)
    assert few.said.text("en").endswith("in the office 1, 1 too few (50 % × 4 = 2 → 2 in the office, 0 at home; only 1 can come)")
    assert findings(facts, {**rule, "tolerance": 1}, "0 0 0 1") == []
    assert findings(facts, {**rule, "when_short": "note"}, "0 0 0 1") == [(Strength.NOTE, 1, (0,))]


def test_people_fixed_at_home_cannot_come() -> None:
    """Of four three are fixed at home, and one home-only among them: one of the two asked for can come."""
    facts = make_facts("ABCD", days=1, home_only=["B"])
    home = {"kind": "fixed_days", "place": "home", "applies_to": {"ids": ["C", "D"]}}
    view = make_view(facts, [HALF, home])
    [limit] = view.limits_of(view.by_id["own/0"])
    assert (limit.least.tolist(), limit.most.tolist()) == ([[1]], [[2]])
    assert [f.strength for f in view.by_id["own/0"].audit(view, make_schedule(facts, "1 0 0 0"))] == [Strength.NOTE]


def test_tolerance_comes_before_a_shortfall() -> None:
    """Two of four less a tolerance of one is one: with one available nothing is missing."""
    facts = make_facts("ABCD", days=1, absent={c: [0] for c in "BCD"})
    assert findings(facts, {**HALF, "of": "assigned", "tolerance": 1}, "1 0 0 0") == []


def test_too_many_fixed_in_the_office_stay_impossible() -> None:
    """Three fixed in the office of four are one more than a half, whoever is away: the upper bound does not move."""
    facts = make_facts("ABCD", days=1, absent={"D": [0]}, office_only={c: [0] for c in "ABC"})
    assert findings(facts, {**HALF, "of": "assigned"}, "1 1 1 0") == [(Strength.MUST, 1, (0,))]


def test_first_and_last_day() -> None:
    """Every day is judged by itself, the first and the last included."""
    assert findings(make_facts("AB", days=5), HALF, "11110 10000") == [(Strength.MUST, 1, (0,)), (Strength.MUST, 1, (4,))]


def test_everybody_absent() -> None:
    """A share of nobody is nobody."""
    assert findings(make_facts("AB", days=1, absent={"A": [0], "B": [0]}), HALF, "0 0") == []


def test_empty_group() -> None:
    """A unit in which nobody is selected is not judged."""
    facts = make_facts([{"id": "A"}], days=1, units=[{"id": "u"}, {"id": "v"}])
    assert findings(facts, {**HALF, "per": "leaf"}, "1") == []


def test_unplanned_cells_are_skipped() -> None:
    """A day with a cell without a place is not judged."""
    assert findings(make_facts("AB", days=1), {**HALF, "share": "100%"}, "0 ?") == []


def test_call_days_only_where_they_are_named() -> None:
    """A Saturday on call is reached only by a share that names it."""
    facts = make_facts("AB", days=6, call_days=[5], workdays=[4])
    assert findings(facts, HALF, "000011 000001") == []
    assert findings(facts, {**HALF, "days": {"weekdays": ["sat"]}}, "000011 000001") == [(Strength.MUST, 1, (5,))]


def test_limit_is_answered_on_both_sides() -> None:
    """Other rules see the least and the most."""
    view = make_view(make_facts("ABCDE", days=1), [HALF])
    [limit] = view.limits
    assert (limit.least.tolist(), limit.most.tolist()) == ([[2]], [[3]])


def test_sentences() -> None:
    """The share is described with its tolerance, and each occurrence is named with its sum."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [HALF, {**HALF, "tolerance": 1}])
    plain, tolerant = (rule for rule in view.rules if rule.kind == "office_share")
    assert plain.describe(view).text("en") == "In the office 50 %, neither more nor less, of everybody concerned."
    assert tolerant.describe(view).text("id") == "50% WFO, boleh lebih atau kurang 1 orang, dari semua pegawai yang dimaksud."
    assert "50% × 4 = 2 → 2 WFO, 2 WFH" in plain.occurrence(view, 0, 0, -1).text("id")


def test_share_is_needed() -> None:
    """Without a share there is nothing to keep."""
    with pytest.raises(ValueError, match="share"):
        parse_rule({"id": "own/x", "kind": "office_share"})


CASES = {
    "either neighbour": ({"share": "50%"}, {}),
    "rounded down": ({"share": "50%", "rounding": "down"}, {}),
    "rounded up": ({"share": "50%", "rounding": "up"}, {}),
    "of the assigned": ({"share": "50%", "of": "assigned"}, {}),
    "tolerant": ({"share": "50%", "tolerance": 1}, {}),
    "per unit": ({"share": "50%", "per": "leaf"}, {}),
    "everybody": ({"share": "100%"}, {}),
    "a should": ({"share": "50%", "strength": "should", "weight": 3}, {}),
    "a should that cannot be kept": ({"share": "100%", "of": "assigned", "strength": "should"}, {"absent": {"A": [0, 1]}}),
    "broken by who is away": (
        {"share": "60%", "of": "assigned", "per": "leaf", "when_short": "break"},
        {"absent": {"A": [0], "B": [0], "C": [1]}},
    ),
    "a should that breaks where nobody is": (
        {"share": "60%", "of": "assigned", "per": "leaf", "when_short": "break", "strength": "should"},
        {"absent": {"D": [0, 1], "E": [1]}},
    ),
    "unforced": ({"share": "50%", "counts": "unforced"}, {"office_only": {"A": [0, 1]}}),
    "forced free": ({"share": "50%", "counts": "forced_free"}, {"office_only": {"A": [0, 1]}}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], **{"absent": {"B": [1]}, **more})
    view = make_view(facts, [{"kind": "office_share", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0
