"""Measurements of giliran: suites, runs in processes of their own, stored results, tables. See README.md for the protocol."""
