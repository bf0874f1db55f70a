"""What a result looks like to people: text for the terminal. Renders only, decides nothing."""

from giliran.reports.terminal import report_audit, report_result

__all__ = ["report_audit", "report_result"]
