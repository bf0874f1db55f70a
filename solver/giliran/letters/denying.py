"""Whether a side without a number is denied: who is said not to be in the office is at home; what cannot be turned round is told."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from giliran.letters.clauses import DOING
from giliran.letters.context import Context
from giliran.letters.findings import Unread
from giliran.letters.grammar import Mark
from giliran.letters.senses import LOOSE, SUPPOSED, SUPPOSED_FAR, ends, is_away, is_loose, is_relative

_FORBIDS, _WAIVES, _DENIES = "forbid", "waive", "not"
_PEOPLE = ("rank", "mark", "group", "health", "person", "level", "agency", "echelon")
_FILL = frozenset(
    ["bagi", "untuk", "kepada", "para", "seluruh", "semua", "yang", "pada", "hari", "setiap", "tiap", "ada", "lagi", "be", "to", "for"]
)
"""What may stand beside people between a denial and its side: "dilarang bagi pejabat administrator untuk WFH"."""
_SHOWN = 2
"""So many tokens behind a denial are told with it."""
WITHOUT = frozenset({"tanpa", "without"})
"""Behind a side these are of something else, "WFO tanpa pengecualian"."""


class Said(Enum):
    """What is said of a side: that it is meant, its other one, or nothing that can be bound."""

    PLAIN = "plain"
    TURNED = "turned"
    UNCLEAR = "unclear"


def said_of(context: Context, sides: Sequence[Mark], start: int, end: int) -> Said:
    """What a clause says of sides in it.

    Parameters
    ----------
    context
        The sentence.
    sides
        Some of its phrases of office or home, all of one side.
    start, end
        The first token of the clause and the one after its last.
    """
    found = [said for mark in context.denials(start, end) if (said := _by(context, mark, sides, start, end)) is not Said.PLAIN]
    if not found:
        return Said.PLAIN
    return found[0] if len(found) == 1 else Said.UNCLEAR


def not_understood(context: Context, start: int, end: int) -> Unread:
    """The denial of a clause that is `UNCLEAR`, to be told."""
    mark = context.denials(start, end)[0]
    return Unread(context.quoted(mark.start), context.text(mark.start, min(end, mark.end + _SHOWN)))


def _by(context: Context, mark: Mark, sides: Sequence[Mark], start: int, end: int) -> Said:
    """What one denial makes of sides; `PLAIN` where it is of something else."""
    after = next((side for side in context.within("side", mark.start, end) if side.end > mark.end), None)  # "tidak wajib masuk"
    before = context.before("side", mark.start)
    before = before if before is not None and before.start >= start else None
    if _is_supposed(context, mark):
        return Said.UNCLEAR if after is not None and after in sides and not is_loose(context, mark.end, after.start) else Said.PLAIN
    if is_relative(context, mark):
        return Said.PLAIN if is_away(context, mark) or not {before, after} & set(sides) else Said.UNCLEAR
    if after is not None and (before is None or not is_loose(context, mark.end, after.start)):
        return _before(context, mark, after) if after in sides else Said.PLAIN
    return _behind(context, mark, before) if before is not None and before in sides else Said.PLAIN


def _before(context: Context, mark: Mark, side: Mark) -> Said:
    """A denial before its side: "tidak WFO", "dilarang bagi pejabat administrator untuk WFH"."""
    listed = _is_list(context, mark.end, side.start)
    if not listed and mark.value == _DENIES and is_loose(context, mark.end, side.start):
        return Said.PLAIN
    return Said.TURNED if listed and mark.value != _WAIVES else Said.UNCLEAR


def _behind(context: Context, mark: Mark, side: Mark) -> Said:
    """A denial behind its side: "WFH tidak diperkenankan", "WFH bukan bagi petugas keamanan"."""
    if context.tokens[mark.start].text in WITHOUT:
        return Said.PLAIN
    if _is_list(context, side.end, mark.start):
        return Said.TURNED if mark.value != _WAIVES and ends(context, mark) else Said.UNCLEAR
    if mark.value == _FORBIDS and ends(context, mark):
        return Said.UNCLEAR if is_loose(context, side.end, mark.start) else Said.TURNED
    return Said.PLAIN if is_loose(context, side.end, mark.start) else Said.UNCLEAR


def _is_supposed(context: Context, mark: Mark) -> bool:
    """Whether a denial is of a condition: "jika tidak ada rapat"."""
    return bool(SUPPOSED & {token.text for token in context.tokens[max(0, mark.start - SUPPOSED_FAR) : mark.start]})


def _is_list(context: Context, start: int, end: int) -> bool:
    """Whether nothing stands between two tokens but people, weekdays and words of doing."""
    inner = {k for cls in _PEOPLE for mark in context.within(cls, start, end) for k in range(mark.start, mark.end)}
    inner |= {k for week in context.weeks_within(start, end) for k in range(week.start, week.end)}
    known = DOING | _FILL | LOOSE if inner else DOING | _FILL
    return all(token.clear or k in inner or token.text in known for k, token in enumerate(context.tokens[start:end], start))
