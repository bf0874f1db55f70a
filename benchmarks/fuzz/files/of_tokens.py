"""Mutations of the words and signs of a text, whatever language it is in."""

from __future__ import annotations

import re

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.hostile import DATES, NUMBERS, TEXTS

_TOKEN = re.compile(r"\d{4}-\d{2}-\d{2}|\w+|[^\w\s]|\s+")
_SIGNS = (
    *("{", "}", "[", "]", ":", ": ", ",", ";", "|", "-", "- ", "#", "&a ", "*a", "<<: *a", "!!str ", "!x ", '"', "'", "\n", "\r\n", "\n  "),
    *("\t", "---\n", "...\n", "%YAML 1.1\n", "? ", "> ", "|\n", "\\", "{}", "[]", "null", "true", "//", "/*", "NaN", "Infinity", ",,"),
    "sep=;\n",
)
_MOST = 2_000


def mutate(text: str, dice: Dice) -> str:
    """The text with one to four of its words and signs changed."""
    tokens = _TOKEN.findall(text)
    for _ in range(dice.randint(1, dice.pick((1, 1, 2, 4)))):
        if not tokens:
            return hostile(dice)
        at = dice.randrange(len(tokens))
        dice.pick(_WAYS)(tokens, at, dice)
    return "".join(tokens)


def hostile(dice: Dice) -> str:
    """A text that stands where none is expected."""
    return dice.pick(dice.pick((TEXTS, TEXTS, NUMBERS, DATES)))


def _replace(tokens: list[str], at: int, dice: Dice) -> None:
    tokens[at] = hostile(dice)


def _sign(tokens: list[str], at: int, dice: Dice) -> None:
    tokens.insert(at, dice.pick(_SIGNS))


def _drop(tokens: list[str], at: int, dice: Dice) -> None:
    del tokens[at : at + dice.randint(1, 3)]


def _double(tokens: list[str], at: int, dice: Dice) -> None:
    tokens[at:at] = tokens[at : at + dice.randint(1, 12)]


def _swap(tokens: list[str], at: int, dice: Dice) -> None:
    other = dice.randrange(len(tokens))
    tokens[at], tokens[other] = tokens[other], tokens[at]


def _copy(tokens: list[str], at: int, dice: Dice) -> None:
    """One of the file's own words at another's place."""
    tokens[at] = dice.pick(tokens)


def _nest(tokens: list[str], at: int, dice: Dice) -> None:
    """Brackets, closed or not, few or very many."""
    depth = dice.pick((1, 3, 60, 101, _MOST))
    opening, closing = dice.pick((("[", "]"), ("{a: ", "}"), ('{"a":', "}"), ("- ", ""), ("[", "")))
    tokens[at] = opening * depth + tokens[at] + closing * depth


def _bomb(tokens: list[str], at: int, dice: Dice) -> None:
    """Aliases of aliases."""
    lines = ["a0: &a0 [x, x]"] + [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, dice.randint(2, 9))]
    tokens.insert(at, "\n" + "\n".join(lines) + "\n")


_WAYS = (_replace, _replace, _replace, _sign, _sign, _drop, _double, _swap, _copy, _copy, _nest, _bomb)
