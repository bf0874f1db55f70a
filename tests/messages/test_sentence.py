"""Sentences: both languages, the same places, values written as each language writes them."""

import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

import giliran
from giliran.messages import Percent, Sentence, decimal, nearest, plain

GREETING = Sentence(en="{who} comes on {day}", id="{who} masuk pada {day}")


def test_values_are_written_in_the_readers_language() -> None:
    """Dates, fractions, shares, lists and sentences within sentences follow the language; text does not."""
    said = GREETING(who=["Ani", plain("Budi"), "Citra"], day=dt.date(2021, 7, 13))
    assert said.text("en") == "Ani, Budi and Citra comes on Tuesday 13 July 2021"
    assert said.text("id") == "Ani, Budi dan Citra masuk pada Selasa 13 Juli 2021"
    numbers = Sentence(en="{share} of {of} is {number}", id="{share} dari {of} adalah {number}")(
        share=Percent(1250), of=plain(GREETING(who="x", day="y").text("en")), number=Fraction(15, 2)
    )
    assert numbers.text("en") == "12.5 % of x comes on y is 7.5"
    assert numbers.text("id") == "12,5% dari x comes on y adalah 7,5"


def test_names_with_commas_are_parted_by_semicolons() -> None:
    """Of "Ani, S.E., Budi and Citra" nobody knows how many people they are."""
    said = GREETING(who=["Ani, S.E.", plain("Budi"), "Citra, M.Si."], day="Friday")
    assert said.text("en") == "Ani, S.E.; Budi; Citra, M.Si. comes on Friday"
    assert GREETING(who=["Ani, S.E."], day="Jumat").text("id") == "Ani, S.E. masuk pada Jumat"


@pytest.mark.parametrize(
    ("template", "name", "text"),
    [
        ("Only {name}. If away, call.", "Fajar, A.Md.", "Only Fajar, A.Md. If away, call."),
        ("Only {name}.", "Fajar, A.Md.", "Only Fajar, A.Md."),
        ("Only {name}.", "Fajar", "Only Fajar."),
        ("{name}.csv, {name}: ...", "a.", "a..csv, a.: ..."),
        ("{{{name}}}.", "A.", "{A.}."),
    ],
)
def test_a_name_that_ends_with_a_full_stop_ends_a_sentence(template: str, name: str, text: str) -> None:
    """No second full stop behind a title, and none is lost elsewhere."""
    assert Sentence(en=template, id=template)(name=name).text() == text


def test_languages_have_the_same_places() -> None:
    """A sentence that forgets a value in one language cannot be made."""
    with pytest.raises(ValueError, match="placeholders differ"):
        Sentence(en="{a} and {b}", id="{a}")


def test_every_value_must_be_given() -> None:
    """A sentence is not said with a hole in it."""
    with pytest.raises(ValueError, match=r"no value for \['day'\]"):
        GREETING(who="Ani")


def test_values_are_no_templates() -> None:
    """Braces in a name are a name."""
    assert GREETING(who="{day}", day="{0.__class__}").text("id") == "{day} masuk pada {0.__class__}"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 units stand"), (1, "1 unit stands"), (2, "2 units stand"), (Fraction(3, 2), "1.5 units stand")]
)
def test_words_follow_their_number(count: int | Fraction, text: str) -> None:
    """One unit is no "1 units"; the word for several serves every other number."""
    assert Sentence(en="{n} {n:unit stands|units stand}", id="{n} unit")(n=count).text("en") == text


def test_counted_things_have_a_word_for_one() -> None:
    """No sentence puts a count before a plural that 1 would spoil."""
    counts = r"\{(?:count|people|weeks)\} (?:more |other |duty )*(?:[a-z]+s|people)\b"
    assert [place for place, sentence in sentences() if re.search(counts, sentence.en) and "times" not in sentence.en] == []


@pytest.mark.parametrize(("word", "near"), [("pelaksna", "pelaksana"), ("xyz", None)])
def test_nearest(word: str, near: str | None) -> None:
    """The nearest known word is offered only when it is near."""
    assert nearest(word, ["pelaksana", "pengawas"]) == near


def sentences() -> Iterator[tuple[str, Sentence]]:
    """Every sentence that stands in a module, with its place."""
    for module in pkgutil.walk_packages(giliran.__path__, "giliran."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            found = [value] if isinstance(value, Sentence) else list(value.values()) if isinstance(value, dict) else []
            yield from ((f"{module.name}.{name}", item) for item in found if isinstance(item, Sentence))


def test_no_sentence_is_missing() -> None:
    """Every sentence of the package says something in both languages, and not the same English words twice.

    Only the remark that descriptions of kinds are in English has nothing to say in English.
    """
    found = list(sentences())
    assert len(found) > 300
    for place, sentence in found:
        words = {lang: re.findall(r"[^\W\d_]+", re.sub(r"\{[^}|]*\}|`[^`]*`", "", text)) for lang, text in vars(sentence).items()}
        assert bool(words["en"]) == bool(words["id"]) or place == "giliran.reports.terminal.kinds._ENGLISH", place
        assert sentence.en != sentence.id or len(words["en"]) <= 1, place


@pytest.mark.parametrize(
    ("value", "en", "id_"), [(0.5, "0.5", "0,5"), (30.0, "30", "30"), (1e6, "1000000", "1000000"), (0.0001, "0.0001", "0,0001")]
)
def test_decimals_are_written_as_people_do(value: float, en: str, id_: str) -> None:
    """Neither powers of ten nor noughts at the end, and a comma in Indonesian."""
    assert (decimal(value).text("en"), decimal(value).text("id")) == (en, id_)
