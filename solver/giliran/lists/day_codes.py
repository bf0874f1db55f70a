"""What stands in the cells of a matrix of people and days: words, letters and ticks, which mean something only beside each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from giliran.domain.place import Place
from giliran.domain.words import is_of_attendance, parse_attendance, simple
from giliran.messages import Sentence
from giliran.text import TextError

_MARKED = re.compile(r"(\S.*?)(?:\s+|\s*[/,+(-]\s*)(?:p|piket)\s*\)?", re.IGNORECASE)
"""A place, and after it the mark of whoever is named for duty: "WFO P", and as people type it "WFO/P" and "WFO (piket)"."""
_DUTY = frozenset({"p", "piket"})
_LETTERS = {"k": Place.OFFICE, "r": Place.HOME}
"""Letters of a matrix alone: kantor and rumah."""
_TICKS = frozenset({"v", "√", "✓", "✔", "1", "●", "•", "*"})
_CROSSES = frozenset({"x", "×", "✗", "✘", "0"})
_PRESENT = "h"
"""At home beside `o`; in lists of attendance `hadir`."""
_TITLES = {Place.OFFICE: re.compile(r"\b(wfo|kantor|work from office|piket)\b", re.IGNORECASE)}
_TITLES[Place.HOME] = re.compile(r"\b(wfh|rumah|work from home)\b", re.IGNORECASE)
_NOTE = re.compile(r"(?:^|[\s,;(])([vVxXhH√✓✔×✗✘1●•*])\s*[:=]\s*([^,;=:\n]+)")
"""What a note says of a sign."""
_OTHER = {Place.OFFICE: Place.HOME, Place.HOME: Place.OFFICE}

WHICH = Sentence(
    en="'{text}' in these cells says neither who is in the office nor who is at home",
    id="'{text}' dalam sel-sel ini tidak mengatakan siapa yang WFO dan siapa yang WFH",
)
SAY_WHICH = Sentence(
    en="Write WFO and WFH in the cells, or one of the two in the title, such as WFO schedule.",
    id="Tulis WFO dan WFH dalam selnya, atau salah satunya dalam judul, misalnya Jadwal WFO.",
)


@dataclass(frozen=True)
class Code:
    """What a cell says: a place, None where nobody knows it, and whether it marks for duty."""

    place: Place | None
    duty: bool = False


@dataclass(frozen=True)
class Codes:
    """What cells of one sheet mean.

    Parameters
    ----------
    tick, cross, blank, present
        Places that a tick, a cross, nothing and an `H` stand for; None for no place.
    unclear
        A sign that may mean one place or the other; empty for none.
    """

    tick: Place | None = None
    cross: Place | None = None
    blank: Place | None = None
    present: Place | None = None
    unclear: str = ""

    @classmethod
    def of(cls, texts: Iterable[str], titles: Iterable[str], notes: Iterable[str]) -> Codes:
        """What cells mean in a sheet with these texts, below these titles, beside these notes ("√ = WFO")."""
        seen = {_split(text)[0].casefold() for text in texts}
        sides = {place for text in seen if (place := _word(text)) is not None} & {Place.OFFICE, Place.HOME}
        told = dict(_told(notes))
        ticks, crosses = ({text for text in seen if text in signs} for signs in (_TICKS, _CROSSES))
        if not ticks:
            ticks, crosses = crosses, set()
        side = next((told[tick] for tick in sorted(ticks) if tick in told), None) or _side(sides, titles)
        present = told.get(_PRESENT, Place.HOME if sides == {Place.OFFICE} else None)
        unclear = min(ticks) if ticks and side is None else "H" if _PRESENT in seen and present is None else ""
        if side is None or not ticks:
            return cls(present=present, unclear=unclear)
        cross = next((told[sign] for sign in sorted(crosses) if sign in told), _OTHER[side]) if crosses else side
        return cls(side, cross, None if crosses or sides else _OTHER[side], present, unclear)

    def read(self, text: str) -> Code:
        """What a text means; raises nothing: whoever needs a place refuses what means none."""
        place, duty = _split(text)
        if not place:
            return Code(Place.OFFICE, duty=True)
        sign = place.casefold()
        if sign == _PRESENT:
            return Code(self.present, duty)
        if sign in _TICKS | _CROSSES:
            return Code(self.cross if sign in _CROSSES else self.tick, duty)
        return Code(_word(place), duty)


def _side(sides: Collection[Place], titles: Iterable[str]) -> Place | None:
    """The place of ticks: the one that no word in the cells has, else the only one in the titles."""
    if sides:
        return _OTHER[next(iter(sides))] if len(sides) == 1 else None
    titled = {place for title in titles for place in _named(title)}
    return next(iter(titled)) if len(titled) == 1 else None


def _named(text: str) -> set[Place]:
    return {place for place, sign in _TITLES.items() if sign.search(text)}


def _told(notes: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Signs with the place that a note gives them."""
    for note in notes:
        for sign, words in _NOTE.findall(note):
            places = _named(words)
            if len(places) == 1:
                yield sign.casefold(), next(iter(places))


def _split(text: str) -> tuple[str, bool]:
    """A text without the mark for duty, and whether it has one."""
    if simple(text) in _DUTY:
        return "", True
    marked = _MARKED.fullmatch(text)
    return (marked[1], True) if marked else (text, False)


def _word(text: str) -> Place | None:
    """The place of a word or letter that means the same in every sheet."""
    if text.casefold() in {_PRESENT, *_TICKS, *_CROSSES}:
        return None
    for form in (text, re.sub(r"[\W_]+", "", text)):
        if (place := _LETTERS.get(form.casefold())) is not None:
            return place
        if is_of_attendance(form):
            try:
                return parse_attendance(form)
            except TextError:
                continue
    return None
