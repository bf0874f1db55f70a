"""Files are written wholly or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.text import write_text_atomic
from giliran.text.leftovers import clear_leftovers, temporary_beside
from giliran.text.replacing import write_all_atomic
from giliran.text.trying import try_targets


def test_new_file(tmp_path: Path) -> None:
    """A new file gets the content as it is, in UTF-8, and the usual permissions; nothing else is left in the folder."""
    usual = tmp_path / "usual"
    usual.touch()
    target = tmp_path / "plan.csv"
    write_text_atomic(target, "id;José\r\n")
    assert target.read_bytes() == "id;José\r\n".encode()
    assert target.stat().st_mode == usual.stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.csv", "usual"]


def test_old_file(tmp_path: Path) -> None:
    """An existing file is replaced and keeps its permissions; a symbolic link stays a link."""
    target, link = tmp_path / "plan.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_text_atomic(link, b"new")
    assert (target.read_text(), target.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)


def test_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails, the old content stays, no temporary file is left, and the advice is about what is missing."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "plan.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"plan\.csv: the file cannot be written: no space left on the disk") as caught:
        write_text_atomic(target, "new")
    assert "Make room on the disk" in caught.value.text() and "Excel" not in caught.value.text()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("plan.csv", "old")]


def test_missing_folder(tmp_path: Path) -> None:
    """A missing folder is told with its name."""
    with pytest.raises(InputError, match=r"the folder .*nowhere does not exist\n  Make the folder"):
        write_text_atomic(tmp_path / "nowhere" / "plan.csv", "x")


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be deleted elsewhere")
def test_working_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is named from a folder that was deleted is refused as others are, not by an error of the system."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(InputError, match=r"plan\.csv: the file cannot be written: there is no such file or folder"):
        write_text_atomic("plan.csv", "new")


def test_folder_as_target(tmp_path: Path) -> None:
    """A folder is no file to write."""
    with pytest.raises(InputError, match="this is a folder"):
        write_text_atomic(tmp_path, "x")


def test_read_only_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only file is not replaced, although its folder would allow it."""
    target = tmp_path / "plan.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputError, match="it is read-only"):
        write_text_atomic(target, "new")
    assert target.read_text() == "old"


def test_pipe(tmp_path: Path) -> None:
    """What is no regular file is written to, not replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text_atomic(pipe, "through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def failing(monkeypatch: pytest.MonkeyPatch, name: str, turn: int, times: int = sys.maxsize) -> None:
    """Lets a method of `Path` fail from its n-th call on, so many times."""
    original, calls = getattr(Path, name), [0]

    def method(self: Path, *args: object) -> object:
        calls[0] += 1
        if turn <= calls[0] < turn + times:
            raise PermissionError(13, "Permission denied")
        return original(self, *args)

    monkeypatch.setattr(Path, name, method)


def held(folder: Path) -> dict[str, str]:
    """Everything in a folder."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def three(folder: Path) -> list[tuple[Path, Callable[[], str]]]:
    """Three files to write, of which two are there."""
    for name in "ab":
        (folder / name).write_text(f"old {name}")
    return [(folder / name, f"new {name}".lower) for name in "abc"]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_failing_rename_puts_the_others_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int) -> None:
    """Where one of three files cannot take its place, those before it are as they were, and nothing is left beside them."""
    files = three(tmp_path)
    failing(monkeypatch, "replace", turn, times=1)
    with pytest.raises(InputError, match=f"/{'abc'[turn - 1]}: the file cannot be written: permission denied; what was there before"):
        write_all_atomic(files)
    assert held(tmp_path) == {"a": "old a", "b": "old b"}


@pytest.mark.parametrize("turn", [2, 3])
def test_putting_back_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int) -> None:
    """A file system without second names keeps copies."""
    files = three(tmp_path)
    failing(monkeypatch, "hardlink_to", 1)
    failing(monkeypatch, "replace", turn, times=1)
    with pytest.raises(InputError):
        write_all_atomic(files)
    assert held(tmp_path) == {"a": "old a", "b": "old b"}


def test_what_cannot_be_put_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder fails in the middle, the message says in which file the old content is, and it is there."""
    files = three(tmp_path)
    failing(monkeypatch, "replace", 2)
    with pytest.raises(InputError) as caught:
        write_all_atomic(files)
    cannot, stuck = caught.value.problems
    assert cannot.where.file.endswith("b") and stuck.where.file.endswith("a")
    kept = Path(stuck.said.values["kept"])
    assert held(tmp_path) == {"a": "new a", "b": "old b", kept.name: "old a"}
    assert "Copy it to another name now" in caught.value.text() and "Salin sekarang" in caught.value.text("id")


def test_content_that_cannot_be_made_writes_nothing(tmp_path: Path) -> None:
    """An error while the second content is made leaves the first file as it was."""
    files = three(tmp_path)
    with pytest.raises(ZeroDivisionError):
        write_all_atomic([files[0], (files[1][0], lambda: str(1 / 0))])
    assert held(tmp_path) == {"a": "old a", "b": "old b"}


def test_a_pipe_comes_last_and_its_failure_puts_files_back(tmp_path: Path) -> None:
    """Where a pipe that was named first breaks, the file beside it is as it was."""
    pipe, target = tmp_path / "pipe", tmp_path / "plan.csv"
    os.mkfifo(pipe)
    target.write_text("old")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def content() -> str:
        assert target.read_text() == "new"
        threading.Timer(0.05, os.close, [reader]).start()  # while the pipe, which is full, waits for its reader
        return "x" * 1_000_000

    with pytest.raises(InputError, match="pipe: the file cannot be written: who should read it is gone"):
        write_all_atomic([(pipe, content), (target, lambda: "new")])
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    ("name", "said"), [("missing/plan.csv", "Make the folder first"), (".", "a file was expected"), ("x" * 300, "its name is too long")]
)
def test_targets_are_tried(tmp_path: Path, name: str, said: str) -> None:
    """What could not be written is told, and trying leaves nothing behind."""
    (problem,) = try_targets([tmp_path / "good.csv", tmp_path / name])
    assert said in problem.text() and not list(tmp_path.iterdir())


def test_leftovers_of_killed_runs_go_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gone are files of processes that ended, and after a day all of ours; those of runs at work, of elsewhere and of others stay."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        ended = process.pid
    at_work = temporary_beside(tmp_path / "x").name
    home = at_work.split("-")[1]
    killed, elsewhere = f".giliran-{home}-{ended}-{'0' * 16}.tmp", f".giliran-{'0' * 8}-{ended}-{'0' * 16}.tmp"
    before, others, link = f".giliran-{'1' * 16}.tmp", {".giliran-notes.tmp", "plan.tmp"}, f".giliran-{'2' * 16}.tmp"
    somebody = f".giliran-{home}-{os.getppid()}-{'0' * 16}.tmp"
    for name in (at_work, somebody, killed, elsewhere, before, *others):
        (tmp_path / name).touch()
    (tmp_path / link).symlink_to(tmp_path / "plan.tmp")
    clear_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {at_work, somebody, elsewhere, before, link, *others}
    tomorrow = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    clear_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {link, *others}
