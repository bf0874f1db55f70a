"""Words of the command line before any command runs."""

from __future__ import annotations

import pytest

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
