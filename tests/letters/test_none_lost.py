"""No number of a letter gets lost: each is proposed, told as not taken up or as about something else, or not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.drafting.letter_proposals import Proposals
from giliran.letters import Finding, Passage
from giliran.letters.passages import passages_of
from giliran.text.numbers import WHOLE_SHARE
from tests.letters.scoring import Case, cases, proposed

FILES = (
    "own.yaml",
    "held.yaml",
    "manner.yaml",
    "blind.yaml",
    "seeds.yaml",
    "negations.yaml",
    "lost.yaml",
    "offices.yaml",
    "clauses.yaml",
    "circulars.yaml",
)
ALL = tuple(case for file in FILES for case in cases(file))
LOST = cases("lost.yaml")
PERCENT = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s?(?:%|persen|percent)")


def is_told(read: Proposals, finding: Finding) -> bool:
    """Whether a finding is behind a proposal, or told beside them."""
    beside = [each.finding for each in read.not_taken] + [each for pair in read.clashes for each in pair]
    return finding in beside or any(set(finding.passages) <= set(proposal.passages) for proposal in read.choose.values())


def lost(text: str) -> Iterator[tuple[str, str]]:
    """Percentages that are told nowhere, each with its sentence."""
    read = proposed(text)
    for passage in passages_of(text):
        for match in PERCENT.finditer(passage.text):
            if not _has(read, passage, match):
                yield match[0], passage.text


def _has(read: Proposals, passage: Passage, match: re.Match[str]) -> bool:
    number = round(float(match[1].replace(",", ".")) * 100)
    told = [*((each.passage, each.text) for each in read.letter.unread), *((each.passage, each.text) for each in read.letter.elsewhere)]
    if any(other == passage and match[1] in text for other, text in told):
        return True
    mine = [finding for finding in read.letter.findings if passage in finding.passages]
    return any(finding.number in (number, WHOLE_SHARE - number) and is_told(read, finding) for finding in mine)


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_no_number_of_a_text_is_lost(case: Case) -> None:
    """Whatever a percentage is about, its sentence is quoted with what became of it."""
    assert list(lost(case.text)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([case.text for case in ALL if len(case.text) < 400]), min_size=2, max_size=5))
def test_no_number_is_lost_beside_others(texts: Sequence[str]) -> None:
    """Neither where sentences say the same as others, nor where they contradict them."""
    assert list(lost("\n\n".join(texts))) == []


@pytest.mark.parametrize("case", LOST, ids=[case.name for case in LOST])
def test_what_was_lost_once(case: Case) -> None:
    """What became no choice, with the reason; what was not understood."""
    read = proposed(case.text)
    told = [each.why.text("id") for each in read.not_taken]
    assert [any(part in why for why in told) for part in case.wanted.get("told", [])] == [True] * len(case.wanted.get("told", []))
    assert [number.text for number in read.letter.unread] == case.wanted.get("unread", [])
    choices = {name: str(read.choose[name].value) for name in case.wanted.get("choose", {}) if name in read.choose}
    assert choices == {name: str(value) for name, value in case.wanted.get("choose", {}).items()}


@pytest.mark.parametrize(
    ("text", "last"),
    [("28 Desember 2026 s.d. 2 Januari", "2027-01-02"), ("28 Desember s.d. 2 Januari", "2027-01-02"), ("2 s.d. 9 Januari", "2026-01-09")],
)
def test_dates_that_go_over_the_year(text: str, last: str) -> None:
    """A last day without a year is of the next one where its month is long before that of the first day."""
    read = proposed(f"WFH 50%. Surat ini berlaku {text}.")
    assert read.last is not None and str(read.last.value) == last


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Ibu hamil WFH.", True),
        ("Ibu hamil dilarang WFO.", True),
        ("Ibu hamil tidak diperkenankan WFH.", False),
        ("Ibu hamil dilarang WFH.", False),
    ],
)
def test_health_is_not_turned_round(text: str, home: bool) -> None:
    """Whoever may not be in the office is at home, and the other way round."""
    assert ("home_marks" in proposed(text).choose) is home


def test_a_sentence_that_says_it_again_is_quoted() -> None:
    """Both sentences stand behind the limit that they give."""
    read = proposed("WFO dibatasi 50%.\n\nPegawai di kantor dibatasi 50%.")
    assert [passage.line for passage in read.choose["limit"].passages] == [1, 3]
