"""Help names every file that a plan can be written to."""

from __future__ import annotations

from giliran.cli.endings import ENDINGS
from giliran.files.formats import FORMATS


def test_help_and_writers_know_the_same_endings() -> None:
    """A format that is added has its words for the help of every command."""
    assert {f".{ending}" for ending in ENDINGS} == set(FORMATS)
