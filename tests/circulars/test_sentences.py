"""Sentences of letters of 2020 to 2026, written as choices of the ordinary letter, give the plans that the letters mean.

The agency: K, its head; Sekretariat with S0 (administrator) and S1 to S3; Bidang A with A0 (administrator), A1 (pengawas), A2 and A3;
Bidang B with B0 (administrator), B1 and B2. Twelve people, a week from Monday to Friday without a holiday. Headcounts are worked out by
hand in the comments.
"""

from __future__ import annotations

from typing import Any

import pytest

from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import SolveOptions, solve

UNITS = [
    {"id": "d", "name": "Dinas Contoh", "level": "opd"},
    {"id": "s", "name": "Sekretariat", "level": "sekretariat", "parent": "d"},
    {"id": "a", "name": "Bidang A", "level": "bidang", "parent": "d"},
    {"id": "b", "name": "Bidang B", "level": "bidang", "parent": "d"},
]
RANKS = {"K": "jpt_pratama", "S0": "administrator", "A0": "administrator", "A1": "pengawas", "B0": "administrator"}
IDS = ("K", "S0", "S1", "S2", "S3", "A0", "A1", "A2", "A3", "B0", "B1", "B2")
WEEK = {"start": "2021-07-12", "end": "2021-07-16"}
NOBODY_HAS_TO_STAND_IN = {"never_empty": "no"}


def planned(choose: dict[str, Any], more: dict[str, dict[str, Any]] | None = None, **sections: Any) -> Result:
    """The plan of the week, or of another horizon."""
    staff = [
        {"id": id_, "unit": "d" if id_ == "K" else id_[0].lower(), "rank": RANKS.get(id_, "pelaksana"), "status": "pns"}
        | (more or {}).get(id_, {})
        for id_ in IDS
    ]
    data = {"horizon": WEEK, "units": UNITS, "staff": staff, "circulars": [{"name": "umum", "choose": choose}], **sections}
    result = solve(Instance.build(data), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    return result


def heads(result: Result, *ids: str) -> list[int]:
    """People in the office on each day, of everybody or of those whose ids begin so."""
    rows = [e for e, id_ in enumerate(IDS) if not ids or id_.startswith(ids)]
    return result.schedule.office[rows].sum(axis=0).tolist()  # type: ignore[union-attr]


def days(result: Result, *ids: str) -> list[int]:
    """Days in the office of some people."""
    return result.schedule.office[[IDS.index(id_) for id_ in ids]].sum(axis=1).tolist()  # type: ignore[union-attr]


SHARES: list[tuple[str, dict[str, Any], list[int]]] = [
    # Lampung 2021, L4: 25 % × 12 = 3.
    ("diberlakukan maksimal 25 % staf WFO", {"limit": "25%"}, [3] * 5),
    # Inmendagri 14/2021: 25 % of the twelve who are there.
    ("WFH sebesar 75 % dan WFO sebesar 25 %", {"side": "exact", "limit": "25%"}, [3] * 5),
    # Jakarta, September 2020: at least 50 % × 12 = 6, and nobody has to come beside.
    ("WFO paling sedikit 50 %", {"side": "least", "limit": "50%"}, [6] * 5),
    # Cimahi 2026: 75 % × 12 = 9 at home on Fridays, nobody on other days.
    (
        "setiap Jumat WFH paling banyak 75 %",
        {"side": "home", "limit": "0%", "second_limit": "75%", "second_weekdays": ["fri"]},
        [12, 12, 12, 12, 3],
    ),
    # Jakarta 2023 in small: 50 % × 12 = 6 at home; from Wednesday on 75 % × 12 = 9.
    (
        "WFH paling banyak 50 %, mulai 14 Juli 75 %",
        {"side": "home", "limit": "50%", "second_limit": "75%", "second_from": "14 Juli 2021"},
        [6, 6, 3, 3, 3],
    ),
    # The same for two days alone, and on one weekday of a range.
    (
        "khusus 13 s.d. 14 Juli WFO paling banyak 50 %",
        {"limit": "25%", "second_limit": "50%", "second_from": "2021-07-13", "second_to": "2021-07-14"},
        [3, 6, 6, 3, 3],
    ),
    (
        "hari Rabu sampai 15 Juli WFO 50 %",
        {"limit": "25%", "second_limit": "50%", "second_to": "2021-07-15", "second_weekdays": "Rabu, Jumat"},
        [3, 3, 6, 3, 3],
    ),
    # Muba 2020, M2, with its parent's officials of two echelons in the office: K; S0 and two; A0 and two; B0 and two are 10.
    (
        "setiap Sekretariat dan Bidang ditugaskan 2 orang pegawai",
        {"limit": "none", "aim": "most_home", "duty": 2, "leaders_place": "office", "leader_ranks": ["jpt_pratama", "administrator"]},
        [10] * 5,
    ),
    # Kaltim 2021, K1 and K6: nobody but one official of the agency on duty.
    (
        "WFH 100 persen, beberapa pejabat tetap piket",
        {"limit": "0%", "duty": 1, "duty_per": "opd", "duty_ranks": "JPT Pratama, Administrator, Pengawas", "duty_in_limit": "outside"},
        [1] * 5,
    ),
    # Bandar Lampung 2020, B1 and B3: K, S0, A0, A1 and B0 in the office.
    (
        "seluruh ASN dapat WFH; pejabat tinggi pratama, administrator, pengawas tetap bertugas",
        {"limit": "none", "aim": "most_home", "leaders_place": "office"},
        [5] * 5,
    ),
    # Kabupaten Bogor 2026: on Fridays one duty officer of each bidang and the Sekretariat; K has nobody of the ranks for duty with him.
    ("setiap hari Jumat WFH kecuali petugas piket", {"limit": "none", "home_day": "fri", "duty": 1}, [12, 12, 12, 12, 3]),
]


@pytest.mark.parametrize(("choose", "expected"), [pytest.param(c, e, id=s) for s, c, e in SHARES])
def test_headcounts_of_the_agency(choose: dict[str, Any], expected: list[int]) -> None:
    """Each sentence gives so many people in the office from Monday to Friday, level or not."""
    for even in ("no", "yes"):
        assert heads(planned({**NOBODY_HAS_TO_STAND_IN, **choose, "even": even})) == expected


def test_share_of_every_smallest_unit() -> None:
    """Jakarta 2023: 50 % at home of each unit are 2 of 4, 2 of 4, 1 of 3 and 0 of 1."""
    result = planned({**NOBODY_HAS_TO_STAND_IN, "side": "home", "limit": "50%", "per": "leaf"})
    assert [heads(result, unit) for unit in "SABK"] == [[2] * 5, [2] * 5, [2] * 5, [1] * 5]


def test_half_and_half_with_an_odd_number() -> None:
    """Tubaba 2021: with somebody on leave half of eleven are five or six, and his absence leaves neither half short of more."""
    away = [{"staff_id": "B2", "from": "2021-07-12", "to": "2021-07-13", "reason": "cuti"}]
    found = heads(planned({"side": "exact", "limit": "50%"}, absences=away))
    assert set(found[:2]) <= {5, 6} and found[2:] == [6] * 3


def test_half_and_half_without_the_leaders() -> None:
    """Leaders outside the halves are in the office, the seven others are three or four: K, S0, A0, A1, B0 beside them."""
    found = heads(planned({"side": "exact", "limit": "50%", "leaders": "left_out"}))
    assert set(found) <= {8, 9}
    assert heads(planned({"side": "exact", "limit": "50%", "leaders": "left_out"}), "K", "S0", "A0", "A1", "B0") == [5] * 5


def test_limit_of_some_functions() -> None:
    """SE 1/2024: of ten in administration five are at home; the two who serve the public are in the office, or as free as the aim says."""
    more = {"B1": {"function": "pelayanan"}, "B2": {"function": "pelayanan"}}
    choose = {"side": "home", "limit": "50%", "limit_functions": ["admin"], **NOBODY_HAS_TO_STAND_IN}
    assert heads(planned(choose, more)) == [7] * 5 and days(planned(choose, more), "B1", "B2") == [5, 5]
    assert heads(planned({**choose, "other_functions": "free"}, more)) == [5] * 5


def test_three_days_in_the_office_and_two_elsewhere() -> None:
    """BKN 2025: everybody comes three times; level, 36 days of people are seven or eight a day, and fairness is as it was."""
    result = planned({"limit": "none", "days": 3, "even": "yes"})
    assert sorted(heads(result)) == [7, 7, 7, 7, 8]
    assert days(result, *IDS) == days(planned({"limit": "none", "days": 3}), *IDS) == [3] * 12


def test_three_days_in_a_short_week() -> None:
    """In the week of Idul Adha (20 July 2021) four days are left: three of them in the office; after two days of leave, two."""
    away = [{"staff_id": "S1", "from": "2021-07-22", "to": "2021-07-23", "reason": "cuti"}]
    result = planned({"limit": "none", "days": 3}, horizon={"start": "2021-07-19", "end": "2021-07-23"}, absences=away)
    assert days(result, *IDS) == [2 if id_ == "S1" else 3 for id_ in IDS]
    assert any("diminta 3 hari WFO, yang mungkin hanya 2" in finding.said.text("id") for finding in result.findings)


def test_at_most_two_days_at_home() -> None:
    """Two days at home are used in full: three of five in the office, and two of four beside a day of leave."""
    away = [{"staff_id": "S1", "from": "2021-07-12", "to": "2021-07-12", "reason": "cuti"}]
    result = planned({"limit": "none", "days": 2, "days_side": "home", "days_how": "at_most"}, absences=away)
    assert days(result, *IDS) == [2 if id_ == "S1" else 3 for id_ in IDS]


def test_at_least_two_days_in_the_office_under_a_limit() -> None:
    """Half of twelve are 6 × 5 = 30 seats: everybody has two or three days."""
    result = planned({"limit": "50%", "days": 2, "days_how": "at_least", "even": "yes"})
    assert heads(result) == [6] * 5 and set(days(result, *IDS)) == {2, 3}


def test_two_days_at_home_at_least_under_a_quarter() -> None:
    """Unila 2021: a quarter of twelve are three seats a day, and everybody is at home at least twice, the cleaner outside the limit too."""
    choose = {
        "limit": "25%",
        "days": 2,
        "days_side": "home",
        "days_how": "at_least",
        "full_service_marks": ["kebersihan"],
        "full_service": "permit",
    }
    result = planned({**choose, **NOBODY_HAS_TO_STAND_IN}, {"B2": {"tags": "kebersihan"}})
    others = [id_ for id_ in IDS if id_ != "B2"]  # 25 % of the eleven counted are two
    assert [sum(column) for column in zip(*(result.schedule.office[IDS.index(id_)].tolist() for id_ in others), strict=True)] == [2] * 5  # type: ignore[union-attr]
    assert max(days(result, *others)) <= 3 and days(result, "B2") == [5]


def test_leaders_and_full_service_are_outside_the_days_of_each() -> None:
    """Who is in the office every day has no three days a week: K, S0, A0, A1 and B0, and the guard B2."""
    choose = {"limit": "none", "days": 3, "leaders_place": "office", "full_service_marks": "keamanan"}
    result = planned(choose, {"B2": {"tags": "keamanan"}})
    assert days(result, *IDS) == [5 if id_ in (*RANKS, "B2") else 3 for id_ in IDS]


@pytest.mark.parametrize(("who", "there"), [("free", []), ("camat", ["B0"]), ("lurah", ["A1"]), ("both", ["A1", "B0"])])
def test_camat_and_lurah_stay(who: str, there: list[str]) -> None:
    """Friday letters of 2026: everybody is at home on Fridays but the heads of kecamatan and kelurahan, who stand outside days of each."""
    units = [*UNITS[:2], {"id": "a", "name": "Kelurahan A", "level": "kelurahan"}, {"id": "b", "name": "Kecamatan B", "level": "kecamatan"}]
    more = {"A1": {"head": "yes"}, "B0": {"head": "yes"}, "S0": {"head": "yes"}}
    choose = {"limit": "none", "unit_heads": who, **NOBODY_HAS_TO_STAND_IN}
    result = planned({**choose, "home_day": "fri"}, more, units=units)
    assert [id_ for id_, row in zip(IDS, result.schedule.office.tolist(), strict=True) if row[4]] == there  # type: ignore[union-attr]
    assert days(planned({**choose, "days": 3}, more, units=units), *IDS) == [5 if id_ in there else 3 for id_ in IDS]


def test_somebody_of_every_bidang() -> None:
    """Kemenag 2022: three seats (25 %) go to the Sekretariat and the two bidang, one each, every day; K stands in none of them."""
    result = planned({"limit": "25%", "least_staff": 1, **NOBODY_HAS_TO_STAND_IN})
    assert [heads(result, unit) for unit in "SABK"] == [[1] * 5, [1] * 5, [1] * 5, [0] * 5]


def test_an_official_and_another_in_every_bidang() -> None:
    """Tabanan 2020: six seats are two in each; S0 and B0 are always there, and A0 or A1."""
    result = planned({"limit": "50%", "least_staff": 2, "least_leaders": 1, **NOBODY_HAS_TO_STAND_IN})
    assert [heads(result, unit) for unit in "SABK"] == [[2] * 5, [2] * 5, [2] * 5, [0] * 5]
    assert days(result, "S0", "B0") == [5, 5] and min(heads(result, "A0", "A1")) == 1


def test_who_must_be_at_home() -> None:
    """Kota Bogor 2020: pregnant and older than fifty are at home every day, the leader A0 too; half of twelve are at home in all."""
    more = {"A2": {"tags": "hamil"}, "S3": {"nip": "196501011990031001"}, "A0": {"nip": "196501011990031002"}}
    choose = {
        "side": "home",
        "limit": "50%",
        "always_home": "must",
        "home_age": 50,
        "leaders_place": "office",
        "days": 4,
        "days_how": "at_most",
    }
    result = planned(choose, more)
    assert days(result, "A2", "S3", "A0") == [0, 0, 0] and heads(result) == [6] * 5
    assert days(result, "K", "S0", "A1", "B0") == [5] * 4


def test_who_comes_first_for_home() -> None:
    """Banyumas 2020: six seats are filled by the others; where twelve must come, whoever comes first for home has to come too."""
    more = {"A2": {"tags": "komorbid"}}
    choose = {"limit": "50%", "always_home": "may", **NOBODY_HAS_TO_STAND_IN}
    assert days(planned(choose, more), "A2") == [0] and heads(planned(choose, more)) == [6] * 5
    assert days(planned({**choose, "limit": "none"}, more), "A2", "A3") == [0, 5]
    assert days(planned({**choose, "limit": "none", "at_least": "100%"}, more), "A2") == [5]


def test_official_responsible_for_the_duty() -> None:
    """Beside the duty officer of each bidang one official of the agency is named every day, and more than one over the week."""
    result = planned({"limit": "50%", "duty": 1, "duty_responsible": "agency"})
    named = result.schedule.duty["umum/duty-responsible"]  # type: ignore[union-attr]
    assert named.sum(axis=0).tolist() == [1] * 5
    assert {IDS[e] for e in named.any(axis=1).nonzero()[0]} <= set(RANKS)
    assert result.schedule.duty["umum/duty"].sum(axis=0).tolist() == [3] * 5  # type: ignore[union-attr]


def test_even_days_are_no_worse_for_fairness() -> None:
    """Whether days are level or not, the differences from the fair share are the same: level fills days, people keep their number."""
    for choose in (
        {"limit": "none", "days": 3},
        {"limit": "25%"},
        {"side": "home", "limit": "75%", "per": "bidang"},
        {"limit": "50%", "duty": 1},
    ):
        one, other = (sorted(days(planned({**choose, "even": even}), *IDS)) for even in ("no", "yes"))
        assert one == other
