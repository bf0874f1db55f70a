"""Words of the command line before any command runs."""

from __future__ import annotations

import pytest

from giliran.cli import main
from giliran.cli.language import language_of


@pytest.mark.parametrize(
    ("argv", "variable", "lang"),
    [
        ([], "", "en"),
        ([], "id", "id"),
        ([], " ID", "id"),
        ([], "id_ID.UTF-8", "id"),
        ([], "indonesia", "en"),
        (["solve", "--lang", "id"], "", "id"),
        (["solve", "--lang=en"], "id", "en"),
        (["--lang", "id", "solve", "--lang", "en"], "", "en"),
        (["solve", "--lang"], "", "en"),
        (["solve", "--lang", "fr"], "id", "en"),
        (["solve", "--", "--lang", "id"], "", "en"),
    ],
)
def test_language(argv: list[str], variable: str, lang: str) -> None:
    """The last `--lang` counts, then the variable, then English."""
    assert language_of(argv, {"GILIRAN_LANG": variable}) == lang


@pytest.mark.parametrize(("lang", "said"), [("en", "[required]"), ("id", "[wajib diisi]")])
def test_required_options(lang: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What must be given is marked in the language of the help."""
    assert main(["generate", "--help", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert said in out and out.count("[required]") == (2 if lang == "en" else 0)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["solve", "--verbose=3", "x"], "the option --verbose takes no value\n  See giliran solve --help."),
        (["solve", "x", "--time-limit"], "the option --time-limit takes one value\n  See giliran solve --help."),
        (["--version=3"], "the option --version takes no value\n  See giliran --help."),
        (["solve", "--help=3", "--lang", "id"], "pilihan --help tidak memerlukan nilai\n  Lihat giliran solve --help."),
    ],
)
def test_values_of_options(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    """An option without a value, and a value too many, are told apart, without the parser's own words."""
    assert main(argv) == 2
    assert capsys.readouterr().err.strip() == words


@pytest.mark.parametrize(
    ("argv", "option"),
    [
        (["solve", ""], "INSTANCE"),
        (["check", "i.yaml", ""], "SCHEDULE"),
        (["solve", "i.yaml", "-o", ""], "--output"),
        (["solve", "i.yaml", "--out-dir", ""], "--out-dir"),
        (["generate", "--staff", "50", "-o", ""], "--output"),
    ],
)
def test_empty_names_are_refused(capsys: pytest.CaptureFixture[str], argv: list[str], option: str) -> None:
    """A name that is empty, as where a variable of the shell is not set, never means the folder at hand."""
    assert main(argv) == 2
    assert capsys.readouterr().err.strip() == f"{option}: the name is empty; maybe it stands in a variable that is not set"


def test_names_that_no_file_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that passes a name with NUL in it is told so."""
    assert main(["check", "i\0.yaml", "p.csv"]) == 2
    assert capsys.readouterr().err.strip() == "INSTANCE: its name holds characters that no file name may have here"
