"""How much memory this process took."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def peak_mb() -> int:
    """Largest resident memory of this process so far, in MB.

    Linux counts what a process held before `exec` into `ru_maxrss`, so a child of a large parent would seem as large as the parent:
    there the kernel's own figure of the current image is read.
    """
    if _STATUS.exists():
        line = next((line for line in _STATUS.read_text().splitlines() if line.startswith(_PEAK)), None)
        if line is not None:
            return int(line.split()[1]) // 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1 << 20) if sys.platform == "darwin" else used // 1024
