"""Workbooks lose nothing: what is written is read again as the same instance, in either language."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from giliran import InputError, Instance, load_instance
from giliran.books import book_of, read_book, write_book
from giliran.certificate.digest import digest_of
from giliran.files.converting import convert, moved, whole_sections
from giliran.generating import Family, GenerateOptions, generate_to
from giliran.messages import LANGUAGES, Lang
from giliran.preparing import compile_program
from tests.books.sheets import DATA
from tests.numbers import few_or_many

ROOT = Path(__file__).parents[2] / "instances"
SMALL = 200_000
"""Bytes of tables up to which an instance is converted in the fast tests."""
SHIPPED = sorted([*ROOT.glob("tiny/*.yaml"), *ROOT.glob("*/*/instance.yaml")])
QUICK = [path for path in SHIPPED if path.parent.name == "tiny" or sum(each.stat().st_size for each in path.parent.iterdir()) < SMALL]


def digest(instance: Instance) -> str:
    """What a certificate ties itself to: the whole program, who and when."""
    return digest_of(compile_program(instance), instance.facts.staff.ids, instance.facts.dates)


def same(one: Instance, other: Instance) -> bool:
    """Whether two instances say the same, up to where they stand."""
    told = [[note.said.text("en") for note in each.notes] for each in (one, other)]
    return told[0] == told[1] and (one.facts, one.rules, one.goals, one.tiers, one.document) == (
        *(other.facts, other.rules, other.goals, other.tiers, other.document),
    )


def _called(value: Path | Lang) -> str:
    """An instance or a language in the name of a test."""
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else value


def there_and_back(path: Path, folder: Path, lang: Lang) -> None:
    """An instance by way of a workbook is the same, and its sections are those of the workbook written again."""
    sections = moved(whole_sections(path), path.parent, folder)
    raw = write_book(sections, lang)
    (folder / "dinas.xlsx").write_bytes(raw)
    one, other = load_instance(path), load_instance(folder / "dinas.xlsx")
    assert same(one, other)
    assert digest(one) == digest(other)
    assert write_book(read_book(folder / "dinas.xlsx").data, lang) == raw


@pytest.mark.parametrize(("path", "lang"), [*zip(QUICK, itertools.cycle(LANGUAGES))], ids=_called)
def test_small_instances_that_ship(path: Path, lang: Lang, tmp_path: Path) -> None:
    """Every small instance that comes with giliran goes there and back, every other one in English."""
    there_and_back(path, tmp_path, lang)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "lang"), [*zip(QUICK, itertools.cycle(reversed(LANGUAGES)))], ids=_called)
def test_small_instances_in_the_other_language(path: Path, lang: Lang, tmp_path: Path) -> None:
    """The same in the language that the fast test leaves out."""
    there_and_back(path, tmp_path, lang)


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in SHIPPED if path not in QUICK], ids=lambda path: str(path.relative_to(ROOT)))
def test_large_instances_that_ship(path: Path, tmp_path: Path) -> None:
    """So does every large one."""
    there_and_back(path, tmp_path, "id")


@pytest.mark.parametrize("text", ["a\ud800", "a\uffff", "\ufffe"])
def test_what_no_cell_takes_is_refused(text: str) -> None:
    """A name with a code that is no character is told with its sheet and row; it would come back as another, or as none."""
    sections = {"horizon": {"start": "2026-08-03", "end": "2026-08-04"}, "staff": [{"id": "A", "name": text}]}
    with pytest.raises(InputError, match=r"Pegawai!2: .* holds a code that is no character"):
        write_book(sections, "id")


def test_a_duty_that_was_ordered_goes_there_and_back(tmp_path: Path) -> None:
    """Where an order stands is no part of what an instance says: `convert` finds the same instance in a file of another kind."""
    pins = [{"staff_id": "b", "date": "2026-08-05", "duty": "own/guard"}]
    duty = {"id": "guard", "kind": "duty_officers", "count": 1}
    raw = write_book({**DATA, "absences": [], "pins": pins, "rules": [duty]}, "id")
    (tmp_path / "dinas.xlsx").write_bytes(raw)
    for source, target in (("dinas.xlsx", "dinas.yaml"), ("dinas.yaml", "dinas.json"), ("dinas.json", "again.xlsx")):
        convert(tmp_path / source, tmp_path / target, "en")
    assert same(load_instance(tmp_path / "dinas.xlsx"), load_instance(tmp_path / "again.xlsx"))


@pytest.mark.parametrize("seed", range(12))
def test_instances_made_by_chance(seed: int, tmp_path: Path) -> None:
    """Instances of any families go there and back, in either language."""
    families = frozenset(family for k, family in enumerate(Family) if (seed * 37 + k * k) % 3)
    generate_to(GenerateOptions(15 + seed, 1 + seed % 2, seed, families), tmp_path / "made")
    there_and_back(tmp_path / "made" / "instance.yaml", tmp_path, LANGUAGES[seed % 2])


HOSTILE = [
    *("=1+1", "+62 812", "-", "@x", "'x", "x\ty", "two\nlines", "a\r\nb", "x" * 5000, "<script>alert(1)</script>"),
    *("_x0041_", "{a: 1}", "[x", '"q"', "a;b"),
]
"""What spreadsheets and markup languages make something of."""
TEXT = st.one_of(
    st.sampled_from(
        [*HOSTILE, "ya", "no", "010", "1e5", "2.50", "-0", "12", "2026-08-03", "1900-01-01", "50:50", "true", "null", "~", "#REF!"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20),
    st.text("\x01\x07\x1b\x85ab _x", max_size=8),
)
"""Any text that a file can hold, with a taste for those that fail."""
KEY = TEXT.filter(lambda text: 0 < len(text) < 100)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY, inner, max_size=3)),
    max_leaves=6,
)
COLUMNS = ["id", "nip", "name", "position", "unit", "tags", "home_only"]


@few_or_many(40, 150)
def test_cells_stay_what_was_typed(examples: int) -> None:
    """No text of a table becomes a formula, a number or another text; only space around it goes, as in every table."""

    @settings(max_examples=examples)
    @given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), TEXT, min_size=1), min_size=1, max_size=4), st.sampled_from(LANGUAGES))
    def comes_back(rows: list[dict[str, str]], lang: Lang) -> None:
        book = book_of(write_book({**DATA, "staff": rows}, lang), "x.xlsx")
        wanted = [{column: text.strip() for column, text in row.items() if text.strip()} for row in rows]
        assert not book.problems
        assert book.data.get("staff", []) == [row for row in wanted if row]

    comes_back()


@few_or_many(40, 150)
def test_whatever_has_no_sheet_of_its_own(examples: int) -> None:
    """Rules, reasons and the like come back with every value and type that YAML has."""

    @settings(max_examples=examples)
    @given(
        st.lists(st.dictionaries(KEY, VALUE, max_size=3), max_size=3),
        st.dictionaries(KEY, VALUE, max_size=3),
        st.sampled_from(LANGUAGES),
    )
    def comes_back(rules: list[dict[str, Any]], reasons: dict[str, Any], lang: Lang) -> None:
        book = book_of(write_book({**DATA, "rules": rules, "reasons": reasons}, lang), "x.xlsx")
        assert not book.problems
        assert book.data.get("rules", []) == rules
        assert book.data.get("reasons", {}) == reasons

    comes_back()


@few_or_many(40, 150)
def test_the_letter(examples: int) -> None:
    """The title and lists are what they were, whatever stands in them; choices of circulars in files too."""

    @settings(max_examples=examples)
    @given(
        TEXT,
        st.lists(TEXT, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b.c", "limit"]), st.one_of(TEXT, st.lists(TEXT, max_size=3))),
    )
    def comes_back(title: str, basis: list[str], choose: dict[str, Any]) -> None:
        data = {**DATA, "title": title, "document": {"basis": basis}, "circulars": [{"file": "surat.yaml", "choose": choose}]}
        book = book_of(write_book(data, "id"), "x.xlsx")
        assert not book.problems
        assert book.data["title"] == title
        assert book.data["document"]["basis"] == basis
        assert book.data["circulars"] == [{"file": "surat.yaml", **({"choose": choose} if choose else {})}]

    comes_back()
