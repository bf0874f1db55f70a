"""What Windows lacks or does otherwise, tried elsewhere: modules, signals, consoles, line ends, files that are open in Excel."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from giliran import solving
from giliran.cli import main
from giliran.messages import LANGUAGES, Lang
from giliran.text import windows
from tests.cli.test_commands import INSTANCE, Run, run
from tests.cli.test_process import python

__all__ = ["run"]

LACKING = """
import os, signal, sys
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "posix_ipc"}
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
for name in MODULES:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Lacking())
KEPT = {"SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV", "SIG_DFL", "SIG_IGN"}
for name in [name for name in vars(signal) if name.startswith("SIG") and name not in KEPT]:
    delattr(signal, name)
for name in ("pthread_sigmask", "sigwait", "alarm", "setitimer", "pause", "siginterrupt", "pthread_kill"):
    delattr(signal, name)
for name in ("fork", "forkpty", "kill", "killpg", "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "setsid", "getpgid",
             "chown", "fchown", "lchown", "mkfifo", "mknod", "statvfs", "getloadavg", "sched_getaffinity", "sysconf",
             "nice", "wait"):
    delattr(os, name)
"""
"""Takes away what Python on Windows does not have, except what libraries call only because this is no Windows: `os.uname`."""


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A folder with files as Windows programs save them."""
    for name in ("i.yaml", "j.yaml"):
        (tmp_path / name).write_bytes(INSTANCE.replace("\n", "\r\n").encode("utf-8-sig"))
    return tmp_path


def test_planner_needs_nothing_of_posix(agency: Path) -> None:
    """Solve, check, a certificate, a batch and `export` work where modules, signals and calls of POSIX are missing."""
    done = python(
        LACKING + "from giliran.cli import main\n"
        "assert main(['solve', 'i.yaml', '-o', 'plan.csv', '-o', 'all.json', '--certificate', 'proof.json']) == 0\n"
        "assert main(['check', 'i.yaml', 'plan.csv', '--certificate', 'proof.json']) == 0\n"
        "assert main(['solve', 'i.yaml', 'j.yaml', '--out-dir', 'many']) == 0\n"
        "assert main(['rules']) == main(['circulars']) == main(['generate', '--staff', '20', '-o', 'made']) == 0\n"
        "import giliran; giliran.export(giliran.solve(giliran.load_instance('i.yaml')), 'again.csv')\n",
        agency,
        PYTHONIOENCODING="cp1252",
    )
    assert done.returncode == 0, done.stderr
    assert (agency / "again.csv").read_bytes() == (agency / "plan.csv").read_bytes() == (agency / "many" / "i.csv").read_bytes()


def test_own_processes_need_nothing_of_posix(agency: Path) -> None:
    """Workers are started anew, as Windows starts them: a script that uses a pool works without fork."""
    (agency / "script.py").write_text(
        "import multiprocessing, os\ndel os.fork\nimport giliran\n"
        "if __name__ == '__main__':\n"
        "    instance = giliran.load_instance('i.yaml')\n"
        "    with giliran.process_pool(1) as executor:\n"
        "        print(giliran.solve(instance, giliran.SolveOptions(workers=1), executor=executor).status.value)\n",
        encoding="utf-8",
    )
    done = python("import runpy; runpy.run_path('script.py', run_name='__main__')", agency)
    assert done.stdout.strip() == "optimal", done.stderr


class Terminal(io.TextIOWrapper):
    """A console with a code page of its own."""

    def isatty(self) -> bool:
        """It says that somebody sits there."""
        return True


@pytest.mark.parametrize("codepage", ["cp1252", "cp437", "ascii"])
@pytest.mark.parametrize("words", [["rules", "office_cap"], ["check", "i.yaml", "p.csv"], ["circulars", "umum", "--lang", "id"]])
def test_consoles_with_a_code_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codepage: str, words: list[str]) -> None:
    """Signs that a console cannot show, as Σ, ≤ and arrows, are replaced; nothing else changes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "i.yaml").write_text(INSTANCE.replace("Bidang kecil", "Bidang → 東京"), encoding="utf-8")
    (tmp_path / "p.csv").write_text("staff_id,date,place\n", encoding="utf-8")
    shown, said = Terminal(io.BytesIO(), encoding=codepage), Terminal(io.BytesIO(), encoding=codepage)
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", said)
    code = main(words)
    monkeypatch.undo()
    assert code in (0, 1, 2)
    for console in (shown, said):
        console.flush()
    assert isinstance(shown.buffer, io.BytesIO) and isinstance(said.buffer, io.BytesIO)
    text = (shown.buffer.getvalue() + said.buffer.getvalue()).decode(codepage)
    assert text and "Internal" not in text and "codec" not in text


def test_what_is_written_has_the_same_line_ends_everywhere(run: Run) -> None:
    """A plan ends its lines with a line feed, wherever it is written, so that it is the same byte for byte."""
    assert run("solve", "i.yaml", "-o", "plan.csv", "-o", "all.json")[0] == 0
    assert b"\r" not in Path("plan.csv").read_bytes() + Path("all.json").read_bytes()


def test_plan_that_excel_keeps_open(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be replaced, because another program holds it, is named with that advice; the old one stays."""
    Path("plan.csv").write_text("staff_id,date,place\n", encoding="utf-8")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    code, _, err = run("solve", "i.yaml", "-o", "plan.csv")
    assert code == 2 and "plan.csv: the file cannot be written" in err and "Excel" in err
    assert Path("plan.csv").read_text(encoding="utf-8") == "staff_id,date,place\n"
    assert sorted(path.name for path in Path().iterdir()) == ["i.yaml", "plan.csv"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("solve", "i.yaml", "-o", "NUL.csv"), "NUL.csv"),
        (("solve", "i.yaml", "-o", "con/plan.json"), "con/plan.json"),
        (("solve", "i.yaml", "--certificate", "com1.json"), "com1.json"),
        (("solve", "i.yaml", "--out-dir", "hasil."), "hasil."),
        (("solve", "i.yaml", "--out-dir", "hasil 12:30"), "hasil 12:30"),
        (("generate", "--staff", "20", "-o", "aux.yaml"), "aux.yaml"),
        (("generate", "--staff", "20", "-o", "made?"), "made?"),
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_devices_are_refused_before_the_search(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], named: str, lang: Lang
) -> None:
    """A result that would vanish in a device, or get another name, is refused with its name before anything is solved or made."""
    monkeypatch.setattr(windows, "on_windows", lambda: True)
    monkeypatch.setattr(solving, "solve", None)  # not reached
    before = sorted(Path().iterdir())
    code, _, err = run(*words, "--lang", lang)
    assert code == 2 and err.startswith(f"{named}: ") and "Windows" in err
    assert sorted(Path().iterdir()) == before


def test_results_of_a_batch_are_never_devices(run: Run) -> None:
    """An instance called as a device, or with signs that only some systems take, has results that every system takes."""
    folder = Path("many")
    for name in ("nul.yaml", *(() if os.name == "nt" else ("12:30.yaml",)), "aux/instance.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(INSTANCE, encoding="utf-8")
    assert run("solve", "many", "--out-dir", "out", "--kind", "csv")[0] == 0
    assert {path.name for path in Path("out").iterdir()} == {"nul_.csv", "aux_.csv", *(() if os.name == "nt" else ("12_30.csv",))}
