"""Shells complete commands, options and the names that come along."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from giliran.cli.app import build


def completions(*words: str) -> list[str]:
    """What a shell shows after the last word."""
    *before, last = words
    return [item.value for item in ShellComplete(build("en"), {}, "giliran", "_GILIRAN_COMPLETE").get_completions(list(before), last)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("so",), ["solve"]),
        (("rek",), ["rekap"]),
        (("circulars", "mu"), ["muba-2020"]),
        (("new", "--circular", "um"), ["umum"]),
        (("rules", "office_c"), ["office_cap"]),
        (("solve", "--sample", "week"), ["weekly-teams"]),
        (("guide", "mencetak"), ["mencetak-dan-mengirim"]),
        (("guide", "print"), ["print-and-send"]),
        (("schema", "cert"), ["certificate"]),
        (("check", "--lang", ""), ["en", "id"]),
        (("solve", "--sam"), ["--sample"]),
        (("rules", "nothing-begins-so"), []),
    ],
)
def test_what_is_shown(words: tuple[str, ...], shown: list[str]) -> None:
    """Each by what is there: a new circular, kind, sample or page is completed without being named anywhere else."""
    assert completions(*words) == shown


def test_commands_are_shown_by_their_own_names() -> None:
    """Where nothing is typed yet, other names of a command are left out."""
    assert {"solve", "recap"} <= set(completions("")) and "rekap" not in completions("")
