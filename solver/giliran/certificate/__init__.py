"""Certificates: integers that prove a plan best, checked from the program alone.

Nothing here imports the engine or a solver; loading and `compile` are trusted, no search is.
"""
