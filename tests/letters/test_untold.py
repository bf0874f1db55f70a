"""A side that is denied and an exception from it are read or quoted as not understood, whomever they are of; never neither."""

from __future__ import annotations

import pytest

from giliran.domain.place import Place
from giliran.letters import Topic, grammar_with, read_letter
from tests.letters.scoring import YEAR, Case, cases, proposed

OFFICES = cases("offices.yaml")


def untold(text: str) -> list[str]:
    """What a text tells as not understood."""
    return [each.text for each in read_letter(text, grammar_with(None), YEAR).unread]


@pytest.mark.parametrize("case", OFFICES, ids=[case.name for case in OFFICES])
def test_what_is_not_understood_of_a_sentence(case: Case) -> None:
    """All of it, and nothing that was read."""
    assert untold(case.text) == case.wanted["unread"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pejabat administrator WFO, tidak WFH.", "tidak WFH"),
        ("Pegawai WFO 50%, pejabat administrator tidak WFH.", "tidak WFH"),
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
