"""Files are written wholly or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.text import write_text_atomic


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
    """When writing fails, the old content stays and no temporary file is left."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "plan.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"plan\.csv: the file cannot be written: No space left on device"):
        write_text_atomic(target, "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("plan.csv", "old")]


def test_missing_folder(tmp_path: Path) -> None:
    """A missing folder is told with its name."""
    with pytest.raises(InputError, match=r"the folder .*nowhere does not exist\n  Make the folder"):
        write_text_atomic(tmp_path / "nowhere" / "plan.csv", "x")


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
