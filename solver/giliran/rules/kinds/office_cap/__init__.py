"""Caps on people in the office, and how far they rise for duty officers."""
