"""One run at a time where a file is read, added to and replaced: what another run adds meanwhile would be lost."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from giliran.text.trying import end_of


@contextlib.contextmanager
def alone_at(path: Path) -> Iterator[None]:
    """Wait until no other run of giliran is inside such a block for a file of the same folder.

    The folder is locked, since the file itself is replaced, and nothing is left there by a run that is killed. Windows cannot lock a
    folder, nor can some network drives: there only whoever looks at the file again before replacing it sees what others did.
    """
    with contextlib.ExitStack() as stack:
        if sys.platform != "win32":
            import fcntl

            with contextlib.suppress(OSError):  # a missing folder is told by whoever writes there
                folder = os.open(end_of(path).parent, os.O_RDONLY)
                stack.callback(os.close, folder)
                fcntl.flock(folder, fcntl.LOCK_EX)
        yield
