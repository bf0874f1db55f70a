"""What a shell completes names to; lists are loaded only when somebody presses the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from giliran.messages import LANGUAGES

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def beginning(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """The words that begin as what is typed."""
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def completed(words: Callable[[], Iterable[str]]) -> Completer:
    """How a value is completed that may be one of some names."""
    return lambda ctx, param, incomplete: beginning(words(), incomplete)


def circulars() -> Iterable[str]:
    """Names of circulars."""
    from giliran.circulars import packaged

    return packaged()


def kinds() -> Iterable[str]:
    """Words of kinds of rules and goals."""
    from giliran.rules.registry import goal_kinds, rule_kinds

    return [*rule_kinds(), *goal_kinds()]


def samples() -> Iterable[str]:
    """Names of instances that come along."""
    from giliran.files.samples import samples as names

    return names()


def pages() -> Iterable[str]:
    """Names of pages of the guide, in every language."""
    from giliran.guide import load_pages

    return sorted({page.topic for lang in LANGUAGES for page in load_pages(lang)})
