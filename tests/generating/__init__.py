"""Tests of generated and shipped instances."""
