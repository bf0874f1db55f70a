"""days_per_person: least and most office days of everybody."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract, compiled

TWO = {"kind": "days_per_person", "least": 2}
THURSDAY = MONDAY + dt.timedelta(days=3)
MUST, NOTE = Strength.MUST, Strength.NOTE


def findings(facts, rule, rows):
    """Findings of one rule as (strength, amount, people)."""
    view = make_view(facts, [{"kind": "days_per_person", **rule}])
    return [(f.strength, f.amount, f.people) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


# -- numbers -----------------------------------------------------------------------------------------------------------------------


def test_two_days_keep_two() -> None:
    """Two office days in a week of five keep `least: 2`."""
    assert findings(make_facts("A"), TWO, ["10100"]) == []


def test_one_day_is_one_too_few() -> None:
    """One office day is one too few, told with person, week and number in both languages."""
    facts = make_facts("A")
    view = make_view(facts, [TWO])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["10000"]))
    assert (finding.strength, finding.amount, finding.people, finding.days) == (MUST, 1, (0,), (0, 1, 2, 3, 4))
    assert finding.said.text("en") == "A, week from Monday 12 July 2021: days in the office 1, 1 too few (at least 2)"
    assert finding.said.text("id") == "A, minggu mulai Senin 12 Juli 2021: 1 hari WFO, kurang 1 (paling sedikit 2)"


def test_too_many_days() -> None:
    """Four office days under `most: 3` are one too many."""
    assert findings(make_facts("AB"), {"most": 3}, "11110 11100") == [(MUST, 1, (0,))]


@pytest.mark.parametrize(("fields", "notes"), [({"least": 1}, 1), ({"most": 1}, 0), ({"least": 1, "window": "week"}, 0)])
def test_weekends_of_a_plan_without_one(fields, notes: int) -> None:
    """Days of weekends are asked for from Monday to Friday: told, as nobody can have any."""
    assert findings(make_facts("A", days=5), {"window": "weekend", **fields}, "11111") == [(NOTE, 1, ())] * notes


def test_first_and_last_day_count() -> None:
    """Monday and Friday are two office days."""
    assert findings(make_facts("A"), {"least": 2, "most": 2}, ["10001"]) == []


def test_everybody_is_counted_alone() -> None:
    """One person's days do not help another."""
    assert findings(make_facts("AB"), TWO, "11111 00000") == [(MUST, 2, (1,))]


def test_number_stays_as_it_is_beside_absence() -> None:
    """With two days of leave, `least: 2` still asks for two of the other three."""
    assert findings(make_facts("A", absent={"A": [0, 1]}), TWO, ["00100"]) == [(MUST, 1, (0,))]


# -- shares ------------------------------------------------------------------------------------------------------------------------


def test_share_is_rounded_up_for_least() -> None:
    """50 % of five working days are 2.5: three are asked for, and the sentence gives the sum."""
    facts = make_facts("A")
    view = make_view(facts, [{"kind": "days_per_person", "least": "50%"}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["11000"]))
    assert finding.amount == 1
    assert "(50 % × 5 = 2.5 → at least 3)" in finding.said.text("en")


def test_share_is_rounded_down_for_most() -> None:
    """50 % of five working days are 2.5: two are allowed."""
    assert findings(make_facts("A"), {"most": "50%"}, ["11100"]) == [(MUST, 1, (0,))]


def test_share_is_prorated_by_absence() -> None:
    """With two days of leave 50 % of three days are 1.5: two are asked for, one is allowed."""
    facts = make_facts("A", absent={"A": [0, 1]})
    assert findings(facts, {"least": "50%"}, ["00110"]) == []
    assert findings(facts, {"least": "50%"}, ["00100"]) == [(MUST, 1, (0,))]
    assert findings(facts, {"most": "50%"}, ["00110"]) == [(MUST, 1, (0,))]


# -- what is not possible ----------------------------------------------------------------------------------------------------------


def test_more_than_the_days_left_is_reduced_with_a_note() -> None:
    """With four days of leave one of two days is possible: one is asked for, and one is told."""
    facts = make_facts("A", absent={"A": [0, 1, 2, 3]})
    view = make_view(facts, [TWO])
    note, few = view.rules[0].audit(view, make_schedule(facts, ["00000"]))
    assert (note.strength, note.amount, few.strength, few.amount) == (NOTE, 1, MUST, 1)
    assert "wanted 2, possible 1; only the possible days are asked for" in note.said.text("en")
    assert "diminta 2 hari WFO, yang mungkin hanya 1" in note.said.text("id")
    assert findings(facts, TWO, ["00001"]) == [(NOTE, 1, (0,))]


def test_days_fixed_at_home_are_not_possible() -> None:
    """Somebody fixed at home on four days can come once."""
    facts = make_facts("A")
    home = {"kind": "fixed_days", "place": "home", "days": {"except": [{"weekdays": ["fri"]}]}}
    view = make_view(facts, [TWO, home])
    assert [(f.strength, f.amount) for f in view.rules[0].audit(view, make_schedule(facts, ["00001"]))] == [(NOTE, 1)]


def test_home_only_is_skipped_with_a_note() -> None:
    """Nothing is asked of home-only people, but it is told."""
    assert findings(make_facts("A", home_only="A"), TWO, ["00000"]) == [(NOTE, 2, (0,))]


def test_everybody_absent() -> None:
    """A week of leave asks for nothing; the number that could not be asked for is told."""
    facts = make_facts("A", absent={"A": range(5)})
    assert findings(facts, TWO, ["00000"]) == [(NOTE, 2, (0,))]
    assert findings(facts, {"least": "50%", "most": "50%"}, ["00000"]) == []


def test_nobody_selected() -> None:
    """A selection without people asks for nothing."""
    assert findings(make_facts("A"), {**TWO, "applies_to": {"ranks": ["none"]}}, ["00000"]) == []


def test_unplanned_cells_are_skipped() -> None:
    """A week with a cell without a place is not judged."""
    assert findings(make_facts("A"), {"least": 5}, ["1000?"]) == []


@pytest.mark.parametrize(("plan", "missed"), [("?1110", 2), ("?10?0", 0)])
def test_frozen_days_count_as_published(plan: str, missed: int) -> None:
    """A frozen day that a plan leaves out counts as published, and the week is judged; one that it leaves open is not frozen."""
    facts = make_facts("A", published={"A": "1????"}, frozen_days=[0])
    assert findings(facts, {"most": 2}, [plan]) == [(MUST, missed, (0,))] * (missed > 0)


# -- credit ------------------------------------------------------------------------------------------------------------------------


def test_credited_absence_counts_as_office() -> None:
    """A day of travel counts as an office day and as a working day; leave counts as neither."""
    facts = make_facts("A", absent={"A": [0]})
    assert findings(facts, {**TWO, "credit": ["cuti"]}, ["01000"]) == []
    assert findings(facts, {**TWO, "credit": ["dinas_luar"]}, ["01000"]) == [(MUST, 1, (0,))]
    # 50 % of 5 working days are 2.5, so 2 are allowed; of 4 also 2. One is credited, so two in the office are one too many.
    assert findings(facts, {"most": "50%", "credit": ["cuti"]}, ["01100"]) == [(MUST, 1, (0,))]
    assert findings(facts, {"most": "50%"}, ["01100"]) == []


def test_credit_above_most_is_noted() -> None:
    """Three days of travel under `most: 2` are nobody's fault: told, and no office day more is allowed."""
    facts = make_facts("A", absent={"A": [0, 1, 2]})
    rule = {"most": 2, "credit": ["cuti"]}
    assert findings(facts, rule, ["00000"]) == [(NOTE, 1, (0,))]
    assert findings(facts, rule, ["00010"]) == [(NOTE, 1, (0,)), (MUST, 1, (0,))]


# -- windows -----------------------------------------------------------------------------------------------------------------------


def test_weeks_are_judged_one_by_one() -> None:
    """Five office days in one week do not help the next."""
    facts = make_facts("A", days=12)
    view = make_view(facts, [TWO])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["111110000000"]))
    assert (finding.amount, finding.days) == (2, (7, 8, 9, 10, 11))


def test_days_before_the_horizon_count() -> None:
    """Two office days of Monday to Wednesday leave one of three to be done on Thursday or Friday."""
    facts = make_facts("A", first=THURSDAY, days=2, past={"A": "110"})
    assert findings(facts, {"least": 3}, ["01"]) == []
    view = make_view(facts, [{"kind": "days_per_person", "least": 3}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["00"]))
    assert finding.amount == 1
    assert "2 (of which earlier, frozen or credited: 2), 1 too few" in finding.said.text("en")
    assert findings(facts, {"most": 3}, ["11"]) == [(MUST, 1, (0,))]


def test_days_before_the_horizon_stand_in_the_base_of_a_share() -> None:
    """60 % of five working days, three of them before the horizon, are three; an absence before it is no working day."""
    facts = make_facts("AB", first=THURSDAY, days=2, past={"A": "100", "B": "1aa"})
    # A: 60 % × 5 = 3, one done, two to do. B: 60 % × 3 = 1.8 → 2, one done, one to do.
    assert findings(facts, {"least": "60%"}, "10 10") == [(MUST, 1, (0,))]


def test_done_before_above_most_is_noted() -> None:
    """Three office days before the horizon under `most: 2` are told, and no more are allowed."""
    facts = make_facts("A", first=THURSDAY, days=2, past={"A": "111"})
    view = make_view(facts, [{"kind": "days_per_person", "most": 2}])
    [note] = view.rules[0].audit(view, make_schedule(facts, ["00"]))
    assert (note.strength, note.amount) == (NOTE, 1)
    assert "already; no more are planned (at most 2)" in note.said.text("en")
    assert assert_contract(view, only=("own/0",)) == 1


def test_days_of_an_earlier_week_do_not_count() -> None:
    """Office days of last week are not days of this one."""
    assert findings(make_facts("A", past={"A": "1111100"}), TWO, ["10000"]) == [(MUST, 1, (0,))]


def test_selected_days_before_the_horizon() -> None:
    """A rule about Mondays counts only the Monday before the horizon."""
    facts = make_facts("A", first=THURSDAY, days=2, past={"A": "111"})
    rule = {"most": 1, "days": {"weekdays": ["mon", "fri"]}}
    assert findings(facts, rule, ["10"]) == []
    assert findings(facts, rule, ["01"]) == [(MUST, 1, (0,))]


def test_least_waits_for_the_rest_of_the_week() -> None:
    """On a horizon that ends on Wednesday the week can still be made up: nothing is asked; `most` holds already."""
    facts = make_facts("A", days=3)
    assert findings(facts, TWO, ["000"]) == []
    assert findings(facts, {"most": 2}, ["111"]) == [(MUST, 1, (0,))]


def test_horizon_that_ends_on_friday_ends_the_week() -> None:
    """A weekend after the horizon holds no day that could help, so the week is judged; a Saturday on call would not help either."""
    assert findings(make_facts("A", days=5), TWO, ["00000"]) == [(MUST, 2, (0,))]
    assert findings(make_facts("A", days=5, call_days=[5]), TWO, ["00000"]) == [(MUST, 2, (0,))]
    assert findings(make_facts("A", days=5, workdays=range(6)), TWO, ["00000"]) == []


def test_part_timers_week_ends_with_their_last_day() -> None:
    """Somebody who works Monday to Wednesday has a whole week by Wednesday, a colleague has not."""
    facts = make_facts("AB", days=3)
    rows = dataclasses.replace(facts.postings, workdays=np.array([0b0000111, 127], dtype=np.int16))
    assert findings(dataclasses.replace(facts, postings=rows), TWO, "000 000") == [(MUST, 2, (0,))]


def test_month() -> None:
    """Seven office days from 1 to 11 July leave three of at most ten."""
    facts = make_facts("A", days=20, past={"A": "11..11111.."})
    rule = {"most": 10, "window": "month"}
    assert findings(facts, rule, ["11100" + "0" * 15]) == []
    assert findings(facts, rule, ["11110" + "0" * 15]) == [(MUST, 1, (0,))]


def test_month_that_goes_on_asks_for_nothing_yet() -> None:
    """By 16 July the month can still be made up."""
    assert findings(make_facts("A"), {"least": 5, "window": "month"}, ["00000"]) == []


def test_horizon() -> None:
    """Over the whole horizon the weeks add up."""
    facts = make_facts("A", days=12)
    rule = {"least": 4, "window": "horizon"}
    assert findings(facts, rule, ["111100000000"]) == []
    view = make_view(facts, [{"kind": "days_per_person", **rule}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["111000000000"]))
    assert finding.said.text("id").startswith("A, Senin 12 Juli 2021 sampai Jumat 23 Juli 2021: 3 hari WFO, kurang 1")


def test_fortnights_begin_with_the_week_of_the_horizon() -> None:
    """Two weeks from the Monday before the horizon are one fortnight; the third week is of the next, which goes on after the plan."""
    facts = make_facts("A", first=THURSDAY, days=16, past={"A": "110"})
    view = make_view(facts, [{"kind": "days_per_person", "window": "fortnight", "least": 5}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["1" + "0" * 6 + "1" + "0" * 8]))
    assert (finding.amount, finding.days) == (1, (0, 1, 4, 5, 6, 7, 8))
    assert finding.said.text("en").startswith("A, Monday 12 July 2021 to Sunday 25 July 2021: days in the office 4")


def test_windows_of_so_many_days_are_counted_from_the_anchor() -> None:
    """Ten days from 7 July end on Friday 16: two office days before the plan and two in it are four of at most three."""
    facts = make_facts("A", days=12, past={"A": "111..."})
    view = make_view(facts, [{"kind": "days_per_person", "window": {"days": 10, "anchor": "2021-08-06"}, "most": 3}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["110000011100"]))
    assert (finding.amount, finding.days) == (1, (0, 1, 2, 3, 4))
    assert finding.said.text("id").startswith("A, Rabu 7 Juli 2021 sampai Jumat 16 Juli 2021: 4 (termasuk 2 yang lebih awal")


def test_part_of_a_window_of_so_many_days() -> None:
    """In the part of a window that the horizon holds `most` stands as it is, and `least` waits for the rest."""
    facts = make_facts("A")
    window = {"days": 14, "anchor": MONDAY.isoformat()}
    assert findings(facts, {"window": window, "most": 2}, ["11100"]) == [(MUST, 1, (0,))]
    assert findings(facts, {"window": window, "least": 2}, ["00000"]) == []
    assert findings(facts, {"window": {**window, "days": 7}, "least": 2}, ["00000"]) == [(MUST, 2, (0,))]


def test_weekends() -> None:
    """Saturday and Sunday are a weekend, weekdays are in none; the Saturday before a horizon that begins on Sunday counts."""
    facts = make_facts("A", days=14, workdays=range(7))
    rule = {"window": "weekend", "most": 1}
    assert findings(facts, rule, ["11111101111101"]) == []
    view = make_view(facts, [{"kind": "days_per_person", **rule}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["00000110000000"]))
    assert (finding.amount, finding.days) == (1, (5, 6))
    assert finding.said.text("en").startswith("A, weekend from Saturday 17 July 2021: days in the office 2, 1 too many")
    assert finding.said.text("id").startswith("A, akhir pekan mulai Sabtu 17 Juli 2021: 2 hari WFO, lebih 1")
    sunday = make_facts("A", first=MONDAY - dt.timedelta(days=1), days=6, workdays=range(7), past={"A": "1"})
    assert findings(sunday, rule, ["111111"]) == [(MUST, 1, (0,))]


def test_call_days_only_where_they_are_named() -> None:
    """A Saturday on call is no office day unless the rule names it."""
    facts = make_facts("A", days=6, call_days=[5])
    assert findings(facts, TWO, ["100001"]) == [(MUST, 1, (0,))]
    assert findings(facts, {"most": 0, "days": {"weekdays": ["sat"]}}, ["111111"]) == [(MUST, 1, (0,))]


# -- days at home ------------------------------------------------------------------------------------------------------------------

AT_MOST_TWO_HOME = {"place": "home", "most": 2}


def test_home_days_are_counted_of_the_days_that_are_worked() -> None:
    """At most two days at home: whoever works five comes three times, with a day of leave twice, with two days once."""
    facts = make_facts("ABC", absent={"B": [0], "C": [0, 1]})
    assert findings(facts, AT_MOST_TWO_HOME, "11100 01100 00100") == []
    assert findings(facts, AT_MOST_TWO_HOME, "11000 01000 00000") == [(MUST, 1, (0,)), (MUST, 1, (1,)), (MUST, 1, (2,))]


def test_too_few_days_at_home() -> None:
    """One day at home of two is one too few, told as days at home in both languages; `off` of a call day is none."""
    facts = make_facts("A", days=6, call_days=[5])
    view = make_view(facts, [{"kind": "days_per_person", "place": "home", "least": 2, "days": {"weekdays": ["thu", "fri", "sat"]}}])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["000100"]))
    assert finding.said.text("en") == "A, week from Monday 12 July 2021: days at home 1, 1 too few (at least 2)"
    assert finding.said.text("id") == "A, minggu mulai Senin 12 Juli 2021: 1 hari WFH, kurang 1 (paling sedikit 2)"


def test_exactly_two_days_at_home_in_a_short_week() -> None:
    """In a week of one working day that day is at home, and the other is told: no more than the days left are asked for."""
    facts = make_facts("A", absent={"A": [0, 1, 2, 3]})
    rule = {"place": "home", "least": 2, "most": 2}
    assert findings(facts, rule, ["00000"]) == [(NOTE, 1, (0,))]
    assert findings(facts, rule, ["00001"]) == [(NOTE, 1, (0,)), (MUST, 1, (0,))]


def test_days_fixed_in_the_office_are_not_possible_at_home() -> None:
    """Somebody fixed in the office on four days can be at home once."""
    facts = make_facts("A")
    office = {"kind": "fixed_days", "place": "office", "days": {"except": [{"weekdays": ["fri"]}]}}
    view = make_view(facts, [{"kind": "days_per_person", "place": "home", "least": 2}, office])
    assert [(f.strength, f.amount) for f in view.rules[0].audit(view, make_schedule(facts, ["11110"]))] == [(NOTE, 1)]


def test_home_only_may_be_at_home_more_often() -> None:
    """Somebody who may only be at home stays there, and it is told."""
    facts = make_facts("A", home_only="A")
    view = make_view(facts, [{"kind": "days_per_person", **AT_MOST_TWO_HOME}])
    [note] = view.rules[0].audit(view, make_schedule(facts, ["00000"]))
    assert (note.strength, note.amount) == (NOTE, 3)
    assert (
        note.said.text("id") == "A, minggu mulai Senin 12 Juli 2021: 5 hari WFH sudah pasti, lebih 3; tidak ditambah lagi (paling banyak 2)"
    )


def test_days_at_home_before_the_horizon_count() -> None:
    """Two days at home of Monday to Wednesday are all of two: Thursday and Friday are in the office."""
    facts = make_facts("A", first=THURSDAY, days=2, past={"A": "100"})
    assert findings(facts, AT_MOST_TWO_HOME, ["11"]) == []
    assert findings(facts, AT_MOST_TWO_HOME, ["01"]) == [(MUST, 1, (0,))]
    assert findings(facts, {"place": "home", "least": 3}, ["11"]) == [(MUST, 1, (0,))]


def test_days_at_home_wait_for_the_rest_of_the_week() -> None:
    """On a horizon that ends on Wednesday two days at home can still come; two are no more than two already."""
    facts = make_facts("A", days=3)
    assert findings(facts, {"place": "home", "least": 2}, ["111"]) == []
    assert findings(facts, AT_MOST_TWO_HOME, ["000"]) == [(MUST, 1, (0,))]


# -- what others see ---------------------------------------------------------------------------------------------------------------


def test_rows_name_person_and_window() -> None:
    """A row leads back to person and week, and the occurrence is told with its sum."""
    facts = make_facts("AB", days=12)
    view = make_view(facts, [{"kind": "days_per_person", "least": "50%", "most": 4}])
    program = compiled(view, view.rules)
    origins = [program.origin(row) for row in range(len(program.rows))]
    assert {(o.person, o.group, o.day) for o in origins} == {(0, 0, -1), (1, 0, -1), (0, 1, -1), (1, 1, -1)}
    said = view.rules[0].occurrence(view, 1, -1, 1)
    assert said.text("en") == "B, week from Monday 19 July 2021: days in the office 50 % × 5 = 2.5 → at least 3 and at most 4"


def test_rows_that_cannot_bind_are_left_out() -> None:
    """Nothing is compiled for somebody who can neither miss nor exceed the quotas."""
    facts = make_facts("A", absent={"A": [0, 1, 2]})
    view = make_view(facts, [{"kind": "days_per_person", "least": 0, "most": 2}])
    assert len(compiled(view, view.rules).rows) == 0


def test_needs_office() -> None:
    """Cells of people who must still come are named; whoever has done enough is not among them."""
    facts = make_facts("AB", first=THURSDAY, days=2, past={"A": "110", "B": "000"})
    view = make_view(facts, [TWO])
    assert view.rules[0].needs_office(view).dense.tolist() == [[False, False], [True, True]]


def test_sentences() -> None:
    """Both quotas are described in both languages."""
    view = make_view(make_facts("A"), [{"kind": "days_per_person", "least": 2, "most": "80%"}])
    assert view.rules[0].describe(view).text("en") == "Days in the office of everybody concerned, per week: at least 2 and at most 80 %."
    assert view.rules[0].describe(view).text("id").endswith("per minggu: paling sedikit 2 dan paling banyak 80%.")


@pytest.mark.parametrize(
    ("window", "en", "id_"),
    [
        ("weekend", "per weekend", "per akhir pekan"),
        ("fortnight", "per fortnight", "per dua minggu"),
        (
            {"days": 10, "anchor": "12 Juli 2021"},
            "per 10 calendar days, counted from Monday 12 July 2021",
            "per 10 hari kalender, dihitung dari Senin 12 Juli 2021",
        ),
    ],
)
def test_windows_are_described(window: object, en: str, id_: str) -> None:
    """The window is told in both languages."""
    view = make_view(make_facts("A"), [{**TWO, "window": window}])
    assert view.rules[0].describe(view).text("en") == f"Days in the office of everybody concerned, {en}: at least 2."
    assert view.rules[0].describe(view).text("id") == f"Hari WFO setiap pegawai yang dimaksud, {id_}: paling sedikit 2."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "give `least`, `most` or both"),
        ({"least": 3, "most": 2}, "`least` .3. is above `most` .2."),
        ({"least": "60%", "most": "50%"}, "`least` .60 %. is above `most` .50 %."),
        ({"least": "two"}, "'two' is neither a number of days nor a percentage"),
        ({"least": -1}, "'-1' is neither a number of days nor a percentage"),
        ({"most": 2.5}, "'2.5' is neither a number of days nor a percentage"),
        ({"most": "120%"}, "not between 0% and 100%"),
        ({"least": 1, "window": "year"}, "week"),
        ({"least": 1, "window": {"days": 0, "anchor": "2021-07-12"}}, "greater than or equal to 1"),
        ({"least": 1, "window": {"days": 367, "anchor": "2021-07-12"}}, "less than or equal to 366"),
        ({"least": 1, "window": {"days": 14}}, "anchor"),
    ],
)
def test_wrong_fields(fields: dict, said: str) -> None:
    """Quotas that are missing, turned round or unreadable are refused in words."""
    with pytest.raises(ValueError, match=said):
        parse_rule({"id": "own/x", "kind": "days_per_person", **fields})


CASES = {
    "least": ({"least": 2}, {}),
    "most": ({"most": 1}, {}),
    "both": ({"least": 1, "most": 2}, {}),
    "least as a share": ({"least": "50%"}, {}),
    "most as a share": ({"most": "70%"}, {}),
    "shares at odds as a should": ({"least": "50%", "most": "50%", "strength": "should"}, {}),
    "more than possible": ({"least": 5}, {}),
    "no day": ({"most": 0}, {}),
    "credit": ({"least": 2, "most": 2, "credit": "cuti"}, {}),
    "credit above most": ({"most": 0, "credit": ["cuti"]}, {}),
    "home only": ({"least": 2}, {"home_only": "C"}),
    "least as a should": ({"least": 3, "strength": "should", "weight": 2}, {}),
    "both as a should": ({"least": 2, "most": 2, "strength": "should"}, {}),
    "some weekdays": ({"least": 1, "most": 1, "days": {"weekdays": ["fri", "mon"]}}, {}),
    "the horizon": ({"least": 2, "most": 3, "window": "horizon"}, {}),
    "the month": ({"most": 2, "window": "month"}, {}),
    "the past": ({"least": 3, "most": 4}, {"past": {"A": "100", "B": "a10", "C": "111"}}),
    "the past in shares": ({"least": "50%", "most": "70%"}, {"past": {"A": "100", "B": "aa1", "C": "?00"}}),
    "least at home": ({"place": "home", "least": 2}, {}),
    "most at home": ({"place": "home", "most": 1}, {}),
    "both at home, of home-only people too": ({"place": "home", "least": 1, "most": 2}, {"home_only": "C"}),
    "a share at home": ({"place": "home", "least": "50%", "strength": "should"}, {}),
    "at home, credited": ({"place": "home", "least": 2, "most": 2, "credit": ["cuti"]}, {}),
    "at home, the past": ({"place": "home", "least": 3, "most": 4}, {"past": {"A": "100", "B": "a10", "C": "111"}}),
    "fortnights": ({"window": "fortnight", "least": 3, "most": 3}, {"past": {"A": "100", "B": "a10", "C": "111"}}),
    "weekends of one working day": ({"window": "weekend", "least": 1, "days": {"weekdays": ["sat", "sun"]}}, {"call_days": [2]}),
    "three days at a time": ({"window": {"days": 3, "anchor": "2021-07-11"}, "least": 1, "most": 1}, {"past": {"A": "100", "B": "011"}}),
    "five days at home, cut off": ({"window": {"days": 5, "anchor": "2021-07-17"}, "place": "home", "least": 1, "most": 1}, {}),
    "at home, the horizon": ({"place": "home", "least": 2, "most": 2, "window": "horizon"}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of three people from Thursday to the Monday after, one of them absent once."""
    fields, more = CASES[name]
    facts = make_facts("ABC", first=THURSDAY, days=5, workdays=[0, 3, 4], absent={"B": [1]}, **more)
    view = make_view(facts, [{"kind": "days_per_person", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0


def test_shares_that_leave_no_number_in_between() -> None:
    """50 % of one working day, both least and most, are one and none: no schedule keeps both."""
    facts = make_facts("A", days=1, workdays=[0])
    view = make_view(facts, [{"kind": "days_per_person", "least": "50%", "most": "50%"}])
    assert assert_contract(view, only=("own/0",)) == 0
