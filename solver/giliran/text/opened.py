"""Which files were read, and whether two names mean one file: what is read is not written over."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path

Marks = frozenset[object]
"""What two names of one file have in common: where links lead, and the number that the file system gives the file."""

_WATCHING: ContextVar[tuple[list[Path], ...]] = ContextVar("_WATCHING", default=())


@contextlib.contextmanager
def watching() -> Iterator[list[Path]]:
    """The files that are read meanwhile, in the order in which they are opened; whoever opens one need not know who watches."""
    files: list[Path] = []
    token = _WATCHING.set((*_WATCHING.get(), files))
    try:
        yield files
    finally:
        _WATCHING.reset(token)


def opened(path: Path) -> None:
    """Tell those who watch that a file is read."""
    for files in _WATCHING.get():
        files.append(absolute(path))


def absolute(path: Path) -> Path:
    """A path that means the same from another folder; as it is where there is no current folder any more."""
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100  # keeps the names of links, for messages
    except OSError:
        return path


def marks_of(path: str | os.PathLike[str]) -> Marks:
    """What all names of one file have in common, whether the file is there or not.

    Links lead to one place; hard links, and upper and lower case where they mean the same, to one number of the file system.
    """
    found: set[object] = set()
    with contextlib.suppress(OSError, ValueError):  # the system refuses the name, as one too long, or the current folder is gone
        found.add(os.path.realpath(path))
        status = os.stat(path)  # noqa: PTH116  # any kind of path
        if status.st_ino:
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def by_marks(paths: Iterable[Path]) -> Mapping[object, Path]:
    """Files by all their marks: a name of one of them shares a mark with it."""
    return {mark: path for path in paths for mark in marks_of(path)}


def among(path: Path, known: Mapping[object, Path]) -> Path | None:
    """The file among some, from `by_marks`, that a name means."""
    return next((known[mark] for mark in marks_of(path) if mark in known), None)
