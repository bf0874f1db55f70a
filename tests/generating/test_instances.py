"""The shipped instances are what their sources say."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import giliran
from giliran import load_instance
from giliran.generating import documents

INSTANCES = Path(__file__).resolve().parents[2] / "instances"
SOURCES = sorted((INSTANCES / "sources").rglob("*.yaml"))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """`instances/make.py` as a module."""
    spec = importlib.util.spec_from_file_location("instances_make", INSTANCES / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_instance_is_made_from_its_source(make: ModuleType, source: Path) -> None:
    """Making an instance again gives the committed bytes, and nothing else lies in its folder."""
    files = make.files_of(source)
    for folder in make.folders_of(source):
        assert {path.name for path in folder.iterdir()} == set(files)
        for name, text in files.items():
            assert (folder / name).read_bytes() == text.encode(), name


def test_samples_are_those_of_sources(make: ModuleType) -> None:
    """The instances that travel in the package are those whose sources say so."""
    made = {folder.name for source in SOURCES for folder in make.folders_of(source)[1:]}
    assert made == set(giliran.samples()) and "umum" in made


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_instance_loads(source: Path) -> None:
    """Every shipped instance is read without a problem."""
    folder = (INSTANCES / source.relative_to(INSTANCES / "sources")).with_suffix("")
    assert load_instance(folder / "instance.yaml").facts.num_people > 0


def test_lampung_is_large() -> None:
    """Lampung has at least 3,000 people, the other governments at least 500 each."""
    sizes = {
        folder.name: len((folder / "staff.csv").read_text(encoding="utf-8").splitlines()) - 1
        for folder in (INSTANCES / "circulars").iterdir()
    }
    assert sizes.pop("lampung-2021") >= 3000
    assert sizes.pop("umum") < 200
    assert all(size >= 500 for size in sizes.values())


def test_editors_find_the_schema() -> None:
    """The first line of a document that is not a remark of its maker names the schema, as editors look for it, and how it is made."""
    made = documents.build_files("instance.yaml", {"schema": "giliran/1"}, {}, comment="One.")["instance.yaml"].splitlines()
    assert re.search(r"^#\s*yaml-language-server:\s*\$schema=(\S+)", made[1])[1] == "instance.schema.json"  # type: ignore[index]
    assert "giliran schema instance > instance.schema.json" in made[1]
