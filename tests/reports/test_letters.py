"""`giliran circulars`: letters for people."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from giliran.circulars import describe, load_circular, packaged
from giliran.messages import LANGUAGES, Lang
from giliran.reports import report_circular, report_circulars


@pytest.mark.once
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", packaged())
def test_every_circular_has_a_page(name: str, width: int, lang: Lang) -> None:
    """Each packaged circular shows every rule with its row, its choices, and the rows that are no rule, within the width."""
    page = describe(load_circular(name), lang)
    out = io.StringIO()
    report_circular(Console(file=out, width=width, highlight=False), page, lang)
    text = out.getvalue()
    for word in (*(rule.id for rule in page.rules), *(choice.name for choice in page.parameters), *(row for row, _ in page.not_rules)):
        assert word in text
    assert all(len(line) <= width for line in text.splitlines())


def test_list_of_circulars() -> None:
    """The list names every packaged circular."""
    out = io.StringIO()
    report_circulars(Console(file=out, width=80, highlight=False), [describe(load_circular(name), "id") for name in packaged()], "id")
    assert all(name in out.getvalue() for name in packaged())
