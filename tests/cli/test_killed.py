"""A command that is killed while it writes: every file is whole, and the next run cleans up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from giliran.cli import main
from tests.cli.test_commands import INSTANCE

KILLED = """
import os, signal, sys
from pathlib import Path
from giliran.cli import main

name, turn, *words = sys.argv[1:]
original, calls = getattr(Path, name), [0]

def method(self, *more):
    answer = original(self, *more)
    calls[0] += 1
    if calls[0] == int(turn):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

setattr(Path, name, method)
sys.exit(main(words))
"""
NAMES = ("plan.csv", "all.json", "proof.json")
SOLVE = ["solve", "i.yaml", "--workers", "1", "-o", "plan.csv", "-o", "all.json", "--certificate", "proof.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("name", "turn", "new"),
    [("hardlink_to", 3, 0), ("replace", 1, 1), pytest.param("replace", 2, 2, marks=pytest.mark.slow), ("replace", 3, 3)],
    ids=str,
)
def test_files_of_a_killed_command_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, turn: int, new: int) -> None:
    """Those that had taken their places are new and fit the instance, the others are the old ones; what lay beside them is removed next."""
    monkeypatch.chdir(tmp_path)
    Path("i.yaml").write_text(INSTANCE, encoding="utf-8")
    assert main(SOLVE) == 0
    whole = {name: Path(name).read_bytes() for name in NAMES}
    old = {"plan.csv": b"staff_id,date,place\n", "all.json": b'{"schema": "giliran-result/1"}\n'}
    old["proof.json"] = b'{"schema": "giliran-certificate/1"}\n'
    for each, content in old.items():
        Path(each).write_bytes(content)

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, name, str(turn), *SOLVE], env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert [Path(each).read_bytes() == old[each] for each in NAMES] == [k >= new for k in range(3)]
    for each in NAMES[: min(new, 2)]:
        assert main(["check", "i.yaml", each]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".giliran-")]

    assert main(SOLVE) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"i.yaml", *NAMES}
    assert Path("plan.csv").read_bytes() == whole["plan.csv"] and Path("proof.json").read_bytes() == whole["proof.json"]
