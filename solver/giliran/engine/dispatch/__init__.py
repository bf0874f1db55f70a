"""Dispatch: parts as tasks, in stages, over threads, processes or machines."""
