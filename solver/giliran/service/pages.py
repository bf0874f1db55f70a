"""The page of a plan with what the local page adds to it, and the parts of it that a change draws anew."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import resources
from typing import Any

from giliran.reports.page import Addition, page_data, page_of
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.service.desk import Seen

_ALWAYS_THE_SAME = ("schema", "lang", "title", "period", "words", "days", "codes", "units", "positions", "answers")
"""Keys of the record of a page that no change of the plan changes."""


def first_page(seen: Seen, style: PlanStyle) -> str:
    """The whole page."""
    data = page_data(_report(seen), style)
    return page_of(data, Addition(style=_text("serve.css"), script=_text("serve.js"), connects=True))


def patch_of(seen: Seen, style: PlanStyle) -> dict[str, Any]:
    """What of the page depends on the plan."""
    data = page_data(_report(seen), style)
    return {field.name: getattr(data, field.name) for field in fields(data) if field.name not in _ALWAYS_THE_SAME}


def _report(seen: Seen) -> Report:
    return Report.of_audit(seen.instance, seen.state.plan, seen.audit)


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
