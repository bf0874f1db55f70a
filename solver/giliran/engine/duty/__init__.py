"""Duty assignment: who of those in the office is named, and which of equal people gets which places by lot."""
