"""Nothing that a stranger wrote makes a message longer than somebody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from giliran.cli.failing import failure_of
from giliran.errors import MOST_TOLD, InputError, Problem, Where
from giliran.messages import Sentence, Whole, few, plain

SAYS = Sentence(en="found '{found}'", id="ditemukan '{found}'")
LIST = Sentence(en="found {found}", id="ditemukan {found}")


def test_a_quoted_text_is_cut_after_two_hundred_characters() -> None:
    """The first 200 characters stand there, and a sign that there were more; one of exactly 200 is whole."""
    assert SAYS(found="x" * 1_000_000).text("en") == f"found '{'x' * 200}…'"
    assert SAYS(found="x" * 200).text("id") == f"ditemukan '{'x' * 200}'"


def test_a_code_is_not_parted() -> None:
    """Characters are counted as they were written: the last one stands as a whole code."""
    assert SAYS(found="\x1b" * 300).text() == "found '" + "\\x1b" * 200 + "…'"
    assert SAYS(found="\U0001f600" * 300).text() == "found '" + "\U0001f600" * 200 + "…'"


def test_a_sentence_inside_a_sentence_is_cut_by_its_values_alone() -> None:
    """Our own words around a quotation are never lost."""
    inner = SAYS(found="y" * 500)
    assert SAYS(found=inner).text() == f"found '{inner.text()}'"


def test_paths_and_own_words_are_whole() -> None:
    """The name of a file and lists of our own words may be longer."""
    path = Path("/".join(["folder"] * 60))
    assert str(path) in SAYS(found=path).text()
    assert SAYS(found=Whole("z" * 500)).text() == f"found '{'z' * 500}'"


@pytest.mark.parametrize(("lang", "end"), [("en", " and 999950 more"), ("id", " dan 999950 lainnya")])
def test_of_a_long_list_the_rest_is_counted(lang: str, end: str) -> None:
    """Fifty names of a million are named."""
    names = [plain("c")] * 1_000_000
    text = LIST(found=names).text("en" if lang == "en" else "id")
    assert text.endswith(end) and text.count("c") == 50


@pytest.mark.parametrize(
    ("names", "en", "id_"),
    [
        (["A", "B", "C"], "found A, B and C", "ditemukan A, B dan C"),
        (["A", "B", "C", "D", "E"], "found A, B, C and 2 more", "ditemukan A, B, C dan 2 lainnya"),
        (["A", "B, S.E.", "C", "D"], "found A; B, S.E.; C; 1 more", "ditemukan A; B, S.E.; C; 1 lainnya"),
    ],
)
def test_of_a_few_items_the_rest_is_counted(names: list[str], en: str, id_: str) -> None:
    """The rest is the last item of the list: no "C and D and 1 more"."""
    said = LIST(found=few(names, 3))
    assert (said.text("en"), said.text("id")) == (en, id_)


def test_a_place_is_cut_too() -> None:
    """A key of a megabyte makes no message of a megabyte, and neither does a name of a file that no system takes."""
    assert str(Where("a.yaml", 3, "k" * 1_000_000)) == f"a.yaml:3: {'k' * 200}…"
    assert len(str(Where("f" * 1_000_000))) < 5000


def test_of_very_many_problems_the_rest_is_counted_for_each_file() -> None:
    """A hundred of each file are told, in their order, in both languages and over the command line."""
    problems = [Problem(Where(file, line), plain("wrong")) for line in range(1, 301) for file in ("a.csv", "b.csv")]
    error = InputError([*problems, Problem(Where("c.csv"), plain("wrong"))])
    lines = error.text().splitlines()
    assert len(lines) == 2 * MOST_TOLD + 1 + 2
    assert lines[-2:] == ["a.csv: and 200 more problems in this file", "b.csv: and 200 more problems in this file"]
    assert failure_of(error).text("id").splitlines()[-1] == "b.csv: dan 200 masalah lain dalam berkas ini"
    assert len(error.problems) == 601
