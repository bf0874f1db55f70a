"""office_cap: at most so many people in the office."""

import pytest

from giliran.domain.condition import ConditionEntry
from giliran.domain.place import Strength
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

QUARTER = {"kind": "office_cap", "share": "25%"}


def test_two_of_eight_keep_a_quarter() -> None:
    """25 % of 8 people are 2."""
    facts = make_facts("ABCDEFGH", days=1)
    view = make_view(facts, [QUARTER])
    assert not list(view.rules[0].audit(view, make_schedule(facts, "1 1 0 0 0 0 0 0")))


def test_third_of_eight_is_one_too_many() -> None:
    """Three in the office under 25 % of 8 are one too many, and the sentence gives both numbers and the sum."""
    facts = make_facts("ABCDEFGH", days=1)
    view = make_view(facts, [QUARTER])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 1 1 0 0 0 0 0"))
    assert (finding.strength, finding.amount) == (Strength.MUST, 1)
    assert "25% × 8 = 2 → paling banyak 2 WFO, paling sedikit 6 WFH" in finding.said.text("id")


def test_first_and_last_day() -> None:
    """A third person too many is found on the first day and on the last, each by itself."""
    facts = make_facts("ABCDEFGH", days=5)
    view = make_view(facts, [QUARTER])
    found = list(view.rules[0].audit(view, make_schedule(facts, ["10001", "10001", "10001", *["00000"] * 5])))
    assert [(finding.days, finding.amount) for finding in found] == [((0,), 1), ((4,), 1)]


def test_cap_of_nobody() -> None:
    """A group in which nobody is counted has no limit that anybody could break."""
    facts = make_facts([{"id": "A", "unit": "u"}], days=1, units=[{"id": "u"}, {"id": "v"}])
    view = make_view(facts, [{**QUARTER, "applies_to": {"units": ["v"]}, "per": "leaf"}])
    assert not list(view.rules[0].audit(view, make_schedule(facts, "1")))
    assert not view.limits[0].active.any()


def test_everybody_absent() -> None:
    """Absent people count in the denominator, not in the office; with `of: present` there is nothing to count."""
    facts = make_facts("AB", days=1, absent={"A": [0], "B": [0]})
    for of, number in (("assigned", 1), ("present", 0)):
        view = make_view(facts, [{**QUARTER, "of": of}])
        assert not list(view.rules[0].audit(view, make_schedule(facts, "a a")))
        assert view.limits[0].number.tolist() == [[number]]


def test_at_least_one_of_a_small_unit() -> None:
    """25 % of three people are none, but a share above nothing leaves one seat, unless the rule says otherwise."""
    facts = make_facts("ABC", days=1)
    for more, number in (({}, 1), ({"min_result": 0}, 0), ({"rounding": "up"}, 1), ({"share": "0%"}, 0)):
        assert make_view(facts, [{**QUARTER, **more}]).limits[0].number.tolist() == [[number]]


def test_relaxation_is_told_with_its_reason() -> None:
    """Up to the second limit each person-day above the first costs one and names the reason; above it the rule is broken."""
    facts = make_facts("ABCD", days=1, reasons={"own/0": "antrean"})
    view = make_view(facts, [{**QUARTER, "relax_to": {"share": "50%"}}])
    [note] = view.rules[0].audit(view, make_schedule(facts, "1 1 0 0"))
    assert (note.strength, note.amount, note.tier, note.cost) == (Strength.NOTE, 1, "relaxations", 1)
    assert "sampai 2 diperbolehkan karena: antrean" in note.said.text("id")
    broken, note = view.rules[0].audit(view, make_schedule(facts, "1 1 1 0"))
    assert (broken.strength, broken.amount, note.cost) == (Strength.MUST, 1, 2)


def test_relaxation_without_a_reason_is_closed() -> None:
    """Without a reason the first limit stands, with a note."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [{**QUARTER, "relax_to": {"share": "50%"}}])
    note, broken = view.rules[0].audit(view, make_schedule(facts, "1 1 0 0"))
    assert (note.strength, broken.strength, broken.amount) == (Strength.NOTE, Strength.MUST, 1)
    assert "no reason is given" in note.said.text("en")


def test_relaxation_of_nobody_is_not_told() -> None:
    """A cap that means nobody here has nothing to say about its higher limit."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [{**QUARTER, "applies_to": {"ranks": ["pengawas"]}, "relax_to": {"share": "50%"}}])
    assert not list(view.rules[0].audit(view, make_schedule(facts, "1 1 0 0")))


def test_sentences() -> None:
    """The cap is described, and each occurrence is named with its sum."""
    view = make_view(make_facts("ABCDEFGH", days=1), [QUARTER])
    rule = view.rules[0]
    assert rule.describe(view).text("en") == "At most 25 % in the office, of everybody concerned."
    assert rule.describe(view).text("id") == "Paling banyak 25% WFO, dari semua pegawai yang dimaksud."
    assert "at most 2 in the office, at least 6 at home" in rule.occurrence(view, 0, 0, -1).text("en")


def test_table_without_a_value_is_a_problem() -> None:
    """A zone that the table leaves out is an error, not "no limit"."""
    facts = make_facts("AB", days=1, conditions={"zone": [ConditionEntry(MONDAY, MONDAY, None, "high")]})
    view = make_view(facts, [{**QUARTER, "share": {"zone": {"low": "25%"}}}])
    [problem] = view.rules[0].problems(view)
    assert "no row for the value 'high' of 'zone'" in problem.said.text("en")


def test_exempt_names_a_duty_rule() -> None:
    """A cap can leave out duty officers only: another rule is refused, an unknown one gets the nearest known id."""
    rules = [{**QUARTER, "exempt": ["own/1", "own/dutty"]}, {"kind": "office_cap", "max": 1}, {"kind": "duty_officers", "id": "own/duty"}]
    view = make_view(make_facts("AB", days=1), rules)
    unknown, no_duty = view.rules[0].problems(view)
    assert unknown.text("en") == "own/0.exempt: there is no rule own/dutty\n  Did you mean own/duty?"
    assert no_duty.said.text("en") == "own/1 names no duty officers, so there is nobody to leave out of the count"


CASES = {
    "share of the assigned": ({"share": "50%"}, {}),
    "share of the present": ({"share": "50%", "of": "present"}, {}),
    "a number": ({"max": 1}, {}),
    "nobody": ({"share": "0%"}, {}),
    "per unit": ({"share": "50%", "per": "leaf"}, {}),
    "some people": ({"max": 1, "applies_to": {"ids": ["A", "B", "C"]}}, {}),
    "a share of others": ({"share": "25%", "applies_to": {"ids": ["A", "B"]}, "base": {"units": ["u", "v"]}}, {}),
    "one day": ({"max": 1, "days": {"weekdays": ["tue"]}}, {}),
    "home-only people": ({"share": "50%", "of": "office_able"}, {"home_only": ["C"]}),
    "a should": ({"max": 1, "strength": "should", "weight": 3}, {}),
    "relaxed with a reason": ({"share": "34%", "relax_to": {"share": "100%"}}, {"reasons": {"own/0": "antrean"}}),
    "relaxed without a reason": ({"share": "34%", "relax_to": {"share": "100%"}}, {}),
    "unforced": ({"share": "50%", "counts": "unforced"}, {"office_only": {"A": [0, 1]}}),
    "forced free": ({"share": "50%", "counts": "forced_free"}, {"office_only": {"A": [0, 1]}}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]}, **more)
    view = make_view(facts, [{"kind": "office_cap", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0


DUTY = {"kind": "duty_officers", "per": "leaf", "count": 1}


@pytest.mark.parametrize("more", [{"exempt": ["own/1"]}, {"exempt": ["own/1"], "strength": "should"}, {"per": "leaf", "exempt": ["own/1"]}])
def test_contract_with_exempt_officers(more: dict) -> None:
    """Up to `count` present members of each duty unit are not counted, in the program as in the audit."""
    people = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABCD"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]})
    view = make_view(facts, [{"kind": "office_cap", "max": 1, **more}, DUTY])
    assert assert_contract(view, only=("own/0",)) > 0


def test_contract_with_a_duty_that_lifts_the_cap() -> None:
    """With `against_caps: exceed` the cap is as high as the duty officers inside it."""
    facts = make_facts("ABCD", days=2, absent={"B": [1]})
    view = make_view(facts, [{"kind": "office_cap", "max": 1}, {**DUTY, "count": 2, "against_caps": "exceed"}])
    assert assert_contract(view, only=("own/0",)) > 0


SHARED = [{"id": "A", "unit": "u", "also": "v"}, {"id": "B", "unit": "u"}, {"id": "C", "unit": "v"}, {"id": "D", "unit": "w"}]
"""A may be on duty in two units."""

UNITS = [{"id": "u"}, {"id": "v"}, {"id": "w"}]


def test_nobody_is_left_out_twice() -> None:
    """A, a member of two duty units, takes one place of the two: D, who is no member, is counted all the same."""
    facts = make_facts(SHARED, days=1, units=UNITS)
    view = make_view(facts, [{"kind": "office_cap", "max": 0, "exempt": ["own/1"]}, {**DUTY, "applies_to": {"units": ["u", "v"]}}])
    for plan, over in (("1 0 0 0", 0), ("1 1 0 0", 0), ("1 1 1 0", 1), ("1 0 0 1", 1), ("0 1 1 0", 0)):
        assert sum(finding.amount for finding in view.rules[0].audit(view, make_schedule(facts, plan))) == over, plan


@pytest.mark.parametrize("fields", [{"max": 0}, {"max": 1}, {"max": 0, "strength": "should"}])
def test_contract_with_members_of_two_duty_units(fields: dict) -> None:
    """Whoever is a member of several exempt groups is left out once, in the program as in the audit."""
    facts = make_facts(SHARED, days=1, units=UNITS)
    duties = [{**DUTY, "applies_to": {"units": ["u", "v"]}}, {**DUTY, "per": "whole"}]
    view = make_view(facts, [{"kind": "office_cap", "exempt": ["own/1", "own/2"], **fields}, *duties])
    assert assert_contract(view, only=("own/0",)) > 0


EXCEED = {**DUTY, "against_caps": "exceed"}


def most(rules, people="ABCD", **facts) -> list[list[int]]:
    """The upper limits of the first rule by group and day, after duties have raised them."""
    rows = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in people]
    view = make_view(make_facts(rows, units=[{"id": "u"}, {"id": "v"}], **facts), rules)
    return view.limits_of(view.by_id["own/0"])[0].most.tolist()


def test_duty_of_another_unit_lifts_no_cap() -> None:
    """A and B, fixed in the office, are one too many in u, whatever officers v needs; v has room for its own."""
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"}
    duty = {**EXCEED, "applies_to": {"units": ["v"]}}
    assert most([{"kind": "office_cap", "share": "50%", "per": "leaf"}, fixed, duty], days=1) == [[1], [1]]


def test_duty_of_another_day_lifts_no_cap() -> None:
    """Two people fixed under a cap of one stay too many on days on which the duty asks nobody."""
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"}
    duty = {**EXCEED, "per": "whole", "days": {"weekdays": ["tue"]}, "eligible": {"ids": ["C", "D"]}}
    assert most([{"kind": "office_cap", "max": 1}, fixed, duty], days=2) == [[1, 2]]


def test_officers_in_no_group_need_no_seat() -> None:
    """C, under no bidang, can be the second officer: of two per agency, one takes the seat of u, and its cap does not rise."""
    rows = [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}, {"id": "C", "unit": "o"}]
    facts = make_facts(rows, days=1, units=[{"id": "o", "level": "opd"}, {"id": "u", "level": "bidang", "parent": "o"}])
    view = make_view(facts, [{"kind": "office_cap", "per": "bidang", "max": 1}, {**EXCEED, "per": "whole", "count": 2}])
    assert view.limits_of(view.by_id["own/0"])[0].most.tolist() == [[1]]


def test_duty_takes_free_seats_first() -> None:
    """A cap of two with A fixed has one seat left: of two officers of v only one needs the cap to rise."""
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A"]}, "place": "office"}
    rules = [{"kind": "office_cap", "max": 2}, fixed, {**EXCEED, "count": 2, "applies_to": {"units": ["v"]}}]
    assert most(rules, days=1) == [[3]]
    assert most([{**rules[0], "max": 3}, *rules[1:]], days=1) == [[3]]


def test_fixed_officers_need_no_room() -> None:
    """A, who is in the office anyway, does u's duty herself; a cap of none rises for v's officer alone."""
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A"]}, "place": "office"}
    assert most([{"kind": "office_cap", "max": 0}, fixed, EXCEED], days=1) == [[1]]


def test_officers_of_several_rules_are_added() -> None:
    """A cap of none rises by one for each of two duty rules, and for no duty unit that reaches beyond the cap."""
    assert most([{"kind": "office_cap", "max": 0}, {**EXCEED, "per": "whole"}, {**EXCEED, "per": "whole"}], days=1) == [[2]]
    inside = {"kind": "office_cap", "max": 0, "applies_to": {"units": ["u"]}}
    assert most([inside, {**EXCEED, "per": "whole"}], days=1) == [[0]]


def test_exempt_officers_who_are_fixed_take_no_seat() -> None:
    """A is fixed and exempt, so the one seat is free for the officer whom v needs: the cap does not rise."""
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A"]}, "place": "office"}
    exempt = {**DUTY, "applies_to": {"units": ["u"]}}
    rules = [{"kind": "office_cap", "max": 1, "exempt": ["own/2"]}, fixed, exempt, {**EXCEED, "applies_to": {"units": ["v"]}}]
    assert most(rules, days=1) == [[1]]


def test_both_limits_rise_for_officers() -> None:
    """Two fixed people use the relaxation of one to two; the officer needs a third seat, which is told apart from the relaxation."""
    facts = make_facts("ABCD", days=1, reasons={"own/0": "antrean"})
    fixed = {"kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"}
    duty = {**EXCEED, "eligible": {"ids": ["C"]}}
    view = make_view(facts, [{**QUARTER, "relax_to": {"share": "50%"}}, fixed, duty])
    relaxed, raised = view.by_id["own/0"].audit(view, make_schedule(facts, "1 1 1 0"))
    assert (relaxed.strength, relaxed.amount, relaxed.tier) == (Strength.NOTE, 1, "relaxations")
    assert (raised.strength, raised.amount, raised.cost) == (Strength.NOTE, 1, 0)
    assert assert_contract(view, only=("own/0",)) > 0


def test_raised_limit_in_words() -> None:
    """What is too many is measured, and told, against the limit as it was raised."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [{"kind": "office_cap", "max": 0}, {**EXCEED, "per": "whole"}])
    broken, _ = view.by_id["own/0"].audit(view, make_schedule(facts, "1 1 0 0"))
    assert broken.said.text("en").endswith("1 too many (at most 0 in the office, at least 4 at home, raised to 1 for the duty officers)")
    assert view.by_id["own/0"].occurrence(view, 0, 0, -1).text("id").endswith("dinaikkan menjadi 1 untuk petugas piket")


SPANNING = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABCD"]


def test_one_officer_is_not_left_out_of_two_groups() -> None:
    """One officer for u and v together is one person who is not counted, not one in each: A and C need a seat between them."""
    facts = make_facts(SPANNING, days=1, units=[{"id": "u"}, {"id": "v"}])
    view = make_view(facts, [{"kind": "office_cap", "max": 0, "per": "leaf", "exempt": ["own/1"]}, {**DUTY, "per": "whole"}])
    for plan, over in (("1 0 0 0", 0), ("0 0 0 1", 0), ("1 0 1 0", 1), ("1 1 1 0", 2)):
        assert sum(finding.amount for finding in view.by_id["own/0"].audit(view, make_schedule(facts, plan))) == over, plan


def test_exempt_officers_of_nobody() -> None:
    """A cap that means nobody here, with officers that it would not count, asks for nothing and stops nobody."""
    rules = [{"kind": "office_cap", "max": 0, "applies_to": {"ranks": ["pengawas"]}, "exempt": ["own/1"]}, DUTY]
    assert assert_contract(make_view(make_facts("AB", days=1), rules), only=("own/0",)) == 4


SPANNING_CASES = {
    "must": {},
    "should": {"strength": "should", "weight": 3},
    "relaxed": {"share": "1%", "relax_to": {"share": "100%"}},
    "relaxed should": {"share": "1%", "min_result": 0, "relax_to": {"share": "50%"}, "strength": "should", "weight": 3},
}


@pytest.mark.parametrize("name", SPANNING_CASES)
def test_contract_with_officers_of_several_groups(name: str) -> None:
    """Duty units that reach over several groups of the cap leave out as many people in the program as in the audit."""
    facts = make_facts(SHARED, days=1, units=UNITS, reasons={"own/0": "antrean"})
    fields = {"max": 0, **SPANNING_CASES[name]}
    if "share" in fields:
        del fields["max"]
    duties = [{**DUTY, "applies_to": {"units": ["u", "v"]}}, {**DUTY, "per": "whole", "count": 2}]
    view = make_view(facts, [{"kind": "office_cap", "per": "leaf", "exempt": ["own/1", "own/2"], **fields}, *duties])
    assert assert_contract(view, only=("own/0",)) > 0


def test_seats_go_first_where_they_save_a_relaxation_too() -> None:
    """One officer is left out: of X (2 of at most 1, relaxed 1) or of Y (3 of at most 1, relaxed 2); of Y, which saves a relaxation."""
    units = [{"id": "X"}, {"id": "Y"}]
    people = [*({"id": f"x{k}", "unit": "X"} for k in range(2)), *({"id": f"y{k}", "unit": "Y"} for k in range(4))]
    cap = {"kind": "office_cap", "per": "bidang", "share": "25%", "exempt": ["own/1"], "relax_to": {"share": "50%", "reason": "optional"}}
    view = make_view(make_facts(people, days=1, units=units), [cap, {"kind": "duty_officers", "count": 1}])
    findings = list(view.by_id["own/0"].audit(view, make_schedule(view.facts, "1 1 1 1 1 0")))  # type: ignore[attr-defined]
    assert [(f.strength, f.amount, f.cost) for f in findings] == [(Strength.MUST, 1, 0), (Strength.NOTE, 1, 1)]


def test_an_officer_outside_the_cap_does_not_undo_its_rise() -> None:
    """Two of four officers are needed, one of whom the cap does not mean: it rises by the one who is missing, to 2 of at most 1 fixed."""
    people = [{"id": "L", "rank": "pengawas"}, {"id": "F", "rank": "x"}, {"id": "A", "rank": "y"}, {"id": "B", "rank": "y"}]
    cap = {"kind": "office_cap", "max": 1, "applies_to": {"ranks": ["x", "y"]}}
    duty = {"kind": "duty_officers", "count": 2, "against_caps": "exceed", "eligible": {"ranks": ["pengawas", "y"]}}
    fixed = {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["F"]}}
    view = make_view(make_facts(people, days=1), [cap, duty, fixed])
    [limit] = view.limits_of(view.by_id["own/0"])
    assert limit.most.tolist() == [[2]]
    assert_contract(view, only=("own/0", "own/1", "own/2"))
