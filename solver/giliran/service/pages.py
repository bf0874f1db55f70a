"""The page of a plan with what the local page adds to it, and the parts of it that a change draws anew."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from importlib import resources
from typing import Any

from giliran.files.exporting import changes_against
from giliran.reports.page import Addition, embedded, page_data, page_of
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.service.desk import Phase, Seen
from giliran.service.models import JobState
from giliran.service.states import is_empty
from giliran.service.words import serve_words

_ALWAYS_THE_SAME = ("schema", "lang", "title", "period", "words", "days", "codes", "units", "positions", "answers")
"""Keys of the record of a page that no change of the plan changes."""


def first_page(seen: Seen, style: PlanStyle) -> str:
    """The whole page."""
    known = {
        "version": seen.state.version,
        "phase": seen.phase.value,
        "can_undo": seen.can_undo,
        "job": JobState.of(seen.job).model_dump(mode="json") if seen.job is not None and seen.phase is Phase.PLANNING else None,
        "words": serve_words(style.lang),
    }
    script = f"const serve = {embedded(known)};\n{_text('serve.js')}"
    return page_of(page_data(_report(seen), style), Addition(style=_text("serve.css"), script=script, connects=True))


def patch_of(seen: Seen, style: PlanStyle) -> dict[str, Any]:
    """What of the page depends on the plan."""
    data = page_data(_report(seen), style)
    return {field.name: getattr(data, field.name) for field in fields(data) if field.name not in _ALWAYS_THE_SAME}


def _report(seen: Seen) -> Report:
    """With changes against the published plan, or where there is none against the plan before it was changed by hand."""
    report = Report.of_audit(seen.instance, seen.state.plan, seen.audit)
    if report.changes is not None or is_empty(seen.instance.facts, seen.state.made):
        return report
    return replace(report, changes=changes_against(seen.instance.facts, seen.state.made, seen.state.plan))


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
