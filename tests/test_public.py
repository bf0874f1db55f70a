"""What `import giliran` offers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import giliran
from giliran.audit import audit


@pytest.mark.parametrize("name", giliran.__all__)
def test_every_public_name_can_be_used(name: str) -> None:
    """Every name in `__all__` is there when it is asked for."""
    assert getattr(giliran, name) is not None


def test_names_for_types_are_those_at_run_time() -> None:
    """Type checkers and programs see the same names."""
    tree = ast.parse(Path(giliran.__file__).read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    imported = {alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {*imported, "__version__"} == set(giliran.__all__) == set(dir(giliran))


def test_check_is_the_audit() -> None:
    """`giliran.check` is the audit by its short name."""
    assert giliran.check is audit


def test_unknown_name() -> None:
    """An unknown name is an `AttributeError`, as everywhere."""
    with pytest.raises(AttributeError, match="no attribute 'solv'"):
        _ = giliran.solv


def test_wrong_options_are_input_errors() -> None:
    """An unknown option and an impossible value are told like any bad input, all at once, with the nearest known name."""
    wrong = {"time_limit": 3, "workers": 0}
    with pytest.raises(giliran.InputError) as caught:
        giliran.SolveOptions(**wrong)
    text = caught.value.text()
    assert "unknown key time_limit" in text and "Did you mean time_limit_s?" in text and "workers: 0 cannot be" in text
