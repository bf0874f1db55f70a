"""Sums in words: who is needed, who can come, by which rules; the sentences of conflicts that planners met."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran import Instance, SolveOptions, solve
from giliran.clashes import clash_findings
from giliran.domain.place import Strength
from giliran.domain.status import Status
from giliran.engine.run import EngineOptions, optimise
from giliran.messages import LANGUAGES
from giliran.preparing import compile_program
from giliran.result import Result
from tests.clashes.reader import adds_up, parts_of
from tests.numbers import few_or_many

EVERY_DAY = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "holidays": "none"}}
WORKDAYS = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}}


def people(count: int, **given: Any) -> list[dict[str, Any]]:
    """People of one unit."""
    return [{"id": f"E{e:03}", "unit": "u", **given} for e in range(count)]


def planned(staff: list[dict[str, Any]], *rules: dict[str, Any], days: int = 5, calendars: Any = WORKDAYS, **sections: Any) -> Result:
    """The result of one unit under some rules, from Monday 1 June 2026."""
    data = {
        "schema": "giliran/1",
        "title": "test",
        "horizon": {"start": "2026-06-01", "end": f"2026-06-{days:02}"},
        "calendars": calendars,
        "units": [{"id": "u", "name": "Pabrik", "level": "bidang", "calendar": "k"}],
        "staff": staff,
        "rules": list(rules),
    }
    return solve(Instance.build({**data, **sections}), SolveOptions(workers=1))


def broken(result: Result) -> list[tuple[str, str, str]]:
    """Rule and sentence in both languages of every broken rule."""
    assert result.status is Status.INFEASIBLE
    found = [finding for finding in result.findings if finding.strength is Strength.MUST]
    return [(finding.rule, finding.said.text("en"), finding.said.text("id")) for finding in found]


def test_days_against_a_week_per_person() -> None:
    """Four of five on each of seven days, nobody more than five: 28 against 25."""
    floor = {"id": "kursi", "kind": "office_floor", "min": 4}
    most = {"id": "minggu", "kind": "days_per_person", "most": 5, "window": "week"}
    assert broken(planned(people(5), floor, most, days=7, calendars=EVERY_DAY)) == [
        (
            "own/minggu",
            "impossible: Pabrik, 1–7 Jun 2026: 7 days × 4 of 5 people (own/kursi) = 28 person-days in the office are needed, "
            "but 5 people × at most 5 of 7 days (own/minggu) = 25 can be had: 3 short",
            "tidak dapat disusun: Pabrik, 1–7 Jun 2026: diperlukan 7 hari × 4 dari 5 orang (own/kursi) = 28 orang-hari WFO, "
            "padahal yang mungkin 5 pegawai × paling banyak 5 dari 7 hari (own/minggu) = 25: kurang 3",
        )
    ]


@pytest.mark.parametrize("limit", [None, 2.0])
@pytest.mark.parametrize("capped", [False, True])
def test_four_weeks_alike_are_told_once(limit: float | None, capped: bool) -> None:
    """102 people, 88 seats a day, six days a week at most: 616 against 612, in each of four weeks; searches took up to 391 s."""
    rules = [{"id": "kursi", "kind": "office_floor", "min": 88}, {"id": "minggu", "kind": "days_per_person", "most": 6, "window": "week"}]
    rules += [{"id": "atap", "kind": "office_cap", "max": 88}] if capped else []
    goals = [{"id": "aim", "kind": "office_target", "aim": "most_home"}, {"id": "fair", "kind": "fair_share"}]
    instance = planned(people(1), days=28, calendars=EVERY_DAY).instance
    result = planned(people(102), *rules, days=28, calendars=EVERY_DAY, goals=goals)
    assert solve(result.instance, SolveOptions(workers=1, time_limit_s=limit)).status is Status.INFEASIBLE
    assert instance.facts.num_days == 28
    [(rule, said, _)] = broken(result)
    assert rule == "own/minggu"
    assert said == (
        "impossible: Pabrik, 1–7 Jun 2026: 7 days × 88 of 102 people (own/kursi) = 616 person-days in the office are needed, "
        "but 102 people × at most 6 of 7 days (own/minggu) = 612 can be had: 4 short; further periods with the same sum: 3"
    )


def test_days_of_everybody_against_a_daily_limit() -> None:
    """13 people on two days each are 26, three seats on five days are 15."""
    cap, least = {"id": "kursi", "kind": "office_cap", "max": 3}, {"id": "dua", "kind": "days_per_person", "least": 2}
    [(rule, said, _)] = broken(planned(people(13), cap, least))
    assert rule == "own/kursi"
    assert said == (
        "impossible: Pabrik, 1–5 Jun 2026: 13 people × at least 2 of 5 days (own/dua) = 26 person-days in the office are needed, "
        "but 5 days × at most 3 people (own/kursi) = 15 can be had: 11 short"
    )


def test_two_days_each_and_one_seat() -> None:
    """Four people on two days each are eight, one seat on five days is five; before, only searches could tell."""
    least = {"id": "min", "kind": "days_per_person", "least": 2, "window": "week"}
    [(rule, said, _)] = broken(planned(people(4), {"id": "cap", "kind": "office_cap", "max": 1}, least))
    assert (rule, "= 8 person-days in the office are needed" in said, said[-7:]) == ("own/cap", True, "3 short")


def test_shares_of_a_month_against_a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of 80 people a day, and a third of the Mondays to Wednesdays of a month each, rounded up: no search, whatever it costs."""

    def refuse(*_: object) -> None:
        raise AssertionError("CP-SAT was called")

    monkeypatch.setattr("giliran.engine.cpsat.search.call", refuse)
    staff = people(80)
    for k, person in enumerate(staff):
        person["office_only"] = "yes" if k % 40 == 3 else "no"
        person["home_only"] = "fri" if k % 8 == 1 else "no"
    rules = (
        {"id": "r0", "kind": "office_cap", "share": "33.33%"},
        {"id": "r1", "kind": "consecutive", "place": "office", "min": 3, "strength": "should", "weight": 1},
        {"id": "r3", "kind": "days_per_person", "window": "month", "least": "34%", "days": {"weekdays": ["mon", "tue", "wed"]}},
    )
    away = [{"staff_id": f"E{e:03}", "from": "2026-06-02", "to": f"2026-06-{3 + e % 20:02}", "reason": "sakit"} for e in range(1, 80, 9)]
    goals = [{"id": "aim", "kind": "office_target", "aim": "most_home"}, {"id": "fair", "kind": "fair_share"}]
    result = planned(staff, *rules, days=30, absences=away, goals=goals, tiers=["relaxations", {"office_target": 5, "level": 1}])
    assert {rule for rule, _, _ in broken(result)} == {"own/r0"}
    assert check_sentences(result) > 0


def test_who_is_fixed_is_told_by_rule() -> None:
    """Four leaders and seven at the counter are eleven, and the limit is four: told by their rules, for all days at once."""
    staff = people(12)
    for person in staff[:4]:
        person["rank"] = "administrator"
    for person in staff[4:11]:
        person["function"] = "service"
    leaders = {"id": "leaders", "kind": "fixed_days", "place": "office", "applies_to": {"ranks": ["administrator"]}}
    counter = {"id": "loket", "kind": "full_service", "mode": "require", "applies_to": {"functions": ["service"]}}
    [(rule, said, lain)] = broken(planned(staff, {"id": "cap", "kind": "office_cap", "max": 4}, leaders, counter))
    assert rule == "own/cap"
    assert said == (
        "impossible: 11 must be in the office: 7 fixed by own/loket + 4 fixed by own/leaders; but everybody concerned, "
        "Monday 1 June 2026: at most 4 in the office, at least 8 at home: 7 too many; further days with the same sum: 4"
    )
    assert lain == (
        "tidak dapat disusun: 11 orang wajib WFO: 7 ditetapkan oleh own/loket + 4 ditetapkan oleh own/leaders, padahal semua pegawai yang "
        "dimaksud, Senin 1 Juni 2026: paling banyak 4 WFO, paling sedikit 8 WFH: kelebihan 7; hari lain dengan jumlah yang sama: 4"
    )


def test_few_who_are_fixed_are_named() -> None:
    """Two people pinned to the office on a day with one seat are named."""
    pins = [{"staff_id": f"E00{e}", "date": "2026-06-02", "place": "office"} for e in range(2)]
    [(_, said, _)] = broken(planned(people(3), {"id": "cap", "kind": "office_cap", "max": 1}, pins=pins))
    assert said.startswith(
        "impossible: 2 must be in the office: 2 fixed by facts/pins (E000 and E001); but everybody concerned, Tuesday 2 June"
    )


def test_cells_that_no_rule_fixes() -> None:
    """Where somebody asks what if, cells are held where a plan has them: no rule is named for them, and no place is empty."""
    floor, cap = {"id": "two", "kind": "office_floor", "min": 2}, {"id": "cap", "kind": "office_cap", "max": 1}
    for rule, place, said in (
        (cap, 1, "impossible: 2 must be in the office: 2 held there (E000 and E001); but everybody concerned, Monday 1 June 2026: "),
        (floor, 0, "at least 2 in the office; but only 1 can be in the office, 2 held out of it: 1 too few"),
    ):
        instance = planned(people(3), rule, days=1).instance
        program = compile_program(instance)
        held = replace(program, fixed=np.array([place, place, -1], dtype=np.int8))
        outcome = optimise(held, order=np.arange(3), options=EngineOptions())
        [finding] = clash_findings(instance.view, held, outcome)
        assert said in finding.said.text("en")
        assert adds_up(finding.said.text("en"), "en") and adds_up(finding.said.text("id"), "id")


def test_a_person_wanted_more_often_than_a_run_allows() -> None:
    """On leave with the other officers, one person has duty on three days, and may come on two in a row: the person is named."""
    duty = {"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang", "applies_to": {"ids": ["E000", "E001"]}}
    run = {"id": "maks", "kind": "consecutive", "place": "office", "max": 2}
    away = [{"staff_id": "E001", "from": "2026-06-01", "to": "2026-06-03", "reason": "cuti"}]
    [(rule, said, _)] = broken(planned(people(3), duty, run, absences=away))
    assert rule == "own/maks"
    assert said == (
        "impossible: 3 days in the office are needed: 3 days × 1 of 1 person (own/piket); but E000, up to Wednesday 3 June 2026: "
        "At most 2 days in a row in the office: 1 too many"
    )


def test_two_limits_that_no_number_meets() -> None:
    """Half of five in the office at most, and half at home at most: both in their own words."""
    caps = ({"id": f"half-{kind}", "kind": kind, "share": "50%"} for kind in ("office_cap", "home_cap"))
    [(rule, said, _)] = broken(planned(people(5), *caps, days=1))
    assert rule == "own/half-office_cap"
    assert said == (
        "impossible: everybody concerned, Monday 1 June 2026: 50 % × 5 = 2.5 → at least 3 in the office, at most 2 at home "
        "(own/half-home_cap); but everybody concerned, Monday 1 June 2026: 50 % × 5 = 2.5 → at most 2 in the office, at least 3 at home: "
        "1 too many"
    )


def test_who_is_kept_out_is_told() -> None:
    """Three of five are sent home and two may be there at most: who keeps them out is told."""
    home = {"id": "wfh", "kind": "fixed_days", "place": "home", "applies_to": {"ids": ["E000", "E001", "E002"]}}
    [(rule, said, _)] = broken(planned(people(5), home, {"id": "sepi", "kind": "home_cap", "max": 2}, days=1))
    assert rule == "own/sepi"
    assert said.endswith("at most 2 at home; but only 2 can be in the office, 3 kept out by own/wfh: 1 too few")


def test_rows_that_count_homes_are_turned_around() -> None:
    """At home one day in a row at most, so one of any two days in the office: three people need three seats, and there are two."""
    run = {"id": "run", "kind": "consecutive", "place": "home", "max": 1}
    [(_, said, _)] = broken(planned(people(3), run, {"id": "cap", "kind": "office_cap", "max": 1}, days=2))
    assert said == (
        "impossible: Pabrik, 1–2 Jun 2026: 3 people × at least 1 of 2 days (own/run) = 3 person-days in the office are needed, "
        "but 2 days × at most 1 person (own/cap) = 2 can be had: 1 short"
    )


def test_what_a_rule_may_add_is_counted() -> None:
    """Duty officers outside the limit are one seat more a day: eighteen days are wanted, and there are four times one and one."""
    cap = {"id": "cap", "kind": "office_cap", "max": 1, "exempt": ["own/duty"]}
    duty = {"id": "duty", "kind": "duty_officers", "count": 1, "per": "bidang"}
    [(_, said, _)] = broken(planned(people(6), cap, duty, {"id": "d", "kind": "days_per_person", "least": 3, "window": "horizon"}, days=4))
    assert "4 days × at most 1 person (own/cap) + 4 more by own/cap = 8 can be had: 10 short" in said


def test_sums_of_many_people_are_one_finding() -> None:
    """Thirty people who are each asked for more than they are allowed: one sentence, and all of them among the people concerned."""
    rules = ({"id": "most", "kind": "days_per_person", "most": 2}, {"id": "least", "kind": "days_per_person", "least": 3})
    result = planned(people(30), *rules)
    [(_, said, _)] = broken(result)
    assert said.endswith("1 too many; further places with the same sum: 29")
    [finding] = [finding for finding in result.findings if finding.strength is Strength.MUST]
    assert len(finding.people) == 30


def test_cells_fixed_both_ways() -> None:
    """A cell that two rules fix in opposite ways is told with both."""
    rules = ({"id": word, "kind": "fixed_days", "place": word, "days": {"weekdays": ["tue"]}} for word in ("office", "home"))
    [(rule, said, _)] = broken(planned(people(1), *rules))
    assert (rule, said) == (
        "own/office",
        "impossible: E000 on Tuesday 2 June 2026 is put in the office by own/office and out of it by own/home",
    )


def test_where_no_sum_says_it_the_rules_are_named() -> None:
    """A meeting of three on one of two days with two seats: halves of a meeting would do, so that searches prove it."""
    meeting = {"id": "rapat", "choose_from": ["2026-06-02", "2026-06-03"], "required": ["E000", "E001", "E002"]}
    result = planned(people(6), {"id": "cap", "kind": "office_cap", "max": 2}, meetings=[meeting])
    [(rule, said, _)] = broken(result)
    assert rule == "own/cap"
    assert said == (
        "no plan exists for 6 people (Pabrik): no sum shows it, two different searches proved it; "
        "rules that meet there: own/cap and facts/meetings"
    )


def conflicting(seed: int) -> dict[str, Any]:
    """Sections of a random instance with so many rules that often no plan keeps them all."""
    dice = random.Random(seed)
    units = [{"id": "o", "name": "Dinas", "level": "opd", "calendar": "k"}]
    units += [{"id": f"b{k}", "name": f"Bidang {k}", "level": "bidang", "parent": "o", "calendar": "k"} for k in range(2)]
    staff: list[dict[str, Any]] = [{"id": f"P{e}", "unit": f"b{dice.randrange(2)}"} for e in range(dice.randint(3, 7))]
    for person in staff:
        person["rank"] = "administrator" if person["id"] == "P1" else dice.choice(["administrator", "pelaksana", "pelaksana"])
        person["home_only"] = dice.random() < 0.1
    last = dice.randint(1, 9)

    def some(most: int) -> int:
        return dice.randint(1, most)

    per = {"per": dice.choice(["whole", "opd", "bidang"])}
    rules: list[dict[str, Any]] = [
        {"kind": "office_cap", "max": some(2), **per},
        {"kind": "office_cap", "share": "50%", "of": dice.choice(["assigned", "present"])},
        {"kind": "office_cap", "max": 1, "exempt": ["own/r"]},
        {"kind": "office_floor", "min": some(4), **per},
        {"kind": "home_cap", "max": some(2), **per},
        {"kind": "duty_officers", "count": some(2), "per": "bidang"},
        {"kind": "fixed_days", "place": dice.choice(["office", "home"]), "applies_to": {"ranks": ["administrator"]}},
        {"kind": "days_per_person", "most": some(3)},
        {"kind": "days_per_person", "least": some(4), "window": dice.choice(["week", "horizon"])},
        {"kind": "consecutive", "place": dice.choice(["office", "home"]), "max": some(2)},
        {"kind": "separation", "not_all": dice.choice(["office", "home"]), "per": "bidang"},
        {"kind": "team_rotation", "choose_teams": True, "teams": ["A", "B"], "turn": "day", "anchor": "2026-06-01"},
    ]
    chosen = [{"id": f"r{k}", **rule} for k, rule in enumerate(dice.sample(rules, dice.randint(2, 5)))]
    for rule in chosen:
        if "exempt" in rule:
            rule["exempt"] = [other["id"] for other in chosen if other["kind"] == "duty_officers"]
    away = {"staff_id": "P0", "from": "2026-06-02", "to": "2026-06-03", "reason": "cuti"}
    return {
        "horizon": {"start": "2026-06-01", "end": f"2026-06-{last:02}"},
        "calendars": WORKDAYS,
        "units": units,
        "staff": staff,
        "absences": [away] if last > 2 and dice.random() < 0.3 else [],
        "rules": chosen,
    }


@pytest.mark.once
@few_or_many(50, 150)
def test_every_sentence_adds_up(examples: int) -> None:
    """Of random instances: whatever is told of a sum adds up in both languages, to the finding's amount, and names a rule."""
    told = 0
    for seed in range(examples):
        result = solve(Instance.build({"schema": "giliran/1", "title": "test", **conflicting(seed)}), SolveOptions(workers=1))
        if result.status is Status.INFEASIBLE:
            told += check_sentences(result)
    assert told > 2 * examples // 3


def check_sentences(result: Result) -> int:
    """How many sentences about sums a result has; all of them are read again."""
    found = [finding for finding in result.findings if finding.strength is Strength.MUST]
    sums = 0
    for finding in found:
        assert finding.rule in result.instance.view.by_id
        read = {lang: adds_up(finding.said.text(lang), lang) for lang in LANGUAGES}
        assert read["en"] == read["id"]
        if read["en"]:
            sums += 1
            assert {parts_of(finding.said.text(lang), lang)["missing"] for lang in LANGUAGES} == {str(finding.amount)}
    return sums
