"""A library is a guest: it leaves a process as it found it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

import giliran

PROGRAM = """
import json, locale, logging, os, random, signal, sys, threading, warnings
import numpy as np

def state():
    return {
        "signals": [str(signal.getsignal(n)) for n in sorted(signal.valid_signals())],
        "random": str(random.getstate()),
        "numpy": str(np.random.get_state()),
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": str(warnings.filters),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "hooks": [str(sys.excepthook), str(threading.excepthook), str(sys.stdout)],
        "logging": [str(logging.root.handlers), logging.root.level],
        "threads": threading.active_count(),
        "errors": np.geterr(),
    }

import pandas, scipy.sparse  # scipy brings a filter of warnings of its own, which is no doing of ours
before = state()
import giliran
giliran.warm_up()
late = {name.split(".")[0] for name in sys.modules}
result = giliran.solve(giliran.generate(40, families=["caps", "duty", "sequences"]), giliran.SolveOptions(workers=1))
giliran.make_certificate(result)
result.to_json(), result.to_frame()
after = state()
print(json.dumps({
    "changed": [name for name in before if before[name] != after[name]],
    "late": sorted({name.split(".")[0] for name in sys.modules} - late),
    "status": result.status.value,
}))
"""


def test_nothing_global_is_touched() -> None:
    """Solving changes no signal handler, random state, locale, filter of warnings, folder, environment, hook, logging or thread.

    After `warm_up` a solve, its certificate and its JSON load no library any more; frames load narwhals.
    """
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["changed"] == [] and said["status"] == "optimal"
    assert not {"ortools", "highspy", "pydantic"} & set(said["late"])
    assert done.stderr == ""


def test_one_line_for_whoever_listens(caplog: pytest.LogCaptureFixture) -> None:
    """A solve says in one line of level DEBUG how it ended; who does not listen hears nothing."""
    with caplog.at_level(logging.DEBUG, logger="giliran"):
        giliran.solve(giliran.generate(8, families=["caps"]))
    [record] = [record for record in caplog.records if record.name == "giliran"]
    assert record.levelno == logging.DEBUG and "optimal: 8 people" in record.getMessage()
