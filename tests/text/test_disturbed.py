"""Whatever happens while files are written, each is old or new, and whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from giliran.errors import InputError
from giliran.text.replacing import write_all_atomic
from giliran.text.trying import try_targets
from tests.text import disturbed
from tests.text.disturbed import GIVEN_UP, NEW, OLD

ROOT = Path(__file__).resolve().parents[2]
EVER = 1_000_000
STEPS = [pytest.param(3, id="a third"), pytest.param(1, id="all", marks=pytest.mark.slow)]

LIMITED = """
import resource, signal, sys
from pathlib import Path
from giliran.errors import InputError
from giliran.text.replacing import write_all_atomic

folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_all_atomic([(folder / "a.csv", lambda: "new"), (folder / "b.json", lambda: "x" * 5000)])
except InputError as error:
    print(error.text())
"""


AS_SOMEBODY = """
import os, sys, tempfile
from pathlib import Path
from giliran.text.trying import try_targets

with tempfile.TemporaryDirectory() as name:
    top = Path(name)
    top.chmod(0o755)
    for folder, mode in (("closed", 0o555), ("shared", 0o1777)):
        (top / folder).mkdir()
        (top / folder / "plan.csv").write_text("old")
        (top / folder / "plan.csv").chmod(0o666)
        (top / folder).chmod(mode)
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setuid(65534)
        for target in ("closed/plan.csv", "closed/new.csv", "shared/new.csv", "shared/plan.csv"):
            print(target, *[problem.said.text() for problem in try_targets([top / target])], sep=": ", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    (top / "closed").chmod(0o755)
"""


def run(*words: str) -> str:
    """What Python prints."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "solver")])
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    assert not done.stderr, done.stderr
    return done.stdout


def seen(signal_name: str, times: int, step: int, folder: Path) -> list[Any]:
    """The files after a signal at every so many lines of what writes them, how it ended, and what is left."""
    found: list[Any] = json.loads(run("-m", disturbed.__name__, signal_name, str(times), str(step), str(folder)))
    assert len(found) > 300 / step, "the lines were not watched"
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork: every writing is disturbed in a process of its own")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("times", [1, EVER])
def test_ctrl_c_at_any_line_leaves_all_old_or_all_new(tmp_path: Path, times: int, step: int) -> None:
    """Pressed once, or from then on at every line, Ctrl-C leaves all files as they were or all of them new."""
    for held, ended, left in seen("SIGINT", times, step, tmp_path)[:-1]:
        assert held in (OLD, NEW) and ended == GIVEN_UP and left == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork: every writing is killed in a process of its own")
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_line_leaves_every_file_whole(tmp_path: Path, step: int) -> None:
    """A run that is killed leaves each file old or new, and the next run removes what it left beside them."""
    for held, _, left in seen("SIGKILL", 1, step, tmp_path)[:-1]:
        assert OLD.keys() <= held.keys() and left == []
        assert all(text in (OLD.get(name), NEW[name]) for name, text in held.items())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork and POSIX permissions")
def test_what_one_may_not_write_is_seen_before() -> None:
    """A folder without permission, and a file of somebody else where only owners replace files, are refused to who is no administrator."""
    closed, new, other, plan = run("-c", AS_SOMEBODY).splitlines()
    assert closed == "closed/plan.csv: no file can be written in this folder: permission denied"
    assert new == "closed/new.csv: no file can be written in this folder: permission denied"
    assert other == "shared/new.csv"
    if os.geteuid() == 0:  # else the file is one's own
        assert plan.startswith("shared/plan.csv: the file cannot be written: it belongs to somebody else")


def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    """Where the second file finds no room, the first one is not replaced either, and nothing is left beside them."""
    pytest.importorskip("resource", reason="limits of file sizes are POSIX")
    (tmp_path / "a.csv").write_text("old")
    said = run("-c", LIMITED, str(tmp_path))
    assert "b.json: the file cannot be written: the file would become too large here; what was there before is unchanged" in said
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "old")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A folder with room for some 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        sys.platform != "linux"
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_file_system(small_disk: Path) -> None:
    """The same on a disk that is really full."""
    (small_disk / "a.csv").write_text("old")
    with pytest.raises(InputError, match=r"b\.json: the file cannot be written: no space left on the disk"):
        write_all_atomic([(small_disk / "a.csv", lambda: "new"), (small_disk / "b.json", lambda: "x" * 100_000)])
    assert [(path.name, path.read_text()) for path in small_disk.iterdir()] == [("a.csv", "old")]


def test_a_read_only_file_system(small_disk: Path) -> None:
    """On a disk that takes nothing, targets are refused before anything is done."""
    (small_disk / "a.csv").write_text("old")
    if subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted read-only here")
    said = [problem.text() for problem in try_targets([small_disk / "a.csv", small_disk / "b.json"])]
    assert said == [
        f"{small_disk}: no file can be written in this folder: the file system is read-only\n"
        "  Check that you may write here and that the disk has room, or choose another folder."
    ]


def test_a_file_that_must_not_change(tmp_path: Path) -> None:
    """A file that the system protects is refused before anything is done, also for the administrator."""
    target = tmp_path / "plan.csv"
    target.write_text("old")
    try:
        locked = subprocess.run(["chattr", "+i", str(target)], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        locked = False
    if not locked:
        pytest.skip("no file may be made immutable here")
    try:
        assert ["the file cannot be written: it is read-only" in problem.text() for problem in try_targets([target])] == [True]
    finally:
        subprocess.run(["chattr", "-i", str(target)], check=True)
