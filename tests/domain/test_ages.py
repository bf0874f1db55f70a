"""How old people are, from a birth date or an NIP, and whom `older_than` means."""

from __future__ import annotations

import datetime as dt

import pytest

from giliran.domain.selection import Selector
from giliran.instance import Instance
from tests.builders import make_facts

FIRST = dt.date(2021, 7, 12)


def older(years: int, **row: str) -> bool:
    """Whether somebody is older than so many years on Monday 12 July 2021."""
    facts = make_facts([{"id": "A", **row}])
    return bool(Selector(older_than=years).mask(facts)[0])


@pytest.mark.parametrize(("born", "meant"), [("1971-07-11", True), ("1971-07-12", False), ("1971-07-13", False), ("1970-12-31", True)])
def test_older_than_fifty_begins_the_day_after_the_birthday(born: str, meant: bool) -> None:
    """On the fiftieth birthday itself somebody is fifty, and not older."""
    assert older(50, born=born) is meant


@pytest.mark.parametrize(
    ("nip", "meant"),
    [
        ("197107111998031002", True),
        ("197107121998031002", False),
        ("197107112021211001", True),  # NI PPPK: 21 where others have the month of their appointment
        ("19710711 199803 1 002", True),
        ("197113111998031002", False),  # no such month: nobody knows the birth date
        ("1871031107710001", False),  # a NIK of 16 digits is no NIP
        ("140123456", False),
    ],
)
def test_birth_date_is_read_from_the_nip(nip: str, meant: bool) -> None:
    """The first eight of eighteen digits are the birth date; the digits behind it are not looked at."""
    assert older(50, nip=nip) is meant


def test_written_birth_date_wins() -> None:
    """A birth date in the table counts before the NIP, and one that nobody can read is not replaced by it."""
    assert not older(50, nip="196001011985031001", born="1 Januari 1990")
    assert not older(50, nip="196001011985031001", born="lupa")
    assert older(50, nip="199001012015031001", born="01/01/1960")


@pytest.mark.parametrize("born", ["Metro, 12 Maret 1965", "Metro / 12-03-1965", "Metro\n12/03/1965", "Kota Metro, Jumat 12-03-1965"])
def test_birth_place_before_the_date_does_not_matter(born: str) -> None:
    """Personnel lists write both in one cell."""
    assert older(50, born=born) and not older(60, born=born)


@pytest.mark.parametrize(("first", "born", "meant"), [("2024-02-29", "1973-02-28", True), ("2024-02-29", "1973-03-01", False)])
def test_leap_day(first: str, born: str, meant: bool) -> None:
    """On 29 February the birthdays up to the 28th of a year without one are over."""
    facts = make_facts([{"id": "A", "born": born}], first=dt.date.fromisoformat(first))
    assert bool(Selector(older_than=51).mask(facts)[0]) is meant


def build(staff: list[dict[str, str]], **rule: object) -> Instance:
    """An instance of one week with a rule that sends older people home."""
    rules = [{"id": "usia", "kind": "fixed_days", "place": "home", "applies_to": {"older_than": 50}, **rule}]
    return Instance.build(horizon={"start": FIRST, "end": FIRST + dt.timedelta(days=4)}, staff=staff, rules=rules)


STAFF = [
    {"id": "A", "nip": "196501011990031001", "name": "Ani", "bidang": "Satu"},
    {"id": "B", "name": "Budi", "bidang": "Satu"},
    {"id": "C", "name": "Citra", "bidang": "Dua", "born": "3/4/1999"},
    {"id": "D", "name": "Dewi", "bidang": "Dua", "born": "75"},
]


def test_whose_age_nobody_knows_is_told_by_name() -> None:
    """Without an NIP, and with a date that nobody can read, people are named, and no birth date is."""
    told = [note.said.text("id") for note in build(STAFF).notes if "tanggal lahir" in note.said.text("id")]
    assert told == [
        "tanggal lahir 2 pegawai tidak diketahui, baik dari kolom Tanggal Lahir maupun dari NIP (Budi dan Dewi), jadi aturan tentang usia "
        "tidak mengenai mereka"
    ]


def test_people_whom_the_rule_would_not_mean_anyway_are_not_told() -> None:
    """A rule about two older people asks nothing about Budi; one without ages asks nothing of anybody."""
    units = {"applies_to": {"older_than": 50, "levels": ["bidang"], "ids": ["A", "D"]}}
    [told] = [note.said.text("en") for note in build(STAFF, **units).notes if "birth" in note.said.text("en")]
    assert "(Dewi)" in told
    assert not [note for note in build(STAFF, applies_to={"ids": ["A"]}).notes if "birth" in note.said.text("en")]


def test_wrong_age_is_refused() -> None:
    """An age is a number of years from 1 to 150."""
    with pytest.raises(ValueError, match="older_than"):
        Selector(older_than=0)
