"""Mutations that know nothing of a file but its bytes."""

from __future__ import annotations

from benchmarks.fuzz.dice import Dice

_SIGNS = (
    b"\x00",
    b"\xff",
    b"\xfe",
    b"\x80",
    b"\x9d",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\t",
    b" ",
)


def mutate(raw: bytes, dice: Dice) -> bytes:
    """The bytes with one to four changes."""
    for _ in range(dice.randint(1, dice.pick((1, 1, 2, 4)))):
        raw = dice.pick(_WAYS)(raw, dice)
    return raw


def _flip(raw: bytes, dice: Dice) -> bytes:
    if not raw:
        return raw
    at = dice.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << dice.randrange(8))]) + raw[at + 1 :]


def _insert(raw: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + (dice.pick(_SIGNS) if dice.chance(0.5) else dice.randbytes(dice.randint(1, 4))) + raw[at:]


def _delete(raw: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + raw[at + dice.randint(1, dice.pick((1, 8, 200))) :]


def _splice(raw: bytes, dice: Dice) -> bytes:
    """A piece from one place at another."""
    start, at = dice.randint(0, len(raw)), dice.randint(0, len(raw))
    return raw[:at] + raw[start : start + dice.randint(1, 100)] + raw[at:]


def _truncate(raw: bytes, dice: Dice) -> bytes:
    return raw[: dice.randint(0, len(raw))]


def _repeat(raw: bytes, dice: Dice) -> bytes:
    """A short piece many times."""
    start = dice.randint(0, len(raw))
    piece = raw[start : start + dice.randint(1, 6)]
    return raw[:start] + piece * dice.pick((2, 10, 120, 1000)) + raw[start:]


def _recode(raw: bytes, dice: Dice) -> bytes:
    """What an editor makes of it that takes it for another encoding."""
    text = raw.decode("utf-8", errors="replace")
    return text.encode(dice.pick(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32", "utf-7")), errors="replace")


_WAYS = (_flip, _flip, _insert, _insert, _delete, _splice, _truncate, _repeat, _recode)
