"""Duty officers: who may stand for which duty unit, how many are needed, and who is named."""
