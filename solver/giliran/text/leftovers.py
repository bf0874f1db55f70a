"""Temporary files beside those that are being written, and what killed runs have left of them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import secrets
import time
from pathlib import Path

_NAME = re.compile(r"\.giliran-(?:(?P<home>[0-9a-f]{8})-(?P<process>[0-9]+)-)?[0-9a-f]{16}\.tmp")
"""With the home and number of the process that writes it; runs of version 0.2 and before wrote neither."""
_OLD_S = 86_400.0
"""Seconds after which nobody can still be at work on a temporary file: written in one go, it takes minutes at most."""


def temporary_beside(target: Path) -> Path:
    """A name for a file that is to take the place of another, in the same folder."""
    return target.with_name(f".giliran-{_home()}-{os.getpid()}-{secrets.token_hex(8)}.tmp")


def clear_leftovers(folder: Path) -> None:
    """Remove what killed runs have left in a folder; what a run at work is writing stays, and so does what cannot be looked at."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name)
            if found is not None:
                with contextlib.suppress(OSError):
                    if entry.is_file(follow_symlinks=False) and (_abandoned(found) or _age_s(entry) > _OLD_S):
                        os.unlink(entry.path)  # noqa: PTH108  # as the system names it


def _home() -> str:
    """Where the number of a process means something: this computer and, under Linux, the container on it."""
    with contextlib.suppress(OSError):
        return _short(f"{platform.node()} {os.stat('/proc/self/ns/pid').st_ino}")  # noqa: PTH116  # where it leads, not what it is
    return _short(platform.node())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _abandoned(name: re.Match[str]) -> bool:
    """Whether the process that wrote a file is gone; never said of processes elsewhere, nor where the system cannot be asked."""
    if name["home"] != _home() or os.name != "posix":
        return False
    try:
        os.kill(int(name["process"]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _age_s(entry: os.DirEntry[str]) -> float:
    """Seconds since a file was last written or linked."""
    status = entry.stat(follow_symlinks=False)
    return time.time() - max(status.st_mtime, status.st_ctime)
