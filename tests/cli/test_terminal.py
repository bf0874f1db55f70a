"""A command at a real terminal: its language, its colours, its pager."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.test_commands import INSTANCE
from tests.cli.test_process import SOURCE

pty = pytest.importorskip("pty", reason="terminals are made the POSIX way")

PAGER = f"#!{sys.executable}\nimport pathlib, sys; pathlib.Path('paged').write_text(sys.stdin.read(), encoding='utf-8')\n"
"""A pager that keeps what it gets."""


@dataclass(frozen=True)
class Desk:
    """A folder with an instance, and a terminal of 80 columns."""

    folder: Path

    def run(self, words: str, lines: int = 200, **environ: str) -> str:
        """What a command shows on the terminal, with the ends of lines of files."""
        ours, theirs = pty.openpty()
        path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
        pager = str(self.folder / "pager.py")  # by itself: with words behind it, older clicks do not find it
        given = {"PYTHONPATH": path, "COLUMNS": "80", "LINES": str(lines), "TERM": "xterm", "PAGER": pager, "LC_ALL": "C.UTF-8", **environ}
        kept = {name: value for name, value in os.environ.items() if name != "GILIRAN_LANG"}
        command = [sys.executable, "-m", "giliran", *words.split()]
        with subprocess.Popen(command, cwd=self.folder, env={**kept, **given}, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            shown = b"".join(_all_of(ours))
            process.wait(timeout=60)
        os.close(ours)
        return shown.decode().replace("\r\n", "\n")

    @property
    def paged(self) -> str | None:
        """What the pager got; None where it was not called."""
        file = self.folder / "paged"
        return file.read_text(encoding="utf-8") if file.exists() else None


def _all_of(terminal: int) -> Iterator[bytes]:
    """Everything until the other side is closed, which Linux says by an error."""
    with suppress(OSError):
        while data := os.read(terminal, 65536):
            yield data


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    (tmp_path / "pager.py").write_text(PAGER, encoding="utf-8")
    (tmp_path / "pager.py").chmod(0o755)
    return Desk(tmp_path)


def test_a_long_answer_goes_through_the_pager(desk: Desk) -> None:
    """What is longer than the screen is given to PAGER whole, a pager that takes no colours gets none, and the talk stays outside."""
    shown = desk.run("solve i.yaml --all", lines=10)
    assert desk.paged is not None and desk.paged.startswith("Bidang kecil\n") and "\x1b" not in desk.paged
    assert desk.paged.endswith("Every rule that must hold is kept. (exit code 0)\n")
    assert "Bidang kecil" not in shown and "seed 20210712" in shown


@pytest.mark.parametrize(("words", "lines", "environ"), [("--no-pager", 10, {}), ("", 200, {}), ("", 10, {"TERM": "dumb"})])
def test_no_pager(desk: Desk, words: str, lines: int, environ: dict[str, str]) -> None:
    """Where it is not wanted, not needed or would not work, the answer is printed as it is."""
    shown = desk.run(f"solve i.yaml {words}", lines, **environ)
    assert desk.paged is None and "Proven best" in shown and ("\x1b[32m" in shown) is ("TERM" not in environ)


def test_a_pager_that_is_not_there(desk: Desk) -> None:
    """An answer is not lost to a pager that nobody has, nor are its colours."""
    assert "\x1b[32mProven best" in desk.run("solve i.yaml --all", lines=10, PAGER="no-such-pager")


def test_check_pages_what_is_claimed_too(desk: Desk) -> None:
    """The sentences below an audit belong to the answer."""
    desk.run("solve i.yaml -o all.json --no-pager")
    text = (desk.folder / "all.json").read_text(encoding="utf-8")
    (desk.folder / "all.json").write_text(text.replace('"giliran": "', '"giliran": "9.'), encoding="utf-8")
    desk.run("check i.yaml all.json", lines=8)
    assert desk.paged is not None and "giliran 9." in desk.paged


@pytest.mark.parametrize(("words", "indonesian"), [("", True), ("--lang en", False), ("--format json", False)])
def test_the_language_of_whoever_sits_there(desk: Desk, words: str, indonesian: bool) -> None:
    """On a terminal the locale is followed, not for JSON, and not where `--lang` says otherwise."""
    shown = desk.run(f"solve i.yaml {words}", LC_ALL="", LANG="id_ID.UTF-8")
    assert ("kunci undian" in shown) is indonesian
