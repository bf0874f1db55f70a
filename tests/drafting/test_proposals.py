"""Packaged proposals: every tag and parameter that they name is one that a packaged circular asks for."""

from __future__ import annotations

from importlib import resources
from typing import Any, cast

import pytest

from giliran.circulars import load_circular, packaged
from giliran.drafting import proposals
from giliran.drafting.proposals import chosen, kept, kept_word, staff_word, unit_word
from giliran.letters.grammar import classes
from giliran.text import parse_document

LETTERS = {name: load_circular(name) for name in packaged()}
DATA = cast(
    "dict[str, Any]",
    parse_document(resources.files("giliran.drafting").joinpath("proposals.yaml").read_text(encoding="utf-8"), "proposals.yaml").data,
)


def test_units_are_proposed_for_what_letters_ask() -> None:
    """Every tag is expected by a letter, or is a value of its sectors; and every tag that a letter asks about has words."""
    asked: set[str] = set()
    for letter in LETTERS.values():
        sector = letter.expects.units.sector
        asked |= {*letter.expects.units.tags, *(value for value in (sector.values if sector else ()) if sector and value != sector.default)}
    assert set(DATA["units"]) == asked


def test_parameters_that_proposals_answer_are_there() -> None:
    """Whoever renames one is told here."""
    assert all(any(name in letter.parameters for letter in LETTERS.values()) for name in kept().parameters)
    for name, answers in DATA["chosen"].items():
        for parameter, value in answers.items():
            if parameter in LETTERS[name].parameters:
                LETTERS[name].parameters[parameter].read(value)
    assert chosen("muba-2020") == {}


def test_staff_tags_are_named_by_letters() -> None:
    """A mark that nothing asks for would only stand there."""
    named = {word for p in LETTERS["umum"].parameters.values() if p.type == "tags" for word in cast("tuple[str, ...]", p.read(p.default))}
    assert set(proposals.staff_tags()) <= named


def test_marks_are_those_that_letters_are_read_for() -> None:
    """Each mark of staff that the text of a letter may keep in the office has words of positions, and no other has; so its answer holds."""
    assert set(DATA["marks"]) == set(classes()["mark"])
    assert LETTERS["umum"].parameters[proposals.staff_marked()].type == "tags"


@pytest.mark.parametrize(
    ("position", "servant", "marks"),
    [
        ("Petugas Keamanan", False, ["keamanan"]),
        ("Petugas Keamanan", True, ["keamanan"]),
        ("Keamanan", False, ["keamanan"]),
        ("Analis Keamanan Pangan", True, []),
        ("Tenaga Kebersihan", False, ["kebersihan"]),
        ("Kepala Seksi Kebersihan", True, []),
        ("Sopir", False, ["pengemudi"]),
        ("Teknisi", False, ["teknisi"]),
        ("Teknisi Elektromedis", True, []),
    ],
)
def test_words_of_marks(position: str, servant: bool, marks: list[str]) -> None:
    """A guard is one whoever employs him; an analyst of food safety is none."""
    assert [mark for mark in DATA["marks"] if proposals.mark_word(mark, position, servant=servant)] == marks


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Seksi Pelayanan Perizinan", "pelayanan"),
        ("PUSKESMAS SUKAMAJU", "puskesmas"),
        ("UPTD Damkar", "damkar"),
        ("Bidang Data", None),
        ("Bidang Pelayaran", None),
    ],
)
def test_words_in_names_of_units(name: str, word: str | None) -> None:
    """Whole words, whatever their letters."""
    assert unit_word("full_service", name) == word


def test_words_that_have_to_stand_first() -> None:
    """A division for schools is no school."""
    assert unit_word("education", "Sekolah Dasar Negeri 3") == "sekolah"
    assert unit_word("education", "Bidang Sekolah Dasar") is None


@pytest.mark.parametrize(
    ("position", "tag", "word"),
    [
        ("Bendahara Pengeluaran", "bendahara", "bendahara"),
        ("Operator SIPD", "operator", "operator"),
        ("Operator Layanan Operasional", "operator", None),
        ("Kooperator", "operator", None),
    ],
)
def test_words_in_positions(position: str, tag: str, word: str | None) -> None:
    """Some positions hold a word and mean something else."""
    assert staff_word(tag, position) == word


def test_who_is_usually_kept() -> None:
    """Guards, cleaners and drivers."""
    assert [kept_word(text) for text in ("Petugas Keamanan", "Pengemudi", "Analis")] == ["keamanan", "pengemudi", None]
