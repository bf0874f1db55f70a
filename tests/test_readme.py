"""The README is true: its example runs, its plan is the one printed, its files exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import giliran

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PLAN_ROWS = 22


def between(begin: str, end: str) -> str:
    """The text between two marks of the README."""
    return README.split(f"<!-- {begin} -->", 1)[1].split(f"<!-- {end} -->", 1)[0].strip()


def plan_shown() -> str:
    """The head of what the README's first command prints, at 80 columns."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT / "solver"), "GILIRAN_LANG": "en"}
    command = [sys.executable, "-m", "giliran", "solve", "instances/circulars/umum/instance.yaml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    fair = next(k for k, line in enumerate(lines) if line.startswith("Fairness"))
    return "\n".join(["```text", *lines[:PLAN_ROWS], "…", *lines[fair : fair + 5], "…", lines[-1], "```"])


def test_python_example_runs() -> None:
    """The library example is at most 15 lines and does what it says."""
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 15
    exec(compile(code, "README.md", "exec"), {})


def test_scripts_run(tmp_path: Path) -> None:
    """The example with a pool of processes works as a file of its own, as a reader would save it."""
    scripts = re.findall(r"<!-- script: (\S+) -->\n```py\n(.*?)```", README, flags=re.DOTALL)
    assert [name for name, _ in scripts] == ["pool.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "solver")}
    for name, text in scripts:
        (tmp_path / name).write_text(text, encoding="utf-8")
        command = [sys.executable, str(tmp_path / name)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "optimal\n", "")


def test_own_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the letter that arrived last night give a proven plan without a strange note, and the ledger of the next one."""
    for name, text in re.findall(r"<!-- own: (\S+) -->\n```\w+\n(.*?)```", README, flags=re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    instance = giliran.load_instance(tmp_path / "instance.yaml")
    result = giliran.solve(instance)
    assert result.status is giliran.Status.OPTIMAL
    assert [finding.said.text() for finding in result.findings] == []
    giliran.export(result, tmp_path / "plan.json")
    monkeypatch.chdir(tmp_path)
    exec(compile((tmp_path / "ledger.py").read_text(), "ledger.py", "exec"), {})
    with (tmp_path / "instance.yaml").open("a") as file:
        file.write("ledger: {file: ledger.csv}\n")
    assert giliran.load_instance(tmp_path / "instance.yaml").facts.staff.ids == instance.facts.staff.ids


def shape(text: str) -> list[str]:
    """A printed plan without what ties may settle differently elsewhere: places and numbers of indented lines, and wrapping."""
    words = " ".join(
        re.sub(r"\b[Ohx]\b\*?|[-−+]?\d+([.,]\d+)?", "#", line) if line.startswith("  ") else line for line in text.splitlines()
    )
    return words.split()


def test_picture_of_a_plan_is_what_is_printed() -> None:
    """The plan in the README is the head of what its first command prints today, but for places that ties settle."""
    assert shape(between("plan: begin", "plan: end")) == shape(plan_shown())


def test_links_lead_somewhere() -> None:
    """Every relative link and every instance that the README names exists."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README) + re.findall(r"(instances/\S+?\.yaml)", README):
        assert (ROOT / target).exists(), target
