"""Reads the sentence of a sum again, in English or Indonesian, and adds it up as its reader would."""

from __future__ import annotations

import re
from math import prod

from giliran.messages import Lang

SHAPES: dict[Lang, tuple[str, ...]] = {
    "en": (
        r"impossible: (?P<place>.*?): (?P<needs>.*) person-days? in the office (?:is|are) needed, but (?P<gives>.*) can be had: "
        r"(?P<missing>\d+) short",
        r"impossible: (?P<place>.*?): (?P<needs>.*) must be in the office, but (?P<gives>.*) can be: (?P<missing>\d+) too few",
        r"impossible: (?P<needed>\d+) must be in the office: (?P<needs>.*); but (?P<limit>.*): (?P<missing>\d+) too many",
        r"impossible: (?P<needed>\d+) days? in the office (?:is|are) needed: (?P<needs>.*); but (?P<limit>.*): (?P<missing>\d+) too many",
        r"impossible: (?P<limit>.*); but (?P<possible>only \d+|nobody|no) (?:days in the office can be had|can be in the office)"
        r"(?:: (?P<gives>.*?))?(?P<out>, .*)?: (?P<missing>\d+) too few",
        r"impossible: (?P<asked>.*); but (?P<limit>.*): (?P<missing>\d+) too many",
    ),
    "id": (
        r"tidak dapat disusun: (?P<place>.*?): diperlukan (?P<needs>.*) orang-hari WFO, padahal yang mungkin (?P<gives>.*): "
        r"kurang (?P<missing>\d+)",
        r"tidak dapat disusun: (?P<place>.*?): (?P<needs>.*) orang wajib WFO, padahal yang dapat (?P<gives>.*): kurang (?P<missing>\d+)",
        r"tidak dapat disusun: (?P<needed>\d+) orang wajib WFO: (?P<needs>.*), padahal (?P<limit>.*): kelebihan (?P<missing>\d+)",
        r"tidak dapat disusun: diperlukan (?P<needed>\d+) hari WFO: (?P<needs>.*), padahal (?P<limit>.*): kelebihan (?P<missing>\d+)",
        r"tidak dapat disusun: (?P<limit>.*), padahal (?:yang dapat WFO|hari WFO yang mungkin) (?P<possible>hanya \d+|tidak ada)"
        r"(?:: (?P<gives>.*?))?(?P<out>, .*)?: kurang (?P<missing>\d+)",
        r"tidak dapat disusun: (?P<asked>.*), padahal (?P<limit>.*): kelebihan (?P<missing>\d+)",
    ),
}
"""What sentences about sums look like, the most particular first."""


def parts_of(text: str, lang: Lang) -> dict[str, str]:
    """The pieces of a sentence about a sum, empty for any other."""
    for shape in SHAPES[lang]:
        if found := re.match(shape, text):
            return {name: said for name, said in found.groupdict().items() if said}
    return {}


def worth(term: str) -> int:
    """What one summand comes to: "7 days × 4 of 5 people (own/floor)" is 28."""
    head = re.sub(r" \([^()]*\)$", "", term.strip())
    factors = head.split(" × ")
    numbers = [re.search(r"\d+", factor) for factor in factors]
    assert all(numbers), term
    return prod(int(number[0]) for number in numbers if number)


def total(side: str) -> int:
    """What a side comes to by its summands; where it says its total this must be the same."""
    if side in ("none", "tidak ada"):
        return 0
    terms, _, said = side.rpartition(" = ")
    value = sum(worth(term) for term in (terms or said).split(" + "))
    assert not terms or value == int(said), side
    return value


def counted(said: str) -> int:
    """A number that is said with "only", or as none."""
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


def adds_up(text: str, lang: Lang) -> bool:
    """Whether a sentence is about a sum, and its numbers are right: checked with an error where they are not."""
    said = parts_of(text, lang)
    if not said:
        return False
    missing = int(said["missing"])
    needed = int(said.get("needed", 0)) or (total(said["needs"]) if "needs" in said else None)
    if "needed" in said:
        assert total(said["needs"]) == needed, text
    possible = counted(said["possible"]) if "possible" in said else total(said["gives"]) if "gives" in said else None
    if "possible" in said and "gives" in said:
        assert total(said["gives"]) == possible, text
    if needed is not None and possible is not None:
        assert needed - possible == missing, text
    elif needed is not None:
        assert re.search(rf"\b{needed - missing}\b", said["limit"]), text
    elif possible is not None:
        assert re.search(rf"\b{possible + missing}\b", said["limit"]), text
    return True
