"""Ranks from the names of positions: by packaged phrases alone, each with the phrase that decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from giliran.domain.words import ASN, Kind, canonical, meant_words, simple, words
from giliran.messages import Said, Sentence
from giliran.text import parse_document

ACTING = re.compile(r"^\s*(plt|plh|pj|pjs|pelaksana\s+tugas|pelaksana\s+harian|penjabat)\b\.?\s*", re.IGNORECASE)
_POSTS = re.compile(r"\s*(?:;|\n|\bmerangkap\b|\bsekaligus\b|\bselaku\b|[/(,&]\s*(?=(?:plt|plh|pj|pjs)\b)|\s/\s)\s*", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
_NO_ECHELON = frozenset({"", "0", "ne", "non", "non_eselon", "tidak_ada", "nihil"})
"""What columns of echelons say of whoever has none."""
_KA = re.compile(r"^ka\.?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Phrase:
    """An entry of the packaged list, one phrase each."""

    at: str
    words: str
    rank: str
    head: bool
    tag: str
    ask: Said | None
    part: bool

    def fits(self, position: str) -> bool:
        """Whether it stands where it should, as whole words."""
        padded, words = f" {position} ", f" {self.words} "
        if self.at == "begin":
            return padded.startswith(words)
        if self.at == "end":
            return padded.endswith(words)
        return padded == words if self.at == "whole" else words in padded


@dataclass(frozen=True)
class Read:
    """What the name of a position tells.

    Parameters
    ----------
    rank
        Empty for none.
    head
        Whether the person leads the unit, definitively or in an acting post.
    tag
        A mark, empty for none.
    phrase
        What decided; empty where nothing fits.
    ask
        Why somebody should look.
    part
        Whether the person leads the unit only where nobody else does, as the head of a section of a kelurahan.
    """

    rank: str = ""
    head: bool = False
    tag: str = ""
    phrase: str = ""
    ask: Said | None = None
    part: bool = False


def read_position(text: str) -> Read:
    """What the name of a position tells; of several posts in a cell the definitive one counts."""
    posts = [post for post in _POSTS.split(text) if post.strip()]
    definitive = [post for post in posts if not ACTING.match(post)]
    acting = len(definitive) < len(posts)
    for post in definitive:
        position = _plain(post)
        found = next((phrase for phrase in _phrases() if phrase.fits(position)), None)
        if found is not None:
            return Read(found.rank, found.head or acting, found.tag, found.words, found.ask, found.part and not acting)
    return Read(head=acting)


def given_rank(cells: Mapping[str, str]) -> str:
    """The rank that a row gives itself: its echelon, else a kind of position that is known; empty where the position has to tell.

    A kind that nobody knows, such as "Jabatan Struktural", counts only where there is no position to read.
    """
    echelon, rank = cells.get("echelon", ""), cells.get("rank", "")
    if simple(echelon) in _NO_ECHELON:
        echelon = ""
    known = canonical(Kind.RANK, rank) in words(Kind.RANK) or not cells.get("position")
    return echelon or (rank if known else "")


def is_asn(status: str, nip: str) -> bool:
    """Whether somebody is a civil servant, by the status, or where none is given by an NIP of 18 digits."""
    if status:
        return canonical(Kind.STATUS, status) in meant_words(Kind.STATUS, ASN)
    return len(nip) == 18 and nip.isdigit()


def _plain(post: str) -> str:
    """Small letters, one space for every sign, and the usual short form of "kepala" written out."""
    return _SIGNS.sub(" ", _KA.sub("kepala ", post.strip()).casefold()).strip()


@cache
def _phrases() -> tuple[Phrase, ...]:
    text = resources.files(__package__).joinpath("positions.yaml").read_text(encoding="utf-8")
    entries = cast("list[dict[str, Any]]", parse_document(text, "positions.yaml").data)
    return tuple(phrase for entry in entries for phrase in _of_entry(entry))


def _of_entry(entry: Mapping[str, Any]) -> Iterator[Phrase]:
    ask = entry.get("ask")
    said = None if ask is None else Sentence(en=ask["en"], id=ask["id"])()
    for phrase in entry["phrases"]:
        yield Phrase(entry["at"], phrase, entry["rank"], bool(entry.get("head")), entry.get("tag", ""), said, bool(entry.get("part")))
