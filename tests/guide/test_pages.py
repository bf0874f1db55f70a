"""The guide: the same pages in every language, found by any of their names, shown as the terminal or the pipe wants them."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

import giliran
from giliran.cli import main
from giliran.errors import InputError
from giliran.guide import load_page, load_pages
from giliran.messages import LANGUAGES, Lang
from giliran.reports.terminal.guide import report_page
from tests.examples import ROOT

PACKAGE = Path(giliran.__file__).parent

WIDEST = 88
"""Characters of a line of a page."""


def asked(capture: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """What `giliran guide …` ends with, prints and says."""
    code = main(["guide", *words])
    return code, *capture.readouterr()


def shape_of(line: str) -> str:
    """A heading's level, a fence with its language, the bars of a row; empty for other lines."""
    return line.split()[0] if line.startswith(("#", "```")) else "|" * line.count("|") if line.startswith("|") else ""


def test_same_pages_in_both_languages() -> None:
    """No page is missing in a language, and the order is the same."""
    english, indonesian = ([page.name for page in load_pages(lang)] for lang in LANGUAGES)
    assert english == indonesian and len(english) >= 9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_same_shape_in_both_languages(lang: Lang) -> None:
    """A page has as many headings, examples and rows of tables in every language, so that nothing is told in one alone."""
    for page, other in zip(load_pages(lang), load_pages("en"), strict=True):
        shapes = [[shape for line in text.splitlines() if (shape := shape_of(line))] for text in (page.text, other.text)]
        assert shapes[0] == shapes[1], page.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_begins_with_its_title_and_one_sentence(lang: Lang) -> None:
    """The list shows what stands at the head of a page."""
    for page in load_pages(lang):
        assert page.text.startswith(f"# {page.title}\n\n{page.summary}\n"), page.name
        assert page.summary.endswith((".", "?", "”.")) and len(page.summary) <= 100, page.summary


def test_english_names_are_those_of_the_files() -> None:
    """The name of a file is the English title, so that either leads to the page."""
    assert all(page.name == page.topic for page in load_pages("en"))


def test_list_of_pages(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a topic the pages are listed with one line each, in the language chosen."""
    monkeypatch.setenv("COLUMNS", "80")
    for lang in LANGUAGES:
        code, out, _ = asked(capsys, "--lang", lang)
        assert code == 0
        assert all(re.search(f"^  {page.topic}( |$)", out, re.MULTILINE) for page in load_pages(lang))
        assert max(map(len, out.splitlines())) <= 80


def test_language_of_the_environment(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has set the language once and for all reads the guide in it."""
    monkeypatch.setenv("GILIRAN_LANG", "id")
    assert asked(capsys, "next", "week")[1].startswith("# Minggu berikutnya\n")


@pytest.mark.parametrize(
    "words", [("next-week",), ("Next", "week"), ("next_week",), ("minggu-berikutnya",), ("minggu", "berikutnya")], ids=str
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_topics_by_any_name(words: tuple[str, ...], lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """A page is found by its name in either language, with dashes or spaces, and is shown in the language chosen."""
    code, out, _ = asked(capsys, *words, "--lang", lang)
    assert code == 0
    assert out.startswith({"en": "# Next week\n", "id": "# Minggu berikutnya\n"}[lang])


def test_a_part_finds_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Who types the heading of a part gets the page that has it."""
    code, out, _ = asked(capsys, "ada", "yang", "sakit", "--lang", "id")
    assert code == 0
    assert out.startswith("# Apa yang berubah\n") and "## Ada yang sakit" in out


@pytest.mark.parametrize(
    ("typed", "lang", "near"),
    [
        ("frist week", "en", "first-week"),
        ("first-wek", "id", "first-week"),
        ("minggu petrama", "id", "minggu-pertama"),
        ("istilh", "en", "istilah"),
    ],
)
def test_misspelt_topic(typed: str, lang: Lang, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt topic is met with the near one, in whichever language it was meant."""
    code, out, talk = asked(capsys, *typed.split(), "--lang", lang)
    assert code == 2 and out == ""
    assert typed in talk and near in talk


def test_first_words_of_one_topic_are_enough() -> None:
    """What begins one topic alone leads to its page; what begins several leads to none."""
    assert load_page("mencetak", "id").topic == "mencetak-dan-mengirim" and load_page("Print", "en").topic == "print-and-send"
    with pytest.raises(InputError):
        load_page("what", "en")


def test_unknown_topic_lists_those_of_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    """A topic that is like none is met with the topics of the language."""
    _, _, talk = asked(capsys, "zzz", "--lang", "id")
    assert "minggu-pertama" in talk and "first-week" not in talk


def test_a_page_of_another_language_is_not_shown(tmp_path: Path) -> None:
    """A page that a language does not have is refused with the way to the other one, and never shown in its place."""
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
    (tmp_path / "en" / "10-only-here.md").write_text("# Only here\n\nOne sentence.\n\nText.\n", encoding="utf-8")
    assert load_page("only here", "en", tmp_path).title == "Only here"
    with pytest.raises(InputError) as caught:
        load_page("only here", "id", tmp_path)
    assert "giliran guide only-here --lang en" in caught.value.text("id")


def test_pipe_gets_the_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """Into a pipe goes the page as it is, without colours, marks for tests or broken lines."""
    _, out, talk = asked(capsys, "new-letter")
    assert out == load_page("new-letter", "en").text and talk == ""
    assert "\x1b" not in out and "<!--" not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pipe_gets_lines_for_a_screen(lang: Lang) -> None:
    """Only rows of tables are longer than a screen is wide; a few characters more are what links and code may need."""
    lines = [line for page in load_pages(lang) for line in page.text.splitlines() if not line.startswith("|")]
    assert [line for line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("typed", ["", " ", "--", "-"])
def test_no_topic_is_told_without_an_empty_place(typed: str) -> None:
    """Where what is typed names nothing, no empty quotes are shown, but the pages that there are."""
    with pytest.raises(InputError) as caught:
        load_page(typed, "en")
    assert caught.value.text().startswith("no page of the guide is named\n  Known: circular-files")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80])
def test_terminal_gets_it_rendered(lang: Lang, width: int) -> None:
    """In a terminal every page keeps to its width, and headings and code are no longer marked up by signs."""
    for page in load_pages(lang):
        screen = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
        report_page(screen, page)
        text = screen.file.getvalue()  # type: ignore[attr-defined]
        assert max(map(len, text.splitlines())) <= width, page.name
        assert page.title in text and "```" not in text and "\n## " not in text and "| --- |" not in text


def test_package_data_travels() -> None:
    """Every file of the package that is no module is named among its data, so that an installed giliran has it."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]["giliran"]
    data = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert data == {path for pattern in named for path in PACKAGE.glob(pattern)}
