"""Statuses of a measured run beside those of a plan."""

BROKEN = "broken"
"""The plan breaks a rule: it is never counted."""

NOT_INSTALLED = "not installed"
"""What a peer needs is not on this machine."""

FAILED = "failed"
"""The process ended without an answer."""
