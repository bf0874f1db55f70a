"""Instances named on a command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.files.gathering import file_of, gather, holds_many

TEXT = "schema: giliran/1\nhorizon: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two agencies, one instance that is a folder, and files that are none."""
    monkeypatch.chdir(tmp_path)
    for name in ("a/week1.yaml", "a/week2.yaml", "b/week1.json", "c/instance.yaml", "c/inner/part.yaml", ".hidden/old.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT if path.suffix == ".yaml" else '{\n "schema": "giliran/1"}', encoding="utf-8")
    (tmp_path / "a" / "plan.json").write_text('{"schema": "giliran-result/1"}', encoding="utf-8")
    (tmp_path / "a" / "staff.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


def names(*paths: str) -> dict[str, str]:
    """Names of results, by file."""
    return {each.path.as_posix(): each.name for each in gather([Path(path) for path in paths]).instances}


def test_files_and_folders(folder: Path) -> None:
    """A folder gives its instances by name, a folder with an `instance.yaml` is one and is called after it; equal names get folders."""
    assert names(".") == {
        "a/week1.yaml": "a-week1",
        "a/week2.yaml": "week2",
        "b/week1.json": "b-week1",
        "c/instance.yaml": "c",
    }
    assert names("b", "a/week2.yaml", "c") == {"b/week1.json": "week1", "a/week2.yaml": "week2", "c/instance.yaml": "c"}


def test_strange_files_are_told(folder: Path) -> None:
    """What ends like an instance inside a folder and does not say that it is one is named, not tried."""
    assert [path.as_posix() for path in gather([Path("a")]).passed_over] == ["a/plan.json"]


def test_a_pipe_in_a_folder_is_passed_over(folder: Path) -> None:
    """A pipe inside a folder, which nobody named, is not waited for: it is told as other strange files are."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    os.mkfifo(folder / "a" / "pipe.yaml")
    assert [path.as_posix() for path in gather([Path("a")]).passed_over] == ["a/pipe.yaml", "a/plan.json"]


def test_files_named_one_by_one_are_taken_at_their_word(folder: Path) -> None:
    """A file that was named is left to the loader, whatever it says."""
    assert names("a/plan.json") == {"a/plan.json": "plan"}


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["a", "d"], "d: there is no such file or folder"),
        (["a/week3.yaml"], "Did you mean week"),
        (["a/staff.csv"], "instances are files ending in .json, .yaml, .yml"),
        (["empty"], "no instance in this folder"),
        (["a", "a/week1.yaml"], "a/week1.yaml: this instance is named twice"),
        (["a/week1.yaml", "./b/../a/week1.yaml"], "named twice"),
    ],
)
def test_refused(folder: Path, paths: list[str], said: str) -> None:
    """What cannot be solved is told before anything is, in both languages."""
    with pytest.raises(InputError) as caught:
        gather([Path(path) for path in paths])
    assert said in caught.value.text() and caught.value.text("id") != caught.value.text("en")


def test_all_problems_at_once(folder: Path) -> None:
    """One message for each path that is wrong."""
    with pytest.raises(InputError) as caught:
        gather([Path("d"), Path("empty"), Path("a/staff.csv")])
    assert len(caught.value.problems) == 3


def test_names_that_no_folder_tells_apart(folder: Path) -> None:
    """Two files that differ in their ending alone cannot both have results."""
    Path("a/week1.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"a/week1.json: its results would have the same name as those of a/week1.yaml"):
        gather([Path("a/week1.yaml"), Path("a/week1.json")])


def test_names_differ_in_more_than_case(folder: Path) -> None:
    """Where upper and lower case are one, no result replaces another."""
    Path("b/WEEK2.yaml").write_text(TEXT, encoding="utf-8")
    assert names("a/week2.yaml", "b/WEEK2.yaml") == {"a/week2.yaml": "a-week2", "b/WEEK2.yaml": "b-WEEK2"}


def test_one_instance_or_many(folder: Path) -> None:
    """A folder with an `instance.yaml` is one instance, another folder many, a file one."""
    assert file_of(Path("c")) == Path("c/instance.yaml") and file_of(Path("a/week1.yaml")) == Path("a/week1.yaml")
    assert [holds_many(Path(path)) for path in ("c", "a", "a/week1.yaml", "missing")] == [False, True, False, False]
