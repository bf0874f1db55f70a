"""What names of units and positions make likely: packaged words, each hit a proposal and never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from giliran.domain.words import Kind, canonical, simple
from giliran.text import parse_document

_FIRST = "^"
"""Before a word that has to stand first."""
_TICKS = frozenset({"v", "√", "✓", "✔"})
"""Cells that tick the heading of their column."""


@dataclass(frozen=True)
class Kept:
    """Staff whom letters usually leave in the office: the function that says so, and parameters that name functions which stay."""

    function: str
    parameters: tuple[str, ...]


def unit_word(tag: str, name: str) -> str | None:
    """The word in the name of a unit for which a letter's tag, or sector, is likely its own; None for none."""
    return _in(name, (word for line in _all()["units"].get(tag, ()) for word in line))


def staff_tags() -> tuple[str, ...]:
    """Tags that positions may tell."""
    return tuple(_all()["staff"])


def staff_word(tag: str, position: str) -> str | None:
    """The word in a position for which a tag is likely; None for none."""
    entry = _all()["staff"][tag]
    return None if _in(position, entry.get("not", ())) else _in(position, entry["words"])


def remark_tags() -> tuple[str, ...]:
    """Tags that remarks may tell."""
    return tuple(_all()["remarks"])


def remark_word(tag: str, remarks: Mapping[str, str]) -> str | None:
    """The first remark that says that a tag is likely, or the heading, where it says so, of a column that says yes; None for none."""
    entry = _all()["remarks"][tag]
    said = (heading if _is_yes(text) else text for heading, text in remarks.items())
    return next((text for text in said if _in(text, entry["words"]) and not _in(text, entry["not"])), None)


def _is_yes(text: str) -> bool:
    """Whether a cell only says yes, or is ticked."""
    return text.strip().casefold() in _TICKS or canonical(Kind.ANSWER, text) == "yes"


def kept_word(position: str) -> str | None:
    """The word in a position whose holders letters usually leave in the office; None for none."""
    return _in(position, (word for line in _all()["kept"]["words"] for word in line))


def kept() -> Kept:
    """How those who stay are marked."""
    entry = _all()["kept"]
    return Kept(entry["function"], tuple(entry["parameters"]))


def chosen(circular: str) -> Mapping[str, Any]:
    """Answers with which a workbook begins, by parameter."""
    return cast("Mapping[str, Any]", _all()["chosen"].get(circular, {}))


def in_full() -> tuple[str, str]:
    """Where a letter says who works in full: the parameter that tells whether they must, and the mark of units that do."""
    entry = _all()["letter"]
    return entry["must"], entry["mark"]


def staff_marked() -> str:
    """The parameter that names marks of staff who work in full."""
    return cast("str", _all()["letter"]["staff"])


def mark_word(mark: str, position: str, *, servant: bool) -> str | None:
    """The word in a position, of a civil servant or not, for which a mark that a letter names is likely; None for none."""
    entry = _all()["marks"].get(mark)
    if entry is None:
        return None
    return _in(position, entry["words"]) or (None if servant else _in(position, entry["others"]))


def _in(name: str, words: Iterable[str]) -> str | None:
    text = f"_{simple(name)}_"
    found = (word for word in words if f"_{simple(word)}_" in text and (word[0] != _FIRST or text.startswith(f"_{simple(word)}_")))
    return next((word.removeprefix(_FIRST) for word in found), None)


@cache
def _all() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("proposals.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", parse_document(text, "proposals.yaml").data)
