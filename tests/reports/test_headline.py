"""The headline: what must not be overlooked stands beside the status."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.messages import Lang, plain
from giliran.reports.report import Report
from giliran.reports.terminal import headlines
from giliran.reports.terminal.screen import Screen
from giliran.rules.base import STAFFED
from tests.builders import make_facts, make_schedule, make_view


def report(findings: list[Finding]) -> Report:
    """A report with some findings."""
    view = make_view(make_facts("AB", days=2))
    return Report(view, make_schedule(view.facts, "11 11"), findings)


def finding(said: str, told: Told = Told.HEADLINE, **changes: object) -> Finding:
    """A note."""
    return replace(Finding("own/r", "duty_officers", Strength.NOTE, 1, plain(said), told=told), **changes)  # type: ignore[arg-type]


def lines(findings: list[Finding], lang: Lang = "en") -> list[str]:
    """The headline's lines."""
    return [line.plain for line in headlines(Screen(Console(width=80), lang), report(findings))]


def test_nothing_to_tell_is_no_line() -> None:
    """A plan without anything odd has its status alone."""
    assert lines([finding("listed", Told.LIST)]) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "Shortfalls to be told: 2"), ("id", "Kekurangan yang perlu diketahui: 2")])
def test_shortfalls_are_counted(lang: Lang, words: str) -> None:
    """Shortfalls are a number, their sentences stand below."""
    [line] = lines([finding("one", Told.SHORTFALL), finding("two", Told.SHORTFALL)], lang)
    assert line.startswith(words)


def test_every_sentence_stands_there() -> None:
    """A report of everything leaves none out."""
    assert lines([finding(f"unit {k}") for k in range(9)]) == [f"  ! unit {k}" for k in range(9)]


def test_soft_floors_that_found_no_room_are_told() -> None:
    """A unit that should be staffed and is not, because a limit leaves no room, is told unless an empty unit already says so."""
    missed = [finding("missed", Told.LIST, strength=Strength.SHOULD, tier=STAFFED, unit=0, days=(day,)) for day in (0, 1)]
    [line] = lines(missed[1:])
    assert line == "  ! u: own/r found no room on Tuesday 13 July 2021"
    assert " ".join(" ".join(lines(missed)).split()).endswith("on Monday 12 July 2021 and Tuesday 13 July 2021")
    empty = finding("Bidang Satu stands empty", unit=0, days=(0, 1))
    assert lines([empty, *missed]) == ["  ! Bidang Satu stands empty"]
