"""Too little memory, and what the system refuses: said as what it is, with a code that fits."""

from __future__ import annotations

import errno
import json
import os
import pickle
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from giliran import solving
from giliran.cli.exits import Exit
from giliran.cli.failing import failure_of
from giliran.engine.dispatch import backends
from giliran.errors import ExecutorError, InputError, InternalError, WorkersLostError
from tests.cli.test_commands import INSTANCE, Run, run
from tests.cli.test_process import python

__all__ = ["run"]


def caused(error: Exception, cause: BaseException) -> Exception:
    """An error that came from another one."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        np._core._exceptions._ArrayMemoryError((10**9, 10**9), np.dtype("int64")),  # type: ignore[attr-defined]
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        caused(InternalError("x"), MemoryError()),
        caused(ExecutorError("MemoryError: "), MemoryError()),
        caused(ImportError("x"), MemoryError()),
    ],
)
def test_lack_of_memory_has_many_names(error: Exception) -> None:
    """Python's, numpy's and the system's words for it, also behind other errors, are one failure with advice."""
    failure = failure_of(error)
    assert failure.code is Exit.UNDECIDED
    assert "not enough memory" in failure.text("en") and "Memori tidak cukup" in failure.text("id")
    assert "--workers" in failure.text("en") and "MemoryError" not in failure.text("en")


@pytest.mark.parametrize(
    "error",
    [BrokenProcessPool("terminated abruptly"), WorkersLostError("x"), caused(ExecutorError("x"), BrokenProcessPool("x"))],
)
def test_a_worker_that_the_system_ended(error: Exception) -> None:
    """Processes that the kernel killed are said as that, with the likely reason and code 3; no word of Python's."""
    failure = failure_of(error)
    assert failure.code is Exit.UNDECIDED
    assert "A worker process was ended by the system, most likely for lack of memory." in failure.text("en")
    assert "kemungkinan besar karena memori tidak cukup" in failure.text("id")
    assert "fewer --workers" in failure.text("en") and "Broken" not in failure.text("en") and "abruptly" not in failure.text("en")


KILLING = """
import multiprocessing, sys, threading, time
from giliran.cli import executors, main

def kill():
    while True:
        for child in multiprocessing.active_children():
            child.kill()
        time.sleep(0.02)

if __name__ == "__main__":
    executors.MANY_CELLS = 0
    threading.Thread(target=kill, daemon=True).start()
    sys.exit(main(["solve", "i.yaml", "--workers", "2", "-o", "all.json"]))
"""


@pytest.mark.skipif(os.name != "posix", reason="processes are killed as POSIX kills them")
def test_workers_killed_again_and_again(tmp_path: Path) -> None:
    """Where the system kills every worker, that is told with what helps, code 3, and a result that says the same."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    done = python(KILLING, tmp_path)
    assert done.returncode == 3, done.stderr
    assert "ended by the system" in done.stdout and "--workers" in done.stdout and "--time-limit" not in done.stdout
    assert "Internal" not in done.stderr and "Traceback" not in done.stderr
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["stopped"] == "crashed"


def test_wrong_input_stays_wrong_input() -> None:
    """What was refused for its own reason is not blamed on memory."""
    assert failure_of(caused(InputError([]), MemoryError())).code is Exit.BAD_INPUT


def test_what_the_system_refuses_has_a_subject() -> None:
    """An error of the system names its file; where it has none, as a process that cannot be started, the sentence is whole all the same."""
    assert failure_of(OSError(errno.EIO, "x", "a.csv")).text("en") == "a.csv: it cannot be used: the disk or drive does not work"
    for number, reason in ((errno.EAGAIN, "the system has no room for it just now"), (errno.EMFILE, "too many files are open")):
        failure = failure_of(OSError(number, "x"))
        assert failure.code is Exit.BAD_INPUT
        assert failure.text("en") == f"the system refuses something that giliran needs: {reason}"
        assert failure.text("id").startswith("sistem menolak sesuatu yang diperlukan giliran: ")


def test_deep_recursion_is_told_in_words() -> None:
    """A chain too deep for Python is an error of ours, in words that a reader knows."""
    failure = failure_of(RecursionError("maximum recursion depth exceeded"))
    assert failure.code is Exit.INTERNAL and "recursion" not in failure.text("en") and "deeply" in failure.text("en")


def test_memory_of_a_batch(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instance that is too large is told in the table, with code 3, and does not stop the rest."""
    Path("j.yaml").write_text(INSTANCE, encoding="utf-8")
    solve = solving.solve

    def once(instance: object, *rest: object, **more: object) -> object:
        monkeypatch.setattr(solving, "solve", solve)
        raise MemoryError

    monkeypatch.setattr(solving, "solve", once)
    code, out, _ = run("solve", "i.yaml", "j.yaml", "--out-dir", "d")
    assert code == 3 and "out of memory" in out and "not enough memory" in out and "proven best" in out


class Hungry:
    """A task that asks for more than there is."""

    def run(self, effort: object) -> object:
        """Asks as numpy does."""
        return np.ones((1 << 30, 1 << 26))


def test_memory_of_a_worker_comes_home(tmp_path: Path) -> None:
    """A worker's lack of memory, of whatever library, is raised where the work was sent from."""
    order = backends._Order(Hungry(), seed=1, seconds=None, wanted=str(tmp_path))  # type: ignore[arg-type]
    with pytest.raises(MemoryError):
        backends.opened(backends.run_apart(pickle.dumps(order)))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory as Linux keeps them")
def test_limit_of_the_system(tmp_path: Path) -> None:
    """Under a limit of the address space that a plan does not fit into, the end is words and code 3."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    code = (
        "import resource, sys; from giliran.cli import main; import giliran.audit, giliran.certifying, numpy\n"
        "import giliran.files.loading as loading; load = loading.load_instance\n"
        "def large(*words, **more): return load(*words, **more), numpy.ones(1 << 31)\n"
        "loading.load_instance = large; used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 28),) * 2); sys.exit(main(['check', 'i.yaml', 'p.csv']))"
    )
    done = python(code, tmp_path)
    assert done.returncode == 3 and "not enough memory" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be deleted elsewhere")
@pytest.mark.parametrize("words", [["solve", "i.yaml", "-o", "p.csv"], ["check", "i.yaml", "p.csv"], ["solve", "i.yaml", "--out-dir", "d"]])
def test_working_folder_that_is_gone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """In a folder that was deleted meanwhile every command says so."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    code, _, err = run(*words)
    assert code == 2 and err.startswith("the working folder is gone")


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX keeps them")
def test_folder_that_may_not_be_read(tmp_path: Path) -> None:
    """A folder without rights is named, also one below the folder that was asked for."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "above" / "closed").mkdir(parents=True)
    (tmp_path / "above" / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    for folder in (tmp_path / "closed", tmp_path / "above" / "closed"):
        folder.chmod(0)
    code = (
        "import os, sys; from giliran.cli import main; os.chmod('.', 0o777)\n"
        "main(['solve', 'above/i.yaml', '--out-dir', 'warm']); main(['check', 'above/i.yaml', 'warm/i.csv'])\n"  # loads what it needs
        "not os.getuid() and os.setuid(65534); sys.stdout = sys.__stderr__\n"
        "for words in ('check closed/i.yaml p.csv', 'solve closed --out-dir d', 'solve above --out-dir d'):\n"
        "    print('==', flush=True); print('code', main(words.split()), flush=True)"
    )
    done = python(code, tmp_path)
    said = done.stderr.split("==\n")[1:]
    assert len(said) == 3, done.stderr
    for each in said:
        assert "closed" in each and "permission denied" in each and "Internal" not in each and each.endswith("code 2\n")
