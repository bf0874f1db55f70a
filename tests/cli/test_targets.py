"""What the command line writes where: gaps, files of others, names that are none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from giliran import solving
from giliran.cli.blanks import blank
from giliran.domain.status import Status
from giliran.messages import Lang
from giliran.text.leftovers import temporary_beside
from tests.cli.test_commands import Run, fake_solve, run
from tests.plans import GOOD

__all__ = ["run"]


def test_a_plan_with_gaps_leaves_one_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes to `NAME.partial.EXT`, which stderr and the report say; `--partial` replaces the old one."""
    fake_solve(monkeypatch)
    assert run("solve", "i.yaml", "-o", "plan.csv")[0] == 0
    before = Path("plan.csv").read_bytes()
    fake_solve(monkeypatch, ("??????", *GOOD[1:]), Status.UNKNOWN)
    code, out, err = run("solve", "i.yaml", "-o", "plan.csv")
    assert code == 3 and Path("plan.csv").read_bytes() == before
    assert "plan.csv stays as it is, because this plan has gaps; it is in plan.partial.csv" in err and "Written: plan.partial.csv" in out
    assert run("solve", "i.yaml", "-o", "plan.csv", "--partial")[0] == 3
    assert Path("plan.csv").read_bytes() == Path("plan.partial.csv").read_bytes() != before


@pytest.mark.parametrize(("target", "said"), [("missing/plan.csv", "does not exist"), ("folder.csv", "a file was expected")])
def test_targets_are_tried_before_the_search(run: Run, monkeypatch: pytest.MonkeyPatch, target: str, said: str) -> None:
    """What could not be written costs no search."""
    monkeypatch.setattr(solving, "solve", lambda *_, **__: pytest.fail("the search has begun"))
    Path("folder.csv").mkdir()
    for option in (["-o", target], ["--certificate", target.replace(".csv", ".json")]):
        if option[0] == "-o" or "missing" in target:
            code, _, err = run("solve", "i.yaml", *option)
            assert code == 2 and said in err


def test_leftovers_of_a_killed_run_are_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run into the same folder leaves its results alone there."""
    fake_solve(monkeypatch)
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        name = temporary_beside(Path("plan.csv")).name.replace(f"-{os.getpid()}-", f"-{process.pid}-")
    Path(name).touch()
    assert run("solve", "i.yaml", "-o", "plan.csv")[0] == 0
    assert {path.name for path in Path().iterdir()} == {"i.yaml", "plan.csv"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", "id,name,unit\nA,Ani,u\n"),
        ("pins.csv", "staff_id,date,place,reason\nA,2021-07-12,office,surat\n"),
        ("other.json", '{"schema": "giliran/1"}'),
        ("proof.json", '{"schema": "giliran-certificate/2"}'),
    ],
)
def test_a_plan_replaces_no_list_of_others(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, content: str) -> None:
    """`-o` onto a file that is neither plan nor result is refused before the search, in both languages, and nothing is written."""
    monkeypatch.setattr(solving, "solve", None)  # not reached
    Path(name).write_text(content, encoding="utf-8")
    for lang, said in (("en", "is no result of giliran"), ("id", "bukan hasil giliran")):
        code, _, err = run("solve", "i.yaml", "-o", "new.csv", "-o", name, "--lang", lang)
        assert code == 2 and err.startswith(f"{name}: ") and said in err
    assert Path(name).read_text(encoding="utf-8") == content and not Path("new.csv").exists()


@pytest.mark.parametrize("content", ["", "staff_id;date;place\n"])
def test_a_plan_replaces_plans_and_empty_files(run: Run, content: str) -> None:
    """An empty file, as programs make to reserve a name, and a plan that Excel saved again are replaced."""
    Path("plan.csv").write_text(content, encoding="utf-8")
    assert run("solve", "i.yaml", "-o", "plan.csv")[0] == 0
    assert Path("plan.csv").read_text(encoding="utf-8").startswith("staff_id,date,place,duty\n")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("solve", ""), "INSTANCE"),
        (("solve", "i.yaml", "-o", ""), "--output"),
        (("solve", "i.yaml", "--output="), "--output"),
        (("solve", "i.yaml", "--out-dir", ""), "--out-dir"),
        (("solve", "i.yaml", "-o", "p.csv", "--certificate", ""), "--certificate"),
        (("solve", "i.yaml", "-o", "p.json", "--certificate="), "--certificate"),
        (("solve", "i.yaml", "--dask", "tls://a:1", "--dask-ca", ""), "--dask-ca"),
        (("check", "", "p.csv"), "INSTANCE"),
        (("check", "i.yaml", ""), "SCHEDULE"),
        (("check", "i.yaml", "p.csv", "--certificate", ""), "--certificate"),
        (("generate", "--staff", "5", "-o", ""), "--output"),
        (("circulars", "--check", ""), "--check"),
    ],
    ids=str,
)
def test_empty_names_are_refused(run: Run, words: tuple[str, ...], option: str) -> None:
    """A name that is empty, as of a variable that is not set, is no file, no folder and no wish for something else."""
    before = sorted(Path().iterdir())
    names: tuple[tuple[Lang, str], ...] = (("en", "the name is empty"), ("id", "namanya kosong"))
    for lang, said in names:
        code, _, err = run(*words, "--lang", lang)
        assert code == 2 and err.startswith(f"{blank(option, lang)}: {said}"), err
    assert sorted(Path().iterdir()) == before
