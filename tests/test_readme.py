"""The READMEs are true: the first page is one page, its example runs, its plan is the one printed, its files exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from giliran.cli.exits import Exit
from giliran.guide import load_pages
from giliran.messages import LANGUAGES
from tests.examples import ROOT, blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_BYTES = 10_000
MOST_LINES = 10
PLAN_ROWS = 22
FIRST_PAGES = [path for path in ROOT.rglob("README.md") if not {".venv", "build", "dist", ".git"} & set(path.relative_to(ROOT).parts)]


def between(begin: str, end: str) -> str:
    """The text between two marks of the README."""
    return README.split(f"<!-- {begin} -->", 1)[1].split(f"<!-- {end} -->", 1)[0].strip()


def plan_shown() -> str:
    """The head of what the README's first command prints, at 80 columns."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT / "solver"), "GILIRAN_LANG": "en"}
    command = [sys.executable, "-m", "giliran", "solve", "instances/circulars/umum/instance.yaml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    return "\n".join(["```text", *lines[:PLAN_ROWS], "…", lines[-1], "```"])


def test_readme_is_one_page() -> None:
    """What somebody reads first is short; the rest stands in the guide and beside what it is about."""
    assert len(README.encode()) <= MOST_BYTES


def test_python_example_runs() -> None:
    """The library example is at most ten lines and does what it says."""
    [code] = [block.text for block in blocks(README) if block.language == "python"]
    assert len([line for line in code.splitlines() if line.strip()]) <= MOST_LINES
    exec(compile(code, "README.md", "exec"), {})


def shape(text: str) -> list[str]:
    """A printed plan without what ties may settle differently elsewhere: places and numbers of its rows, officers, and wrapping."""
    words = " ".join(
        re.sub(r"\b[Ohx]\b\*?|[-−+]?\d+([.,]\d+)?", "#", line) if line.startswith(("  ", "On duty")) else line for line in text.splitlines()
    )
    return words.split()


def test_picture_of_a_plan_is_what_is_printed() -> None:
    """The plan in the README is the head of what its first command prints today, but for places that ties settle."""
    assert shape(between("plan: begin", "plan: end")) == shape(plan_shown())


def test_every_page_of_the_guide_is_listed() -> None:
    """The README leads to every page in every language, by the words that are typed."""
    listed = re.findall(r"\[`([^`]+)`\]\(solver/giliran/guide/(\w+)/\d+-([\w-]+)\.md\)", README)
    pages = {(page.topic.replace("-", " "), lang, page.name) for lang in LANGUAGES for page in load_pages(lang)}
    assert set(listed) == pages and len(listed) == len(pages)


def test_exit_codes_are_those_there_are() -> None:
    """README and guide list every exit code and no other."""
    pages = [next(page.text for page in load_pages(lang) if page.name == "for-programs") for lang in LANGUAGES]
    for text in (README, *pages):
        assert [int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)] == sorted(Exit)


@pytest.mark.parametrize("path", FIRST_PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link and every instance that a README names exists."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (path.parent / target).exists(), target
    for target in re.findall(r"(?<!\w)(instances/\S+?\.yaml)", text):
        assert (ROOT / target).exists(), target
