"""A side that is denied and an exception from it are read or quoted as not understood, whomever they are of; never neither."""

from __future__ import annotations

import pytest

from giliran.domain.place import Place
from giliran.letters import Topic, grammar_with, read_letter
from tests.letters.scoring import YEAR, Case, cases, proposed

OFFICES = (*cases("offices.yaml"), *cases("clauses.yaml"), *cases("circulars.yaml"))
TOLD = [case for case in OFFICES if "told" in case.wanted]


def untold(text: str) -> list[str]:
    """What a text tells as not understood."""
    return [each.text for each in read_letter(text, grammar_with(None), YEAR).unread]


@pytest.mark.parametrize("case", OFFICES, ids=[case.name for case in OFFICES])
def test_what_is_not_understood_of_a_sentence(case: Case) -> None:
    """All of it, and nothing that was read."""
    assert untold(case.text) == case.wanted["unread"]


@pytest.mark.parametrize("case", TOLD, ids=[case.name for case in TOLD])
def test_what_became_no_choice_of_a_sentence(case: Case) -> None:
    """It is told with its reason."""
    told = [each.why.text("id") for each in proposed(case.text).not_taken]
    assert [part for part in case.wanted["told"] if not any(part in why for why in told)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pejabat administrator WFO, guru tidak WFH.", "tidak WFH"),
        ("Pegawai WFO 50%, pejabat fungsional tidak WFH.", "tidak WFH"),
        ("WFO 50%, sedangkan guru tidak WFH.", "tidak WFH"),
        ("Tidak ada lagi WFH mulai 4 Januari 2027.", "Tidak ada lagi WFH"),
        ("Bendahara tidak mengajukan WFH.", "tidak mengajukan WFH"),
        ("Employees over 58 years of age need not come to the office.", "need not come to"),
        ("Flexible working is not available to security personnel.", "not available to"),
    ],
)
def test_a_denied_side_that_nobody_reads_is_told(text: str, told: str) -> None:
    """Of people whom no group knows, behind a number, or beside another side."""
    assert told in untold(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "WFO sebesar 40% per bidang. Kepala Bidang tidak diperhitungkan dalam ketentuan itu.",
            "tidak diperhitungkan dalam ketentuan itu.",
        ),
        ("Petugas keamanan tidak termasuk dalam WFH.", "tidak termasuk dalam WFH."),
        ("WFH paling banyak 50%, kecuali bendahara dan operator SIPD.", "kecuali bendahara dan operator SIPD."),
        ("Bendahara dikecualikan dari pelaksanaan WFH.", "dikecualikan dari pelaksanaan WFH."),
        ("Guru tidak termasuk dalam ketentuan WFH 50%.", "tidak termasuk dalam ketentuan WFH 50%."),
        ("Pegawai WFH maksimal 2 hari sepekan, di luar hari Senin dan Jumat.", "di luar hari Senin dan Jumat."),
        ("Setiap Jumat pegawai WFH, kecuali Jumat pertama setiap bulan.", "kecuali Jumat pertama setiap bulan."),
        ("WFH 50% tidak berlaku untuk hari Senin.", "tidak berlaku untuk hari Senin."),
        ("Staff may work remotely for up to two days per week, except on Mondays.", "except on Mondays."),
        ("All staff shall work from the office, with the exception of interns.", "with the exception of interns."),
        ("Ketentuan WFH dikecualikan bagi:\na. guru;\nb. petugas keamanan.", "guru;"),
        ("Pegawai dilarang WFH:\n1. bendahara;\n2. petugas kebersihan.", "bendahara;"),
    ],
)
def test_an_exception_that_nobody_reads_is_told(text: str, told: str) -> None:
    """Of people, of weekdays, in a list, before what it is from and behind it."""
    assert untold(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "WFH paling banyak 50%, kecuali petugas keamanan.",
        "Petugas keamanan dikecualikan dari WFH.",
        "WFH paling banyak 50% tanpa pengecualian.",
        "Setiap Jumat seluruh ASN WFH kecuali yang piket.",
        "WFO paling banyak 50% agar pelayanan tidak terganggu.",
        "Pegawai WFH wajib melapor di luar jam kerja.",
        "Ketentuan WFH dikecualikan bagi:\na. petugas keamanan.",
    ],
)
def test_what_was_read_is_not_told_again(text: str) -> None:
    """An exception that became a finding, one that is none, and a denial that is only an aim."""
    assert untold(text) == []


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Pejabat administrator WFO, tidak WFH.", [Place.OFFICE]),
        ("Hanya pejabat struktural yang WFO, lainnya WFH.", [Place.OFFICE]),
        ("Pejabat struktural tidak WFH, lainnya WFH.", [Place.OFFICE]),
    ],
)
def test_sides_between_commas_are_each_of_their_own_people(text: str, sides: list[Place]) -> None:
    """One side before a comma and the other behind it."""
    letter = read_letter(text, grammar_with(None), YEAR)
    assert [finding.side for finding in letter.findings if finding.topic is Topic.LEADERS] == sides


@pytest.mark.parametrize(
    "text",
    [
        "Setiap Jumat terakhir bulan berjalan ASN melaksanakan WFA.",
        "Setiap Rabu minggu kedua dan keempat seluruh pegawai WFH.",
        "WFH dilaksanakan dua minggu sekali pada hari Jumat.",
        "Setiap Jumat ASN WFH mulai pukul 13.00 WIB.",
    ],
)
def test_a_weekday_of_some_weeks_is_no_home_day(text: str) -> None:
    """Nor is one that is worked at home from some hour on; each is quoted."""
    read = proposed(text)
    assert "home_day" not in read.choose and len(read.letter.unread) == 1


def test_one_weekday_among_others_is_the_home_day() -> None:
    """Days of the office on both sides of it."""
    assert proposed("Jadwal: Senin-Selasa WFO, Rabu WFH, Kamis-Jumat WFO.").choose["home_day"].value == "wed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jumlah pegawai yang WFO 10-15 orang per bidang.", ["15", "10"]),
        ("Pegawai WFH 2 sampai 3 hari seminggu.", ["3", "2"]),
    ],
)
def test_a_range_of_people_or_days_is_told(text: str, told: list[str]) -> None:
    """Both ends, of which neither is a number that binds."""
    assert untold(text) == told


def test_at_home_only_where_something_holds_is_no_aim() -> None:
    """Who may work at home because of a flood: the others are not meant."""
    read = proposed("ASN yang rumahnya terdampak banjir dapat melaksanakan WFH.")
    assert "aim" not in read.choose and len(read.not_taken) == 1


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Petugas keamanan dikecualikan dari WFH.", [Place.OFFICE]),
        ("Petugas keamanan dikecualikan dari batas WFO 50%.", [Place.OFFICE]),
        ("Petugas keamanan dikecualikan dari WFO.", []),
        ("Petugas keamanan dikecualikan dari kewajiban masuk kantor.", []),
    ],
)
def test_whoever_need_not_come_is_not_kept_in_the_office(text: str, sides: list[Place]) -> None:
    """An exception from work at home, or from a limit, keeps people in the office; one from the office does not."""
    letter = read_letter(text, grammar_with(None), YEAR)
    assert [finding.side for finding in letter.findings if finding.topic is Topic.IN_FULL] == sides
    assert sides or letter.unread


def test_a_weekday_that_is_either_of_two_is_no_home_day() -> None:
    """On Wednesday or Thursday: both are named, so that no single one is proposed."""
    letter = read_letter("WFH dilaksanakan pada hari Rabu atau Kamis.", grammar_with(None), YEAR)
    assert [finding.words for finding in letter.findings] == [("wed", "thu")]


def test_what_has_ended_before_another_is_in_force_ends_no_letter() -> None:
    """A second share without an end: the letter has none."""
    read = proposed("Selama bulan Desember 2026 WFH maksimal 40%, dan WFO 100% mulai 4 Januari 2027.")
    assert read.first is not None and str(read.first.value) == "2026-12-01" and read.last is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pegawai bekerja di kantor paling banyak 50%, ibu hamil bekerja dari rumah.", []),
        ("WFO 50%, pejabat administrator tetap di kantor.", []),
        ("WFO 50%, pejabat fungsional tetap di kantor.", ["pejabat fungsional tetap di kantor"]),
        ("WFO 50%. Pejabat administrator tetap di kantor.", []),
        ("WFO 50%, kecuali pejabat administrator.", []),
    ],
)
def test_people_behind_a_share_are_told(text: str, told: list[str]) -> None:
    """With a side of their own behind a comma, if they have no choice; whoever has one is read, as in a sentence or an exception."""
    assert untold(text) == told
