"""Standard streams that are gone, full or closed: a command ends as it would have, without a word too many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import INSTANCE
from tests.cli.test_process import SOURCE, python
from tests.plans import IDS

BROKEN = "staff_id,date,place\n" + "".join(f"{name},2021-07-{day},home\n" for name in IDS for day in (12, 13, 14, 15, 16))
"""Everybody at home all week: nobody is on duty."""
HOSTILE = ("Traceback", "Exception ignored", "Internal error", "BrokenPipe", "Errno")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams are arranged by a POSIX shell")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an instance and a plan that breaks its rules."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    (tmp_path / "broken.csv").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def shell(folder: Path, words: str, streams: str, **environ: str) -> tuple[int, str, str]:
    """Runs a command whose streams a shell arranges; its own exit code, and what reached the outside."""
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    line = f'{{ "{sys.executable}" -m giliran {words}; echo $? >code; }} {streams}'
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env={**os.environ, "PYTHONPATH": path, **environ}, capture_output=True, text=True, check=False
    )
    return int((folder / "code").read_text()), done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "reader", "code"),
    [
        ("check i.yaml broken.csv", "true", 1),
        ("check i.yaml broken.csv", "head -n 1", 1),
        ("check i.yaml broken.csv --format json", "(exec <&-; sleep 0.1)", 1),
        pytest.param("check i.yaml broken.csv --format json", "head -n 1", 1, marks=pytest.mark.slow),
        pytest.param("check i.yaml nowhere.csv", "true", 2, marks=pytest.mark.slow),
    ],
)
def test_reader_that_leaves_changes_no_code(folder: Path, reader: str, words: str, code: int) -> None:
    """`check … | head` ends as `check` does, whenever the reader leaves, and says nothing about it."""
    found, _, said = shell(folder, words, f"| {reader}")
    assert found == code
    assert not [word for word in HOSTILE if word in said]


def test_every_report_bears_a_reader_that_is_gone(folder: Path) -> None:
    """Short answers and long ones, laid out or not, end with 0 and nothing on stderr where nobody reads from the start."""
    reports = ("rules duty_officers", "rules", "circulars umum", "schema result", "--help", "check --help", "--version")
    code = (
        "import os, sys; from giliran.cli import main\n"
        "def alone(words): r, w = os.pipe(); os.close(r); os.dup2(w, 1); os.close(w); return main(words.split())\n"
        f"os._exit(sum([alone(words) for words in {reports!r}]))"
    )
    done = python(code, folder)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", [pytest.param("solve i.yaml -o plan.csv", marks=pytest.mark.slow), "solve i.yaml --out-dir . --kind csv"])
def test_files_are_written_without_a_reader(folder: Path, words: str) -> None:
    """Plan and table may be read by nobody; the files are written all the same."""
    code, _, _ = shell(folder, words, "2>&1 | true")
    assert code == 0
    assert [path.name for path in folder.glob("*.csv") if path.name != "broken.csv"]


@full
@pytest.mark.parametrize(
    ("words", "streams", "code"),
    [
        ("sovle", "2>&-", 2),
        ("check i.yaml nowhere.csv", "2>/dev/full", 2),
        ("sovle", "2> >(true)", 2),
        *(pytest.param("solve i.yaml", streams, 0, marks=pytest.mark.slow) for streams in ("2>&-", "2>/dev/full", "2> >(true)")),
    ],
)
def test_talk_that_nobody_can_hear(folder: Path, streams: str, words: str, code: int) -> None:
    """A stderr that is closed, full or without a reader changes no exit code."""
    assert shell(folder, words, f"{streams} >answer")[0] == code


@pytest.mark.parametrize("streams", ["<&- >&- 2>&-", *(pytest.param(each, marks=pytest.mark.slow) for each in (">&-", "<&-", ">&- 2>&-"))])
def test_closed_streams(folder: Path, streams: str) -> None:
    """A command started without standard streams ends as it would have, and its files hold the plan alone."""
    code, _, said = shell(folder, "solve i.yaml -o plan.csv", streams)
    assert code == 0
    assert (folder / "plan.csv").read_text(encoding="utf-8").startswith("staff_id,date,place")
    assert not [word for word in HOSTILE if word in said]


@full
@pytest.mark.parametrize(
    "words",
    [
        "--help",
        "check i.yaml broken.csv",
        pytest.param("solve i.yaml -o plan.csv", marks=pytest.mark.slow),
    ],
)
def test_full_disk_behind_the_answer(folder: Path, words: str) -> None:
    """An answer that does not fit is told, with a code of its own that is neither a broken rule nor an error of ours."""
    code, _, said = shell(folder, words, ">/dev/full")
    assert code == 2
    assert said.count("The answer cannot be printed: ") == 1 and "not the files" in said
    assert (folder / "plan.csv").exists() == words.startswith("solve")


@full
def test_everything_full(folder: Path) -> None:
    """With both streams full the code alone remains."""
    assert shell(folder, "--version", ">/dev/full 2>/dev/full")[0] == 2


def test_debugging_into_a_closed_stream(folder: Path) -> None:
    """`GILIRAN_DEBUG=1` may have nowhere to write, too."""
    code = (
        "import os, sys; os.close(2); import giliran.files.loading as loading\n"
        "def broken(*_, **__): raise KeyError('x')\n"
        "loading.load_instance = broken; from giliran.cli import main; sys.exit(main(['check', 'i.yaml', 'broken.csv']))"
    )
    assert python(code, folder, GILIRAN_DEBUG="1").returncode == 4


def test_progress_on_a_terminal_that_is_closed(folder: Path) -> None:
    """A bar whose terminal goes away stops no batch."""
    import pty

    near, far = pty.openpty()
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "giliran", "solve", "i.yaml", "--out-dir", "out"]
    with subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, stderr=far, stdout=subprocess.DEVNULL) as process:
        os.close(near)
        os.close(far)
        assert process.wait(timeout=60) == 0
    assert {file.name for file in folder.glob("out/*")} == {"i.csv", "i.json"}
