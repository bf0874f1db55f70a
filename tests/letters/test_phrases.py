"""Phrases: what they stand for, a planner's own, and those that are refused with their reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from giliran import InputError
from giliran.domain.place import Place
from giliran.letters import grammar_with, read_letter
from giliran.letters.phrases import expanded
from giliran.text import TextError


def test_forms_of_a_phrase() -> None:
    """Brackets leave out, bars choose; every form once."""
    assert expanded("[dari] (kantor|rumah)") == [("kantor",), ("rumah",), ("dari", "kantor"), ("dari", "rumah")]
    assert expanded("s.d.") == [("s", "d")]


@pytest.mark.parametrize("phrase", ["()", "a (b", "a) b", "...", "a " * 20, "(a|b)" * 9, "[a(b|]c)"])
def test_no_phrase(phrase: str) -> None:
    """Nothing, brackets that do not match, too many words, too many forms."""
    with pytest.raises(TextError):
        expanded(phrase)


def write(path: Path, text: str) -> Path:
    """A file of phrases."""
    path.write_text(text, encoding="utf-8")
    return path


def test_phrases_of_a_planner(tmp_path: Path) -> None:
    """A word of a letter that nobody knew leads to a share once it is said what it means; the packaged grammar stays as it is."""
    text = "Pegawai ngadem paling banyak 40%."
    assert not read_letter(text, grammar_with(None), 2026).findings
    own = grammar_with(write(tmp_path / "frasa.yaml", "side:\n  home: ngadem, kerja santai\n"))
    [found] = read_letter(text, own, 2026).findings
    assert (found.side, found.number) == (Place.HOME, 4000)
    assert not read_letter(text, grammar_with(None), 2026).findings


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("sides: {home: ngadem}", 1, "sides"),
        ("side: {hone: ngadem}", 1, "hone"),
        ("side:\n  home: wfo", 2, "office"),
        ("side:\n  home: [1]", 2, "phrases"),
        ("side:\n  home: 'a (b'", 2, "brackets"),
        ("- wfo", 1, "classes"),
    ],
)
def test_bad_phrases_are_refused(text: str, line: int, said: str, tmp_path: Path) -> None:
    """An unknown class or meaning, a phrase that means something else already, what is no phrase: each with its line."""
    with pytest.raises(InputError) as refused:
        grammar_with(write(tmp_path / "frasa.yaml", text))
    [problem] = refused.value.problems
    assert problem.where.line == line and said in problem.text("en")


def test_all_bad_phrases_are_told_at_once(tmp_path: Path) -> None:
    """Three faults, three problems."""
    with pytest.raises(InputError) as refused:
        grammar_with(write(tmp_path / "frasa.yaml", "side:\n  home: wfo\n  atas: x\nlain: y\n"))
    assert len(refused.value.problems) == 3
