"""The command line: `giliran solve`, `check`, `circulars`, `rules`, `generate`, `schema`."""

from giliran.cli.main import main

__all__ = ["main"]
