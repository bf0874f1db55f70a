"""Why parts have no plan, in sentences: sums of numbers where there are any, else that two searches proved it."""

from giliran.clashes.findings import clash_findings

__all__ = ["clash_findings"]
