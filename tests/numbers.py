"""How many examples of chance are tried: a few in the fast tests, many in the slow ones."""

from __future__ import annotations

import pytest


def few_or_many(few: int, many: int) -> pytest.MarkDecorator:
    """A test that is told how many `examples` it tries."""
    return pytest.mark.parametrize("examples", [few, pytest.param(many, marks=pytest.mark.slow)])
