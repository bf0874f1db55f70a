"""The command line as a process of its own: what it loads, what it does to pipes and terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import INSTANCE, schedule

SOURCE = Path(__file__).resolve().parents[2] / "solver"
LISTENING = (
    "import signal\n"
    "if hasattr(signal, 'SIGHUP'): signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
)
"""As in a terminal: whoever runs the tests in the background, or under `nohup`, has these signals ignored, also in what is started."""


def python(code: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a folder."""
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, **environ}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=False, text=True, encoding="utf-8"
    )


def loaded_by(words: list[str], folder: Path) -> set[str]:
    """Top-level packages that a command loads."""
    code = f"import sys; from giliran.cli import main; main({words!r}); print('\\n#', *{{name.split('.')[0] for name in sys.modules}})"
    return set(python(code, folder).stdout.splitlines()[-1].split())


def test_check_never_loads_the_solver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`giliran check` audits without ortools."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    schedule()
    packages = loaded_by(["check", "i.yaml", "plan.csv"], tmp_path)
    assert "numpy" in packages and "ortools" not in packages


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """`giliran --help` answers at once, because it loads no numbers, models or colours."""
    assert not {"ortools", "numpy", "pydantic", "rich", "yaml"} & loaded_by(["--help"], tmp_path)


def test_import_has_no_side_effects(tmp_path: Path) -> None:
    """`import giliran` loads none of its own modules, nothing heavy, and prints nothing."""
    done = python("import sys, giliran; print(*sys.modules)", tmp_path)
    loaded = done.stdout.split()
    assert [name for name in loaded if name.startswith("giliran")] == ["giliran"]
    assert not {"numpy", "ortools", "pydantic", "click", "rich"} & set(loaded)
    assert done.stdout.count("\n") == 1 and done.stderr == ""


@pytest.mark.parametrize("columns", ["0", "1"])
def test_no_width_is_too_narrow(tmp_path: Path, columns: str) -> None:
    """A terminal that claims to have no columns gets the answer all the same."""
    done = python("import sys; from giliran.cli import main; sys.exit(main(['circulars', 'umum']))", tmp_path, COLUMNS=columns)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ["solve", "x" * 300 + ".yaml"],
        ["solve", "\udcff.yaml"],
        ["generate", "--seed", "9" * 5000],
        ["solve", "i.yaml", "-o", "x" * 300 + ".csv"],
        ["solve", "i.yaml", "--certificate", "x" * 300 + ".json"],
        ["solve", "i.yaml", "--out-dir", "x" * 300],
        ["solve", "x" * 300, "--out-dir", "d"],
    ],
)
def test_names_and_numbers_beyond_the_system(tmp_path: Path, words: list[str]) -> None:
    """File names that are too long or not UTF-8, and numbers without end, are bad input."""
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    done = python(f"import sys; from giliran.cli import main; sys.exit(main({words!r}))", tmp_path)
    assert done.returncode == 2 and done.stderr and "Traceback" not in done.stderr


def test_pipes_get_utf8(tmp_path: Path) -> None:
    """A pipe gets UTF-8 and no escape sequences, whatever the locale says."""
    done = python("from giliran.cli import main; main(['rules', 'office_cap'])", tmp_path, PYTHONIOENCODING="ascii", COLUMNS="80")
    assert "Σ" in done.stdout and "\x1b" not in done.stdout and done.stderr == ""


def test_module_runs_like_the_command(tmp_path: Path) -> None:
    """`python -m giliran` is the same program, and its exit code comes through."""
    done = python("import runpy, sys; sys.argv = ['giliran', 'sovle']; runpy.run_module('giliran', run_name='__main__')", tmp_path)
    assert done.returncode == 2 and "Did you mean solve?" in done.stderr


def test_ctrl_c_while_the_program_is_loaded(tmp_path: Path) -> None:
    """Ctrl-C before anything has begun ends quietly."""
    code = LISTENING + (
        "import builtins, sys; from giliran.cli import main; load = builtins.__import__\n"
        "def pressed(name, *rest): return signal.raise_signal(signal.SIGINT) if name == 'click' else load(name, *rest)\n"
        "builtins.__import__ = pressed; sys.exit(main(['--help']))"
    )
    done = python(code, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
