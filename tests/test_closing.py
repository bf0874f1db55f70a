"""What everybody gave and was asked in a period."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from giliran import Instance, Schedule, ledger_from_attendance, ledger_rows, solve
from giliran.errors import InputError
from tests.builders import PLACES

FIVE = {"start": "2021-07-12", "end": "2021-07-16"}


def build(people: str = "ABCD", **sections: Any) -> Instance:
    """People of one bidang over a week; half of them may come, one of those has the duty."""
    given = {
        "horizon": FIVE,
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": "u", "level": "bidang"}],
        "staff": [{"id": id_, "name": f"Pegawai {id_}", "unit": "u"} for id_ in people],
        "rules": [{"id": "batas", "kind": "office_cap", "share": "50%"}, {"id": "piket", "kind": "duty_officers", "count": 1}],
        "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
        **sections,
    }
    return Instance.build(given)


def plan(rows: str, duty: str = "") -> Schedule:
    """A schedule from bit strings, and who is named for the duty, "1" or "0"."""
    place = np.array([[PLACES[sign] for sign in row] for row in rows.split()], dtype=np.int8)
    named = {"own/piket": np.array([[sign == "1" for sign in row] for row in duty.split()])} if duty else {}
    return Schedule(place, named)


def told(entries: Any, account: str) -> dict[str, tuple[int, int]]:
    """Burden and share of everybody in an account, in thousandths."""
    return {entry.key.staff_id: (entry.burden, entry.share) for entry in entries if entry.key.account == account}


PLAN = plan("11111 11000 00110 00001", "10000 01000 00110 00001")


def test_days_and_duty() -> None:
    """Two of four come each day, so each is asked for half a day; one of four has the duty, so each is asked for a quarter."""
    rows = ledger_rows(build(), PLAN)
    assert told(rows, "office") == {"A": (5000, 2500), "B": (2000, 2500), "C": (2000, 2500), "D": (1000, 2500)}
    assert told(rows, "own/piket") == {"A": (1000, 1250), "B": (1000, 1250), "C": (2000, 1250), "D": (1000, 1250)}
    assert {entry.key.period for entry in rows} == {"2021-W28"}
    assert [str(entry.last_called) for entry in rows[:4]] == ["2021-07-16", "2021-07-13", "2021-07-15", "2021-07-16"]


def test_everybody_is_charged_alike_where_shares_are_equal() -> None:
    """Ten days of four people are 2.5 for each, also for D, who was there on Monday alone; E, away all week, is asked for nothing."""
    away = build(
        "ABCDE",
        absences=[
            {"staff_id": "D", "from": "2021-07-13", "to": "2021-07-16", "reason": "cuti"},
            {"staff_id": "E", "from": "2021-07-12", "to": "2021-07-16", "reason": "cuti"},
        ],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share", "share": "equal"}],
    )
    office = told(ledger_rows(away, plan("11111 11000 00110 1aaaa aaaaa")), "office")
    assert office == {"A": (5000, 2500), "B": (2000, 2500), "C": (2000, 2500), "D": (1000, 2500)}


def test_nobody_is_charged_for_absence() -> None:
    """D is on leave from Tuesday on: of three others two come, two thirds of a day; D is asked for half of Monday alone."""
    away = build(absences=[{"staff_id": "D", "from": "2021-07-13", "to": "2021-07-16", "reason": "cuti"}])
    office = told(ledger_rows(away, plan("11111 11000 00110 0aaaa")), "office")
    # C: 1/2 on Monday; then 2/3, 2/3, 2/3 and 1/3 of those who are there.
    assert office == {"A": (5000, 2833), "B": (2000, 2833), "C": (2000, 2833), "D": (0, 500)}


def test_what_happened_counts() -> None:
    """A fell ill on Monday and Tuesday, D came instead on Tuesday: A is asked for three days, the seat of Monday for nobody."""
    rows = ledger_from_attendance(build(), PLAN, plan("aa??? ????? ????? ?1???"))
    # Monday one of three came (B), Tuesday two of three (B, D), then two of four as planned.
    three = Fraction(1, 3) + Fraction(2, 3) + Fraction(3, 2)
    assert told(rows, "office") == {"A": (3000, 1500), "B": (2000, 1000 * three), "C": (2000, 1000 * three), "D": (2000, 1000 * three)}
    # The duty of Monday was A's, whom nobody replaced: asked of nobody. Tuesday's was B's, one of three who could have had it.
    assert told(rows, "own/piket") == {"A": (0, 750), "B": (1000, 1083), "C": (2000, 1083), "D": (1000, 1083)}


def test_somebody_who_stood_in_has_the_duty() -> None:
    """Where the list names somebody for a duty of a day, that person had it, and whoever was planned did not."""
    rows = ledger_from_attendance(build(), PLAN, plan("a???? ????? ????? ?????", "00000 10000 00000 00000"))
    assert {id_: burden for id_, (burden, _) in told(rows, "own/piket").items()} == {"A": 0, "B": 2000, "C": 2000, "D": 1000}


def test_somebody_who_came_from_leave_counts() -> None:
    """D was to be on leave on Monday and came all the same: one day given, and asked like everybody's of that day."""
    away = build(absences=[{"staff_id": "D", "from": "2021-07-12", "to": "2021-07-12", "reason": "cuti"}])
    rows = ledger_from_attendance(away, plan("11111 11000 00110 a0001"), plan("????? ????? ????? 1????"))
    assert told(rows, "office")["D"] == (2000, 2750)  # three of four on Monday


def test_balances_add_up_to_nothing() -> None:
    """What is asked of all is what all gave, to the rounding of a thousandth each, in every account."""
    instance = build("ABCDEFG", absences=[{"staff_id": "C", "from": "2021-07-13", "to": "2021-07-14", "reason": "sakit"}])
    rows = ledger_rows(solve(instance))
    for account in ("office", "own/piket"):
        days = told(rows, account).values()
        assert abs(sum(burden - share for burden, share in days)) <= len(days)


def test_two_goals_keep_one_account() -> None:
    """Goals of the same account add up to one row for each person, so that a ledger can be read again."""
    goals = [
        {"kind": "office_target", "aim": "most_office"},
        {"id": "a", "kind": "fair_share", "days": {"weekdays": ["mon", "tue"]}},
        {"id": "b", "kind": "fair_share", "days": {"weekdays": ["wed", "thu", "fri"]}},
    ]
    assert told(ledger_rows(build(goals=goals), PLAN), "office") == told(ledger_rows(build(), PLAN), "office")


def test_small_units_under_limits_of_their_own() -> None:
    """One place in each unit, for A alone, for B and C together: all are compared in the agency above, but A is asked for every day.

    So nobody gathers a balance by what a unit allows, which whoever joins it later could not have.
    """
    units = [{"id": "o", "level": "opd"}, *({"id": u, "level": "bidang", "parent": "o"} for u in "uv")]
    staff = [{"id": id_, "unit": unit} for id_, unit in zip("ABC", "uvv", strict=True)]
    instance = build(units=units, staff=staff, rules=[{"id": "batas", "kind": "office_cap", "max": 1, "per": "bidang"}])
    office = told(ledger_rows(instance, plan("11111 11100 00011")), "office")
    assert office == {"A": (5000, 5000), "B": (3000, 2500), "C": (2000, 2500)}


def test_more_than_anybody_expected() -> None:
    """Without a reason to come nothing is expected of anybody; what somebody gave all the same is asked of all alike."""
    goals = [{"kind": "office_target", "aim": "most_home"}, {"kind": "fair_share"}]
    office = told(ledger_rows(build(rules=[], goals=goals), plan("10000 11000 00000 00000")), "office")
    assert office == {"A": (1000, 750), "B": (2000, 750), "C": (0, 750), "D": (0, 750)}


def test_nobody_to_compare() -> None:
    """Where everybody has the same fixed place no day counts, and there is nothing to close."""
    rules = [{"kind": "fixed_days", "place": "home"}]
    assert ledger_rows(build(rules=rules), plan("00000 00000 00000 00000")) == ()


@pytest.mark.parametrize("what", [(3, None), (None, None)])
def test_only_results_are_closed(what: Any) -> None:
    """Anything else is refused by what it is."""
    with pytest.raises(InputError, match="expected a result of solve"):
        ledger_rows(*what)
