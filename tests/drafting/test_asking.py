"""Questions one after the other: what Enter, numbers, words, `?` and wrong answers do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest

from giliran.drafting.asking import WIDTH, Interview, Option, Question, ask, by_default
from giliran.drafting.draft import Draft, interview
from giliran.drafting.letter_weeks import next_week, period_said
from giliran.messages import Lang, bilingual, plain
from giliran.text import TextError

TODAY = dt.date(2026, 7, 29)
"""A Wednesday."""


def number(text: str) -> int:
    """A number of an answer."""
    if not text.isdigit():
        raise TextError(plain(f"{text} is no number"), plain("Write 7."))
    return int(text)


COLOUR = Question("colour", plain("Which?"), "red", plain("red"), str, (Option("red", plain("red")), Option("blue", plain("blue"))))
COUNT = Question("count", plain("How many?"), 3, plain("3"), number, explained=plain("Any number."))


def two() -> Interview[tuple[object, object]]:
    """Two questions, the second only after blue."""
    colour = yield COLOUR
    count = (yield COUNT) if colour == "blue" else None
    return colour, count


def told(answers: Sequence[str], lang: Lang = "en") -> tuple[object, list[str]]:
    """What is answered, and everything that is said and asked on the way."""
    said: list[str] = []
    lines: Iterator[str] = iter(answers)

    def read(prompt: str) -> str:
        said.append(prompt)
        return next(lines)

    return ask(two(), read, said.append, lang), said


@pytest.mark.parametrize(
    ("answers", "meant"),
    [([""], ("red", None)), (["2", ""], ("blue", 3)), (["blue", "7"], ("blue", 7)), (["1"], ("red", None)), (["2", "x", "9"], ("blue", 9))],
)
def test_answers(answers: list[str], meant: tuple[object, object]) -> None:
    """Enter takes the default, a number an option, words what is read; a question that does not matter is not asked."""
    assert told(answers)[0] == meant


def test_a_wrong_answer_is_asked_again_with_the_reason() -> None:
    """What is expected, and advice, then the same prompt."""
    said = told(["3", "2", "many", ""])[1]
    assert "  there is no answer number 3; the last one is 2" in said
    assert said[-4:] == ["[3] ", "  many is no number", "  Write 7.", "[3] "]


def test_a_question_mark_explains() -> None:
    """What is asked for, how to answer, what Enter means."""
    said = told(["?", "2", "?", ""])[1]
    assert "  Write the number or the words." in said
    assert said[-4:] == ["[3] ", "  Any number.", "  Enter takes: 3", "[3] "]


def test_the_end_of_the_answers_ends_it() -> None:
    """Whatever the reader raises, such as the end of the input, comes out."""

    def ended(prompt: str) -> str:
        raise EOFError

    with pytest.raises(EOFError):
        ask(two(), ended, lambda line: None, "en")


def test_all_defaults() -> None:
    """What Enter to everything means, without anybody to ask."""
    assert by_default(two()) == ("red", None) == told([""])[0]


def test_long_questions_are_broken_into_lines() -> None:
    """Nothing that is said is wider than a screen."""
    said: list[str] = []
    long = Question("long", bilingual(en="word " * 60, id="kata " * 60), "", plain("x"), str, (Option("", plain("answer " * 30)),))

    def one() -> Interview[object]:
        return (yield long)

    ask(one(), lambda prompt: "", said.append, "id")
    assert len(said) > 4 and max(map(len, said)) <= WIDTH


def letter(answers: Sequence[str]) -> Draft:
    """The draft of an empty workbook after some answers, then Enter to the rest."""
    given = iter(answers)
    return ask(interview(TODAY, None, None, "id"), lambda prompt: next(given, ""), lambda line: None, "id")


def test_the_letter_by_default() -> None:
    """An ordinary letter, for the next working week."""
    draft = letter([])
    assert draft.sections["horizon"] == {"start": dt.date(2026, 8, 3), "end": dt.date(2026, 8, 7)}
    assert [entry["name"] for entry in draft.sections["circulars"]] == ["umum"]
    assert "document" not in draft.sections


def test_the_letter_that_was_told() -> None:
    """By number, title or name; its number becomes the basis, its days are those of one line."""
    draft = letter(["umum", "800/12/2026", "10 s.d. 14 Agustus 2026", "Dinas X", "rumah", "30%"])
    assert draft.sections["document"] == {"basis": ["Surat Edaran Nomor 800/12/2026"]}
    assert draft.sections["horizon"] == {"start": dt.date(2026, 8, 10), "end": dt.date(2026, 8, 14)}
    assert draft.sections["title"] == "Dinas X"


def test_a_letter_that_comes_along_has_its_number() -> None:
    """It is not asked for; the next question is about the days."""
    draft = letter(["muba-2020", "18 - 22 Mei 2020"])
    assert draft.sections["circulars"] == [{"name": "muba-2020"}]
    assert draft.sections["horizon"]["start"] == dt.date(2020, 5, 18)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("muba-2021", "Apakah maksudnya muba-2020?"),
        ("lain.yaml", "lain.yaml"),
    ],
)
def test_a_letter_that_nobody_knows_is_asked_again(wrong: str, said: str) -> None:
    """With the nearest name, or what is wrong with the file."""
    lines: list[str] = []
    given = iter([wrong])
    ask(interview(TODAY, None, None, "id"), lambda prompt: next(given, ""), lines.append, "id")
    assert any(said in line for line in lines)


def test_a_part_of_the_words_of_one_answer_is_that_answer() -> None:
    """Where no other answer holds it; else it is asked again."""

    def one() -> Interview[object]:
        options = (Option(1, plain("in the office")), Option(2, plain("at home")), Option(3, plain("at the hospital")))
        return (yield Question("place", plain("Where?"), 1, plain("in the office"), number, options))

    given = iter(["at", "Home"])
    assert ask(one(), lambda prompt: next(given), lambda line: None, "en") == 2


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (dt.date(2026, 7, 29), dt.date(2026, 8, 3)),
        (dt.date(2026, 8, 3), dt.date(2026, 8, 10)),
        (dt.date(2026, 8, 2), dt.date(2026, 8, 3)),
        (dt.date(2025, 3, 26), dt.date(2025, 4, 7)),
    ],
)
def test_the_next_working_week(today: dt.date, first: dt.date) -> None:
    """The Monday after a day, also on a Monday and a Sunday; the week of Lebaran 2025, all holidays and joint leave, is passed over."""
    assert next_week(today) == (first, first + dt.timedelta(days=4))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (dt.date(2026, 8, 3), dt.date(2026, 8, 7), "3–7 Agustus 2026"),
        (dt.date(2026, 8, 31), dt.date(2026, 9, 4), "31 Agustus – 4 September 2026"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 1), "28 Desember 2026 – 1 Januari 2027"),
        (dt.date(2026, 8, 3), dt.date(2026, 8, 3), "3 Agustus 2026"),
    ],
)
def test_days_as_people_write_them(first: dt.date, last: dt.date, said: str) -> None:
    """Month and year once where they are the same."""
    assert period_said(first, last).text("id") == said
