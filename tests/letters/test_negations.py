"""What is forbidden or denied is turned round as logic has it, whatever the order of words; what cannot be bound is no limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from giliran.letters import Sense, grammar_with, read_letter
from tests.letters.scoring import YEAR, Case, binding, cases, fits

HAND = cases("negations.yaml")
NONE, ONCE, NEITHER = 0, 1, 2
"""How often something is denied; `NEITHER` for what denies twice, or denies only that somebody has to."""


@dataclass(frozen=True)
class Language:
    """Words of a language, and how a sentence is made of them: with the negation first, in the middle, or last."""

    negations: Mapping[str, int]
    last: Sequence[str]
    compared: Mapping[str, Sense]
    bounds: Mapping[str, Sense | None]
    sides: Mapping[str, str]
    numbers: Mapping[str, str]
    first: Sequence[str]
    behind: Sequence[str]


INDONESIAN = Language(
    negations={
        "": NONE,
        "tidak boleh": ONCE,
        "tidak diperkenankan": ONCE,
        "tidak dibenarkan": ONCE,
        "tidak diizinkan": ONCE,
        "tidak dapat": ONCE,
        "tak boleh": ONCE,
        "dilarang": ONCE,
        "jangan": ONCE,
        "tidak": ONCE,
        "tidak dilarang": NEITHER,
        "tidak wajib": NEITHER,
        "tidak boleh tidak": NEITHER,
    },
    last=("tidak diperkenankan", "dilarang", "tidak dibenarkan", "tidak boleh"),
    compared={
        "lebih dari": Sense.LEAST,
        "melebihi": Sense.LEAST,
        "di atas": Sense.LEAST,
        "kurang dari": Sense.MOST,
        "di bawah": Sense.MOST,
    },
    bounds={"paling banyak": Sense.MOST, "minimal": Sense.LEAST, "sebesar": Sense.EXACT},
    sides={"WFO": "office", "bekerja dari rumah": "home"},
    numbers={"50%": "share", "separuh pegawai": "share", "2 hari seminggu": "days"},
    first=("{negation} {side} {how} {number}.", "Pegawai {negation} {side} {how} {number}.", "{side} {negation} {how} {number}."),
    behind=("{side} {how} {number} {negation}.", "Pegawai {side} {how} {number} {negation}, kecuali pejabat."),
)
ENGLISH = Language(
    negations={
        "": NONE,
        "may not": ONCE,
        "must not": ONCE,
        "cannot": ONCE,
        "are not allowed to": ONCE,
        "need not": NEITHER,
        "are not prohibited from": NEITHER,
    },
    last=("is prohibited", "is not allowed"),
    compared={"more than": Sense.LEAST, "over": Sense.LEAST, "less than": Sense.MOST, "fewer than": Sense.MOST},
    bounds={"at most": Sense.MOST, "at least": Sense.LEAST, "exactly": Sense.EXACT},
    sides={"in the office": "office", "work from home": "home"},
    numbers={"50 percent of staff": "share", "2 days a week": "days"},
    first=("Staff {negation} {side} {how} {number}.", "{side} {negation} {how} {number}."),
    behind=("{side} {how} {number} {negation}.",),
)
LANGUAGES = {"id": INDONESIAN, "en": ENGLISH}


def by_logic(how: Sense | None, *, compared: bool, denied: int) -> Sense | None:
    """How a number binds: more than so many is at least, unless it is denied once; a bound that is denied says nothing."""
    if denied == NONE:
        return how
    if denied == NEITHER or not compared:
        return None
    return {Sense.MOST: Sense.LEAST, Sense.LEAST: Sense.MOST}[how] if how in (Sense.MOST, Sense.LEAST) else None


def sentences(language: Language, order: str) -> Iterator[tuple[str, str, str, Sense | None]]:
    """All sentences of an order: the text, its side, what its number is, and how it binds, None for no limit at all."""
    negations = language.negations if order in language.first else dict.fromkeys(language.last, ONCE)
    hows: list[tuple[str, Sense | None, bool]] = [(word, sense, True) for word, sense in language.compared.items()]
    hows += [(word, sense, False) for word, sense in language.bounds.items()]
    for negation, denied in negations.items():
        for how, sense, compared in hows:
            for side, place in language.sides.items():
                for number, measure in language.numbers.items():
                    text = " ".join(order.format(negation=negation, side=side, how=how, number=number).split())
                    yield text[0].upper() + text[1:], place, measure, by_logic(sense, compared=compared, denied=denied)


@pytest.mark.parametrize(("name", "order"), [(name, order) for name, each in LANGUAGES.items() for order in (*each.first, *each.behind)])
def test_negated_comparisons(name: str, order: str) -> None:
    """Negations times comparisons times sides times numbers: read as logic has it; what denies a bound is told as not understood."""
    wrong = []
    for text, place, measure, sense in sentences(LANGUAGES[name], order):
        letter = read_letter(text, grammar_with(None), YEAR)
        found = [(finding.topic.value, finding.side and finding.side.name.lower(), finding.sense) for finding in binding(text)]
        wanted = [] if sense is None else [(measure, place, sense)]
        if found != wanted or (sense is None and not letter.unread):
            wrong.append((text, found, wanted))
    assert wrong == []


@pytest.mark.parametrize("case", HAND, ids=[case.name for case in HAND])
def test_sentences_with_negations(case: Case) -> None:
    """Sentences in which a negation is of something else, is said once more, or stands above a list; as a person read them."""
    text, wanted = case.text, case.wanted
    found = binding(text)
    unread = [number.text for number in read_letter(text, grammar_with(None), YEAR).unread]
    assert len(found) == len(wanted["found"]) and all(fits(*pair) for pair in zip(found, wanted["found"], strict=True))
    assert unread == wanted.get("unread", [])
