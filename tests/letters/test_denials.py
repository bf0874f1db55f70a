"""Who is said not to be in the office, or not of a group, is never read as who is; what cannot be turned round is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from giliran.domain.place import Place
from giliran.letters import Finding, Topic, grammar_with, read_letter
from tests.letters.scoring import YEAR, binding

SUBJECTS = {
    "Pejabat administrator": Topic.LEADERS,
    "Petugas keamanan": Topic.IN_FULL,
    "Non-ASN": Topic.CONTRACT,
    "Ibu hamil": Topic.HEALTH,
    "Setiap hari Jumat pegawai": Topic.WEEKDAY,
}
SIDES = {"WFO": Place.OFFICE, "masuk kantor": Place.OFFICE, "bekerja di kantor": Place.OFFICE, "bekerja dari rumah": Place.HOME}
OTHER = {Place.OFFICE: Place.HOME, Place.HOME: Place.OFFICE}
TURNS = ("tidak", "tidak lagi", "tidak melaksanakan", "tidak boleh", "tidak diperkenankan", "dilarang", "jangan", "tidak dapat")
TELLS = ("tidak perlu", "tidak wajib", "tidak harus", "tidak boleh tidak", "tidak dilarang", "tidak hanya", "yang tidak")
PLACED = frozenset(SUBJECTS.values())


def placed(text: str) -> tuple[list[Finding], list[str]]:
    """Who a text says works where, and what it tells as not understood."""
    letter = read_letter(text, grammar_with(None), YEAR)
    return [finding for finding in letter.findings if finding.topic in PLACED], [each.text for each in letter.unread]


def by_logic(subject: str, side: Place) -> list[tuple[Topic, Place]]:
    """What people of a subject on a side are; marks of health are told of home alone."""
    topic = SUBJECTS[subject]
    return [] if topic is Topic.HEALTH and side is Place.OFFICE else [(topic, side)]


def said(denials: tuple[str, ...]) -> Iterator[tuple[str, str, Place]]:
    """Every subject with every denial before every side: the sentence, its subject, the side that is denied."""
    for subject in SUBJECTS:
        for denial in denials:
            for side, place in SIDES.items():
                yield f"{subject} {denial} {side}.", subject, place


@pytest.mark.parametrize("denial", TURNS)
def test_a_denied_side_is_the_other(denial: str) -> None:
    """Subjects times sides: not in the office is at home, and the other way round."""
    wrong = []
    for text, subject, place in said((denial,)):
        found, _ = placed(text)
        if [(finding.topic, finding.side) for finding in found] != by_logic(subject, OTHER[place]):
            wrong.append((text, found))
    assert wrong == []


@pytest.mark.parametrize("denial", TELLS)
def test_a_denial_that_says_no_side_is_told(denial: str) -> None:
    """Nobody gets a place by what need not be, is denied twice, or only says who is meant; the denial is told."""
    assert [text for text, _, _ in said((denial,)) if placed(text)[0] or not placed(text)[1]] == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_side_that_is_not_denied(subject: str) -> None:
    """The same sentences without a denial, and with one of something else, are read as they stand."""
    for side, place in SIDES.items():
        for text in (f"{subject} {side}.", f"{subject} yang tidak cuti {side}.", f"{subject} {side} tanpa pengecualian."):
            assert [(finding.topic, finding.side) for finding in placed(text)[0]] == by_logic(subject, place), text


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("WFH tidak diperkenankan bagi petugas keamanan.", Place.OFFICE),
        ("WFH bukan untuk petugas keamanan.", Place.OFFICE),
        ("WFO bagi petugas keamanan dan petugas kebersihan tidak diperkenankan.", Place.HOME),
        ("Dilarang bagi petugas keamanan untuk WFH.", Place.OFFICE),
        ("Pegawai dilarang WFH:\n1. petugas keamanan;", Place.OFFICE),
        ("Petugas keamanan tidak mengikuti apel dan WFO.", Place.OFFICE),
        ("Jika tidak ada rapat, petugas keamanan WFH.", Place.HOME),
        ("Security guards are not in the office.", Place.HOME),
    ],
)
def test_where_a_denial_stands(text: str, side: Place) -> None:
    """Behind its side, above a list, around people; and beside something else, where it denies no side."""
    assert [finding.side for finding in placed(text)[0]] == [side]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Pegawai yang tidak melayani masyarakat WFH 50%.", [("non_service",)]),
        ("Pegawai yang tidak berhubungan langsung dengan masyarakat WFH 50%.", [("non_service",)]),
        (
            "Pegawai yang tidak melaksanakan pelayanan WFH 50%, yang melaksanakan pelayanan WFO 100%.",
            [("non_service",), ("service",)],
        ),
        ("Pegawai yang tidak sedang cuti WFH 50%.", [()]),
        ("Pegawai yang sudah divaksin WFO 100%.", [("vaccinated",)]),
    ],
)
def test_a_denied_group_is_its_complement(text: str, groups: list[tuple[str, ...]]) -> None:
    """Whoever does not serve is not whoever serves."""
    assert [finding.scope.groups for finding in binding(text)] == groups


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Pegawai yang belum divaksin melaksanakan WFH 100%.", "100%"),
        ("Pegawai yang tidak bertugas di lapangan WFH 50%.", "50%"),
        ("Pegawai yang belum divaksin WFH 2 hari seminggu.", "2"),
    ],
)
def test_a_denied_group_without_a_name_is_told(text: str, unread: str) -> None:
    """A number of people who are not something is no number of everybody."""
    assert binding(text) == []
    assert placed(text)[1] == [unread]
