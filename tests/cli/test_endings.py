"""Help names every file that a plan can be written to."""

from __future__ import annotations

import re

from giliran.cli.endings import ENDINGS
from giliran.files.formats import FORMATS
from giliran.files.writing import export


def test_help_and_writers_know_the_same_endings() -> None:
    """A format that is added has its words for the help of every command."""
    assert {f".{ending}" for ending in ENDINGS} == set(FORMATS)


def test_programmers_are_told_every_ending() -> None:
    """What `export` says of itself names every format."""
    assert export.__doc__ is not None and set(FORMATS) <= set(re.findall(r"`(\.\w+)`", export.__doc__))
