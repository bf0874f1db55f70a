"""Kinds and circulars of other packages: they are as those that come along, and what is wrong with them is told with their package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from giliran.circulars import library
from giliran.errors import InputError
from giliran.rules import registry
from giliran.rules.registry import known
from giliran.text.plugins import plugins

ROOT = Path(__file__).parents[2]
TOGETHER = (ROOT / "tests/rules/plugged/side_by_side.py").read_text(encoding="utf-8").replace('"side_by_side"', '"acme_car"')
LETTER = (ROOT / "solver/giliran/circulars/friday-2026.yaml").read_text(encoding="utf-8").replace("name: friday-2026", "name: acme-2026")
INSTANCE = """schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-13}
units: [{id: o, name: O, level: opd}]
staff: [{id: A, unit: o}, {id: B, unit: o}]
rules:
  - {id: cap, kind: office_cap, max: 1}
  - {id: car, kind: acme_car, sets: [[A, B]]}
goals:
  - {id: aim, kind: office_target, aim: most_office}
"""


def install(folder: Path, entry_points: str, **modules: str) -> Path:
    """A package `acme` as pip leaves it: modules by name (dots are folders, endings other than .py are kept) and entry points."""
    for name, text in modules.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    about = folder / "acme-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    return folder


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A package with one kind and one circular."""
    entries = "[giliran.kinds]\nacme = acme.kinds\n\n[giliran.circulars]\nacme = acme.letters\n"
    folder = install(tmp_path / "site", entries, acme____init__="", acme__kinds__car=TOGETHER, acme__letters____init__="")
    (folder / "acme/kinds/__init__.py").write_text("", encoding="utf-8")
    (folder / "acme/letters/acme-2026.yaml").write_text(LETTER, encoding="utf-8")
    return folder


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line of a Python in which that package is installed."""
    paths = os.pathsep.join([str(site), str(ROOT / "solver"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths, "GILIRAN_LANG": "en"}
    return subprocess.run(
        [sys.executable, "-m", "giliran", *arguments], capture_output=True, text=True, check=False, env=environment, cwd=site
    )


def test_a_kind_of_another_package_plans(acme: Path) -> None:
    """Of two who share a car and one seat nobody comes: the kind is compiled, proven and audited like any other."""
    (acme / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    done = run(acme, "solve", "i.yaml", "--workers", "1", "-o", "result.json")
    assert done.returncode == 0, done.stderr
    result = json.loads((acme / "result.json").read_text(encoding="utf-8"))
    assert result["status"] == "optimal"
    assert not any(row["place"] == "office" for row in result["assignments"])


def test_it_is_listed_and_in_the_schema(acme: Path) -> None:
    """`giliran rules` shows its page and the schema of instances takes it."""
    assert "The people of a set are in the office on the same days" in run(acme, "rules", "acme_car").stdout
    kinds = json.loads(run(acme, "schema", "instance").stdout)["properties"]["rules"]["items"]["oneOf"]
    assert {"$ref": "#/$defs/SideBySide"} in kinds


def test_a_circular_of_another_package_is_listed_and_taken(acme: Path) -> None:
    """Its name stands beside those that come along, and an instance may name it."""
    assert "acme-2026" in run(acme, "circulars").stdout
    assert run(acme, "circulars", "acme-2026").stdout == run(acme, "circulars", "friday-2026").stdout.replace("friday-2026", "acme-2026")


@pytest.fixture
def _forget() -> Iterator[None]:
    """What was found is looked for again, before and after."""
    known.cache_clear()
    library._files.cache_clear()
    yield
    known.cache_clear()
    library._files.cache_clear()


@pytest.mark.usefixtures("_forget")
def test_a_word_that_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of another package replaces none of ours."""
    text = TOGETHER.replace('"acme_car"', '"office_cap"')
    monkeypatch.syspath_prepend(install(tmp_path, f"[{registry.OF_OTHERS}]\nx = acme_taken\n", acme_taken=text))
    with pytest.raises(InputError, match=r"acme: office_cap, which the package adds to giliran\.kinds, is there already"):
        known()


@pytest.mark.usefixtures("_forget")
def test_a_circular_that_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A circular of another package replaces none of ours."""
    install(tmp_path, f"[{library.OF_OTHERS}]\nx = acme_letters\n", acme_letters____init__="")
    (tmp_path / "acme_letters/umum.yaml").write_text(LETTER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputError, match=r"acme: umum, which the package adds to giliran\.circulars, is there already"):
        library.packaged()


@pytest.mark.parametrize(
    ("entry", "text", "said"),
    [
        ("acme_raises", "raise ValueError('no licence')", "could not be loaded: ValueError: no licence"),
        ("acme_absent", "", "could not be loaded: ModuleNotFoundError"),
        ("acme_value:x", "x = 1", "is no module"),
    ],
)
def test_what_cannot_be_loaded_is_told_with_its_package(
    entry: str, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither passed over in silence nor an internal fault."""
    modules = {entry.partition(":")[0]: text} if text else {}
    monkeypatch.syspath_prepend(install(tmp_path, f"[giliran.trial]\nx = {entry}\n", **modules))
    with pytest.raises(InputError, match=f"acme: {entry}, which the package adds to giliran.trial, {said}") as caught:
        list(plugins("giliran.trial"))
    assert "pip uninstall acme" in str(caught.value)


@pytest.mark.usefixtures("_forget")
def test_a_circular_is_under_the_name_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file under another name than it gives itself is told, or nobody would find what the list shows."""
    install(tmp_path, f"[{library.OF_OTHERS}]\nx = acme_letters\n", acme_letters____init__="")
    (tmp_path / "acme_letters/mine.yaml").write_text(LETTER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(
        InputError, match=r"acme/mine\.yaml: name: acme-2026, but a package has a circular under the name of its file, mine"
    ):
        library.load_circular("mine")


@pytest.mark.usefixtures("_forget")
def test_a_module_inside_that_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails deeper in a package of kinds is told as what fails at its door; what is there to be run is left alone."""
    modules = {"acme_deep____init__": "", "acme_deep____main__": "raise SystemExit(7)", "acme_deep__kinds": "import acme_that_is_not_there"}
    monkeypatch.syspath_prepend(install(tmp_path, f"[{registry.OF_OTHERS}]\nx = acme_deep\n", **modules))
    with pytest.raises(
        InputError, match=r"acme: acme_deep\.kinds, which the package adds to giliran\.kinds, could not be loaded: ModuleNot"
    ):
        known()


@pytest.mark.usefixtures("_forget")
def test_circulars_lie_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is a file of its own has none, and its neighbours are nobody's circulars."""
    monkeypatch.syspath_prepend(install(tmp_path, f"[{library.OF_OTHERS}]\nx = acme_file\n", acme_file=""))
    with pytest.raises(InputError, match=r"acme_file, which the package adds to giliran\.circulars, is a module without a folder"):
        library.packaged()


@pytest.mark.usefixtures("_forget")
def test_a_circular_that_is_no_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no text are told with package and file."""
    install(tmp_path, f"[{library.OF_OTHERS}]\nx = acme_bytes\n", acme_bytes____init__="")
    (tmp_path / "acme_bytes/mine.yaml").write_bytes(b"schema: \xff\xfe\x00")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputError, match=r"acme/mine\.yaml"):
        library.load_circular("mine")
