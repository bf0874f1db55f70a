"""Mutated files of every kind that giliran reads, held against what a reader promises: our own errors, whole files, bounded time."""
