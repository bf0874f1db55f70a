"""duty_officers: enough eligible people of every duty unit, every day."""

import numpy as np
import pydantic
import pytest

from giliran.domain.place import Strength
from giliran.program import INFINITE
from giliran.rules.kinds.duty_officers import unions as duty_unions
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

TWO = {"kind": "duty_officers"}
TREE = (
    {"id": "opd", "level": "opd"},
    {"id": "b1", "level": "bidang", "parent": "opd"},
    {"id": "b2", "level": "bidang", "parent": "opd"},
    {"id": "s1", "level": "seksi", "parent": "b1"},
)
PER_BIDANG = {**TWO, "per": ["bidang"], "count": 1}
CHAIN = [{"id": "opd", "level": "opd"}, *({"id": f"b{k}", "level": "bidang", "parent": "opd"} for k in (1, 2, 3))]


def people(spec: str, **also: str):
    """Rows of people from "A:b1 B:b2"; `also` gives second units."""
    rows = [dict(zip(("id", "unit"), item.split(":"), strict=True)) for item in spec.split()]
    return [{**row, "also": also.get(row["id"], "")} for row in rows]


def audit(facts, rule, rows, **duty):
    """Findings of one duty rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows, **duty)))


def test_two_of_three_pass() -> None:
    """Two of three people in the office keep the default of two."""
    assert not audit(make_facts("ABC", days=1), TWO, "1 1 0")


def test_one_of_three_is_one_too_few() -> None:
    """One of three misses the duty by one, with both numbers in the sentence."""
    [finding] = audit(make_facts("ABC", days=1), TWO, "1 0 0")
    assert (finding.strength, finding.amount, finding.days) == (Strength.MUST, 1, (0,))
    assert "kurang 1 (perlu 2 dari 3 orang yang tersedia)" in finding.said.text("id")
    assert "1 too few (needed 2 of 3 available)" in finding.said.text("en")


def test_first_and_last_day() -> None:
    """Nobody on Monday and nobody on Friday are two too few each."""
    found = audit(make_facts("AB"), TWO, "01110 01110")
    assert [(finding.days, finding.amount) for finding in found] == [((0,), 2), ((4,), 2)]


def test_exactly_counts_the_other_way_too() -> None:
    """With `exactly`, three in the office instead of two are one too many; at least two would pass."""
    facts = make_facts("ABC", days=1)
    [finding] = audit(facts, {**TWO, "exactly": True}, "1 1 1")
    assert finding.amount == 1
    assert "lebih 1 (tepat 2)" in finding.said.text("id")
    assert not audit(facts, TWO, "1 1 1")


def test_shortfall_is_a_note() -> None:
    """With two of three away one is needed; the missing officer is told once for both days, as amount 2."""
    [note] = audit(make_facts("ABC", days=2, absent={"A": [0, 1], "B": [0, 1]}), TWO, "00 00 11")
    assert (note.strength, note.amount, note.days) == (Strength.NOTE, 2, (0, 1))
    assert "diminta 2 petugas piket" in note.said.text("id")


def test_everybody_absent_or_at_home() -> None:
    """Nobody of E is there: nothing is needed, only told; home-only people are not in E."""
    found = audit(make_facts("AB", days=1, absent={"A": [0]}, home_only=["B"]), TWO, "0 0")
    assert [(finding.strength, finding.amount) for finding in found] == [(Strength.NOTE, 2)]


def test_only_eligible_people_count() -> None:
    """A pelaksana does the duty, a driver does not."""
    rows = [{"id": "A", "rank": "pelaksana"}, {"id": "B", "function": "driver"}, {"id": "C", "rank": "pelaksana"}]
    rule = {**TWO, "count": 1, "eligible": {"ranks": ["pelaksana"]}}
    facts = make_facts(rows, days=1)
    assert not audit(facts, rule, "0 0 1")
    assert [finding.amount for finding in audit(facts, rule, "0 1 0")] == [1]


def test_people_under_no_duty_unit_are_listed() -> None:
    """Staff of the agency's top stand under no bidang: they are left out, and answered for, unless their second unit takes them."""
    rows = [{"id": "A", "unit": "opd"}, {"id": "B", "unit": "b1"}, {"id": "C", "unit": "opd", "also": "b1"}]
    view = make_view(make_facts(rows, units=TREE, days=1), [PER_BIDANG])
    assert view.rules[0].grouping(view).outside.dense.tolist() == [[True], [False], [False]]


def test_a_unit_of_the_head_alone_is_no_duty_unit() -> None:
    """Above other duty units a unit without anybody eligible asks for nobody; beside them it has a noted shortfall."""
    rule = {**PER_BIDANG, "per": ["bidang", "opd"], "count": 1, "eligible": {"ranks": ["pelaksana"]}}
    rows = [{"id": "A", "unit": "opd", "rank": "jpt_pratama"}, {"id": "B", "unit": "b1", "rank": "pelaksana"}]
    assert not audit(make_facts(rows, units=TREE, days=1), rule, "0 1")
    [note] = audit(make_facts([*rows, {"id": "C", "unit": "b2", "rank": "administrator"}], units=TREE, days=1), rule, "0 1 0")
    assert (note.strength, note.amount, note.unit) == (Strength.NOTE, 1, 2)


def test_unit_of_nobody() -> None:
    """A rule that selects nobody needs nobody and says nothing."""
    assert not audit(make_facts("A", days=1), {**TWO, "applies_to": {"tags": ["none"]}}, "0")


def test_call_days_only_where_named() -> None:
    """Saturday duty is asked for only if the days name Saturday."""
    facts = make_facts("AB", days=6, call_days=[5])
    assert not audit(facts, TWO, "111110 111110")
    [finding] = audit(facts, {**TWO, "days": {"weekdays": ["sat"]}, "exactly": True}, "000001 000000")
    assert (finding.days, finding.amount) == ((5,), 1)


def test_also_serves_a_second_unit() -> None:
    """B of b2 may stand in for b1; b2 then needs somebody else."""
    facts = make_facts(people("A:b1 B:b2 C:b2", B="s1"), units=TREE, days=1)
    assert not audit(facts, PER_BIDANG, "0 1 1")
    assert [finding.unit for finding in audit(facts, PER_BIDANG, "1 0 0")] == [2]


def test_second_unit_is_judged_by_the_selector_of_that_unit() -> None:
    """A rule for b1 alone reaches B of b2 through her second unit, and no other duty of hers."""
    facts = make_facts(people("A:b1 B:b2", B="b1"), units=TREE, days=1)
    rule = {**PER_BIDANG, "applies_to": {"units": ["b1"]}}
    assert not audit(facts, rule, "0 1")
    assert [finding.unit for finding in audit(facts, rule, "0 0")] == [1]


def test_limits_are_floors_of_every_group() -> None:
    """Own members stand in one floor, and a member of two groups makes a second limit; every need is answered once."""
    facts = make_facts(people("A:b1 B:b2 C:b2", B="b1"), units=TREE, days=1)
    view = make_view(facts, [PER_BIDANG])
    limits = view.limits_of(view.by_id["own/0"])
    found = {}
    for limit in limits:
        for group, day in np.argwhere(limit.active).tolist():
            assert limit.most[group, day] == INFINITE
            members = tuple(limit.people(group, day).tolist())
            found[limit.groups.label(facts, group).text("en")] = (int(limit.least[group, day]), members)
    assert found == {"b1": (1, (0, 1)), "b2": (1, (1, 2))}


def test_should_bounds_nothing() -> None:
    """A soft duty is a limit that need not hold."""
    view = make_view(make_facts("AB"), [{**TWO, "strength": "should"}])
    assert not any(limit.must for limit in view.limits_of(view.by_id["own/0"]))


def test_exceed_raises_the_cap() -> None:
    """25 % of 4 is 1; two duty officers raise the cap to 2, and the excess is told."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [{**TWO, "against_caps": "exceed"}, {"kind": "office_cap", "share": "25%"}])
    assert view.limits_of(view.by_id["own/1"])[0].most.tolist() == [[2]]
    [note] = view.by_id["own/1"].audit(view, make_schedule(facts, "1 1 0 0"))
    assert (note.strength, note.amount) == (Strength.NOTE, 1)


def test_exceed_needs_must() -> None:
    """Only a rule that must hold can raise a cap."""
    with pytest.raises(pydantic.ValidationError, match="only a `should`"):
        make_view(make_facts("A"), [{**TWO, "against_caps": "exceed", "strength": "should"}])


# -- pools ---------------------------------------------------------------------------------------------------------------------------


def test_pool_shares_officers_one_level_up() -> None:
    """One officer per bidang, but the agency may have one person in the office: both bidang share one, and it is told."""
    facts = make_facts(people("A:b1 B:b2"), units=TREE, days=1)
    view = make_view(facts, [{**PER_BIDANG, "against_caps": "pool"}, {"kind": "office_cap", "per": "opd", "max": 1}])
    rule = view.by_id["own/0"]
    for rows in ("1 0", "0 1"):
        [note] = rule.audit(view, make_schedule(facts, rows))
        assert (note.strength, note.unit) == (Strength.NOTE, 0)
    assert "berbagi 1 petugas piket" in note.said.text("id")
    finding, _ = rule.audit(view, make_schedule(facts, "0 0"))
    assert (finding.amount, finding.unit) == (1, 0)


def test_pool_leaves_alone_whoever_has_people_under_no_cap() -> None:
    """A of b1 takes its one seat, C of the agency itself stands under no bidang: each unit has its officer, and neither shares."""
    rows = [{"id": "A", "unit": "b1", "also": "o"}, {"id": "C", "unit": "o"}]
    units = [{"id": "o", "level": "opd"}, {"id": "b1", "level": "bidang", "parent": "o"}]
    rule = {**PER_BIDANG, "per": ["bidang", "opd"], "count": 1, "against_caps": "pool"}
    facts = make_facts(rows, units=units, days=1)
    view = make_view(facts, [rule, {"kind": "office_cap", "per": "bidang", "max": 1}])
    assert [finding.strength for finding in view.by_id["own/0"].audit(view, make_schedule(facts, "1 1"))] == []
    assert [finding.strength for finding in view.by_id["own/0"].audit(view, make_schedule(facts, "0 1"))] == [Strength.MUST]


def test_pool_only_on_the_days_that_need_it() -> None:
    """The cap binds on Tuesday only: Monday keeps one officer per bidang."""
    facts = make_facts(people("A:b1 B:b2"), units=TREE, days=2)
    cap = {"kind": "office_cap", "per": "opd", "max": 1, "days": {"weekdays": ["tue"]}}
    view = make_view(facts, [{**PER_BIDANG, "against_caps": "pool"}, cap])
    duty = view.duty_of(view.by_id["own/0"])
    assert duty.need.tolist() == [[1, 0], [1, 0], [0, 1]]
    assert duty.groups_unit.tolist() == [1, 2, 0]
    assert not [f for f in view.by_id["own/0"].audit(view, make_schedule(facts, "11 10")) if f.strength is Strength.MUST]


def test_pool_rises_until_the_cap_allows_it() -> None:
    """Seksi share in the bidang, and then in the agency: a cap of one person leaves room for one officer of all."""
    tree = [{"id": "opd", "level": "opd"}]
    tree += [{"id": b, "level": "bidang", "parent": "opd"} for b in ("b1", "b2")]
    tree += [{"id": s, "level": "seksi", "parent": b} for s, b in (("s1", "b1"), ("s2", "b1"), ("s3", "b2"))]
    facts = make_facts(people("A:s1 B:s2 C:s3"), units=tree, days=1)
    rule = {**TWO, "per": "seksi", "count": 1, "against_caps": "pool"}
    for most, needs in ((3, [1, 1, 1]), (2, [0, 0, 0, 1, 1]), (1, [0, 0, 0, 1])):
        view = make_view(facts, [rule, {"kind": "office_cap", "per": "opd", "max": most}])
        assert view.duty_of(view.by_id["own/0"]).need[:, 0].tolist() == needs


def test_pool_leaves_room_for_fixed_people() -> None:
    """A cap of two holds two officers, but not beside a fixed person who is none of them."""
    facts = make_facts(people("A:b1 B:b2 H:opd"), units=TREE, days=1, office_only={"H": [0]})
    cap = {"kind": "office_cap", "per": "opd", "max": 2}
    view = make_view(facts, [{**PER_BIDANG, "against_caps": "pool"}, cap])
    assert view.duty_of(view.by_id["own/0"]).need[:, 0].tolist() == [0, 0, 1]
    exempt = make_view(facts, [{**PER_BIDANG, "against_caps": "pool"}, {**cap, "exempt": ["own/0"]}])
    assert exempt.duty_of(exempt.by_id["own/0"]).need[:, 0].tolist() == [1, 1]


LEAVES = {**TWO, "per": "leaf", "count": 1, "against_caps": "pool"}


def pools_of(spec: str, *rules, **facts) -> list[tuple[int, int]]:
    """Unit and need of every duty unit that needs anybody on the only day."""
    view = make_view(make_facts(people(spec), units=TREE, days=1, **facts), [LEAVES, *rules])
    duty = view.duty_of(view.by_id["own/0"])
    return [(int(unit), need) for unit, [need] in zip(duty.groups_unit, duty.need.tolist(), strict=True) if need]


def test_pool_takes_nobody_in_from_outside_the_cap() -> None:
    """s1 has no room for its officer and rises to b1 and the agency alone: those directly under b1, who have room, keep their own."""
    seksi = {"kind": "office_cap", "max": 0, "applies_to": {"units": ["s1"]}}
    assert pools_of("A:b1 B:s1 C:b2", seksi) == [(1, 1), (2, 1), (0, 1)]


def test_pool_takes_in_the_unit_above_inside_the_cap() -> None:
    """One seat for b1 and its seksi together: they share one officer in b1, and b2 keeps its own."""
    bidang = {"kind": "office_cap", "max": 1, "per": "bidang"}
    assert pools_of("A:b1 B:s1 C:b2", bidang) == [(2, 1), (1, 1)]


def test_pool_leaves_exempt_fixed_officers_out() -> None:
    """A, fixed and exempt as officer of another rule, takes none of the two seats: no pool, though there is one if A is counted."""
    cap = {"kind": "office_cap", "max": 2, "per": "opd"}
    other = {**TWO, "id": "own/other", "count": 1, "eligible": {"ids": ["A"]}}
    fixed = {"office_only": {"A": [0]}}
    assert pools_of("A:opd B:b1 C:b2", {**cap, "exempt": ["own/other"]}, other, **fixed) == [(0, 1), (1, 1), (2, 1)]
    assert (1, 1) not in pools_of("A:opd B:b1 C:b2", cap, other, **fixed)


def test_no_pool_for_people_who_are_fixed_anyway() -> None:
    """Two people fixed under a cap of one are too many, but their duty asks for nobody else: there is nothing to pool."""
    cap = {"kind": "office_cap", "max": 1, "per": "opd", "applies_to": {"units": ["b1"]}}
    assert pools_of("A:b1 B:s1 C:b2", cap, office_only={"A": [0], "B": [0]}) == [(1, 1), (2, 1), (3, 1)]


# -- the contract --------------------------------------------------------------------------------------------------------------------

CAP = {"kind": "office_cap", "per": "opd", "max": 2}
CASES = {
    "at least two": ([TWO], {}),
    "exactly one": ([{**TWO, "count": 1, "exactly": True}], {}),
    "per bidang": ([PER_BIDANG], {}),
    "per leaf": ([{**TWO, "per": "leaf"}], {}),
    "exactly per bidang": ([{**PER_BIDANG, "exactly": True}], {}),
    "a should": ([{**PER_BIDANG, "strength": "should", "weight": 3}], {}),
    "exactly a should": ([{**TWO, "exactly": True, "strength": "should"}], {}),
    "home-only": ([TWO], {"home_only": ["A", "C"]}),
    "everybody away": ([TWO], {"absent": {letter: [0, 1] for letter in "ABCD"}}),
    "exceed": ([{**PER_BIDANG, "count": 2, "against_caps": "exceed"}, CAP], {}),
    "pool": ([{**PER_BIDANG, "count": 2, "against_caps": "pool"}, CAP], {}),
    "pool beside fixed people": ([{**PER_BIDANG, "against_caps": "pool"}, CAP], {"office_only": {"E": [0, 1]}}),
    "exempt": (
        [{**PER_BIDANG, "against_caps": "pool"}, {**CAP, "max": 0, "exempt": ["own/0"]}],
        {"absent": {"A": [1], "B": [1], "E": [1]}},
    ),
    "wednesday": ([{**TWO, "days": {"weekdays": ["tue"]}}], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two bidang, one of them serving both, over two days."""
    rules, more = CASES[name]
    facts = make_facts(people("A:b1 B:s1 C:b2 D:b2 E:opd", C="b1"), units=TREE, days=2, **{"absent": {"B": [1]}, **more})
    view = make_view(facts, rules)
    only = tuple(f"own/{k}" for k in range(len(rules)))
    assert assert_contract(view, only=only) > 0


def test_words() -> None:
    """The rule and an occurrence in words, in both languages."""
    view = make_view(make_facts(people("A:b1 B:b2"), units=TREE, days=1), [PER_BIDANG])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("id") == "Paling sedikit 1 petugas piket WFO, per bidang."
    assert rule.occurrence(view, 0, 0, -1).text("en") == "b1, Monday 12 July 2021: duty officers needed 1 of 1 available"


SHARING = {
    "must": {},
    "two each": {"count": 2},
    "exactly": {"exactly": True},
    "should": {"strength": "should", "weight": 2},
    "exactly a should": {"exactly": True, "strength": "should"},
}


@pytest.mark.parametrize(("most", "staff"), [(duty_unions.MOST_UNITED, "A:b1 B:b1 C:b2 D:b3 E:b3"), (1, "B:b1 C:b2 D:b3")])
@pytest.mark.parametrize("name", SHARING)
def test_contract_where_units_share_people(name: str, most: int, staff: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three bidang in a chain of two who serve a second one: by rows of unions, and by columns for people and units."""
    monkeypatch.setattr(duty_unions, "MOST_UNITED", most)
    facts = make_facts(people(staff, B="b2", D="b2"), units=CHAIN, days=1)
    assert assert_contract(make_view(facts, [{**PER_BIDANG, **SHARING[name]}])) > 0
