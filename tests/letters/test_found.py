"""Numbers that bind office or home days are found with side, sense, scope and dates, and none is invented."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest

from giliran.domain.place import Place
from giliran.drafting.letter_proposals import proposals_of
from giliran.letters import Finding, Topic, Why, grammar_with, read_letter
from tests.letters.scoring import BINDING, YEAR, Case, binding, cases, invented, missed, proposed, wrong_choices

OWN = cases("own.yaml")
HELD = cases("held.yaml")
REAL = cases("manner.yaml")
BLIND = cases("blind.yaml")
OFFICES = (*cases("offices.yaml"), *cases("clauses.yaml"), *cases("circulars.yaml"))
ALL = (*OWN, *HELD, *REAL, *BLIND, *OFFICES)
SEEDS = cases("seeds.yaml")


def every(case: Case) -> str:
    """The name of a case."""
    return case.name


@pytest.mark.parametrize("case", ALL, ids=every)
def test_numbers_of_a_sentence(case: Case) -> None:
    """All that bind, as a person read them, and no others."""
    found = binding(case.text)
    assert missed(found, case.wanted["found"]) == []
    assert list(invented(found, case.wanted["found"])) == []


@pytest.mark.parametrize("case", [case for case in ALL if set(case.wanted) > {"id", "text", "found"}], ids=every)
def test_choices_of_a_sentence(case: Case) -> None:
    """What is proposed for the questions of `umum`, the dates of the letter and its number."""
    read = proposed(case.text)
    assert wrong_choices(read, case.wanted["choose"]) == [] if "choose" in case.wanted else True
    for key, proposal in (("from", read.first), ("to", read.last), ("number", read.number)):
        assert key not in case.wanted or (proposal is not None and str(proposal.value) == str(case.wanted[key]))


@pytest.mark.parametrize("case", [*ALL, *SEEDS], ids=every)
def test_sentences_that_contradict_each_other(case: Case) -> None:
    """As many pairs are told as a person saw, which is none where nothing is said of them."""
    assert len(proposed(case.text).clashes) == case.wanted.get("contradictions", 0)


def test_every_choice_rests_on_a_sentence() -> None:
    """A proposal quotes the sentences it rests on, word for word; only that there is no share at all rests on none."""
    for case in ALL:
        for name, proposal in proposed(case.text).choose.items():
            assert proposal.passages or (name, proposal.value) == ("limit", "none"), case.name
            for passage in proposal.passages:
                assert set(passage.text.split()) - set(case.text.split()) <= joined(case.text), case.name


def joined(text: str) -> set[str]:
    """Words that a text parts at the ends of lines, and those that a table puts together."""
    pairs = [(one.split(), two.split()) for one, two in pairwise(text.split("\n"))]
    whole = {f"{one[-1].rstrip('-')}{two[0]}" for one, two in pairs if one and two}
    return whole | {f"{word}{sign}" for word in text.split() for sign in ";,"}


def test_nothing_is_silently_ignored() -> None:
    """Every number is a finding, about something else, or told as not understood; a share never gets lost."""
    text = "WFO paling banyak 25%. Hemat listrik 20%. Sebanyak 12 ekor kambing. Diskon 70 persen."
    letter = read_letter(text, grammar_with(None), YEAR)
    assert [finding.number for finding in letter.findings if finding.topic in BINDING] == [2500]
    assert [(number.text, number.why) for number in letter.elsewhere] == [("20%", Why.ELECTRICITY), ("70 persen", Why.MONEY)]
    assert [number.text for number in letter.unread] == ["12"]


@pytest.mark.parametrize(
    "number",
    ["150%", "500 %", "150% (seratus lima puluh persen)", "150 (seratus lima puluh) persen", "1.5.3%", "12345678 persen", "33,333%"],
)
def test_a_percentage_that_is_no_share_is_told(number: str) -> None:
    """Above a hundred, finer than shares are written, or no number at all: listed as not understood, and no limit."""
    read = proposed(f"WFH paling banyak {number}.")
    assert [each.text for each in read.letter.unread] == [number]
    assert read.letter.findings == () and read.choose["limit"].value == "none"


def test_a_ratio_that_is_no_share_is_told() -> None:
    """Numbers that are compared may be about staff: they are listed as not understood, not as a number of the law."""
    letter = read_letter("Pegawai WFO dan WFH dengan perbandingan 1:3 berselang.", grammar_with(None), YEAR)
    assert [number.text for number in letter.unread] == ["1", "3"] and letter.elsewhere == ()


@pytest.mark.parametrize(
    ("words", "people"),
    [("seratus lima puluh", 150), ("dua ratus", 200), ("seratus", 100), ("tiga ratus dua puluh satu", 321), ("seratus dua belas", 112)],
)
def test_hundreds_in_words(words: str, people: int) -> None:
    """A number above a hundred in words is that number, not what its last words say."""
    [finding] = by_topic(f"Setiap OPD menugaskan paling sedikit {words} orang pegawai WFO.")[Topic.PEOPLE]
    assert finding.number == people


def test_digits_and_words_that_differ_are_no_limit() -> None:
    """50% (dua puluh lima persen) is told, and nothing is proposed of it."""
    read = proposals_of(read_letter("WFO paling banyak 50% (dua puluh lima persen).", grammar_with(None), YEAR))
    assert [each.finding.doubt for each in read.not_taken] == [True]
    assert "side" not in read.choose


@pytest.mark.parametrize(
    ("text", "side", "limit"),
    [
        ("WFH paling banyak sepertiga dari jumlah pegawai.", "home", "33.34%"),
        ("WFO paling banyak 1/3 dari jumlah pegawai.", "office", "33.34%"),
        ("WFO paling banyak dua pertiga dari jumlah pegawai.", "office", "66.67%"),
        ("WFO paling sedikit sepertiga dari jumlah pegawai.", "least", "33.33%"),
        ("WFO paling sedikit dua pertiga dari jumlah pegawai.", "least", "66.66%"),
        ("WFH paling sedikit dua pertiga dari jumlah pegawai.", "office", "33.34%"),
    ],
)
def test_thirds_lose_nobody(text: str, side: str, limit: str) -> None:
    """Of 3 to 3000 people as many as the third that the letter names may, or have to, be there; that it is rounded is told."""
    choose = proposed(text).choose
    assert (choose["side"].value, choose["limit"].value) == (side, limit) and choose["limit"].why is not None
    share, third = Fraction(limit.rstrip("%")) / 100, Fraction(2 if limit[0] == "6" else 1, 3)
    whole = ceil if side == "least" else floor
    assert [whole(share * people) for people in range(3, 3001)] == [whole(third * people) for people in range(3, 3001)]


def test_thirds_that_complete_each_other() -> None:
    """A third here and two thirds there are everybody, no contradiction."""
    read = proposed("WFO paling banyak sepertiga dari jumlah pegawai dan WFH dua pertiga dari jumlah pegawai.")
    assert read.clashes == () and read.choose["limit"].value == "33.34%"


def test_a_condition_is_quoted_and_asked() -> None:
    """Shares of zones are no choice: all stand beside the limit, which is to be chosen."""
    read = proposed("Zona merah WFO 25%. Zona kuning WFO 50%.")
    assert read.choose["limit"].open and read.choose["limit"].value == "none"
    assert {each.finding.scope.condition for each in read.not_taken} == {"Zona merah", "Zona kuning"}


def by_topic(text: str) -> dict[Topic, list[Finding]]:
    """Findings of a text by what they are about."""
    found: dict[Topic, list[Finding]] = {}
    for finding in read_letter(text, grammar_with(None), YEAR).findings:
        found.setdefault(finding.topic, []).append(finding)
    return found


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Rapat dibatasi 25 persen dari undangan.", Topic.MEETING),
        ("WFO 50% dari kapasitas ruang kerja.", Topic.ROOM),
        ("Jumlah pegawai WFH diatur oleh pimpinan OPD.", Topic.DISCRETION),
        ("Surat Edaran Nomor 5 Tahun 2025 dicabut.", Topic.REVOKES),
        ("Masa WFH diperpanjang.", Topic.EXTENDS),
        ("WFO dibagi dua sesi.", Topic.SESSIONS),
    ],
)
def test_what_has_no_choice_is_told(text: str, topic: Topic) -> None:
    """It is found, and stands among what was not taken up with a reason."""
    read = proposed(text)
    assert topic in by_topic(text)
    assert topic in {each.finding.topic for each in read.not_taken}


@pytest.mark.parametrize("case", SEEDS, ids=every)
def test_the_five_letters(case: Case) -> None:
    """The sentences with numbers of five articles of 2020 and 2021, in our own shorter words: every number, and no other."""
    found = binding(case.text)
    assert missed(found, case.wanted["found"]) == []
    assert list(invented(found, case.wanted["found"])) == []


@pytest.mark.parametrize("text", ["WFO 1/3, WFH 2/3.", "WFO 1/3 dan WFH 2/3.", "WFO 1/3; WFH 2/3"])
def test_fractions_before_the_end_of_a_sentence(text: str) -> None:
    """Two thirds before a full stop are a share, and no numbers of a law."""
    assert [(finding.side, finding.number) for finding in binding(text)] == [(Place.OFFICE, 3333), (Place.HOME, 6667)]
