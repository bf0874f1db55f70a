"""The known word that a misspelt one is nearest to: a help, within an allowance, since a file may hold a million of either.

To compare two words takes longer than to read them, and each misspelt word is compared with every known one. So all words of one file
share an allowance; once it is spent, words are told without a guess.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable, Iterator, Set
from contextvars import ContextVar

from giliran.messages.sentence import Said, Sentence, plain

MEANT = Sentence(en="Did you mean {near}?", id="Apakah maksudnya {near}?")

ALLOWANCE = 5_000_000
"""What the words of one file may cost: less than a second."""

CUTOFF = 0.6
"""How much alike two words must be, from 0 to 1, that one is taken for the other."""

_LONGEST = 200
"""Letters of the longest words that are compared."""
_LOOK = 4
"""Cost of a look at the length of a known word; each letter that is counted, and each pair of letters that is compared, costs one."""

_LEFT: ContextVar[list[int] | None] = ContextVar("_LEFT", default=None)


@contextlib.contextmanager
def comparing(allowance: int = ALLOWANCE) -> Iterator[None]:
    """All words that are looked up meanwhile share one allowance; inside another such block they share that block's."""
    token = _LEFT.set([allowance] if _LEFT.get() is None else _LEFT.get())
    try:
        yield
    finally:
        _LEFT.reset(token)


@contextlib.contextmanager
def unguessed() -> Iterator[None]:
    """Meanwhile no word is compared with others: for texts whose faults are only counted."""
    token = _LEFT.set([0])
    try:
        yield
    finally:
        _LEFT.reset(token)


def nearest(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """The known word closest to a mistyped one, the last by letters of several; None if none is close or the allowance is spent."""
    left = _LEFT.get()
    if left is None:
        left = [ALLOWANCE]
    if left[0] <= 0 or len(word) > _LONGEST:
        return None
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(word)
    best, found = cutoff, None
    for other in sorted(known) if isinstance(known, Set) else known:  # what is spent depends on the order
        ratio = _likeness(matcher, other, len(word), best, left) if len(other) <= _LONGEST else 0.0
        if left[0] <= 0:
            return None  # those before are not known to be the nearest
        if ratio > best or (ratio == best and (found is None or other > found)):
            best, found = ratio, other
    return found


def meant(word: str, known: Iterable[str]) -> Said | None:
    """What to advise whoever mistyped a word: the nearest known one; None as `nearest`."""
    return did_you_mean(nearest(word, known))


def did_you_mean(near: str | None) -> Said | None:
    """The same where the known word is found already."""
    return None if near is None else MEANT(near=plain(near))


def _likeness(matcher: difflib.SequenceMatcher[str], other: str, size: int, least: float, left: list[int]) -> float:
    """How much a word is like that of the matcher, of `size` letters: from 0 to 1, 0 if less than `least`. Cheap bounds come first."""
    matcher.set_seq1(other)
    left[0] -= _LOOK
    if matcher.real_quick_ratio() < least:
        return 0.0
    left[0] -= size + len(other)
    if matcher.quick_ratio() < least:
        return 0.0
    left[0] -= size * len(other)
    return matcher.ratio()
