"""A script that writes files again and again, and each time is disturbed one line of code later than before.

`python -m tests.text.disturbed SIGNAL TIMES FOLDER` prints, as JSON, what the folder held after each time. Every writing runs in a process
of its own, so that a signal may end it wherever it comes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from giliran.errors import InputError
from giliran.text import leftovers, replacing, trying, undisturbed

OLD = {"a.csv": "old a\n", "b.json": "old b\n"}
NEW = {"a.csv": "new a\n" * 5, "b.json": "new b\n" * 5, "c.json": "new c\n" * 5}
WATCHED = {module.__file__ for module in (contextlib, leftovers, replacing, trying, undisturbed)}
ENDED, GIVEN_UP = 0, 3


class _Disturbing:
    """Sends a signal from a line on, a number of times."""

    def __init__(self, number: int, line: int, times: int) -> None:
        self._number, self._left, self._times = number, line, times

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        self._left -= event == "line"
        if event == "line" and self._left <= 0 < self._times:
            self._times -= 1
            signal.raise_signal(self._number)
        return self


def _write(folder: Path, disturbing: _Disturbing) -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    files = [(folder / name, text.encode) for name, text in NEW.items()]
    sys.settrace(disturbing)
    try:
        replacing.write_all_atomic(files)
    except (KeyboardInterrupt, InputError):
        return GIVEN_UP
    finally:
        sys.settrace(None)
    return ENDED


def _held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.startswith(".")}


def main(number: int, times: int, step: int, folder: Path) -> list[Any]:
    """Everything that was seen: the files after each disturbance, how it ended, and what the next run leaves of its temporary files.

    Every so many lines of what is watched one is disturbed.
    """
    replacing._PIECE = 7  # several writes for each file
    seen: list[Any] = []
    while True:
        for path in folder.iterdir():
            path.unlink()
        for name, text in OLD.items():
            (folder / name).write_text(text)
        process = os.fork()
        if not process:
            os._exit(_write(folder, _Disturbing(number, step * len(seen) + 1, times)))
        _, status = os.waitpid(process, 0)
        held = _held(folder)
        leftovers.clear_leftovers(folder)
        seen.append([held, os.waitstatus_to_exitcode(status), sorted(path.name for path in folder.iterdir() if path.name[0] == ".")])
        if status == ENDED and held == NEW:
            return seen


if __name__ == "__main__":
    print(json.dumps(main(signal.Signals[sys.argv[1]], *map(int, sys.argv[2:4]), Path(sys.argv[4]))))
