"""What every kind that may stand in a file says about itself."""

from __future__ import annotations

import inspect

import pytest

from giliran.messages import LANGUAGES
from giliran.rules.base import Statement
from giliran.rules.registry import goal_kinds, rule_kinds

PUBLIC: dict[str, type[Statement]] = {**rule_kinds(), **goal_kinds()}


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_has_its_own_summary(kind: str) -> None:
    """The summary stands in the kind's own class, and in English is the first line of its docstring."""
    assert "summary" in vars(PUBLIC[kind])
    assert PUBLIC[kind].summary.en == inspect.cleandoc(PUBLIC[kind].__doc__ or "").splitlines()[0]


def test_summaries_differ() -> None:
    """No two kinds share a summary, in no language, and no summary is the same in both languages."""
    said = [kind.summary().text(lang) for kind in PUBLIC.values() for lang in LANGUAGES]
    assert len(set(said)) == len(PUBLIC) * len(LANGUAGES)
