"""Duty officers: names in a schedule, and units that share people."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.place import Strength
from giliran.rules.kinds.duty_officers.matching import matched_need
from tests.builders import make_facts, make_view
from tests.rules.test_duty_officers import CHAIN, PER_BIDANG, TREE, TWO, audit, people


@pytest.mark.parametrize(
    ("named", "amounts", "words"),
    [
        (["1", "1", "0"], [], ""),
        (["0", "0", "0"], [2], "yang tercatat 0, seharusnya 2"),
        (["1", "0", "0"], [1], "yang tercatat 1, seharusnya 2"),
        (["1", "1", "1"], [1, 1], "tidak WFO"),
    ],
)
def test_names(named, amounts, words) -> None:
    """A and B are in the office, C at home; exactly two of those present are named."""
    found = audit(make_facts("ABC", days=1), TWO, "1 1 0", own_0=named)
    assert [finding.amount for finding in found] == amounts
    assert all(finding.strength is Strength.MUST for finding in found)
    assert words in "".join(finding.said.text("id") for finding in found)


def test_no_names_are_no_offence() -> None:
    """A schedule that names nobody for this rule is not told to."""
    assert not audit(make_facts("ABC", days=1), TWO, "1 1 0")


def test_a_name_outside_e() -> None:
    """Naming somebody who is not eligible is one broken rule."""
    rows = [{"id": "A", "tags": ["piket"]}, {"id": "B"}]
    rule = {**TWO, "count": 1, "eligible": {"tags": ["piket"]}}
    found = audit(make_facts(rows, days=1), rule, "1 1", own_0=["1", "1"])
    assert [(finding.amount, finding.people) for finding in found] == [(1, (1,))]


def test_a_member_of_two_units_is_named_for_either() -> None:
    """B serves b1 or b2, but not both: two of the three are named, whichever, and not three."""
    facts = make_facts(people("A:b1 B:b2 C:b2", B="b1"), units=TREE, days=1)
    for named in (["1", "1", "0"], ["1", "0", "1"], ["0", "1", "1"]):
        assert not audit(facts, PER_BIDANG, "1 1 1", own_0=named)
    for named, unit in ((["0", "0", "1"], 1), (["0", "1", "0"], 2), (["1", "1", "1"], 2)):
        assert [(f.unit, f.amount) for f in audit(facts, PER_BIDANG, "1 1 1", own_0=named)] == [(unit, 1)]


def test_unplanned_units_are_skipped() -> None:
    """A unit with an unplanned member of E is not judged."""
    assert not audit(make_facts("ABC", days=1), TWO, "0 0 ?", own_0=["0", "0", "0"])


# -- units that share people ---------------------------------------------------------------------------------------------------------


def test_one_person_two_duty_units() -> None:
    """S may stand for b1 or b2. On Monday A and B are on leave, so b2 has nobody: a note. On Tuesday S alone is one too few."""
    facts = make_facts(people("A:b1 S:b1 B:b2", S="b2"), units=TREE, days=2, absent={"A": [0], "B": [0]})
    view = make_view(facts, [PER_BIDANG])
    assert view.duty_of(view.by_id["own/0"]).need.tolist() == [[1, 1], [0, 1]]
    note, *others = sorted(audit(facts, PER_BIDANG, "a0 11 a0"), key=lambda finding: finding.days)
    assert (note.strength, note.amount, note.unit, note.days) == (Strength.NOTE, 1, 2, (0,))
    assert "nobody counts for two units" in note.said.text("en")
    [broken] = others
    assert (broken.strength, broken.amount, broken.unit, broken.days) == (Strength.MUST, 1, 2, (1,))
    assert "duty officers in the office 1, 1 too few (needed 1): nobody counts for two units, and b1 need theirs" in broken.said.text("en")
    assert audit(facts, PER_BIDANG, "a1 11 a0") == [note]


def test_first_one_for_every_unit() -> None:
    """Two of three people are in E of both units, which ask for two each: first one for each unit, then the second of the first."""
    facts = make_facts(people("A:b1 B:b1 C:b2", B="b2", C="b1"), units=TREE, days=1)
    view = make_view(facts, [{**PER_BIDANG, "count": 2}])
    assert view.duty_of(view.by_id["own/0"]).need.tolist() == [[2], [1]]


def test_exactly_with_shared_people_counts_them_together() -> None:
    """Two units need exactly one each, S serving either: exactly two of the three are in the office, whichever."""
    facts = make_facts(people("A:b1 S:b1 B:b2", S="b2"), units=TREE, days=1)
    rule = {**PER_BIDANG, "exactly": True}
    for rows in ("1 1 0", "1 0 1", "0 1 1"):
        assert not audit(facts, rule, rows)
    assert [(f.amount, f.unit) for f in audit(facts, rule, "1 1 1")] == [(1, 2)]
    limits = make_view(facts, [rule]).limits
    assert {(limit.sense.value, int(n)) for limit in limits for n in limit.number[limit.active]} == {("least", 1), ("exact", 2)}


def test_unions_in_words() -> None:
    """Rows about several units name them all, with their need together."""
    facts = make_facts(people("A:b1 S:b1 B:b2", S="b2"), units=TREE, days=1)
    view = make_view(facts, [PER_BIDANG])
    said = view.by_id["own/0"].occurrence(view, 2, 0, -1).text("en")
    assert said == "b1 and b2, Monday 12 July 2021: duty officers needed together 2 of 3 available"


def best_needs(member_of: list[set[int]], asked: list[int]) -> list[int]:
    """Needs by trying all ways to give everybody one group or none: most in all, then most groups with one, earlier ones first, …"""

    def worth(pick: tuple[int | None, ...]) -> tuple[int, ...]:
        got = [pick.count(group) for group in range(len(asked))]
        return (sum(got), *(int(number > turn) for turn in range(max(asked)) for number in got))

    ways = itertools.product(*[[None, *sorted(groups)] for groups in member_of])
    fits = [pick for pick in ways if all(pick.count(group) <= asked[group] for group in range(len(asked)))]
    best = max(fits, key=lambda pick: (worth(pick)[0], *_rounds(pick, asked)))
    return [best.count(group) for group in range(len(asked))]


def _rounds(pick: tuple[int | None, ...], asked: list[int]) -> list[tuple[int, ...]]:
    """For the first, second, … officer how many groups have one, and which."""
    got = [pick.count(group) for group in range(len(asked))]
    return [(sum(n > turn for n in got), *(int(n > turn) for n in got)) for turn in range(max(asked))]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_needs_of_all_ways(data: st.DataObject) -> None:
    """Needs are those of the best of all ways to share people out, and `matched` finds as many of any people as can be."""
    groups = data.draw(st.integers(2, 4))
    member_of = data.draw(st.lists(st.sets(st.integers(0, groups - 1), min_size=1, max_size=2), min_size=1, max_size=6))
    asked = data.draw(st.lists(st.integers(1, 3), min_size=groups, max_size=groups))
    pairs = [(e, g) for e, mine in enumerate(member_of) for g in sorted(mine)]
    person, group = (np.array(column) for column in zip(*pairs, strict=True))
    opened = np.ones((len(pairs), 1), dtype=bool)
    count = np.array(asked)[:, None]
    size = np.bincount(group, minlength=groups)[:, None]
    nobody = np.zeros((len(member_of), 1), dtype=bool)
    assert matched_need(person, group, opened, count, size, nobody)[:, 0].tolist() == best_needs(member_of, asked)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_names_of_units_that_share_people(data: st.DataObject) -> None:
    """Of all sets of names exactly those pass in which everybody can be given one unit so that every unit has its need."""
    units = [f"b{k}" for k in (1, 2, 3)]
    staff = data.draw(st.lists(st.tuples(st.sampled_from(units), st.sampled_from(["", *units])), min_size=2, max_size=5))
    rows = [{"id": "ABCDE"[k], "unit": unit, "also": also} for k, (unit, also) in enumerate(staff)]
    facts = make_facts(rows, units=CHAIN, days=1)
    rule = {**PER_BIDANG, "count": data.draw(st.integers(1, 2))}
    view = make_view(facts, [rule])
    duty = view.duty_of(view.by_id["own/0"])
    need = {facts.units[unit].id: int(n) for unit, n in zip(duty.groups_unit, duty.need[:, 0], strict=True)}
    member_of = [{unit for unit in pair if unit in need} for pair in staff]
    for bits in itertools.product("01", repeat=len(staff)):
        ways = itertools.product(*[mine for mine, bit in zip(member_of, bits, strict=True) if bit == "1"])
        right = any(all(way.count(unit) == n for unit, n in need.items()) for way in ways)
        found = [f for f in audit(facts, rule, ["1"] * len(staff), own_0=list(bits)) if f.strength is Strength.MUST]
        assert (not found) == right, (bits, need)
