"""How a plan is written, as programs say it."""

from __future__ import annotations

import io
from typing import Any

import pytest

import giliran
from tests.plans import plan, result_of, small_instance


def test_words_are_choices() -> None:
    """The words of paper and CSV do what their members do."""
    instance = small_instance()
    result = result_of(instance, plan(instance))
    styles = (giliran.PlanStyle(csv=giliran.CsvShape.EXCEL), giliran.PlanStyle(csv="excel"))  # type: ignore[arg-type]
    streams = []
    for style in styles:
        streams.append(io.StringIO())
        giliran.export(result, streams[-1], format="csv", style=style)
    assert streams[0].getvalue() == streams[1].getvalue() != ""
    assert styles[0] == styles[1] and giliran.PlanStyle(paper="f4").paper is giliran.Paper.F4  # type: ignore[arg-type]


def test_everything_that_is_no_style() -> None:
    """What is none is told at once, also `no` as a text, which would tell reasons of absence to everybody."""
    strange: dict[str, Any] = {"lang": "de", "paper": "a3", "csv": "exel", "reasons": "no", "phones": 1, "changes": None}
    with pytest.raises(giliran.InputError) as caught:
        giliran.PlanStyle(**strange)
    assert {problem.where.field for problem in caught.value.problems} == set(strange)
    assert "csv: found the text 'exel'; expected one of tidy, excel\n  Did you mean excel?" in caught.value.text()


def test_something_else_than_a_style() -> None:
    """It is told before anything is written."""
    instance = small_instance()
    stream = io.BytesIO()
    with pytest.raises(giliran.InputError, match="style: found keys with values"):
        giliran.export(result_of(instance, plan(instance)), stream, format="pdf", style={"paper": "a4"})  # type: ignore[arg-type]
    assert not stream.getvalue()
