"""Examples in Markdown: their blocks, and a folder in which a reader follows them.

What a block is for stands in a mark above it, or in the word behind its fence: files are written, commands and Python are run, what is
said to be printed is looked for in what the last command printed. A block of no known use fails: an example that nobody runs goes stale.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from giliran.cli import main

ROOT = Path(__file__).parent.parent

_BLOCK = re.compile(r"(?:^<!-- ([^\n]*?) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Parameters
    ----------
    use, about
        The mark above it, up to and after its colon; empty without one.
    language
        The word behind the fence.
    text
        Its lines.
    """

    use: str
    about: str
    language: str
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    for mark, language, code in _BLOCK.findall(text):
        use, _, about = mark.partition(":")
        yield Block(use.strip(), about.strip(), language, code)


@dataclass
class Reader:
    """Somebody who follows a page in a folder of their own.

    Parameters
    ----------
    folder
        Where files are written and commands run.
    capture
        Gives what a command printed.
    """

    folder: Path
    capture: pytest.CaptureFixture[str]
    printed: str = field(default="", init=False)

    def follow(self, text: str) -> None:
        """Do what every block of a page says, in its order."""
        for block in blocks(text):
            if block.use == "file":
                path = self.folder / block.about
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            elif block.use == "printed":
                self._see(block.text)
            elif block.language == "sh" and block.use in ("", "exit"):
                self._run(block.text, expected=int(block.about or 0))
            elif block.language == "python":
                names: dict[str, Any] = {}
                exec(compile(block.text, "example", "exec"), names)
            else:
                assert block.use == "not run" and block.about, f"nobody runs this:\n{block.text}"

    def _run(self, lines: str, expected: int) -> None:
        """Run commands, each of which ends with the code that is expected."""
        for line in lines.replace("\\\n", "").splitlines():
            words = shlex.split(line, comments=True)
            code = main(words[1:]) if words[0] == "giliran" else self._python(words)
            self.printed, talk = self.capture.readouterr()
            assert code == expected, f"{line}: exit code {code}\n{self.printed}\n{talk}"

    def _python(self, words: list[str]) -> int:
        assert words[0] == "python", words
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "solver")}
        return subprocess.run([sys.executable, *words[1:]], cwd=self.folder, env=environment, timeout=300, check=False).returncode

    def _see(self, picture: str) -> None:
        """Every line of a picture was printed by the last command, in this order."""
        lines = iter(self.printed.splitlines())
        missing = [line for line in picture.splitlines() if line not in lines]
        assert not missing, f"not printed: {missing}\n{self.printed}"


@pytest.fixture
def reader(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader in an empty folder, at a terminal of 78 columns, as wide as an example may be, who has chosen no language."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "78")
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    return Reader(tmp_path, capsys)
