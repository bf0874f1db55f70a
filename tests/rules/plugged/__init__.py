"""Rule kinds that break the contract of rules, put among the kinds of the package by tests."""
