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
