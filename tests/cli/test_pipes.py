"""Pipes, devices and sockets as inputs, over the command line."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.text import read_table
from giliran.waiting import while_waiting
from tests.cli.test_process import LISTENING

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")

STAFF = "id,name,unit\na,Ani,Umum\nb,Budi,Umum\n"
INSTANCE = """schema: giliran/1
title: Dinas
horizon: {{start: 2021-07-12, end: 2021-07-13}}
staff: {{file: {staff}}}
rules:
  - {{kind: office_cap, id: c, per: opd, share: "50%"}}
"""
WAITING = "Waiting for what is written into"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a pipe `s.csv` and an instance that reads it."""
    os.mkfifo(tmp_path / "s.csv")
    (tmp_path / "i.yaml").write_text(INSTANCE.format(staff="s.csv"), encoding="utf-8")
    yield tmp_path
    for command in STARTED:
        command.kill()
        command.communicate()
    STARTED.clear()


STARTED: list[subprocess.Popen[bytes]] = []
"""Commands of one test; a test that fails leaves none waiting."""


def started(folder: Path, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """A command that has begun, and hears Ctrl-C wherever the tests run."""
    command = [sys.executable, "-c", LISTENING + "import sys; from giliran.cli import main; sys.exit(main())", "--lang", "en", *words]
    STARTED.append(subprocess.Popen(command, cwd=folder, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    return STARTED[-1]


def test_a_pipe_is_waited_for_with_a_notice_and_read_once(folder: Path) -> None:
    """Nothing is written for a while: that is told, and what comes then is planned."""
    command = started(folder, "solve", "i.yaml", "-o", "p.csv")
    assert command.stderr is not None and WAITING.encode() in command.stderr.readline()
    (folder / "s.csv").write_text(STAFF, encoding="utf-8")
    _, err = command.communicate(timeout=60)
    assert (command.returncode, WAITING.encode() in err) == (0, False)
    assert (folder / "p.csv").read_text(encoding="utf-8").count("\n") == 1 + 2 * 2


def test_ctrl_c_ends_the_waiting_at_once(folder: Path) -> None:
    """Whoever notices that nobody writes is not kept: 130, and one sentence."""
    command = started(folder, "solve", "i.yaml")
    assert command.stderr is not None and WAITING.encode() in command.stderr.readline()
    begin = time.monotonic()
    command.send_signal(signal.SIGINT)
    _, err = command.communicate(timeout=60)
    assert (command.returncode, err.decode().strip()) == (130, "Interrupted. No file was left half written.")
    assert time.monotonic() - begin < 5


def test_an_instance_in_a_pipe_inside_a_folder_is_not_read_before_its_time(folder: Path) -> None:
    """Folders are searched for instances without taking from pipes what they hold."""
    (folder / "i.yaml").unlink()
    os.mkfifo(folder / "instance.yaml")
    command = started(folder, "solve", ".")
    (folder / "instance.yaml").write_text(INSTANCE.format(staff="").replace("{file: }", "[{id: a}]"), encoding="utf-8")
    out, err = command.communicate(timeout=60)
    assert (command.returncode, b"Dinas" in out) == (0, True), err


def test_standard_input_is_a_table_too(folder: Path) -> None:
    """`/dev/stdin` as the file of a table is read as what is piped in."""
    (folder / "i.yaml").write_text(INSTANCE.format(staff="/dev/stdin"), encoding="utf-8")
    command = started(folder, "solve", "i.yaml", stdin=subprocess.PIPE)
    out, _ = command.communicate(STAFF.encode(), timeout=60)
    assert (command.returncode, b"2 people" in out) == (0, True)


@pytest.mark.parametrize(
    ("file", "said"),
    [("/dev/zero", b"NUL"), ("/dev/urandom", b"NUL"), ("sock", b"this is a socket"), (".", b"this is a folder")],
)
def test_what_is_no_file_is_refused_within_seconds(folder: Path, file: str, said: bytes) -> None:
    """Devices without end, sockets and folders are told as what they are."""
    if file.startswith("/dev") and not Path(file).exists():
        pytest.skip(f"this system has no {file}")
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(folder)
        try:
            listening.bind("sock")
        finally:
            os.chdir(before)
        (folder / "i.yaml").write_text(INSTANCE.format(staff=file), encoding="utf-8")
        command = started(folder, "solve", "i.yaml")
        _, err = command.communicate(timeout=30)
    assert (command.returncode, said in err) == (2, True), err


def test_a_pipe_without_end_is_refused_at_its_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that never ends is read as far as what is no file may be, and no further."""
    monkeypatch.setattr("giliran.text.pieces.MAX_STREAM_BYTES", 3_000_000)

    def endless() -> None:
        with contextlib.suppress(BrokenPipeError), (folder / "s.csv").open("wb", buffering=0) as stream:
            while True:
                stream.write(b"a,b,c\n" * 1000)

    writer = threading.Thread(target=endless)
    writer.start()
    with pytest.raises(InputError, match="more than 3 MB come out of this pipe"):
        read_table(folder / "s.csv")
    writer.join(timeout=30)
    assert not writer.is_alive()


def test_the_library_says_nothing_while_it_waits(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who asks to be told is told, and once for each pipe."""
    monkeypatch.setattr("giliran.waiting.PATIENCE_S", 0.05)
    told: list[Path] = []
    for watched in (False, True):
        writer = threading.Thread(target=slowly, args=(folder / "s.csv",))
        writer.start()
        if watched:
            with while_waiting(told.append):
                assert len(read_table(folder / "s.csv")) == 2
        else:
            assert len(read_table(folder / "s.csv")) == 2
        writer.join(timeout=30)
    assert (told, *capfd.readouterr()) == ([folder / "s.csv"], "", "")


def slowly(path: Path) -> None:
    """Write the table, in two parts with time between them."""
    half = len(STAFF) // 2
    time.sleep(0.2)
    with path.open("w", encoding="utf-8") as stream:
        for part in (STAFF[:half], STAFF[half:]):
            stream.write(part)
            stream.flush()
            time.sleep(0.2)
