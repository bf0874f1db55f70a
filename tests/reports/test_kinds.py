"""`giliran rules`: kinds for people."""

from __future__ import annotations

import io
from functools import cache

import pytest
import yaml
from rich.console import Console

from giliran.errors import InputError
from giliran.messages import LANGUAGES, Lang
from giliran.reports.terminal.kinds import report_kind, report_kinds
from giliran.rules.registry import example, goal_kinds, rule_kinds

KINDS = sorted({**rule_kinds(), **goal_kinds()})


@cache
def shown(kind: str | None = None, lang: Lang = "en", width: int = 80) -> str:
    """What is printed."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    report_kinds(console, lang) if kind is None else report_kind(console, kind, lang)
    return out.getvalue()


def test_every_kind_is_listed() -> None:
    """The list names every kind that may stand in a file, and no other."""
    listed = {line.split()[0] for line in shown().splitlines() if line.startswith("  ") and not line.startswith("   ")}
    assert listed == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page(kind: str) -> None:
    """Each kind says what it means, gives its source and an example, and keeps to the width."""
    text = shown(kind)
    for word in ("Meaning: ", "Example", f"kind: {kind}"):
        assert word in text
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.once
@pytest.mark.parametrize("lang", LANGUAGES)
def test_narrow_screens(lang: Lang) -> None:
    """On a narrow screen the list and every page keep to the width too; an example is YAML, whose words are never parted."""
    for text in (shown(lang=lang, width=40), *(shown(kind, lang, 40).rpartition("\n\n")[0] for kind in KINDS)):
        assert all(len(line) <= 40 for line in text.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_summaries_are_in_the_readers_language(lang: Lang) -> None:
    """The list and the page of a kind begin with its summary in the language asked for."""
    listed = " ".join(shown(lang=lang).split())
    for kind, cls in {**rule_kinds(), **goal_kinds()}.items():
        words = cls.summary().text(lang)
        assert words in listed
        assert " ".join(shown(kind, lang).split()).startswith(f"{kind} {words}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_shows_the_example(kind: str) -> None:
    """What stands under "Example" is the kind's own, and can be copied into a file."""
    assert yaml.safe_load(shown(kind).split("\nExample\n")[1]) == [example(kind)]


def test_unknown_kind() -> None:
    """An unknown kind is answered with the nearest known one."""
    with pytest.raises(InputError) as caught:
        shown("duty_oficers")
    assert "Did you mean duty_officers?" in caught.value.text()
