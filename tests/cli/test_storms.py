"""Signals from outside: Ctrl-C many times over, `kill`, a closed terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from giliran.cli.interrupts import Interrupts
from tests.cli.test_commands import INSTANCE
from tests.cli.test_process import LISTENING, SOURCE, python

STORM = (
    "import os, sys, threading, time\n"
    "def storm():\n"
    "    time.sleep({after})\n"
    "    for _ in range(200): os.kill(os.getpid(), 2); time.sleep(0.002)\n"
    "threading.Thread(target=storm, daemon=True).start()\n"
    "from giliran.cli import main; sys.argv[1:] = {words!r}; sys.exit(main())"
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX sends them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an instance."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("after", ["0.25", *(pytest.param(each, marks=pytest.mark.slow) for each in ("0.1", "0.4", "0.6", "0.8", "1.2"))])
def test_storm_of_interrupts(folder: Path, after: str) -> None:
    """Two hundred Ctrl-C within half a second, at whatever stage: 130 or the code of the plan, one message at most, nothing half done."""
    done = python(LISTENING + STORM.format(after=after, words=["solve", "i.yaml", "-o", "plan.csv"]), folder)
    assert done.returncode in (0, 130)
    assert "Traceback" not in done.stderr and "KeyboardInterrupt" not in done.stderr
    assert done.stderr.count("Interrupted.") <= 1
    assert {path.name for path in folder.iterdir()} <= {"i.yaml", "plan.csv"}


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_interrupt_within_a_finalizer(folder: Path, name: str, code: int) -> None:
    """A signal that Python takes while an object is put away, ends the command all the same, without a traceback."""
    words = LISTENING + (
        "import os, sys, time; import giliran.cli.commands.rules as rules; from giliran.cli import main\n"
        "class Put:\n"
        f"    def __del__(self): os.kill(os.getpid(), signal.{name}); time.sleep(0)\n"
        "rules.console = lambda: (id(Put()), [time.sleep(0.01) for _ in range(500)])\n"
        "sys.exit(main(['rules']))"
    )
    done = python(words, folder)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (code, "", "Interrupted. No file was left half written.")


def test_interrupt_while_another_one_is_put_off() -> None:
    """What comes between an interrupt that nobody catches and its return does not end the hook that takes it, and returns with it."""
    taken = Interrupts()
    taken.raised = True
    taken.swallowed()
    taken.hear(signal.SIGINT, None)
    taken.end(signal.SIGTERM, None)
    taken.deafen()
    assert taken.pressed.is_set() and taken.code == 128 + signal.SIGTERM


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_kill_while_a_file_is_written(folder: Path, name: str) -> None:
    """`kill` and a closed terminal leave the old plan, no temporary file, and the code that shells use for them."""
    (folder / "plan.csv").write_text("staff_id,date,place\n", encoding="utf-8")
    code = LISTENING + (
        "import os, sys; from giliran.cli import main; sync = os.fsync\n"
        f"def killed(number): os.kill(os.getpid(), signal.{name}); sync(number)\n"
        "os.fsync = killed; sys.argv[1:] = ['solve', 'i.yaml', '-o', 'plan.csv']; sys.exit(main())"
    )
    done = python(code, folder)
    assert done.returncode == 128 + getattr(signal, name)
    assert done.stderr.count("Interrupted.") == 1 and "Traceback" not in done.stderr
    assert {path.name for path in folder.iterdir()} == {"i.yaml", "plan.csv"}
    assert (folder / "plan.csv").read_text(encoding="utf-8") == "staff_id,date,place\n"


def test_hangup_that_is_ignored_stays_ignored(folder: Path) -> None:
    """Under `nohup` a closed terminal ends nothing."""
    code = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); import giliran.cli.commands.rules as rules\n"
        "from giliran.cli import main; console = rules.console\n"
        "rules.console = lambda: (os.kill(os.getpid(), signal.SIGHUP), console())[1]; sys.exit(main(['rules']))"
    )
    assert python(code, folder).returncode == 0


def test_end_of_python_is_quiet(folder: Path) -> None:
    """Ctrl-C after the answer, while Python itself is ending, shows no traceback."""
    code = LISTENING + (
        "import atexit, os, sys, time; from giliran.cli import main; atexit.register(lambda: (os.kill(os.getpid(), 2), time.sleep(5)))\n"
        "sys.argv[1:] = ['--version']; sys.exit(main())"
    )
    done = python(code, folder)
    assert (done.returncode, done.stderr) == (130, "") and done.stdout.startswith("giliran ")


@pytest.mark.slow
def test_killed_batch_says_what_is_done(folder: Path) -> None:
    """A batch that is killed from outside ends soon, with its table and 143."""
    (folder / "many").mkdir()
    for k in range(40):
        (folder / "many" / f"i{k}.yaml").write_text(INSTANCE, encoding="utf-8")
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "giliran", "solve", "many", "--out-dir", "out"]
    with subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(folder.glob("out/*.json")):
            time.sleep(0.05)
        process.terminate()
        answer, _ = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "not done" in answer and not list(folder.glob("out/.giliran-*"))
