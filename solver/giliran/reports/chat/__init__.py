"""A plan, or what changes in it, as texts to copy into WhatsApp: names and duty alone, never why somebody is away."""

from __future__ import annotations

from giliran.reports.chat.days import day_notices, rest_notice
from giliran.reports.chat.moves import change_notice
from giliran.reports.chat.pieces import MOST, begins_as_messages, written
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle

__all__ = ["MOST", "begins_as_messages", "chat_text"]


def chat_text(report: Report, style: PlanStyle) -> str:
    """Messages of at most `MOST` characters, each below a line that is none of it: a notice for each day, or one of all changes.

    Parameters
    ----------
    report
        Of a result, or of a schedule with its audit.
    style
        Language, telephone numbers, and whether changes alone are told.
    """
    notices = [change_notice(report, style)] if style.changes else [*day_notices(report, style)] or [rest_notice(report, style)]
    return written([message for notice in notices for message in notice.messages(style.lang)], style.lang)
