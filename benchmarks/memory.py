"""How much memory this process and its workers took."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def workers_peak_mb() -> int:
    """The sum of the largest resident memory of each worker process of this one that still lives, in MB; 0 where there is no `/proc`.

    With `peak_mb` not less than what all took at any time, because their peaks may come at different times.
    """
    return sum(_peak_of(Path(f"/proc/{child.pid}/status")) or 0 for child in multiprocessing.active_children())


def peak_mb() -> int:
    """Largest resident memory of this process so far, in MB.

    Linux counts what a process held before `exec` into `ru_maxrss`, so a child of a large parent would seem as large as the parent:
    there the kernel's own figure of the current image is read.
    """
    peak = _peak_of(_STATUS)
    if peak is not None:
        return peak
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1 << 20) if sys.platform == "darwin" else used // 1024


def _peak_of(status: Path) -> int | None:
    """What the kernel says about a process, None where it says nothing."""
    if not status.exists():
        return None
    line = next((line for line in status.read_text().splitlines() if line.startswith(_PEAK)), None)
    return None if line is None else int(line.split()[1]) // 1024
